"""Excel, GeoJSON, HXL and the data package, each read back by a program that knows the format."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from etl.errors import UsageError
from etl.records import TABLES
from etl.tables.exports import export, spreadsheet
from etl.tables.formats import Format
from etl.tables.snapshot import Snapshot
from etl.tables.store import Store
from tests.tables.rows import MOMENT, a_claim, a_report, a_run, a_step, an_incident

HOSTILE = '=HYPERLINK("http://example.org","x")'


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    store = Store(tmp_path_factory.mktemp("store"))
    reports = [a_report(title=HOSTILE, published=MOMENT), a_report("r2", text="x" * 40_000, title="Bell \x07 – Ö")]
    store.append("reports", reports)
    store.append("claims", [a_claim(place_names=("Osh", "Talas"), victim_names=("Ann",), country_code="KG")])
    store.append(
        "incidents",
        [
            an_incident(latitude=-1.5, longitude=36.25, date_start=dt.date(1898, 5, 6), country_code="KE"),
            an_incident("i2", label="-5 degrees", date_start=dt.date(2010, 4, 7), killed_best=None),
        ],
    )
    store.append("tolls", [a_step(), a_step(as_of=None, low=None)])
    return store.publish(a_run(extractor_version="7"))


def exported(snapshot: Snapshot, table: str, form: Format, *, private: bool = False) -> bytes:
    out = io.BytesIO()
    export(snapshot, table, out, form=form, private=private)
    return out.getvalue()


# Excel


def workbook(snapshot: Snapshot, table: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(exported(snapshot, table, "xlsx")))


def test_a_workbook_keeps_numbers_days_and_times(snapshot: Snapshot) -> None:
    book = workbook(snapshot, "incidents")
    head, *rows = book["incidents"].iter_rows(values_only=True)
    first, second = (dict(zip(head, row, strict=True)) for row in rows)
    assert (first["latitude"], first["killed_best"], first["cause"]) == (-1.5, 4, None)
    assert first["date_start"] == "1898-05-06"  # Excel has no day before 1900
    assert second["date_start"] == dt.datetime(2010, 4, 7)  # noqa: DTZ001 - Excel knows no zones
    assert second["killed_best"] is None
    reports = [row[2] for row in workbook(snapshot, "reports")["reports"].iter_rows(values_only=True)]
    assert "Bell \x07 – Ö" in [re.sub("_x0007_", "\x07", str(title)) for title in reports]


def test_no_cell_of_a_workbook_is_a_formula(snapshot: Snapshot) -> None:
    for table in TABLES:
        for sheet in workbook(snapshot, table):
            assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}
    titles = [cell for (cell,) in workbook(snapshot, "reports")["reports"].iter_rows(min_row=2, min_col=3, max_col=3)]
    (hostile,) = (cell for cell in titles if cell.value == HOSTILE)
    assert hostile.quotePrefix


def test_a_text_longer_than_a_cell_says_that_it_is_cut(snapshot: Snapshot) -> None:
    rows = workbook(snapshot, "reports")["reports"].iter_rows(min_row=2, values_only=True)
    longest = max(len(str(row[1])) for row in rows)
    assert longest == spreadsheet.LONGEST_TEXT


def test_a_full_sheet_is_continued_on_the_next(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 2)
    book = workbook(snapshot, "incidents")
    assert book.sheetnames == ["incidents", "incidents 2", "Codebook", "About"]
    assert [book[name].max_row for name in ("incidents", "incidents 2")] == [2, 2]


def test_a_workbook_says_what_its_columns_mean_and_which_data_they_are(snapshot: Snapshot) -> None:
    book = workbook(snapshot, "claims")
    assert "victim_names" not in [cell.value for cell in book["claims"][1]]
    meanings = {row[0]: row[3] for row in book["Codebook"].iter_rows(values_only=True)}
    assert "as printed" in str(meanings["quantity"])
    about = dict(book["About"].iter_rows(min_row=2, values_only=True))
    assert (about["run_id"], about["extractor_version"]) == ("run-1", "7")
    assert about["table_versions"].startswith("claims ")
    assert str(about["citation"]).startswith("Tollbook, run run-1, extraction 7")


# GeoJSON


def test_geojson_puts_longitude_first_and_keeps_what_has_no_place(snapshot: Snapshot) -> None:
    told = json.loads(exported(snapshot, "incidents", "geojson"))
    assert told["type"] == "FeatureCollection"
    assert told["edition"]["run_id"] == "run-1"
    placed, unplaced = told["features"]
    assert placed["geometry"] == {"type": "Point", "coordinates": [36.25, -1.5]}
    assert (placed["id"], placed["properties"]["killed_best"]) == ("i1", 4)
    assert unplaced["geometry"] is None
    assert "latitude" not in placed["properties"]


def test_geojson_of_no_rows_is_whole(tmp_path: Path) -> None:
    empty = Store(tmp_path).publish(a_run())
    assert json.loads(exported(empty, "incidents", "geojson"))["features"] == []


def test_a_table_without_places_has_no_geojson(snapshot: Snapshot) -> None:
    with pytest.raises(UsageError, match="tolls cannot be written as geojson"):
        exported(snapshot, "tolls", "geojson")


# HXL


@pytest.mark.parametrize("table", ["incidents", "claims", "reports"])
def test_hxl_has_a_row_of_tags_under_the_header(snapshot: Snapshot, table: str) -> None:
    header, tags, *rows = csv.reader(io.StringIO(exported(snapshot, table, "hxl").decode("utf-8")))
    assert len(tags) == len(header)
    # The grammar of a tagspec, HXL 1.1.
    assert all(re.fullmatch(r"#[A-Za-z][A-Za-z0-9_]*(\+[A-Za-z][A-Za-z0-9_]*)*", tag) for tag in tags if tag)
    assert tags[-1] == "#meta+version"
    assert {row[-1] for row in rows} == {"run run-1, extraction 7"}


def test_hxl_tags_are_those_of_the_schema(snapshot: Snapshot) -> None:
    header, tags, *_ = csv.reader(io.StringIO(exported(snapshot, "incidents", "hxl").decode("utf-8")))
    tag_of = dict(zip(header, tags, strict=True))
    assert (tag_of["killed_best"], tag_of["adm1_code"], tag_of["status"]) == ("#affected+killed+best", "#adm1+code", "")


# Data package


def test_the_package_is_valid_by_frictionless(snapshot: Snapshot, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(snapshot, "incidents", "package"))) as file:
        file.extractall(tmp_path)
    validate = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    answer = subprocess.run(validate, cwd=tmp_path, capture_output=True, text=True, check=False)
    report = json.loads(answer.stdout)
    errors = [error for task in report["tasks"] for error in task["errors"]] + report["errors"]
    assert errors == []
    assert report["valid"] is True
    assert {task["name"]: task["stats"].get("rows", 0) for task in report["tasks"]} == {
        "reports": 2, "claims": 1, "incidents": 2, "tolls": 2, "redirects": 0, "tellings": 0, "reviews": 0, "runs": 1
    }  # fmt: skip


def test_the_package_says_how_to_cite_it_and_hides_names(snapshot: Snapshot) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(snapshot, "incidents", "package"))) as file:
        assert set(file.namelist()) == {"datapackage.json", "CODEBOOK.md", "README.md", *(f"{t}.csv" for t in TABLES)}
        described = json.loads(file.read("datapackage.json"))
        assert "victim_names" not in file.read("datapackage.json").decode()
        assert "Ann" not in file.read("claims.csv").decode()
        assert "Cite as: Tollbook, run run-1, extraction 7" in file.read("README.md").decode()
        assert "- `killed_best` (integer, people): Most reliable figure" in file.read("CODEBOOK.md").decode()
    assert (described["version"], described["edition"]["extractor_version"]) == ("run-1", "7")
    private = exported(snapshot, "incidents", "package", private=True)
    with zipfile.ZipFile(io.BytesIO(private)) as file:
        assert "Ann" in file.read("claims.csv").decode()


def test_the_same_run_makes_the_same_package(snapshot: Snapshot) -> None:
    assert exported(snapshot, "incidents", "package") == exported(snapshot, "incidents", "package")


def test_a_package_takes_no_filter(snapshot: Snapshot) -> None:
    with pytest.raises(UsageError, match="holds the tables whole"):
        export(snapshot, "incidents", io.BytesIO(), form="package", where="killed_best > 1")
