"""What reading one printed date gives, and the anchor from which a report looks at its dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from etl.extraction.dates.resolution import Span

Kind = Literal[
    "absolute", "partial", "weekday", "relative", "period", "future", "recurring", "anniversary", "duration", "clock",
    "dateline",
]  # fmt: skip
"""absolute: printed with its year; partial: a part of a date, completed from the anchor where it can be; weekday and
relative: resolved from the anchor; period: "in the past week"; future: after the anchor; recurring: "every Friday";
anniversary: a day remembered, or "a year after"; duration: "72 hours"; clock: "7 p.m."; dateline: the day of filing."""

EVENT_KINDS: frozenset[Kind] = frozenset({"absolute", "partial", "weekday", "relative"})
"""Kinds that can tell when something happened."""

COUNTED_BACK = "counted back from the report's day to the event"
"""The basis of a day that "it is 4 days since the fire" gives: it is the event's own."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """From where a report looks at its dates: publication day, dateline day, or the year alone, each where known.

    YEAR_WINDOW bounds the years in which a weekday beside a month and day may settle an unknown year.
    """

    published: dt.date | None = None
    dateline: dt.date | None = None
    year: int | None = None
    year_window: tuple[int, int] | None = None

    @property
    def day(self) -> dt.date | None:
        """The day "today" means: the dateline's, unless it lies more than a week from publication."""
        if self.dateline is None or self.published is None:
            return self.dateline or self.published
        return self.dateline if abs((self.published - self.dateline).days) <= 7 else self.published

    @property
    def near_year(self) -> int | None:
        """The year by which two printed digits find their century."""
        return self.day.year if self.day else self.year


@dataclass(slots=True)
class Reading:
    """What a form gave: the days, how they were found, and what is left of a date whose year is unknown."""

    kind: Kind
    span: Span | None = None
    basis: str = ""
    month: int | None = None
    day: int | None = None
    precision: int | None = None


@dataclass(slots=True)
class Scene:
    """Where reading has got to: the anchor, and the last single day told of ("the next day" counts from it)."""

    anchor: Anchor
    last_day: dt.date | None = None
