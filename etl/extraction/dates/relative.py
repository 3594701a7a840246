"""Reading days seen from the report's own: weekdays, "yesterday", "two days ago", "last week", "the next day".

Each function reads one form of ``patterns``; without an anchor the days stay null.
"""

from __future__ import annotations

import re

from etl.calendar_words import day_of, moved, table, weekday_number
from etl.extraction.dates import resolution
from etl.extraction.dates.reading import COUNTED_BACK, Reading, Scene


def weekday(match: re.Match[str], scene: Scene) -> Reading:
    """A weekday: the latest not after the report's day, unless a word moves it ("last Friday", "Monday last week")."""
    lead = (match["lead"] or "").lower()
    if match["plural"] or lead in {"every", "each"}:
        return Reading("recurring", basis="a recurring day")
    anchor = scene.anchor.day
    weekday = weekday_number(match["weekday"])
    if anchor is None or weekday is None:
        return Reading("weekday", basis="no anchor")
    week = (match["week"] or "").lower()
    if week:
        monday = moved(anchor, -anchor.weekday() + {"last": -7, "this": 0, "next": 7}[week])
        day = moved(monday, weekday)
    elif lead in {"next", "coming"}:
        day = resolution.coming_weekday(weekday, anchor)
    else:
        day = resolution.latest_weekday(weekday, anchor, before=lead in {"last", "past", "previous"})
    return Reading("weekday", (day, day), "latest such weekday not after the report's day")


def weekdays(match: re.Match[str], scene: Scene) -> Reading:
    """A span of weekdays: "between Friday and Sunday"."""
    anchor = scene.anchor.day
    first, last = weekday_number(match["weekday"]), weekday_number(match["weekday2"])
    if anchor is None or first is None or last is None:
        return Reading("weekday", basis="no anchor")
    end = resolution.latest_weekday(last, anchor)
    return Reading("weekday", (resolution.latest_weekday(first, end), end), "latest such weekdays")


def named_day(match: re.Match[str], scene: Scene) -> Reading:
    """A day named from the report's own: "yesterday", "last night" (the day it began), "today", "tomorrow"."""
    anchor = scene.anchor.day
    word = " ".join(match["word"].lower().split())
    shift = -2 if "before" in word else 1 if word == "tomorrow" else -1 if word.startswith(("yester", "last")) else 0
    if anchor is None:
        return Reading("relative", basis="no anchor")
    day = moved(anchor, shift)
    if word == "overnight":
        return Reading("relative", (moved(anchor, -1), anchor), "the night before the report's day")
    return Reading("relative", (day, day), "counted from the report's day")


def ago(match: re.Match[str], scene: Scene) -> Reading:
    """A day so many units away: "two days ago" from the report's day, "two days later" from the day told before."""
    way = match["way"].lower()
    unit = match["unit"].lower()
    if way != "ago" and unit in {"minute", "hour"}:
        return Reading("duration", basis="within a day")
    if way in {"before", "after"} and unit in {"year", "decade", "month"}:
        return Reading("anniversary", basis="counted from another event")
    fewest, most = resolution.number_range(match["number"], table("numbers"))
    sign = 1 if way in {"later", "after", "afterward", "afterwards"} else -1
    origin = scene.anchor.day if way == "ago" else scene.last_day
    if origin is None:
        return Reading("relative", basis="no day to count from")
    if match["today"] and unit == "year" and fewest == most:
        day = moved(origin, -1 if match["today"].lower() == "yesterday" else 0)
        found = day_of(day.year - fewest, day.month, day.day)
        if found is not None:
            return Reading("relative", (found, found), "the report's day, years before")
    span = resolution.away(unit, fewest, most, origin, sign)
    return Reading(
        "relative", span, "counted from the report's day" if way == "ago" else "counted from the day told before"
    )


def since_event(match: re.Match[str], scene: Scene) -> Reading:
    """A day counted back from the report's own to an event: "it is 4 days since the fire", "3 days after the crash"."""
    if scene.anchor.day is None:
        return Reading("relative", basis="no anchor")
    fewest, most = resolution.number_range(match["number"], table("numbers"))
    span = resolution.away(match["unit"].lower(), fewest, most, scene.anchor.day, -1)
    return Reading("relative", span, COUNTED_BACK)


def ordinal_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """A day of the month alone, the latest not after the report's: "on the 16th"."""
    today = scene.anchor.day
    if today is None:
        return Reading("partial", basis="month unknown", day=int(match["day"]))
    month = resolution.months_away(today, -1 if int(match["day"]) > today.day else 0)[0]
    found = day_of(month.year, month.month, int(match["day"]))
    return None if found is None else Reading("partial", (found, found), "latest such day not after the report's")


def calendar_unit(match: re.Match[str], scene: Scene) -> Reading:
    """A calendar unit: "last week", "earlier this month", "this year"."""
    if scene.anchor.day is None:
        return Reading("relative", basis="no anchor")
    span = resolution.calendar_unit(
        match["unit"].lower(), match["lead"].lower(), (match["part"] or "").lower(), scene.anchor.day
    )
    return Reading("relative" if span else "period", span, "calendar unit counted from the report's day")


def weekend(_match: re.Match[str], scene: Scene) -> Reading:
    """The latest weekend: "over the weekend"."""
    day = scene.anchor.day
    return Reading("relative", resolution.weekend(day, "the") if day else None, "latest weekend")


def neighbour(match: re.Match[str], scene: Scene) -> Reading:
    """A day beside the one told last, else the report's own: "the next day", "the day before", or "the week before"."""
    way = (match["way"] or "same").lower()
    shift = -1 if way.startswith("previous") or "before" in way else 0 if way.startswith("same") else 1
    origin = scene.last_day
    if origin is None and shift < 0:
        origin = scene.anchor.day
    if origin is None:
        return Reading("relative", basis="no day to count from")
    if "week" in way:
        return Reading("relative", resolution.week_of(moved(origin, -7)), "the week before the one told before")
    day = moved(origin, shift)
    return Reading("relative", (day, day), "counted from the day told before")


def period(match: re.Match[str], scene: Scene) -> Reading:
    """A stretch up to the report's day: "the past 24 hours", "recent weeks"."""
    anchor = scene.anchor.day
    if anchor is None:
        return Reading("period", basis="no anchor")
    _, most = resolution.number_range(match["number"] or "few", table("numbers"))
    if match["lead"].lower() in {"next", "coming"}:
        return Reading("future", (anchor, resolution.away(match["unit"].lower(), most, most, anchor, 1)[1]), "ahead")
    start = resolution.away(match["unit"].lower(), most, most, anchor, -1)[0]
    return Reading("period", (start, anchor), "counted back from the report's day")


def anniversary(_match: re.Match[str], _scene: Scene) -> Reading:
    """A day remembered: "the first anniversary"."""
    return Reading("anniversary", basis="a day remembered")


def duration(_match: re.Match[str], _scene: Scene) -> Reading:
    """How long something took: "72 hours"."""
    return Reading("duration", basis="how long, not when")


def clock(_match: re.Match[str], _scene: Scene) -> Reading:
    """A time of day: "7 p.m."."""
    return Reading("clock", basis="time of day")


def month_ordinal(match: re.Match[str], scene: Scene) -> Reading | None:
    """A day of this or the last month: "the 16th of this month"."""
    if scene.anchor.day is None:
        return Reading("relative", basis="no anchor", day=int(match["day"]))
    shift = {"last": -1, "this": 0, "next": 1}[match["rel"].lower()]
    month = resolution.months_away(scene.anchor.day, shift)[0]
    found = day_of(month.year, month.month, int(match["day"]))
    return None if found is None else Reading("relative", (found, found), f"{match['rel'].lower()} month")
