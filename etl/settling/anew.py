"""All incidents made anew from every claim of the tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from etl import incidents, kept
from etl.errors import Interrupted
from etl.incidents.resolution import Pairs, redirects_of
from etl.records import Event
from etl.settling import Resolver
from etl.settling.redirects import redirected
from etl.tables.snapshot import Tables
from etl.tables.store import Store


def settle_anew(
    store: Store,
    now: Tables,
    stopped: Callable[[], bool],
    resolve: Resolver | None,
    must_link: Pairs,
    cannot_link: Pairs,
) -> None:
    """Replace the incidents of ``store``, of which ``now`` are the tables; the arguments are those of ``settle``."""
    events = _until(kept.events(now), stopped)
    if resolve is not None:
        found = resolve(events, now.rows("reports"), _placed(now))
    else:
        found = incidents.resolve(events, now.rows("reports"), must_link=must_link, cannot_link=cannot_link)
        # Of a million claims few stood in an incident that is no more: only these are looked at, and only now.
        before = _placed(now, {incident.incident_id for incident in found.incidents})
        found = replace(found, redirects=redirects_of(before, found))
    store.replace("incidents", found.incidents)
    store.replace("tolls", found.tolls)
    store.replace("tellings", found.tellings)
    store.set_incidents(found.incident_of)
    present = {incident.incident_id for incident in found.incidents}
    store.replace("redirects", redirected(now.rows("redirects"), found.redirects, present))


def _placed(now: Tables, present: Collection[str] = ()) -> dict[str, str]:
    """The incident that the tables give each claim, those of ``present`` incidents left out."""
    rows = now.arrow("claims", ["claim_id", "incident_id"])
    held = pc.is_in(rows.column("incident_id"), value_set=pa.array(sorted(present), pa.string()))
    rows = rows.filter(pc.and_(pc.is_valid(rows.column("incident_id")), pc.invert(held)))
    return dict(zip(rows.column("claim_id").to_pylist(), rows.column("incident_id").to_pylist(), strict=True))


def _until(events: Iterator[Event], stopped: Callable[[], bool]) -> Iterator[Event]:
    for event in events:
        if stopped():
            raise Interrupted("stopped while resolving incidents; what was extracted is kept", remedy="run again")
        yield event
