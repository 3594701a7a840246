"""Reports and events for the tests of resolution, written down in a line each."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from etl.records import Certainty, Claim, Comparator, Event, Figure, Measure, Polarity, Report, Scope

PLACES: dict[str, dict[str, Any]] = {
    "Bishkek": {"adm1_name": "Bishkek", "adm1_code": "KG-GB", "latitude": 42.87, "longitude": 74.59},
    "Talas": {"adm1_name": "Talas", "adm1_code": "KG-T", "latitude": 42.52, "longitude": 72.24},
    "Osh": {"adm1_name": "Osh", "adm1_code": "KG-O", "latitude": 40.51, "longitude": 72.80},
    "Jalal-Abad": {"adm1_name": "Jalal-Abad", "adm1_code": "KG-J", "latitude": 40.93, "longitude": 73.00},
}
KYRGYZSTAN = {"country_code": "KG", "country_name": "Kyrgyzstan"}


def moment(text: str) -> dt.datetime:
    """A UTC moment such as *2010-04-07 13:05*."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def report(name: str, published: str | None, publisher: str | None = "Wire", copy_of: str | None = None) -> Report:
    """A report known by its name."""
    return Report(
        report_id=name,
        text="",
        publisher=publisher,
        published=moment(published) if published else None,
        duplicate_of=copy_of,
    )


def figure(low: int | None, best: int | None = None, high: int | None = None) -> Figure:
    """``figure(5)`` is exact; otherwise the three bounds as given."""
    return Figure(low, low, low) if best is None and high is None else Figure(low, best, high)


def at_least(number: int) -> Figure:
    """*at least N*."""
    return Figure(number, number, None)


def about(number: int) -> Figure:
    """*about N*."""
    return Figure(None, number, None)


def claim(
    name: str,
    measure: Measure,
    said: Figure,
    *,
    attribution: str | None = None,
    scope: Scope = "incident",
    polarity: Polarity = "asserted",
    certainty: Certainty = "reported",
    quote: str = "",
    names: tuple[str, ...] = (),
    comparator: Comparator = "exact",
) -> Claim:
    """A claim with a content hash for its id."""
    facts = repr((name, measure, said, scope, polarity, quote, names))
    return Claim(
        claim_id=hashlib.sha256(facts.encode()).hexdigest()[:16],
        report_id=name,
        measure=measure,
        quantity=str(said.best),
        comparator=comparator,
        low=said.low,
        best=said.best,
        high=said.high,
        quote=quote,
        span_start=0,
        span_end=len(quote),
        figure_start=0,
        figure_end=0,
        scope=scope,
        polarity=polarity,
        certainty=certainty,
        attribution=attribution,
        victim_names=names,
    )


def event(
    name: str,
    day: str | None,
    place: str | None = "Bishkek",
    *,
    killed: Figure | None = None,
    injured: Figure | None = None,
    cause: str | None = "protest or riot",
    index: int = 0,
    until: str | None = None,
    precision: int | None = 1,
    others: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    attribution: str | None = None,
    quote: str = "",
    scope: Scope = "incident",
    **facts: Any,
) -> Event:
    """An event of the report ``name`` in Kyrgyzstan; ``place`` None tells only the country."""
    said: dict[Measure, Figure] = {}
    if killed is not None:
        said["killed"] = killed
    if injured is not None:
        said["injured"] = injured
    claims = tuple(
        claim(name, measure, one, attribution=attribution, quote=f"{quote}{index}", scope=scope, names=names)
        for measure, one in said.items()
    )
    start = dt.date.fromisoformat(day) if day else None
    where: dict[str, Any] = {"place_precision": 6}
    if place is not None:
        where = {"place_name": place, "place_names": (place, *others), "place_precision": 1, **PLACES.get(place, {})}
    return Event(
        report_id=name,
        index=index,
        claims=claims,
        toll=said if scope == "incident" else {},
        cause=cause,
        date_start=start,
        date_end=dt.date.fromisoformat(until) if until else start,
        date_precision=precision if start else None,
        **{**KYRGYZSTAN, **where, **facts},
    )
