"""Rows as they are in the tables: CSV, JSON lines and Parquet, streamed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from etl.tables import cells
from etl.tables.exports.edition import Edition
from etl.tables.schema import arrow_schema

_ROWS_AT_ONCE = 2_000


def write_csv(table: str, rows: pa.RecordBatchReader, out: IO[bytes]) -> None:
    """The rows as CSV (UTF-8), see :func:`csv_lines`."""
    for chunk in csv_lines(table, rows):
        out.write(chunk.encode("utf-8"))


def write_jsonl(rows: pa.RecordBatchReader, out: IO[bytes]) -> None:
    """The rows as lines of JSON (UTF-8)."""
    for chunk in json_lines(rows):
        out.write(chunk.encode("utf-8"))


def write_parquet(table: str, rows: pa.RecordBatchReader, out: IO[bytes], edition: Edition) -> None:
    """The rows as one Parquet file, typed, each column with its unit and meaning; the file names its edition."""
    described = {each.name: each for each in arrow_schema(table)}
    about = {"tollbook." + name: str(value) for name, value in edition.as_values().items() if value is not None}
    schema = pa.schema([described[name].with_nullable(True) for name in rows.schema.names], metadata=about)
    with pq.ParquetWriter(pa.PythonFile(out, mode="w"), schema) as writer:
        for batch in rows:
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))


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
