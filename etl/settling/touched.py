"""The incidents of the blocks that new reports touch, made anew; all others stay as the tables hold them.

The steps: the new tellings; the held ones they may be one incident with; the blocks of those that the evidence binds to
them, whole; the incidents, tolls and links of claims of all these. Then what a change may do elsewhere: an incident may
have found or lost its broader one, and time may have settled a toll that nobody told again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from etl import kept
from etl.errors import Interrupted
from etl.incidents import brief, parents
from etl.incidents.clustering import linked
from etl.incidents.held import COLUMNS, Held, Positions
from etl.incidents.resolution import MOST_TOLD_IN, Pairs, Resolution, redirects_of, resolve_tellings, tellings_of
from etl.incidents.status import SETTLED_AFTER, turned
from etl.incidents.telling import Source, Telling, sources_of
from etl.records import Incident, Report
from etl.settling.redirects import redirected
from etl.tables.schema import from_arrow, to_arrow
from etl.tables.snapshot import Tables
from etl.tables.store import Store


@dataclass(frozen=True, slots=True)
class _Reopened:
    """The tellings to resolve, the positions of the held rows they replace, and the keys that bring nothing."""

    tellings: list[Telling]
    positions: Positions
    worn: set[str]


def settle_touched(
    store: Store,
    now: Tables,
    touched: Collection[str],
    stopped: Callable[[], bool],
    *,
    must_link: Pairs,
    cannot_link: Pairs,
) -> None:
    """Bring ``store`` up to date, of which ``now`` are the tables, where ``touched`` reports are new or changed."""
    held = Held(now.arrow("tellings", COLUMNS))
    opened = _reopened(now, held, touched)
    if stopped():
        raise Interrupted("stopped while resolving incidents; what was extracted is kept", remedy="run again")
    latest = pc.max(now.arrow("reports", ["published"]).column("published")).as_py()
    found = resolve_tellings(opened.tellings, latest, must_link=must_link, cannot_link=cannot_link, worn=opened.worn)
    gone = held.incidents(opened.positions)
    placed = _placed(now, touched, gone)
    incident_of: dict[str, str | None] = {**dict.fromkeys(placed), **found.incident_of}
    previous = {claim: incident for claim, incident in placed.items() if incident is not None}
    found = replace(found, redirects=redirects_of(previous, found))

    ids = now.arrow("incidents", ["incident_id"]).column("incident_id").to_pylist()
    present = (set(ids) - gone) | {incident.incident_id for incident in found.incidents}
    incidents = _elsewhere(now, found, gone, latest)
    store.replace("tolls", found.tolls, within=gone)
    store.replace("tellings", found.tellings, within=held.values("telling_id", opened.positions))
    store.replace("incidents", incidents, within=gone)
    store.set_incidents(incident_of, others=False)
    store.replace("redirects", redirected(now.rows("redirects"), found.redirects, present))


def _reopened(now: Tables, held: Held, touched: Collection[str]) -> _Reopened:
    reports = now.arrow("reports", _OF_REPORTS)
    fresh = _tellings(now, reports, touched)
    gone = held.of_reports(touched)
    before, worn = held.worn(fresh, gone)
    # A key that has just become too common, or no longer is, changes what its bearers are compared with.
    bearing = held.bearing(before ^ worn, fresh) if before != worn else ()
    turned_over = set(held.values("report_id", bearing)) - set(touched)
    if turned_over:
        touched = set(touched) | turned_over
        fresh += _tellings(now, reports, turned_over)
        gone = held.of_reports(touched)
    near = held.near(fresh, gone, worn)
    positions = sorted({position for found in near.values() for position in found})
    known = _in_brief(reports, held, positions)
    bound = {position for place, found in near.items() for position in found if linked(fresh[place], known[position])}
    blocks = set(held.values("block_id", sorted({*bound, *gone.tolist()})))
    members = held.of_blocks(blocks)
    ids = set(held.values("telling_id", members)) - {one.telling_id for one in fresh}
    whole = _tellings(now, reports, set(held.values("report_id", members)) - set(touched))
    return _Reopened([*fresh, *(one for one in whole if one.telling_id in ids)], members, worn)


_OF_REPORTS = ("report_id", "published", "publisher", "duplicate_of", "dateline_place", "url")


def _tellings(now: Tables, rows: pa.Table, reports: Collection[str]) -> list[Telling]:
    """The tellings of these reports as the tables hold them; ``rows`` are all reports, without their texts."""
    return tellings_of(kept.events(now, reports), _sources(rows, reports)) if reports else []


def _in_brief(rows: pa.Table, held: Held, positions: Sequence[int]) -> dict[int, Telling]:
    """The held tellings at these positions, as they compare; ``rows`` are all reports, without their texts."""
    some = held.rows.select(brief.COLUMNS).take(pa.array(positions, pa.int64())).to_pylist()
    sources = _sources(rows, {row["report_id"] for row in some})
    return {
        position: brief.of_brief(row, sources[row["report_id"]]) for position, row in zip(positions, some, strict=True)
    }


def _sources(rows: pa.Table, reports: Collection[str]) -> dict[str, Source]:
    """The sources of these reports, the first of each copy looked up."""
    own = rows.filter(pc.is_in(rows.column("report_id"), value_set=_strings(reports)))
    originals = {one for one in own.column("duplicate_of").to_pylist() if one is not None}
    wanted = rows.filter(pc.is_in(rows.column("report_id"), value_set=_strings({*reports, *originals})))
    return sources_of(Report(text="", **row) for row in wanted.to_pylist())


def _placed(now: Tables, touched: Collection[str], incidents: Collection[str]) -> dict[str, str | None]:
    """The incident, if any, of each claim of the touched reports and of these incidents."""
    claims = now.arrow("claims", ["claim_id", "report_id", "incident_id"])
    chosen = pc.or_kleene(
        pc.is_in(claims.column("report_id"), value_set=_strings(touched)),
        pc.is_in(claims.column("incident_id"), value_set=_strings(incidents)),
    )
    some = claims.filter(chosen)
    return dict(zip(some.column("claim_id").to_pylist(), some.column("incident_id").to_pylist(), strict=True))


def _strings(values: Collection[str]) -> pa.Array:
    return pa.array(sorted(values), pa.string())


# What a change does elsewhere

# Parts whose broader incident may be another now; then the incidents that may be theirs, which etl.incidents.parents
# has the last word on.
_AROUND = """
CREATE TEMP VIEW whole AS SELECT * FROM stay UNION ALL BY NAME SELECT * FROM new;
CREATE TEMP TABLE parts AS
    SELECT incident_id, country_code, date_start, date_end FROM new
    UNION
    SELECT s.incident_id, s.country_code, s.date_start, s.date_end
    FROM stay s JOIN moved m ON s.country_code = m.country_code
        AND s.date_start >= m.date_start - 1 AND s.date_end <= m.date_end + 1;
CREATE TEMP TABLE broad AS
    SELECT DISTINCT w.incident_id
    FROM whole w JOIN parts p ON w.country_code = p.country_code
        AND p.date_start >= w.date_start - 1 AND p.date_end <= w.date_end + 1
    WHERE w.killed_best > 0 AND (len(w.place_names) > 1 OR w.place_precision IN (4, 5) OR w.date_end > w.date_start)
"""
_APART = """
WITH told AS (
    SELECT report_id, incident_id FROM tellings WHERE incident_id NOT IN (SELECT incident_id FROM gone)
    UNION ALL SELECT report_id, incident_id FROM rows WHERE incident_id IS NOT NULL
), several AS (
    SELECT report_id FROM told GROUP BY report_id HAVING count(*) BETWEEN 2 AND $most
)
SELECT DISTINCT one.incident_id, other.incident_id
FROM told one JOIN told other USING (report_id) JOIN several USING (report_id)
WHERE one.incident_id IN (SELECT incident_id FROM parts) AND other.incident_id IN (SELECT incident_id FROM broad)
    AND one.incident_id <> other.incident_id
"""
_QUIET = """
SELECT s.*, t.moved
FROM stay s JOIN (SELECT incident_id, max(as_of) AS moved FROM tolls GROUP BY incident_id) t USING (incident_id)
WHERE s.status = 'developing' AND t.moved <= $since
"""


def _elsewhere(now: Tables, found: Resolution, gone: Collection[str], latest: dt.datetime | None) -> list[Incident]:
    """The found incidents with their parents, and the others whose parent or status is another now."""
    old = now.arrow("incidents")
    went = pc.is_in(old.column("incident_id"), value_set=_strings(gone))
    moved = [one for one in (*from_arrow("incidents", old.filter(went)), *found.incidents) if parents.is_broad(one)]
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        now.views(connection, ["tolls", "tellings"])
        connection.register("stay", old.filter(pc.invert(went)))
        connection.register("new", to_arrow("incidents", found.incidents))
        connection.register("moved", to_arrow("incidents", moved))
        connection.register("gone", pa.table({"incident_id": _strings(gone)}))
        connection.register("rows", to_arrow("tellings", found.tellings))
        connection.execute(_AROUND)
        parts = _incidents(connection, "SELECT * FROM whole WHERE incident_id IN (SELECT incident_id FROM parts)")
        broad = _incidents(connection, "SELECT * FROM whole WHERE incident_id IN (SELECT incident_id FROM broad)")
        pairs = connection.execute(_APART, {"most": MOST_TOLD_IN}).fetchall()
        quiet = _quiet(connection, latest)
    every = {one.incident_id: one for one in (*broad, *parts)}
    apart = {pair for one, other in pairs for pair in ((one, other), (other, one))}
    own = {one.incident_id for one in parts}
    kin = {one.incident_id: one for one in parents.link_parts(list(every.values()), apart) if one.incident_id in own}
    for one, moment in quiet:
        kin[one.incident_id] = turned(kin.get(one.incident_id, one), moment, latest or moment)
    return list(kin.values())


def _incidents(connection: duckdb.DuckDBPyConnection, query: str) -> list[Incident]:
    return list(from_arrow("incidents", connection.sql(query).to_arrow_table()))


def _quiet(connection: duckdb.DuckDBPyConnection, latest: dt.datetime | None) -> list[tuple[Incident, dt.datetime]]:
    """Incidents not told anew whose figures have stood still for long, with the moment they last moved."""
    if latest is None:
        return []
    rows: pa.Table = connection.sql(_QUIET, params={"since": latest - SETTLED_AFTER}).to_arrow_table()
    return list(zip(from_arrow("incidents", rows), rows.column("moved").to_pylist(), strict=True))
