"""The calendar as reports print it: months, weekdays, seasons, and which year a day without one belongs to.

The words stand in ``data/lexicons/calendar.toml``. Both the dateline (``etl.reports``) and the dates in the text
(``etl.extraction``) read them here, so that "APRIL 15" means the same day to both.
"""

from __future__ import annotations

import calendar
import datetime as dt
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.alternatives import by_first_letter

_FILE = Path(__file__).resolve().parents[1] / "data" / "lexicons" / "calendar.toml"

DEFAULT_WINDOW = (2005, 2020)
"""Years a report without any year is looked for in, unless the caller names others (first and last, both included)."""

_LOOK_AHEAD = 45
"""Days a date printed without a year may lie after publication and still mean the coming one, not last year's."""


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def table(name: str) -> dict[str, Any]:
    """The table NAME of the lexicon: word to value."""
    found: dict[str, Any] = _lexicon()[name]
    return found


def words(name: str) -> tuple[str, ...]:
    """The list NAME of the lexicon's ``words`` table."""
    return tuple(_lexicon()["words"][name])


def any_of(listed: Iterable[str]) -> str:
    """A pattern that matches any of LISTED in any case, longest first, a space matching any short white space."""
    ordered = sorted(set(listed), key=lambda word: (-len(word), word))
    return by_first_letter(
        "".join(r"\s{1,4}" if c == " " else "[’']" if c == "'" else _escaped(c) for c in word) for word in ordered
    )


def _escaped(character: str) -> str:
    return character if character.isalnum() else "\\" + character


def month_number(word: str) -> int | None:
    """The month WORD names or shortens ("APR." is 4), else null."""
    found: int | None = table("months").get(word.lower().rstrip("."))
    return found


def weekday_number(word: str) -> int | None:
    """The weekday WORD names or shortens (Monday is 0), else null."""
    found: int | None = table("weekdays").get(word.lower().rstrip("."))
    return found


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """That day, or null where the calendar has none (30 February, year 0)."""
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def moved(day: dt.date, days: int) -> dt.date:
    """DAY moved by so many days, held at the calendar's first and last day."""
    number = min(max(day.toordinal() + days, dt.date.min.toordinal()), dt.date.max.toordinal())
    return dt.date.fromordinal(number)


def month_span(year: int, month: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month; YEAR must be 1-9999."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def full_year(digits: str, near: int | None) -> int:
    """The year DIGITS print; of two digits the century that lies nearest to NEAR (else 1950-2049)."""
    year = int(digits)
    if len(digits) > 2:
        return year
    if near is None:
        return year + (2000 if year < 50 else 1900)
    return min((near // 100 * 100 + shift + year for shift in (-100, 0, 100)), key=lambda full: abs(full - near))


def precision_of(start: dt.date, end: dt.date) -> int:
    """UCDP's code for a span of days: 1 a day, 2 up to 6 days, 3 a week, 4 up to 31 days, 5 longer."""
    days = (end - start).days + 1
    for code, longest in ((1, 1), (2, 6), (3, 7), (4, 31)):
        if days <= longest:
            return code
    return 5


PRESUMED = 2
"""Precision of a day that no word gives: the report's own, or that of saying; the event may lie a few days before."""


def is_presumed(start: dt.date | None, end: dt.date | None, precision: int | None) -> bool:
    """Whether a claim's or event's one day is only presumed: no range of days, and yet not exact."""
    return start is not None and start == end and precision == PRESUMED


def years_fitting(weekday: int, month: int, day: int, window: tuple[int, int]) -> list[int]:
    """Years of WINDOW (both ends included) in which that day of the month falls on WEEKDAY."""
    first, last = max(1, window[0]), min(9999, window[1])
    days = ((year, day_of(year, month, day)) for year in range(first, min(last, first + 400) + 1))
    return [year for year, found in days if found is not None and found.weekday() == weekday]


def year_of_day(month: int, day: int, anchor: dt.date, weekday: int | None = None) -> tuple[int, str] | None:
    """The year of a day printed without one in a text of ANCHOR's date, and why; null for a day no year near has.

    The latest such day not after the anchor, or the coming one where that lies within 45 days; a printed weekday
    decides between the two.
    """
    years = (anchor.year, anchor.year + 1, anchor.year - 1, anchor.year - 2, anchor.year - 3, anchor.year - 4)
    days = [found for year in years if (found := day_of(year, month, day)) is not None]
    if not days:
        return None
    if weekday is not None:
        fitting = [d for d in days if d.weekday() == weekday and abs((d - anchor).days) <= 366]
        if fitting:
            chosen = min(fitting, key=lambda d: abs((d - anchor).days))
            return chosen.year, "year from the weekday and the publication date"
    past = max((d for d in days if d <= anchor), default=None)
    coming = min((d for d in days if d > anchor), default=None)
    if coming is not None and ((coming - anchor).days <= _LOOK_AHEAD or past is None):
        return coming.year, "year of publication, a coming day"
    assert past is not None  # noqa: S101 - days is not empty, so one of the two stands
    return past.year, "latest such day not after publication"
