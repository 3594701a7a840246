"""How one value is written in a CSV cell or a JSON line; needs nothing but the standard library.

Spreadsheets run a cell that starts like a formula. Words of a report may start so, and a report may be written to do
harm, so such words get an apostrophe in front; numbers are left numbers.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

LIST_SEPARATOR = "; "
"""Between the items of a list in one CSV cell."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """``value`` as a CSV cell: null is empty, times are ISO 8601 in UTC, lists are joined by ``"; "``."""
    match value:
        case None:
            return ""
        case str():
            return "'" + value if value.startswith(_FORMULA_STARTS) else value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case dt.datetime():
            return timestamp(value)
        case dt.date():
            return value.isoformat()
        case list() | tuple():
            return cell(LIST_SEPARATOR.join(str(item) for item in value))
        case _:
            raise TypeError(f"no cell is written for a {type(value).__name__}")


def timestamp(moment: dt.datetime) -> str:
    """``moment`` in UTC as ``2010-04-07T12:00:00Z``."""
    return moment.astimezone(dt.UTC).isoformat().removesuffix("+00:00") + "Z"


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """``rows`` as lines of CSV (RFC 4180 quoting, a line feed at each end)."""
    line = io.StringIO()
    # A carriage return within a cell is quoted only where the writer's own line end holds one.
    writer = csv.writer(line, lineterminator="\r\n")
    lines = []
    for row in rows:
        writer.writerow([cell(value) for value in row])
        lines.append(line.getvalue().removesuffix("\r\n") + "\n")
        line.seek(0)
        line.truncate()
    return "".join(lines)


def json_line(row: Mapping[str, object]) -> str:
    """``row`` as one line of JSON; days and times are ISO 8601, lists are lists."""
    return json.dumps(row, ensure_ascii=False, default=_json_value) + "\n"


def json_lines(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Each of ``rows`` as one line of JSON."""
    return map(json_line, rows)


def _json_value(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return timestamp(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"no JSON is written for a {type(value).__name__}")
