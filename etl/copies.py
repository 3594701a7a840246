"""Which reports of the tables are copies of an earlier one, brought up to date after new reports came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.records import Report
from etl.reports.duplicates import WINDOW, figures_in, link, order, signature
from etl.tables.snapshot import Tables

_NEVER = -(2**62)


def duplicates_after(tables: Tables, new: set[str]) -> dict[str, str]:
    """The ``duplicate_of`` of every report of ``tables`` that is a copy; ``new`` are the ids not linked before.

    Only reports published near a new one, or without a time, are compared again, and of them only those that hold the
    figures of a new one: a new report can be a copy of those, or turn out to be what they are copies of. Links of all
    others stay. A new report without a time can be a copy of any, so then the time of the others plays no part.
    """
    times = tables.arrow("reports", ["report_id", "published", "duplicate_of"])
    links = times.filter(pc.is_valid(times.column("duplicate_of")))
    held = dict(zip(links.column("report_id").to_pylist(), links.column("duplicate_of").to_pylist(), strict=True))
    fresh = pa.array(sorted(new), pa.string())
    marks = {mark.report_id: mark for mark in map(signature, _reports(tables, fresh))}
    alike = {mark.figures for mark in marks.values()}
    for near in _reports(tables, _near(times, fresh)):
        if near.report_id not in marks and figures_in(near) in alike:
            marks[near.report_id] = signature(near)
    found = link(marks.values())
    published = _published(times, {*found.values(), *(held[report] for report in marks if report in held)})
    for report, mark in marks.items():
        if report in found:
            known = held.get(report)
            # A report without a time may copy one that was not compared again: the earlier of the two is its original.
            if (
                known is None
                or known in marks
                or order(published[found[report]], found[report]) < order(published[known], known)
            ):
                held[report] = found[report]
        elif mark.published is not None and held.get(report) in marks:
            # What it was a copy of was looked at again, and is no longer what it copies.
            del held[report]
    return _to_the_first(held)


def _published(times: pa.Table, reports: set[str]) -> dict[str, dt.datetime | None]:
    some = times.filter(pc.is_in(times.column("report_id"), value_set=pa.array(sorted(reports), pa.string())))
    return dict(zip(some.column("report_id").to_pylist(), some.column("published").to_pylist(), strict=True))


def _near(times: pa.Table, new: pa.Array) -> pa.Array:
    """Ids of the reports to compare: published within three windows of a new one, or without a time."""
    ids, published = times.column("report_id"), times.column("published")
    fresh = pc.is_in(ids, value_set=new)
    if pc.any(pc.and_(fresh, pc.is_null(published))).as_py():
        return ids.combine_chunks()
    moments = _microseconds(published)
    known = _microseconds(published.filter(fresh))
    known.sort()
    reach = int(3 * WINDOW / dt.timedelta(microseconds=1))
    after = np.searchsorted(known, moments - reach)
    near = (after < known.size) & (known[np.minimum(after, known.size - 1)] <= moments + reach) if known.size else False
    timeless = pc.is_null(published).to_numpy(zero_copy_only=False)
    return ids.filter(pa.array(np.where(timeless, True, near))).combine_chunks()


def _microseconds(moments: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """Moments as numbers; one that is not said is the first of all."""
    plain: npt.NDArray[np.int64] = pc.fill_null(moments.cast(pa.int64()), _NEVER).to_numpy(zero_copy_only=False).copy()
    return plain


def _reports(tables: Tables, ids: pa.Array) -> Iterator[Report]:
    for batch in tables.batches("reports", ["report_id", "published", "text"]):
        wanted = batch.filter(pc.is_in(batch.column("report_id"), value_set=ids))
        for row in wanted.to_pylist():
            yield Report(**row)


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
