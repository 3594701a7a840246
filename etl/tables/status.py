"""What ``python -m etl status`` tells: the last runs, the tables' rows and versions, and what was set aside."""

from __future__ import annotations

import json
from collections.abc import Iterator

from etl.records import TABLES, Run
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


def _run_lines(run: Run) -> Iterator[str]:
    seconds = ((run.finished_at or run.started_at) - run.started_at).total_seconds()
    started = f"{run.started_at:%Y-%m-%d %H:%M:%S} UTC"
    yield f"run {run.run_id}  {started}, {seconds:.1f} s, extraction {run.extractor_version}"
    yield (
        f"  {run.reports_read:,} reports read, {run.reports_added:,} new; {run.claims_added:,} claims new; "
        f"{run.incidents:,} incidents; {run.set_aside:,} set aside"
    )
    for source, counts in json.loads(run.per_source).items():
        yield f"  {source}: {', '.join(f'{name} {count:,}' for name, count in counts.items())}"
