"""Incidents in the columns of UCDP's Georeferenced Event Dataset (codebook 25.1), by its rules.

1. An event is organised violence in which at least one person died: an incident without a death, or of a cause that is
   no such violence (an earthquake, a road crash) or not known, is left out, and so is one without a day, since
   ``date_start`` is never empty there, or longer than a year.
2. ``best`` is the most reliable figure, never a mean. UCDP has no open bounds: an unsaid ``low`` or ``high`` is
   ``best``.
3. ``best`` = ``deaths_a + deaths_b + deaths_civilians + deaths_unknown``. Nobody here knows the sides, so the dead are
   civilians where the claim that gives the figure calls them so, and unknown otherwise; what only actors or UCDP's own
   numbering could fill (type of violence, conflict, dyad, sides) is empty.
4. ``date_prec`` and ``where_prec`` are codes that we share. ``event_clarity`` is 2 where only a summary of days or
   regions was reported (``date_prec`` 4 and 5, ``where_prec`` 5 and 6), else 1.
5. A local part of a broader incident is left out where the broader one has a row that counts its dead.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import IO, Any

import pyarrow as pa

from etl.tables.exports import codebooks, others
from etl.tables.exports.behind import Behind, Said
from etl.tables.exports.edition import Edition
from etl.tables.exports.written import Written

COLUMNS = tuple(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
    "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob".split()
)
LONGEST_DAYS = 366


def write(rows: pa.RecordBatchReader, out: IO[bytes], edition: Edition, facts: Behind, written: Written) -> None:
    """Write the incidents of ``rows`` that UCDP would count as events, as CSV."""
    others.write(COLUMNS, row_of, rows, out, edition, facts, written)


def row_of(incident: Mapping[str, Any], said: Sequence[Said]) -> dict[str, object] | str:
    """The event of one incident, or the rule that leaves it out."""
    start, end = incident["date_start"], incident["date_end"] or incident["date_start"]
    figures = [incident[f"killed_{bound}"] for bound in ("low", "best", "high")]
    low, best, high = figures
    best = best if best is not None else low if low is not None else high
    types = codebooks.event_type(incident["cause"])
    if not any(figures):
        return "no death is reported"
    if types is None or not types.organised:
        return "not known to be organised violence"
    if start is None:
        return "its day is not known"
    if (end - start).days >= LONGEST_DAYS:
        return "longer than a year"
    country = codebooks.country(incident["country_code"])
    named = others.best_said(incident, said)
    civilians = named is not None and named.victim_category == "civilian"
    reports = {one.report_id: one for one in said if one.original}.values()
    latitude, longitude = incident["latitude"], incident["longitude"]
    placed = latitude is not None and longitude is not None
    summary = (incident["date_precision"] or 0) >= 4 or incident["place_precision"] in (5, 6)
    return {
        "id": incident["incident_id"],
        "year": start.year,
        "number_of_sources": incident["n_sources"],
        "source_article": ";".join(f'"{_office(one)},{_day(one)},{one.title or ""}"' for one in reports),
        "source_office": ";".join(others.in_order(one.publisher for one in reports)),
        "source_date": ";".join(others.in_order(_day(one) for one in reports)),
        "source_headline": ";".join(others.in_order(one.title for one in reports)),
        "source_original": ";".join(others.in_order(one.attribution for one in said)),
        "where_prec": incident["place_precision"],
        "where_coordinates": incident["place_name"] or incident["adm1_name"] or incident["country_name"],
        "where_description": "; ".join(others.in_order(one.place_text for one in said)),
        "adm_1": incident["adm1_name"],
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})" if placed else None,
        "priogrid_gid": priogrid(latitude, longitude) if placed else None,
        "country": incident["country_name"],
        "country_id": country.gleditsch_ward,
        "region": country.ged_region,
        "event_clarity": 2 if summary else 1,
        "date_prec": incident["date_precision"],
        "date_start": start,
        "date_end": end,
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": best if civilians else 0,
        "deaths_unknown": 0 if civilians else best,
        "best": best,
        "high": best if high is None else high,
        "low": best if low is None else low,
    }


def priogrid(latitude: float, longitude: float) -> int:
    """The cell of PRIO-GRID (half a degree, numbered from the south-west by rows of 720) that holds a point."""
    row = min(math.floor((latitude + 90) * 2), 359)
    column = min(math.floor((longitude + 180) * 2), 719)
    return row * 720 + column + 1


def _office(one: Said) -> str:
    return one.publisher or "publisher not said"


def _day(one: Said) -> str:
    return f"{one.published:%Y-%m-%d}" if one.published else ""
