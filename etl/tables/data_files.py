"""The files of a local Delta table, each written anew by itself where some of its rows change.

Delta's own merge and overwrite go through every column of the whole table to find the few rows that change. Here the
key column alone tells which files are concerned, DuckDB writes these anew, and one commit exchanges them.
"""

from __future__ import annotations

import json
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake.transaction import AddAction, RemoveAction

from etl.tables.schema import stored_schema
from etl.tables.snapshot import as_columns, quoted


@dataclass(frozen=True, slots=True)
class DataFile:
    """One Parquet file of a table at the version opened."""

    table: str
    folder: Path
    path: str
    size: int

    @property
    def rows(self) -> str:
        """SQL for its rows with the declared columns; one that the file was written without is null."""
        name = str(self.folder / unquote(self.path))
        columns = as_columns(stored_schema(self.table), pq.read_schema(name).names)
        return f"SELECT {columns} FROM read_parquet({quoted(name)}, hive_partitioning = false)"  # noqa: S608 - quoted


def is_local(delta: DeltaTable) -> bool:
    """Whether the table lies in a folder of this machine."""
    return "://" not in delta.table_uri or delta.table_uri.startswith("file://")


def files_of(delta: DeltaTable, table: str) -> Iterator[DataFile]:
    """The files of ``delta``, a local version of ``table``, in a fixed order."""
    folder = _folder(delta)
    added = pa.table(delta.get_add_actions(flatten=True))
    rows = zip(added.column("path").to_pylist(), added.column("size_bytes").to_pylist(), strict=True)
    for path, size in sorted(rows):
        yield DataFile(table, folder, path, size)


@contextmanager
def connected() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for the queries that ``exchange`` runs; what does not fit into memory goes to a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="tollbook-") as spill, duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET temp_directory = $spill", {"spill": spill})
        yield connection


def exchange(
    delta: DeltaTable, connection: duckdb.DuckDBPyConnection, gone: Iterable[DataFile], queries: Iterable[str]
) -> None:
    """Put a file with the rows of each query in place of those ``gone``, in one commit; none for a query without rows.

    Delta's ``CommitFailedError`` where another writer took one of the files away meanwhile; nothing stays of the
    attempt then.
    """
    folder = _folder(delta)
    moment = int(time.time() * 1000)
    removed = [RemoveAction(one.path, True, moment, size=one.size, partition_values={}) for one in gone]
    written: list[Path] = []
    added: list[AddAction] = []
    try:
        for query in queries:
            path = folder / f"part-00000-{uuid.uuid4()}-c000.snappy.parquet"
            written.append(path)
            connection.execute(f"COPY ({query}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION snappy)")
            number = pq.read_metadata(path).num_rows
            if number:
                statistics = json.dumps({"numRecords": number})
                added.append(AddAction(path.name, path.stat().st_size, {}, moment, True, statistics))
            else:
                path.unlink()
        delta.create_write_transaction([*removed, *added], "append", delta.schema())
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _folder(delta: DeltaTable) -> Path:
    return Path(unquote(delta.table_uri.removeprefix("file://")))
