"""What a run does once its reports are read: link copies, join events into incidents, write what changed.

The first run, one under other rules and one after an interruption make all incidents anew. Any other looks only at the
blocks its new reports touch: their tellings, the held ones near these, and all that hang together with either. Both
ways leave the same tables (:mod:`etl.incidents.clustering` says why), so a run may choose.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from etl.incidents import RESOLVER_VERSION
from etl.records import Event, Report
from etl.tables.store import NoPublishedRun, Snapshot, Store

if TYPE_CHECKING:
    from etl.incidents import Resolution
    from etl.incidents.resolution import Pairs
    from etl.tables.snapshot import Tables

Resolver = Callable[[Iterable[Event], Iterable[Report], dict[str, str]], "Resolution"]
"""As :func:`etl.incidents.resolve`: events, reports and each claim's present incident in; incidents and tolls out."""

MOST_NEW = 0.2
"""Share of the reports from which on, if new, it is quicker to make all incidents anew."""
_RESOLVED = ("incidents", "tolls", "tellings", "redirects")


def settle(
    store: Store,
    *,
    stopped: Callable[[], bool] = bool,
    resolve: Resolver | None = None,
    changed: Collection[str] = (),
    must_link: Pairs = (),
    cannot_link: Pairs = (),
    anew: bool = False,
) -> None:
    """Bring copies, incidents, tolls and redirects of ``store`` up to date with its reports and claims.

    ``changed`` are reports, besides the unpublished ones, whose claims are not those that resolution last saw, or whose
    events an analyst's pairs now bind or no longer bind; the pairs are those of :func:`etl.incidents.resolve`, all of
    them at every run. ``resolve`` stands in for the project's own, and makes all anew, as ``anew`` does. Raises
    :class:`~etl.errors.Interrupted` once ``stopped`` is true; nothing is half written then.
    """
    from etl.copies import duplicates_after  # noqa: PLC0415 - after the fast part of start-up
    from etl.settling.anew import settle_anew  # noqa: PLC0415 - as above
    from etl.settling.touched import settle_touched  # noqa: PLC0415 - as above

    now = store.latest(["reports", "claims"])
    published = _published(store)
    fresh = _added(published, now)
    links = duplicates_after(store, now, fresh)
    store.set_duplicates(links)
    now = store.latest()
    if published is None or resolve is not None or anew or not _builds_on(published, now):
        settle_anew(store, now, stopped, resolve, list(must_link), list(cannot_link))
        return
    touched = fresh | _relinked(published, links) | set(changed)
    if len(touched) > MOST_NEW * now.count("reports"):
        settle_anew(store, now, stopped, resolve, list(must_link), list(cannot_link))
        return
    settle_touched(store, now, touched, stopped, must_link=list(must_link), cannot_link=list(cannot_link))


def _published(store: Store) -> Snapshot | None:
    try:
        return store.snapshot()
    except NoPublishedRun:
        return None


def _added(published: Tables | None, now: Tables) -> set[str]:
    """Ids of the reports that no published run has linked yet."""
    ids = now.arrow("reports", ["report_id"]).column("report_id")
    if published is not None:
        known = published.arrow("reports", ["report_id"]).column("report_id").combine_chunks()
        ids = ids.filter(pc.invert(pc.is_in(ids, value_set=known)))
    return set(ids.to_pylist())


def _relinked(published: Tables, links: Mapping[str, str]) -> set[str]:
    """Reports that ``links`` make copies of another report than the published tables do."""
    held = published.arrow("reports", ["report_id", "duplicate_of"])
    ids = held.column("report_id")
    concerned = pc.or_(
        pc.is_valid(held.column("duplicate_of")), pc.is_in(ids, value_set=pa.array(sorted(links), pa.string()))
    )
    some = held.filter(concerned)
    pairs = zip(some.column("report_id").to_pylist(), some.column("duplicate_of").to_pylist(), strict=True)
    return {report for report, original in pairs if original != links.get(report)}


def _builds_on(published: Snapshot, now: Tables) -> bool:
    """Whether the incidents as they stand are whole and made by the present rules."""
    return published.run.resolver_version == RESOLVER_VERSION and all(
        now.versions.get(table) == published.versions.get(table) for table in _RESOLVED
    )
