"""All incidents made anew from every claim of the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from etl import incidents, kept
from etl.errors import Interrupted
from etl.incidents.resolution import Pairs
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
    placed = now.arrow("claims", ["claim_id", "incident_id"])
    pairs = zip(placed.column("claim_id").to_pylist(), placed.column("incident_id").to_pylist(), strict=True)
    previous = {claim: incident for claim, incident in pairs if incident is not None}
    events = _until(kept.events(now), stopped)
    if resolve is not None:
        found = resolve(events, now.rows("reports"), previous)
    else:
        found = incidents.resolve(events, now.rows("reports"), previous, must_link=must_link, cannot_link=cannot_link)
    store.replace("incidents", found.incidents)
    store.replace("tolls", found.tolls)
    store.replace("tellings", found.tellings)
    store.set_incidents(found.incident_of)
    present = {incident.incident_id for incident in found.incidents}
    store.replace("redirects", redirected(now.rows("redirects"), found.redirects, present))


def _until(events: Iterator[Event], stopped: Callable[[], bool]) -> Iterator[Event]:
    for event in events:
        if stopped():
            raise Interrupted("stopped while resolving incidents; what was extracted is kept", remedy="run again")
        yield event
