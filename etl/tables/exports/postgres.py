"""The tables in a PostgreSQL database, brought up to one edition in one transaction.

Each table is made where it is missing, with types, keys and comments from the schema, and afterwards holds exactly the
rows of the edition: new ones added, changed ones changed, those that are no more (an incident merged into another)
taken out. A second export of the same edition changes nothing, one that fails half-way leaves everything as it was, and
two at once take turns. A table of that name that we did not make is left alone with an error.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, dataclass
from typing import Any

import psycopg
import pyarrow as pa
from psycopg import conninfo, errors, sql

from etl.errors import DatabaseError, UsageError
from etl.records import TABLES
from etl.tables.declared import KEYS, ColumnType, columns, shown_columns
from etl.tables.exports.chosen import EVERY_VERSION, chosen
from etl.tables.exports.edition import Edition
from etl.tables.schema import arrow_schema
from etl.tables.snapshot import Snapshot

SCHEMES = ("postgresql://", "postgres://")
EDITIONS = "tollbook_editions"
"""The table that says which edition each of ours holds, and so which tables are ours."""
_LOCK = 0x746F6C6C
"""Key of the advisory lock that makes two exports take turns."""
_PATIENCE = "60s"
"""How long a table that another session has locked is waited for, unless the address sets ``lock_timeout`` itself."""
_UNTOUCHED = "nothing was changed there"
_REMEDIES: tuple[tuple[type[psycopg.Error], str], ...] = (
    (
        errors.InsufficientPrivilege,
        "the user needs the right to make and change tables there: GRANT CREATE ON SCHEMA ... TO its name",
    ),
    (errors.InvalidSchemaName, "make the schema first: CREATE SCHEMA"),
    (errors.LockNotAvailable, "another session holds a table locked; try again once it has ended"),
)
_TYPES: dict[pa.DataType, tuple[str, str]] = {
    pa.string(): ("text", "''"),
    pa.int64(): ("bigint", "-1"),
    pa.float64(): ("double precision", "'NaN'::double precision"),
    pa.bool_(): ("boolean", "false"),
    pa.date32(): ("date", "'-infinity'::date"),
    pa.timestamp("us", tz="UTC"): ("timestamptz", "'-infinity'::timestamptz"),
    pa.list_(pa.string()): ("text[]", "'{}'::text[]"),
}
"""PostgreSQL's name of each type, and what stands for null where a key may be null."""
_CODEBOOKS = ("UCDP GED", "ACLED", "EM-DAT / GTD", "HXL")
_INDEXED: dict[str, tuple[str, ...]] = {"claims": ("report_id", "incident_id"), "incidents": ("parent_incident_id",)}


@dataclass(frozen=True, slots=True)
class Brought:
    """What bringing one table up to the edition did, in rows."""

    table: str
    rows: int
    added: int
    changed: int
    removed: int


def export_to(
    url: str,
    tables: Snapshot,
    table: str | None = None,
    *,
    where: str | None = None,
    private: bool = False,
    waiting: Callable[[], None] = lambda: None,
) -> list[Brought]:
    """Bring the database at ``url`` up to ``tables``: every table, or only ``table``.

    With ``where`` (SQL over the columns of ``table``) its rows are added or changed and no other is touched.
    ``waiting`` is called where another export into that database has to end first.
    :class:`~etl.errors.UsageError` for an address that is none and a ``where`` without a table,
    :class:`~etl.errors.DatabaseError` where the database cannot be reached or refuses.
    """
    if where is not None and table is None:
        raise UsageError("--where needs a table", remedy=f"name one: {', '.join(TABLES)}")
    edition = Edition.of(tables.run)
    with _connected(url) as cursor:
        _take_turn(cursor, waiting)
        _prepare_editions(cursor)
        return [
            _Target(cursor, name, private=private).bring_up(tables, edition, where)
            for name in ([table] if table else TABLES)
        ]


@contextlib.contextmanager
def _connected(url: str) -> Iterator[psycopg.Cursor[Any]]:
    """A cursor in one transaction, committed at the end of the block and rolled back on any error."""
    try:
        parts = conninfo.conninfo_to_dict(url) if url.startswith(SCHEMES) else {}
    except psycopg.Error:
        parts = {}
    if not parts:
        # Said without the address, which may hold a password.
        raise UsageError("--to is no address of a database", remedy="write it like postgresql://user@host/database")
    where = f"postgresql://{parts.get('host', '')}/{parts.get('dbname', '')}"
    try:
        with (
            psycopg.connect(url, connect_timeout=15, application_name="tollbook") as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute("SET TIME ZONE 'UTC'")
            yield cursor
    except psycopg.Error as error:
        told = [part for part in (error.diag.message_primary, error.diag.message_detail) if part]
        problem = " ".join(" ".join(told or [str(error)]).split()) or type(error).__name__
        remedy = next((words for kind, words in _REMEDIES if isinstance(error, kind)), None)
        raise DatabaseError(
            problem, where=where, remedy=f"{_UNTOUCHED}; {remedy}" if remedy is not None else _UNTOUCHED
        ) from error


def _take_turn(cursor: psycopg.Cursor[Any], waiting: Callable[[], None]) -> None:
    """Wait for another export to end, however long that takes; from then on for no lock longer than ``_PATIENCE``."""
    ours = cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", (_LOCK,)).fetchone()
    if not (ours and ours[0]):
        waiting()
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    cursor.execute(
        "SELECT set_config('lock_timeout', %s, true) WHERE current_setting('lock_timeout') = '0'", (_PATIENCE,)
    )


def _prepare_editions(cursor: psycopg.Cursor[Any]) -> None:
    cursor.execute(
        sql.SQL(
            "CREATE TABLE IF NOT EXISTS {} (table_name text PRIMARY KEY, run_id text NOT NULL, extractor_version text "
            "NOT NULL, published timestamptz, exported_at timestamptz NOT NULL, whole boolean NOT NULL)"
        ).format(sql.Identifier(EDITIONS))
    )
    about = "Which run of Tollbook each table holds; whole: exactly its rows, not only some of them."
    cursor.execute(sql.SQL("COMMENT ON TABLE {} IS {}").format(sql.Identifier(EDITIONS), sql.Literal(about)))


class _Target:
    """One table of the database."""

    def __init__(self, cursor: psycopg.Cursor[Any], table: str, *, private: bool) -> None:
        self._cursor = cursor
        self._table = table
        self._name = sql.Identifier(table)
        self._new = sql.Identifier(f"new_{table}")
        shown = set(shown_columns(table, private=private))
        self._columns = [column for column in columns(table) if column.name in shown]
        self._hidden = [column.name for column in columns(table) if column.name not in shown]
        self._nullable_key = any(column.nullable for column in self._columns if column.name in KEYS[table])

    def bring_up(self, tables: Snapshot, edition: Edition, where: str | None) -> Brought:
        """Make the table hold the edition's rows, all or those that ``where`` names."""
        self._make()
        self._describe(edition)
        self._run("CREATE TEMP TABLE {new} (LIKE {table}) ON COMMIT DROP")
        rows = self._load(tables, where)
        removed = 0 if where is not None else self._run("DELETE FROM {table} WHERE NOT EXISTS ({same})")
        added, changed = self._upsert()
        self._cursor.execute(
            sql.SQL(
                "INSERT INTO {} VALUES (%s, %s, %s, %s, now(), %s) ON CONFLICT (table_name) DO UPDATE SET run_id = "
                "excluded.run_id, extractor_version = excluded.extractor_version, published = excluded.published, "
                "exported_at = excluded.exported_at, whole = excluded.whole"
            ).format(sql.Identifier(EDITIONS)),
            (self._table, edition.run_id, edition.extractor_version, edition.published, where is None),
        )
        return Brought(self._table, rows, added, changed, removed)

    def _make(self) -> None:
        there = self._cursor.execute("SELECT to_regclass(%s)", (f'"{self._table}"',)).fetchone()
        ours = self._cursor.execute(
            sql.SQL("SELECT 1 FROM {} WHERE table_name = %s").format(sql.Identifier(EDITIONS)), (self._table,)
        ).fetchone()
        if there and there[0] and not ours:
            raise DatabaseError(
                f"a table {self._table!r} is there that Tollbook did not make",
                remedy="export into a schema of its own: postgresql://.../database?options=-csearch_path%3Dtollbook",
            )
        if not (there and there[0]):
            self._run("CREATE TABLE {table} ({columns})")
            if self._nullable_key:
                self._run("CREATE UNIQUE INDEX ON {table} ({keys})")
            else:
                self._run("ALTER TABLE {table} ADD PRIMARY KEY ({keys})")
            for name in _INDEXED.get(self._table, ()):
                self._run("CREATE INDEX ON {table} ({one})", one=sql.Identifier(name))
            return
        # Made by an earlier release, which may have had fewer columns, or shown private ones. Only what differs is
        # altered: that locks out whoever reads the table.
        held = self._held()
        for column in self._columns:
            if column.name not in held:
                self._run("ALTER TABLE {table} ADD COLUMN {one}", one=_declared(self._table, column, added=True))
        for name in held.intersection(self._hidden):
            self._run("ALTER TABLE {table} DROP COLUMN {one}", one=sql.Identifier(name))

    def _held(self) -> set[str]:
        """The columns that the table in the database has."""
        found = self._cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped",
            (f'"{self._table}"',),
        )
        return {name for (name,) in found.fetchall()}

    def _describe(self, edition: Edition) -> None:
        about = " ".join((TABLES[self._table].__doc__ or "").split())
        self._run("COMMENT ON TABLE {table} IS {one}", one=sql.Literal(f"{about} {edition.citation}"))
        for column in self._columns:
            self._run(
                "COMMENT ON COLUMN {table}.{two} IS {one}",
                one=sql.Literal(_meaning(column)),
                two=sql.Identifier(column.name),
            )

    def _load(self, tables: Snapshot, where: str | None) -> int:
        names = [column.name for column in self._columns]
        as_json = {column.name for column in self._columns if column.about.unit == "JSON"}
        rows = 0
        listed = sql.SQL(", ").join(map(sql.Identifier, names))
        private = not self._hidden
        with (
            chosen(tables, self._table, where, private=private, version=EVERY_VERSION) as batches,
            self._cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(self._new, listed)) as copy,
        ):
            for batch in batches:
                for row in batch.to_pylist():
                    copy.write_row([_storable(row[name], as_json=name in as_json) for name in names])
                rows += batch.num_rows
        return rows

    def _upsert(self) -> tuple[int, int]:
        names = [column.name for column in self._columns]
        listed = sql.SQL(", ").join(map(sql.Identifier, names))
        others = [name for name in names if name not in KEYS[self._table]]
        if others:
            then = sql.SQL("UPDATE SET {} WHERE ({}) IS DISTINCT FROM ({})").format(
                sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in others),
                sql.SQL(", ").join(sql.Identifier(self._table, name) for name in others),
                sql.SQL(", ").join(sql.Identifier("excluded", name) for name in others),
            )
        else:
            then = sql.Composed([sql.SQL("NOTHING")])
        statement = sql.SQL(
            "WITH done AS (INSERT INTO {table} ({listed}) SELECT {listed} FROM {new} ON CONFLICT ({keys}) DO {then} "
            # A row that this statement inserted has no deleting transaction.
            "RETURNING xmax = 0 AS added) "
            "SELECT count(*) FILTER (WHERE added), count(*) FILTER (WHERE NOT added) FROM done"
        ).format(table=self._name, listed=listed, new=self._new, keys=self._keys(), then=then)
        found = self._cursor.execute(statement).fetchone()
        return (found[0], found[1]) if found else (0, 0)

    def _keys(self, of: str | None = None) -> sql.Composed:
        """The key columns, or what stands for them where one may be null, so that null equals null."""
        found = []
        by_name = {column.name: column for column in self._columns}
        for name in KEYS[self._table]:
            column = sql.Identifier(of, name) if of else sql.Identifier(name)
            if by_name[name].nullable:
                _, instead = _TYPES[arrow_schema(self._table).field(name).type]
                found.append(sql.SQL("(coalesce({}, {}))").format(column, sql.SQL(instead)))
            else:
                found.append(sql.Composed([column]))
        return sql.SQL(", ").join(found)

    def _run(self, statement: str, **parts: sql.Composable) -> int:
        pieces: dict[str, sql.Composable] = {
            "table": self._name,
            "new": self._new,
            "keys": self._keys(),
            "columns": sql.SQL(", ").join(_declared(self._table, column) for column in self._columns),
            "same": sql.SQL("SELECT 1 FROM {} n WHERE ({}) = ({})").format(
                self._new, self._keys("n"), self._keys(self._table)
            ),
        } | parts
        self._cursor.execute(sql.SQL(statement).format(**pieces))
        return self._cursor.rowcount


def _declared(table: str, column: ColumnType, *, added: bool = False) -> sql.Composed:
    kind, _ = _TYPES[arrow_schema(table).field(column.name).type]
    kind = "jsonb" if column.about.unit == "JSON" else kind
    # A column that came with a later release is null in the rows written before it.
    must = " NOT NULL" if column.required and column.default is MISSING and not added else ""
    return sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(kind + must))


def _meaning(column: ColumnType) -> str:
    about = column.about
    equivalents = [
        f"{title} {name}"
        for title, name in zip(_CODEBOOKS, (about.ged, about.acled, about.emdat, about.hxl), strict=True)
        if name
    ]
    unit = f" Unit: {about.unit}." if about.unit else ""
    elsewhere = f" Equivalents: {'; '.join(equivalents)}." if equivalents else ""
    return f"{about.meaning}{unit}{elsewhere}"


def _storable(value: object, *, as_json: bool) -> object:
    """``value`` as PostgreSQL can hold it: its texts have no character 0, which becomes the replacement character."""
    if isinstance(value, str):
        return (value.replace("\\u0000", "\\ufffd") if as_json else value).replace("\x00", "\ufffd")
    if isinstance(value, Sequence):
        return [_storable(item, as_json=False) for item in value]
    return value
