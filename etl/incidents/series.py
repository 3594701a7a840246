"""Sums over several attacks in a report of one of them: the dead they count are not its own.

"A bomb killed six people. It was one of four attacks on the day, in which nineteen people died": the report tells of
the six, and nineteen are a total of the series.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extraction.lexicons import any_phrase
from etl.extraction.stretches import AROUND
from etl.incidents.asides import HARMED, words_around
from etl.incidents.report_toll import tolls
from etl.records import Claim

_DEEDS = any_phrase("series.deeds")
_DEED = any_phrase("series.deed")
_SEVERAL = any_phrase("series.several") + r"\s(?:[\w'-]+\s){0,5}?"
_ONE_OF = re.compile(
    r"\b"
    + any_phrase("series.one_of")
    + r"\s(?:[\w'-]+\s){0,4}?"
    + _SEVERAL
    + r"(?:"
    + _DEEDS
    + "|"
    + any_phrase("series.victims")
    + r")\b"
    r"|\b(?:along with|amid) an? (?:series|string|wave) of others\b"
    r"|\bpart of an? (?:[\w-]+ ){0,3}?(?:coordinated|double|twin) (?:[\w-]+ ){0,2}?" + _DEED + r"\b",
    re.IGNORECASE,
)
_ONE_OF_THEM = re.compile(
    r"\b(?:one|part|first|second|third|fourth|fifth|last|final|latest) (?:part )?of\s(?:[\w'-]+\s){0,4}?"
    + _SEVERAL
    + _DEEDS
    + r"\b",
    re.IGNORECASE,
)
_SERIES = re.compile(r"\b" + _SEVERAL + _DEEDS + r"\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\b(first|second|third|fourth|fifth|last|final|this|one)\s(?:of\s(?:the\s)?)?(?:[\w'-]+\s){0,2}?" + _DEED + r"\b"
    r"|\bthe (first|second|third|other) (?:occurred|exploded|went off|took place|targeted|struck)\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"\b(?:" + any_phrase("series.sum") + r"|" + _DEEDS + r")\b", re.IGNORECASE)
_AROUND = 800
"""Characters before and behind the claims in which the report may say that its event is one of several."""


def without_sums(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """CLAIMS of a report with TEXT less those that count the dead or hurt of a series of which its event is one."""
    harmed = [claim for claim in claims if claim.measure in HARMED and claim.best]
    if len(harmed) < 2:
        return list(claims)
    sums = [claim for claim in harmed if _counts_several(claim, harmed)]
    own = [claim for claim in harmed if claim not in sums]
    if not sums or not own:
        return list(claims)
    start, end = claims[0].span_start, max(claim.span_end for claim in claims)
    one_of = _ONE_OF.search(text, max(0, start - _AROUND), end + _AROUND) is not None
    beyond = [claim for claim in sums if _is_beyond(claim, own, text, one_of=one_of)]
    sentences = {claim.span_start for claim in beyond}
    measures = {claim.measure for claim in own}
    beyond += [claim for claim in sums if claim.span_start in sentences and claim.measure not in measures]
    return [claim for claim in claims if claim not in beyond]


def _counts_several(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether the words around the figure of CLAIM make it the count of several deeds."""
    before, after = words_around(claim, [other for other in claims if other.measure == claim.measure])
    at = claim.figure_start - claim.span_start
    for found in _ONE_OF.finditer(claim.quote):
        if found.start() <= at < found.end() or at - len(before) <= found.start() < found.end() <= at:
            # "one of three judges shot", "one of two bombs that killed nine"
            return True
    own = f"{before}{claim.quantity}{after}"
    return _SUM.search(_ONE_OF_THEM.sub(" ", own)) is not None


def _is_beyond(total: Claim, own: Sequence[Claim], text: str, *, one_of: bool) -> bool:
    """Whether TOTAL counts more than OWN, the claims of one event of which the report tells.

    A total told after them is one of a series where the report says that its event is ONE_OF several; one told before
    them, where its sentence tells of several and theirs of one ("the second blast").
    """
    same = [claim for claim in own if claim.measure == total.measure]
    told = [claim for claim in same if claim.figure_start < total.figure_start] if one_of else []
    if not told and (_ONE_OF.search(total.quote) or _SERIES.search(total.quote)):
        told = [claim for claim in same if claim.figure_start > total.figure_start]
        if not _are_of_one(told, total, text):
            return False
    figure = tolls(told).get(total.measure)
    return figure is not None and 0 < (figure.best or 0) < (total.best or 0)


def _are_of_one(claims: Sequence[Claim], total: Claim, text: str) -> bool:
    """Whether the text behind TOTAL tells CLAIMS of one deed of several ("the second blast")."""
    if not claims or any(claim.comparator == "vague" for claim in claims):
        return False
    end = max(claim.span_end for claim in claims)
    found = {
        next(filter(None, match.groups())).lower()
        for match in _ORDINAL.finditer(text, total.span_end, min(end, total.span_end + AROUND))
    }
    return bool(found) and len(found - {"this", "one"}) <= 1
