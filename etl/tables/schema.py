"""Every table's Arrow schema, codebook and data package, all made from the dataclasses of ``etl.records``.

Nothing about a column is written here: its name, type, unit, meaning and equivalents come from the dataclass, so the
store, the downloads, the README and the dashboard cannot disagree. Rows are checked on the way in: a value of the wrong
type, a word outside its list or a missing required value raises :class:`~etl.errors.SchemaError` with table, column
and row.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import MISSING
from typing import Any

import pyarrow as pa

from etl.errors import SchemaError
from etl.records import TABLES
from etl.tables.cells import LIST_SEPARATOR
from etl.tables.declared import KEYS, ColumnType, columns, row_type

__all__ = [
    "KEYS",
    "arrow_schema",
    "codebook",
    "columns",
    "datapackage",
    "datapackage_text",
    "from_arrow",
    "stored_schema",
    "to_arrow",
]

_ARROW: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    bytes: pa.binary(),
    dt.date: pa.date32(),
    dt.datetime: pa.timestamp("us", tz="UTC"),
    tuple: pa.list_(pa.string()),
}
# Table Schema (https://datapackage.org/standard/table-schema/) names for the same types.
_FRICTIONLESS: dict[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    dt.date: "date",
    dt.datetime: "datetime",
    tuple: "list",
}
# What a unit allows; a count of people below nought or a latitude of 91 is a fault of the program, not of a report.
_RANGES: dict[str, tuple[float, float]] = {
    "people": (0, math.inf),
    "reports": (0, math.inf),
    "claims": (0, math.inf),
    "incidents": (0, math.inf),
    "publishers": (0, math.inf),
    "characters": (0, math.inf),
    "line": (0, math.inf),
    "0-1": (0, 1),
    "code 1-5": (1, 5),
    "code 1-7": (1, 7),
}
_INT64 = (-(2**63), 2**63 - 1)


@functools.cache
def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of ``table``; required columns are not nullable, and each field carries unit and meaning."""
    return pa.schema(
        [
            pa.field(
                column.name,
                _ARROW[column.kind],
                nullable=column.nullable,
                metadata={"unit": column.about.unit, "comment": column.about.meaning},
            )
            for column in columns(table)
        ]
    )


@functools.cache
def stored_schema(table: str) -> pa.Schema:
    """The schema as the store keeps it: only the key columns are required.

    A required column added later would otherwise make every older store unreadable; :func:`to_arrow` is what refuses
    a missing value, and :func:`from_arrow` fills the declared default into rows written before the column was.
    Key columns that may be null (``tolls.as_of``) stay nullable.
    """
    return pa.schema(
        [
            pa.field(each.name, each.type, nullable=each.nullable or each.name not in KEYS[table])
            for each in arrow_schema(table)
        ]
    )


def to_arrow(table: str, rows: Iterable[object]) -> pa.Table:
    """``rows`` (dataclasses of that table) as one Arrow table, each value checked.

    :class:`SchemaError` names the table, the row (counted from 1) and the column of the first value that does not fit.
    """
    kept = rows if isinstance(rows, Sequence) else list(rows)
    expected = row_type(table)
    for number, row in enumerate(kept, 1):
        if type(row) is not expected:
            raise SchemaError(f"expected a {expected.__name__}, got {type(row).__name__}", where=table, row=number)
    arrays = []
    for column in columns(table):
        values = [getattr(row, column.name) for row in kept]
        _check(table, column, values)
        arrays.append(pa.array(values, type=_ARROW[column.kind]))
    return pa.Table.from_arrays(arrays, schema=stored_schema(table))


def from_arrow(table: str, rows: pa.Table | pa.RecordBatch) -> Iterator[Any]:
    """The dataclasses of ``table`` that an Arrow table or batch holds; columns it lacks take their declared default."""
    make = row_type(table)
    declared = columns(table)
    read = []
    for column in declared:
        held = column.name in rows.schema.names
        found = _values(column, rows.column(column.name)) if held else [None] * rows.num_rows
        read.append([_restored(column, value) for value in found])
    names = [column.name for column in declared]
    for values in zip(*read, strict=True):
        yield make(**dict(zip(names, values, strict=True)))


def _values(column: ColumnType, held: pa.Array | pa.ChunkedArray) -> list[Any]:
    """A column as Python values; words that repeat (a country, a cause) are one string, which saves much memory."""
    if column.kind is not str or not column.nullable:
        return list(held.to_pylist())
    whole = held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held
    encoded = whole.dictionary_encode(null_encoding="encode")
    words = encoded.dictionary.to_pylist()
    return [words[place] for place in encoded.indices.to_pylist()]


def _restored(column: ColumnType, value: Any) -> Any:
    if value is None and not column.nullable and column.default is not MISSING:
        return column.default
    return tuple(map(sys.intern, value)) if column.kind is tuple and value is not None else value


def _check(table: str, column: ColumnType, values: Sequence[Any]) -> None:
    """Raise for the first value that does not fit; the usual case is settled by the set of types alone."""
    allowed = {column.kind, type(None)} if column.nullable else {column.kind}
    if column.kind is float:
        allowed.add(int)
    refused = set(map(type, values)) - allowed
    if refused:
        row = next(number for number, value in enumerate(values, 1) if type(value) in refused)
        got = "nothing" if values[row - 1] is None else type(values[row - 1]).__name__
        raise SchemaError(f"column {column.name}: expected {column.kind.__name__}, got {got}", where=table, row=row)
    fault = _fault_finder(column)
    for row, value in enumerate(values, 1):
        if value is not None and (problem := fault(value)):
            raise SchemaError(f"column {column.name}: {problem}", where=table, row=row)


def _fault_finder(column: ColumnType) -> Callable[[Any], str]:
    """The check of one value of the right type; gives what is wrong with it, or an empty string."""
    if column.words:
        words = frozenset(column.words)
        return lambda value: "" if value in words else f"{value!r} is none of {', '.join(column.words)}"
    if column.kind is str:
        return _text_fault
    if column.kind is tuple:
        return _list_fault
    if column.kind is dt.datetime:
        return lambda value: "" if value.tzinfo is not None else "the time has no time zone"
    if column.kind in {int, float}:
        return functools.partial(_number_fault, *_bounds(column))
    return lambda _: ""


def _text_fault(value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"half a character (a lone surrogate) at position {error.start}"
    return ""


def _list_fault(value: tuple[Any, ...]) -> str:
    for item in value:
        if type(item) is not str:
            return f"expected words in the list, got {type(item).__name__}"
        if problem := _text_fault(item):
            return problem
    return ""


def _bounds(column: ColumnType) -> tuple[float, float]:
    if column.about.unit == "degrees":
        return (-90, 90) if column.name == "latitude" else (-180, 180)
    return _RANGES.get(column.about.unit, _INT64 if column.kind is int else (-math.inf, math.inf))


def _number_fault(least: float, most: float, value: float) -> str:
    if math.isnan(value) or not least <= value <= most:
        return f"{value} is not between {least} and {most}"
    if type(value) is int and not _INT64[0] <= value <= _INT64[1]:
        return f"{value} does not fit 64 bits"
    return ""


def codebook(table: str) -> list[dict[str, Any]]:
    """One dict a column: ``column, type, unit, meaning, required, key, values, ged, acled, emdat, hxl, private``.

    ``type`` is the Table Schema name (string, integer, number, date, datetime, list); ``values`` the words allowed,
    empty where any are. :class:`UsageError` where there is no such table.
    """
    return [
        {
            "column": column.name,
            "type": _FRICTIONLESS[column.kind],
            "unit": column.about.unit,
            "meaning": column.about.meaning,
            "required": column.required,
            "key": column.name in KEYS[table],
            "values": list(column.words),
            "ged": column.about.ged,
            "acled": column.about.acled,
            "emdat": column.about.emdat,
            "hxl": column.about.hxl,
            "private": column.about.private,
        }
        for column in columns(table)
    ]


def _field(row: dict[str, Any], column: ColumnType) -> dict[str, Any]:
    described: dict[str, Any] = {"name": row["column"], "type": row["type"], "description": row["meaning"]}
    if column.kind is tuple:
        described |= {"delimiter": LIST_SEPARATOR, "itemType": "string"}
    if row["unit"]:
        described["unit"] = row["unit"]
    constraints: dict[str, Any] = {}
    # An empty list is an empty cell, so "required" would call it missing.
    if row["required"] and column.kind is not tuple and column.default is MISSING:
        constraints["required"] = True
    if row["values"]:
        constraints["enum"] = row["values"]
    if column.kind in {int, float}:
        least, most = _bounds(column)
        if least > _INT64[0] and math.isfinite(least):
            constraints["minimum"] = least
        if most < _INT64[1] and math.isfinite(most):
            constraints["maximum"] = most
    if constraints:
        described["constraints"] = constraints
    equivalents = {name: row[name] for name in ("ged", "acled", "emdat", "hxl") if row[name]}
    if equivalents:
        described["equivalents"] = equivalents
    if row["private"]:
        described["private"] = True
    return described


def _primary_key(table: str) -> dict[str, list[str]]:
    # Table Schema has no key with nulls in it, and a toll's moment or bounds may be unsaid.
    if any(column.nullable for column in columns(table) if column.name in KEYS[table]):
        return {}
    return {"primaryKey": list(KEYS[table])}


def datapackage() -> dict[str, Any]:
    """The Frictionless data package (version 2) of every table as ``python -m etl export`` writes it in CSV.

    ``unit``, ``equivalents`` and ``private`` are properties of ours beside the standard ones. The copy at the
    repository's root is written by ``python -m etl.tables.schema``.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "tollbook",
        "title": "People killed, injured, missing, displaced, detained and abducted, as news reports told it",
        "description": "Each table as `python -m etl export TABLE --format csv` writes it.",
        "resources": [
            {
                "name": table,
                "type": "table",
                "path": f"{table}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "description": " ".join((TABLES[table].__doc__ or "").split()),
                "schema": {
                    "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
                    # Private columns are left out of a download unless the operator turns them on.
                    "fieldsMatch": "superset",
                    **_primary_key(table),
                    "missingValues": [""],
                    "fields": [
                        _field(row, column) for row, column in zip(codebook(table), columns(table), strict=True)
                    ],
                },
            }
            for table in TABLES
        ],
    }


def datapackage_text() -> str:
    """The text of ``datapackage.json``."""
    return json.dumps(datapackage(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    from pathlib import Path

    Path("datapackage.json").write_text(datapackage_text(), encoding="utf-8")
