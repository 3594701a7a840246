"""What an operator asks of a store: its last runs, what each did, and what the tables hold now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from etl.errors import UsageError
from etl.records import TABLES, Run

if TYPE_CHECKING:
    from etl.tables.store import Store


def status_lines(store: Store, *, run_id: str | None, most: int) -> Iterator[str]:
    """The state of STORE, a line at a time: one run in full (RUN_ID), else the last MOST runs and the tables' counts.

    Raises :class:`~etl.tables.store.NoPublishedRun` for an empty store and :class:`~etl.errors.UsageError` for a run
    that is not there.
    """
    snapshot = store.snapshot()
    runs = store.runs()
    if run_id is not None:
        chosen = next((run for run in runs if run.run_id == run_id), None)
        if chosen is None:
            raise UsageError(f"no run {run_id!r} was published", remedy="python -m etl status lists the last ones")
        yield from _one(chosen)
        return
    yield f"store      {store.root}"
    yield f"published  {len(runs):,} runs, the latest {snapshot.run.run_id}"
    for table in TABLES:
        version = snapshot.versions.get(table)
        held = "none yet" if version is None else f"version {version}"
        yield f"  {table:<10} {snapshot.count(table):>12,} rows   {held}"
    if store.unpublished():
        yield "an interrupted run left rows that are not published; the next run carries on from there"
    yield "last runs, the latest first"
    for run in runs[:most]:
        yield f"  {_line(run)}"


def _line(run: Run) -> str:
    finished = f"{run.finished_at:%Y-%m-%d %H:%M}" if run.finished_at else "not finished"
    return (
        f"{run.run_id}  {finished} UTC  {run.reports_read:,} read, {run.reports_added:,} new, "
        f"{run.claims_added:,} claims, {run.incidents:,} incidents, {run.set_aside:,} set aside"
    )


def _one(run: Run) -> Iterator[str]:
    yield _line(run)
    yield f"extraction {run.extractor_version}, tables {run.table_versions}"
    for source, counts in json.loads(run.per_source).items():
        yield f"  {source}: " + ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in counts.items())
    for one in json.loads(run.set_aside_detail):
        where = one["source"] if one["row"] is None else f"{one['source']}:{one['row']}"
        yield f"  {'set aside' if one['severity'] == 'error' else 'noted'}: {where}: {one['reason']}"
