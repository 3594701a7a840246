"""How likely a careful reader would write down the same figure: a logistic model over what is seen of a claim.

The weights in ``data/lexicons/confidence.csv`` are fitted by ``scripts/fit_confidence.py`` on reports whose tolls
people wrote down; a claim counts as right where its report's toll for that measure equals theirs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from etl.extraction.lexicons import rows
from etl.records import Claim, Report

_PRONOUN = re.compile(r"(?:he|she|him|her|himself|herself|they|them|themselves|who|his|it)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:an?|another)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|this|that|these|those|his|her|their|its)\b", re.IGNORECASE)
_SHOT = re.compile(r"\bshot\b|\bshoot", re.IGNORECASE)
_HURT = re.compile(r"\b(?:wound|injur|hurt|hospital)", re.IGNORECASE)


def features(report: Report, claim: Claim, claims: Sequence[Claim]) -> dict[str, float]:
    """What is seen of CLAIM among the CLAIMS of REPORT, by feature name; all but two are 0 or 1."""
    same = [c for c in claims if c.measure == claim.measure and c.scope == "incident" and c.polarity == "asserted"]
    value = claim.best if claim.best is not None else claim.low or 0
    apart = [c for c in same if c.span_start != claim.span_start]
    words = claim.quantity.strip()
    seen: dict[str, bool | float] = {
        "bias": 1.0,
        f"measure {claim.measure}": True,
        f"comparator {claim.comparator}": True,
        "value one": value == 1,
        "value ten or more": value >= 10,
        "value a hundred or more": value >= 100,
        "pronoun": bool(_PRONOUN.match(words)),
        "article": bool(_ARTICLE.match(words)),
        "definite": bool(_DEFINITE.match(words)),
        "named": bool(claim.victim_names),
        "only claim": len(same) == 1,
        "many claims": len(same) > 3,
        "log of claims": math.log1p(len(same)),
        "same figure elsewhere": any(c.best == claim.best for c in apart),
        "other figure elsewhere": any(c.best != claim.best for c in apart),
        "opening": claim.span_start < 250,
        "log of length": math.log1p(len(report.text)) / 10,
        "shot, not said hurt": claim.measure == "injured" and _only_shot(claim.quote),
        "disputed": claim.certainty == "disputed",
        "confirmed": claim.certainty == "confirmed",
        "attributed": claim.attribution is not None,
    }
    return {name: float(value) for name, value in seen.items() if value}


def _only_shot(quote: str) -> bool:
    return bool(_SHOT.search(quote)) and not _HURT.search(quote)


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in rows("confidence.csv")}


def with_confidence(report: Report, claims: Sequence[Claim]) -> list[Claim]:
    """CLAIMS of REPORT with their confidence, 0-1."""
    weights = _weights()
    sure: list[Claim] = []
    for claim in claims:
        score = sum(weights.get(name, 0.0) * value for name, value in features(report, claim, claims).items())
        sure.append(replace(claim, confidence=round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 3)))
    return sure
