"""Counted people: the figure of one phrase, where its words stand, and the sum of two such."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from etl.extraction.quantities import bounded
from etl.records import Comparator, Figure, VictimCategory


@dataclass(frozen=True, slots=True)
class Victims:
    """The people of one phrase.

    ``start`` and ``end`` span, in the sentence, the words that make the figure; ``figure`` is None where the phrase
    names people without saying how many. ``definite`` marks people already known to the reader ("the driver", "he"),
    ``additional`` those apart from others ("four others"), ``subset`` a part of others ("two of them").
    """

    head: Token
    start: int
    end: int
    comparator: Comparator
    figure: Figure | None
    definite: bool
    additional: bool
    subset: bool
    names: tuple[str, ...]
    category: VictimCategory


def together(first: Victims, second: Victims) -> Victims:
    """FIRST and SECOND as one phrase; a part without a figure makes the sum a lower bound."""
    if first.comparator == "none":
        return first
    start, end = min(first.start, second.start), max(first.end, second.end)
    names = (*first.names, *second.names)
    category = first.category if first.category == second.category else "unknown"
    if first.figure is None or second.figure is None:
        known = first.figure or second.figure
        if known is None or known.best is None:
            return replace(first, start=start, end=end, names=names, category=category)
        return replace(
            first,
            start=start,
            end=end,
            names=names,
            category=category,
            comparator="at_least",
            figure=bounded("at_least", known.best),
        )
    comparator = (
        first.comparator if first.comparator == second.comparator else _weaker(first.comparator, second.comparator)
    )
    figure = Figure(
        _add(first.figure.low, second.figure.low),
        _add(first.figure.best, second.figure.best),
        _add(first.figure.high, second.figure.high),
    )
    return replace(first, start=start, end=end, names=names, category=category, comparator=comparator, figure=figure)


def _add(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


def _weaker(first: Comparator, second: Comparator) -> Comparator:
    """Comparator of a sum whose parts are bounded differently: the one that says less."""
    order: tuple[Comparator, ...] = ("exact", "none", "range", "at_most", "about", "vague", "more_than", "at_least")
    return max(first, second, key=order.index)
