"""What stands behind an incident, its claims and the reports they stand in: for the columns of other codebooks."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import duckdb

from etl.tables.snapshot import Tables


@dataclass(frozen=True, slots=True)
class Said:
    """One claim of an incident with the report it stands in; ``original`` is false for a copy of another report."""

    measure: str
    low: int | None
    best: int | None
    comparator: str
    quantity: str
    victim_category: str
    quote: str
    place_text: str | None
    attribution: str | None
    report_id: str
    publisher: str | None
    published: dt.datetime | None
    title: str | None
    original: bool


Behind = Callable[[Sequence[str]], dict[str, list[Said]]]
"""Incident ids in; for each the claims it rests on, in order of publication."""

_SQL = """
SELECT c.incident_id, c.measure, c.low, c.best, c.comparator, c.quantity, c.victim_category, c.quote, c.place_text,
    c.attribution, c.report_id, r.publisher, r.published, r.title, r.duplicate_of IS NULL
FROM claims c LEFT JOIN reports r USING (report_id)
WHERE c.incident_id IN (SELECT unnest($ids)) AND coalesce(c.review, '') NOT LIKE '%rejected%'
    AND c.scope <> 'background'
ORDER BY r.published NULLS LAST, c.report_id, c.figure_start, c.claim_id"""


def asked_of(connection: duckdb.DuckDBPyConnection) -> Behind:
    """The claims behind incidents from a ``connection`` that has the tables ``claims`` and ``reports``.

    It is this caller's alone while it is used: pass a cursor of a connection that others share.
    """

    def answer(ids: Sequence[str]) -> dict[str, list[Said]]:
        found: dict[str, list[Said]] = defaultdict(list)
        for incident_id, *values in connection.execute(_SQL, {"ids": list(ids)}).fetchall():
            found[incident_id].append(Said(*values))
        return found

    return answer


@contextlib.contextmanager
def behind(tables: Tables) -> Iterator[Behind]:
    """The same over the files of ``tables``, for the length of the block."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET autoinstall_known_extensions = false")
        tables.views(connection, ("claims", "reports"))
        yield asked_of(connection)
