"""The rows of a table that a filter names, read where nothing else can be reached.

The filter is an SQL expression over the table's columns. DuckDB evaluates it over the snapshot's files with everything
else shut: no other file, no network, no change of settings, and no private column unless those are shown.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import duckdb
import pyarrow as pa

from etl.errors import UsageError
from etl.tables.declared import shown_columns
from etl.tables.schema import arrow_schema
from etl.tables.snapshot import Tables

EVERY_VERSION = "all"
"""Asks for the claims of every version of the extraction."""
_ROWS_AT_ONCE = 2_000
# Rows come in an order a reader can follow, and the same one each time.
_ORDER: dict[str, str] = {
    "reports": "published, report_id",
    "claims": "report_id, figure_start, claim_id",
    "incidents": "date_start, incident_id",
    "tolls": "incident_id, measure, as_of, report_id, low, best, high",
    "redirects": "incident_id",
    "tellings": "report_id, event, telling_id",
    "reviews": "reviewed_at, review_id",
    "runs": "finished_at, run_id",
}


@contextlib.contextmanager
def chosen(
    tables: Tables, table: str, where: str | None = None, *, private: bool = False, version: str | None = None
) -> Iterator[pa.RecordBatchReader]:
    """The rows of ``table`` for which ``where`` is true, in a fixed order, for the length of the block.

    Of claims those that count, which the latest extraction read; with ``version`` those that this one read, with
    ``EVERY_VERSION`` all.

    :class:`~etl.errors.UsageError` for an expression that cannot be understood or asks for more than the table's
    columns, whether that shows at once or while the rows are read.
    """
    shown = shown_columns(table, private=private)
    with _shut_in(tables, table, shown) as connection:
        try:
            rows = _of_version(connection.table(table), table, version)
            if where is not None:
                # A relation's filter takes one expression and nothing that ends it and begins another statement.
                rows = rows.filter(where)
            yield rows.order(_ORDER[table]).to_arrow_reader(_ROWS_AT_ONCE)
        except duckdb.Error as error:
            if where is None:
                raise
            raise UsageError(
                f"--where {where!r} does not work: {_first_line(error)}",
                remedy=f"the columns are {', '.join(shown)}",
            ) from error


def _of_version(rows: duckdb.DuckDBPyRelation, table: str, version: str | None) -> duckdb.DuckDBPyRelation:
    if table != "claims" or version == EVERY_VERSION:
        return rows
    if version is None:
        return rows.filter("superseded_by IS NULL")
    return rows.filter(duckdb.ColumnExpression("extractor_version") == duckdb.ConstantExpression(version))


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


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
