"""Incidents in ACLED's columns (codebook of 2024), by its rules.

1. Events are political violence, demonstrations and strategic developments; an incident of another cause (an
   earthquake, a road crash) or of none known is left out. No number of deaths is asked for.
2. ``fatalities`` is one number, the most conservative of those reported: the lower bound, else the best figure. A
   number printed as a word is 12 for dozens, 100 for hundreds and so on; several unnamed dead are 3 (ACLED takes 10
   where a war is fought, which nobody here knows). An unsaid number is 0 there, so 0 may mean that nobody said.
3. ``time_precision`` is 1 for a day, 2 for a week or less and 3 for a month, with the day in the middle of the span as
   ``event_date``; an incident whose month is not known is left out.
4. ``geo_precision`` is 1 for a town, 2 for its surroundings or a district, 3 for a region; an incident known only by
   its country, or not even that, is left out.
5. A local part of a broader incident is left out where the broader one has a row that counts its dead.

Actors and the size of crowds are not known here, so those columns are empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Any

import pyarrow as pa

from etl.tables.exports import codebooks, others
from etl.tables.exports.behind import Behind, Said
from etl.tables.exports.edition import Edition
from etl.tables.exports.written import Written

COLUMNS = tuple(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp".split()
)
SEVERAL_DEAD = 3
_TIME_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3}
_GEO_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 7: 3}
"""ACLED's code for each of ours: sea and air (7) are a larger region there."""


def write(rows: pa.RecordBatchReader, out: IO[bytes], edition: Edition, facts: Behind, written: Written) -> None:
    """Write the incidents of ``rows`` that ACLED would count as events, as CSV."""
    uploaded = int(edition.published.timestamp()) if edition.published else None

    def stamped(incident: Mapping[str, Any], said: Sequence[Said]) -> dict[str, object] | str:
        row = row_of(incident, said)
        return row if isinstance(row, str) else row | {"timestamp": uploaded}

    others.write(COLUMNS, stamped, rows, out, edition, facts, written)


def row_of(incident: Mapping[str, Any], said: Sequence[Said]) -> dict[str, object] | str:
    """The event of one incident, or the rule that leaves it out."""
    start, end = incident["date_start"], incident["date_end"] or incident["date_start"]
    types = codebooks.event_type(incident["cause"])
    time_precision = _TIME_PRECISION.get(incident["date_precision"])
    geo_precision = _GEO_PRECISION.get(incident["place_precision"])
    if types is None:
        return "neither political violence nor a demonstration, or its cause is not known"
    if start is None or time_precision is None:
        return "its month is not known"
    if geo_precision is None:
        return "no place finer than its country is known"
    country = codebooks.country(incident["country_code"])
    day = others.middle(start, end)
    return {
        "event_id_cnty": f"{country.alpha3}{incident['incident_id']}",
        "event_date": day,
        "year": day.year,
        "time_precision": time_precision,
        "disorder_type": types.disorder_type,
        "event_type": types.event_type,
        "sub_event_type": types.sub_event_type,
        "iso": int(country.numeric) if country.numeric else None,
        "region": country.acled_region,
        "country": incident["country_name"],
        "admin1": incident["adm1_name"],
        "location": incident["place_name"] or incident["adm1_name"],
        "latitude": incident["latitude"],
        "longitude": incident["longitude"],
        "geo_precision": geo_precision,
        "source": "; ".join(others.in_order(one.publisher for one in said if one.original)),
        "notes": _notes(incident, said),
        "fatalities": fatalities(incident, said),
    }


def fatalities(incident: Mapping[str, Any], said: Sequence[Said]) -> int:
    """Rule 2: the most conservative number of dead reported; 0 where none is."""
    low, best = incident["killed_low"], incident["killed_best"]
    lowest = low if low is not None else best
    if lowest is None:
        return 0
    spoken = next((one for one in said if one.measure == "killed" and lowest in (one.low, one.best)), None)
    if spoken is None or spoken.comparator != "vague":
        return int(lowest)
    return codebooks.vague_fatalities(spoken.quantity) or min(int(lowest), SEVERAL_DEAD)


def _notes(incident: Mapping[str, Any], said: Sequence[Said]) -> str:
    named = others.best_said(incident, said) or (said[-1] if said else None)
    told = f" {named.quote}" if named is not None else ""
    return f"{incident['label']}.{told}"
