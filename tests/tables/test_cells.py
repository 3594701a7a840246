from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.tables import cells


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("Osh", "Osh"),
        ("=1+1", "'=1+1"),
        ("+996 312", "'+996 312"),
        ("-5 dead", "'-5 dead"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (-41, "-41"),
        (-41.25, "-41.25"),
        (("Osh", "Talas"), "Osh; Talas"),
        (("=cmd", "x"), "'=cmd; x"),
        ((), ""),
        (True, "true"),
        (dt.date(2010, 4, 7), "2010-04-07"),
        (dt.datetime(2010, 4, 7, 6, tzinfo=dt.timezone(dt.timedelta(hours=6))), "2010-04-07T00:00:00Z"),
    ],
)
def test_a_cell_is_written_so_that_no_spreadsheet_runs_it(value: object, written: str) -> None:
    assert cells.cell(value) == written


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=4), max_size=4))
def test_csv_reads_back_with_formulas_disarmed(rows: list[list[str]]) -> None:
    back = list(csv.reader(io.StringIO(cells.csv_text(rows), newline="")))
    assert back == [[cells.cell(value) for value in row] for row in rows]
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for row in back for value in row)


def test_json_lines_keep_lists_and_write_days_as_words() -> None:
    line = cells.json_line({"names": ["Ö"], "day": dt.date(2010, 4, 7), "low": None})
    assert line.endswith("\n")
    assert "Ö" in line
    assert json.loads(line) == {"names": ["Ö"], "day": "2010-04-07", "low": None}


def test_a_value_of_no_known_kind_is_refused() -> None:
    with pytest.raises(TypeError):
        cells.cell(object())
    with pytest.raises(TypeError):
        cells.json_line({"a": object()})
