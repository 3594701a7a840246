"""The filter bar, and the one callback that keeps address, controls and clicks on the charts the same filter.

The address is the truth. A change of a control or a click on a region writes a new address (so the browser's back
button undoes it); a change of the address sets the controls. Both happen in one callback, because two that feed each
other would be a ring. What the views draw from is the ``query`` store it writes: the filter without the opened
incident, so that opening one does not draw the page anew.
"""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
import duckdb
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import queries, wording
from dashboard.answers import Option
from dashboard.filters import Filter, from_controls, read_query
from dashboard.published import NoTables, Published
from etl.records import MEASURES

GRID = "incident-table"
_CONTROLS = ("from", "to", "country", "region", "cause", "measure", "bound", "per")


def layout(database: duckdb.DuckDBPyConnection) -> Component:
    """The controls, empty; the callback fills them from the address."""
    return html.Form(
        [
            _day("from", "From"),
            _day("to", "To (included)"),
            _several("country", "Country", "All countries", _data(queries.countries(database))),
            _several("region", "Region", "All regions", []),
            _several(
                "cause",
                "Cause",
                "All causes",
                [{"value": cause.value, "label": wording.cause(cause.value)} for cause in queries.causes(database)],
            ),
            dmc.Select(
                id="measure",
                label="Measure",
                data=[{"value": measure, "label": wording.MEASURE_NAMES[measure]} for measure in MEASURES],
                allowDeselect=False,
                comboboxProps={"withinPortal": True},
            ),
            html.Div(
                [
                    html.Span("Figure", className="control-label", id="bound-label"),
                    dmc.SegmentedControl(
                        id="bound",
                        data=[{"value": bound, "label": bound.capitalize()} for bound in ("low", "best", "high")],
                        fullWidth=True,
                        size="sm",
                        **{"aria-label": "Which figure of each range is drawn"},
                    ),
                ],
                className="control",
            ),
        ],
        className="filter-bar panel",
        role="search",
        **{"aria-label": "Filter"},
    )


def _day(name: str, label: str) -> Component:
    return dmc.DateInput(
        id=name, label=label, valueFormat="YYYY-MM-DD", placeholder="any day", clearable=True, highlightToday=True
    )


def _several(name: str, label: str, placeholder: str, data: list[dict[str, str]]) -> Component:
    return dmc.MultiSelect(
        id=name,
        label=label,
        placeholder=placeholder,
        data=data,
        value=[],
        clearable=True,
        searchable=True,
        hidePickedOptions=True,
        nothingFoundMessage="Nothing of that name",
        comboboxProps={"withinPortal": True},
        className="several",
    )


def _data(options: list[Option]) -> list[dict[str, str]]:
    return [{"value": option.value, "label": option.label} for option in options]


def register(app: Dash, published: Published) -> None:
    """Add the callback that keeps everything the same filter."""

    @app.callback(
        output={
            "search": Output("url", "search"),
            "controls": {name: Output(name, "value") for name in _CONTROLS},
            "regions": Output("region", "data"),
            "query": Output("query", "data"),
            "opened": Output("opened", "data"),
            "ignored": Output("ignored", "data"),
            # A click that stays on a chart would hide the next click on the same spot.
            "clicks": [Output("region-chart", "clickData"), Output("map", "clickData")],
        },
        inputs={
            "search": Input("url", "search"),
            "controls": {name: Input(name, "value") for name in _CONTROLS},
            "clicks": {name: Input(name, "clickData") for name in ("region-chart", "map")},
            "cells": Input({"type": GRID, "query": ALL}, "cellRendererData"),
            "drawer": Input("drawer", "opened"),
            "_revision": Input("revision", "data"),
            "query": State("query", "data"),
            "opened": State("opened", "data"),
        },
    )
    def navigate(
        search: str | None,
        controls: dict[str, Any],
        clicks: dict[str, dict[str, Any] | None],
        cells: list[dict[str, Any] | None],
        drawer: bool,
        _revision: str | None,
        query: str | None,
        opened: str | None,
    ) -> dict[str, Any]:
        try:
            database = published.current().database
        except NoTables:
            raise PreventUpdate from None
        reading = read_query(search)
        current = reading.filter if reading else queries.opening(database)
        # Until the first answer, what fires are the controls being put on the page, not somebody changing them.
        trigger = ctx.triggered_id if query else None
        chosen = current
        if trigger in _CONTROLS:
            # A control may write its own value late, when a link has opened an incident already: it stays open.
            chosen = _from_controls(database, controls).narrowed_to(current.incident)
        elif isinstance(trigger, str) and trigger in clicks:
            region = _region_clicked(clicks[trigger])
            chosen = current.with_region(region) if region else current
        elif isinstance(trigger, dict):
            clicked = next((cell["value"] for cell in cells if cell and cell.get("value")), None)
            if clicked is None:  # a new table is no click
                raise PreventUpdate
            chosen = current.narrowed_to(str(clicked))
        elif trigger == "drawer":
            if drawer or not current.incident:
                raise PreventUpdate
            chosen = current.narrowed_to(None)
        narrowing = chosen.narrowed_to(None).to_query()
        return {
            "search": no_update if chosen == current else f"?{chosen.to_query()}",
            "controls": {
                "from": chosen.date_from.isoformat() if chosen.date_from else None,
                "to": chosen.date_to.isoformat() if chosen.date_to else None,
                "country": list(chosen.countries),
                "region": list(chosen.regions),
                "cause": list(chosen.causes),
                "measure": chosen.measure,
                "bound": chosen.bound,
                "per": chosen.per,
            },
            "regions": _data(queries.regions(database, chosen.countries)),
            "query": no_update if narrowing == query else narrowing,
            "opened": no_update if chosen.incident == opened else chosen.incident,
            "ignored": list(reading.ignored) if reading and trigger in (None, "url") else [],
            "clicks": [None, None],
        }


def _from_controls(database: duckdb.DuckDBPyConnection, controls: dict[str, Any]) -> Filter:
    chosen = from_controls(
        date_from=controls["from"],
        date_to=controls["to"],
        countries=controls["country"],
        regions=controls["region"],
        causes=controls["cause"],
        measure=controls["measure"],
        bound=controls["bound"],
        per=controls["per"],
    )
    if not (chosen.countries and chosen.regions):
        return chosen
    # A region of a country that was just taken out would leave nothing to see.
    possible = {option.value for option in queries.regions(database, chosen.countries)}
    return chosen.with_regions(tuple(region for region in chosen.regions if region in possible))


def _region_clicked(click: dict[str, Any] | None) -> str | None:
    points = (click or {}).get("points") or [{}]
    region = points[0].get("customdata") or points[0].get("location")
    if isinstance(region, list):
        region = region[0] if region else None
    # The outline of a whole country is no region.
    return region if isinstance(region, str) and len(region) > 2 else None
