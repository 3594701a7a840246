"""Claims by which a report mentions another event beside its own: an older one, or one that came before or after it.

"Two guards were shot. Four other porters were killed in similar raids that night", "at the funeral of two men whom
troops had killed the day before": the words around a figure give it to the other event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extraction.lexicons import any_phrase
from etl.incidents.same_people import people_of
from etl.records import Claim, Measure

HARMED: frozenset[Measure] = frozenset({"killed", "injured"})
"""Measures of which asides are told."""

_OLDER_BEFORE = re.compile(r"\b" + any_phrase("asides.older_before"), re.IGNORECASE)
_OLDER_AFTER = re.compile(r"[^.;]{0,80}?\b" + any_phrase("asides.older_after"), re.IGNORECASE)
_BESIDE_BEFORE = re.compile(r"\b" + any_phrase("asides.beside_before"), re.IGNORECASE)
_BESIDE_AFTER = re.compile(r"[^.;]{0,80}?\b" + any_phrase("asides.beside_after"), re.IGNORECASE)
_PLUPERFECT = re.compile(r"[^.;]{0,80}?\b" + any_phrase("asides.pluperfect"), re.IGNORECASE)
_SAYING = re.compile(r"\b" + any_phrase("asides.saying") + r"\b", re.IGNORECASE)
_THERE = re.compile(r"[^,.;]{0,40}?\bthere\b", re.IGNORECASE)
"""Words that keep an event at the place that the report is about ("a day after two people were killed there")."""
_ANOTHER = re.compile(r"\b(?:another|separate|unrelated) (?:[\w-]+ ){1,3}", re.IGNORECASE)
_AND_THEN = re.compile(r"[^,;.]{0,60}\band\b[^,;.]{0,40}", re.IGNORECASE)


def claims_beside(claims: Sequence[Claim]) -> list[Claim]:
    """Those of CLAIMS, in the order of the text, that tell of another event than the report's own.

    None where all do, or where what it has beside them took its day from them: then that event is the report's.
    """
    beside: list[Claim] = []
    for claim in claims:
        if _is_aside(claim, claims) or (beside and _is_in_one_breath(beside[-1], claim)):
            beside.append(claim)
    own = [claim for claim in claims if claim.measure in HARMED and claim.comparator != "none" and claim not in beside]
    if not own or any(_is_whole(claim, claims) for claim in own) or any(_dates(claim, own) for claim in beside):
        return []
    return beside


def _dates(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether the printed day of CLAIM is that of all OTHERS ("74 died the day before ... Some 500 had been hurt")."""
    day = (claim.date_text, claim.date_start)
    lent = all((other.date_text, other.date_start) == day for other in others)
    # "Hours earlier another accident left seven dead": one more on the same day is no other day's.
    return lent and None not in day and not _ANOTHER.search(claim.quote)


def _is_whole(total: Claim, claims: Sequence[Claim]) -> bool:
    """Whether TOTAL sums all the others of CLAIMS, asides as well, so that the report is about all of them."""
    others = [claim for claim in claims if claim.measure == total.measure and claim is not total]
    last = all(claim.figure_start < total.figure_start for claim in others)
    return last and len(others) > 1 and sum(claim.best or 0 for claim in others) == total.best


def words_around(claim: Claim, others: Sequence[Claim]) -> tuple[str, str]:
    """The words of CLAIM's sentence before and behind its figure, as far as those of OTHERS leave them, on one line."""
    same = [other for other in others if other.span_start == claim.span_start]
    begin = max((c.figure_end for c in same if c.figure_end <= claim.figure_start), default=claim.span_start)
    stop = min((c.figure_start for c in same if c.figure_start >= claim.figure_end), default=claim.span_end)
    at = claim.span_start
    quote = claim.quote.replace("\n", " ")
    return quote[begin - at : claim.figure_start - at], quote[claim.figure_end - at : stop - at]


def _is_aside(claim: Claim, claims: Sequence[Claim]) -> bool:
    if claim.measure not in HARMED:
        return False
    before, after = words_around(claim, [other for other in claims if other.measure in HARMED])
    if _THERE.match(after):
        return False
    if _OLDER_BEFORE.search(before) or _OLDER_AFTER.match(after):
        return True
    told = [c for c in claims if c.figure_start < claim.figure_start and c.measure in HARMED and c.best]
    if not told or any(c.measure == claim.measure and c.best == claim.best and _are_alike(c, claim) for c in told):
        return False
    if _BESIDE_BEFORE.search(before) or _BESIDE_AFTER.match(after):
        return True
    return _PLUPERFECT.match(after) is not None and _SAYING.search(before) is None


def _are_alike(known: Claim, claim: Claim) -> bool:
    """Whether CLAIM may tell of the people of KNOWN again: they are more than one, and called by the same word."""
    return (claim.best or 0) > 1 and bool(people_of(known).words & people_of(claim).words)


def _is_in_one_breath(known: Claim, claim: Claim) -> bool:
    """Whether CLAIM goes on with the clause of KNOWN ("killed five and wounded nine")."""
    if known.span_start != claim.span_start or known.figure_end > claim.figure_start:
        return False
    begin, stop = known.figure_end - claim.span_start, claim.figure_start - claim.span_start
    return _AND_THEN.fullmatch(claim.quote, begin, stop) is not None
