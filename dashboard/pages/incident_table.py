"""The table of incidents: rows are fetched as they are scrolled to, so millions cost no more than a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_ag_grid as dag
import duckdb
from dash.development.base_component import Component

from dashboard import queries, wording
from dashboard.answers import Selection
from dashboard.filters import Filter, read_query
from dashboard.pages import review
from dashboard.pages.filter_bar import GRID
from etl.records import MEASURES, Measure

BLOCK = 100
"""Rows fetched at once."""

_SORTED_BY = {
    "label": "label",
    "when": "date_start",
    "region": "adm1_name",
    "country": "country_name",
    "cause": "cause",
    "as_of": "last_reported",
    "reports": "n_reports",
    "status": "status",
    "review": "review",
} | {measure: f"{measure}_best" for measure in MEASURES}


def grid(query: str, chosen: Filter, selected: Selection, said: Sequence[Measure], *, wide: bool) -> Component:
    """The table for one query; another query makes another table, so rows of two filters never mix.

    ``said`` are the measures any chosen incident has a figure of; the columns of the others are left out, and so is
    that of reviews where nobody has reviewed one. On a phone (not ``wide``) the first column leaves room for the
    figure beside it.
    """
    incidents = selected.incidents
    # On a phone a label takes two lines.
    row_height = 44 if wide else 60
    return dag.AgGrid(
        id={"type": GRID, "query": query},
        rowModelType="infinite",
        columnDefs=_columns(chosen.measure, said, reviewed=selected.reviewed > 0, wide=wide),
        defaultColDef={
            "sortable": True,
            "resizable": True,
            "suppressMovable": True,
            "sortingOrder": ["desc", "asc", None],
        },
        dashGridOptions={
            "cacheBlockSize": BLOCK,
            "maxBlocksInCache": 20,
            "infiniteInitialRowCount": min(incidents, BLOCK),
            "rowHeight": row_height,
            "headerHeight": 40,
            "suppressCellFocus": False,
            "enableCellTextSelection": True,
            "ensureDomOrder": True,
        },
        style={"height": f"{min(560, 40 + row_height * max(incidents, 1) + 18)}px", "width": "100%"},
        className="incidents-grid" if wide else "incidents-grid narrow",
    )


def page(database: duckdb.DuckDBPyConnection, query: str, request: dict[str, Any]) -> dict[str, Any]:
    """The rows the grid asks for (``startRow``, ``endRow``, ``sortModel``), each figure with its range."""
    reading = read_query(query)
    chosen = reading.filter if reading else Filter()
    first = int(request.get("startRow") or 0)
    last = int(request.get("endRow") or first + BLOCK)
    order = [
        (_SORTED_BY[column["colId"]], column.get("sort") == "desc")
        for column in request.get("sortModel") or ()
        if column.get("colId") in _SORTED_BY
    ]
    rows = queries.incident_page(database, chosen, first=first, count=last - first, order=order)
    return {"rowData": [_row(row) for row in rows], "rowCount": queries.selection(database, chosen).incidents}


def _columns(measure: Measure, said: Sequence[Measure], *, reviewed: bool, wide: bool) -> list[dict[str, Any]]:
    return [
        {"field": "label", "headerName": "Incident", "cellRenderer": "IncidentButton"}
        | ({"flex": 3, "minWidth": 300} if wide else {"width": 175}),
        _figure_column(measure),
        {"field": "as_of", "headerName": "As of", "flex": 1, "minWidth": 120},
        {"field": "when", "headerName": "When", "flex": 1, "minWidth": 165},
        {"field": "region", "headerName": "Region", "flex": 1, "minWidth": 130},
        {"field": "cause", "headerName": "Cause", "flex": 1, "minWidth": 160},
        *(_figure_column(other) for other in said if other != measure),
        {"field": "country", "headerName": "Country", "flex": 1, "minWidth": 120},
        {"field": "reports", "headerName": "Reports (publishers)", "flex": 1, "minWidth": 170},
        {"field": "status", "headerName": "Status", "flex": 1, "minWidth": 110},
        *([{"field": "review", "headerName": "Review", "flex": 1, "minWidth": 110}] if reviewed else []),
    ]


def _figure_column(measure: Measure) -> dict[str, Any]:
    return {"field": measure, "headerName": f"{wording.MEASURE_NAMES[measure]} (range)", "flex": 1, "minWidth": 155}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    figures: dict[str, str] = {}
    for measure in MEASURES:
        figure = wording.figure(*(row[f"{measure}_{bound}"] for bound in ("low", "best", "high")))
        figures[measure] = figure if figure == wording.NOT_SAID else figure + review.marker(row, measure)
    return {
        "incident_id": row["incident_id"],
        "label": row["label"] or wording.cause(row["cause"]),
        "when": wording.days(row["date_start"], row["date_end"]),
        "region": row["adm1_name"] or wording.NOT_SAID,
        "country": row["country_name"] or wording.NOT_SAID,
        "cause": wording.cause(row["cause"]),
        "as_of": wording.day(row["last_reported"]),
        "reports": f"{row['n_reports']:,} ({row['n_sources']:,})",
        "status": row["status"],
        "review": (row["review"] or "").capitalize(),
        **figures,
    }
