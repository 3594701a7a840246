"""Claims to incidents: which events of many reports are one incident, and what is known of it.

The result depends on the set of events and reports alone. Every incident's id is the content hash of the telling it
began with (the earliest published), so later reports leave it as it is; where an earlier report turns up late, or two
incidents prove to be one, the ids that the tables held before are answered by ``redirects``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from etl.incidents import consensus
from etl.incidents.clustering import clusters
from etl.incidents.parents import link_parts
from etl.incidents.status import status_of
from etl.incidents.telling import Source, Telling, sources_of, telling_id, telling_of
from etl.incidents.toll import Course, course, statements
from etl.records import Event, Incident, Report, TollStep


@dataclass(frozen=True, slots=True)
class Resolution:
    """Incidents, every step of their tolls, and where each claim went.

    ``incidents`` are in order of incident id, ``tolls`` in order of incident, measure and time. ``redirects`` leads an
    incident id of ``previous`` that is no more to the incident that took most of its claims.
    """

    incidents: list[Incident]
    tolls: list[TollStep]
    incident_of: dict[str, str]
    redirects: dict[str, str] = field(default_factory=dict)


def resolve(
    events: Iterable[Event],
    reports: Iterable[Report],
    previous: Mapping[str, str] | None = None,
    *,
    must_link: Iterable[tuple[str, str]] = (),
    cannot_link: Iterable[tuple[str, str]] = (),
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
    tellings = list({telling_id(event): _telling(event, sources) for event in _in_order(events)}.values())
    latest = max((source.published for source in sources.values() if source.published is not None), default=None)
    home = {claim.claim_id: telling.telling_id for telling in tellings for claim in telling.event.claims}
    groups = clusters(tellings, _of_tellings(must_link, home), _of_tellings(cannot_link, home))
    incidents: list[Incident] = []
    tolls: list[TollStep] = []
    incident_of: dict[str, str] = {}
    told_in: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        incident_id = min(group, key=lambda telling: telling.order).telling_id
        said = statements(group)
        courses = [course(incident_id, measure, said[measure]) for measure in said]
        incidents.append(_incident(incident_id, group, courses, latest))
        tolls += [step for one in courses for step in one.steps]
        for telling in group:
            told_in[telling.source.report_id].append(incident_id)
            incident_of.update((claim.claim_id, incident_id) for claim in telling.event.claims)
    apart = {
        (one, other) for ids in told_in.values() if 1 < len(ids) <= 50 for one in ids for other in ids if one != other
    }
    linked = sorted(link_parts(incidents, apart), key=lambda incident: incident.incident_id)
    tolls.sort(key=lambda step: step.incident_id)
    return Resolution(linked, tolls, incident_of, _redirects(previous or {}, incident_of))


def _of_tellings(pairs: Iterable[tuple[str, str]], home: Mapping[str, str]) -> list[tuple[str, str]]:
    """The pairs with every claim id replaced by the id of the telling it stands in."""
    return [(home.get(one, one), home.get(other, other)) for one, other in pairs]


def _in_order(events: Iterable[Event]) -> list[Event]:
    # Should two events bear one identity, the same one of them must win whatever the order of arrival.
    return sorted(
        events, key=lambda event: (event.report_id, event.index, sorted(c.claim_id for c in event.claims), repr(event))
    )


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


def _redirects(previous: Mapping[str, str], incident_of: Mapping[str, str]) -> dict[str, str]:
    present = set(incident_of.values())
    heirs: dict[str, Counter[str]] = defaultdict(Counter)
    for claim_id, before in previous.items():
        now = incident_of.get(claim_id)
        if before not in present and now is not None:
            heirs[before][now] += 1
    return {before: min(votes, key=lambda now: (-votes[now], now)) for before, votes in sorted(heirs.items())}
