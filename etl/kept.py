"""Reports of the tables with their claims and events, a few thousand rows in memory at a time."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Collection, Iterator

import duckdb
import pyarrow as pa

from etl.errors import EtlError
from etl.records import Claim, Event, Report
from etl.reviews.events import events_as_reviewed
from etl.tables.schema import from_arrow
from etl.tables.snapshot import Tables


def claims_by_report(tables: Tables, only: Collection[str] | None = None) -> Iterator[tuple[Report, list[Claim]]]:
    """Each report that has claims that count, with them, in order of ``report_id``; ``only`` those of these ids.

    Claims of an earlier version of the extraction count no more once a later one has read their report.
    """
    with tempfile.TemporaryDirectory(prefix="tollbook-") as spill, duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET temp_directory = $spill", {"spill": spill})
        told = connection.cursor(), connection.cursor()
        for cursor in told:
            tables.views(cursor, ["reports", "claims"])
            if only is not None:
                cursor.register("asked", pa.table({"report_id": pa.array(sorted(only), pa.string())}))
        among = "" if only is None else "AND report_id IN (SELECT report_id FROM asked)"
        # Two passes in one order, so that only the rows of a moment are in memory.
        counting = f"FROM claims WHERE superseded_by IS NULL {among}"
        telling = f"SELECT * FROM reports WHERE report_id IN (SELECT report_id {counting}) ORDER BY report_id"  # noqa: S608 - words of this module
        reports = told[0].sql(telling)
        claims = told[1].sql(f"SELECT * {counting} ORDER BY report_id, figure_start, claim_id")
        every_claim = (claim for batch in claims.to_arrow_reader(2_000) for claim in from_arrow("claims", batch))
        grouped = itertools.groupby(every_claim, key=lambda claim: claim.report_id)
        every_report = (report for batch in reports.to_arrow_reader(200) for report in from_arrow("reports", batch))
        for report, (report_id, its_claims) in zip(every_report, grouped, strict=True):
            if report.report_id != report_id:
                raise EtlError(f"report {report_id} has claims but is not in the tables", where=tables.root)
            yield report, list(its_claims)


def events(tables: Tables, only: Collection[str] | None = None) -> Iterator[Event]:
    """The events of every report, or of ``only`` these, from its claims as reviews leave them."""
    for report, claims in claims_by_report(tables, only):
        yield from events_as_reviewed(report, claims)
