"""What decisions do to the rows of ``claims``: the reviewed value in place of the read one, which is kept beside it."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from etl.records import Claim, Incident
from etl.reviews.anchors import Places
from etl.reviews.standing import PAST, Standing

REJECTED = PAST["reject"]
SPLIT = PAST["split"]
Row = TypeVar("Row", Claim, Incident)


def as_made(row: Row) -> Row:
    """The row as the program made it, whatever decisions it bears."""
    values = restored(json.loads(row.review_replaced or "{}"))
    return replace(row, **values, review=None, review_note=None, review_replaced=None)


def with_marks(row: Row, values: Mapping[str, Any], marks: Sequence[str], notes: Sequence[str]) -> Row:
    """The row with ``values`` in place, marked; what they replace is kept."""
    old = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
    kept = json.dumps(old, ensure_ascii=False, sort_keys=True, default=_words) if old else None
    return replace(
        row, **values, review=", ".join(dict.fromkeys(marks)), review_note="; ".join(notes), review_replaced=kept
    )


def restored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON holds them, as a row holds them: days are days, lists are tuples."""
    return {name: _restored(name, value) for name, value in values.items()}


def _restored(name: str, value: Any) -> Any:
    if name in ("date_start", "date_end") and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _words(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"no JSON is written for a {type(value).__name__}")


def reviewed(claims: Iterable[Claim], decisions: Sequence[Standing], places: Places) -> list[Claim]:
    """Each of ``claims``, which are all that count of their reports, as the decisions leave it."""
    made = [as_made(claim) for claim in claims]
    about: dict[str, list[Standing]] = defaultdict(list)
    for one in decisions:
        anchors = one.anchors.other if one.review.decision == "split" else one.anchors.subject
        if one.review.subject == "claim" or one.review.decision == "split":
            for claim_id in places.claims_at(anchors):
                about[claim_id].append(one)
    numbers = _numbers(made, about)
    return [_decided(claim, about.get(claim.claim_id, ()), numbers.get(claim.claim_id)) for claim in made]


def said(decisions: Sequence[Standing]) -> tuple[dict[str, Any], list[str]]:
    """What DECISIONS, the earliest first, put in place, by column, and the marks they leave."""
    values: dict[str, Any] = {}
    marks: list[str] = []
    for one in decisions:
        decision = one.review.decision
        if decision in ("confirm", "reject", "correct"):
            # The latest word on whether the row holds takes the place of an earlier one.
            marks = [mark for mark in marks if mark not in (REJECTED, PAST["confirm"])]
        if decision == "correct":
            values |= restored(one.values)
        marks.append(PAST[decision])
    return values, marks


def _decided(claim: Claim, decisions: Sequence[Standing], event: int | None) -> Claim:
    if not decisions:
        return claim
    values, marks = said(decisions)
    if any(one.review.decision in ("confirm", "correct") for one in decisions):
        values["confidence"] = 1.0
    if event is not None:
        values["event"] = event
    return with_marks(claim, values, marks, [one.note for one in decisions])


def _numbers(claims: Sequence[Claim], about: Mapping[str, Sequence[Standing]]) -> dict[str, int]:
    """New event numbers of the claims that a decision splits off others of their own event."""
    latest = {
        claim_id: split[-1].review.review_id
        for claim_id, decisions in about.items()
        if (split := [one for one in decisions if one.review.decision == "split"])
    }
    events: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    highest: dict[str, int] = defaultdict(int)
    for claim in claims:
        if claim.event is not None:
            events[claim.report_id, claim.event].append(claim)
            highest[claim.report_id] = max(highest[claim.report_id], claim.event)
    found: dict[str, int] = {}
    for (report_id, _), members in sorted(events.items()):
        for review_id in sorted({latest[one.claim_id] for one in members if one.claim_id in latest}):
            own = [one.claim_id for one in members if latest.get(one.claim_id) == review_id]
            if len(own) < len(members):
                highest[report_id] += 1
                found |= dict.fromkeys(own, highest[report_id])
    return found
