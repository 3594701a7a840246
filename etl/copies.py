"""Which reports of the tables are copies of an earlier one, brought up to date after new reports came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from etl.reports.duplicates import WINDOW, Signature, link, signature
from etl.tables.schema import from_arrow
from etl.tables.snapshot import Tables


def duplicates_after(tables: Tables, new: set[str]) -> dict[str, str]:
    """The ``duplicate_of`` of every report of ``tables`` that is a copy; ``new`` are the ids not linked before.

    Only reports published near a new one, or without a time, are compared again: a new report can be a copy of those,
    or turn out to be what they are copies of. Links of all others stay.
    """
    times = tables.arrow("reports", ["report_id", "published", "duplicate_of"])
    held = {
        report: original
        for report, original in zip(
            times.column("report_id").to_pylist(), times.column("duplicate_of").to_pylist(), strict=True
        )
        if original is not None
    }
    marks = {mark.report_id: mark for mark in _signatures(tables, _near(times, new))}
    found = link(marks.values())
    for report, mark in marks.items():
        if report in found:
            held[report] = found[report]
        elif mark.published is not None and held.get(report) in marks:
            # What it was a copy of was looked at again, and is no longer what it copies.
            del held[report]
    return _to_the_first(held)


def _near(times: pa.Table, new: set[str]) -> pa.Array:
    """Ids of the reports to compare: published within three windows of a new one, or without a time."""
    ids, published = times.column("report_id"), times.column("published")
    fresh = pc.is_in(ids, value_set=pa.array(sorted(new), pa.string()))
    bounds = pc.min_max(published.filter(fresh))
    least, most = bounds["min"].as_py(), bounds["max"].as_py()
    wanted = pc.or_(fresh, pc.is_null(published))
    if least is not None:
        reach = 3 * WINDOW
        near = pc.and_(
            pc.greater_equal(published, pa.scalar(_earlier(least, reach), published.type)),
            pc.less_equal(published, pa.scalar(_later(most, reach), published.type)),
        )
        wanted = pc.or_kleene(wanted, near)
    return ids.filter(wanted)


def _earlier(moment: dt.datetime, reach: dt.timedelta) -> dt.datetime:
    least = dt.datetime.min.replace(tzinfo=dt.UTC)
    return least if moment - least < reach else moment - reach


def _later(moment: dt.datetime, reach: dt.timedelta) -> dt.datetime:
    most = dt.datetime.max.replace(tzinfo=dt.UTC)
    return most if most - moment < reach else moment + reach


def _signatures(tables: Tables, ids: pa.Array) -> Iterator[Signature]:
    for batch in tables.batches("reports"):
        wanted = batch.filter(pc.is_in(batch.column("report_id"), value_set=ids))
        yield from map(signature, from_arrow("reports", wanted))


def _to_the_first(held: Mapping[str, str]) -> dict[str, str]:
    """``held`` with every copy linked to a report that is no copy itself."""
    firsts = {}
    for report, original in held.items():
        passed = {report}
        first = original
        while first in held and first not in passed:
            passed.add(first)
            first = held[first]
        firsts[report] = first
    return {report: first for report, first in firsts.items() if first != report}
