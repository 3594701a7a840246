"""One event as one report tells it, made comparable: dates as day numbers, names folded, bad values set apart.

Nothing a report says is lost here. A value that cannot be true (a day after the report was published, a place at 0,0,
a billion dead) stays in the claims; the telling leaves it out of what it compares and says so in ``flags``, which end
in the incident's ``status_reason``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from etl.calendar_words import is_presumed, weekday_number
from etl.incidents import causes
from etl.records import MEASURES, Claim, Event, Figure, Measure, Report

FINE_PLACE = 3
"""Place precision up to which a place is a spot on the map rather than a region."""
BODILY: frozenset[Measure] = frozenset({"killed", "injured", "missing"})
EXACT_DATE = 2
"""Date precision up to which the days are those of the incident rather than a window it lies in."""
PRESUMED_DAYS = 14
"""An event told without a day of its own is presumed to lie within these days before its report was published."""
LARGEST_FIGURE: dict[Measure, int] = {
    "killed": 5_000_000,
    "injured": 5_000_000,
    "missing": 5_000_000,
    "displaced": 100_000_000,
    "detained": 5_000_000,
    "abducted": 1_000_000,
}
"""Largest figure a single incident can bear, in people: above the deadliest floods and largest flights on record."""


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """A name without case, accents and punctuation, for comparison only."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    folded = " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())
    return folded or name.casefold()


def utc(moment: dt.datetime | None) -> dt.datetime | None:
    """The moment in UTC; a moment without a zone is taken as UTC, as the tables say."""
    if moment is None:
        return None
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


@dataclass(frozen=True, slots=True)
class Source:
    """What resolution needs of a report: when, who, and of which report it is a copy (itself where it is none)."""

    report_id: str
    published: dt.datetime | None
    publisher: str | None
    original: str
    dateline: str | None
    name: str
    """Independent source the report speaks for: the publisher of its original, folded."""

    @property
    def is_copy(self) -> bool:
        """Whether the report is a copy or light rewrite of an earlier one."""
        return self.original != self.report_id


class _Bare(NamedTuple):
    published: dt.datetime | None
    publisher: str | None
    duplicate_of: str | None
    dateline: str | None
    voice: str


def sources_of(reports: Iterable[Report]) -> dict[str, Source]:
    """Each report's source by report id; a chain of copies leads to its first known report."""
    # Only these few facts are kept: a million texts need not be held at once.
    bare = {
        report.report_id: _Bare(
            utc(report.published),
            report.publisher,
            report.duplicate_of,
            fold(report.dateline_place) if report.dateline_place else None,
            fold(report.publisher or _host(report.url) or ""),
        )
        for report in reports
    }
    return {
        report_id: Source(
            report_id, one.published, one.publisher, original, one.dateline, bare[original].voice or original
        )
        for report_id, one in bare.items()
        for original in (_original(report_id, bare),)
    }


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def _original(report_id: str, bare: Mapping[str, _Bare]) -> str:
    seen = {report_id}
    while (earlier := bare[report_id].duplicate_of) is not None and earlier in bare and earlier not in seen:
        seen.add(earlier)
        report_id = earlier
    # A ring of copies has no first one: its smallest id stands for all, whichever report one starts from.
    return report_id if earlier not in seen else min(seen)


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """An event and its source, ready to compare. Days are proleptic ordinals; ``start``/``end`` None: no day at all.

    ``exact``: the days are those of the incident; ``dated``: a report told them, however widely.
    """

    event: Event
    source: Source
    telling_id: str
    start: int | None
    end: int | None
    since: int | None
    """Earliest day it may have happened if its days only say when it was told; else ``start``."""
    exact: bool
    dated: bool
    country: str | None
    adm1: str | None
    fine: bool
    written_there: bool
    """Its place is only where the report was written: the event may be anywhere in the country."""
    spot: str | None
    spots: frozenset[str]
    point: tuple[float, float] | None
    families: frozenset[str]
    figures: dict[Measure, Figure]
    """What may feed the toll."""
    compared: dict[Measure, Figure]
    """The same and what the report recalls of the incident as background: enough to know it by, no news of it."""
    people: tuple[frozenset[str], ...]
    flags: tuple[str, ...]
    recalled: bool = False
    """Its report only recalls it, as an older event: it may belong to an incident and never makes one."""

    @property
    def order(self) -> tuple[dt.datetime, str]:
        """Sorts tellings by publication, those without a time first, then by content."""
        return (self.source.published or dt.datetime.min.replace(tzinfo=dt.UTC), self.telling_id)


def telling_id(event: Event) -> str:
    """Content hash of an event's identity: its report and its number within it."""
    return hashlib.sha256(f"incident\x1f{event.report_id}\x1f{event.index}".encode()).hexdigest()[:20]


def telling_of(event: Event, source: Source) -> Telling:
    """The comparable form of an event; raises nothing, whatever the values."""
    flags: list[str] = []
    claims = event.claims
    recalled_only = bool(claims) and all(claim.scope == "background" for claim in claims)
    start, end, exact, dated = _days(event, source, flags)
    since = start
    if recalled_only and not dated and end is not None:
        # An older event without a day: any day up to its report's.
        start, since = 1, None
    elif start is not None and end is not None and dated and not recalled_only:
        told_late = _tells_when_told(event, source, end)
        earlier = _first_day(event, end) if told_late or start == end else None
        if earlier is not None:
            since = start = end = earlier
            exact = True
        elif told_late:
            since, exact = min(start, end - PRESUMED_DAYS), False
        elif start < end and source.published is not None and end >= source.published.date().toordinal():
            # *Since 7 April*: up to the report's own day, which says nothing of how long it lasted.
            exact = False
    precision = event.place_precision
    placed = event.place_name is not None and precision is not None and precision <= 5
    figures = _figures(event, flags)
    written_there = placed and _is_of_dateline(event, source)
    spots = _spots((event.place_name, *event.place_names), event.country_name or "") if placed else _NOWHERE
    recalled = _recalled(claims)
    return Telling(
        event=event,
        source=source,
        telling_id=telling_id(event),
        start=start,
        end=end,
        since=since,
        exact=exact,
        dated=dated,
        country=event.country_code,
        adm1=None if written_there else event.adm1_code or (fold(event.adm1_name) if event.adm1_name else None),
        fine=not written_there and placed and precision is not None and precision <= FINE_PLACE,
        written_there=written_there,
        spot=fold(event.place_name) if placed and event.place_name else None,
        spots=spots,
        point=_point(event, flags),
        families=causes.families(event.cause),
        figures=figures,
        compared=recalled | figures if recalled else figures,
        people=_people(claims),
        flags=tuple(flags),
        recalled=recalled_only,
    )


_WORD = re.compile(r"[^\W\d_]+")
_NOWHERE: frozenset[str] = frozenset()


@lru_cache(maxsize=100_000)
def _spots(names: tuple[str | None, ...], country: str) -> frozenset[str]:
    # Kept, so that a million tellings of a thousand towns hold a thousand sets.
    return frozenset(fold(name) for name in names if name) - {fold(country)}


def _days(event: Event, source: Source, flags: list[str]) -> tuple[int | None, int | None, bool, bool]:
    start, end = event.date_start or event.date_end, event.date_end or event.date_start
    last = source.published.date().toordinal() if source.published else None
    if start is not None and end is not None:
        if start > end:
            flags.append(f"a report dates it from {start} to {end}, which is backwards")
            start, end = end, start
        flags.extend(_weekdays_that_do_not_fit(event))
        # One day of grace: publication is in UTC, the event in its own time zone.
        if last is None or start.toordinal() <= last + 1:
            precision = event.date_precision or 1
            return start.toordinal(), end.toordinal(), precision <= EXACT_DATE and (end - start).days < 7, True
        flags.append(f"a report dates it {start}, after the report was published")
    if last is None:
        return None, None, False, False
    return last - PRESUMED_DAYS, last, False, False


def _weekdays_that_do_not_fit(event: Event) -> list[str]:
    """A doubt for each weekday that the event's claims print beside a day of the month which is another one."""
    doubts: dict[str, None] = {}
    for claim in event.claims:
        words, day = claim.date_text or "", claim.date_start
        if day is None or day != claim.date_end or not any(letter.isdigit() for letter in words):
            continue
        printed = [word for word in _WORD.findall(words) if len(word) > 5 and word.lower().endswith("day")]
        if any(weekday_number(word) not in {None, day.weekday()} for word in printed):
            doubts[f"a report prints {printed[0]} for {day}, a {day:%A}"] = None
    return list(doubts)


def _tells_when_told(event: Event, source: Source, end: int) -> bool:
    """Whether its days are but the report's own: they end with the publication and no printed date bounds them.

    *Officials said on Thursday that 191 people have been killed* tells of Thursday and the days before it, and of an
    incident that may be a week old. So does the report's own day, presumed for want of a word.
    """
    if source.published is None or end < source.published.date().toordinal() - 1:
        return False
    if is_presumed(event.date_start, event.date_end, event.date_precision):
        return True
    if event.date_start == event.date_end:
        return False
    words = [claim.date_text for claim in event.claims]
    return bool(words) and not any(letter.isdigit() for text in words if text for letter in text)


def _first_day(event: Event, end: int) -> int | None:
    """The first day before ``end`` that a sentence of the event prints as its own, no longer ago than presumed.

    *Three died, the ministry said early on Tuesday. The trouble began on Monday*: it was Monday. *A woman hurt on
    Saturday died on Wednesday, the 21st*: it was Saturday. Deaths and counts come after what caused them.
    """
    days = [
        claim.date_start.toordinal()
        for claim in event.claims
        if claim.date_start is not None
        and claim.date_start == claim.date_end
        and claim.date_text
        and claim.date_precision == 1
        and claim.measure in BODILY
    ]
    return min((day for day in days if end - PRESUMED_DAYS <= day < end), default=None)


def _is_of_dateline(event: Event, source: Source) -> bool:
    """Whether every claim has its place from the dateline alone."""
    if source.dateline is None or not event.claims:
        return False
    return all(
        claim.place_text is not None
        and fold(claim.place_text) == source.dateline
        and claim.place_text not in claim.quote
        for claim in event.claims
    )


def _point(event: Event, flags: list[str]) -> tuple[float, float] | None:
    latitude, longitude = event.latitude, event.longitude
    if latitude is None or longitude is None:
        return None
    if (latitude == 0 and longitude == 0) or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        flags.append(f"a report places it at {latitude:g}, {longitude:g}, which is no place")
        return None
    return latitude, longitude


def _figures(event: Event, flags: list[str]) -> dict[Measure, Figure]:
    figures: dict[Measure, Figure] = {}
    for measure in MEASURES:
        figure = event.toll.get(measure)
        if figure is None or not _speaks_of_this(event, measure):
            continue
        said = [value for value in (figure.low, figure.best, figure.high) if value is not None]
        if not said:
            continue
        if min(said) < 0 or max(said) > LARGEST_FIGURE[measure]:
            flags.append(f"a figure of {max(said, key=abs):,} {measure} was left out as impossible")
            continue
        figures[measure] = _in_order(figure)
    return figures


def _recalled(claims: Iterable[Claim]) -> dict[Measure, Figure]:
    said = sorted((c for c in claims if c.scope == "background" and c.polarity == "asserted"), key=lambda c: c.claim_id)
    largest = sorted((claim for claim in said if claim.best is not None), key=lambda claim: claim.best or 0)
    return {
        claim.measure: _in_order(Figure(claim.low, claim.best, claim.high))
        for claim in largest
        if 0 <= (claim.best or 0) <= LARGEST_FIGURE[claim.measure]
    }


def _in_order(figure: Figure) -> Figure:
    low, best, high = figure.low, figure.best, figure.high
    best = best if best is not None else low if low is not None else high
    if best is not None:
        low = min(low, best) if low is not None else None
        high = max(high, best) if high is not None else None
    return Figure(low, best, high)


def speaks_of_incident(claim: Claim) -> bool:
    """Whether a claim may feed its incident's toll: this event's own figure, asserted."""
    return claim.scope == "incident" and claim.polarity == "asserted"


def _speaks_of_this(event: Event, measure: Measure) -> bool:
    claims = [claim for claim in event.claims if claim.measure == measure]
    return not claims or any(speaks_of_incident(claim) for claim in claims)


def _people(claims: Iterable[Claim]) -> tuple[frozenset[str], ...]:
    names = {frozenset(fold(name).split()) for claim in claims for name in claim.victim_names}
    return tuple(sorted((name for name in names if name), key=sorted))
