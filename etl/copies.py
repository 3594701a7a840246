"""Which reports of the tables are copies of an earlier one, brought up to date after new reports came in."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from etl.records import Report, SignatureRow
from etl.reports.duplicates import SIGNATURE_VERSION, Signature, signature
from etl.reports.relinking import Member, relinked
from etl.tables.schema import from_arrow
from etl.tables.snapshot import Tables
from etl.tables.store import Store

_ROWS_AT_ONCE = 20_000
# A class of one holds no copy.
_CLASSES = """
WITH alike AS (
    SELECT DISTINCT figures, report_id FROM marks
    WHERE figures IN (SELECT figures FROM marks JOIN fresh USING (report_id))
)
SELECT figures, report_id, published FROM alike JOIN times USING (report_id)
QUALIFY count(*) OVER (PARTITION BY figures) > 1
"""


def duplicates_after(store: Store, tables: Tables, new: set[str]) -> dict[str, str]:
    """The ``duplicate_of`` of every report of ``tables`` that is a copy; ``new`` are the ids not linked before.

    Texts are read once: what finds their copies is kept in the store's table ``signatures``. Rows that it lacks are
    made when they are missed, all of them under other rules.
    """
    times = tables.arrow("reports", ["report_id", "published", "duplicate_of"])
    _sign_the_unsigned(store, tables, times.column("report_id"), new)
    signed = store.latest(["signatures"])
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("times", times.select(["report_id", "published"]))
        connection.register("marks", signed.arrow("signatures", ["report_id", "figures"]))
        connection.register("fresh", pa.table({"report_id": pa.array(sorted(new), pa.string())}))
        found: pa.Table = connection.sql(_CLASSES).to_arrow_table()
    names, published = found.column("report_id").to_pylist(), found.column("published").to_pylist()
    classes: dict[str, list[Member]] = defaultdict(list)
    for figures, name, moment in zip(found.column("figures").to_pylist(), names, published, strict=True):
        classes[figures].append((moment, name))
    moments = dict(zip(names, published, strict=True))
    links = times.filter(pc.is_valid(times.column("duplicate_of")))
    held = dict(zip(links.column("report_id").to_pylist(), links.column("duplicate_of").to_pylist(), strict=True))

    def marks_of(reports: Collection[str]) -> Iterator[Signature]:
        for batch in signed.batches("signatures"):
            for row in from_arrow("signatures", _of(batch, reports)):
                yield Signature(row.report_id, moments[row.report_id], row.words, row.figures, row.sketch)

    return relinked(classes.values(), new, held, marks_of)


def _sign_the_unsigned(store: Store, tables: Tables, reports: pa.ChunkedArray, new: Collection[str]) -> None:
    """Keep the signature of every report that has none under the present rules."""
    held = store.latest(["signatures"]).arrow("signatures", ["report_id", "version"])
    anew = bool(held.num_rows) and pc.any(pc.not_equal(held.column("version"), SIGNATURE_VERSION)).as_py()
    missing = reports if anew else _but(pa.chunked_array([sorted(new)], pa.string()), held)
    if not anew and held.num_rows + len(missing) != len(reports):
        # Not only the new ones lack theirs, or one is there twice.
        missing = _but(reports, held)
    if not len(missing):
        return
    wanted = set(missing.to_pylist())
    rows = (
        _row(signature(Report(**row)))
        for batch in tables.batches("reports", ["report_id", "text"])
        for row in _of(batch, wanted).to_pylist()
    )
    while some := list(itertools.islice(rows, _ROWS_AT_ONCE)):
        store.extend("signatures", some, anew=anew)
        anew = False


def _but(reports: pa.ChunkedArray, held: pa.Table) -> pa.ChunkedArray:
    return reports.filter(pc.invert(pc.is_in(reports, value_set=held.column("report_id").combine_chunks())))


def _of(batch: pa.RecordBatch, reports: Collection[str]) -> pa.RecordBatch:
    """The rows of these reports; Arrow would prepare a large set anew for every batch."""
    return batch.filter(pa.array([name in reports for name in batch.column("report_id").to_pylist()], pa.bool_()))


def _row(mark: Signature) -> SignatureRow:
    return SignatureRow(
        report_id=mark.report_id,
        version=SIGNATURE_VERSION,
        words=mark.words,
        figures=mark.figures,
        sketch=mark.sketch,
    )
