"""Which decisions stand: all that were made, without those withdrawn by a decision that itself stands."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from etl.records import Decision, Review
from etl.reviews.anchors import Anchors

_EARLIEST = dt.datetime.min.replace(tzinfo=dt.UTC)
PAST: dict[Decision, str] = {
    "confirm": "confirmed",
    "reject": "rejected",
    "correct": "corrected",
    "merge": "merged",
    "split": "split",
    "withdraw": "withdrawn",
}
"""What each decision makes of its subject, as the tables mark it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision that stands, read: what to put in place, and the figures it rests on."""

    review: Review
    values: dict[str, Any]
    anchors: Anchors

    @property
    def note(self) -> str:
        """Who decided, when and why, in a line."""
        review = self.review
        day = f", {review.reviewed_at:%Y-%m-%d}" if review.reviewed_at else ""
        return f"{PAST[review.decision]} by {review.reviewer or 'somebody'}{day}: {review.reason or 'no reason given'}"


def order(review: Review) -> tuple[dt.datetime, str]:
    """Decisions in the order they were made."""
    return (review.reviewed_at or _EARLIEST, review.review_id)


def withdrawn(withdrawals: Iterable[tuple[str, str]]) -> set[str]:
    """Ids of the decisions that are taken back by ``withdrawals``: each its own id and that of what it withdraws.

    They must be in the order they were made.
    """
    gone: set[str] = set()
    # The latest first: whether a withdrawal stands is known before what it withdraws is looked at.
    for review_id, subject_id in reversed(list(withdrawals)):
        if review_id not in gone:
            gone.add(subject_id)
    return gone


def standing(reviews: Iterable[Review]) -> list[Standing]:
    """The decisions that stand, in the order they were made."""
    made = sorted(reviews, key=order)
    gone = withdrawn((one.review_id, one.subject_id) for one in made if one.decision == "withdraw")
    return [
        Standing(one, json.loads(one.correction or "{}"), Anchors.of_json(one.anchors))
        for one in made
        if one.decision != "withdraw" and one.review_id not in gone
    ]
