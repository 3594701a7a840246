"""Files the dashboard hands out: the filtered rows as CSV, and what its map is drawn on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pyarrow as pa
from flask import Blueprint, Response, abort, jsonify, request

from dashboard import figures, outlines, queries
from dashboard.filters import read_query
from dashboard.published import NoTables, Published
from etl.tables.exports import csv_lines

_TABLES: dict[str, Callable[..., pa.RecordBatchReader]] = {
    "incidents": queries.incident_batches,
    "claims": queries.claim_batches,
}


def blueprint(published: Published) -> Blueprint:
    """The addresses ``download/<table>.csv?<filter>`` and ``outlines/<name>.geojson``, and the map's style."""
    routes = Blueprint("downloads", __name__)

    @routes.get("/download/<table>.csv")
    def download(table: str) -> Response:
        batches = _TABLES.get(table)
        if batches is None:
            abort(404)
        try:
            edition = published.current()
        except NoTables as problem:
            abort(503, str(problem))
        reading = read_query(request.query_string.decode("ascii", "replace"))
        chosen = reading.filter if reading else queries.opening(edition.database)
        rows = batches(edition.database, chosen, private=published.private)
        name = f"tollbook-{table}-{edition.name}-{dt.datetime.now(dt.UTC):%Y%m%d}.csv"
        return Response(
            csv_lines(table, rows),
            mimetype="text/csv",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
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
