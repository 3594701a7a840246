"""When and where each claim's harm happened: dates and places of the report, read once, tied to every claim."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from etl.calendar_words import is_presumed
from etl.extraction.causes import cause_of, report_cause
from etl.extraction.dates.finding import Anchor, DateMention, find_dates
from etl.extraction.dates.headings import entry_value
from etl.extraction.dates.when import EventDates
from etl.extraction.lexicons import any_phrase
from etl.extraction.parsing.sentences import split
from etl.extraction.scope import is_of_a_running_toll
from etl.extraction.stretches import MOST_CLAIMS, around, stretches
from etl.places import find_places
from etl.places.mentions import PlaceMention
from etl.places.where import EventPlace, EventPlaces, event_place
from etl.records import Claim, Event, Report

_HARMED = frozenset({"killed", "injured"})
_RECENT = dt.timedelta(days=45)
"""Age up to which an event is news; what is older and told below the opening is background."""
_SAME_EVENT = dt.timedelta(days=3)
"""How much earlier than the event of the opening a figure's time may end and still be of that event."""
_SAME_NEWS = dt.timedelta(days=14)
"""The same where the opening prints no day, so that the report's own is presumed."""
_TOLL = re.compile(r"\b(?:tolls?|number of|count|counted|deaths?)\b", re.IGNORECASE)
_REACH_BEHIND = 80
"""Characters behind a figure in which a date may stand that is its own."""
_WORDS_BEFORE = 24
"""Characters before a date in which a word of harm makes it the harm's."""
_SAID_BEFORE = re.compile(
    r"\b(?:said|reported|announced|put|confirmed|told)\b[^.]{0,80}\bhad (?:been|died|perished)\b", re.IGNORECASE
)
_EVENT = re.compile(r"\b" + any_phrase("scene.event") + r"\b", re.IGNORECASE)
_FILED_UNDER = re.compile(r"[A-Z][A-Z'’ ,()/-]{3,60}\. [A-Z]")
"""The country in capitals that summaries of events are filed under."""
_NEXT_SENTENCE = 200
"""Most characters (about one sentence) between words of an older event and those that go on telling it."""
_MORE_OF_IT = re.compile(r"\b" + any_phrase("scene.more_of_it") + r"\b", re.IGNORECASE)
_OLD_NEWS = re.compile(r"\b" + any_phrase("scene.old_news") + r"\b", re.IGNORECASE)
"""Words by which a sentence brings what happened long before as news: a time, a court."""
_SERIES = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,3}(?:st|nd|rd|th))\s(?:\w+\s){0,2}?"
    r"(?:shooting|homicide|killing|murder|stabbing|slaying)\b[^.!?]{0,80}?\b(?:since|this (?:week|month|year|weekend)|"
    r"in (?:as many|two|three|four|five|the (?:past|last))|of the (?:week|month|year|weekend)|within)\b",
    re.IGNORECASE,
)
"""Words that number the event of a report among those of a week, a month or a year."""
_ON_A_DAY = re.compile(
    r"(?:(?:also|earlier|early|late|and)\s)?(?:on\s)?(?:(?:early|late|that)\s)?"
    r"(?:(?:last\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day|the same day|the (?:day|night) before)\b",
    re.IGNORECASE,
)
_OPENING = 250
"""Characters of a report's opening, which tells the news and not what was so before."""
_SINCE_DAY = re.compile(
    r"\bsince\s+(?:[\w' ]{1,60}\bon\s+)?(?:[A-Z][a-z]+day|[A-Z][a-z]+\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]+)\b"
)


def anchor_of(report: Report, year_window: tuple[int, int] | None = None) -> Anchor:
    """From where REPORT looks at its dates: its own day, or the one that a register's entry prints."""
    published = report.published.date() if report.published is not None else None
    entry = _day_of_entry(report.text)
    if entry is not None and (published is None or entry < published):
        return Anchor(published=entry, year_window=year_window)
    return Anchor(published=published, dateline=report.dateline_date, year_window=year_window)


def _day_of_entry(text: str) -> dt.date | None:
    value = entry_value(text)
    found = find_dates(value, Anchor()) if value is not None else []
    return found[0].date_start if found and found[0].precision == 1 else None


def set_in_scene(report: Report, claims: Sequence[Claim], year_window: tuple[int, int] | None = None) -> list[Claim]:
    """CLAIMS of REPORT with the day and the place of what each tells, the printed words beside them."""
    if not claims:
        return []
    sentences = split(report.text, report.title)
    anchor = anchor_of(report, year_window)
    dates, places = find_dates(report.text, anchor), find_places(report.text, report.dateline_place)
    if len(claims) <= MOST_CLAIMS:
        scene = _told_where(report, claims, sentences, anchor, dates, places)
    else:
        scene = []
        opening = [place for place in places if place.role in ("dateline", "leading")]
        begin_sentences = [start for start, _ in sentences]
        begin_dates, begin_places = [date.start for date in dates], [place.start for place in places]
        for some in stretches(claims):
            near = around(some, places, begin_places)
            first = near[0].start if near else len(report.text)
            named = [*(place for place in opening if place.start < first), *near]
            sentences_near, dates_near = around(some, sentences, begin_sentences), around(some, dates, begin_dates)
            scene += _told_where(report, some, sentences_near, anchor, dates_near, named)
    scene = [_in_time(claim, anchor, sentences) for claim in scene]
    told = _less_more_of_it(_less_what_came_before(scene, sentences), sentences)
    told = _less_the_series(told, report.text)
    return _with_the_news_itself(told, report.text, sentences, anchor.day)


def _told_where(
    report: Report,
    claims: Sequence[Claim],
    sentences: Sequence[tuple[int, int]],
    anchor: Anchor,
    mentions: Sequence[DateMention],
    places: Sequence[PlaceMention],
) -> list[Claim]:
    """CLAIMS with the day and place that MENTIONS and PLACES among SENTENCES give them."""
    dates = EventDates(report.text, mentions, sentences, anchor)
    where_told = EventPlaces(places, sentences, report.text)
    scene: list[Claim] = []
    for claim in claims:
        span = (claim.figure_start, claim.figure_end)
        when = dates.of(span)
        dated = replace(
            claim,
            date_text=when.date_text,
            date_start=when.date_start,
            date_end=when.date_end,
            date_precision=when.precision,
        )
        where = where_told.of(span, detained=claim.measure == "detained")
        scene.append(_placed(dated, where))
    return scene


def _less_what_came_before(claims: Sequence[Claim], sentences: Sequence[tuple[int, int]]) -> list[Claim]:
    """CLAIMS with those below the opening that print an earlier time than its event's made background."""
    opening = sentences[min(1, len(sentences) - 1)][1]
    first = next((claim for claim in claims if claim.figure_start < opening and _tells_when(claim)), None)
    if first is None or first.date_start is None:
        return list(claims)
    presumed = is_presumed(first.date_start, first.date_end, first.date_precision)
    limit = first.date_start - (_SAME_NEWS if presumed else _SAME_EVENT)
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


def _tells_when(claim: Claim) -> bool:
    """Whether CLAIM's day is that of the opening's event; people are moved out after it."""
    return claim.scope == "incident" and claim.date_start is not None and claim.measure != "displaced"


def _less_more_of_it(claims: Sequence[Claim], sentences: Sequence[tuple[int, int]]) -> list[Claim]:
    """CLAIMS with those that go on telling an older event, right behind its words, made background.

    "Three men were killed there in 2012. Two others were hurt": the others are those of 2012; so are the dead for whom
    somebody was convicted since.
    """
    opening = sentences[min(1, len(sentences) - 1)][1]
    told: list[Claim] = []
    older_until: int | None = None
    for claim in sorted(claims, key=lambda c: (c.figure_start, -c.figure_end)):
        near = older_until is not None and 0 <= claim.span_start - older_until <= _NEXT_SENTENCE
        if claim.scope == "incident" and claim.figure_start > opening and near and _MORE_OF_IT.search(claim.quote):
            claim = replace(claim, scope="background")  # noqa: PLW2901 - the claim as it now stands
        if claim.scope == "background" and claim.span_start >= sentences[0][1]:
            older_until = claim.span_end
        told.append(claim)
    return told


def _less_the_series(claims: list[Claim], text: str) -> list[Claim]:
    """CLAIMS with those of earlier days made background that a report lists behind the number of its own.

    "It is the fourth shooting in the city since Wednesday. On Wednesday, a man was killed ... On Friday, two were".
    """
    series = _SERIES.search(text)
    if series is None or not any(c.figure_start < series.start() and c.measure in _HARMED and c.best for c in claims):
        return claims
    return [
        replace(claim, scope="background")
        if claim.scope == "incident"
        and claim.span_start >= series.start()
        and claim.measure in _HARMED
        and _ON_A_DAY.match(claim.quote)
        else claim
        for claim in claims
    ]


def _is_of_these_days(claim: Claim, today: dt.date | None) -> bool:
    """Whether CLAIM prints a day of its own, of the two weeks up to TODAY."""
    day = claim.date_start
    printed = claim.date_text is not None and claim.date_text in claim.quote
    return printed and today is not None and day is not None and dt.timedelta(0) <= today - day <= _SAME_NEWS


def _with_the_news_itself(
    claims: list[Claim], text: str, sentences: Sequence[tuple[int, int]], today: dt.date | None
) -> list[Claim]:
    """CLAIMS with the older harm that the report opens with made its own, where it opens with no other.

    "A man was found guilty of the 2014 murder of a clerk", "the family of a woman shot by police last month spoke". So
    is harm of these days, where the report tells of nothing else ("tips have come in since he was shot on Friday").
    """
    ends = (end for _, end in sentences if text[end - 1] in '.!?”"')
    opening = next(ends, sentences[-1][1])
    first = [claim for claim in claims if claim.figure_start < opening and claim.measure in _HARMED and claim.best]
    if any(claim.scope == "incident" for claim in first):
        return claims
    only = not any(claim.scope == "incident" and claim.polarity == "asserted" for claim in claims)
    own = {
        claim.claim_id
        for claim in first
        if claim.scope == "background"
        and claim.polarity == "asserted"
        and (_OLD_NEWS.search(claim.quote) or (only and _is_of_these_days(claim, today)))
    }
    return [replace(claim, scope="incident") if claim.claim_id in own else claim for claim in claims]


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


def _in_time(claim: Claim, anchor: Anchor, sentences: Sequence[tuple[int, int]]) -> Claim:
    """CLAIM with the scope its day gives it.

    A count since a day of these weeks is the event's own; a figure of months ago, told below the opening, is
    background.
    """
    if anchor.day is None or claim.date_start is None:
        return claim
    old = anchor.day - claim.date_start > _RECENT
    if is_of_a_running_toll(claim.quote, claim.figure_start - claim.span_start):
        return claim
    if claim.scope == "cumulative" and not old and claim.date_precision != 5 and _SINCE_DAY.search(claim.quote):
        return replace(claim, scope="incident")
    opening = sentences[min(1, len(sentences) - 1)][1]
    own = claim.date_text is not None and claim.date_text in claim.quote
    if claim.scope == "incident" and old and own and claim.figure_start > opening:
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
    if told is None and sentences and _FILED_UNDER.match(report.text):
        told = sentences[-1] if len(sentences) == 1 else sentences[1]
    if told is None:
        return None
    anchor = anchor_of(report, year_window)
    when = EventDates(report.text, find_dates(report.text, anchor), sentences, anchor).of(told)
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
