"""Dates a report prints, each with its words, its place in the text and the days it can mean.

A day without a year, a weekday and a relative day ("on Thursday", "two days ago") are resolved against the report's
``Anchor``; without one their days stay null and their words stay. ``basis`` says how each was settled, so nothing is
guessed in silence. Seasons are those of the northern half of the world and are given their three months.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from etl.calendar_words import (
    day_of,
    full_year,
    month_number,
    month_span,
    moved,
    precision_of,
    table,
    weekday_number,
    words,
    year_of_day,
    years_fitting,
)
from etl.extraction import date_patterns, day_resolution
from etl.extraction.day_resolution import Span
from etl.reports.dateline import dateline_spans

Kind = Literal[
    "absolute", "partial", "weekday", "relative", "period", "future", "recurring", "anniversary", "duration", "clock",
    "dateline",
]  # fmt: skip
"""absolute: printed with its year; partial: a part of a date, completed from the anchor where it can be; weekday and
relative: resolved from the anchor; period: "in the past week"; future: after the anchor; recurring: "every Friday";
anniversary: a day remembered, or "a year after"; duration: "72 hours"; clock: "7 p.m."; dateline: the day of filing."""

EVENT_KINDS: frozenset[Kind] = frozenset({"absolute", "partial", "weekday", "relative"})
"""Kinds that can tell when something happened."""


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


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as printed at ``start``-``end`` of the text, with the earliest and latest day it can mean (null: unknown).

    ``precision`` is UCDP's code 1-5, null with the days. ``month`` and ``day`` keep what was printed where the year is
    unknown. ``bound`` is set where a word before makes the date only a limit ("since", "before", "after").
    """

    start: int
    end: int
    text: str
    kind: Kind
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    precision: int | None = None
    basis: str = ""
    month: int | None = None
    day: int | None = None
    bound: Literal["since", "before", "after"] | None = None


@dataclass(slots=True)
class _Reading:
    """What a form gave: the days, how they were found, and what is left of a date whose year is unknown."""

    kind: Kind
    span: Span | None = None
    basis: str = ""
    month: int | None = None
    day: int | None = None
    precision: int | None = None


@dataclass(slots=True)
class _Scene:
    """Where reading has got to: the anchor, and the last single day told of ("the next day" counts from it)."""

    anchor: Anchor
    last_day: dt.date | None = None


def find_dates(text: str, anchor: Anchor) -> list[DateMention]:
    """Dates of TEXT in order, never overlapping. Linear in the text; raises nothing, whatever the text holds."""
    scene = _Scene(anchor)
    datelines = dateline_spans(text)
    mentions = []
    for name, match in _chosen(text):
        reading = _READERS[name](match, scene)
        if reading is None:
            continue
        mention = _mention(text, name, match, reading, anchor, datelines)
        if mention.kind in EVENT_KINDS and mention.precision == 1:
            scene.last_day = mention.date_start
        mentions.append(mention)
    return mentions


def _chosen(text: str) -> list[tuple[str, re.Match[str]]]:
    """Matches of all forms, the earliest and then the longest kept where some overlap."""
    found = [
        (match.start(), -match.end(), order, name, match)
        for stretch in date_patterns.regions(text)
        for order, (name, pattern) in enumerate(date_patterns.forms())
        for match in pattern.finditer(text, *stretch)
        if _acceptable(name, match)
    ]
    found.sort(key=lambda entry: entry[:3])
    kept: list[tuple[str, re.Match[str]]] = []
    reached = 0
    for start, negative_end, _, name, match in found:
        if start >= reached:
            kept.append((name, match))
            reached = -negative_end
    return kept


def _acceptable(name: str, match: re.Match[str]) -> bool:
    """Whether the words really are a date: "may" the verb, "June 10 and 11 people" and "Bloody Sunday" are not."""
    text = match.string
    groups = match.re.groupindex
    if "month" in groups and (not _is_month(name, match) or date_patterns.name_follows().match(text, match.end())):
        return False
    if "to" in groups:
        joined = match["to"].strip().lower()
        lead = (match["lead"] or "").lower()
        if joined in {"and", "or"} and lead not in ({"between", "on", "of"} if name == "days_month" else {"between"}):
            return name == "weekdays" and joined == "and"
        return not (name == "month_days" and date_patterns.counted_follows().match(text, match.end()))
    if name == "year":
        return bool(match["part"]) or match.start() != match.start("year")
    if name == "season":
        return bool(match["lead"] or match["year"])
    if name in {"weekday", "weekdays"}:
        around = date_patterns.weekday_name().search(text, max(0, match.start() - 8), match.end() + 12)
        return around is None or not around.start() <= match.start("weekday") < around.end()
    return True


def _is_month(name: str, match: re.Match[str]) -> bool:
    """Whether the word is the month: small "may" and "march" never are, nor capitals without a sign of a date."""
    word = match["month"]
    if word.isdigit():
        return True
    text = match.string
    sure = word.lower() not in words("month_homographs")
    if name != "month":
        behind_is_verb = name == "day_month" and not match["year"] and not match["yy"]
        verb = behind_is_verb and date_patterns.modal_follows().match(text, match.end())
        return sure or not (word.islower() or verb)
    if word[0].islower():
        return sure and (len(word) > 4 or bool(match["year"]))
    if len(word) < 4 and not match["year"] and word.lower() not in {"may"}:
        return False
    if not sure and not match["year"] and date_patterns.modal_follows().match(text, match.end()):
        return False
    return (
        sure
        or bool(match["year"] or match["lead"] or match["part"] or match["rel"])
        or bool(date_patterns.bare_month_cue().search(text, max(0, match.start() - 12), match.start()))
    )


def _mention(
    text: str, name: str, match: re.Match[str], reading: _Reading, anchor: Anchor, datelines: list[tuple[int, int]]
) -> DateMention:
    start, end = match.span()
    if name == "year":  # the word before a year only shows that it is one
        start = match.start("part") if match["part"] else match.start("year")
    kind = reading.kind
    span = reading.span
    if span is not None and anchor.day is not None and span[0] > anchor.day and kind in EVENT_KINDS:
        kind = "future"
    if any(first <= start < last for first, last in datelines):
        kind = "dateline"
    elif kind in EVENT_KINDS and date_patterns.anniversary_before().search(text, max(0, start - 90), start):
        kind = "anniversary"
    bound = date_patterns.bound_before().search(text, max(0, start - 70), start)
    mention = DateMention(start, end, text[start:end], kind, basis=reading.basis, month=reading.month, day=reading.day)
    if span is not None:
        mention = replace(
            mention, date_start=span[0], date_end=span[1], precision=reading.precision or precision_of(*span)
        )
    if bound is not None:
        which = bound.lastgroup
        return replace(mention, bound="since" if which == "since" else "before" if which == "before" else "after")
    return mention


# --- a year, and a day within it -------------------------------------------------------------------------------------


def _printed_year(match: re.Match[str], suffix: str, scene: _Scene) -> tuple[int, str] | None:
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
    month: int, day: int, year: tuple[int, str] | None, weekday: int | None, scene: _Scene
) -> _Reading | None:
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
        return _Reading(kind, basis="year unknown", month=month, day=day)
    found = day_of(year[0], month, day)
    if found is None:
        return _Reading(kind, basis=f"no such day in {year[0]}", month=month, day=day)
    basis = year[1]
    if weekday is not None and found.weekday() != weekday:
        basis += "; the weekday printed does not fit"
    return _Reading(kind, (found, found), basis, month, day)


def _weekday_of(match: re.Match[str]) -> int | None:
    return weekday_number(match["weekday"]) if match["weekday"] else None


def _day_and_month(match: re.Match[str], scene: _Scene) -> _Reading | None:
    month = month_number(match["month"])
    if month is None:
        return None
    return _single_day(month, int(match["day"]), _printed_year(match, "", scene), _weekday_of(match), scene)


def _numeric(match: re.Match[str], scene: _Scene) -> _Reading | None:
    return (
        _single_day(int(match["month"]), int(match["day"]), (int(match["year"]), "printed"), None, scene)
        if (1 <= int(match["month"]) <= 12)
        else None
    )


def _slashed(match: re.Match[str], scene: _Scene) -> _Reading | None:
    """ "04/07/2010": where day and month could change places, the anchor decides, else both stay possible."""
    year = full_year(match["year"], scene.anchor.near_year)
    first, second = int(match["first"]), int(match["second"])
    orders = ((first, second), (second, first))
    days = sorted(
        {found for month, day in orders if 1 <= month <= 12 and (found := day_of(year, month, day)) is not None}
    )
    if not days:
        return None
    if len(days) == 1:
        return _Reading("absolute", (days[0], days[0]), "printed", days[0].month, days[0].day)
    anchor = scene.anchor.day
    if anchor is not None and days[0] <= anchor < days[1]:
        return _Reading("absolute", (days[0], days[0]), "day and month ambiguous; the other order is after publication")
    return _Reading("absolute", (days[0], days[1]), "day and month ambiguous; both orders kept")


def _days(match: re.Match[str], scene: _Scene) -> _Reading | None:
    """ "June 10-14", "from 28 June to 2 July 2010": the year printed last, or the anchor's, serves both ends."""
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
        return _Reading(end.kind, basis=end.basis, month=first, day=int(match["day"]))
    last_day = end.span[1]
    year = start_year[0] if start_year and start_year is not end_year else last_day.year
    start = day_of(year, first, int(match["day"]))
    if start is not None and start > last_day:
        start = day_of(year - 1, first, int(match["day"]))
    if start is None or (last_day - start).days > 366:
        return None
    return _Reading(end.kind, (start, last_day), end.basis, first, int(match["day"]))


# --- months, seasons, years, feasts ----------------------------------------------------------------------------------


def _latest_month(month: int, lead: str, scene: _Scene) -> tuple[int, str] | None:
    anchor = scene.anchor.day
    if anchor is None:
        return (scene.anchor.year, "year of the report") if scene.anchor.year is not None else None
    year = anchor.year - (month > anchor.month or (lead == "last" and month == anchor.month))
    if lead == "next":
        year += 1
    return year, "latest such month not after publication" if lead != "next" else "next such month"


def _clipped(span: Span, scene: _Scene) -> Span:
    """SPAN as far as the anchor's day: what is told has happened by then."""
    day = scene.anchor.day
    return (span[0], day) if day is not None and span[0] <= day < span[1] else span


def _part(match: re.Match[str]) -> str:
    words_ = (match["part"] or "").lower().split()
    return words_[1] if words_[:1] == ["the"] and len(words_) > 1 else (words_[0] if words_ else "")


def _month(match: re.Match[str], scene: _Scene) -> _Reading | None:
    month = month_number(match["month"])
    if month is None:
        return None
    year = _printed_year(match, "", scene)
    kind: Kind = "absolute" if year else "partial"
    year = year or _latest_month(month, (match["lead"] or "").lower(), scene)
    if year is None or not 1 <= year[0] <= 9999:
        return _Reading(kind, basis="year unknown", month=month)
    span = _clipped(day_resolution.third(*month_span(year[0], month), _part(match)), scene)
    return _Reading(kind, span, year[1], month, precision=4)


def _season(match: re.Match[str], scene: _Scene) -> _Reading | None:
    first = int(table("seasons")[match["season"].lower()])
    lead = (match["lead"] or "").lower()
    year = _printed_year(match, "", scene)
    kind: Kind = "absolute" if year else "relative"
    if year is None and (lead in {"in", "the", "early", "late"} or scene.anchor.day is None):
        year = _latest_month(first, "", scene) if lead != "the" else None
    elif year is None:
        year = _latest_month(first, lead, scene)
    if year is None or not 1 <= year[0] < 9999:
        return _Reading(kind, basis="year unknown")
    start = dt.date(year[0], first, 1)
    end = day_resolution.months_away(start, 2)[1]
    return _Reading(kind, _clipped((start, end), scene), year[1] + "; a northern season", precision=5)


def _year(match: re.Match[str], scene: _Scene) -> _Reading:
    start, end = day_resolution.year_span(int(match["year"]))
    return _Reading("absolute", _clipped(day_resolution.third(start, end, _part(match)), scene), "printed", precision=5)


def _decade(match: re.Match[str], _scene: _Scene) -> _Reading:
    first = int(match["decade"])
    return _Reading("absolute", (dt.date(first, 1, 1), dt.date(first + 9, 12, 31)), "printed", precision=5)


def _feast(match: re.Match[str], scene: _Scene) -> _Reading | None:
    name = " ".join(match["feast"].lower().replace("’", "'").split())
    month, day = table("feasts")[name]
    return _single_day(month, day, (int(match["year"]), "printed") if match["year"] else None, None, scene)


def _month_ordinal(match: re.Match[str], scene: _Scene) -> _Reading | None:
    if scene.anchor.day is None:
        return _Reading("relative", basis="no anchor", day=int(match["day"]))
    shift = {"last": -1, "this": 0, "next": 1}[match["rel"].lower()]
    month = day_resolution.months_away(scene.anchor.day, shift)[0]
    found = day_of(month.year, month.month, int(match["day"]))
    return None if found is None else _Reading("relative", (found, found), f"{match['rel'].lower()} month")


# --- days seen from the anchor ---------------------------------------------------------------------------------------


def _weekday(match: re.Match[str], scene: _Scene) -> _Reading:
    lead = (match["lead"] or "").lower()
    if match["plural"] or lead in {"every", "each"}:
        return _Reading("recurring", basis="a recurring day")
    anchor = scene.anchor.day
    weekday = _weekday_of(match)
    if anchor is None or weekday is None:
        return _Reading("weekday", basis="no anchor")
    week = (match["week"] or "").lower()
    if week:
        monday = moved(anchor, -anchor.weekday() + {"last": -7, "this": 0, "next": 7}[week])
        day = moved(monday, weekday)
    elif lead in {"next", "coming"}:
        day = day_resolution.coming_weekday(weekday, anchor)
    else:
        day = day_resolution.latest_weekday(weekday, anchor, before=lead in {"last", "past", "previous"})
    return _Reading("weekday", (day, day), "latest such weekday not after the report's day")


def _weekdays(match: re.Match[str], scene: _Scene) -> _Reading:
    anchor = scene.anchor.day
    first, last = weekday_number(match["weekday"]), weekday_number(match["weekday2"])
    if anchor is None or first is None or last is None:
        return _Reading("weekday", basis="no anchor")
    end = day_resolution.latest_weekday(last, anchor)
    return _Reading("weekday", (day_resolution.latest_weekday(first, end), end), "latest such weekdays")


def _named_day(match: re.Match[str], scene: _Scene) -> _Reading:
    """ "yesterday", "last night" (the day it began), "today", "tomorrow"."""
    anchor = scene.anchor.day
    word = " ".join(match["word"].lower().split())
    shift = -2 if "before" in word else 1 if word == "tomorrow" else -1 if word.startswith(("yester", "last")) else 0
    if anchor is None:
        return _Reading("relative", basis="no anchor")
    day = moved(anchor, shift)
    if word == "overnight":
        return _Reading("relative", (moved(anchor, -1), anchor), "the night before the report's day")
    return _Reading("relative", (day, day), "counted from the report's day")


def _ago(match: re.Match[str], scene: _Scene) -> _Reading:
    way = match["way"].lower()
    unit = match["unit"].lower()
    if way != "ago" and unit in {"minute", "hour"}:
        return _Reading("duration", basis="within a day")
    if way in {"before", "after"} and unit in {"year", "decade", "month"}:
        return _Reading("anniversary", basis="counted from another event")
    fewest, most = day_resolution.number_range(match["number"], table("numbers"))
    sign = 1 if way in {"later", "after", "afterward", "afterwards"} else -1
    origin = scene.anchor.day if way == "ago" else scene.last_day
    if origin is None:
        return _Reading("relative", basis="no day to count from")
    if match["today"] and unit == "year" and fewest == most:
        day = moved(origin, -1 if match["today"].lower() == "yesterday" else 0)
        found = day_of(day.year - fewest, day.month, day.day)
        if found is not None:
            return _Reading("relative", (found, found), "the report's day, years before")
    span = day_resolution.away(unit, fewest, most, origin, sign)
    return _Reading(
        "relative", span, "counted from the report's day" if way == "ago" else "counted from the day told before"
    )


def _calendar_unit(match: re.Match[str], scene: _Scene) -> _Reading:
    if scene.anchor.day is None:
        return _Reading("relative", basis="no anchor")
    span = day_resolution.calendar_unit(
        match["unit"].lower(), match["lead"].lower(), (match["part"] or "").lower(), scene.anchor.day
    )
    return _Reading("relative" if span else "period", span, "calendar unit counted from the report's day")


def _weekend(_match: re.Match[str], scene: _Scene) -> _Reading:
    day = scene.anchor.day
    return _Reading("relative", day_resolution.weekend(day, "the") if day else None, "latest weekend")


def _neighbour(match: re.Match[str], scene: _Scene) -> _Reading:
    """ "the next day", "the day before", "that night": beside the day told last, else beside the report's own."""
    way = (match["way"] or "same").lower()
    shift = -1 if way.startswith("previous") or "before" in way else 0 if way.startswith("same") else 1
    origin = scene.last_day
    if origin is None and shift < 0:
        origin = scene.anchor.day
    if origin is None:
        return _Reading("relative", basis="no day to count from")
    day = moved(origin, shift)
    return _Reading("relative", (day, day), "counted from the day told before")


def _period(match: re.Match[str], scene: _Scene) -> _Reading:
    anchor = scene.anchor.day
    if anchor is None:
        return _Reading("period", basis="no anchor")
    _, most = day_resolution.number_range(match["number"] or "few", table("numbers"))
    if match["lead"].lower() in {"next", "coming"}:
        return _Reading(
            "future", (anchor, day_resolution.away(match["unit"].lower(), most, most, anchor, 1)[1]), "ahead"
        )
    start = day_resolution.away(match["unit"].lower(), most, most, anchor, -1)[0]
    return _Reading("period", (start, anchor), "counted back from the report's day")


def _anniversary(_match: re.Match[str], _scene: _Scene) -> _Reading:
    return _Reading("anniversary", basis="a day remembered")


def _duration(_match: re.Match[str], _scene: _Scene) -> _Reading:
    return _Reading("duration", basis="how long, not when")


def _clock(_match: re.Match[str], _scene: _Scene) -> _Reading:
    return _Reading("clock", basis="time of day")


_READERS: dict[str, Callable[[re.Match[str], _Scene], _Reading | None]] = {
    "iso": _numeric,
    "slashed": _slashed,
    "dotted": _numeric,
    "month_day": _day_and_month,
    "day_month": _day_and_month,
    "month_days": _days,
    "days_month": _days,
    "month_day_to": _days,
    "day_month_to": _days,
    "month": _month,
    "month_ordinal": _month_ordinal,
    "year": _year,
    "decade": _decade,
    "season": _season,
    "feast": _feast,
    "weekdays": _weekdays,
    "weekday": _weekday,
    "yesterday": _named_day,
    "ago": _ago,
    "calendar_unit": _calendar_unit,
    "weekend": _weekend,
    "neighbour": _neighbour,
    "period": _period,
    "anniversary": _anniversary,
    "duration": _duration,
    "clock": _clock,
}
