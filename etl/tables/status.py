"""What ``python -m etl status`` tells: the last runs, tables' rows and versions, inputs set aside; or an incident."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyarrow.compute as pc

from etl.records import MEASURES, TABLES, Incident, Run
from etl.tables import former_ids
from etl.tables.schema import from_arrow
from etl.tables.snapshot import Snapshot
from etl.tables.store import Store


def status_lines(store: Store, *, last: int = 5, run_id: str | None = None) -> Iterator[str]:
    """The state of ``store``, a line at a time: its tables as published, then the ``last`` runs, the latest first.

    With ``run_id``, that run's tables and every input it set aside. :class:`~etl.tables.store.NoPublishedRun` where
    there is nothing published to tell of.
    """
    snapshot = store.snapshot(run_id)
    yield f"store {store.root}"
    yield f"{'table':10} {'rows':>12} {'version':>8}"
    for table in TABLES:
        version = snapshot.versions.get(table)
        yield f"{table:10} {snapshot.count(table):12,} {'-' if version is None else version:>8}"
    yield ""
    if run_id is not None:
        yield from _run_lines(snapshot.run)
        for one in json.loads(snapshot.run.set_aside_detail):
            where = one["source"] if one["row"] is None else f"{one['source']}:{one['row']}"
            yield f"  {'set aside' if one['severity'] == 'error' else 'noted'}: {where}: {one['reason']}"
        return
    for run in store.runs()[: max(0, last)]:
        yield from _run_lines(run)
    if store.unpublished():
        yield "A run is at work, or one was interrupted: the tables hold rows that are not published yet."


def incident_lines(snapshot: Snapshot, incident_id: str) -> Iterator[str]:
    """How an incident stands: label, toll, status, who tells of it; a former id is answered with what it leads to.

    :class:`~etl.errors.UsageError` where the tables know of no such incident.
    """
    now = former_ids.present_id(snapshot, incident_id)
    if now != incident_id:
        yield former_ids.moved(incident_id, now)
    rows = snapshot.arrow("incidents")
    (one,) = from_arrow("incidents", rows.filter(pc.equal(rows.column("incident_id"), now)))
    yield f"incident {now}  {one.label}"
    yield f"  {'; '.join(_tolls(one)) or 'no figure'}"
    if one.review_replaced is not None:
        read = (f"{name} {'not said' if value is None else value}" for name, value in _replaced(one.review_replaced))
        yield f"  as read, before reviews: {'; '.join(read)}"
    yield f"  {one.status}: {one.status_reason}"
    yield f"  {_counted(one.n_reports, 'report')} of {_counted(one.n_sources, 'independent publisher')}"
    if one.parent_incident_id is not None:
        yield f"  a part of {one.parent_incident_id}"
    if one.review is not None:
        yield f"  {one.review}: {one.review_note}"
    yield f"  each step of its toll: python -m etl export tolls --incident {now}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _replaced(kept: str) -> list[tuple[str, object]]:
    """What reviews put something else in place of, by column; the label only follows from the others."""
    return [(name, value) for name, value in json.loads(kept).items() if name != "label"]


def _tolls(incident: Incident) -> Iterator[str]:
    """``killed 87 (81 to 110)`` for each measure told; ``?`` where a bound is not said."""
    for measure in MEASURES:
        low, best, high = (getattr(incident, f"{measure}_{bound}") for bound in ("low", "best", "high"))
        if (low, best, high) != (None, None, None):
            told = ["?" if bound is None else f"{bound:,}" for bound in (low, best, high)]
            yield f"{measure} {told[1]}" + ("" if low == best == high else f" ({told[0]} to {told[2]})")


def _run_lines(run: Run) -> Iterator[str]:
    seconds = ((run.finished_at or run.started_at) - run.started_at).total_seconds()
    started = f"{run.started_at:%Y-%m-%d %H:%M:%S} UTC"
    kind = "" if run.kind == "run" else f" ({run.kind})"
    yield f"run {run.run_id}{kind}  {started}, {seconds:.1f} s, extraction {run.extractor_version}"
    yield (
        f"  {run.reports_read:,} reports read, {run.reports_added:,} new; {run.claims_added:,} claims new; "
        f"{run.incidents:,} incidents; {run.set_aside:,} set aside"
    )
    for source, counts in json.loads(run.per_source).items():
        yield f"  {source}: {', '.join(f'{name} {count:,}' for name, count in counts.items())}"
