"""The one filter of the page: what a link says, what the controls show and what every query is bound to.

A filter has three forms, and each is made from this one class: the query string of the address (so a view can be
shared, bookmarked and stepped back from), the values of the filter bar, and the parameters bound into SQL. Nothing on
the page or in a download is selected by anything else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args
from urllib.parse import parse_qsl, urlencode

from etl.records import MEASURES, Measure

Bound = Literal["low", "best", "high"]
Period = Literal["auto", "day", "month"]

BOUNDS: tuple[Bound, ...] = get_args(Bound)
PERIODS: tuple[Period, ...] = get_args(Period)

LONGEST_QUERY = 8_000
"""Characters of a query string that are read; browsers and proxies cut links at about this length."""
MOST_VALUES = 400
LONGEST_VALUE = 120

_COUNTRY = re.compile(r"[A-Z]{2}")
_REGION = re.compile(r"[^\x00-\x1f\x7f]{1,120}")
_CAUSE = re.compile(r"[a-z][a-z0-9_ -]{0,60}")
_INCIDENT = re.compile(r"[A-Za-z0-9_.:-]{1,120}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which incidents are chosen, and which of their figures is shown.

    ``date_from`` and ``date_to`` are whole days and both belong to the selection; an incident is chosen when any of
    its possible days lies between them. ``countries`` are ISO 3166-1 alpha-2 codes, ``regions`` ISO 3166-2 codes (or
    ``CC:name`` for a region without a code), ``causes`` words of the cause lexicon; an empty tuple means all.
    ``measure``, ``bound`` and ``per`` choose what is drawn and narrow nothing. ``incident`` is the one opened beside
    the page; it narrows nothing either.
    """

    date_from: dt.date | None = None
    date_to: dt.date | None = None
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    measure: Measure = "killed"
    bound: Bound = "best"
    per: Period = "auto"
    incident: str | None = None

    def to_query(self) -> str:
        """The query string, without ``?``. Never empty: an empty one stands for the opening view."""
        pairs: list[tuple[str, str]] = []
        if self.date_from:
            pairs.append(("from", self.date_from.isoformat()))
        if self.date_to:
            pairs.append(("to", self.date_to.isoformat()))
        pairs += [("country", code) for code in self.countries]
        pairs += [("region", code) for code in self.regions]
        pairs += [("cause", cause) for cause in self.causes]
        pairs.append(("measure", self.measure))
        if self.bound != "best":
            pairs.append(("figure", self.bound))
        if self.per != "auto":
            pairs.append(("per", self.per))
        if self.incident:
            pairs.append(("incident", self.incident))
        return urlencode(pairs)

    def parameters(self) -> dict[str, Any]:
        """What the SQL of ``dashboard.queries`` is bound to; null means the condition does not apply."""
        return {
            "date_from": self.date_from,
            "date_to": self.date_to,
            "countries": list(self.countries) or None,
            "regions": list(self.regions) or None,
            "causes": list(self.causes) or None,
        }

    def narrowed_to(self, incident: str | None) -> Filter:
        """The same selection with another incident opened beside it, or none."""
        return replace(self, incident=incident)

    def with_region(self, region: str) -> Filter:
        """The selection with ``region`` added to the regions, or taken out where it was in (a second click)."""
        kept = tuple(code for code in self.regions if code != region)
        return self.with_regions(kept if region in self.regions else (*self.regions, region))

    def with_regions(self, regions: tuple[str, ...]) -> Filter:
        """The selection with these regions in place of its own."""
        return replace(self, regions=regions)


@dataclass(frozen=True, slots=True)
class Reading:
    """A query string as read: the filter, and each part that could not be understood and was left out."""

    filter: Filter
    ignored: tuple[str, ...] = ()


def read_query(search: str | None) -> Reading | None:
    """Read a query string (with or without ``?``); None for an empty one, which stands for the opening view.

    Never raises: a link comes from anywhere. What is not understood is left out and named in ``ignored``.
    """
    text = (search or "").lstrip("?")
    if not text:
        return None
    ignored: list[str] = []
    if len(text) > LONGEST_QUERY:
        ignored.append(f"everything after the first {LONGEST_QUERY} characters")
        text = text[:LONGEST_QUERY].rsplit("&", 1)[0]
    values: dict[str, list[str]] = {}
    for key, value in parse_qsl(text, keep_blank_values=False):
        values.setdefault(key, []).append(value)

    def day(key: str) -> dt.date | None:
        for value in values.get(key, [])[:1]:
            try:
                return dt.date.fromisoformat(value)
            except ValueError:
                ignored.append(f"{key}={_shortened(value)}")
        return None

    def several(key: str, form: re.Pattern[str]) -> tuple[str, ...]:
        given = list(dict.fromkeys(values.get(key, [])))
        fitting = [value for value in given if len(value) <= LONGEST_VALUE and form.fullmatch(value)]
        ignored.extend(f"{key}={_shortened(value)}" for value in given if value not in fitting)
        return tuple(fitting[:MOST_VALUES])

    def one(key: str, allowed: Iterable[str], otherwise: str) -> str:
        for value in values.get(key, [])[:1]:
            if value in allowed:
                return value
            ignored.append(f"{key}={_shortened(value)}")
        return otherwise

    incidents = several("incident", _INCIDENT)
    chosen = Filter(
        date_from=day("from"),
        date_to=day("to"),
        countries=several("country", _COUNTRY),
        regions=several("region", _REGION),
        causes=several("cause", _CAUSE),
        measure=one("measure", MEASURES, "killed"),  # type: ignore[arg-type]  # one of MEASURES by construction
        bound=one("figure", BOUNDS, "best"),  # type: ignore[arg-type]
        per=one("per", PERIODS, "auto"),  # type: ignore[arg-type]
        incident=incidents[0] if incidents else None,
    )
    known = {"from", "to", "country", "region", "cause", "measure", "figure", "per", "incident"}
    ignored.extend(_shortened(key) for key in values if key not in known)
    return Reading(chosen, tuple(ignored))


def from_controls(
    *,
    date_from: str | None,
    date_to: str | None,
    countries: list[str] | None,
    regions: list[str] | None,
    causes: list[str] | None,
    measure: str | None,
    bound: str | None,
    per: str | None,
) -> Filter:
    """The filter the controls of the page show; goes through the same reading as a link, so both are equally strict."""
    pairs = [("from", date_from[:10])] if date_from else []
    pairs += [("to", date_to[:10])] if date_to else []
    pairs += [("country", code) for code in countries or ()]
    pairs += [("region", code) for code in regions or ()]
    pairs += [("cause", cause) for cause in causes or ()]
    pairs += [("measure", measure or "killed"), ("figure", bound or "best"), ("per", per or "auto")]
    reading = read_query(urlencode(pairs))
    return reading.filter if reading else Filter()


def _shortened(value: str) -> str:
    return value if len(value) <= 40 else f"{value[:40]}…"
