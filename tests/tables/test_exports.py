from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl.errors import UsageError
from etl.records import TABLES
from etl.tables.declared import shown_columns
from etl.tables.exports import export
from etl.tables.formats import Format
from etl.tables.snapshot import Snapshot
from etl.tables.store import Store
from tests.tables.rows import a_claim, a_report, a_run, a_step, an_incident


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    store = Store(tmp_path / "a store")
    store.append("reports", [a_report(title='=HYPERLINK("x")'), a_report("r2", text="Zwei Tote, drei Verletzte — Ö")])
    store.append(
        "claims",
        [
            a_claim("c1", victim_names=("Ann",), place_names=("Osh", "Talas"), country_code="KG", latitude=-1.5),
            a_claim("c2", country_code="PL", low=1, best=1, high=1),
        ],
    )
    store.append("incidents", [an_incident()])
    store.append("tolls", [a_step()])
    return store.publish(a_run())


def exported(snapshot: Snapshot, table: str, form: Format = "csv", **more: object) -> str:
    out = io.BytesIO()
    export(snapshot, table, out, form=form, **more)  # type: ignore[arg-type]
    return out.getvalue().decode("utf-8")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("table", TABLES)
def test_the_header_is_the_declared_columns_even_of_an_empty_table(snapshot: Snapshot, table: str) -> None:
    header = next(csv.reader(io.StringIO(exported(snapshot, table))))
    assert header == list(shown_columns(table))


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_names_of_victims_leave_the_store_only_where_that_is_turned_on(
    snapshot: Snapshot, tmp_path: Path, form: Format
) -> None:
    def columns(*, private: bool = False) -> list[str]:
        path = tmp_path / "rows"
        with path.open("wb") as out:
            export(snapshot, "claims", out, form=form, private=private)
        if form == "parquet":
            return list(pq.read_table(path).column_names)
        text = path.read_text(encoding="utf-8")
        return list(rows_of(text)[0] if form == "csv" else json.loads(text.splitlines()[0]))

    assert "victim_names" not in columns()
    assert "victim_names" in columns(private=True)


def test_cells_are_lists_numbers_and_disarmed_formulas(snapshot: Snapshot) -> None:
    claim = rows_of(exported(snapshot, "claims"))[0]
    assert (claim["place_names"], claim["latitude"], claim["low"]) == ("Osh; Talas", "-1.5", "4")
    assert rows_of(exported(snapshot, "reports"))[0]["title"] == '\'=HYPERLINK("x")'


def test_json_lines_hold_the_same_rows(snapshot: Snapshot) -> None:
    lines = [json.loads(line) for line in exported(snapshot, "claims", "jsonl").splitlines()]
    assert [(line["claim_id"], line["place_names"]) for line in lines] == [("c1", ["Osh", "Talas"]), ("c2", [])]
    step = json.loads(exported(snapshot, "tolls", "jsonl"))
    assert (step["as_of"], step["high"]) == ("2010-04-15T09:30:00Z", None)


def test_parquet_keeps_types(snapshot: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    with path.open("wb") as out:
        assert export(snapshot, "claims", out, form="parquet").rows == 2
    table = pq.read_table(path)
    assert table.schema.metadata[b"tollbook.run_id"] == b"run-1"
    assert str(table.schema.field("place_names").type).startswith("list")
    assert table.column("low").to_pylist() == [4, 1]


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("country_code = 'KG'", ["c1"]),
        ("low >= 1 AND place_name IS NULL", ["c1", "c2"]),
        ("list_contains(place_names, 'Talas')", ["c1"]),
        ("low > 99", []),
    ],
)
def test_a_filter_names_the_rows(snapshot: Snapshot, where: str, ids: list[str]) -> None:
    assert [row["claim_id"] for row in rows_of(exported(snapshot, "claims", where=where))] == ids


@pytest.mark.parametrize(
    "where",
    [
        "",
        "low >",
        "deaths > 3",
        "low = 'many'",
        "low > 1; DROP VIEW claims",
        "low > 1) UNION SELECT (1",
        "low > 1 LIMIT 1",
        "victim_names IS NOT NULL",
        "quote = (SELECT content FROM read_text('/etc/hostname'))",
        "quote IN (SELECT text FROM reports)",
        "quote = getenv('HOME')",
    ],
)
def test_a_filter_that_is_wrong_or_wants_more_is_one_clear_line(snapshot: Snapshot, where: str) -> None:
    with pytest.raises(UsageError) as caught:
        exported(snapshot, "claims", where=where)
    assert "--where" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_filter_cannot_name_another_file_of_the_store(snapshot: Snapshot) -> None:
    (other,) = snapshot.files("reports")
    with pytest.raises(UsageError, match="Cannot access file"):
        exported(snapshot, "claims", where=f"quote IN (SELECT text FROM read_parquet('{other}'))")  # noqa: S608 - the point


def test_an_unknown_format_and_table_are_refused(snapshot: Snapshot) -> None:
    with pytest.raises(UsageError, match="the formats are csv, parquet, jsonl"):
        exported(snapshot, "claims", "docx")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no table named"):
        exported(snapshot, "deaths")
