"""What the dataclasses of ``etl.records`` declare about each column, read once; needs no Arrow."""

from __future__ import annotations

import functools
import types
from dataclasses import MISSING, dataclass, fields
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from etl import records
from etl.errors import UsageError
from etl.records import BESIDE, TABLES, Column

KEYS: dict[str, tuple[str, ...]] = {
    "reports": ("report_id",),
    "claims": ("claim_id",),
    "incidents": ("incident_id",),
    "tolls": ("incident_id", "measure", "as_of", "low", "best", "high", "report_id"),
    "redirects": ("incident_id",),
    "tellings": ("telling_id",),
    "reviews": ("review_id",),
    "runs": ("run_id",),
    "signatures": ("report_id",),
}
"""The columns that tell one row of a table from another."""


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A column as the dataclass declares it: its Python ``kind``, the words it allows, and whether it may be null."""

    name: str
    kind: type
    nullable: bool
    words: tuple[str, ...]
    about: Column
    default: Any

    @property
    def required(self) -> bool:
        """True where every row must hold a value."""
        return not self.nullable


def _declared(name: str, hint: Any, default: Any) -> ColumnType:
    about = Column("")
    if get_origin(hint) is Annotated:
        about = next((extra for extra in hint.__metadata__ if isinstance(extra, Column)), about)
        hint = hint.__origin__
    nullable = False
    if get_origin(hint) in {Union, types.UnionType}:
        inner = [part for part in get_args(hint) if part is not type(None)]
        nullable = len(inner) < len(get_args(hint))
        (hint,) = inner
    words: tuple[str, ...] = ()
    if get_origin(hint) is Literal:
        words, hint = get_args(hint), str
    return ColumnType(name, get_origin(hint) or hint, nullable, words, about, default)


def row_type(table: str) -> type:
    """The dataclass of the rows of ``table``; :class:`UsageError` where there is no such table."""
    if table in BESIDE:
        return BESIDE[table]
    if table not in TABLES:
        raise UsageError(f"no table named {table!r}", remedy=f"the tables are {', '.join(TABLES)}")
    return TABLES[table]


@functools.cache
def columns(table: str) -> tuple[ColumnType, ...]:
    """The columns of ``table`` in their order; :class:`UsageError` where there is no such table."""
    row = row_type(table)
    hints = get_type_hints(row, vars(records), include_extras=True)
    defaults = {
        each.name: each.default_factory() if each.default_factory is not MISSING else each.default
        for each in fields(row)
    }
    return tuple(_declared(name, hints[name], defaults[name]) for name in defaults)


@functools.cache
def shown_columns(table: str, *, private: bool = False) -> tuple[str, ...]:
    """The columns of ``table`` that may leave the store, in their order; all of them where ``private`` is true."""
    return tuple(column.name for column in columns(table) if private or not column.about.private)
