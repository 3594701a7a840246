"""Some rows of a table put in place of others.

A local table has only the files written anew that hold such a row (:mod:`etl.tables.data_files`). On an object store,
and where the table was made before a column was declared, Delta does it its own, slower way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable, write_deltalake

from etl.tables import data_files
from etl.tables.schema import stored_schema
from etl.tables.snapshot import quoted, read

LONGEST_PREDICATE = 2_000
"""Values named one by one to Delta when part of a table is rewritten; beyond that the whole table is written anew."""


def put_groups(delta: DeltaTable, table: str, new: pa.Table, by: str, among: pa.Array | None) -> int:
    """Make the groups (rows alike in ``by``) hold exactly the rows of ``new``; gives how many differed.

    Of all groups, or only of those whose value is ``among`` these; those of ``new`` must be.
    """
    if not _file_by_file(delta, table):
        return _groups_by_delta(delta, table, new, by, among)
    files = list(data_files.files_of(delta, table))
    with data_files.connected() as connection:
        connection.register("wanted", new)
        only = ""
        if among is not None:
            connection.register("among", pa.table({by: among}))
            only = f" WHERE {by} IN (FROM among)"
        held = " UNION ALL ".join(one.rows + only for one in files) or "FROM wanted LIMIT 0"
        changed = _changed_groups(connection, held, by, new.schema.names)
        if changed:
            connection.register("gone", pa.table({by: strings(changed)}))
            touched = [one for one in files if _holds(connection, f"{one.rows} WHERE {by} IN (FROM gone)")]
            queries = [f"{one.rows} WHERE {by} NOT IN (FROM gone)" for one in touched]
            # New rows go into a file that is written anyway, so that small files do not pile up.
            fresh = f"SELECT * FROM wanted WHERE {by} IN (FROM gone)"  # noqa: S608 - a column of the schema
            queries[:1] = [" UNION ALL ".join([*queries[:1], fresh])]
            data_files.exchange(delta, connection, touched, queries)
    return len(changed)


def put_values(delta: DeltaTable, table: str, named: pa.Table, *, others: bool) -> int:
    """Give the rows that ``named`` names by its first column the value of its second; gives how many changed.

    ``others``: rows that it does not name lose theirs, otherwise they stay as they are.
    """
    if not _file_by_file(delta, table):
        return _values_by_delta(delta, table, named, others=others)
    key, column = named.schema.names
    value = f"named.{column}" if others else f"CASE WHEN named.{key} IS NULL THEN held.{column} ELSE named.{column} END"
    count = 0
    touched: list[data_files.DataFile] = []
    with data_files.connected() as connection:
        connection.register("named", named)

        def joined(one: data_files.DataFile, what: str) -> str:
            return f"SELECT {what} FROM ({one.rows}) held LEFT JOIN named ON held.{key} = named.{key}"  # noqa: S608 - columns of the schema

        for one in data_files.files_of(delta, table):
            differing = f"{joined(one, 'count(*)')} WHERE {value} IS DISTINCT FROM held.{column}"
            ((number,),) = connection.execute(differing).fetchall()
            if number:
                count += number
                touched.append(one)
        if touched:
            queries = [joined(one, f"held.* REPLACE ({value} AS {column})") for one in touched]
            data_files.exchange(delta, connection, touched, queries)
    return count


def lacks_columns(delta: DeltaTable, schema: pa.Schema) -> bool:
    """Whether the table was made before one of the columns was declared."""
    return not set(schema.names) <= {each.name for each in delta.schema().fields}


def strings(values: Iterable[str]) -> pa.Array:
    """The different ``values``, sorted, as an Arrow array."""
    return pa.array(sorted(set(values)), pa.string())


def one_of(column: str, values: Sequence[str]) -> str:
    """SQL for: the column holds one of the values."""
    return f"{column} IN ({', '.join(map(quoted, values))})"


def _file_by_file(delta: DeltaTable, table: str) -> bool:
    return data_files.is_local(delta) and not lacks_columns(delta, stored_schema(table))


def _groups_by_delta(delta: DeltaTable, table: str, new: pa.Table, by: str, among: pa.Array | None) -> int:
    old = read(delta, table)
    with duckdb.connect() as connection:
        connection.register("wanted", new)
        connection.register("old", _with(old, by, among))
        changed = _changed_groups(connection, "FROM old", by, new.schema.names)
    if not changed:
        return 0
    fresh = _with(new, by, strings(changed))
    if len(changed) > LONGEST_PREDICATE:
        whole = pa.concat_tables([_without(old, by, strings(changed)), fresh])
        write_deltalake(delta, whole, mode="overwrite", schema_mode="overwrite")
    else:
        lacks = lacks_columns(delta, new.schema)
        write_deltalake(
            delta, fresh, mode="overwrite", predicate=one_of(by, changed), schema_mode="merge" if lacks else None
        )
    return len(changed)


def _values_by_delta(delta: DeltaTable, table: str, named: pa.Table, *, others: bool) -> int:
    key, column = named.schema.names
    held = read(delta, table, [key, column])
    join = "LEFT" if others else "INNER"
    with duckdb.connect() as connection:
        connection.register("held", held)
        connection.register("named", named)
        moved: pa.Table = connection.sql(
            f"SELECT held.{key}, named.{column} FROM held {join} JOIN named USING ({key}) "  # noqa: S608 - columns of the schema
            f"WHERE held.{column} IS DISTINCT FROM named.{column}"
        ).to_arrow_table()
    if moved.num_rows:
        merge = delta.merge(moved, f"t.{key} = s.{key}", source_alias="s", target_alias="t")
        merge.when_matched_update({column: f"s.{column}"}).execute()
    return int(moved.num_rows)


def _holds(connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    """Whether the query has a row."""
    return bool(connection.execute(f"{query} LIMIT 1").fetchall())


def _changed_groups(connection: duckdb.DuckDBPyConnection, held: str, by: str, columns: Sequence[str]) -> list[str]:
    """Values of ``by`` whose rows are not the same in the query ``held`` and in the table ``wanted``, sorted.

    What is compared of a group is the number of its rows and the sum of their 64-bit hashes: a million groups then take
    megabytes, where the rows themselves, side by side, took a gigabyte and a half.
    """
    marked = f"SELECT {by}, count(*) AS number, sum(hash({', '.join(columns)})::HUGEINT) AS marks"
    found = connection.execute(
        f"WITH a AS ({marked} FROM ({held}) GROUP BY {by}), b AS ({marked} FROM wanted GROUP BY {by}) "  # noqa: S608 - columns of the schema
        f"SELECT {by} FROM a FULL JOIN b USING ({by}) "
        "WHERE (a.number, a.marks) IS DISTINCT FROM (b.number, b.marks) ORDER BY 1"
    )
    return [value for (value,) in found.fetchall()]


def _with(rows: pa.Table, column: str, values: pa.Array | None) -> pa.Table:
    return rows if values is None else rows.filter(pc.is_in(rows.column(column), value_set=values))


def _without(rows: pa.Table, column: str, values: pa.Array) -> pa.Table:
    return rows.filter(pc.invert(pc.is_in(rows.column(column), value_set=values)))
