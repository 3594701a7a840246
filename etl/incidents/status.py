"""Whether an incident's toll is developing, settled or disputed, and why, in words a reader can check.

* ``disputed``: two independent sources stand by figures that do not overlap, or the best figure is one that its
  report calls disputed;
* ``settled``: no figure moved during the last ``SETTLED_AFTER`` of reporting, whether this incident was told again in
  that time or the reports known simply moved on;
* ``developing``: anything else.

What a report said that cannot be true is named after the reason, since it changes how far the rest can be trusted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from etl.incidents import authority
from etl.incidents.telling import Telling
from etl.incidents.toll import Course, Statement
from etl.records import Incident, Status

SETTLED_AFTER = dt.timedelta(days=14)
MOST_FLAGS = 3


def status_of(tellings: Sequence[Telling], courses: Sequence[Course], latest: dt.datetime | None) -> tuple[Status, str]:
    """The status and its reason; ``latest`` is the latest publication time of all reports known."""
    status, reason = _status(tellings, courses, latest)
    flags = sorted({flag for telling in tellings for flag in telling.flags})
    if len(flags) > MOST_FLAGS:
        flags = [*flags[:MOST_FLAGS], f"{len(flags) - MOST_FLAGS} more doubts"]
    return status, "; ".join([reason, *flags])


def _status(tellings: Sequence[Telling], courses: Sequence[Course], latest: dt.datetime | None) -> tuple[Status, str]:
    for course in courses:
        apart = _apart(course.standing)
        if apart is not None:
            return "disputed", f"{course.measure}: {_words(apart[0])} by one source, {_words(apart[1])} by another"
        if course.best.rank == authority.DISPUTED:
            return "disputed", f"{course.measure}: the report itself calls {_words(course.best)} disputed"
    moments = [step.as_of for course in courses for step in course.steps if step.as_of is not None]
    moved = max(moments, default=None)
    if not courses:
        return "developing", "no report gives a figure of its own for it"
    if moved is None or latest is None:
        return "developing", "no report says when it was published"
    told = max((t.source.published for t in tellings if t.source.published is not None), default=moved)
    return by_time(moved, told, latest)


def by_time(moved: dt.datetime, told: dt.datetime, latest: dt.datetime) -> tuple[Status, str]:
    """The status, and its reason, of a toll that nobody disputes.

    ``moved`` is when its figures last moved, ``told`` when it was last told, ``latest`` the time of the latest report
    of all. The reason names no span up to ``latest``, so that a settled incident stays as it is while news goes on.
    """
    if latest - moved < SETTLED_AFTER:
        return (
            "developing",
            f"a figure moved on {moved:%Y-%m-%d}, less than {SETTLED_AFTER.days} days before the latest report",
        )
    if told - moved >= SETTLED_AFTER:
        return "settled", f"told again until {told:%Y-%m-%d}, unchanged since {moved:%Y-%m-%d}"
    return "settled", f"unchanged since {moved:%Y-%m-%d}, while other news went on"


def turned(incident: Incident, moved: dt.datetime, latest: dt.datetime) -> Incident:
    """The incident with the status that time alone gives it; flags after the first reason stay."""
    if incident.status != "developing" or incident.last_reported is None:
        return incident
    _, *flags = incident.status_reason.split("; ")
    status, reason = by_time(moved, incident.last_reported, latest)
    return replace(incident, status=status, status_reason="; ".join([reason, *flags]))


def _apart(standing: Sequence[Statement]) -> tuple[Statement, Statement] | None:
    """The two furthest figures of two sources, if their bounds leave no common figure."""
    floors = sorted(standing, key=lambda one: (one.figure.low if one.figure.low is not None else -1, one.order))
    roofs = sorted(standing, key=lambda one: (one.figure.high if one.figure.high is not None else 1 << 62, one.order))
    if not floors or floors[-1].figure.low is None or roofs[0].figure.high is None:
        return None
    if floors[-1].figure.low <= roofs[0].figure.high or floors[-1].source == roofs[0].source:
        return None
    return roofs[0], floors[-1]


def _words(statement: Statement) -> str:
    low, high = statement.figure.low, statement.figure.high
    if low is None and high is None:
        return f"about {statement.best:,}"
    if high is None:
        return f"at least {low:,}"
    if low is None:
        return f"at most {high:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
