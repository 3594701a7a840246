"""A telling in brief: all that comparing it with another needs, kept in its row of ``tellings``.

Whether a held telling may be one incident with a new one is settled by this alone; its claims are read only where the
two are bound. What the row has columns of its own for (country, point, first day) is not said twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from etl.incidents import causes
from etl.incidents.telling import Source, Telling
from etl.records import Event, Figure

COLUMNS = ("telling_id", "report_id", "event", "country_code", "latitude", "longitude", "compared")
"""Columns of ``tellings`` that a brief telling is made of."""


def brief(telling: Telling) -> str:
    """The compared values of a telling that its row has no other column for, as JSON."""
    kept = [
        telling.event.cause,
        telling.event.place_precision,
        telling.start,
        telling.end,
        telling.since,
        telling.exact,
        telling.dated,
        telling.adm1,
        telling.fine,
        telling.written_there,
        telling.spot,
        sorted(telling.spots),
        {measure: [figure.low, figure.best, figure.high] for measure, figure in sorted(telling.compared.items())},
        [sorted(person) for person in telling.people],
        telling.recalled,
    ]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def of_brief(row: Mapping[str, Any], source: Source) -> Telling:
    """The telling of a row with ``COLUMNS``: it compares as the whole one, and holds no claims and no toll."""
    (
        cause, precision, start, end, since, exact, dated, adm1, fine, written_there, spot, spots, compared, people,
        recalled,
    ) = json.loads(row["compared"])  # fmt: skip
    return Telling(
        event=Event(
            report_id=row["report_id"],
            index=row["event"],
            claims=(),
            toll={},
            cause=cause,
            place_precision=precision,
            country_code=row["country_code"],
        ),
        source=source,
        telling_id=row["telling_id"],
        start=start,
        end=end,
        since=since,
        exact=exact,
        dated=dated,
        country=row["country_code"],
        adm1=adm1,
        fine=fine,
        written_there=written_there,
        spot=spot,
        spots=frozenset(spots),
        point=None if row["latitude"] is None else (row["latitude"], row["longitude"]),
        families=causes.families(cause),
        figures={},
        compared={measure: Figure(*bounds) for measure, bounds in compared.items()},
        people=tuple(map(frozenset, people)),
        flags=(),
        recalled=recalled,
    )
