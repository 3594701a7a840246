"""What a report as a whole makes of its claims: who died after all, what its lists say, which parts are figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from etl.extraction.causes import report_cause
from etl.extraction.claim_ids import claim_id
from etl.extraction.harm.deadly import the_dead
from etl.extraction.harm.own_hand import survivors
from etl.extraction.harm.shot_dead import shot_dead
from etl.extraction.labelled_figures import LabelledFigure, labelled_figures
from etl.extraction.lexicons import any_phrase, mapping
from etl.extraction.scope import is_superseded, is_taken_back
from etl.extraction.tabled_figures import tabled_figures
from etl.extraction.version import EXTRACTOR_VERSION
from etl.records import Claim, Measure, Report

_LONGEST_LINE = 200
"""Characters of a line that are kept as the words for a labelled figure's people."""


def settled(report: Report, claims: list[Claim], shot: set[str], died: set[str]) -> list[Claim]:
    """CLAIMS of REPORT as the whole of it has them; SHOT and DIED are ids of those whose words say shot, or died."""
    claims = _shot_dead(report, _without_deaths_in_bed(report, claims, died), shot)
    return _promoted(_with_labelled(report, _less_tolls_of_wars(claims)))


_OF_A_WAR = 1000
"""Dead from which a figure may be a war's toll, and how many times those of one attack it is then at least."""
_TIMES_AS_MANY = 50


def _less_tolls_of_wars(claims: list[Claim]) -> list[Claim]:
    """CLAIMS with the figures of a whole war, told beside those of one attack, as the running totals they are.

    "A raid killed 15 people on Saturday. The ministry raised its toll to 12,000": no attack kills so many times more
    than was first counted; an earthquake does.
    """
    told = [c for c in claims if c.measure == "killed" and c.polarity == "asserted" and c.comparator != "none"]
    if not told or any(claim.cause in _hazards() for claim in told):
        return claims
    counted = [c for c in told if c.scope == "incident" and c.comparator != "vague" and (c.best or 0) > 1]
    least = min((claim.best or 0 for claim in counted), default=0)
    sums = [c for c in told[1:] if c.scope == "incident" and (c.best or 0) >= max(_OF_A_WAR, _TIMES_AS_MANY * least)]
    if not least or not sums:
        return claims
    sentences = {claim.span_start for claim in sums}
    return [
        replace(claim, scope="cumulative")
        if claim in sums or (claim.measure == "injured" and claim.span_start in sentences and claim.scope == "incident")
        else claim
        for claim in claims
    ]


@lru_cache(maxsize=1)
def _hazards() -> frozenset[str]:
    return frozenset(mapping("hazards.csv", "family"))


def _shot_dead(report: Report, claims: list[Claim], shot: set[str]) -> list[Claim]:
    """CLAIMS of REPORT, those of people SHOT (ids) or hurt in a deadly deed and, as it seems, dead made of killed.

    Who shot himself and lived is made hurt first.
    """
    lived = survivors(report.text, claims)
    claims = [_turned(claim, "injured") if claim.claim_id in lived else claim for claim in claims] if lived else claims
    dead = shot_dead(report.text, claims, shot) or {claim.claim_id for claim in the_dead(report, claims)}
    return [_turned(claim, "killed") if claim.claim_id in dead else claim for claim in claims] if dead else claims


_VIOLENT = re.compile(r"\b" + any_phrase("claims.violent") + r"\b", re.IGNORECASE)


def _without_deaths_in_bed(report: Report, claims: list[Claim], died: set[str]) -> list[Claim]:
    """CLAIMS of REPORT without those of one named person who, for all it says, died of no violence (DIED are ids).

    "The actor has died in Los Angeles. He was 95." Nothing in the whole report may tell of harm or its cause.
    """
    harmed = [claim for claim in claims if claim.measure in {"killed", "injured"} and claim.polarity == "asserted"]
    if not harmed or not all(claim.claim_id in died and claim.best == 1 and claim.cause is None for claim in harmed):
        return claims
    known = any(claim.victim_names or (claim.victims or "").lower().startswith(("her ", "his ")) for claim in harmed)
    if not known or _VIOLENT.search(report.text):
        return claims
    return [claim for claim in claims if claim not in harmed]


def _turned(claim: Claim, measure: Measure) -> Claim:
    name = claim_id(claim.report_id, measure, claim.figure_start, claim.figure_end, EXTRACTOR_VERSION)
    return replace(claim, claim_id=name, measure=measure)


def _promoted(claims: list[Claim]) -> list[Claim]:
    """CLAIMS with what has no better figure in the report made figures.

    Parts of a whole that is never given ("among the dead were two guards"), first reports that nothing supersedes.
    """
    whole = {claim.measure for claim in claims if claim.scope == "incident" and claim.polarity == "asserted"}
    return [
        replace(claim, scope="incident") if claim.measure not in whole and _stands_in(claim) else claim
        for claim in claims
    ]


def _stands_in(claim: Claim) -> bool:
    at = claim.figure_start - claim.span_start
    # An outbreak is told by its running total.
    return (claim.scope == "subset" or (claim.scope == "cumulative" and claim.cause == "epidemic")) or (
        claim.scope == "background" and is_superseded(claim.quote, at) and not is_taken_back(claim.quote, at)
    )


def _with_labelled(report: Report, claims: list[Claim]) -> list[Claim]:
    """CLAIMS of REPORT with the figures of its lists and tables in place of what a parser made of them."""
    figures = list(_labelled(report.text))
    if not figures:
        return claims
    kept = [
        claim
        for claim in claims
        if not any(claim.figure_start < label.closing and label.opening < claim.figure_end for label in figures)
    ]
    return sorted([*kept, *(_labelled_claim(report, label) for label in figures)], key=lambda c: c.figure_start)


def _labelled(text: str) -> Iterator[LabelledFigure]:
    """Figures that TEXT gives in tables, and in lists outside them."""
    tabled = list(tabled_figures(text))
    yield from tabled
    openings = [table.opening for table in tabled]
    for label in labelled_figures(text):
        within = bisect_right(openings, label.start) - 1
        if within < 0 or tabled[within].closing <= label.start:
            yield label


def _labelled_claim(report: Report, label: LabelledFigure) -> Claim:
    line = report.text.rfind("\n", 0, label.opening) + 1
    line = max(line, label.opening - _LONGEST_LINE)
    figure = label.quantity.figure
    return Claim(
        claim_id=claim_id(report.report_id, label.measure, label.start, label.end, EXTRACTOR_VERSION),
        report_id=report.report_id,
        measure=label.measure,
        quantity=report.text[label.start : label.end],
        comparator=label.quantity.comparator,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        quote=report.text[line : label.closing],
        span_start=line,
        span_end=label.closing,
        figure_start=label.start,
        figure_end=label.end,
        scope="incident",
        polarity="asserted",
        certainty="reported",
        attribution=None,
        victims=report.text[label.opening : min(label.closing, label.opening + _LONGEST_LINE)],
        victim_category="unknown",
        victim_names=(),
        cause=report_cause(report.text, report.title),
        extractor_version=EXTRACTOR_VERSION,
    )
