"""Claims to incidents: which events of many reports are one incident, and what is known of it.

The result depends on the set of events and reports alone. Every incident's id is the content hash of the telling it
began with (the earliest published), so later reports leave it as it is; where an earlier report turns up late, or two
incidents prove to be one, the ids that the tables held before are answered by ``redirects``.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any

from etl.incidents import blocks, consensus
from etl.incidents.brief import brief
from etl.incidents.clustering import joined
from etl.incidents.parents import link_parts
from etl.incidents.status import status_of
from etl.incidents.telling import Source, Telling, sources_of, telling_id, telling_of
from etl.incidents.toll import Course, course, statements
from etl.records import Event, Incident, Report, TellingRow, TollStep

RESOLVER_VERSION = "9"
"""Raised with every change of the rules by which tellings become incidents: then all incidents are made anew."""

Pairs = Iterable[tuple[str, str]]
"""An analyst's pairs, each of two claim ids or telling ids."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Incidents, every step of their tolls, and where each claim and telling went.

    ``incidents`` are in order of incident id, ``tolls`` in order of incident, measure and time, ``tellings`` in order
    of telling id. ``redirects`` leads an incident id of ``previous`` that is no more to the incident that took most of
    its claims, or to null where none did.
    """

    incidents: list[Incident]
    tolls: list[TollStep]
    incident_of: dict[str, str]
    tellings: list[TellingRow] = field(default_factory=list)
    redirects: dict[str, str | None] = field(default_factory=dict)


def resolve(
    events: Iterable[Event],
    reports: Iterable[Report],
    previous: Mapping[str, str] | None = None,
    *,
    must_link: Pairs = (),
    cannot_link: Pairs = (),
) -> Resolution:
    """Join the events of all reports into incidents and tell each one's toll through time.

    ``events`` and ``reports`` may come in any order and may repeat; an event whose report is not given is kept, without
    a time or publisher. ``previous`` is the incident of each claim as the tables held it (claim id to incident id); it
    changes no incident, only ``redirects``. Raises nothing for odd values: they are named in ``status_reason``.

    ``must_link`` and ``cannot_link`` are an analyst's pairs, each of two claim ids or telling ids
    (:func:`etl.incidents.telling.telling_id`): the incidents of the events they stand in are one, or two, whatever the
    evidence. Where both are said of the same events, ``cannot_link`` holds. A pair naming an id that is not there binds
    nothing, and neither does one that would part two claims of one event: make two events of it first.
    """
    sources = sources_of(reports)
    tellings = tellings_of(events, sources)
    latest = max((source.published for source in sources.values() if source.published is not None), default=None)
    found = resolve_tellings(tellings, latest, must_link=must_link, cannot_link=cannot_link)
    linked = link_parts(found.incidents, _told_as_two(found.tellings))
    return replace(found, incidents=linked, redirects=redirects_of(previous or {}, found))


def tellings_of(events: Iterable[Event], sources: Mapping[str, Source]) -> list[Telling]:
    """The events made comparable, each once."""
    kept: dict[str, Event] = {}
    for event in events:
        name = telling_id(event)
        other = kept.get(name)
        # Should two events bear one identity, the same one of them must win whatever the order of arrival.
        if other is None or _identity(event) < _identity(other):
            kept[name] = event
    return [_telling(event, sources) for event in kept.values()]


def resolve_tellings(
    tellings: Sequence[Telling],
    latest: dt.datetime | None,
    *,
    must_link: Pairs = (),
    cannot_link: Pairs = (),
    worn: AbstractSet[str] | None = None,
) -> Resolution:
    """Incidents of the tellings, without parents or redirects.

    ``latest`` is the latest publication time of all reports known; ``worn`` as in
    :func:`etl.incidents.clustering.joined`.
    """
    sets = joined(tellings, _of_tellings(must_link, tellings), _of_tellings(cannot_link, tellings), worn)
    incidents: list[Incident] = []
    tolls: list[TollStep] = []
    incident_of: dict[str, str] = {}
    rows: list[TellingRow] = []
    for group in sets.groups:
        incident_id = _first(group).telling_id
        said = statements(group)
        courses = [course(incident_id, measure, said[measure]) for measure in said]
        incidents.append(_incident(incident_id, group, courses, latest))
        tolls += [step for one in courses for step in one.steps]
        for telling in group:
            rows.append(_row(telling, incident_id, sets.block_of[telling.telling_id]))
            incident_of.update((claim.claim_id, incident_id) for claim in telling.event.claims)
    for telling, place in sets.recalled:
        home = None if place is None else _first(sets.groups[place]).telling_id
        rows.append(_row(telling, home, sets.block_of[telling.telling_id]))
        if home is not None:
            incident_of.update((claim.claim_id, home) for claim in telling.event.claims)
    incidents.sort(key=lambda incident: incident.incident_id)
    tolls.sort(key=lambda step: step.incident_id)
    rows.sort(key=lambda row: row.telling_id)
    return Resolution(incidents, tolls, incident_of, rows)


def _first(group: Sequence[Telling]) -> Telling:
    """The telling that an incident began with."""
    return min(group, key=lambda telling: telling.order)


def _row(telling: Telling, incident_id: str | None, block_id: str) -> TellingRow:
    windowed = blocks.has_window(telling)
    point = telling.point or (None, None)
    return TellingRow(
        telling_id=telling.telling_id,
        report_id=telling.source.report_id,
        event=telling.event.index,
        incident_id=incident_id,
        block_id=block_id,
        country_code=telling.country,
        since=telling.since if windowed else None,
        until=blocks.until(telling) if windowed else None,
        families=" ".join(sorted(telling.families)),
        region=blocks.region(telling),
        latitude=point[0],
        longitude=point[1],
        keys=blocks.keys(telling),
        # Tellings of one incident are often alike: one string for all of them.
        compared=sys.intern(brief(telling)),
    )


MOST_TOLD_IN = 50
"""A report that tells of more incidents is a list, and its telling them apart says nothing of any two."""


def _told_as_two(rows: Iterable[TellingRow]) -> set[tuple[str, str]]:
    """Pairs of incidents, in either order, that one report told as two."""
    told_in: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.incident_id is None:
            continue
        told_in[row.report_id].append(row.incident_id)
    return {
        (one, other)
        for ids in told_in.values()
        if 1 < len(ids) <= MOST_TOLD_IN
        for one in ids
        for other in ids
        if one != other
    }


def _of_tellings(pairs: Pairs, tellings: Sequence[Telling]) -> list[tuple[str, str]]:
    """The pairs with every claim id replaced by the id of the telling it stands in."""
    kept = list(pairs)
    if not kept:
        return []
    home = {
        claim.claim_id: telling.telling_id
        for telling in tellings
        if not telling.recalled
        for claim in telling.event.claims
    }
    return [(home.get(one, one), home.get(other, other)) for one, other in kept]


def _identity(event: Event) -> tuple[list[str], str]:
    return sorted(claim.claim_id for claim in event.claims), repr(event)


def _telling(event: Event, sources: Mapping[str, Source]) -> Telling:
    unknown = Source(event.report_id, None, None, event.report_id, None, event.report_id)
    return telling_of(event, sources.get(event.report_id, unknown))


def _incident(
    incident_id: str, group: Sequence[Telling], courses: Sequence[Course], latest: dt.datetime | None
) -> Incident:
    voters = consensus.voters(group)
    events = [telling.event for telling in voters]
    cause = consensus.cause_of(events)
    place = consensus.where([telling.event for telling in voters if not telling.written_there] or events)
    days = consensus.when(voters)
    status, reason = status_of(group, courses, latest)
    moments = [telling.source.published for telling in group if telling.source.published is not None]
    main = place.event
    figures: dict[str, Any] = {}
    for one in courses:
        last = one.steps[-1]
        figures |= {f"{one.measure}_low": last.low, f"{one.measure}_best": last.best, f"{one.measure}_high": last.high}
    placed = main is not None and not (main.latitude == 0 and main.longitude == 0)
    return Incident(
        incident_id=incident_id,
        label=consensus.label(cause, place, days, events),
        cause=cause,
        date_start=days.start,
        date_end=days.end,
        date_precision=days.precision,
        place_name=main.place_name if main else None,
        place_names=place.names,
        place_precision=main.place_precision if main else None,
        adm1_name=main.adm1_name if main else None,
        adm1_code=main.adm1_code if main else None,
        country_code=main.country_code if main else None,
        country_name=main.country_name if main else None,
        latitude=main.latitude if main and placed else None,
        longitude=main.longitude if main and placed else None,
        n_reports=len({telling.source.report_id for telling in group}),
        n_sources=_independent(voters),
        status=status,
        status_reason=reason,
        first_reported=min(moments, default=None),
        last_reported=max(moments, default=None),
        **figures,
    )


def _independent(voters: Sequence[Telling]) -> int:
    """Publishers of originals; all reports without a publisher are one, since nothing shows that they are several."""
    return len({None if one.source.name == one.source.original else one.source.name for one in voters})


def redirects_of(previous: Mapping[str, str], found: Resolution) -> dict[str, str | None]:
    """The incident to look at instead of each of ``previous`` (claim id to incident id) that ``found`` has no more.

    The one that took most of its claims; where an extractor's new version left none of them, the one that holds the
    telling it began with.
    """
    present = {incident.incident_id for incident in found.incidents}
    began = {row.telling_id: row.incident_id for row in found.tellings}
    heirs: dict[str, Counter[str]] = defaultdict(Counter)
    for claim_id, before in previous.items():
        if before not in present:
            now = found.incident_of.get(claim_id)
            heirs[before].update([] if now is None else [now])
    return {
        before: min(votes, key=lambda now: (-votes[now], now)) if votes else began.get(before)
        for before, votes in sorted(heirs.items())
    }
