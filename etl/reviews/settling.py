"""Resolution under the decisions that stand: they change the claims before it, bind it, and have the last word."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pyarrow as pa
import pyarrow.compute as pc

from etl.records import Claim, Review
from etl.reviews import incidents
from etl.reviews.anchors import Anchors, Places
from etl.reviews.claims import reviewed
from etl.reviews.links import pairs
from etl.reviews.standing import Standing, standing
from etl.settling import Resolver, settle
from etl.tables.schema import from_arrow
from etl.tables.store import NoPublishedRun, Store


def settle_with_reviews(
    store: Store,
    *,
    stopped: Callable[[], bool] = bool,
    resolve: Resolver | None = None,
    changed: Collection[str] = (),
    anew: bool = False,
) -> None:
    """:func:`etl.settling.settle` with the decisions of ``store`` applied, those of earlier runs and new ones alike."""
    made = list(store.latest(["reviews"]).rows("reviews"))
    if not made:
        settle(store, stopped=stopped, resolve=resolve, changed=changed, anew=anew)
        return
    stand = standing(made)
    rests_on = {one.review_id: Anchors.of_json(one.anchors).reports for one in made}
    reports = set().union(*rests_on.values())
    touched = _mark_claims(store, stand, reports)
    new = {one.review_id for one in made} - _published(store)
    # What a withdrawn decision bound is to be looked at again as much as what a new one binds.
    anew_for = {
        report
        for one in made
        if one.review_id in new
        for name in (one.review_id, one.subject_id)
        for report in rests_on.get(name, ())
    }
    must, cannot = pairs(stand, Places(store.latest(["claims"]), reports))
    settle(
        store,
        stopped=stopped,
        resolve=resolve,
        changed={*changed, *touched, *anew_for},
        must_link=sorted(must),
        cannot_link=sorted(cannot),
        anew=anew,
    )
    incidents.mark(store, stand, rests_on.keys(), reports)


def _mark_claims(store: Store, stand: list[Standing], reports: Collection[str]) -> set[str]:
    """Write what the decisions make of the claims of ``reports``; gives the reports of those that changed."""
    now = store.latest(["claims"])
    wanted = pa.array(sorted(reports), pa.string())
    held: list[Claim] = []
    for batch in now.batches("claims"):
        some = batch.filter(pc.is_in(batch.column("report_id"), value_set=wanted))
        held += (claim for claim in from_arrow("claims", some) if claim.superseded_by is None)
    after = reviewed(held, stand, Places(now, reports))
    # A claim is no dictionary key of its own: order is kept.
    changed = [new for old, new in zip(held, after, strict=True) if old != new]
    store.rewrite("claims", changed)
    return {claim.report_id for claim in changed}


def _published(store: Store) -> set[str]:
    try:
        rows: list[Review] = list(store.snapshot().rows("reviews"))
    except NoPublishedRun:
        return set()
    return {one.review_id for one in rows}
