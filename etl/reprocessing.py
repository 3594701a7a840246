"""Reports of the tables read anew by the present extraction; the claims of earlier versions stay beside the new ones.

A report's claims are exchanged in one write: the new ones come in and the old ones are marked ``superseded_by``, so
whatever interrupts the work, every report has the claims of exactly one version that count. Resolution and tolls rest
on those alone; the old ones stay readable by their ``extractor_version``, and the tables as they were by their run.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tqdm import tqdm

from etl.changes import Change, changes
from etl.errors import Interrupted
from etl.pipeline import extractor_version
from etl.publishing import open_store, publish
from etl.reading import AT_ONCE, Extractor, Reading, Told, read_again, second_reader
from etl.records import SECOND_READER, Claim, Report, SetAside
from etl.reviews.settling import settle_with_reviews
from etl.settings import Settings
from etl.tables.exports.chosen import chosen
from etl.tables.schema import from_arrow
from etl.tables.snapshot import Snapshot, Tables
from etl.tables.store import Store
from etl.tally import Tally
from etl.workers import tell_side_by_side

_LONGEST_BATCH = 1_000_000
"""Characters of text after which reports are read together, however few they are."""


@dataclass(frozen=True, slots=True)
class Reprocessed:
    """A finished reprocessing: the tables it published, its counts, and every figure of an incident that changed."""

    snapshot: Snapshot
    tally: Tally
    version: str
    superseded: int
    changes: list[Change]


def reprocess(
    settings: Settings,
    *,
    where: str | None = None,
    stopped: Callable[[], bool] = bool,
    extract_all: Extractor | None = None,
    version: str | None = None,
) -> Reprocessed:
    """Read anew every report that another version of the extraction read last, or those ``where`` names of them.

    ``where`` is SQL over the columns of ``reports``. ``extract_all`` and ``version`` stand in for the project's own
    extraction. A report that cannot be read keeps the claims it has, and is set aside in the summary. Raises
    :class:`~etl.errors.Interrupted` once ``stopped`` is true: what was read is kept, and the next time carries on.
    """
    store = open_store(settings)
    reads = version or extractor_version()
    started = dt.datetime.now(dt.UTC)
    with store.exclusive(wait=settings.store.wait_seconds, stopped=stopped):
        before = store.snapshot()
        if store.unpublished():
            store.drop_orphans()
        tally = Tally()
        superseded = 0
        touched: set[str] = set()
        for told in _told(settings, store.latest(), _to_read(store.latest(), reads, where), tally, extract_all):
            superseded += _exchange(store, told, reads, tally, again=settings.second_reader.base_url is not None)
            touched |= {one.report.report_id for one in told}
            if stopped():
                raise Interrupted(f"stopped after {len(touched):,} reports; they are kept", remedy="run again to go on")
        settle_with_reviews(store, stopped=stopped, changed=touched)
        after = publish(store, tally, started, extractor_version=reads, kind="reprocess")
    return Reprocessed(after, tally, reads, superseded, changes(before, after))


def _to_read(tables: Tables, version: str, where: str | None) -> set[str]:
    """Ids of the reports to read, those the present version has read last left out."""
    rows = tables.arrow("reports", ["report_id", "extractor_version"])
    old = {
        report_id
        for report_id, read_by in zip(
            rows.column("report_id").to_pylist(), rows.column("extractor_version").to_pylist(), strict=True
        )
        if read_by != version
    }
    if where is None:
        return old
    with chosen(tables, "reports", where) as found:
        return old & {report_id for batch in found for report_id in batch.column("report_id").to_pylist()}


def _told(
    settings: Settings, tables: Tables, wanted: set[str], tally: Tally, extract_all: Extractor | None
) -> Iterator[list[Told]]:
    """The ``wanted`` reports read, in lists that are written together."""
    reading = Reading(settings.extraction.model, settings.extraction.year_window, extract_all=extract_all)
    second = second_reader(settings)
    waiting: list[Told] = []
    size = 0
    batches = ((batch, batch) for batch in _batches(tables, wanted))
    with tqdm(total=len(wanted), unit=" reports", desc="reading", disable=None, file=sys.stderr) as bar:
        for batch, read in tell_side_by_side(batches, reading, settings.run.jobs or None):
            for report, (one, notes) in zip(batch, read_again(second, read), strict=True):
                bar.update()
                tally.read += 1
                for note in notes:
                    tally.set_aside(report.source, note)
                if isinstance(one, SetAside):
                    tally.set_aside(report.source, one)
                    continue
                waiting.append(one)
                size += len(report.text)
            if len(waiting) >= settings.run.batch_reports or size >= settings.run.batch_bytes:
                yield waiting
                waiting, size = [], 0
    if waiting:
        yield waiting


def _batches(tables: Tables, wanted: set[str]) -> Iterator[list[Report]]:
    """The ``wanted`` reports in lists that go through the parser together, shorter where the texts are long."""
    batch: list[Report] = []
    size = 0
    for rows in tables.batches("reports"):
        for report in from_arrow("reports", rows):
            if report.report_id not in wanted:
                continue
            batch.append(report)
            size += len(report.text)
            if len(batch) == AT_ONCE or size > _LONGEST_BATCH:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _exchange(store: Store, told: list[Told], version: str, tally: Tally, *, again: bool) -> int:
    """Write the new claims of these reports and supersede their old ones; gives how many those were.

    ``again``: a second reader read them too; otherwise what it said before still stands.
    """
    reports = {one.report.report_id: one.report for one in told}
    new = {claim.claim_id: claim for one in told for claim in one.claims}
    old = [
        claim
        for claim in _claims_of(store.latest(["claims"]), set(reports))
        if again or not claim.extractor_version.startswith(SECOND_READER)
    ]
    known = {claim.claim_id for claim in old}
    leaving = [
        replace(claim, superseded_by=version)
        for claim in old
        if claim.superseded_by is None and claim.claim_id not in new
    ]
    back = [replace(claim, superseded_by=None) for claim in old if claim.claim_id in new and claim.superseded_by]
    coming = [claim for claim in new.values() if claim.claim_id not in known]
    store.rewrite("claims", [*coming, *back, *leaving])
    store.rewrite("reports", [replace(report, extractor_version=version) for report in reports.values()])
    tally.claims += len(coming)
    return len(leaving)


def _claims_of(tables: Tables, reports: set[str]) -> Iterator[Claim]:
    for batch in tables.batches("claims"):
        yield from (claim for claim in from_arrow("claims", batch) if claim.report_id in reports)
