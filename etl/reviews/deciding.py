"""A decision from the words of an analyst: checked, kept, and in effect at once.

The command line and the dashboard both call :func:`decide`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from etl import publishing
from etl.errors import ReviewError
from etl.records import Claim, Decision, Incident, Review, Subject
from etl.reviews import values
from etl.reviews.anchors import Anchors, of_claims
from etl.reviews.claims import restored
from etl.reviews.settling import settle_with_reviews
from etl.reviews.standing import order, withdrawn
from etl.settings import Settings
from etl.tables import former_ids
from etl.tables.schema import from_arrow
from etl.tables.snapshot import Snapshot, Tables
from etl.tally import Tally

LONGEST_WORDS = 2_000
"""Characters of a reason, and of a name."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What an analyst asks for.

    ``subject_id`` is a claim's or an incident's id (of ``withdraw``, a review's). ``given`` are corrections
    (``killed=85``), the other incident of a merge, or the claims (or reports) that a split takes out.
    """

    decision: Decision
    subject_id: str
    given: tuple[str, ...] = ()
    reviewer: str = ""
    reason: str = ""


def decide(settings: Settings, ask: Ask, *, wait: float | None = None) -> tuple[Review, Snapshot]:
    """Keep the decision and bring the tables up to date with it; gives it and what readers see from now on.

    Other work on the store is waited for up to ``wait`` seconds (the setting where null).
    :class:`~etl.errors.ReviewError` for an id that is not there and a value that does not fit,
    :class:`~etl.tables.lock.StoreBusy` where other work does not end, and any other
    :class:`~etl.errors.StoreError` where the store fails.
    """
    store = publishing.open_store(settings)
    started = dt.datetime.now(dt.UTC)
    with store.exclusive(wait=settings.store.wait_seconds if wait is None else wait):
        before = store.snapshot().run
        if store.unpublished():
            store.drop_orphans()
        review = review_of(store.latest(), ask, started)
        store.append("reviews", [review])
        settle_with_reviews(store)
        snapshot = publishing.publish(
            store, Tally(), started, extractor_version=before.extractor_version, kind="review"
        )
        return review, snapshot


def review_of(tables: Tables, ask: Ask, moment: dt.datetime) -> Review:
    """The row ``ask`` makes at ``moment``; :class:`~etl.errors.ReviewError` where it names what is not there."""
    if not ask.reviewer.strip():
        raise ReviewError("who decides is not said", remedy="name the reviewer with --by")
    if not ask.reason.strip():
        raise ReviewError("why is not said", remedy="give the reason with --why")
    subject, subject_id, correction, anchors = _read(tables, ask)
    row = Review(
        review_id="",
        subject=subject,
        subject_id=subject_id,
        decision=ask.decision,
        correction=json.dumps(correction, ensure_ascii=False, sort_keys=True) if correction else None,
        anchors=anchors.to_json() if anchors else None,
        reviewer=ask.reviewer.strip()[:LONGEST_WORDS],
        reviewed_at=moment,
        reason=ask.reason.strip()[:LONGEST_WORDS],
    )
    return dataclasses.replace(row, review_id=hashlib.sha256(f"review\x1f{row!r}".encode()).hexdigest()[:20])


def _read(tables: Tables, ask: Ask) -> tuple[Subject, str, dict[str, Any], Anchors | None]:
    if ask.decision == "withdraw":
        made = sorted(tables.rows("reviews"), key=order)
        if not any(one.review_id == ask.subject_id for one in made):
            raise ReviewError(
                f"{ask.subject_id!r} is no decision, and only a decision is withdrawn",
                remedy="python -m etl review list, with the id of a claim or incident, names those on it",
            )
        if ask.subject_id in withdrawn((one.review_id, one.subject_id) for one in made if one.decision == "withdraw"):
            raise ReviewError(
                f"review {ask.subject_id!r} is withdrawn already",
                remedy="to bring it back, withdraw its withdrawal; python -m etl review list names it",
            )
        return "review", ask.subject_id, {}, None
    if ask.decision == "merge":
        return _merge(tables, ask)
    if ask.decision == "split":
        return _split(tables, ask)
    claim = next(iter(_claims(tables, "claim_id", [ask.subject_id])), None)
    if claim is not None:
        correction = values.read("claim", ask.given) if ask.decision == "correct" else {}
        values.check(dataclasses.asdict(dataclasses.replace(claim, **restored(correction))), "claim", correction)
        return "claim", claim.claim_id, correction, Anchors(of_claims([claim]))
    if any(one.review_id == ask.subject_id for one in tables.rows("reviews")):
        raise ReviewError(f"{ask.subject_id!r} is a decision, and is withdrawn or left as it is")
    incident = _incident(tables, ask.subject_id, "claim or incident")
    correction = values.read("incident", ask.given) if ask.decision == "correct" else {}
    values.check(dataclasses.asdict(dataclasses.replace(incident, **restored(correction))), "incident", correction)
    return "incident", incident.incident_id, correction, Anchors(of_claims(_members(tables, incident)))


def _merge(tables: Tables, ask: Ask) -> tuple[Subject, str, dict[str, Any], Anchors]:
    if len(ask.given) != 1:
        raise ReviewError("a merge is of two incidents", remedy="name both: review merge ID OTHER")
    one, other = (_incident(tables, name, "incident") for name in (ask.subject_id, ask.given[0]))
    if one.incident_id == other.incident_id:
        raise ReviewError(f"{ask.subject_id!r} and {ask.given[0]!r} are one incident already")
    anchors = Anchors(of_claims(_members(tables, one)), of_claims(_members(tables, other)))
    return "incident", one.incident_id, {"with": other.incident_id}, anchors


def _split(tables: Tables, ask: Ask) -> tuple[Subject, str, dict[str, Any], Anchors]:
    incident = _incident(tables, ask.subject_id, "incident")
    members = _members(tables, incident)
    known = {one.claim_id for one in members} | {one.report_id for one in members}
    for name in ask.given:
        if name not in known:
            raise ReviewError(f"incident {incident.incident_id} holds no claim and no report {name!r}")
    out = [one for one in members if {one.claim_id, one.report_id} & set(ask.given)]
    stay = [one for one in members if one not in out]
    if not out or not stay:
        raise ReviewError(
            "a split takes some claims out and leaves some", remedy="name the claims, or reports, that it takes out"
        )
    ids = [one.claim_id for one in out]
    return "incident", incident.incident_id, {"claims": ids}, Anchors(of_claims(stay), of_claims(out))


def _incident(tables: Tables, incident_id: str, wanted: str) -> Incident:
    found = tables.current_incident(incident_id)
    rows = tables.arrow("incidents")
    held = list(from_arrow("incidents", rows.filter(pc.equal(rows.column("incident_id"), found or ""))))
    if not held:
        rejecting = former_ids.rejected_by(tables, incident_id)
        if rejecting is not None:
            raise ReviewError(
                f"incident {incident_id!r} is rejected by review {rejecting}", remedy=former_ids.BROUGHT_BACK
            )
        raise ReviewError(
            f"no {wanted} {incident_id!r}", remedy="python -m etl export incidents (or claims) lists the ids"
        )
    return held[0]  # type: ignore[no-any-return]  # a row of incidents


def _members(tables: Tables, incident: Incident) -> list[Claim]:
    """The claims that make the incident; those that only recall it make none."""
    every = _claims(tables, "incident_id", [incident.incident_id])
    return [one for one in every if one.superseded_by is None and one.scope != "background"]


def _claims(tables: Tables, column: str, values_of: Sequence[str]) -> list[Claim]:
    wanted = pa.array(list(values_of), pa.string())
    return [
        claim
        for batch in tables.batches("claims")
        for claim in from_arrow("claims", batch.filter(pc.is_in(batch.column(column), value_set=wanted)))
    ]
