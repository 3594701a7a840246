"""Figures that stand behind a label in a list or a table ("Killed: 3", "| Deaths | 5 |", "* 7 hurt"), without grammar.

Situation reports and tables give their figures so; a sentence parser has nothing to go by there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from etl.alternatives import by_first_letter
from etl.extraction.lexicons import mapping, words
from etl.extraction.quantities import Quantity, find_quantities
from etl.records import Figure, Measure

_LABELS = by_first_letter(
    sorted((re.escape(label).replace(r"\ ", r"\s+") for label in words("figure_labels.csv")), key=len, reverse=True)
)
_BEFORE_LABEL = r"(?:(?:number|total|count|no\.?)\s+of\s+|no\.?\s+|(?:total|confirmed|people|persons)\s+)?"
# White space is bounded, since a text may have any amount of it and the patterns would try every way to share it out.
_LABEL_FIRST = re.compile(
    rf"(?:^|(?<=[\n;.:|*•])|(?<= [-–]))[ \t]{{0,40}}[-–—*•|]?[ \t]{{0,9}}{_BEFORE_LABEL}(?P<label>{_LABELS})\b"
    r"(?:[ \t]{1,9}[a-z]{1,30}){0,4}[ \t]{0,9}(?:\([a-z ]{1,24}\)[ \t]{0,9})?"
    r"(?P<mark>[:=|][ \t]{0,40}|[ \t][-–—][ \t]|[ \t])",
    re.IGNORECASE,
)
_NUMBER_FIRST = re.compile(
    rf"(?:^|\n)[ \t]{{0,40}}[-–—*•][ \t]{{1,9}}(?P<number>[^\n:;.]{{1,40}}?)[ \t]{{1,9}}"
    rf"(?P<label>{_LABELS})\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    rf"(?:^|(?<=[\n;.:,])[ \t]?)(?P<label>{_LABELS})[ \t]?\((?P<number>\d{{1,9}}(?:,\d{{3}}){{0,2}})\)", re.IGNORECASE
)
"""Such as "Killed (5), injured (11)"."""
_LABEL_MAY_FOLLOW = re.compile(r"[\n;.:|*•–-]")
_LINE_MAY_FOLLOW = re.compile(r"\n(?=[ \t]{0,40}[-–—*•])")
_NUMBER_IN_BRACKETS = re.compile(r"\(\d")
_NOBODY = re.compile(r"(?:none|nil|zero|0|no one|nobody)\b", re.IGNORECASE)
_LONGEST_NUMBER = 40
_NEXT_PART = 60
"""Characters behind a part of the hurt in which the next of its list begins."""


@dataclass(frozen=True, slots=True)
class LabelledFigure:
    """A figure of MEASURE at START..END of the text, its label and number at ``opening``..``closing``."""

    measure: Measure
    quantity: Quantity
    start: int
    end: int
    opening: int
    closing: int


@lru_cache(maxsize=1)
def _measures() -> dict[str, str]:
    return mapping("figure_labels.csv", "measure")


def labelled_figures(text: str) -> Iterator[LabelledFigure]:
    """Figures of TEXT that a label gives, in order for each kind of list."""
    yield from _with_parts_summed(_with_label_first(text))
    for match in _matches_at(_NUMBER_FIRST, text, (sign.start() for sign in _LINE_MAY_FOLLOW.finditer(text))):
        found = _number_at(text, match.start("number"), bare=False)
        if found is not None and match.start("number") + found.end == match.end("number"):
            yield _labelled(match["label"], found, match.start("number"), match.start("number"), match.end())
    for match in _IN_BRACKETS.finditer(text) if _NUMBER_IN_BRACKETS.search(text) else ():
        found = _number_at(text, match.start("number"), bare=False)
        if found is not None:
            yield _labelled(match["label"], found, match.start("number"), match.start("label"), match.end())


def _with_label_first(text: str) -> Iterator[tuple[bool, LabelledFigure]]:
    """Figures of TEXT behind their label, each with whether it counts a part of the hurt ("Serious injuries: 2")."""
    for match in _matches_at(_LABEL_FIRST, text, (sign.end() for sign in _LABEL_MAY_FOLLOW.finditer(text))):
        found = _number_at(text, match.end(), bare=not match["mark"].strip())
        if found is not None:
            part = mapping("figure_labels.csv", "part")[" ".join(match["label"].lower().split())] == "yes"
            yield part, _labelled(match["label"], found, match.end(), match.start("label"))


def _with_parts_summed(figures: Iterable[tuple[bool, LabelledFigure]]) -> Iterator[LabelledFigure]:
    """FIGURES with parts of the hurt that stand in one list as one figure."""
    sum_of: LabelledFigure | None = None
    for part, figure in figures:
        if not part:
            yield figure
        elif sum_of is not None and sum_of.measure == figure.measure and figure.opening - sum_of.closing < _NEXT_PART:
            sum_of = _both(sum_of, figure)
        else:
            if sum_of is not None:
                yield sum_of
            sum_of = figure
    if sum_of is not None:
        yield sum_of


def _both(first: LabelledFigure, second: LabelledFigure) -> LabelledFigure:
    total = (first.quantity.figure.best or 0) + (second.quantity.figure.best or 0)
    end = second.end - first.start
    quantity = Quantity(0, end, 0, end, "exact" if total else "none", Figure(total, total, total))
    return LabelledFigure(first.measure, quantity, first.start, second.end, first.opening, second.closing)


def _matches_at(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """Matches of PATTERN in TEXT, none over another, that begin with it or at one of PLACES, where alone they can."""
    reached = 0
    for place in chain((0,), places):
        match = pattern.match(text, place) if place >= reached else None
        if match is not None:
            reached = match.end()
            yield match


def _labelled(label: str, quantity: Quantity, at: int, opening: int, closing: int | None = None) -> LabelledFigure:
    measure: Measure = _measures()[" ".join(label.lower().split())]  # type: ignore[assignment]
    start, end = at + quantity.start, at + quantity.end
    return LabelledFigure(measure, quantity, start, end, opening, closing if closing is not None else end)


def _number_at(text: str, at: int, *, bare: bool) -> Quantity | None:
    """The quantity that begins at AT; after a BARE label ("Killed 45; ...") only digits that end a clause."""
    window = text[at : at + _LONGEST_NUMBER].split("\n", 1)[0]
    nobody = _NOBODY.match(window)
    if nobody is not None and not bare:
        return Quantity(0, nobody.end(), 0, nobody.end(), "none", Figure(0, 0, 0))
    found = next(iter(find_quantities(window)), None)
    if found is None or found.start > 0:
        return None
    ends_a_clause = window[found.end :].lstrip(" \t")[:1] in {";", ",", ".", "-", "–", "\n", ""}
    return None if bare and not (window[0].isdigit() and ends_a_clause) else found
