"""When and where each claim's harm happened: dates and places of the report, read once, tied to every claim."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from etl.extraction.candidates import may_hold_claim
from etl.extraction.causes import cause_of, report_cause
from etl.extraction.dates import EVENT_KINDS, Anchor, DateMention, find_dates
from etl.extraction.lexicons import any_phrase
from etl.extraction.sentences import split
from etl.extraction.when import event_date
from etl.places import find_places
from etl.places.where import EventPlace, event_place
from etl.records import Claim, Event, Report

_RECENT = dt.timedelta(days=45)
"""Age up to which an event is news; what is older and told below the opening is background."""
_SAME_EVENT = dt.timedelta(days=3)
"""How much earlier than the event of the opening a figure's time may end and still be of that event."""
_TOLL = re.compile(r"\b(?:tolls?|number of|count|counted|deaths?)\b", re.IGNORECASE)
_REACH_BEHIND = 80
"""Characters behind a figure in which a date may stand that is its own."""
_WORDS_BEFORE = 24
"""Characters before a date in which a word of harm makes it the harm's."""
_SAID_BEFORE = re.compile(
    r"\b(?:said|reported|announced|put|confirmed|told)\b[^.]{0,80}\bhad (?:been|died|perished)\b", re.IGNORECASE
)
_EVENT = re.compile(r"\b" + any_phrase("scene.event") + r"\b", re.IGNORECASE)
_OPENING = 250
"""Characters of a report's opening, which tells the news and not what was so before."""
_SINCE_DAY = re.compile(
    r"\bsince\s+(?:[\w' ]{1,60}\bon\s+)?(?:[A-Z][a-z]+day|[A-Z][a-z]+\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]+)\b"
)


def anchor_of(report: Report, year_window: tuple[int, int] | None = None) -> Anchor:
    """From where REPORT looks at its dates."""
    published = report.published.date() if report.published is not None else None
    return Anchor(published=published, dateline=report.dateline_date, year_window=year_window)


def set_in_scene(report: Report, claims: Sequence[Claim], year_window: tuple[int, int] | None = None) -> list[Claim]:
    """CLAIMS of REPORT with the day and the place of what each tells, the printed words beside them."""
    if not claims:
        return []
    sentences = split(report.text, report.title)
    anchor = anchor_of(report, year_window)
    dates = find_dates(report.text, anchor)
    places = find_places(report.text, report.dateline_place)
    scene: list[Claim] = []
    for claim in claims:
        span = (claim.figure_start, claim.figure_end)
        when = event_date(span, dates, sentences, report.text, anchor)
        dated = replace(
            claim,
            date_text=when.date_text,
            date_start=when.date_start,
            date_end=when.date_end,
            date_precision=when.precision,
        )
        dated = _by_words_of_harm(dated, dates, report.text)
        dated = _in_time(_counted_later(dated, dates, anchor), anchor, sentences)
        scene.append(_placed(dated, event_place(span, places, sentences, report.text)))
    return _less_what_came_before(scene, sentences)


def _less_what_came_before(claims: Sequence[Claim], sentences: Sequence[tuple[int, int]]) -> list[Claim]:
    """CLAIMS with those below the opening that print an earlier time than its event's made background."""
    opening = sentences[min(1, len(sentences) - 1)][1]
    first = next((c for c in claims if c.scope == "incident" and c.figure_start < opening and c.date_start), None)
    if first is None or first.date_start is None:
        return list(claims)
    limit = first.date_start - _SAME_EVENT
    return [
        replace(claim, scope="background")
        if claim.scope == "incident"
        and claim.figure_start > opening
        and claim.date_end is not None
        and claim.date_end < limit
        and claim.date_text
        and claim.date_text in claim.quote
        else claim
        for claim in claims
    ]


def _placed(claim: Claim, where: EventPlace | None) -> Claim:
    if where is None:
        return claim
    place = where.place
    return replace(
        claim,
        place_text=where.place_text,
        place_name=place.name,
        place_names=where.names,
        place_alternatives=where.alternatives,
        place_precision=place.precision,
        adm1_name=place.adm1_name,
        adm1_code=place.adm1_code,
        country_code=place.country_code,
        country_name=place.country_name,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _by_words_of_harm(claim: Claim, dates: Sequence[DateMention], text: str) -> Claim:
    """CLAIM dated by the day that words of harm stand before.

    Behind the figure ("the 87 people killed in the uprising of April 7"), or, where its sentence prints no day, in the
    sentences before.
    """
    behind = [
        d
        for d in dates
        if d.kind in EVENT_KINDS
        and d.date_start is not None
        and claim.figure_end < d.start < min(claim.span_end, claim.figure_end + _REACH_BEHIND)
        and "," not in text[claim.figure_end : d.start]
        and may_hold_claim(text[claim.figure_end : d.start])
    ]
    if behind:
        return _dated(claim, behind[0])
    if claim.date_text and claim.date_text in claim.quote:
        return claim
    if _SAID_BEFORE.search(claim.quote) and claim.figure_start > _OPENING:
        # "Had been killed" was so before the day on which it was said; which day it was, nobody says.
        return replace(claim, date_text=None, date_start=None, date_end=None, date_precision=None)
    near = [
        d
        for d in dates
        if d.kind in EVENT_KINDS
        and d.date_start is not None
        and d.start < claim.span_start
        and may_hold_claim(text[max(0, d.start - _WORDS_BEFORE) : d.start])
    ]
    if not near:
        return claim
    return _dated(claim, near[-1])


def _dated(claim: Claim, mention: DateMention) -> Claim:
    return replace(
        claim,
        date_text=mention.text,
        date_start=mention.date_start,
        date_end=mention.date_end,
        date_precision=mention.precision,
    )


def _counted_later(claim: Claim, dates: Sequence[DateMention], anchor: Anchor) -> Claim:
    """CLAIM of a toll with the day of the event.

    The day in a sentence such as "the toll rose to 81 on Friday" is that of the count, so the earliest day the report
    prints for what happened stands for it.
    """
    if anchor.day is None or claim.date_start is None or not _TOLL.search(claim.quote):
        return claim
    days = [d for d in dates if d.kind in EVENT_KINDS and d.date_start is not None and d.date_end is not None]
    recent = [d for d in days if d.date_start is not None and anchor.day - d.date_start <= _RECENT]
    earliest = min(recent, key=lambda d: d.date_start or dt.date.max, default=None)
    if earliest is None or earliest.date_start is None or earliest.date_start >= claim.date_start:
        return claim
    return _dated(claim, earliest)


def _in_time(claim: Claim, anchor: Anchor, sentences: Sequence[tuple[int, int]]) -> Claim:
    """CLAIM with the scope its day gives it.

    A count since a day of these weeks is the event's own; a figure of months ago, told below the opening, is
    background.
    """
    if anchor.day is None or claim.date_start is None:
        return claim
    old = anchor.day - claim.date_start > _RECENT
    if claim.scope == "cumulative" and not old and claim.date_precision != 5 and _SINCE_DAY.search(claim.quote):
        return replace(claim, scope="incident")
    opening = sentences[min(1, len(sentences) - 1)][1]
    if claim.scope == "incident" and old and claim.date_text and claim.figure_start > opening:
        return replace(claim, scope="background")
    return claim


def _tells_event(sentence: str) -> bool:
    return cause_of(sentence) is not None or _EVENT.search(sentence) is not None


def scene_without_toll(report: Report, year_window: tuple[int, int] | None = None) -> Event | None:
    """What REPORT tells of where it counts nobody: cause, day and place of its first words of an event, without claims.

    None where no word says that something happened. For the per-report form; tables hold incidents with claims only.
    """
    cause = report_cause(report.text, report.title)
    sentences = split(report.text, report.title)
    told = next((s for s in sentences if _tells_event(report.text[s[0] : s[1]])), None)
    if told is None:
        return None
    anchor = anchor_of(report, year_window)
    when = event_date(told, find_dates(report.text, anchor), sentences, report.text, anchor)
    where = event_place(told, find_places(report.text, report.dateline_place), sentences, report.text)
    place = where.place if where is not None else None
    return Event(
        report_id=report.report_id,
        index=0,
        claims=(),
        cause=cause,
        date_start=when.date_start,
        date_end=when.date_end,
        date_precision=when.precision,
        place_name=place.name if place else None,
        place_names=where.names if where else (),
        place_precision=place.precision if place else None,
        adm1_name=place.adm1_name if place else None,
        adm1_code=place.adm1_code if place else None,
        country_code=place.country_code if place else None,
        country_name=place.country_name if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
    )
