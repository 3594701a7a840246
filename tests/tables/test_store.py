from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from deltalake import DeltaTable, write_deltalake

from etl.errors import SchemaError, StoreConflictError, StoreError, UsageError
from etl.records import TABLES, Redirect
from etl.tables import data_files, rewriting
from etl.tables import snapshot as snapshots
from etl.tables import store as stores
from etl.tables.lock import StoreBusy
from etl.tables.schema import stored_schema, to_arrow
from etl.tables.store import NoPublishedRun, Store
from tests.tables.rows import MOMENT, a_claim, a_report, a_run, a_step, an_incident

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "a store of Ö")


def test_an_empty_store_says_that_nothing_was_published(store: Store) -> None:
    with pytest.raises(NoPublishedRun, match="no run has been published yet; start one with: python -m etl run"):
        store.snapshot()
    assert store.runs() == []
    assert not store.unpublished()
    assert store.latest().frame("claims").empty
    assert not Path(store.root).exists()


def test_readers_see_a_run_once_it_is_published_and_only_what_it_published(store: Store) -> None:
    store.append("reports", [a_report()])
    with pytest.raises(NoPublishedRun):
        store.snapshot()
    first = store.publish(a_run("run-1"))
    store.append("reports", [a_report("r2")])
    assert list(store.snapshot().rows("reports")) == [a_report()]
    assert store.unpublished()
    second = store.publish(a_run("run-2"))
    assert {row.report_id for row in second.rows("reports")} == {"r1", "r2"}
    assert [row.report_id for row in first.rows("reports")] == ["r1"]
    assert [row.report_id for row in store.snapshot("run-1").rows("reports")] == ["r1"]
    assert not store.unpublished()
    with pytest.raises(NoPublishedRun, match="no run 'run-3' was published"):
        store.snapshot("run-3")


def test_a_run_id_is_published_once(store: Store) -> None:
    store.publish(a_run())
    with pytest.raises(StoreError, match="was published before"):
        store.publish(a_run())


@pytest.mark.parametrize("table", TABLES)
def test_a_table_nobody_wrote_is_an_empty_one_with_its_columns(store: Store, table: str) -> None:
    snapshot = store.publish(a_run())
    names = stored_schema(table).names
    assert list(snapshot.frame(table).columns) == names
    assert snapshot.arrow(table).schema.names == names
    with duckdb.connect() as connection:
        snapshot.views(connection)
        seen = connection.sql(f"FROM {table}")
        assert seen.columns == names
        assert len(seen.fetchall()) == (1 if table == "runs" else 0)
    if table != "runs":
        assert snapshot.files(table) == []
        assert list(snapshot.rows(table)) == []
        assert snapshot.count(table) == 0


def test_nothing_is_added_twice(store: Store) -> None:
    assert store.append("reports", [a_report("r1"), a_report("r1"), a_report("r2")]) == 2
    version = store.latest().versions["reports"]
    assert store.append("reports", [a_report("r2"), a_report("r1", title="other")]) == 0
    assert store.append("reports", []) == 0
    assert store.latest().versions["reports"] == version
    assert store.append("reports", [a_report("r2"), a_report("r3")]) == 1
    assert {row.title for row in store.latest().rows("reports")} == {None}


def test_a_step_of_a_toll_is_told_from_another_by_all_of_it_nulls_included(store: Store) -> None:
    steps = [a_step(as_of=None), a_step(as_of=None, low=5), a_step(), a_step(measure="injured")]
    assert store.append("tolls", steps) == 4
    assert store.append("tolls", steps) == 0


def test_a_row_that_does_not_fit_leaves_the_table_as_it_was(store: Store) -> None:
    with pytest.raises(SchemaError, match="claims:2: column low"):
        store.append("claims", [a_claim(), a_claim("c2", low=-1)])
    assert "claims" not in store.latest().versions


@pytest.fixture(params=["file by file", "by delta"])
def each_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are changed as in a local folder, and as on an object store."""
    if request.param == "by delta":
        monkeypatch.setattr(data_files, "is_local", lambda _: False)


@pytest.mark.usefixtures("each_way")
def test_only_incidents_that_changed_are_rewritten(store: Store) -> None:
    before = [an_incident("i1"), an_incident("i2", label="it's"), an_incident("i3")]
    assert store.replace("incidents", before) == 3
    version = store.latest().versions["incidents"]
    assert store.replace("incidents", before[::-1]) == 0
    assert store.latest().versions["incidents"] == version
    after = [an_incident("i1"), an_incident("i2", killed_best=7), an_incident("i4")]
    assert store.replace("incidents", after) == 3
    assert sorted(store.latest().rows("incidents"), key=lambda row: row.incident_id) == after


@pytest.mark.usefixtures("each_way")
def test_what_lies_outside_the_groups_named_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.replace("incidents", [an_incident("i1"), an_incident("i2"), an_incident("i3")])
    for longest in (100, 0):  # the changed groups named one by one, and the table written in one piece
        monkeypatch.setattr(rewriting, "LONGEST_PREDICATE", longest)
        label = f"after {longest}"
        assert store.replace("incidents", [an_incident("i2", label=label)], within=["i1"]) == (2 if longest else 1)
        held = {row.incident_id: row.label for row in store.latest().rows("incidents")}
        assert held == {"i2": label, "i3": "Mine blast"}


def test_an_old_incident_id_leads_to_the_present_one(store: Store) -> None:
    store.replace("incidents", [an_incident("i2")])
    store.append("redirects", [Redirect(incident_id="i1", current_incident_id="i2"), Redirect(incident_id="i0")])
    now = store.latest()
    assert [now.current_incident(one) for one in ("i2", "i1", "i0", "never")] == ["i2", "i2", None, None]


@pytest.mark.usefixtures("each_way")
def test_the_steps_of_an_incident_are_replaced_together(store: Store) -> None:
    store.replace("tolls", [a_step("i1"), a_step("i1", low=5), a_step("i2", as_of=None)])
    assert store.replace("tolls", [a_step("i1", low=5), a_step("i2", as_of=None)]) == 1
    assert sorted(step.incident_id for step in store.latest().rows("tolls")) == ["i1", "i2"]
    assert store.replace("tolls", []) == 2
    assert store.latest().count("tolls") == 0


@pytest.mark.usefixtures("each_way")
def test_many_changed_incidents_are_written_in_one_piece(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "LONGEST_PREDICATE", 2)
    store.replace("incidents", [an_incident(f"i{number}") for number in range(5)])
    assert store.replace("incidents", [an_incident(f"i{number}", killed_best=9) for number in range(6)]) == 6
    assert {row.killed_best for row in store.latest().rows("incidents")} == {9}
    assert store.latest().count("incidents") == 6


@pytest.mark.usefixtures("each_way")
def test_claims_are_given_their_incidents_and_lose_them(store: Store) -> None:
    store.append("claims", [a_claim("c1", victim_names=("Ann",)), a_claim("c2"), a_claim("c3")])
    assert store.set_incidents({"c1": "i1", "c2": "i1", "nobody's": "i9"}) == 2
    assert store.set_incidents({"c1": "i1", "c2": "i1"}) == 0
    assert store.set_incidents({"c1": "i2"}) == 2
    assert store.set_incidents({"c1": None, "c3": "i3"}, others=False) == 2
    assert store.set_incidents({"c1": "i2", "c3": None}, others=False) == 2
    held = {row.claim_id: row for row in store.latest().rows("claims")}
    assert {claim_id: row.incident_id for claim_id, row in held.items()} == {"c1": "i2", "c2": None, "c3": None}
    assert held["c1"] == a_claim("c1", victim_names=("Ann",), incident_id="i2")


@pytest.mark.usefixtures("each_way")
def test_copies_are_linked(store: Store) -> None:
    store.append("reports", [a_report("r1"), a_report("r2")])
    assert store.set_duplicates({"r2": "r1"}) == 1
    assert {row.report_id: row.duplicate_of for row in store.latest().rows("reports")} == {"r1": None, "r2": "r1"}


def test_claims_of_a_report_that_was_never_written_are_dropped(store: Store) -> None:
    store.append("claims", [a_claim("c1", "r1"), a_claim("c2", "r2"), a_claim("c3", "r2")])
    store.append("reports", [a_report("r1")])
    assert store.drop_orphans() == 2
    assert [row.claim_id for row in store.latest().rows("claims")] == ["c1"]
    assert store.drop_orphans() == 0


def test_files_hold_exactly_the_rows_of_the_version(store: Store) -> None:
    store.replace("incidents", [an_incident("i1"), an_incident("i2")])
    old = store.publish(a_run("run-1"))
    store.replace("incidents", [an_incident("i2", killed_best=5)])
    new = store.publish(a_run("run-2"))
    for snapshot, figures in ((old, [4, 4]), (new, [5])):
        files = snapshot.files("incidents")
        assert all(Path(name).is_absolute() for name in files)
        rows = duckdb.execute("SELECT killed_best FROM read_parquet($files)", {"files": files}).fetchall()
        assert sorted(best for (best,) in rows) == figures


def test_frames_keep_whole_numbers_whole_where_some_are_unsaid(store: Store) -> None:
    store.append("incidents", [an_incident("i1"), an_incident("i2", killed_best=None)])
    best = store.latest().frame("incidents").sort_values("incident_id")["killed_best"]
    assert str(best.dtype) == "Int64"
    assert best.isna().tolist() == [False, True]


def test_a_store_written_before_a_column_was_declared_is_read_and_written(store: Store) -> None:
    old = to_arrow("incidents", [an_incident("i1")]).drop_columns(["status_reason", "parent_incident_id"])
    write_deltalake(f"{store.root}/incidents", old)
    snapshot = store.publish(a_run())
    assert list(snapshot.rows("incidents")) == [an_incident("i1")]
    with duckdb.connect() as connection:
        snapshot.views(connection, ["incidents"])
        assert connection.sql("SELECT parent_incident_id FROM incidents").fetchall() == [(None,)]
    assert store.append("incidents", [an_incident("i2", status_reason="one source")]) == 1
    changed = [an_incident("i1", parent_incident_id="i2"), an_incident("i2", status_reason="one source")]
    assert store.replace("incidents", changed) == 1
    assert sorted(store.latest().rows("incidents"), key=lambda row: row.incident_id) == changed


def test_object_stores_are_read_through_delta_itself(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.append("claims", [a_claim("c1", place_names=("Osh",)), a_claim("c2")])
    monkeypatch.setattr(snapshots, "_files", lambda _: ["s3://bucket/claims/part.parquet"])
    snapshot = store.latest()
    assert {row.claim_id for row in snapshot.rows("claims")} == {"c1", "c2"}
    assert snapshot.arrow("claims", ["low"]).column("low").to_pylist() == [4, 4]
    with duckdb.connect() as connection:
        snapshot.views(connection, ["claims"])
        assert connection.sql("SELECT max(len(place_names)) FROM claims").fetchall() == [(1,)]


# Several writers


def at_once(works: list[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_writers_at_the_same_time_add_every_row_once(store: Store) -> None:
    added: list[int] = []

    def work(writer: int) -> Callable[[], None]:
        rows = [a_report(f"r{number}") for number in range(writer, writer + 5)]
        return lambda: added.append(Store(store.root).append("reports", rows))

    at_once([work(writer) for writer in range(4)])
    assert sum(added) == 8
    ids = [row.report_id for row in store.latest().rows("reports")]
    assert sorted(ids) == [f"r{number}" for number in range(8)]


def test_a_writer_that_is_always_too_late_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "ATTEMPTS", 2)
    store.append("claims", [a_claim()])
    real = data_files.files_of

    def list_and_be_overtaken(delta: DeltaTable, table: str) -> Iterator[data_files.DataFile]:
        found = list(real(delta, table))
        with monkeypatch.context() as calm:
            calm.setattr(data_files, "files_of", real)
            Store(store.root).set_incidents({"c1": f"other-{delta.version()}"})
        return iter(found)

    monkeypatch.setattr(data_files, "files_of", list_and_be_overtaken)
    with pytest.raises(StoreConflictError, match="other writers kept changing claims"):
        store.set_incidents({"c1": "i1"})


def test_one_holds_the_store_and_others_are_told_who(store: Store) -> None:
    told: list[str] = []
    with store.exclusive():
        with pytest.raises(StoreBusy, match=f"process {os.getpid()} is at work on this store"), store.exclusive():
            pass
        with pytest.raises(StoreBusy), store.exclusive(wait=0.2, waiting=told.append):
            pass
    assert told == [f"process {os.getpid()}"]
    with store.exclusive():
        pass


def test_waiting_for_the_store_ends_when_asked_to_stop(store: Store) -> None:
    stop = threading.Event()
    with (
        store.exclusive(),
        pytest.raises(StoreBusy),
        store.exclusive(wait=3600, waiting=lambda _: stop.set(), stopped=stop.is_set),
    ):
        pass


def test_a_process_killed_between_tables_leaves_readers_where_they_were(store: Store) -> None:
    store.append("reports", [a_report("r1")])
    store.publish(a_run("run-1"))
    script = textwrap.dedent(
        """
        import os, signal, sys
        from etl.tables.store import Store
        from tests.tables.rows import a_claim, a_report, a_run

        store = Store(sys.argv[1])
        with store.exclusive():
            store.append("claims", [a_claim("c2", "r2"), a_claim("c3", "r3")])
            store.append("reports", [a_report("r2")])
            os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    ended = subprocess.run([sys.executable, "-c", script, store.root], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert list(store.snapshot().rows("reports")) == [a_report("r1")]
    assert list(store.snapshot().rows("claims")) == []
    assert store.unpublished()
    with store.exclusive():
        assert store.drop_orphans() == 1
        assert store.append("claims", [a_claim("c2", "r2"), a_claim("c3", "r3")]) == 1
        assert store.append("reports", [a_report("r2"), a_report("r3")]) == 1
        snapshot = store.publish(a_run("run-2"))
    assert snapshot.count("reports") == 3
    assert snapshot.count("claims") == 2


# Many files, old versions


def test_many_small_files_become_few_and_kept_runs_stay_readable(tmp_path: Path) -> None:
    store = Store(tmp_path, keep_runs=2, keep_hours=0)
    for number in range(stores.MANY_FILES + 2):
        store.append("reports", [a_report(f"r{number:02}")])
        if number in {3, 20, 23}:
            store.publish(a_run(f"run-{number}", started_at=MOMENT.replace(hour=number % 20)))
    assert len(store.latest().files("reports")) > stores.MANY_FILES
    last = store.publish(a_run("last"))
    assert len(last.files("reports")) == 1
    assert last.count("reports") == stores.MANY_FILES + 2
    assert len(list(store.snapshot("run-23").rows("reports"))) == 24
    assert not store.unpublished()


def test_files_no_kept_run_needs_are_removed(tmp_path: Path) -> None:
    store = Store(tmp_path, keep_runs=3, keep_hours=0)
    for number in range(stores.TIDY_EVERY + 2):
        store.replace("incidents", [an_incident(killed_best=number)])
        store.publish(a_run(f"run-{number:02}", started_at=MOMENT.replace(minute=number)))
    assert len(list((tmp_path / "incidents").glob("*.parquet"))) < stores.TIDY_EVERY
    for number in (stores.TIDY_EVERY + 1, stores.TIDY_EVERY):
        (row,) = store.snapshot(f"run-{number:02}").rows("incidents")
        assert row.killed_best == number
    with pytest.raises(StoreError, match="incidents"):
        list(store.snapshot("run-00").rows("incidents"))


def test_a_day_of_reviews_pushes_no_run_out_and_is_bounded_itself(tmp_path: Path) -> None:
    store = Store(tmp_path, keep_runs=2, keep_hours=0)
    for number in range(2 * stores.TIDY_EVERY):
        store.replace("incidents", [an_incident(killed_best=number)])
        kind = "run" if number < 3 else "review"
        store.publish(a_run(f"run-{number:02}", kind=kind, started_at=MOMENT.replace(minute=number)))
    readable: set[int | None] = set()
    for number in range(2 * stores.TIDY_EVERY):
        with contextlib.suppress(StoreError):
            readable.update(row.killed_best for row in store.snapshot(f"run-{number:02}").rows("incidents"))
    # The last look came before the last run was published.
    last = 2 * stores.TIDY_EVERY - 1
    assert readable == {1, 2, last - 2, last - 1, last}


# Odd places


@pytest.mark.parametrize("name", ["a[b]", "a%20b", "a^b", "a|b", "a\\b", "a\nb"])
def test_a_path_delta_cannot_keep_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="a store's path cannot hold"):
        Store(tmp_path / name)


@pytest.mark.parametrize("name", ["it's a store", "a#b?c", "100%", "x=1", "*"])
def test_other_odd_paths_work(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path / name)
    store.replace("incidents", [an_incident()])
    with duckdb.connect() as connection:
        store.publish(a_run()).views(connection)
        assert connection.sql("SELECT count(*) FROM incidents").fetchall() == [(1,)]
    assert list(store.snapshot().rows("incidents")) == [an_incident()]


def test_a_damaged_table_is_one_clear_line(store: Store) -> None:
    store.append("reports", [a_report()])
    snapshot = store.publish(a_run())
    for entry in Path(store.root, "reports", "_delta_log").iterdir():
        entry.write_text("{ not JSON", encoding="utf-8")
    with pytest.raises(StoreError, match="reports cannot be read or written"):
        store.append("reports", [a_report("r2")])
    with pytest.raises(StoreError, match="version 1 of reports cannot be read"):
        snapshot.count("reports")


def test_a_missing_data_file_is_a_store_error(store: Store) -> None:
    store.append("reports", [a_report()])
    snapshot = store.publish(a_run())
    for name in snapshot.files("reports"):
        Path(name).unlink()
    with pytest.raises(StoreError, match="reports"):
        snapshot.arrow("reports")


def test_a_folder_that_cannot_be_written_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    store = Store(tmp_path / "file" / "store")
    with pytest.raises(StoreError), store.exclusive():
        pass
    with pytest.raises(StoreError):
        store.append("reports", [a_report()])


def test_an_unknown_table_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="no table named 'deaths'"):
        store.append("deaths", [])
    with pytest.raises(UsageError, match="no table named 'deaths'"):
        store.latest().arrow("deaths")


def test_a_published_run_says_when_it_ended_and_names_its_versions(store: Store) -> None:
    store.append("reports", [a_report()])
    run = store.publish(a_run()).run
    assert run.finished_at is not None
    assert replace(run, finished_at=None, table_versions="{}") == a_run()
    assert run.table_versions == '{"reports": 1}'
    assert store.runs() == [run]
