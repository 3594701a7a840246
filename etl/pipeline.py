"""One run, told in order: read, pass over what is known, prepare, extract, link copies, resolve, publish.

A run can end at any moment and be started again. A batch's claims are written before its reports, so a report in the
tables has all its claims and need not be read again; readers see nothing until the run is published. So an interrupted
run costs at most the batch it was at, and two runs over the same reports leave the same tables as one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from etl import sources
from etl.errors import Interrupted, UsageError
from etl.publishing import open_store, publish
from etl.reading import AT_ONCE, Extractor, Reading, Told, read_again, second_reader
from etl.records import Report, SetAside
from etl.reviews.settling import settle_with_reviews
from etl.settling import Resolver
from etl.tables.store import Store
from etl.tally import Summary, Tally
from etl.workers import tell_side_by_side

if TYPE_CHECKING:
    from etl.settings import Settings

__all__ = ["Interrupted", "Summary", "open_store", "run"]

# Files that hold many reports each, so that their number does not tell how far a run is.
_RECORDS = {".json", ".jsonl", ".ndjson", ".csv", ".tsv"}


def run(
    settings: Settings,
    *,
    stopped: Callable[[], bool] = lambda: False,
    extract_all: Extractor | None = None,
    resolve: Resolver | None = None,
) -> Summary:
    """Read the sources of ``settings`` into its store and publish what came of it.

    ``stopped`` is asked between reports; once it is true the run keeps what it has extracted and raises
    :class:`Interrupted`. ``extract_all`` and ``resolve`` stand in for the project's own. Raises
    :class:`~etl.errors.UsageError` where no source is given, :class:`~etl.errors.StoreError` where the store fails, and
    any other :class:`~etl.errors.EtlError` that concerns every report. One bad input is no error: the summary names it.
    """
    if not settings.sources.paths:
        raise UsageError("no source to read", remedy="name one with --source, or in the settings under [sources] paths")
    store = open_store(settings)
    started = dt.datetime.now(dt.UTC)
    with store.exclusive(wait=settings.store.wait_seconds, waiting=_say_waiting, stopped=stopped):
        if store.unpublished():
            store.drop_orphans()
        tally = Tally()
        _take_in(settings, store, tally, stopped, extract_all)
        if store.unpublished():
            settle_with_reviews(store, stopped=stopped, resolve=resolve)
        snapshot = publish(store, tally, started, extractor_version=extractor_version())
    return Summary(snapshot.run, tally, {table: snapshot.count(table) for table in ("reports", "claims", "incidents")})


def _say_waiting(holder: str) -> None:
    print(f"{holder} is at work on this store; waiting for it to end", file=sys.stderr)  # noqa: T201 - for the operator


def extractor_version() -> str:
    """The version of the extraction that a run of this program runs."""
    from etl.extraction import EXTRACTOR_VERSION  # noqa: PLC0415 - after the fast part of start-up

    return EXTRACTOR_VERSION


# Reading and extraction


def _take_in(
    settings: Settings, store: Store, tally: Tally, stopped: Callable[[], bool], extract_all: Extractor | None
) -> None:
    """Read every new report into the tables, a batch at a time."""
    second = second_reader(settings)
    known = set(store.latest(["reports"]).arrow("reports", ["report_id"]).column("report_id").to_pylist())
    waiting: list[Told] = []
    size = 0
    with _bar(settings.sources.paths) as bar:
        fresh = _new_reports(settings, tally, known, bar, stopped)
        reading = Reading(settings.extraction.model, settings.extraction.year_window, extract_all=extract_all)
        batches = (([report for _, report in chunk], chunk) for chunk in _chunks(fresh))
        for chunk, told in tell_side_by_side(batches, reading, settings.run.jobs or None):
            for (path, report), (one, notes) in zip(chunk, read_again(second, told), strict=True):
                bar.update()
                for note in notes:
                    tally.set_aside(path, note)
                if isinstance(one, SetAside):
                    tally.set_aside(path, one)
                    continue
                tally.per_source[path]["added"] += 1
                waiting.append(one)
                size += len(report.text)
            if len(waiting) >= settings.run.batch_reports or size >= settings.run.batch_bytes:
                _write(store, tally, waiting)
                waiting, size = [], 0
        _write(store, tally, waiting)
    if stopped():
        raise Interrupted(
            f"stopped before all was read; {tally.added:,} reports are kept", remedy="run again to carry on from there"
        )


def _new_reports(
    settings: Settings, tally: Tally, known: set[str], bar: tqdm[Any], stopped: Callable[[], bool]
) -> Iterator[tuple[str, Report]]:
    """Each report the tables do not hold yet, with the path it was found below; ends early once stopped."""
    limits = sources.Limits(
        max_text_bytes=settings.sources.max_text_bytes, max_page_bytes=settings.sources.max_page_bytes
    )
    for path in settings.sources.paths:
        for found in sources.read([path], limits):
            if stopped():
                return
            if isinstance(found, SetAside):
                tally.set_aside(path, found)
                bar.update(found.severity == "error")
                continue
            tally.read += 1
            tally.per_source[path]["read"] += 1
            if found.report_id in known:
                tally.known += 1
                bar.update()
                tally.per_source[path]["known"] += 1
                continue
            known.add(found.report_id)
            yield path, found


def _chunks(reports: Iterable[tuple[str, Report]]) -> Iterator[list[tuple[str, Report]]]:
    """``reports`` in lists that go through the parser together, shorter where the texts are long."""
    chunk: list[tuple[str, Report]] = []
    size = 0
    for one in reports:
        chunk.append(one)
        size += len(one[1].text)
        if len(chunk) == AT_ONCE or size > 1_000_000:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _write(store: Store, tally: Tally, told: list[Told]) -> None:
    """Keep a batch; claims first, so that a report in the tables never lacks any of its own."""
    if not told:
        return
    tally.claims += store.append("claims", [claim for one in told for claim in one.claims])
    read_by = extractor_version()
    reports = [replace(one.report, extractor_version=read_by) for one in told]
    tally.added += store.append("reports", reports)


@contextlib.contextmanager
def _bar(paths: Iterable[str]) -> Iterator[tqdm[Any]]:
    """A progress bar on the terminal's error stream; none where that is no terminal."""
    total: int | None = None
    size: dict[str, int] = {}
    if sys.stderr.isatty():
        if 0 in os.get_terminal_size(sys.stderr.fileno()):
            # A terminal that does not know its size; the bar would take that for no room at all.
            size = {"ncols": 80, "nrows": 24}
        files = [found for path in paths for found in _files(Path(path))]
        total = len(files) if all(file.suffix.lower() not in _RECORDS for file in files) else None
    with tqdm(total=total, unit=" reports", desc="reading", disable=None, file=sys.stderr, **size) as bar:
        yield bar


def _files(path: Path) -> list[Path]:
    from etl.sources.folder import files_below  # noqa: PLC0415 - only where there is a bar to draw

    if not path.is_dir():
        return [path]
    return [found for found in files_below(path, sources.SUFFIXES) if isinstance(found, Path)]
