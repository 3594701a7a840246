"""Where an incident id that is no more leads: to an incident of the tables at once, whatever happened in between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from etl.records import Redirect


def redirected(held: Iterable[Redirect], new: Mapping[str, str | None], present: Collection[str]) -> list[Redirect]:
    """The redirects once ``new`` ones are known: each leads to an incident of ``present``, or to none.

    An id that is an incident again needs none.
    """
    leads = {one.incident_id: one.current_incident_id for one in held}
    leads = {old: new.get(to, to) if to is not None else None for old, to in leads.items()} | dict(new)
    return [Redirect(incident_id=old, current_incident_id=leads[old]) for old in sorted(leads) if old not in present]
