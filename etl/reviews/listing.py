"""What ``python -m etl review list`` tells: every decision, whether it stands, and what it binds today."""

from __future__ import annotations

from collections.abc import Iterator

from etl.reviews.anchors import Anchors, Places
from etl.reviews.standing import order, standing
from etl.tables.snapshot import Tables


def lines(tables: Tables, about: str | None = None) -> Iterator[str]:
    """Each decision on two lines, the latest first; only those on the id ``about`` where one is given."""
    made = list(tables.rows("reviews"))
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
        state = "stands" if one.review_id in stand else "withdrawal" if one.decision == "withdraw" else "withdrawn"
        moved = f", now {now}" if now not in (None, one.subject_id) else ""
        when = f"{one.reviewed_at:%Y-%m-%d %H:%M}" if one.reviewed_at else "time not said"
        yield f"{one.review_id}  {one.decision} {one.subject} {one.subject_id}{moved} ({state})"
        yield f"  {when} UTC, {one.reviewer}: {one.reason}{f' [{one.correction}]' if one.correction else ''}"
