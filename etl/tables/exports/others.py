"""Incidents as rows of another codebook: the rules both exports share, and how their rows become CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc

from etl.tables import cells
from etl.tables.exports.behind import Behind, Said
from etl.tables.exports.edition import Edition
from etl.tables.exports.written import Written

DATA_VERSION = "data_version"
"""The one column of ours in another codebook's file, the last: which run and extraction the row comes from."""

PART = "a part of a broader incident that counts its dead"
"""The rule, in words, that leaves out a local part."""
_INCIDENTS_AT_ONCE = 2_000

RowOf = Callable[[Mapping[str, Any], Sequence[Said]], Mapping[str, object] | str]
"""An incident and what stands behind it in; its row, or in words the rule that leaves it out."""


def write(
    columns: Sequence[str],
    row_of: RowOf,
    rows: pa.RecordBatchReader,
    out: IO[bytes],
    edition: Edition,
    facts: Behind,
    written: Written,
) -> None:
    """Write the incidents of ``rows`` that ``row_of`` gives a row for as CSV, and count all of them in ``written``.

    A local part of a broader incident is left out where the broader one has a row that counts its dead, so that no sum
    over the file counts both.
    """
    held = rows.read_all()
    parts = _counted_by_a_broader_one(held, row_of)
    out.write(cells.csv_text([[*columns, DATA_VERSION]]).encode("utf-8"))
    for batch in held.to_batches(max_chunksize=_INCIDENTS_AT_ONCE):
        incidents = batch.to_pylist()
        known = facts([incident["incident_id"] for incident in incidents])
        lines = []
        for incident in incidents:
            incident_id = incident["incident_id"]
            row = PART if incident_id in parts else row_of(incident, known.get(incident_id, ()))
            if isinstance(row, str):
                written.left_out[row] += 1
                continue
            written.rows += 1
            lines.append([*(row.get(column) for column in columns), edition.named])
        out.write(cells.csv_text(lines).encode("utf-8"))


def _counted_by_a_broader_one(held: pa.Table, row_of: RowOf) -> set[str]:
    """Ids of the local parts of which a broader incident in the same file counts the dead."""
    ids, above = held.column("incident_id").to_pylist(), held.column("parent_incident_id").to_pylist()
    broader_of = {one: broader for one, broader in zip(ids, above, strict=True) if broader is not None}
    named = held.filter(
        pc.is_in(held.column("incident_id"), value_set=pa.array(sorted(set(broader_of.values())), pa.string()))
    )
    counting = {
        row["incident_id"]
        for row in named.to_pylist()
        if any(row[f"killed_{bound}"] is not None for bound in ("low", "best", "high"))
        and not isinstance(row_of(row, ()), str)
    }
    found = set()
    for one in broader_of:
        passed: set[str] = set()
        up = broader_of.get(one)
        # Broken data may make a ring of parents.
        while up is not None and up not in passed:
            passed.add(up)
            if up in counting and up != one:
                found.add(one)
                break
            up = broader_of.get(up)
    return found


def in_order(values: Iterable[str | None]) -> list[str]:
    """The words that are said, each once, in the order they first came."""
    return list(dict.fromkeys(value for value in values if value))


def middle(first: dt.date, last: dt.date) -> dt.date:
    """The day in the middle of a span; the earlier of two."""
    return first + (last - first) // 2


def best_said(incident: Mapping[str, Any], said: Sequence[Said]) -> Said | None:
    """The latest claim that gives the incident's best figure of its dead."""
    return next(
        (one for one in reversed(said) if one.measure == "killed" and one.best == incident["killed_best"]), None
    )
