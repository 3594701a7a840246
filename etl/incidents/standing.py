"""Whether an event is one that its report brings as news of harm, or one that it only mentions.

Reports recall old murders, sum up a war of ten years, speak of victims in general, and count what armed sides lost in
combat with each other. People told to write down a report's incidents leave those out. The standing of an event is how
likely they would write it down: a logistic model over what is seen of the event, its weights in
``data/lexicons/standing.csv``, fitted by ``scripts/fit_standing.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from etl.extraction.lexicons import any_phrase, rows
from etl.extraction.stretches import stretches
from etl.incidents.asides import HARMED, claims_beside
from etl.incidents.lead import leads
from etl.records import Claim, Event, Measure, Report

NEWS = 0.49
"""Standing from which an event counts as the report's news: the fit puts the balance at 0.5, and on wire copy a little
less finds more incidents while as many reports without one stay without."""

IN_COMPANY = 0.12
"""Standing that is enough beside an event that is the report's news: who brings one seldom idles with others."""

ASIDE = 0.6
"""Standing that an event needs which the report only mentions beside its own."""

_HARMED: tuple[Measure, ...] = ("killed", "injured")
_OPENING = 600
_SHORT = 800
_HEADER = 400
"""Characters at the start of a report that may say what kind of text it is ("[Speech]", "(Radio ...)")."""
_AROUND = 200
_WORLD_WAR = re.compile(r"\bworld war\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_ANY_YEAR = 10_000
_NEWS_BEGINS = 1950
"""Year from which reports are read as news; the registries read begin with 1968."""
_PATTERNS = (
    "fighting", "ambush", "attack", "murder", "explosion", "accident", "attackers", "sides", "war", "period", "wide",
    "recalled", "general", "first_person", "enemy", "reaction", "trial", "named_deed", "found", "operation", "drugs",
)  # fmt: skip
_GENRES = ("speech", "communique", "commentary", "war_radio")


@lru_cache(maxsize=1)
def _compiled() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(r"(?<!\w)" + any_phrase(f"standing.{name}") + r"(?!\w)", re.IGNORECASE)
        for name in (*_PATTERNS, *_GENRES)
    }


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in rows("standing.csv")}


def has_victims(event: Event) -> bool:
    """Whether EVENT's toll has dead or hurt, about whom its standing says something."""
    return any(_figure(event, measure) for measure in _HARMED)


def told_and_mentioned(
    report: Report, events: Sequence[Event], recalled: Sequence[Event] = ()
) -> tuple[list[Event], list[Event]]:
    """EVENTS of REPORT, and older ones RECALLED, parted: those it brings as news, and those it only mentions."""
    if recalled and not any(has_victims(event) for event in events) and _is_history(report, recalled):
        return list(events), list(recalled)
    old = [event for event in events if _is_of_old(report, event)]
    recalled = [*old, *recalled]
    events = [event for event in events if event not in old]
    if old and not any(has_victims(event) for event in events):
        return events, recalled
    events = [*events, *recalled]
    standings = {id(event): standing_of(report, event, events) for event in events if has_victims(event)}
    if len(standings) == 1 and not recalled and _is_brief(report, events):
        # A few lines about one event are about that event, combat as well: so registries and briefs are written.
        return events, []
    if (lead := next((event for event in events if id(event) in standings), None)) and leads(report, lead):
        standings[id(lead)] = 1.0
    least = IN_COMPANY if any(standing >= NEWS for standing in standings.values()) else NEWS
    beside = _beside(events)
    mentioned = [event for event in events if standings.get(id(event), 1.0) < (ASIDE if id(event) in beside else least)]
    return [event for event in events if event not in mentioned], mentioned


def _beside(events: Sequence[Event]) -> set[int]:
    """Those of EVENTS, by ``id``, of which the report tells beside its own alone."""
    claims = sorted((claim for event in events for claim in event.claims), key=lambda c: (c.figure_start, c.measure))
    beside = {claim.claim_id for some in stretches(claims) for claim in claims_beside(some)}
    return {
        id(event)
        for event in events
        if has_victims(event) and all(c.claim_id in beside for c in event.claims if c.measure in HARMED)
    }


def _is_brief(report: Report, events: Sequence[Event]) -> bool:
    """Whether REPORT is a few lines that come to their dead or hurt at once."""
    start = min(claim.span_start for event in events if has_victims(event) for claim in event.claims)
    return len(report.text) < _SHORT and start < _OPENING / 2


def _is_of_old(report: Report, event: Event) -> bool:
    """Whether EVENT lies so far back that only history tells of it, and no report of its own day."""
    written = report.published.date() if report.published is not None else report.dateline_date
    day = event.date_end
    if day is None or day.year >= _NEWS_BEGINS or written == day:
        return False
    # "the 1900 block of Morris Street" is no year.
    house = re.search(rf"\b{day.year} block\b", report.text) is not None
    return has_victims(event) and not house


def _is_history(report: Report, recalled: Sequence[Event]) -> bool:
    """Whether REPORT is a few lines whose only dead, those of RECALLED, died in a year that is named: no news."""
    written = report.published or report.dateline_date
    year = written.year if written is not None else _ANY_YEAR
    return _is_brief(report, recalled) and all(
        _WORLD_WAR.search(claim.quote) or any(int(found) < year for found in _YEAR.findall(claim.quote))
        for event in recalled
        for claim in event.claims
    )


def standing_of(report: Report, event: Event, events: Sequence[Event]) -> float:
    """How likely people would write down EVENT among the incidents of REPORT, 0-1. EVENTS are all it tells of."""
    weights = _weights()
    score = sum(weights.get(name, 0.0) * value for name, value in features(report, event, events).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def features(report: Report, event: Event, events: Sequence[Event]) -> dict[str, float]:
    """What is seen of EVENT among the EVENTS of REPORT, by feature name; most are 0 or 1."""
    harmed = [claim for claim in event.claims if claim.measure in _HARMED] or list(event.claims)
    seen: dict[str, float] = {"bias": 1.0}
    for names in (_of_the_people(harmed), _of_the_words(report, harmed), _of_the_report(report), _of_the_cause(event)):
        for name in names:
            seen[name] = 1.0
    seen |= _of_the_figures(event)
    seen |= _of_the_place_in_the_text(report, event, harmed, events)
    seen |= _of_the_day(report, event, harmed)
    return seen


def _of_the_people(harmed: Sequence[Claim]) -> Iterator[str]:
    categories = {claim.victim_category for claim in harmed}
    armed = categories & {"security", "combatant", "perpetrator"}
    yield "people " + ("+".join(sorted(categories)) if len(categories) == 1 else "of several kinds")
    if armed == categories:
        yield "all armed"
    if "combatant" in categories:
        yield "some combatants"
    if "civilian" in categories:
        yield "some civilians"
    if any(claim.victim_names for claim in harmed):
        yield "named"


def _of_the_words(report: Report, harmed: Sequence[Claim]) -> Iterator[str]:
    quotes = " ".join(dict.fromkeys(claim.quote for claim in harmed))
    start = harmed[0].span_start
    before = report.text[max(0, start - _AROUND) : start]
    for name in _PATTERNS:
        pattern = _compiled()[name]
        if pattern.search(quotes):
            yield f"says {name}"
        elif pattern.search(before):
            yield f"before it {name}"
    if any(claim.scope == "background" for claim in harmed):
        yield "recalled"
    if any(claim.attribution for claim in harmed):
        yield "attributed"
    if any(claim.comparator == "vague" for claim in harmed):
        yield "vague"
    if all(claim.comparator != "exact" for claim in harmed):
        yield "no exact figure"


def _of_the_report(report: Report) -> Iterator[str]:
    header = report.text[:_HEADER]
    for name in _GENRES:
        if _compiled()[name].search(header):
            yield f"report {name}"
    for name in ("fighting", "attack", "murder", "explosion"):
        if _compiled()[name].search(report.text[:_OPENING]):
            yield f"opens with {name}"


def _of_the_cause(event: Event) -> Iterator[str]:
    yield f"cause {event.cause}"


def _of_the_figures(event: Event) -> dict[str, float]:
    killed, injured = (_figure(event, measure) for measure in _HARMED)
    return {
        "log of killed": math.log1p(killed) / 3,
        "killed hundreds": float(killed >= 100),
        "killed thousands": float(killed >= 1000),
        "log of injured": math.log1p(injured) / 3,
        "killed and injured": float(killed > 0 and injured > 0),
        "only injured": float(not killed),
        "log of claims": math.log1p(len(event.claims)),
    }


def _figure(event: Event, measure: Measure) -> int:
    figure = event.toll.get(measure)
    return 0 if figure is None else figure.best if figure.best is not None else figure.low or 0


def _of_the_place_in_the_text(
    report: Report, event: Event, harmed: Sequence[Claim], events: Sequence[Event]
) -> dict[str, float]:
    length = max(len(report.text), 1)
    start = min(claim.span_start for claim in harmed)
    others = [other for other in events if other is not event and has_victims(other)]
    return {
        "starts at": start / length,
        "log of start": math.log1p(start) / 8,
        "opening": float(start < _OPENING / 2),
        "log of length": math.log1p(length) / 8,
        "short report": float(length < _SHORT),
        "opens a short report": float(length < _SHORT and start < _SHORT / 4),
        "share of the text": min(1.0, sum(len(q) for q in {claim.quote for claim in harmed}) / length),
        "first event": float(event.index == 0),
        "log of other events": math.log1p(len(others)),
        "place named": float(any(claim.place_text and claim.place_text in claim.quote for claim in harmed)),
        "exact place": float((event.place_precision or 9) <= 3),
        "country unknown": float(event.country_code is None),
    }


def _of_the_day(report: Report, event: Event, harmed: Sequence[Claim]) -> dict[str, float]:
    written = report.published.date() if report.published is not None else report.dateline_date
    if event.date_start is None or written is None:
        return {"day unknown": 1.0}
    days = max(0, (written - event.date_start).days)
    printed = any(claim.date_text and claim.date_text in claim.quote for claim in harmed)
    return {
        "day printed": float(printed),
        "log of days ago": math.log1p(days) / 4,
        "over a month ago": float(days > 31),
        "vague day": float((event.date_precision or 5) > 2),
    }
