"""``etl export --to postgresql://``, into a real server that the test starts."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from etl.__main__ import main
from etl.errors import DatabaseError, UsageError
from etl.records import TABLES
from etl.tables.declared import shown_columns
from etl.tables.exports.postgres import Brought, export_to
from etl.tables.store import Store
from tests.postgres_server import server
from tests.tables.rows import MOMENT, a_claim, a_report, a_run, a_step, an_incident


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    with server() as address:
        yield address


@pytest.fixture
def url(running: str, request: pytest.FixtureRequest) -> str:
    """A database of the test's own."""
    name = request.node.name[:50]
    with psycopg.connect(running, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return running.replace("/postgres?", f"/{name}?")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    store.append("reports", [a_report(title="A bell \x00 rang", published=MOMENT), a_report("r2")])
    store.append("claims", [a_claim(place_names=("Osh", 'The "Old" Town'), victim_names=("Ann",))])
    store.append("incidents", [an_incident(date_start=dt.date(2010, 4, 7)), an_incident("i2", killed_best=None)])
    store.append("tolls", [a_step(), a_step(as_of=None, low=None)])
    store.publish(a_run(set_aside_detail='[{"reason": "a \\u0000 in it"}]'))
    return store


def asked(url: str, question: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(question.encode()).fetchall()


def told(brought: list[Brought]) -> dict[str, tuple[int, int, int, int]]:
    return {one.table: (one.rows, one.added, one.changed, one.removed) for one in brought}


def test_every_table_arrives_with_its_types(url: str, store: Store) -> None:
    found = told(export_to(url, store.snapshot()))
    assert found["reports"] == (2, 2, 0, 0)
    assert asked(url, "SELECT place_names, best, latitude FROM claims") == [(["Osh", 'The "Old" Town'], 4, None)]
    assert asked(url, "SELECT published, title FROM reports WHERE report_id = 'r1'") == [(MOMENT, "A bell \ufffd rang")]
    assert asked(url, "SELECT date_start FROM incidents ORDER BY incident_id") == [(dt.date(2010, 4, 7),), (None,)]
    assert asked(url, "SELECT set_aside_detail->0->>'reason' FROM runs") == [("a \ufffd in it",)]
    assert asked(url, "SELECT as_of FROM tolls WHERE low IS NULL") == [(None,)]
    kinds = dict(
        asked(url, "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'claims'")
    )
    assert set(kinds) == set(shown_columns("claims"))
    assert (kinds["low"], kinds["confidence"], kinds["date_start"]) == ("bigint", "double precision", "date")
    assert (kinds["place_names"], kinds["quote"]) == ("ARRAY", "text")


def test_tables_and_columns_carry_their_meaning(url: str, store: Store) -> None:
    export_to(url, store.snapshot())
    for table in TABLES:
        ((about,),) = asked(url, f"SELECT obj_description('{table}'::regclass)")
        assert "Tollbook, run run-1" in about
        meanings = asked(
            url,
            f"SELECT attname, col_description(attrelid, attnum) FROM pg_attribute "  # noqa: S608 - our own table names
            f"WHERE attrelid = '{table}'::regclass AND attnum > 0",
        )
        assert all(meaning for _, meaning in meanings)
    ((meaning,),) = asked(
        url,
        "SELECT col_description(attrelid, attnum) FROM pg_attribute "
        "WHERE attrelid = 'incidents'::regclass AND attname = 'killed_best'",
    )
    assert "UCDP GED best" in meaning


def test_a_second_export_changes_nothing(url: str, store: Store) -> None:
    export_to(url, store.snapshot())
    for table, counts in told(export_to(url, store.snapshot())).items():
        assert counts[1:] == (0, 0, 0), table


def test_a_later_run_changes_adds_and_takes_out(url: str, store: Store) -> None:
    export_to(url, store.snapshot())
    store.replace("incidents", [an_incident(killed_best=9), an_incident("i3")])
    store.replace("tolls", [a_step(best=9)])
    found = told(export_to(url, store.publish(a_run("run-2"))))
    assert found["incidents"] == (2, 1, 1, 1)
    assert found["tolls"] == (1, 1, 0, 2)
    assert asked(url, "SELECT incident_id, killed_best FROM incidents ORDER BY 1") == [("i1", 9), ("i3", 4)]
    assert asked(url, "SELECT DISTINCT run_id FROM tollbook_editions") == [("run-2",)]


def test_a_failure_half_way_leaves_all_as_it_was(url: str, store: Store) -> None:
    export_to(url, store.snapshot())
    with psycopg.connect(url) as connection:
        connection.execute("ALTER TABLE tolls ADD CHECK (best < 9)")
    store.replace("incidents", [an_incident(killed_best=9)])
    store.replace("tolls", [a_step(best=9)])
    with pytest.raises(DatabaseError, match="check constraint"):
        export_to(url, store.publish(a_run("run-2")))
    assert asked(url, "SELECT killed_best FROM incidents ORDER BY 1") == [(4,), (None,)]
    assert asked(url, "SELECT DISTINCT run_id FROM tollbook_editions") == [("run-1",)]


def test_a_filter_adds_rows_and_takes_none_out(url: str, store: Store) -> None:
    snapshot = store.snapshot()
    (first,) = export_to(url, snapshot, "incidents", where="killed_best >= 4")
    assert (first.rows, first.added, first.removed) == (1, 1, 0)
    (then,) = export_to(url, snapshot, "incidents", where="killed_best IS NULL")
    assert (then.rows, then.added, then.removed) == (1, 1, 0)
    assert asked(url, "SELECT count(*) FROM incidents") == [(2,)]
    assert asked(url, "SELECT table_name, whole FROM tollbook_editions") == [("incidents", False)]
    with pytest.raises(UsageError, match="--where needs a table"):
        export_to(url, snapshot, where="true")


def test_names_of_victims_go_where_the_operator_says_and_leave_again(url: str, store: Store) -> None:
    export_to(url, store.snapshot(), private=True)
    assert asked(url, "SELECT victim_names FROM claims") == [(["Ann"],)]
    export_to(url, store.snapshot())
    with pytest.raises(psycopg.errors.UndefinedColumn):
        asked(url, "SELECT victim_names FROM claims")


def test_a_table_of_an_earlier_release_gains_the_new_columns(url: str, store: Store) -> None:
    export_to(url, store.snapshot())
    with psycopg.connect(url) as connection:
        connection.execute("ALTER TABLE incidents DROP COLUMN status_reason")
    found = told(export_to(url, store.snapshot()))
    assert found["incidents"][2] == 2
    assert asked(url, "SELECT DISTINCT status_reason FROM incidents") == [("",)]


def test_a_table_of_somebody_else_is_left_alone(url: str, store: Store) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE claims (claim_id text, paid boolean)")
    with pytest.raises(DatabaseError, match="did not make"):
        export_to(url, store.snapshot())
    assert asked(url, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'reports'") == [(0,)]
    with psycopg.connect(url) as connection:
        connection.execute("CREATE SCHEMA apart")
    export_to(f"{url}&options=-csearch_path%3Dapart", store.snapshot())
    assert asked(url, "SELECT count(*) FROM apart.claims") == [(1,)]


def test_two_exports_at_once_take_turns(url: str, store: Store) -> None:
    snapshot = store.snapshot()
    failed: list[BaseException] = []

    def one() -> None:
        try:
            export_to(url, snapshot)
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert asked(url, "SELECT count(*) FROM reports") == [(2,)]


def test_a_table_in_use_or_out_of_reach_is_one_clear_line(url: str, store: Store) -> None:
    export_to(url, store.snapshot())
    in_a_hurry = f"{url}&options=-clock_timeout%3D50"
    with psycopg.connect(url) as other:
        other.execute("SELECT count(*) FROM incidents")
        # Whoever only reads a table does not hold up an export, and is not held up by one.
        assert {one.added for one in export_to(in_a_hurry, store.snapshot())} == {0}
        other.execute("LOCK TABLE incidents IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(DatabaseError, match="another session holds a table locked"):
            export_to(in_a_hurry, store.snapshot())
    with pytest.raises(DatabaseError, match="make the schema first"):
        export_to(f"{url}&options=-csearch_path%3Dnowhere", store.snapshot())
    with psycopg.connect(url) as connection:
        connection.execute("DROP ROLE IF EXISTS guest")
        connection.execute("CREATE ROLE guest LOGIN")
    with pytest.raises(DatabaseError, match=r"permission denied for schema public; nothing was changed.*GRANT CREATE"):
        export_to(url.replace("://tollbook@", "://guest@"), store.snapshot())


def test_an_export_says_that_it_waits_for_another(url: str, store: Store) -> None:
    export_to(url, store.snapshot())
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (0x746F6C6C,))
        said: list[str] = []

        def waiting() -> None:
            said.append("waits")
            other.commit()

        export_to(url, store.snapshot(), waiting=waiting)
    assert said == ["waits"]


def test_from_the_command_line(url: str, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--to", url, "--store", store.root]) == 0
    said = capsys.readouterr()
    assert "reports: 2 rows, 2 added" in said.out
    assert main(["export", "claims", "--to", url, "--store", store.root, "--where", "low > 99"]) == 0
    assert "claims: 0 rows" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong", [["--format", "csv"], ["-o", "file.csv"], ["--where", "true"]], ids=["format", "output", "where"]
)
def test_options_that_do_not_go_with_a_database(
    running: str, store: Store, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--to", running, "--store", store.root, *wrong]) == 2
    assert wrong[0].replace("-o", "--output") in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["postgresql://me:s3cret@127.0.0.1:1/none", "mysql://me:s3cret@host/db", "postgresql://me:s3cret@[/none"]
)
def test_an_address_that_leads_nowhere_is_one_line_without_the_password(
    address: str, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--to", address, "--store", store.root]) in (1, 2)
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert said.count("\n") == 1
    assert "s3cret" not in said
