"""Exports in UCDP GED's and ACLED's columns: their rules, told apart from ours."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import UsageError
from etl.extraction.lexicons import mapping
from etl.tables.exports import Written, acled, codebooks, export, ged
from etl.tables.formats import Format
from etl.tables.store import Store
from tests.tables.rows import a_claim, a_report, a_run, an_incident

DAY = dt.date(2010, 4, 7)
USUAL: dict[str, Any] = {
    "cause": "armed clash",
    "date_start": DAY,
    "date_end": DAY,
    "date_precision": 1,
    "place_name": "Osh",
    "place_precision": 1,
    "adm1_name": "Osh",
    "country_code": "KG",
    "country_name": "Kyrgyzstan",
    "latitude": 40.53,
    "longitude": 72.8,
    "killed_low": 4,
    "killed_best": 5,
    "killed_high": 7,
    "n_sources": 2,
}


def exported(
    folder: Path, form: Format, incident: dict[str, Any], claims: tuple[dict[str, Any], ...] = ()
) -> tuple[list[dict[str, str]], Written]:
    """The rows of one incident, which rests on ``claims``, as a reader of the file meets them."""
    store = Store(folder)
    store.append("reports", [a_report(publisher="North Wire", published=dt.datetime(2010, 4, 8, tzinfo=dt.UTC))])
    rows = [a_claim(f"c{number}", incident_id="i1", **told) for number, told in enumerate(claims)]
    store.append("claims", rows)
    store.append("incidents", [an_incident(**USUAL | incident)])
    out = io.BytesIO()
    written = export(store.publish(a_run(extractor_version="7")), "incidents", out, form=form)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8")))), written


def the_row(folder: Path, form: Format, incident: dict[str, Any], *claims: dict[str, Any]) -> dict[str, str]:
    (row,), written = exported(folder, form, incident, claims)
    assert (written.rows, dict(written.left_out)) == (1, {})
    return row


def left_out(folder: Path, form: Format, **incident: Any) -> str:
    rows, written = exported(folder, form, incident)
    assert rows == []
    ((rule, count),) = written.left_out.items()
    assert (written.rows, count) == (0, 1)
    return rule


# UCDP GED


def test_an_event_in_ged_columns(tmp_path: Path) -> None:
    row = the_row(tmp_path, "ged", {}, {"attribution": "the ministry", "place_text": "the town of Osh", "best": 5})
    assert list(row) == [*ged.COLUMNS, "data_version"]
    wanted = {
        "id": "i1", "year": "2010", "low": "4", "best": "5", "high": "7", "deaths_unknown": "5",
        "deaths_civilians": "0",
        "date_prec": "1", "where_prec": "1", "date_start": "2010-04-07", "country": "Kyrgyzstan", "country_id": "703",
        "region": "Asia", "number_of_sources": "2", "geom_wkt": "POINT (72.8 40.53)", "event_clarity": "1",
        "source_office": "North Wire", "source_date": "2010-04-08", "source_original": "the ministry",
        "where_coordinates": "Osh", "where_description": "the town of Osh", "type_of_violence": "",
        "data_version": "run run-1, extraction 7",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted


def test_ged_knows_no_open_bound(tmp_path: Path) -> None:
    row = the_row(tmp_path, "ged", {"killed_low": None, "killed_high": None})
    assert (row["low"], row["best"], row["high"]) == ("5", "5", "5")


def test_ged_counts_civilians_where_the_figure_is_of_civilians(tmp_path: Path) -> None:
    row = the_row(tmp_path, "ged", {}, {"best": 5, "victim_category": "civilian"})
    deaths = [int(row[f"deaths_{side}"]) for side in ("a", "b", "civilians", "unknown")]
    assert deaths == [0, 0, 5, 0]
    assert sum(deaths) == int(row["best"])


def test_ged_calls_a_summary_of_a_month_unclear(tmp_path: Path) -> None:
    row = the_row(tmp_path, "ged", {"date_end": dt.date(2010, 4, 30), "date_precision": 4})
    assert row["event_clarity"] == "2"


@pytest.mark.parametrize(
    ("incident", "rule"),
    [
        ({"killed_low": 0, "killed_best": 0, "killed_high": 0}, "no death"),
        ({"killed_low": None, "killed_best": None, "killed_high": None}, "no death"),
        ({"cause": "earthquake"}, "organised violence"),
        ({"cause": None}, "organised violence"),
        ({"date_start": None, "date_end": None, "date_precision": None}, "day is not known"),
        ({"date_end": dt.date(2012, 1, 1), "date_precision": 5}, "longer than a year"),
    ],
)
def test_ged_leaves_out_what_is_no_event_there(tmp_path: Path, incident: dict[str, Any], rule: str) -> None:
    assert rule in left_out(tmp_path, "ged", **incident)


def test_priogrid_cells_are_numbered_from_the_south_west() -> None:
    assert ged.priogrid(-90, -180) == 1
    assert ged.priogrid(-89.9, -179.4) == 2
    assert ged.priogrid(-89.4, -180) == 721
    assert ged.priogrid(90, 180) == 259_200
    # Kabul's cell, as events there carry it.
    assert ged.priogrid(34.531094, 69.162796) == 179_779


# ACLED


def test_an_event_in_acled_columns(tmp_path: Path) -> None:
    row = the_row(tmp_path, "acled", {}, {"best": 5})
    assert list(row) == [*acled.COLUMNS, "data_version"]
    wanted = {
        "event_id_cnty": "KGZi1", "event_date": "2010-04-07", "year": "2010", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash", "iso": "417",
        "region": "Caucasus and Central Asia", "country": "Kyrgyzstan", "location": "Osh", "geo_precision": "1",
        "source": "North Wire", "fatalities": "4", "actor1": "", "data_version": "run run-1, extraction 7",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    assert "A mine blast killed four people." in row["notes"]


@pytest.mark.parametrize(
    ("words", "low", "fatalities"),
    [
        ("several", 3, "3"),
        ("dozens", 24, "12"),
        ("hundreds of people", 200, "100"),
        ("tens of thousands", 20000, "10000"),
    ],
)
def test_a_vague_number_is_acleds(tmp_path: Path, words: str, low: int, fatalities: str) -> None:
    claim = {"quantity": words, "comparator": "vague", "low": low, "best": low, "high": None}
    row = the_row(tmp_path, "acled", {"killed_low": low, "killed_best": low, "killed_high": None}, claim)
    assert row["fatalities"] == fatalities


def test_every_vague_word_of_our_lexicon_has_a_number_in_acleds() -> None:
    assert [word for word in mapping("vague_quantities.csv", "low") if codebooks.vague_fatalities(word) is None] == []


def test_an_unsaid_number_is_nought_in_acled_only(tmp_path: Path) -> None:
    row = the_row(tmp_path, "acled", {"killed_low": None, "killed_best": None, "killed_high": None})
    assert row["fatalities"] == "0"


@pytest.mark.parametrize(
    ("end", "precision", "day", "code"),
    [
        (DAY, 1, "2010-04-07", "1"),
        (dt.date(2010, 4, 9), 2, "2010-04-08", "2"),
        (dt.date(2010, 4, 13), 3, "2010-04-10", "2"),
        (dt.date(2010, 4, 29), 4, "2010-04-18", "3"),
    ],
)
def test_acled_dates_a_span_by_its_middle(tmp_path: Path, end: dt.date, precision: int, day: str, code: str) -> None:
    row = the_row(tmp_path, "acled", {"date_end": end, "date_precision": precision})
    assert (row["event_date"], row["time_precision"]) == (day, code)


@pytest.mark.parametrize(("precision", "code"), [(1, "1"), (2, "2"), (3, "2"), (4, "3"), (5, "3"), (7, "3")])
def test_acled_has_three_codes_of_place(tmp_path: Path, precision: int, code: str) -> None:
    assert the_row(tmp_path, "acled", {"place_precision": precision})["geo_precision"] == code


@pytest.mark.parametrize(
    ("incident", "rule"),
    [
        ({"cause": "flood"}, "neither political violence"),
        ({"cause": None}, "cause is not known"),
        ({"date_precision": 5}, "month is not known"),
        ({"place_precision": 6}, "finer than its country"),
    ],
)
def test_acled_leaves_out_what_is_no_event_there(tmp_path: Path, incident: dict[str, Any], rule: str) -> None:
    assert rule in left_out(tmp_path, "acled", **incident)


def test_every_cause_of_the_codebooks_is_one_of_the_lexicon() -> None:
    causes = set(mapping("causes.csv", "cause").values())
    assert set(codebooks._causes()) <= causes


@given(st.text())
def test_any_words_of_a_number_are_read(words: str) -> None:
    number = codebooks.vague_fatalities(words)
    assert number is None or number > 0


@pytest.mark.parametrize("form", ["ged", "acled"])
@pytest.mark.parametrize(
    ("broader", "rows"),
    [
        ({}, ["i0"]),
        ({"killed_low": None, "killed_best": None, "killed_high": None}, ["i1"]),
        ({"cause": "earthquake"}, ["i1"]),
    ],
    ids=["counts the dead", "counts nobody", "is no event there"],
)
def test_a_part_is_left_out_only_where_the_broader_one_counts_its_dead(
    tmp_path: Path, form: Format, broader: dict[str, Any], rows: list[str]
) -> None:
    store = Store(tmp_path)
    parts = [an_incident(**USUAL | {"parent_incident_id": "i0"}), an_incident("i0", **USUAL | broader)]
    store.append("incidents", parts)
    out = io.BytesIO()
    export(store.publish(a_run()), "incidents", out, form=form)
    told = csv.DictReader(io.StringIO(out.getvalue().decode("utf-8")))
    counted = [row for row in told if row.get("best") or row.get("fatalities") not in (None, "0")]
    assert [(row.get("id") or row["event_id_cnty"])[-2:] for row in counted] == rows


def test_only_incidents_have_other_codebooks_columns(tmp_path: Path) -> None:
    store = Store(tmp_path)
    snapshot = store.publish(a_run())
    with pytest.raises(UsageError, match="claims cannot be written as ged"):
        export(snapshot, "claims", io.BytesIO(), form="ged")


def test_what_a_report_only_recalls_is_no_word_on_the_incident(tmp_path: Path) -> None:
    unsaid = dict.fromkeys(("killed_low", "killed_best", "killed_high"))
    news = {"measure": "injured", "quote": "Five were hurt.", "figure_start": 0}
    recalled = {"quote": "Two had died in May.", "figure_start": 50, "scope": "background"}
    row = the_row(tmp_path, "acled", unsaid, news, recalled)
    assert row["notes"].endswith("Five were hurt.")
