from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import SchemaError, UsageError
from etl.records import TABLES, Claim, Report
from etl.tables import schema
from tests.tables.rows import MOMENT, a_claim, a_report, a_run, a_step, an_incident

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("table", TABLES)
def test_every_column_says_what_it_means(table: str) -> None:
    for row in schema.codebook(table):
        assert row["meaning"].endswith("."), row


def test_types_follow_the_declaration() -> None:
    claims = schema.arrow_schema("claims")
    assert claims.field("low").type == pa.int64()
    assert claims.field("low").nullable
    assert not claims.field("quote").nullable
    assert claims.field("victim_names").type == pa.list_(pa.string())
    assert claims.field("date_start").type == pa.date32()
    assert schema.arrow_schema("reports").field("published").type == pa.timestamp("us", tz="UTC")


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("reports", a_report(published=MOMENT, dateline_date=dt.date(2010, 4, 15))),
        ("claims", a_claim(victim_names=("Ann", "Bo"), low=None, date_start=dt.date(2010, 4, 7), latitude=-41.5)),
        ("incidents", an_incident(place_names=("Osh", "Talas"), first_reported=MOMENT)),
        ("tolls", a_step(as_of=None)),
        ("runs", a_run()),
    ],
)
def test_a_row_comes_back_as_it_went_in(table: str, row: object) -> None:
    assert list(schema.from_arrow(table, schema.to_arrow(table, [row]))) == [row]


_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


_FIRST, _LAST = dt.datetime.fromisoformat("1600-01-01"), dt.datetime.fromisoformat("9000-01-01")


@given(
    text=_words,
    title=st.none() | _words,
    published=st.none() | st.datetimes(_FIRST, _LAST, timezones=st.just(dt.UTC)),
    row=st.none() | st.integers(0, 2**63 - 1),
)
def test_any_report_comes_back_as_it_went_in(
    text: str, title: str | None, published: dt.datetime | None, row: int | None
) -> None:
    report = Report(report_id="r", text=text, title=title, published=published, source_row=row)
    assert list(schema.from_arrow("reports", schema.to_arrow("reports", [report]))) == [report]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (a_claim(quote=None), "column quote: expected str, got nothing"),
        (a_claim(measure="eaten"), "column measure: 'eaten' is none of killed"),
        (a_claim(low="4"), "column low: expected int, got str"),
        (a_claim(low=True), "column low: expected int, got bool"),
        (a_claim(low=-1), "column low: -1 is not between 0"),
        (a_claim(best=2**63), "column best: 9223372036854775808 does not fit 64 bits"),
        (a_claim(confidence=1.2), "column confidence: 1.2 is not between 0 and 1"),
        (a_claim(latitude=float("nan")), "column latitude: nan is not between"),
        (a_claim(longitude=181.0), "column longitude: 181.0 is not between"),
        (a_claim(date_start=MOMENT), "column date_start: expected date, got datetime"),
        (a_claim(quote="half \ud800"), "column quote: half a character"),
        (a_claim(victim_names=("Ann", 3)), "column victim_names: expected words in the list, got int"),
        (a_claim(victim_names=["Ann"]), "column victim_names: expected tuple, got list"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_table_column_and_row(row: Claim, said: str) -> None:
    with pytest.raises(SchemaError) as caught:
        schema.to_arrow("claims", [a_claim(), row])
    assert caught.value.where == "claims"
    assert caught.value.row == 2
    assert caught.value.problem.startswith(said)


def test_a_time_without_zone_and_a_row_of_another_table_are_refused() -> None:
    with pytest.raises(SchemaError, match="reports:1: column published: the time has no time zone"):
        schema.to_arrow("reports", [a_report(published=dt.datetime(2010, 4, 15))])  # noqa: DTZ001 - the point
    with pytest.raises(SchemaError, match="reports:1: expected a Report, got Claim"):
        schema.to_arrow("reports", [a_claim()])


def test_rows_written_before_a_column_was_declared_take_its_default() -> None:
    old = schema.to_arrow("incidents", [an_incident()]).drop_columns(["status", "n_reports", "cause"])
    (row,) = schema.from_arrow("incidents", old)
    assert (row.status, row.n_reports, row.cause) == ("developing", 0, None)


def test_an_unknown_table_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="no table named 'deaths'; the tables are reports, claims"):
        schema.columns("deaths")


def test_the_data_package_at_the_root_is_current() -> None:
    assert (ROOT / "datapackage.json").read_text(encoding="utf-8") == schema.datapackage_text()


def test_the_data_package_describes_every_column_of_every_table() -> None:
    package: dict[str, Any] = json.loads(schema.datapackage_text())
    described = {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]] for resource in package["resources"]
    }
    assert described == {table: schema.arrow_schema(table).names for table in TABLES}
    fields = {field["name"]: field for field in package["resources"][1]["schema"]["fields"]}
    assert fields["victim_names"]["private"] is True
    assert fields["victim_names"]["type"] == "list"
    assert fields["measure"]["constraints"]["enum"][0] == "killed"
    assert fields["low"]["unit"] == "people"
    assert fields["date_start"]["equivalents"]["ged"] == "date_start"
