"""The store: one Delta Lake table for each kind of row, and the runs that say which versions belong together.

A writer appends and replaces as it goes; nobody sees that until :meth:`Store.publish` adds the ``runs`` row naming the
version of every table. Readers take a :class:`~etl.tables.snapshot.Snapshot` and read those versions only, so a run
that is killed half-way leaves them where they were and the next run carries on from what it finds.

A store for a test or a notebook takes three lines::

    store = Store(folder)
    store.append("reports", [Report(report_id="r1", text="...")])
    snapshot = store.publish(Run(run_id="first", started_at=now))
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace as with_changes
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from etl.errors import StoreConflictError, StoreError, UsageError
from etl.records import BESIDE, TABLES, Run
from etl.tables import rewriting
from etl.tables.lock import exclusive
from etl.tables.schema import KEYS, stored_schema, to_arrow
from etl.tables.snapshot import Snapshot, Tables, read

__all__ = ["NoPublishedRun", "Snapshot", "Store", "Tables"]

_T = TypeVar("_T")

ATTEMPTS = 20
"""How often a write is tried again when another writer was quicker."""
MANY_FILES = 24
"""Files of one table above which they are compacted before the next run is published."""
TIDY_EVERY = 16
"""Runs between two looks for files that no kept run needs."""

# Old versions stay readable for as long as Delta keeps their log; a checkpoint would drop entries after 30 days.
_CONFIGURATION = {"delta.logRetentionDuration": "interval 3650 days", "delta.enableDeletionVectors": "false"}

# Delta Lake 1.6 takes paths for addresses: these it refuses, takes for another path, or dies of.
_UNFIT_PATH = re.compile(r"%[0-9A-Fa-f]{2}|[\[\]^|\\\x00-\x1f\x7f]")


class NoPublishedRun(StoreError):
    """The store is empty, or has no run of that id: nothing has been published to read."""


class Store:
    """The tables under one folder or object-store address; :class:`StoreError` wherever it cannot be read or written.

    ``path`` is a folder or an address such as ``s3://bucket/prefix``; ``storage_options`` are the credentials and
    endpoint Delta wants for the latter (the usual environment variables work too). ``keep_runs`` published runs stay
    readable by ``run_id``, and as many besides that only put an analyst's decision in place, so that a day of reviews
    pushes no run out; files that only older ones need are removed once they are ``keep_hours`` old.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        storage_options: Mapping[str, str] | None = None,
        keep_runs: int = 30,
        keep_hours: int = 24,
    ) -> None:
        text = str(path)
        self._remote = "://" in text
        self.root = text.rstrip("/") if self._remote else str(Path(text).expanduser().absolute())
        if not self._remote and (odd := _UNFIT_PATH.search(self.root)):
            raise StoreError(
                f"a store's path cannot hold {odd.group()!r}", where=self.root, remedy="choose another folder"
            )
        self._options = dict(storage_options or {})
        self._keep_runs = max(1, keep_runs)
        self._keep_hours = keep_hours

    # Reading

    def snapshot(self, run_id: str | None = None) -> Snapshot:
        """The tables of the latest published run, or of the run ``run_id``.

        :class:`NoPublishedRun` where there is none.
        """
        published = self._published()
        chosen = run_id if run_id is not None else next(iter(published), None)
        if chosen is None or chosen not in published:
            problem = "no run has been published yet" if run_id is None else f"no run {run_id!r} was published"
            raise NoPublishedRun(problem, where=self.root, remedy="start one with: python -m etl run")
        runs = self.latest(["runs"])
        (run,) = (row for row in runs.rows("runs") if row.run_id == chosen)
        return Snapshot(
            root=self.root,
            versions={**published[chosen], **runs.versions},
            storage_options=self._options,
            run=run,
        )

    def runs(self) -> list[Run]:
        """Every published run, the latest first; an empty list for an empty store."""
        place = {run_id: number for number, run_id in enumerate(self._published())}
        return sorted(self.latest(["runs"]).rows("runs"), key=lambda run: place.get(run.run_id, -1))

    def _published(self) -> dict[str, dict[str, int]]:
        """Id of each published run to the versions it names, the latest run first.

        Only these columns are read: what a run set aside can take more room than all the rest.
        """
        rows = (
            self.latest(["runs"]).arrow("runs", ["run_id", "started_at", "finished_at", "table_versions"]).to_pylist()
        )
        rows.sort(key=lambda row: (row["finished_at"], row["started_at"], row["run_id"]), reverse=True)
        return {row["run_id"]: json.loads(row["table_versions"]) for row in rows}

    def latest(self, tables: Iterable[str] = tuple(TABLES)) -> Tables:
        """The tables as they stand now, published or not: what a run builds on, not for readers."""
        opened = {table: self._open(table) for table in tables}
        versions = {table: delta.version() for table, delta in opened.items() if delta is not None}
        return Tables(root=self.root, versions=versions, storage_options=self._options)

    def unpublished(self) -> bool:
        """True where a table holds what no published run names: an earlier run was interrupted."""
        published = next(iter(self._published().values()), {})
        now = dict(self.latest([table for table in TABLES if table != "runs"]).versions)
        return any(version != published.get(table, 0) for table, version in now.items())

    # Writing

    @contextlib.contextmanager
    def exclusive(
        self, *, wait: float = 0.0, waiting: Callable[[str], None] | None = None, stopped: Callable[[], bool] = bool
    ) -> Iterator[None]:
        """Keep other runs off the store for the length of the block; see :func:`etl.tables.lock.exclusive`.

        An object store has no such lock: there two runs at once are settled by the tables themselves, each write
        repeated when the other was quicker.
        """
        if self._remote:
            yield
            return
        with exclusive(Path(self.root) / ".lock", wait=wait, waiting=waiting, stopped=stopped):
            yield

    def append(self, table: str, rows: Iterable[object]) -> int:
        """Add the ``rows`` whose key the table does not hold yet; gives how many that were.

        Two writers adding the same row at once add it once. :class:`~etl.errors.SchemaError` where a row does not fit.
        """
        new = _first_of_each(table, to_arrow(table, rows))
        if not new.num_rows:
            return 0

        def add(delta: DeltaTable) -> int:
            merge = delta.merge(
                new,
                _same_key(table),
                source_alias="s",
                target_alias="t",
                merge_schema=rewriting.lacks_columns(delta, new.schema),
            )
            return int(merge.when_not_matched_insert_all().execute()["num_target_rows_inserted"])

        return self._write(table, add)

    def extend(self, table: str, rows: Iterable[object], *, anew: bool = False) -> None:
        """Add ``rows`` to a table that the store keeps for itself; ``anew``: in place of all it holds.

        Nobody looks whether the table holds them already, which for rows made from others is the quicker way: should
        two writers add one at once, it is there twice and says the same.
        """
        new = to_arrow(table, rows)

        def write(delta: DeltaTable) -> None:
            if new.num_rows or anew:
                write_deltalake(delta, new, mode="overwrite" if anew else "append")

        self._write(table, write)

    def replace(
        self, table: str, rows: Iterable[object], *, by: str | None = None, within: Collection[str] | None = None
    ) -> int:
        """Make the table hold exactly ``rows``, rewriting only the groups (rows alike in ``by``) that differ.

        ``by`` is the first column of the table's key unless named. With ``within`` only the groups of these values and
        of ``rows`` are made so; all others stay as they are. Gives the number of groups rewritten, added or taken away.
        """
        new = to_arrow(table, rows)
        by = by if by is not None else KEYS[table][0]
        asked = None if within is None else rewriting.strings([*within, *new.column(by).to_pylist()])

        return self._write(table, lambda delta: rewriting.put_groups(delta, table, new, by, asked))

    def set_incidents(self, incident_of: Mapping[str, str | None], *, others: bool = True) -> int:
        """Give every claim the incident ``incident_of`` (claim id to incident id) names, null where it names none.

        ``others`` false: claims it does not name stay as they are. Gives the number of claims whose incident changed.
        """
        return self._set("claims", "incident_id", incident_of, others=others)

    def set_duplicates(self, duplicate_of: Mapping[str, str]) -> int:
        """Link every report to the one ``duplicate_of`` (report id to report id) says it is a copy of, null for others.

        Gives the number of reports whose link changed.
        """
        return self._set("reports", "duplicate_of", duplicate_of)

    def _set(self, table: str, column: str, values: Mapping[str, str | None], *, others: bool = True) -> int:
        (key,) = KEYS[table]
        named = pa.table(
            {key: list(values), column: list(values.values())},
            schema=pa.schema([(key, pa.string()), (column, pa.string())]),
        )

        return self._write(table, lambda delta: rewriting.put_values(delta, table, named, others=others))

    def rewrite(self, table: str, rows: Iterable[object]) -> None:
        """Put ``rows`` in place of those of the same key; a row whose key the table does not hold is added."""
        self.replace(table, rows, within=())

    def drop_orphans(self) -> int:
        """Take out claims whose report is not in the tables; gives how many.

        A run writes a batch's claims before its reports, so a report in the tables always has its claims. What an
        interruption can leave behind is the claims of one batch without their reports, and this removes them.
        """
        known = set(self.latest(["reports"]).arrow("reports", ["report_id"]).column("report_id").to_pylist())

        def drop(delta: DeltaTable) -> int:
            told_by = set(read(delta, "claims", ["report_id"]).column("report_id").to_pylist())
            orphans = sorted(told_by - known)
            dropped = 0
            for start in range(0, len(orphans), rewriting.LONGEST_PREDICATE):
                some = orphans[start : start + rewriting.LONGEST_PREDICATE]
                dropped += delta.delete(rewriting.one_of("report_id", some))["num_deleted_rows"]
            return dropped

        return self._write("claims", drop)

    def publish(self, run: Run) -> Snapshot:
        """Add the ``runs`` row that names the version of every table as it stands; gives what readers see from now on.

        ``finished_at`` is set where the run has none. Tables of many small files are compacted first.
        """
        self._tidy()
        versions = self.latest([table for table in TABLES if table != "runs"]).versions
        finished = run.finished_at or dt.datetime.now(dt.UTC)
        published = with_changes(run, finished_at=finished, table_versions=json.dumps(dict(versions), sort_keys=True))
        if not self.append("runs", [published]):
            raise StoreError(f"a run {run.run_id!r} was published before", where=self.root)
        return self.snapshot(run.run_id)

    # How it is done

    def _uri(self, table: str) -> str:
        if table not in TABLES and table not in BESIDE:
            raise UsageError(f"no table named {table!r}", remedy=f"the tables are {', '.join(TABLES)}")
        return f"{self.root}/{table}"

    def _open(self, table: str) -> DeltaTable | None:
        try:
            return DeltaTable(self._uri(table), storage_options=self._options)
        except TableNotFoundError:
            return None
        except (DeltaError, OSError) as error:
            raise self._failed(table, error) from error

    def _made(self, table: str) -> DeltaTable:
        return DeltaTable.create(
            self._uri(table),
            stored_schema(table),
            mode="ignore",
            configuration=_CONFIGURATION,
            storage_options=self._options,
        )

    def _write(self, table: str, change: Callable[[DeltaTable], _T]) -> _T:
        """Do ``change`` to the table as it now stands, again from the start where another writer was quicker."""
        for attempt in range(ATTEMPTS):
            try:
                delta = self._open(table)
                return change(self._made(table) if delta is None else delta)
            except CommitFailedError:
                # Waiting a random while keeps two writers from meeting again and again.
                time.sleep(random.uniform(0.01, 0.05) * min(attempt + 1, 10))  # noqa: S311 - no secret hangs on it
            except (DeltaError, OSError, pa.ArrowException) as error:
                raise self._failed(table, error) from error
        raise StoreConflictError(
            f"other writers kept changing {table}", where=self.root, remedy="run again when they have ended"
        )

    def _failed(self, table: str, error: Exception) -> StoreError:
        return StoreError(f"{table} cannot be read or written ({error})", where=self.root)

    def _tidy(self) -> None:
        published = self._published()
        kept = [published[run_id] for run_id in self._readable(published)]
        for table in (*TABLES, *BESIDE):
            delta = self._open(table)
            if delta is None:
                continue
            many = len(delta.file_uris()) > MANY_FILES
            if many:
                # Another writer may be at it: then the files are compacted before a later run.
                with contextlib.suppress(CommitFailedError):
                    delta.optimize.compact()
            if many or len(published) % TIDY_EVERY == TIDY_EVERY - 1:
                self._vacuum(table, [versions[table] for versions in kept if table in versions])

    def _readable(self, published: Iterable[str]) -> list[str]:
        """Of the published runs, the latest first, those that stay readable."""
        kinds = self.latest(["runs"]).arrow("runs", ["run_id", "kind"])
        kind_of = dict(zip(kinds.column("run_id").to_pylist(), kinds.column("kind").to_pylist(), strict=True))
        counted: Counter[bool] = Counter()
        kept = []
        for run_id in published:
            reviewed = kind_of.get(run_id) == "review"
            counted[reviewed] += 1
            if counted[reviewed] <= self._keep_runs:
                kept.append(run_id)
        return kept

    def _vacuum(self, table: str, keep: Sequence[int]) -> None:
        delta = self._open(table)
        if delta is None:
            return
        keeping: dict[str, Any] = {"keep_versions": sorted({*keep, delta.version()})}
        try:
            # Vacuuming adds versions of its own even where it finds nothing, so look first.
            if delta.vacuum(self._keep_hours, dry_run=True, enforce_retention_duration=False, **keeping):
                delta.vacuum(self._keep_hours, dry_run=False, enforce_retention_duration=False, **keeping)
        except (DeltaError, OSError) as error:
            raise self._failed(table, error) from error


def _first_of_each(table: str, rows: pa.Table) -> pa.Table:
    """``rows`` without those whose key came before."""
    seen: set[tuple[Any, ...]] = set()
    keys = zip(*(rows.column(name).to_pylist() for name in KEYS[table]), strict=True)
    first = [not (key in seen or seen.add(key)) for key in keys]  # type: ignore[func-returns-value]
    return rows if all(first) else rows.filter(pa.array(first, pa.bool_()))


def _same_key(table: str) -> str:
    """SQL for: row ``t`` of the table and row ``s`` to be added have the same key. Null equals null."""
    nullable = {each.name for each in stored_schema(table) if each.nullable}
    return " AND ".join(
        f"(t.{name} IS NOT DISTINCT FROM s.{name})" if name in nullable else f"t.{name} = s.{name}"
        for name in KEYS[table]
    )
