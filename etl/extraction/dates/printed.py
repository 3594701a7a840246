"""Reading dates printed with their month: days, ranges, months, seasons, years, feasts.

Each function reads one form of ``patterns`` and gives null where the calendar has no such date.
"""

from __future__ import annotations

import datetime as dt
import re

from etl.calendar_words import (
    day_of,
    full_year,
    month_number,
    month_span,
    table,
    weekday_number,
    year_of_day,
    years_fitting,
)
from etl.extraction.dates import resolution
from etl.extraction.dates.reading import Kind, Reading, Scene
from etl.extraction.dates.resolution import Span


def _printed_year(match: re.Match[str], suffix: str, scene: Scene) -> tuple[int, str] | None:
    """The year printed behind a date, and on what ground; null where none is."""
    anchor = scene.anchor
    if match["year" + suffix]:
        return int(match["year" + suffix]), "year printed"
    if match["yy" + suffix]:
        return full_year(match["yy" + suffix], anchor.near_year), "two digits of the year printed"
    if match["rel" + suffix] and anchor.near_year is not None:
        shift = {"last": -1, "this": 0, "next": 1}[match["rel" + suffix].lower()]
        return anchor.near_year + shift, f"{match['rel' + suffix].lower()} year, from the report's own"
    return None


def _single_day(
    month: int, day: int, year: tuple[int, str] | None, weekday: int | None, scene: Scene
) -> Reading | None:
    """A day of a month, with the year printed, told by the anchor, fixed by a weekday, or unknown."""
    if day_of(2000, month, day) is None:
        return None
    kind: Kind = "partial" if year is None else "absolute"
    anchor = scene.anchor
    if year is None and anchor.day is not None:
        year = year_of_day(month, day, anchor.day, weekday)
    elif year is None and anchor.year is not None:
        year = anchor.year, "year of the report"
    elif year is None and weekday is not None and anchor.year_window is not None:
        fitting = years_fitting(weekday, month, day, anchor.year_window)
        if len(fitting) == 1:
            year = fitting[0], "only year of the window in which that day is that weekday"
    if year is None:
        return Reading(kind, basis="year unknown", month=month, day=day)
    found = day_of(year[0], month, day)
    if found is None:
        return Reading(kind, basis=f"no such day in {year[0]}", month=month, day=day)
    basis = year[1]
    if weekday is not None and found.weekday() != weekday:
        basis += "; the weekday printed does not fit"
    return Reading(kind, (found, found), basis, month, day)


def _weekday_of(match: re.Match[str]) -> int | None:
    return weekday_number(match["weekday"]) if match["weekday"] else None


def day_and_month(match: re.Match[str], scene: Scene) -> Reading | None:
    """A day of a month: "Tuesday, Jan. 27", "7 April 2010", "3 JAN 90"."""
    month = month_number(match["month"])
    if month is None:
        return None
    return _single_day(month, int(match["day"]), _printed_year(match, "", scene), _weekday_of(match), scene)


def numeric(match: re.Match[str], scene: Scene) -> Reading | None:
    """Year, month and day in figures: "2010-04-07", "7.4.2010"."""
    return (
        _single_day(int(match["month"]), int(match["day"]), (int(match["year"]), "printed"), None, scene)
        if (1 <= int(match["month"]) <= 12)
        else None
    )


def slashed(match: re.Match[str], scene: Scene) -> Reading | None:
    """Figures with slashes: where day and month could change places the anchor decides, else both stay possible."""
    year = full_year(match["year"], scene.anchor.near_year)
    first, second = int(match["first"]), int(match["second"])
    orders = ((first, second), (second, first))
    days = sorted(
        {found for month, day in orders if 1 <= month <= 12 and (found := day_of(year, month, day)) is not None}
    )
    if not days:
        return None
    if len(days) == 1:
        return Reading("absolute", (days[0], days[0]), "printed", days[0].month, days[0].day)
    anchor = scene.anchor.day
    if anchor is not None and days[0] <= anchor < days[1]:
        return Reading("absolute", (days[0], days[0]), "day and month ambiguous; the other order is after publication")
    return Reading("absolute", (days[0], days[1]), "day and month ambiguous; both orders kept")


def days(match: re.Match[str], scene: Scene) -> Reading | None:
    """A range of days ("June 10-14"): the year printed last, or the anchor's, serves both ends."""
    groups = match.re.groupindex
    months = match["month"], match["month2"] if "month2" in groups else match["month"]
    first, last = month_number(months[0]), month_number(months[1])
    if first is None or last is None:
        return None
    end_year = _printed_year(match, "2" if "year2" in groups else "", scene)
    start_year = _printed_year(match, "", scene) if "year2" in groups else end_year
    end = _single_day(last, int(match["day2"]), end_year or start_year, None, scene)
    if end is None:
        return None
    if end.span is None:
        return Reading(end.kind, basis=end.basis, month=first, day=int(match["day"]))
    last_day = end.span[1]
    own_year = start_year is not None and start_year is not end_year
    year = start_year[0] if start_year and own_year else last_day.year
    start = day_of(year, first, int(match["day"]))
    # "From 9 to 3 May" runs backwards: that is the report's to answer for, and no reason to go back a year.
    if start is not None and start > last_day and first != last and not own_year:
        start = day_of(year - 1, first, int(match["day"]))
    if start is None or (last_day - start).days > 366:
        return None
    return Reading(end.kind, (start, last_day), end.basis, first, int(match["day"]))


def _latest_month(month: int, lead: str, scene: Scene) -> tuple[int, str] | None:
    anchor = scene.anchor.day
    if anchor is None:
        return (scene.anchor.year, "year of the report") if scene.anchor.year is not None else None
    year = anchor.year - (month > anchor.month or (lead == "last" and month == anchor.month))
    if lead == "next":
        year += 1
    return year, "latest such month not after publication" if lead != "next" else "next such month"


def _clipped(span: Span, scene: Scene) -> Span:
    """SPAN as far as the anchor's day: what is told has happened by then."""
    day = scene.anchor.day
    return (span[0], day) if day is not None and span[0] <= day < span[1] else span


def _part(match: re.Match[str]) -> str:
    words_ = (match["part"] or "").lower().split()
    return words_[1] if words_[:1] == ["the"] and len(words_) > 1 else (words_[0] if words_ else "")


def month(match: re.Match[str], scene: Scene) -> Reading | None:
    """A month or its early, middle or late part: "late March", "May 2009", "last October"."""
    month = month_number(match["month"])
    if month is None:
        return None
    year = _printed_year(match, "", scene)
    kind: Kind = "absolute" if year else "partial"
    year = year or _latest_month(month, (match["lead"] or "").lower(), scene)
    if year is None or not 1 <= year[0] <= 9999:
        return Reading(kind, basis="year unknown", month=month)
    span = _clipped(resolution.third(*month_span(year[0], month), _part(match)), scene)
    return Reading(kind, span, year[1], month, precision=4)


def season(match: re.Match[str], scene: Scene) -> Reading | None:
    """A season: "last winter", "the summer of 2009"."""
    first = int(table("seasons")[match["season"].lower()])
    lead = (match["lead"] or "").lower()
    year = _printed_year(match, "", scene)
    kind: Kind = "absolute" if year else "relative"
    if year is None and (lead in {"in", "the", "early", "late"} or scene.anchor.day is None):
        year = _latest_month(first, "", scene) if lead != "the" else None
    elif year is None:
        year = _latest_month(first, lead, scene)
    if year is None or not 1 <= year[0] < 9999:
        return Reading(kind, basis="year unknown")
    start = dt.date(year[0], first, 1)
    end = resolution.months_away(start, 2)[1]
    return Reading(kind, _clipped((start, end), scene), year[1] + "; a northern season", precision=5)


def year(match: re.Match[str], scene: Scene) -> Reading:
    """A year or a part of it: "in 1989", "late 1989"."""
    start, end = resolution.year_span(int(match["year"]))
    return Reading("absolute", _clipped(resolution.third(start, end, _part(match)), scene), "printed", precision=5)


def decade(match: re.Match[str], _scene: Scene) -> Reading:
    """A decade: "the 1990s"."""
    first = int(match["decade"])
    return Reading("absolute", (dt.date(first, 1, 1), dt.date(first + 9, 12, 31)), "printed", precision=5)


def feast(match: re.Match[str], scene: Scene) -> Reading | None:
    """A feast of a fixed day: "Christmas Day 2009"."""
    name = " ".join(match["feast"].lower().replace("’", "'").split())
    month, day = table("feasts")[name]
    return _single_day(month, day, (int(match["year"]), "printed") if match["year"] else None, None, scene)
