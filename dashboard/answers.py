"""What the queries answer with: sums that carry their range and date, and the options of the filter bar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Figures of one measure added up over ``incidents`` that said one.

    ``high`` adds the upper bound where one was said and the best figure where none was; ``open`` counts the latter, so
    with ``open > 0`` the sum may be higher still. ``low`` adds the lower bounds that were said; of ``floorless``
    incidents none was, and they add nothing to it. ``as_of`` is when the latest of them was last reported (UTC).
    """

    incidents: int = 0
    low: int | None = None
    best: int | None = None
    high: int | None = None
    open: int = 0
    floorless: int = 0
    as_of: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What the filter chose.

    ``undated`` counts incidents of the same places and causes left out for want of a date; ``reported_until`` is the
    last moment any report told of these places.
    """

    incidents: int
    undated: int
    first_day: dt.date | None
    last_day: dt.date | None
    reported_until: dt.datetime | None
    nested: int
    """Chosen incidents that are local parts of another chosen one."""
    reviewed: int
    """Chosen incidents a reviewer has decided something about."""


@dataclass(frozen=True, slots=True)
class PeriodSum:
    """The sum of the incidents that began in one period, from ``start`` to ``end`` (both days included)."""

    start: dt.date
    end: dt.date
    total: Sum


@dataclass(frozen=True, slots=True)
class RegionSum:
    """The sum over one first-order region; ``code`` is null for incidents known only by country, or not even that."""

    code: str | None
    name: str | None
    country_code: str | None
    country_name: str | None
    total: Sum


@dataclass(frozen=True, slots=True)
class PlaceSum:
    """The sum over one place on the map; ``precision`` is the coarsest of its incidents (codes 1-7)."""

    name: str | None
    region: str | None
    region_name: str | None
    country_code: str | None
    latitude: float
    longitude: float
    precision: int | None
    total: Sum


@dataclass(frozen=True, slots=True)
class Option:
    """A value the filter bar offers, its label, and how many incidents have it."""

    value: str
    label: str
    incidents: int
    country_code: str | None = None
