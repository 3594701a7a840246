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

from etl.calendar_words import precision_of, words
from etl.extraction.dates import patterns, printed, relative
from etl.extraction.dates.reading import EVENT_KINDS, Anchor, Kind, Reading, Scene
from etl.reports.dateline import dateline_spans

__all__ = ["EVENT_KINDS", "Anchor", "DateMention", "Kind", "find_dates"]


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


_DAYS_PRINTED = frozenset({"iso", "month_day", "day_month"})
_READERS: dict[str, Callable[[re.Match[str], Scene], Reading | None]] = {
    "iso": printed.numeric,
    "slashed": printed.slashed,
    "dotted": printed.numeric,
    "month_day": printed.day_and_month,
    "day_month": printed.day_and_month,
    "month_days": printed.days,
    "days_month": printed.days,
    "month_day_to": printed.days,
    "day_month_to": printed.days,
    "month": printed.month,
    "month_ordinal": relative.month_ordinal,
    "year": printed.year,
    "decade": printed.decade,
    "season": printed.season,
    "feast": printed.feast,
    "weekdays": relative.weekdays,
    "weekday": relative.weekday,
    "yesterday": relative.named_day,
    "ordinal_day": relative.ordinal_day,
    "since_event": relative.since_event,
    "ago": relative.ago,
    "calendar_unit": relative.calendar_unit,
    "weekend": relative.weekend,
    "neighbour": relative.neighbour,
    "period": relative.period,
    "anniversary": relative.anniversary,
    "duration": relative.duration,
    "clock": relative.clock,
}


def find_dates(text: str, anchor: Anchor) -> list[DateMention]:
    """Dates of TEXT in order, never overlapping. Linear in the text; raises nothing, whatever the text holds."""
    scene = Scene(anchor)
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
    regions = patterns.regions(text)
    found = [
        (match.start(), -match.end(), order, name, match)
        for order, (name, pattern) in enumerate(patterns.forms())
        for stretch in regions.get(name, ())
        for match in pattern.finditer(text, *stretch)
        if _acceptable(name, match)
    ]
    found.sort(key=lambda entry: entry[:3])
    kept: list[tuple[str, re.Match[str]]] = []
    reached = 0
    for start, negative_end, _, name, match in found:
        if start >= reached:
            if kept and name in _DAYS_PRINTED and _is_told_twice(kept[-1], start):
                kept.pop()
            kept.append((name, match))
            reached = -negative_end
    return kept


def _is_told_twice(before: tuple[str, re.Match[str]], start: int) -> bool:
    """Whether the day printed at START is the one named BEFORE it again ("today, 30 June"): the printed one stands."""
    name, match = before
    return name in {"yesterday", "weekday"} and match.string[match.end() : start].strip(" \t\r\n") in {",", "("}


def _acceptable(name: str, match: re.Match[str]) -> bool:
    """Whether the words really are a date: "may" the verb, "June 10 and 11 people" and "Bloody Sunday" are not."""
    text = match.string
    groups = match.re.groupindex
    if "month" in groups and (not _is_month(name, match) or patterns.name_follows().match(text, match.end())):
        return False
    if "to" in groups:
        joined = match["to"].strip().lower()
        lead = (match["lead"] or "").lower()
        if joined in {"and", "or"} and lead not in ({"between", "on", "of"} if name == "days_month" else {"between"}):
            return name == "weekdays" and joined == "and"
        return not (name == "month_days" and patterns.counted_follows().match(text, match.end()))
    if name == "year":
        return bool(match["part"]) or match.start() != match.start("year")
    if name == "since_event":
        return patterns.present_before().search(text, max(0, match.start() - 90), match.start()) is not None
    if name == "season":
        return bool(match["lead"] or match["year"])
    if name in {"weekday", "weekdays"}:
        around = patterns.weekday_name().search(text, max(0, match.start() - 8), match.end() + 12)
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
        behind_is_verb = word.lower() == "may" and name == "day_month" and not match["year"] and not match["yy"]
        verb = behind_is_verb and patterns.modal_follows().match(text, match.end())
        return sure or not (word.islower() or verb)
    if word[0].islower():
        return sure and (len(word) > 4 or bool(match["year"]))
    if len(word) < 4 and not match["year"] and word.lower() != "may":
        return False
    if not sure and not match["year"] and patterns.modal_follows().match(text, match.end()):
        return False
    return (
        sure
        or bool(match["year"] or match["lead"] or match["part"] or match["rel"])
        or bool(patterns.bare_month_cue().search(text, max(0, match.start() - 12), match.start()))
    )


def _mention(
    text: str, name: str, match: re.Match[str], reading: Reading, anchor: Anchor, datelines: list[tuple[int, int]]
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
    elif kind in EVENT_KINDS and patterns.anniversary_before().search(text, max(0, start - 90), start):
        kind = "anniversary"
    bound = patterns.bound_before().search(text, max(0, start - 70), start)
    mention = DateMention(start, end, text[start:end], kind, basis=reading.basis, month=reading.month, day=reading.day)
    if span is not None:
        mention = replace(
            mention, date_start=span[0], date_end=span[1], precision=reading.precision or precision_of(*span)
        )
    if bound is not None:
        which = bound.lastgroup
        return replace(mention, bound="since" if which == "since" else "before" if which == "before" else "after")
    return mention
