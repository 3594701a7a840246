"""What decisions do to ``incidents`` and ``tolls`` once claims are resolved: corrections, rejections, marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from etl.incidents import consensus
from etl.records import MEASURES, Incident, TollStep
from etl.reviews.anchors import Places
from etl.reviews.claims import REJECTED, as_made, restored, said, with_marks
from etl.reviews.standing import Standing
from etl.reviews.values import BOUNDS
from etl.tables.schema import from_arrow
from etl.tables.snapshot import Tables
from etl.tables.store import Store


def mark(store: Store, decisions: Sequence[Standing], reviews: Collection[str], reports: Collection[str]) -> None:
    """Put the standing ``decisions`` on incidents into the tables, and take out what no decision says any more.

    ``reviews`` are the ids of all decisions ever made, ``reports`` those that any of them rests on.
    """
    now = store.latest(["incidents", "tolls", "claims", "redirects", "tellings"])
    places = Places(now, reports)
    leads = {one.incident_id: one.current_incident_id for one in now.rows("redirects")}
    about: dict[str, list[Standing]] = defaultdict(list)
    for one in decisions:
        if one.review.subject == "incident":
            for incident_id in _subjects(one, places, leads):
                about[incident_id].append(one)
    held = now.arrow("incidents")
    reviewed = pc.is_in(held.column("incident_id"), value_set=pa.array(sorted(about), pa.string()))
    concerned = held.filter(pc.or_(reviewed, pc.is_valid(held.column("review"))))
    before = {row.incident_id: row for row in from_arrow("incidents", concerned)}
    after = [_decided(as_made(row), about.get(row.incident_id, ())) for row in before.values()]
    kept = [row for row in after if row is not None]
    gone = before.keys() - {row.incident_id for row in kept}
    kept += [replace(row, parent_incident_id=None) for row in _parts_of(held, gone) if row.incident_id not in before]
    kept = [replace(row, parent_incident_id=None) if row.parent_incident_id in gone else row for row in kept]
    store.replace("tolls", _steps(now, {row.incident_id: row for row in kept}, about, reviews, gone), within=before)
    store.replace("incidents", kept, within=before)
    store.set_incidents(_places_of_claims(now, gone), others=False)


def _subjects(one: Standing, places: Places, leads: Mapping[str, str | None]) -> set[str]:
    """The incidents of today that the decision is about: of a split, both that it left."""
    sides = [one.anchors.subject, *([one.anchors.other] if one.review.decision == "split" else [])]
    found = {places.incident_at(side, one.review.subject_id, leads) for side in sides}
    return {incident for incident in found if incident is not None}


def _decided(incident: Incident, decisions: Sequence[Standing]) -> Incident | None:
    """The incident as the decisions leave it; null where it is rejected."""
    if not decisions:
        return incident
    values, marks = said(decisions)
    if REJECTED in marks:
        return None
    corrected = replace(incident, **values)
    if {"cause", "place_name", "date_start", "date_end"} & values.keys():
        values["label"] = _label(corrected)
    return with_marks(incident, values, marks, [one.note for one in decisions])


def _label(incident: Incident) -> str:
    names = incident.place_names or tuple(name for name in (incident.place_name,) if name)
    days = consensus.When(incident.date_start, incident.date_end, incident.date_precision)
    return consensus.label(incident.cause, consensus.Where(None, names), days, ())


def _parts_of(held: pa.Table, gone: Collection[str]) -> list[Incident]:
    parents = held.column("parent_incident_id")
    return list(from_arrow("incidents", held.filter(pc.is_in(parents, value_set=pa.array(sorted(gone), pa.string())))))


def _steps(
    now: Tables,
    kept: Mapping[str, Incident],
    about: Mapping[str, Sequence[Standing]],
    reviews: Collection[str],
    gone: Collection[str],
) -> list[TollStep]:
    """Every step of the kept incidents: those of reports, then one for each figure that a decision put in place."""
    every = now.arrow("tolls")
    wanted = pc.and_(
        pc.is_in(every.column("incident_id"), value_set=pa.array(sorted(kept.keys() - gone), pa.string())),
        pc.invert(pc.is_in(every.column("report_id"), value_set=pa.array(sorted(reviews), pa.string()))),
    )
    steps = list(from_arrow("tolls", every.filter(wanted)))
    for incident_id in kept:
        made = as_made(kept[incident_id])
        for one in about.get(incident_id, ()):
            values = restored(one.values) if one.review.decision == "correct" else {}
            made = replace(made, **values)
            for measure in MEASURES:
                if not any(f"{measure}_{bound}" in values for bound in BOUNDS):
                    continue
                low, best, high = (getattr(made, f"{measure}_{bound}") for bound in BOUNDS)
                steps.append(
                    TollStep(
                        incident_id=incident_id,
                        measure=measure,
                        as_of=one.review.reviewed_at,
                        low=low,
                        best=best,
                        high=high,
                        report_id=one.review.review_id,
                    )
                )
    return steps


def _places_of_claims(now: Tables, gone: Collection[str]) -> dict[str, str | None]:
    """The incident of each claim that a decision unplaces.

    None for those of a rejected incident; for a rejected claim that of the claims beside it in its report, so that it
    can still be seen there.
    """
    names = ["claim_id", "report_id", "event", "incident_id", "review", "superseded_by"]
    rows = now.arrow("claims", names)
    loose = pc.and_(
        pc.fill_null(pc.match_substring(rows.column("review"), REJECTED), False),
        pc.is_null(rows.column("superseded_by")),
    )
    rejected = rows.filter(loose).to_pylist()
    reports = pa.array(sorted({row["report_id"] for row in rejected}), pa.string())
    beside = {
        (row["report_id"], row["event"]): row["incident_id"]
        for row in rows.filter(
            pc.and_(pc.is_in(rows.column("report_id"), value_set=reports), pc.is_valid(rows.column("incident_id")))
        ).to_pylist()
        if row["incident_id"] not in gone and row["superseded_by"] is None and row["event"] is not None
    }
    found: dict[str, str | None] = {row["claim_id"]: beside.get((row["report_id"], row["event"])) for row in rejected}
    of_gone = pc.is_in(rows.column("incident_id"), value_set=pa.array(sorted(gone), pa.string()))
    return found | dict.fromkeys(rows.filter(of_gone).column("claim_id").to_pylist())
