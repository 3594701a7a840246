"""What many tellings of one incident agree on: its place, days, cause and a label for people.

Every independent source has as many votes as it has reports that are no copies; a copy has none, unless nothing else
tells of the incident. Ties fall to the finer word and then to the alphabet, so the order of arrival decides nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from etl.incidents import causes
from etl.incidents.telling import BODILY, EXACT_DATE, Telling, fold
from etl.records import Event

_Vote = TypeVar("_Vote", bound=Hashable)

SUPPORTED = 0.15
"""Share of the votes for the commonest word from which a rarer one is well supported."""
MOST_NAMES = 30


def voters(tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings that count: those of originals, or all where only copies are known."""
    return [telling for telling in tellings if not telling.source.is_copy] or list(tellings)


def _votes(events: Sequence[Event], word: Callable[[Event], _Vote | None]) -> Counter[_Vote]:
    return Counter(said for event in events if (said := word(event)) is not None)


def cause_of(events: Sequence[Event]) -> str | None:
    """The cause most reports give; nobody dies of the arrests that a report of the dead tells of as well."""
    votes = _votes(events, lambda event: None if _is_of_custody(event) and _harmed(event) else event.cause)
    return min(votes, key=lambda cause: (-votes[cause], cause), default=None)


@dataclass(frozen=True, slots=True)
class When:
    """Earliest and latest possible day and the precision code that their distance gives."""

    start: dt.date | None = None
    end: dt.date | None = None
    precision: int | None = None


def when(tellings: Sequence[Telling]) -> When:
    """The span from the earliest to the latest well-supported day, from day-precise tellings where a third are so.

    Where most reports give only windows (*since June 10*, *this week*), the day most of them begin with is the first.
    """
    dated = [telling for telling in tellings if telling.dated and telling.start is not None and telling.end is not None]
    exact = [telling for telling in dated if telling.exact]
    if not exact:
        return _window(dated)
    starts = Counter(telling.start for telling in exact if telling.start is not None)
    ends = Counter(telling.end for telling in exact if telling.end is not None)
    start, end = min(_supported(starts)), max(_supported(ends))
    if 3 * len(exact) < len(dated):
        votes = Counter(telling.start for telling in dated if telling.start is not None)
        common = min(votes, key=lambda day: (-votes[day], day))
        start = common if votes[common] > votes[start] else start
    return _span(start, max(start, end))


def _supported(votes: Counter[_Vote]) -> list[_Vote]:
    most = max(votes.values())
    return [word for word, count in votes.items() if count >= SUPPORTED * most]


def _window(dated: Sequence[Telling]) -> When:
    """Where only windows are known, their common part; the narrowest window where they have none."""
    spans = sorted(
        (telling.end - telling.start, telling.start, telling.end)
        for telling in dated
        if telling.start is not None and telling.end is not None
    )
    if not spans:
        return When()
    start, end = max(span[1] for span in spans), min(span[2] for span in spans)
    if start > end:
        start, end = spans[0][1], spans[0][2]
    # The windows agree on these days, yet no report told the day: never more precise than the best of them.
    finest = min((telling.event.date_precision or EXACT_DATE + 1) for telling in dated)
    found = _span(start, end)
    return When(found.start, found.end, max(finest, found.precision or finest))


def _span(start: int, end: int) -> When:
    days = end - start + 1
    precision = 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5
    return When(dt.date.fromordinal(start), dt.date.fromordinal(end), precision)


@dataclass(frozen=True, slots=True)
class Where:
    """The place most tellings that know a spot agree on, and all the places told, the main one first."""

    event: Event | None
    names: tuple[str, ...]


def where(events: Sequence[Event]) -> Where:
    """The finest well-supported place; coarser tellings neither vote for nor against a spot inside them."""
    placed = [event for event in events if event.place_precision is not None or event.country_code is not None]
    if not placed:
        return Where(None, _names(events, None))
    # Fine spots, then regions, then countries: within a class the votes decide.
    classes = {_grain(event): 0 for event in placed}
    for event in placed:
        classes[_grain(event)] += 1
    grain = min(grain for grain, count in classes.items() if count >= SUPPORTED / 2 * max(classes.values()))
    of_grain = [event for event in placed if _grain(event) == grain]
    votes = Counter(_spot(event) for event in of_grain)
    main = min(
        of_grain,
        key=lambda event: (
            -votes[_spot(event)],
            event.latitude is None,
            event.place_precision or 9,
            repr(_spot(event)),
            _facts(event),
        ),
    )
    return Where(main, _names(events, main))


def _grain(event: Event) -> int:
    precision = event.place_precision
    if precision is None:
        return 3
    return 0 if precision <= 3 or precision == 7 else 1 if precision == 4 else 2 if precision == 5 else 3


def _spot(event: Event) -> tuple[str, str, str]:
    return (fold(event.place_name or ""), event.adm1_code or "", event.country_code or "")


def _facts(event: Event) -> tuple[str, ...]:
    return (
        event.place_name or "",
        event.adm1_name or "",
        event.country_name or "",
        f"{event.latitude}",
        f"{event.longitude}",
    )


def _names(events: Sequence[Event], main: Event | None) -> tuple[str, ...]:
    """Names by support, the main place first; a country's or region's own name only where no finer one is told."""
    grain = 3 if main is None else _grain(main)
    votes: Counter[str] = Counter()
    for event in events:
        told = {name for name in (event.place_name, *event.place_names) if name}
        if _grain(event) <= max(grain, 1):
            votes.update(told)
    # A region often bears its town's name: that counts as the town's where any report puts the incident there.
    towns = {event.place_name for event in events if _grain(event) == 0}
    wide = {name for event in events for name in (event.country_name, event.adm1_name) if name and grain == 0} - towns
    first = main.place_name if main is not None else None
    names = sorted(
        (name for name in votes if name == first or name not in wide),
        key=lambda name: (name != first, -votes[name], name),
    )
    return tuple(names[:MOST_NAMES])


def _is_of_custody(event: Event) -> bool:
    return event.cause is not None and causes.families(event.cause) == {"custody"}


def _harmed(event: Event) -> bool:
    return any(figure.best for measure, figure in event.toll.items() if measure in BODILY)


def label(cause: str | None, place: Where, days: When, votes: Sequence[Event]) -> str:
    """Cause, place and day in a few words: *Protest or riot, Bishkek and Talas, 7 April 2010*."""
    what = cause[0].upper() + cause[1:] if cause else "Incident"
    return ", ".join(part for part in (what, _place_words(place, votes), day_words(days)) if part)


def _place_words(place: Where, votes: Sequence[Event]) -> str:
    if not place.names:
        return (place.event.adm1_name or place.event.country_name or "") if place.event else ""
    told = Counter(name for event in votes for name in {event.place_name, *event.place_names} if name)
    enough = max(told[place.names[0]] / 6, 1)
    return " and ".join([place.names[0], *(name for name in place.names[1:2] if told[name] >= enough)])


def day_words(days: When) -> str:
    """A span in words, as precise as its code: *7 April 2010*, *10-14 June 2010*, *April 2010*."""
    start, end = days.start, days.end
    if start is None or end is None:
        return ""
    if start == end:
        return f"{start.day} {start:%B %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%B %Y}" if days.precision in (4, 5) else f"{start.day}-{end.day} {start:%B %Y}"
    if start.year == end.year:
        return f"{start.day} {start:%B} - {end.day} {end:%B %Y}"
    return f"{start.day} {start:%B %Y} - {end.day} {end:%B %Y}"
