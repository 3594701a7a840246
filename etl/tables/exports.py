"""A table of a snapshot as CSV, Parquet or JSON lines, whole or the rows a filter names, streamed.

The filter is an SQL expression over the table's columns. DuckDB evaluates it over the snapshot's files with everything
else shut: no other file, no network, no change of settings, and no private column unless those are shown.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Iterator
from typing import IO, Literal, get_args

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import UsageError
from etl.tables import cells
from etl.tables.declared import shown_columns
from etl.tables.schema import arrow_schema
from etl.tables.snapshot import Tables

Format = Literal["csv", "parquet", "jsonl"]
FORMATS: tuple[Format, ...] = get_args(Format)

_ROWS_AT_ONCE = 2_000
# Rows come in an order a reader can follow, and the same one each time.
_ORDER: dict[str, str] = {
    "reports": "published, report_id",
    "claims": "report_id, figure_start, claim_id",
    "incidents": "date_start, incident_id",
    "tolls": "incident_id, measure, as_of, report_id, low, best, high",
    "reviews": "reviewed_at, review_id",
    "runs": "finished_at, run_id",
}


def export(
    tables: Tables,
    table: str,
    out: IO[bytes],
    *,
    form: Format = "csv",
    where: str | None = None,
    private: bool = False,
) -> int:
    """Write the rows of ``table`` for which ``where`` is true to ``out``; gives how many those were.

    ``where`` is an SQL expression such as ``country_code = 'KG' AND killed_best >= 10``. :class:`UsageError` for one
    that cannot be understood or asks for more than the table's columns, for an unknown table and an unknown format.
    """
    if form not in FORMATS:
        raise UsageError(f"no format named {form!r}", remedy=f"the formats are {', '.join(FORMATS)}")
    shown = shown_columns(table, private=private)
    with _shut_in(tables, table, shown) as connection:
        try:
            rows = _rows(connection, table, where)
            return _write(table, rows, out, form)
        except duckdb.Error as error:
            if where is None:
                raise
            raise UsageError(
                f"--where {where!r} does not work: {_first_line(error)}",
                remedy=f"the columns are {', '.join(shown)}",
            ) from error


@contextlib.contextmanager
def _shut_in(tables: Tables, table: str, shown: Iterable[str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sees ``table`` with the columns ``shown``, and can reach nothing else."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET allowed_paths = $paths", {"paths": tables.files(table)})
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        tables.views(connection, [table], hidden=set(arrow_schema(table).names) - set(shown))
        yield connection


def _rows(connection: duckdb.DuckDBPyConnection, table: str, where: str | None) -> pa.RecordBatchReader:
    rows = connection.table(table)
    if where is not None:
        # A relation's filter takes one expression and nothing that ends it and begins another statement.
        rows = rows.filter(where)
    return rows.order(_ORDER[table]).to_arrow_reader(_ROWS_AT_ONCE)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def _write(table: str, rows: pa.RecordBatchReader, out: IO[bytes], form: Format) -> int:
    if form == "parquet":
        return _write_parquet(table, rows, out)
    written = 0

    def counted() -> Iterator[pa.RecordBatch]:
        nonlocal written
        for batch in rows:
            written += batch.num_rows
            yield batch

    reader = pa.RecordBatchReader.from_batches(rows.schema, counted())
    for chunk in csv_lines(table, reader) if form == "csv" else json_lines(reader):
        out.write(chunk.encode("utf-8"))
    return written


def _write_parquet(table: str, rows: pa.RecordBatchReader, out: IO[bytes]) -> int:
    described = {each.name: each for each in arrow_schema(table)}
    schema = pa.schema([described[name].with_nullable(True) for name in rows.schema.names])
    written = 0
    with pq.ParquetWriter(pa.PythonFile(out, mode="w"), schema) as writer:
        for batch in rows:
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))
            written += batch.num_rows
    return written


def csv_lines(table: str, batches: pa.RecordBatchReader) -> Iterator[str]:
    """The rows of ``batches`` as CSV text, the header first; each piece is whole lines.

    The header holds the columns of ``batches`` in the order of ``table``'s schema, so it is the same however the rows
    were chosen. Words that a spreadsheet would take for a formula get an apostrophe in front.
    """
    names = [name for name in arrow_schema(table).names if name in batches.schema.names]
    yield cells.csv_text([names])
    for batch in batches:
        for start in range(0, batch.num_rows, _ROWS_AT_ONCE):
            part = batch.slice(start, _ROWS_AT_ONCE)
            yield cells.csv_text(zip(*(part.column(name).to_pylist() for name in names), strict=True))


def json_lines(batches: pa.RecordBatchReader) -> Iterator[str]:
    """The rows of ``batches`` as lines of JSON; each piece is whole lines."""
    for batch in batches:
        lines = io.StringIO()
        lines.writelines(cells.json_lines(batch.to_pylist()))
        yield lines.getvalue()
