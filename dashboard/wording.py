"""Figures, days and places in words. A figure never leaves here without its range, and missing never reads as 0."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from dashboard.answers import Sum
from etl.records import Measure

NOT_SAID = "not said"

MEASURE_NAMES: dict[Measure, str] = {
    "killed": "Killed",
    "injured": "Injured",
    "missing": "Missing",
    "displaced": "Displaced",
    "detained": "Detained",
    "abducted": "Abducted",
}
PLACE_PRECISION = {
    1: "exact place",
    2: "near this place",
    3: "known to the district",
    4: "known to the region",
    5: "a wider area",
    6: "known to the country only",
    7: "at sea or in the air",
}
_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
DATE_PRECISION = {1: "exact day", 2: "within 2-6 days", 3: "within a week", 4: "within a month", 5: "longer"}


def number(value: int | None) -> str:
    """A number of people with thin grouping, or "not said"."""
    return NOT_SAID if value is None else f"{value:,}"


def spread(low: int | None, best: int | None, high: int | None) -> str:
    """The range of a figure in words: ``81–110``, ``at least 80``, ``at most 30``, ``exact``; empty for none."""
    if low is None and best is None and high is None:
        return ""
    if low is not None and high is not None:
        return "exact" if low == high else f"{low:,}–{high:,}"
    if low is not None:
        return f"at least {low:,}"
    if high is not None:
        return f"at most {high:,}"
    return "about"


def figure(low: int | None, best: int | None, high: int | None) -> str:
    """A figure with its range: ``85 (81–110)``; "not said" where nothing was said."""
    main = best if best is not None else low if low is not None else high
    return NOT_SAID if main is None else f"{main:,} ({spread(low, best, high)})"


def sum_spread(total: Sum) -> str:
    """The range of a sum; an end that was not said for some incidents is told to be open, never taken for 0."""
    if not total.incidents:
        return ""
    if total.low is not None and total.floorless:
        limited = replace(total, floorless=0)
        return f"{sum_spread(limited)}, no lower limit for {plural(total.floorless, 'incident')}"
    if total.low is None:
        return f"{number(total.high)} or more, lower limit not said" if total.open else f"up to {number(total.high)}"
    low = f"{total.low:,}"
    if total.open and total.low == total.high:
        return f"at least {total.low:,}"
    if total.open:
        return f"{low} to {total.high:,} or more"
    return f"exactly {total.low:,}" if total.low == total.high else f"{low} to {number(total.high)}"


def sum_figure(total: Sum) -> str:
    """A sum with its range and date in one line: for hovers and for those who hear the page."""
    if not total.incidents:
        return NOT_SAID
    return f"{number(total.best)} ({sum_spread(total)}), {as_of(total.as_of)}"


def day(value: dt.date | dt.datetime | None) -> str:
    """``7 Apr 2010``; "date not said" where there is none."""
    return "date not said" if value is None else f"{value.day} {value:%b %Y}"


def with_days(words: str) -> str:
    """WORDS of a table with their ISO days as the page writes days: ``unchanged since 7 Apr 2011``."""
    return _ISO_DAY.sub(lambda found: _day_of(found[0]), words)


def _day_of(iso: str) -> str:
    try:
        return day(dt.date.fromisoformat(iso))
    except ValueError:  # digits of that form that are no day of the calendar stay as they are
        return iso


def days(first: dt.date | None, last: dt.date | None) -> str:
    """A span of days as short as it reads: ``7 Apr 2010``, ``7–15 Apr 2010``, ``7 Apr – 30 Jun 2010``."""
    if first is None:
        return day(last)
    if last is None or last == first:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%b %Y}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def moment(value: dt.datetime | None) -> str:
    """``15 Apr 2010, 09:30 UTC``."""
    return "time not said" if value is None else f"{day(value)}, {value:%H:%M} UTC"


def as_of(value: dt.datetime | None) -> str:
    """``as of 15 Apr 2010``."""
    return "date of report not said" if value is None else f"as of {day(value)}"


def cause(word: str | None) -> str:
    """A word of the cause lexicon for people: ``air_crash`` reads "Air crash"."""
    return word.replace("_", " ").capitalize() if word else "Cause not said"


def place(row: dict[str, Any]) -> str:
    """The place of an incident from narrow to wide: ``Talas, Talas Region, Kyrgyzstan``."""
    parts = [row.get("place_name"), row.get("adm1_name"), row.get("country_name")]
    return ", ".join(dict.fromkeys(part for part in parts if part)) or "place not said"


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 incident``, ``2 incidents``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def web_address(url: str | None) -> str | None:
    """The address if it may be made a link: only http and https with a host; anything else came from a hostile page."""
    if not url or len(url) > 2_000:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None
