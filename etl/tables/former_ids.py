"""Incident ids of earlier editions: what an id that is no more leads to, so that a note or link of old still works."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyarrow.compute as pc

from etl.errors import UsageError
from etl.tables.snapshot import Tables

BROUGHT_BACK = "python -m etl review withdraw, with the id of the review, brings it back"
_QUOTED = re.compile(r"'([^']*)'")


def present_id(tables: Tables, incident_id: str) -> str:
    """The incident that ``incident_id`` is, or leads to.

    :class:`~etl.errors.UsageError` where the tables never held that id, and where no report tells of it any more.
    """
    found = tables.current_incident(incident_id)
    if found is not None:
        return found
    rejecting = rejected_by(tables, incident_id)
    if rejecting is not None:
        raise UsageError(f"incident {incident_id!r} is rejected by review {rejecting}", remedy=BROUGHT_BACK)
    if incident_id in tables.arrow("redirects", ["incident_id"]).column("incident_id").to_pylist():
        raise UsageError(
            f"incident {incident_id!r} is no more",
            remedy="no report or decision speaks for it; tables of an earlier run hold it (--run)",
        )
    raise UsageError(f"no incident {incident_id!r}", remedy="python -m etl export incidents lists the ids")


def rejected_by(tables: Tables, incident_id: str) -> str | None:
    """The latest review that rejected this incident, or the one it leads to, where the tables hold neither."""
    leads = tables.arrow("redirects")
    names = {
        incident_id,
        *leads.filter(pc.equal(leads.column("incident_id"), incident_id)).column("current_incident_id").to_pylist(),
    }
    made = [one for one in tables.rows("reviews") if one.decision == "reject" and one.subject_id in names]
    latest = max(made, key=lambda one: (str(one.reviewed_at), one.review_id), default=None)
    return None if latest is None else str(latest.review_id)


def moved(incident_id: str, now: str) -> str:
    """The sentence that tells a reader that an id led elsewhere."""
    return f"incident {incident_id} is now {now}"


def with_present_ids(tables: Tables, where: str) -> tuple[str, Mapping[str, str]]:
    """An SQL filter with every former id in its quotes replaced; and which those were, with what they lead to."""
    quoted = set(_QUOTED.findall(where))
    leads = tables.arrow("redirects")
    former = {
        old: now
        for old, now in zip(
            leads.column("incident_id").to_pylist(), leads.column("current_incident_id").to_pylist(), strict=True
        )
        if old in quoted and now is not None
    }
    return _QUOTED.sub(lambda found: f"'{former.get(found[1], found[1])}'", where), former
