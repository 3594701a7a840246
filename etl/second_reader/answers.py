"""What the second reader answers, checked against the report: a claim stands only where its words do."""

from __future__ import annotations

import json
import re
from typing import Any, Literal, cast, get_args

from etl.extraction.claim_ids import claim_id
from etl.records import MEASURES, SECOND_READER, Claim, Comparator, Polarity, Report, Scope

MOST_CLAIMS = 200
"""Claims taken from one answer; a report with more is not the kind this is for."""
_LARGEST = 1_000_000_000
_FENCE = re.compile(r"\s*```(?:json)?\s*\n(?P<inside>.*)\n\s*```\s*", re.DOTALL)


def claims_in(answer: str, report: Report, model: str) -> tuple[list[Claim], list[str]]:
    """Claims of ANSWER whose words stand in REPORT, in the order of the text, and why each other was turned down.

    Never raises: an answer that is no JSON object gives no claim and one reason.
    """
    fenced = _FENCE.fullmatch(answer)
    try:
        given = json.loads(fenced["inside"] if fenced else answer)
    except (ValueError, RecursionError):
        return [], ["the answer is not JSON"]
    rows = given.get("claims") if isinstance(given, dict) else None
    if not isinstance(rows, list):
        return [], ["the answer has no list of claims"]
    claims: dict[str, Claim] = {}
    reasons: list[str] = []
    for row in rows[:MOST_CLAIMS]:
        claim = _claim(row, report, model)
        if isinstance(claim, Claim):
            claims.setdefault(claim.claim_id, claim)
        else:
            reasons.append(claim)
    if len(rows) > MOST_CLAIMS:
        reasons.append(f"{len(rows) - MOST_CLAIMS} claims more than {MOST_CLAIMS}")
    return sorted(claims.values(), key=lambda claim: (claim.figure_start, claim.measure)), reasons


def _claim(row: Any, report: Report, model: str) -> Claim | str:
    if not isinstance(row, dict):
        return "a claim is no object"
    words = {name: row.get(name) for name in ("measure", "comparator", "scope", "polarity", "quote", "quantity")}
    if not all(isinstance(value, str) and value.strip() for value in words.values()):
        return "a claim lacks a member"
    measure, comparator, scope, polarity = (str(words[name]) for name in ("measure", "comparator", "scope", "polarity"))
    for value, allowed in (
        (measure, MEASURES),
        (comparator, get_args(Comparator)),
        (scope, get_args(Scope)),
        (polarity, get_args(Polarity)),
    ):
        if value not in allowed:
            return f"{value[:40]!r} is none of {', '.join(allowed)}"
    bounds = [row.get(name) for name in ("low", "best", "high")]
    if not _is_figure(bounds):
        return "low, best and high are no figure"
    quote = _span(str(words["quote"]), report.text, 0, len(report.text))
    if quote is None:
        return "the quote does not stand in the report"
    figure = _span(str(words["quantity"]), report.text, *quote)
    if figure is None:
        return "the quantity does not stand in its quote"
    version = f"{SECOND_READER}{model}"
    low, best, high = bounds
    return Claim(
        claim_id=claim_id(report.report_id, f"{measure} {scope} {polarity}", *figure, version),
        report_id=report.report_id,
        measure=cast("Literal['killed']", measure),
        quantity=report.text[slice(*figure)],
        comparator=cast("Comparator", comparator),
        low=low,
        best=best,
        high=high,
        quote=report.text[slice(*quote)],
        span_start=quote[0],
        span_end=quote[1],
        figure_start=figure[0],
        figure_end=figure[1],
        scope=cast("Scope", scope),
        polarity=cast("Polarity", polarity),
        extractor_version=version,
    )


def _is_figure(bounds: list[Any]) -> bool:
    known = [bound for bound in bounds if bound is not None]
    whole = all(type(bound) is int and 0 <= bound <= _LARGEST for bound in known)
    return bool(known) and whole and known == sorted(known)


def _span(words: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where WORDS stand in TEXT between START and END, whatever white space either has between them."""
    exact = text.find(words, start, end)
    if exact >= 0:
        return exact, exact + len(words)
    pattern = r"\s{1,20}".join(re.escape(word) for word in words.split())
    found = re.compile(pattern).search(text, start, end) if pattern else None
    return None if found is None else found.span()
