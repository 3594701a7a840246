"""Files the dashboard hands out: the filtered rows in every format, and what its map is drawn on."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator

import pyarrow as pa
from flask import Blueprint, Response, abort, jsonify, request

from dashboard import figures, outlines, queries
from dashboard.filters import Filter, read_query
from dashboard.published import Edition, NoTables, Published
from etl.tables import exports
from etl.tables.exports import csv_lines
from etl.tables.exports.behind import asked_of
from etl.tables.exports.package import Package
from etl.tables.formats import KINDS, Format

_TABLES: dict[str, Callable[..., pa.RecordBatchReader]] = {
    "incidents": queries.incident_batches,
    "claims": queries.claim_batches,
}
_FORMS: dict[str, Format] = {kind.suffix: form for form, kind in KINDS.items()}
_PIECE = 1 << 16


def blueprint(published: Published) -> Blueprint:
    """The addresses ``download/<table>.<format>?<filter>``, ``outlines/<name>.geojson`` and the map's style."""
    routes = Blueprint("downloads", __name__)

    @routes.get("/download/<name>")
    def download(name: str) -> Response:
        table, _, suffix = name.partition(".")
        form = _FORMS.get(suffix)
        if table not in _TABLES or form is None or not _fits(form, table):
            abort(404)
        try:
            edition = published.current()
        except NoTables as problem:
            abort(503, str(problem))
        reading = read_query(request.query_string.decode("ascii", "replace"))
        chosen = reading.filter if reading else queries.opening(edition.database)
        rows = _TABLES[table](edition.database, chosen, private=published.private)
        what = "tollbook" if form == "package" else f"tollbook-{table}"
        named = f"{what}-{edition.name}-{dt.datetime.now(dt.UTC):%Y%m%d}.{suffix}"
        return Response(
            csv_lines(table, rows) if form == "csv" else _made(form, table, rows, edition, chosen, published.private),
            mimetype=KINDS[form].media_type,
            headers={
                "Content-Disposition": f'attachment; filename="{named}"',
                "Cache-Control": "no-store",
                "X-Run": edition.run.run_id,
            },
        )

    @routes.get("/outlines/<name>.geojson")
    def outline(name: str) -> Response:
        path = outlines.path_of(name)
        if path is None:
            abort(404)
        response = Response(path.read_bytes(), mimetype="application/geo+json")
        # The same for everybody and made anew only with a new release: kept for a day, then asked after by its tag.
        response.headers["Cache-Control"] = "max-age=86400"
        response.add_etag()
        response.make_conditional(request)
        return response

    @routes.get("/map-style/<theme>.json")
    def style(theme: str) -> Response:
        if theme not in figures.PALETTES:
            abort(404)
        return jsonify(figures.map_style(theme))

    return routes


def _fits(form: Format, table: str) -> bool:
    fits = KINDS[form].tables
    return (table == "incidents") if form == "package" else fits is None or table in fits


def _made(
    form: Format, table: str, rows: pa.RecordBatchReader, edition: Edition, chosen: Filter, private: bool
) -> Iterator[bytes]:
    """The file, a piece at a time; made whole first, on disk, so that a fault is an error and not half a file."""
    data = exports.Edition.of(edition.run)
    with tempfile.TemporaryFile() as file:
        if form == "package":
            with Package(file, data) as package:
                package.add("incidents", rows)
                package.add("claims", queries.claim_batches(edition.database, chosen, private=private))
                package.add("tolls", queries.toll_batches(edition.database, chosen))
                package.add("reports", queries.report_batches(edition.database, chosen))
        else:
            exports.write(form, table, rows, file, data, asked_of(edition.database.cursor()))
        file.seek(0)
        yield from iter(lambda: file.read(_PIECE), b"")
