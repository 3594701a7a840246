"""Tables at fixed versions: what a reader sees, however many runs write meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.dataset import dataset

from etl.errors import StoreError
from etl.records import TABLES, Run
from etl.tables.schema import arrow_schema, from_arrow, stored_schema

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    from deltalake import DeltaTable

_ROWS_AT_ONCE = 2_000
# DuckDB's names of the types the declared columns use, for a column or a table that is not there yet.
_SQL_TYPES: dict[pa.DataType, str] = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.binary(): "BLOB",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
    pa.list_(pa.string()): "VARCHAR[]",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Every table of the store at one version each; a table nobody has written yet is an empty one.

    ``root`` is the store's folder or address, ``versions`` the Delta version of each table that exists.
    """

    root: str
    versions: Mapping[str, int]
    storage_options: Mapping[str, str] = field(default_factory=dict)

    def files(self, table: str) -> list[str]:
        """Absolute paths (or ``s3://`` addresses) of the table's Parquet files; an empty list for an empty table.

        No file has a deletion vector, so its rows are the table's rows. Files written before a column was declared
        lack it: read them with ``union_by_name``, or let :meth:`views` do it.
        """
        delta = self._delta(table)
        return _files(delta)

    def arrow(self, table: str, only: Sequence[str] | None = None) -> pa.Table:
        """The table's rows with the declared columns, or ``only`` those columns, in no particular order."""
        return read(self._delta(table), table, only)

    def current_incident(self, incident_id: str) -> str | None:
        """The incident that ``incident_id`` leads to: itself, or what it was merged or split into; null for neither.

        Null as well where a review rejected what it leads to.
        """
        leads = self.arrow("redirects")
        wanted = [
            incident_id,
            *leads.filter(pc.equal(leads.column("incident_id"), incident_id)).column("current_incident_id").to_pylist(),
        ]
        held = self.arrow("incidents", ["incident_id"]).column("incident_id")
        there = set(held.filter(pc.is_in(held, value_set=pa.array(wanted, pa.string()))).to_pylist())
        return next((one for one in wanted if one in there), None)

    def count(self, table: str) -> int:
        """The number of rows of ``table``."""
        delta = self._delta(table)
        return int(delta.count()) if delta is not None else 0

    def batches(self, table: str, only: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The rows of :meth:`arrow`, some thousand at a time, never all in memory."""
        yield from read_batches(self._delta(table), table, only)

    def frame(self, table: str, only: Sequence[str] | None = None) -> pd.DataFrame:
        """The same as a pandas frame; whole numbers that may be null are ``Int64``, lists are arrays of strings."""
        import pandas as pd  # noqa: PLC0415 - slow to load, and most commands need none

        nullable = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
        frame: pd.DataFrame = self.arrow(table, only).to_pandas(types_mapper=nullable.get)
        return frame

    def rows(self, table: str) -> Iterator[Any]:
        """The table's rows as the dataclasses of ``etl.records``, some thousand in memory at a time."""
        for batch in self.batches(table):
            yield from from_arrow(table, batch)

    def views(
        self,
        connection: duckdb.DuckDBPyConnection,
        only: Sequence[str] = tuple(TABLES),
        *,
        hidden: Collection[str] = (),
    ) -> None:
        """Make a view on ``connection`` for each table in ``only``, named as the table, with every declared column.

        Columns in ``hidden`` are left out.
        """
        for table in only:
            shown = [each for each in arrow_schema(table) if each.name not in hidden]
            select = self._select(connection, table, shown)
            connection.execute(f"CREATE OR REPLACE TEMP VIEW {table} AS {select}")

    def _select(self, connection: duckdb.DuckDBPyConnection, table: str, shown: Sequence[pa.Field]) -> str:
        delta = self._delta(table)
        chosen = as_columns(shown, [each.name for each in delta.schema().fields] if delta is not None else ())
        files = _files(delta)
        if delta is None or not files:
            return f"SELECT {as_columns(shown, ())} WHERE false"
        if any("://" in name for name in files):
            # DuckDB would need an extension from the network; Arrow reads object stores by itself.
            connection.register(f"_{table}_files", read(delta, table))
            return f"SELECT {chosen} FROM _{table}_files"  # noqa: S608 - names come from the schema
        names = ", ".join(map(quoted, files))
        # file names are the store's own and quoted; everything else comes from the schema
        return f"SELECT {chosen} FROM read_parquet([{names}], union_by_name = true, hive_partitioning = false)"  # noqa: S608

    def _delta(self, table: str) -> DeltaTable | None:
        from deltalake import DeltaTable  # noqa: PLC0415 - see frame
        from deltalake.exceptions import DeltaError  # noqa: PLC0415

        arrow_schema(table)
        if table not in self.versions:
            return None
        try:
            return DeltaTable(
                f"{self.root}/{table}", version=self.versions[table], storage_options=dict(self.storage_options)
            )
        except (DeltaError, OSError) as error:
            raise StoreError(
                f"version {self.versions[table]} of {table} cannot be read ({error})",
                where=self.root,
                remedy="restore the folder from a copy, or remove it and run the ETL again",
            ) from error


def as_columns(shown: Iterable[pa.Field], held: Collection[str]) -> str:
    """SQL for the columns ``shown``, null where they are not ``held``."""
    return ", ".join(
        f'"{each.name}"' if each.name in held else f'CAST(NULL AS {_SQL_TYPES[each.type]}) AS "{each.name}"'
        for each in shown
    )


def quoted(words: str) -> str:
    """A string as SQL writes it."""
    return "'" + words.replace("'", "''") + "'"


def read(delta: DeltaTable | None, table: str, only: Sequence[str] | None = None) -> pa.Table:
    """The rows of ``delta``, a version of ``table``, with its declared columns or ``only`` those; null is empty."""
    names = list(only) if only is not None else stored_schema(table).names
    schema = pa.schema([stored_schema(table).field(name) for name in names])
    return pa.Table.from_batches(read_batches(delta, table, names), schema=schema)


def read_batches(delta: DeltaTable | None, table: str, only: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """The same, some thousand rows at a time, never all in memory.

    Local files are read by Arrow itself. Delta's own way hands Arrow a file system written in Python, whose last
    threads can end the whole process with an abort when the interpreter shuts down (1 in 6 short commands).
    """
    names = list(only) if only is not None else stored_schema(table).names
    files = _files(delta)
    if delta is None or not files:
        return
    try:
        if any("://" in name for name in files):
            yield from _scanned(delta, table, names)
        else:
            local = dataset(files, schema=stored_schema(table), format="parquet")
            yield from local.to_batches(columns=names, batch_size=_ROWS_AT_ONCE)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(
            f"the files of {table} cannot be read ({error})",
            where=delta.table_uri,
            remedy="restore the folder from a copy, or remove it and run the ETL again",
        ) from error


def _scanned(delta: DeltaTable, table: str, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    held = {each.name for each in delta.schema().fields}
    schema = pa.schema([stored_schema(table).field(name) for name in names])
    for batch in pa.RecordBatchReader.from_stream(delta.scan(columns=[name for name in names if name in held])):
        columns = [
            batch.column(each.name).cast(each.type) if each.name in held else pa.nulls(batch.num_rows, each.type)
            for each in schema
        ]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _files(delta: DeltaTable | None) -> list[str]:
    if delta is None:
        return []
    # Delta gives local paths percent-encoded, as in an address.
    return sorted(name if "://" in name else unquote(name) for name in delta.file_uris())


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot(Tables):
    """The tables one published ``run`` put together; they never change under the reader."""

    run: Run
