"""Every question the dashboard asks of the published tables; the only module that holds SQL.

One rule keeps totals honest: an incident that is a local part of a broader one (``parent_incident_id``, over any number
of steps) is left out of a sum whenever the broader one is in the same sum *with a figure for the same measure*. A sum
over one region or one place applies the rule within that region or place, so each bar is what the totals would say if
the filter were that region.

The second rule: missing is not 0. A sum takes only incidents of which the figure was said, and a sum of upper bounds
says of how many incidents no upper bound was said (``open``). ``low <= best <= high`` holds for every sum.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.answers import Option, PeriodSum, PlaceSum, RegionSum, Selection, Sum
from dashboard.filters import Filter
from etl.records import MEASURES, SECOND_READER, TABLES, Measure
from etl.reviews.standing import withdrawn
from etl.tables import schema
from etl.tables.snapshot import Tables

MOST_PLACES = 3_000
"""Bubbles sent to a map; the smallest beyond that are counted in the note below it."""

_REGION_KEY = "coalesce(adm1_code, country_code || ':' || adm1_name)"

_CHOSEN = f"""
chosen AS (
    SELECT *, {_REGION_KEY} AS region
    FROM incidents
    WHERE ($date_to::DATE IS NULL OR date_start <= $date_to::DATE)
      AND ($date_from::DATE IS NULL OR coalesce(date_end, date_start) >= $date_from::DATE)
      AND ($countries::VARCHAR[] IS NULL OR list_contains($countries::VARCHAR[], country_code))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], {_REGION_KEY}))
      AND ($causes::VARCHAR[] IS NULL OR list_contains($causes::VARCHAR[], cause))
)"""

# Figures of the chosen incidents in long form, without those whose broader incident is summed in the same group.
_COUNTED = """
said AS (
    SELECT f.*, c.region, c.country_code, c.adm1_name, c.place_name, c.place_precision, c.latitude, c.longitude,
           c.date_start, c.date_end, c.date_precision, c.last_reported, {group} AS summed_by
    FROM figures f JOIN chosen c USING (incident_id)
    WHERE {measure}
),
counted AS (
    SELECT * FROM said s
    WHERE NOT EXISTS (
        SELECT 1 FROM ancestry a JOIN said p ON p.incident_id = a.ancestor
        WHERE a.incident_id = s.incident_id AND p.measure = s.measure AND p.summed_by IS NOT DISTINCT FROM s.summed_by
    )
)"""

_SUMS = """
    count(*)::BIGINT AS incidents,
    sum(low)::BIGINT AS low,
    sum(best)::BIGINT AS best,
    sum(coalesce(high, best, low))::BIGINT AS high,
    count(*) FILTER (WHERE high IS NULL)::BIGINT AS open,
    count(*) FILTER (WHERE low IS NULL)::BIGINT AS floorless,
    max(last_reported) AS as_of"""


def connect(tables: Tables) -> duckdb.DuckDBPyConnection:
    """A database in memory with a view for each table, over its Parquet files; a table without files has no rows.

    A column declared after a file was written is null in its rows. Tables of an object store are read into memory,
    since DuckDB would need an extension from the network to read them in place.
    """
    database = duckdb.connect(":memory:")
    # Nothing may be fetched behind the operator's back, and the page must not depend on a network.
    database.execute("SET autoinstall_known_extensions = false")
    database.execute("SET TimeZone = 'UTC'")
    for table in TABLES:
        files = tables.files(table)
        if files and not any("://" in file for file in files):
            held = database.read_parquet(files, union_by_name=True)
            missing = [column.name for column in schema.columns(table) if column.name not in held.columns]
            held.project(", ".join(["*", *(f"NULL AS {name}" for name in missing)])).create_view(table)
        else:
            rows = tables.arrow(table)  # noqa: F841  # DuckDB finds it by its name
            database.execute(f"CREATE TABLE {table} AS SELECT * FROM rows")
    figures = " UNION ALL ".join(
        f"SELECT incident_id, '{m}' AS measure, {m}_low AS low, {m}_best AS best, {m}_high AS high FROM incidents "
        f"WHERE {m}_low IS NOT NULL OR {m}_best IS NOT NULL OR {m}_high IS NOT NULL"
        for m in MEASURES
    )
    database.execute(f"CREATE VIEW figures AS {figures}")
    # UNION, not UNION ALL: it ends even if broken data made a ring of parents.
    database.execute(
        """CREATE TABLE ancestry AS
        WITH RECURSIVE up(incident_id, ancestor) AS (
            SELECT incident_id, parent_incident_id FROM incidents WHERE parent_incident_id IS NOT NULL
            UNION
            SELECT up.incident_id, i.parent_incident_id
            FROM up JOIN incidents i ON i.incident_id = up.ancestor WHERE i.parent_incident_id IS NOT NULL
        ) SELECT * FROM up WHERE incident_id <> ancestor"""
    )
    return database


def selection(database: duckdb.DuckDBPyConnection, chosen: Filter) -> Selection:
    """What the filter chose, before any figure is added up."""
    row = _one(
        database,
        f"""WITH {_CHOSEN}
        SELECT count(*) AS incidents, min(date_start) AS first_day, max(coalesce(date_end, date_start)) AS last_day,
            count(*) FILTER (WHERE EXISTS (
                SELECT 1 FROM ancestry a JOIN chosen p ON p.incident_id = a.ancestor
                WHERE a.incident_id = chosen.incident_id)) AS nested,
            count(*) FILTER (WHERE review IS NOT NULL) AS reviewed
        FROM chosen""",
        chosen.parameters(),
    )
    where = {key: value for key, value in chosen.parameters().items() if key in ("countries", "regions", "causes")}
    around = _one(
        database,
        f"""SELECT
            count(*) FILTER (WHERE date_start IS NULL
                AND ($causes::VARCHAR[] IS NULL OR list_contains($causes::VARCHAR[], cause))) AS undated,
            max(last_reported) AS reported_until
        FROM incidents
        WHERE ($countries::VARCHAR[] IS NULL OR list_contains($countries::VARCHAR[], country_code))
          AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], {_REGION_KEY}))""",
        where,
    )
    dated = chosen.date_from is not None or chosen.date_to is not None
    return Selection(
        incidents=row["incidents"],
        undated=around["undated"] if dated else 0,
        first_day=row["first_day"],
        last_day=row["last_day"],
        reported_until=around["reported_until"],
        nested=row["nested"],
        reviewed=row["reviewed"],
    )


def totals(database: duckdb.DuckDBPyConnection, chosen: Filter) -> dict[Measure, Sum]:
    """The sum of every measure over the chosen incidents; a measure nobody spoke of has ``incidents`` 0."""
    counted = _COUNTED.format(group="NULL", measure="true")
    rows = _rows(
        database,
        f"WITH {_CHOSEN}, {counted} SELECT measure, {_SUMS} FROM counted GROUP BY measure",
        chosen.parameters(),
    )
    sums = {row.pop("measure"): Sum(**row) for row in rows}
    return {measure: sums.get(measure, Sum()) for measure in MEASURES}


def by_period(database: duckdb.DuckDBPyConnection, chosen: Filter, per: str) -> list[PeriodSum]:
    """Sums by the month or day (``per``) an incident began in, in order; periods of which nothing is said are absent.

    An incident that may have begun before the filter's first day stands on that day. Incidents without a date are
    left out (``Selection`` does not count them as dated).
    """
    counted = _COUNTED.format(group="NULL", measure="f.measure = $measure")
    rows = _rows(
        database,
        f"""WITH {_CHOSEN}, {counted}
        SELECT date_trunc($per, greatest(date_start, coalesce($date_from::DATE, date_start)))::DATE AS start,
            {_SUMS}
        FROM counted WHERE date_start IS NOT NULL GROUP BY start ORDER BY start""",
        chosen.parameters() | {"measure": chosen.measure, "per": per},
    )
    return [PeriodSum((start := row.pop("start")), _last_day(start, per), Sum(**row)) for row in rows]


def by_region(database: duckdb.DuckDBPyConnection, chosen: Filter) -> list[RegionSum]:
    """Sums by first-order region, largest first; incidents known only by country come as one row a country."""
    counted = _COUNTED.format(group="c.country_code || '/' || coalesce(c.region, '')", measure="f.measure = $measure")
    rows = _rows(
        database,
        f"""WITH {_CHOSEN}, {counted},
        names AS (SELECT country_code, any_value(country_name) AS country_name FROM chosen GROUP BY country_code)
        SELECT region AS code, any_value(adm1_name) AS name, counted.country_code,
            any_value(country_name) AS country_name, {_SUMS}
        FROM counted LEFT JOIN names USING (country_code)
        GROUP BY region, counted.country_code
        ORDER BY best DESC NULLS LAST, name, counted.country_code""",
        chosen.parameters() | {"measure": chosen.measure},
    )
    return [
        RegionSum(row.pop("code"), row.pop("name"), row.pop("country_code"), row.pop("country_name"), Sum(**row))
        for row in rows
    ]


def by_place(database: duckdb.DuckDBPyConnection, chosen: Filter) -> list[PlaceSum]:
    """Sums by place with coordinates, largest first, at most ``MOST_PLACES``."""
    counted = _COUNTED.format(
        group="concat_ws('/', c.latitude, c.longitude, c.place_name)", measure="f.measure = $measure"
    )
    rows = _rows(
        database,
        f"""WITH {_CHOSEN}, {counted}
        SELECT place_name AS name, region, any_value(adm1_name) AS region_name,
            any_value(country_code) AS country_code, latitude, longitude, max(place_precision) AS precision, {_SUMS}
        FROM counted WHERE latitude IS NOT NULL AND longitude IS NOT NULL
        GROUP BY place_name, region, latitude, longitude
        ORDER BY best DESC NULLS LAST, name LIMIT {MOST_PLACES}""",
        chosen.parameters() | {"measure": chosen.measure},
    )
    fields = ("name", "region", "region_name", "country_code", "latitude", "longitude", "precision")
    return [PlaceSum(**{field: row.pop(field) for field in fields}, total=Sum(**row)) for row in rows]


def columns(table: str, *, private: bool = False) -> tuple[str, ...]:
    """The columns of a table in their declared order; private ones (names of victims) only when asked for."""
    return tuple(column.name for column in schema.columns(table) if private or not column.about.private)


_SORTABLE = frozenset(columns("incidents"))


def incident_page(
    database: duckdb.DuckDBPyConnection,
    chosen: Filter,
    *,
    first: int = 0,
    count: int = 100,
    order: Iterable[tuple[str, bool]] = (),
) -> list[dict[str, Any]]:
    """Rows ``first`` to ``first + count`` of the chosen incidents, public columns only.

    ``order`` is column and whether descending; an unknown column is ignored. Ties, and no order at all, fall back to
    the largest figure of the filter's measure, then the latest day, then the id, so pages never overlap.
    """
    wanted = [f"{name} {'DESC' if down else 'ASC'} NULLS LAST" for name, down in order if name in _SORTABLE]
    wanted += [f"{chosen.measure}_best DESC NULLS LAST", "date_start DESC NULLS LAST", "incident_id"]
    return _rows(
        database,
        f"""WITH {_CHOSEN} SELECT {", ".join(columns("incidents"))} FROM chosen
        ORDER BY {", ".join(wanted)} LIMIT $count OFFSET $first""",
        chosen.parameters() | {"first": max(0, first), "count": max(0, min(count, 1_000))},
    )


def incident_batches(
    database: duckdb.DuckDBPyConnection, chosen: Filter, *, private: bool = False
) -> pa.RecordBatchReader:
    """Every chosen incident with all its columns, streamed, in a fixed order (day, then id): the rows of a download."""
    names = ", ".join(columns("incidents", private=private))
    return _batches(
        database, f"WITH {_CHOSEN} SELECT {names} FROM chosen ORDER BY date_start NULLS LAST, incident_id", chosen
    )


def claim_batches(
    database: duckdb.DuckDBPyConnection, chosen: Filter, *, private: bool = False
) -> pa.RecordBatchReader:
    """Every claim of the chosen incidents with all its columns, streamed, by incident, report and place in the text."""
    names = ", ".join(f"claims.{name}" for name in columns("claims", private=private))
    return _batches(
        database,
        f"""WITH {_CHOSEN} SELECT {names} FROM claims SEMI JOIN chosen USING (incident_id)
        ORDER BY incident_id, report_id, figure_start, claim_id""",
        chosen,
    )


def toll_batches(database: duckdb.DuckDBPyConnection, chosen: Filter) -> pa.RecordBatchReader:
    """Every step of the tolls of the chosen incidents, streamed."""
    return _batches(
        database,
        f"""WITH {_CHOSEN} SELECT {", ".join(columns("tolls"))} FROM tolls SEMI JOIN chosen USING (incident_id)
        ORDER BY incident_id, measure, as_of NULLS FIRST, report_id""",
        chosen,
    )


def report_batches(database: duckdb.DuckDBPyConnection, chosen: Filter) -> pa.RecordBatchReader:
    """Every report that tells of a chosen incident, streamed."""
    return _batches(
        database,
        f"""WITH {_CHOSEN}, telling AS (SELECT DISTINCT report_id FROM claims SEMI JOIN chosen USING (incident_id))
        SELECT {", ".join(columns("reports"))} FROM reports SEMI JOIN telling USING (report_id) ORDER BY report_id""",
        chosen,
    )


def reviews_of(database: duckdb.DuckDBPyConnection, incident_id: str, claims: Sequence[str]) -> list[dict[str, Any]]:
    """The decisions on an incident and these claims that stand, the latest first."""
    back = _rows(
        database,
        "SELECT review_id, subject_id FROM reviews WHERE decision = 'withdraw' ORDER BY reviewed_at, review_id",
        {},
    )
    gone = withdrawn((row["review_id"], row["subject_id"]) for row in back)
    return _rows(
        database,
        """SELECT review_id, decision, reviewer, reason, reviewed_at FROM reviews
        WHERE (subject_id = $id OR list_contains($claims::VARCHAR[], subject_id))
            AND NOT list_contains($gone::VARCHAR[], review_id)
        ORDER BY reviewed_at DESC, review_id LIMIT 50""",
        {"id": incident_id, "claims": list(claims), "gone": sorted(gone)},
    )


def incident(database: duckdb.DuckDBPyConnection, incident_id: str) -> dict[str, Any] | None:
    """One incident's row, or None where the published tables hold none of that id.

    An id that was merged or split gives the incident it leads to.
    """
    names = ", ".join(columns("incidents"))
    leads = "SELECT current_incident_id FROM redirects WHERE incident_id = $id"
    rows = _rows(database, f"SELECT {names} FROM incidents WHERE incident_id IN ($id, ({leads}))", {"id": incident_id})
    return rows[0] if rows else None


def parts_of(database: duckdb.DuckDBPyConnection, incident_id: str) -> list[dict[str, Any]]:
    """The local parts of a broader incident: id and label, by day."""
    return _rows(
        database,
        """SELECT incident_id, label FROM incidents WHERE parent_incident_id = $id
        ORDER BY date_start NULLS LAST, label, incident_id LIMIT 200""",
        {"id": incident_id},
    )


def toll_steps(database: duckdb.DuckDBPyConnection, incident_id: str) -> list[dict[str, Any]]:
    """The steps of an incident's toll that reports moved, in order, each with the publisher of the report."""
    return _rows(
        database,
        """SELECT measure, as_of, low, best, high, publisher, title
        FROM tolls LEFT JOIN reports USING (report_id)
        WHERE tolls.incident_id = $id AND tolls.report_id NOT IN (SELECT review_id FROM reviews)
        ORDER BY measure, as_of NULLS FIRST, tolls.report_id""",
        {"id": incident_id},
    )


def claims_of(
    database: duckdb.DuckDBPyConnection, incident_id: str, *, private: bool = False, most: int = 500
) -> list[dict[str, Any]]:
    """The claims an incident rests on with the report each stands in, latest report first, at most ``most``."""
    names = ", ".join(f"claims.{name}" for name in columns("claims", private=private))
    return _rows(
        database,
        f"""SELECT {names}, title, publisher, published, url, duplicate_of
        FROM claims LEFT JOIN reports USING (report_id)
        WHERE claims.incident_id = $id OR (superseded_by IS NULL AND starts_with(claims.extractor_version, $second)
            AND report_id IN (SELECT report_id FROM claims WHERE incident_id = $id AND scope <> 'background'))
        ORDER BY published DESC NULLS LAST, report_id, figure_start, claim_id LIMIT $most""",
        {"id": incident_id, "most": most, "second": SECOND_READER},
    )


def countries(database: duckdb.DuckDBPyConnection) -> list[Option]:
    """The countries that have incidents, by name."""
    return _options(
        database,
        """SELECT country_code AS value, any_value(coalesce(country_name, country_code)) AS label,
            count(*)::BIGINT AS incidents FROM incidents WHERE country_code IS NOT NULL
        GROUP BY country_code ORDER BY label""",
    )


def regions(database: duckdb.DuckDBPyConnection, of: Sequence[str] = ()) -> list[Option]:
    """The first-order regions that have incidents, of the countries ``of`` (codes; none means all), by name."""
    return _options(
        database,
        f"""SELECT {_REGION_KEY} AS value, any_value(coalesce(adm1_name, adm1_code)) AS label,
            count(*)::BIGINT AS incidents, any_value(country_code) AS country_code
        FROM incidents WHERE {_REGION_KEY} IS NOT NULL
            AND ($countries::VARCHAR[] IS NULL OR list_contains($countries::VARCHAR[], country_code))
        GROUP BY value ORDER BY label, value""",
        {"countries": list(of) or None},
    )


def causes(database: duckdb.DuckDBPyConnection) -> list[Option]:
    """The causes that have incidents, by name."""
    return _options(
        database,
        """SELECT cause AS value, cause AS label, count(*)::BIGINT AS incidents FROM incidents
        WHERE cause IS NOT NULL GROUP BY cause ORDER BY cause""",
    )


def opening(database: duckdb.DuckDBPyConnection) -> Filter:
    """The view a bare address opens on: the country most reports tell of, over all its days; all, if none is known."""
    rows = _rows(
        database,
        """SELECT country_code FROM incidents WHERE country_code IS NOT NULL
        GROUP BY country_code ORDER BY sum(n_reports) DESC, country_code LIMIT 1""",
        {},
    )
    return Filter(countries=(rows[0]["country_code"],)) if rows else Filter()


def counts(database: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows each published table has."""
    return {table: int(_one(database, f"SELECT count(*) AS n FROM {table}", {})["n"]) for table in TABLES}


def _last_day(start: dt.date, per: str) -> dt.date:
    return start if per == "day" else start.replace(day=calendar.monthrange(start.year, start.month)[1])


def _options(database: duckdb.DuckDBPyConnection, sql: str, bound: Mapping[str, Any] | None = None) -> list[Option]:
    return [Option(**row) for row in _rows(database, sql, bound or {})]


def _rows(database: duckdb.DuckDBPyConnection, sql: str, bound: Mapping[str, Any]) -> list[dict[str, Any]]:
    # A cursor of its own for each call: the server answers several people at once over one database.
    with database.cursor() as cursor:
        cursor.execute(sql, dict(bound))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _one(database: duckdb.DuckDBPyConnection, sql: str, bound: Mapping[str, Any]) -> dict[str, Any]:
    return _rows(database, sql, bound)[0]


def _batches(database: duckdb.DuckDBPyConnection, sql: str, chosen: Filter) -> pa.RecordBatchReader:
    # The reader keeps its cursor alive; closing it here would end the stream.
    return database.cursor().sql(sql, params=chosen.parameters()).to_arrow_reader(4_096)
