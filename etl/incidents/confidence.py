"""How likely a careful reader would write down the same figure: a logistic model over what is seen of a claim.

The weights in ``data/lexicons/confidence.csv`` are fitted by ``scripts/fit_confidence.py`` on reports whose tolls
people wrote down; a claim counts as right where its event's toll for that measure equals theirs. What is seen of a
claim includes the toll that its report's claims make together, so confidence is given once events are known.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from etl.extraction.lexicons import rows
from etl.extraction.stretches import MOST_CLAIMS, stretches
from etl.records import Claim, Event, Report

_PRONOUN = re.compile(r"(?:he|she|him|her|himself|herself|they|them|themselves|who|his|it)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:an?|another)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|this|that|these|those|his|her|their|its)\b", re.IGNORECASE)
_SHOT = re.compile(r"\bshot\b|\bshoot", re.IGNORECASE)
_HURT = re.compile(r"\b(?:wound|injur|hurt|hospital)", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")
_OPENING = 250
"""Characters of a report's opening, which tells the news."""


def with_confidence(report: Report, claims: Sequence[Claim], events: Sequence[Event]) -> list[Claim]:
    """CLAIMS of REPORT, which tells of EVENTS, with their confidence, 0-1."""
    weights = _weights()
    sure: list[Claim] = []
    for some in stretches(claims):
        theirs = {claim.event for claim in some if claim.event is not None}
        near = events if len(claims) <= MOST_CLAIMS else [events[number] for number in sorted(theirs)]
        for claim in some:
            seen = features(report, claim, some, near)
            score = sum(weights.get(name, 0.0) for name in seen)
            sure.append(replace(claim, confidence=round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 3)))
    return sure


def features(report: Report, claim: Claim, claims: Sequence[Claim], events: Sequence[Event]) -> list[str]:
    """Names of all that is seen of CLAIM among the CLAIMS and EVENTS of REPORT, each also with its measure."""
    seen = [*_of_claim(claim), *_of_company(claim, claims), *_of_report(report, claim, events)]
    return ["bias", f"measure {claim.measure}", *seen, *(f"{claim.measure}: {name}" for name in seen)]


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in rows("confidence.csv")}


def _value(claim: Claim) -> int:
    return claim.best if claim.best is not None else claim.low or 0


def _steps(number: float, most: int) -> int:
    """NUMBER on a scale of whole steps, the last of which is open."""
    return min(int(number), most)


def _of_claim(claim: Claim) -> Iterator[str]:
    """Its own words: the figure, the people, the sentence."""
    words = claim.quantity.strip()
    yield f"comparator {claim.comparator}"
    yield f"scope {claim.scope}"
    yield f"size of figure {_steps(2 * math.log1p(_value(claim)), 12)}"
    yield f"length of sentence {_steps(1.5 * math.log2(1 + len(claim.quote)), 14)}"
    yield f"commas {_steps(claim.quote.count(','), 6)}"
    yield f"joined by and {_steps(claim.quote.count(' and '), 4)}"
    yield f"numbers {_steps(len(re.findall('[0-9]+', claim.quote)), 6)}"
    shown = {
        "pronoun": _PRONOUN.match(words),
        "article": _ARTICLE.match(words),
        "definite": _DEFINITE.match(words),
        "named": claim.victim_names,
        "attacker": claim.victim_category == "perpetrator",
        "shot, not said hurt": claim.measure == "injured"
        and _SHOT.search(claim.quote)
        and not _HURT.search(claim.quote),
        "disputed": claim.certainty == "disputed",
        "confirmed": claim.certainty == "confirmed",
        "hypothetical": claim.polarity == "hypothetical",
        "denied": claim.polarity == "denied",
        "attributed": claim.attribution,
        "day of its own": claim.date_text and claim.date_text in claim.quote,
    }
    yield from (name for name, value in shown.items() if value)
    yield from (f"word {word}" for word in set(_WORD.findall(claim.quote.lower())))


def _of_company(claim: Claim, claims: Sequence[Claim]) -> Iterator[str]:
    """The other claims of the same measure: how many, and whether they say the same."""
    same = [c for c in claims if c.measure == claim.measure and c.scope == "incident" and c.polarity == "asserted"]
    apart = [c for c in same if c.span_start != claim.span_start]
    yield f"claims of its measure {_steps(len(same), 7)}"
    yield f"claims of other measures {_steps(sum(c.measure != claim.measure for c in claims), 7)}"
    yield f"claims that do not count {_steps(sum(c.scope != 'incident' for c in claims), 4)}"
    if any(c.best == claim.best for c in apart):
        yield "same figure elsewhere"
    if any(c.best != claim.best for c in apart):
        yield "other figure elsewhere"


def _of_report(report: Report, claim: Claim, events: Sequence[Event]) -> Iterator[str]:
    """Where it stands in the report, and what toll its event comes to."""
    yield f"length of report {_steps(math.log2(1 + len(report.text)), 16)}"
    yield f"events {_steps(len(events), 5)}"
    if claim.span_start < _OPENING:
        yield "opening"
    event = next((event for event in events if event.index == claim.event), None)
    if event is None:
        yield "outside any event"
        return
    if event.index:
        yield "not the main event"
    figure = event.toll.get(claim.measure)
    toll = 0 if figure is None else figure.best if figure.best is not None else figure.low or 0
    yield f"size of toll {_steps(2 * math.log1p(toll), 12)}"
    if toll == _value(claim):
        yield "is the toll"
