"""An Excel workbook: the rows, the codebook of their columns, and which data they are.

Every text is written as text, never as a formula or a link, and marked as typed with an apostrophe, so that opening,
editing and saving the cell leaves it text. Numbers stay numbers, days and times are Excel's own in UTC; those before
1900, which Excel does not know, are text. A sheet that is full is continued on the next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import IO, Any

import pyarrow as pa
import xlsxwriter

from etl.tables.cells import LIST_SEPARATOR
from etl.tables.exports.edition import TITLE, Edition
from etl.tables.schema import codebook

MOST_ROWS = 1_048_576
"""Rows Excel holds in a sheet, the header among them."""
LONGEST_TEXT = 32_767
"""Characters Excel holds in a cell."""
_CUT = " … [cut here: Excel holds no more in a cell]"
_WIDE = 44
"""Width, in characters, of a column of sentences."""
_SENTENCES = frozenset({"label", "quote", "text", "title", "status_reason", "review_note", "reason"})
_FIRST_DAY = dt.date(1900, 3, 1)
"""Excel counts a 29 February 1900 that was none."""


def write(table: str, rows: pa.RecordBatchReader, out: IO[bytes], edition: Edition) -> None:
    """Write ``rows`` of ``table`` as a workbook; only a row at a time is in memory."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": TITLE, "comments": edition.citation, "created": edition.published})
        put = _writer(book)
        bold = book.add_format({"bold": True, "bottom": 1})
        _rows(book, table, rows, put, bold)
        _sheet(
            book,
            "Codebook",
            [["column", "type", "unit", "meaning"]]
            + [[row["column"], row["type"], row["unit"], row["meaning"]] for row in codebook(table)],
            put,
            bold,
            widths=(24, 10, 12, 90),
        )
        about = [["about", "this workbook"], *([name, _told(value)] for name, value in edition.as_values().items())]
        _sheet(book, "About", about, put, bold, widths=(20, 90))


def _told(value: object) -> str:
    """A value of the edition for a person to read: the tables' versions as ``claims 3, incidents 2``."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {version}" for name, version in value.items())
    return "not said" if value is None else str(value)


Put = Callable[[Any, int, int, object], None]


def _writer(book: xlsxwriter.Workbook) -> Put:
    text = book.add_format({"quote_prefix": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": 'yyyy-mm-dd hh:mm" UTC"'})

    def put(sheet: Any, row: int, column: int, value: object) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value)
        elif isinstance(value, dt.datetime) and value.date() >= _FIRST_DAY:
            sheet.write_datetime(row, column, value.astimezone(dt.UTC), moment)
        elif isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, day)
        else:
            sheet.write_string(row, column, _words(value), text)

    return put


def _words(value: object) -> str:
    if isinstance(value, (dt.date, dt.datetime)):
        words = value.isoformat()
    elif isinstance(value, (list, tuple)):
        words = LIST_SEPARATOR.join(str(item) for item in value)
    else:
        words = str(value)
    return words if len(words) <= LONGEST_TEXT else words[: LONGEST_TEXT - len(_CUT)] + _CUT


def _rows(book: xlsxwriter.Workbook, table: str, rows: pa.RecordBatchReader, put: Put, bold: Any) -> None:
    names = rows.schema.names
    number = 0

    def begun() -> Any:
        sheet = book.add_worksheet(table if number == 1 else f"{table} {number}")
        sheet.freeze_panes(1, 1)
        for column, name in enumerate(names):
            sheet.set_column(column, column, _WIDE if name in _SENTENCES else min(max(len(name) + 2, 12), _WIDE))
            sheet.write_string(0, column, name, bold)
        return sheet

    sheet, line = None, MOST_ROWS
    for batch in rows:
        for row in batch.to_pylist():
            if line == MOST_ROWS:
                number += 1
                sheet, line = begun(), 1
            for column, name in enumerate(names):
                put(sheet, line, column, row[name])
            line += 1
    if sheet is None:
        number = 1
        begun()


def _sheet(
    book: xlsxwriter.Workbook, name: str, lines: list[list[str]], put: Put, bold: Any, *, widths: tuple[int, ...]
) -> None:
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            if number == 0:
                sheet.write_string(number, column, value, bold)
            else:
                put(sheet, number, column, value)
