"""Which incidents are local parts of a broader one, so that a total never counts both.

A broad incident covers several places or days, or is known by its region only. Another is its part when it lies within
its places and days, may have the same cause, and has no larger toll: the clashes in one town within days of unrest over
two regions. What more reports tell of is never the part of what fewer do. The narrowest such incident is the parent; an
incident that is as broad as another is no part of it, so parents never run in a circle.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from etl.incidents import causes
from etl.incidents.telling import FINE_PLACE, fold
from etl.records import Incident

LONGEST_DAYS = 62
"""A span longer than two months is a window of ignorance or a conflict, not an incident with parts."""
WIDEST_CODE = 3
"""Date precision up to which a single report's span is how long it lasted; *in June* is only what the report knew."""


def link_parts(incidents: Sequence[Incident], apart: set[tuple[str, str]]) -> list[Incident]:
    """The incidents with ``parent_incident_id`` set; ``apart`` holds pairs of ids that one report told as two.

    A report that tells both in one text is the strongest sign of a part; without one, only a strictly smaller place
    within several, or a smaller toll, makes an incident a part.
    """
    by_country: dict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        if incident.country_code is not None and is_broad(incident):
            by_country[incident.country_code].append(incident)
    for broad in by_country.values():
        broad.sort(key=lambda one: (_start(one), one.incident_id))
    return [replace(one, parent_incident_id=_parent(one, _around(one, by_country), apart)) for one in incidents]


def _start(incident: Incident) -> dt.date:
    return incident.date_start or dt.date.min


def _around(part: Incident, by_country: dict[str, list[Incident]]) -> list[Incident]:
    """The broad incidents of its country that may cover its days."""
    broad = by_country.get(part.country_code or "", [])
    if not broad or part.date_start is None or part.date_end is None:
        return []
    begin = part.date_end.toordinal() - 1 - LONGEST_DAYS
    first = bisect_left(broad, dt.date.fromordinal(max(1, begin)), key=_start)
    return broad[first : bisect_right(broad, part.date_start + dt.timedelta(days=1), key=_start)]


def _days(incident: Incident) -> int:
    if incident.date_start is None or incident.date_end is None:
        return 0
    return (incident.date_end - incident.date_start).days + 1


def is_broad(incident: Incident) -> bool:
    """Whether an incident may have parts."""
    if not 0 < _days(incident) <= LONGEST_DAYS or incident.cause is None or not incident.killed_best:
        return False
    if incident.n_reports == 1 and (incident.date_precision or 0) > WIDEST_CODE:
        return False
    return len(incident.place_names) > 1 or (incident.place_precision or 0) in (4, 5) or _days(incident) > 1


def _breadth(incident: Incident) -> tuple[int, int, int, str]:
    return (len(incident.place_names), _days(incident), incident.killed_best or 0, incident.incident_id)


def _parent(part: Incident, broad: Sequence[Incident], apart: set[tuple[str, str]]) -> str | None:
    found = [one for one in broad if _is_part(part, one, told_apart=(part.incident_id, one.incident_id) in apart)]
    return min(found, key=_breadth).incident_id if found else None


def _is_part(part: Incident, broad: Incident, *, told_apart: bool) -> bool:
    if part.incident_id == broad.incident_id or _breadth(part)[:3] >= _breadth(broad)[:3] or part.cause is None:
        return False
    if not causes.compatible(part.cause, broad.cause) or not _within_days(part, broad):
        return False
    if (part.killed_best or 0) >= (broad.killed_best or 0) or part.n_reports > broad.n_reports:
        return False
    names = {fold(name) for name in broad.place_names}
    inside = part.place_name is not None and fold(part.place_name) in names
    if inside:
        return told_apart or len(names) > 1
    region = part.adm1_code is not None and part.adm1_code == broad.adm1_code
    return region and ((broad.place_precision or 0) > FINE_PLACE or (told_apart and len(names) > 1))


def _within_days(part: Incident, broad: Incident) -> bool:
    if part.date_start is None or part.date_end is None or broad.date_start is None or broad.date_end is None:
        return False
    # One day of grace where days of violence went by: a night's part of it is dated by its evening or its morning.
    grace = 1 if _days(broad) > 1 else 0
    return (broad.date_start - part.date_start).days <= grace and (part.date_end - broad.date_end).days <= grace
