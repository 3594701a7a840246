"""What ``python -m etl review list`` tells: every decision, whether it stands, and what it binds today."""

from __future__ import annotations

import json
from collections.abc import Iterator

from etl.records import Review
from etl.reviews.anchors import Anchors, Places
from etl.reviews.standing import order, standing
from etl.tables.snapshot import Tables


def lines(tables: Tables, about: str | None = None) -> Iterator[str]:
    """Each decision on two lines, the latest first; only those on the id ``about`` where one is given."""
    made = list(tables.rows("reviews"))
    if not made:
        yield "no decision has been made yet"
        return
    taken_back = {one.subject_id: one for one in sorted(made, key=order) if one.decision == "withdraw"}
    told = 0
    stand = {one.review.review_id for one in standing(made)}
    reports = set().union(*(Anchors.of_json(one.anchors).reports for one in made))
    places = Places(tables, reports)
    leads = {one.incident_id: one.current_incident_id for one in tables.rows("redirects")}
    for one in sorted(made, key=order, reverse=True):
        anchors = Anchors.of_json(one.anchors).subject
        if one.subject == "claim":
            now = next(iter(places.claims_at(anchors)), None)
        else:
            now = places.incident_at(anchors, one.subject_id, leads) if one.subject == "incident" else None
        if about is not None and not {about, leads.get(about)} & {one.subject_id, one.review_id, now} - {None}:
            continue
        told += 1
        back = taken_back.get(one.review_id)
        state = "withdrawal" if one.decision == "withdraw" else "stands"
        if one.decision != "withdraw" and one.review_id not in stand and back is not None:
            state = f"withdrawn by {back.reviewer}, {_moment(back)}: {back.reason} [{back.review_id}]"
        moved = f", now {now}" if now not in (None, one.subject_id) else ""
        yield f"{one.review_id}  {one.decision} {one.subject} {one.subject_id}{moved} ({state})"
        yield f"  {_moment(one)}, {one.reviewer}: {one.reason}{_put_in_place(one)}"
    if not told:
        yield f"no decision on {about}"


def _moment(review: Review) -> str:
    return f"{review.reviewed_at:%Y-%m-%d %H:%M} UTC" if review.reviewed_at else "time not said"


def _put_in_place(review: Review) -> str:
    """What the decision puts in place, as it would be written for ``review correct``."""
    values = json.loads(review.correction or "{}")
    words = (
        f"{name}={'; '.join(map(str, value)) if isinstance(value, list) else '' if value is None else value}"
        for name, value in values.items()
    )
    return f" [{', '.join(words)}]" if values else ""
