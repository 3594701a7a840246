"""Figures told place by place without a verb of their own: "five died in Queensland, three in Victoria, one in Perth".

A parser hangs such bare numbers on the place before them. They add to the figure that has a place of its own, and say
where the people of one were that has none ("claimed 27 lives - eleven in Hooghly, nine in Murshidabad").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.extraction.harm.words import Harm
from etl.extraction.people.counted import Victims
from etl.extraction.people.sentence import Sentence
from etl.extraction.quantities import Quantity, bounded
from etl.records import Figure

_LONGEST = 70
"""Characters in which the place behind a number must end."""
_AT = (
    r"\s+(?:(?:more|others|each|people|persons)\s+)?(?:in|at|near|outside|around|on|from)\s+(?:the\s+)?"
    r"(?!January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday"
    r"|Thursday|Friday|Saturday|Sunday)"
    rf"(?:[A-Z][^,;:.()\d]{{1,{_LONGEST}}}?|(?:former|latter|other|second|third)\b[^,;:.()\d]{{0,30}}?)"
)
_BETWEEN = re.compile(_AT + r"(?:,\s+(?:and\s+)?|\s+and\s+(?:another\s+)?|;\s+(?:and\s+)?)(?:another\s+)?")
_LAST = re.compile(_AT + r"(?=[,;:.)\s]|$)")
_GOES_ON = re.compile(r"\s+(?:was|were|is|are|has|have|had|who|whom|that|which)\b")
_OPENED = re.compile(r"(?:,|\s+and|,\s+and|;)\s+(?:another\s+)?$")
_OWN_PLACE = re.compile(
    r"\b(?:in|at|near|outside|around|on|from)\s+(?:the\s+)?(?:[A-Z]|former\b|first\b)[^,;:.()]{0,60}$"
)
_THE_REST = re.compile(r"[^.;]{0,80}\bthe (?:rest|others|remainder)\b")


def by_place(sentence: Sentence, harms: list[Harm]) -> list[Harm]:
    """HARMS of SENTENCE with what is told of them place by place added to their figures, or left to say where."""
    chains = _chains(sentence)
    if not chains:
        return harms
    return [_with(sentence, harm, chains) for harm in harms]


def _chains(sentence: Sentence) -> list[list[Quantity]]:
    """Runs of bare numbers each with a place behind it, in order."""
    text, found = sentence.text, list[list[Quantity]]()
    run: list[Quantity] = []
    for at, quantity in enumerate(sentence.quantities):
        following = sentence.quantities[at + 1] if at + 1 < len(sentence.quantities) else None
        if quantity.comparator == "none":
            run = []
            continue
        if following is not None and _BETWEEN.fullmatch(text, quantity.number_end, following.start):
            run.append(quantity)
            continue
        last = _LAST.match(text, quantity.number_end)
        if last is not None and not _GOES_ON.match(text, last.end()):
            run.append(quantity)
        if run:
            found.append(run)
        run = []
    return found


def _with(sentence: Sentence, harm: Harm, chains: Sequence[list[Quantity]]) -> Harm:
    text, people = sentence.text, harm.victims
    for chain in chains:
        start, end = chain[0].start, chain[-1].number_end
        parts = sum(part.figure.best or 0 for part in chain)
        if people.start <= start < people.end and people.figure == chain[0].figure and len(chain) > 1:
            return replace(harm, victims=_counting(people, _sum(chain), people.end))
        if people.start < start < people.end:
            # The list was read as part of the phrase before it.
            own = next((q for q in sentence.quantities if people.start <= q.start < start), None)
            if len(chain) > 1:
                return replace(harm, victims=_counting(people, own.figure if own else _sum(chain), end))
            continue
        opening = _OPENED.search(text, people.end, start)
        if people.figure is None or people.end > start or opening is None or harm.trigger.idx > start:
            continue
        between = text[people.end : opening.start()]
        if any(people.end < other.start < start for other in sentence.quantities) or not _OWN_PLACE.search(between):
            continue
        if len(chain) > 1 and (parts == people.figure.best or _THE_REST.match(text, end)):
            continue
        if people.figure.best is not None:
            return replace(harm, victims=_counting(people, _sum([people.figure, *chain]), people.end))
    return harm


def _counting(people: Victims, figure: Figure, end: int) -> Victims:
    comparator = people.comparator if figure == people.figure or people.comparator != "at_least" else "exact"
    exact = figure.low == figure.best == figure.high
    return replace(people, figure=figure, end=end, comparator="exact" if exact else comparator)


def _sum(parts: Sequence[Quantity | Figure]) -> Figure:
    figures = [part.figure if isinstance(part, Quantity) else part for part in parts]
    if all(figure.low == figure.best == figure.high for figure in figures):
        total = sum(figure.best or 0 for figure in figures)
        return Figure(total, total, total)
    return bounded("at_least", sum(figure.best or 0 for figure in figures))
