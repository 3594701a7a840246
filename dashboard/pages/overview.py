"""The page itself: totals, map, charts and table of one filter, and the drawer of one incident."""

from __future__ import annotations

import datetime as dt
from typing import Any

import dash_mantine_components as dmc
from dash import MATCH, ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import figures, outlines, queries, wording
from dashboard.answers import PlaceSum, RegionSum, Selection
from dashboard.filters import Filter, read_query
from dashboard.pages import beside, filter_bar, incident, incident_table, notices, review, totals
from dashboard.published import Edition, NoTables, Published
from etl.tables.formats import KINDS

DAYS_DRAWN_BY_DAY = 100
"""A selection no longer than this is drawn by day unless the reader says otherwise; more bars would be hairs."""
TITLES = {"incidents": "Incidents", "claims": "Claims"}
"""The tables a reader can download, filtered."""
_NO_AXIS = {"visible": False}
_BLANK = {
    "data": [],
    "layout": {
        "xaxis": _NO_AXIS,
        "yaxis": _NO_AXIS,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    },
}


def layout(edition: Edition) -> Component:
    """The page before its first answer: controls, and room where the figures will stand."""
    return html.Div(
        [
            # Here and not in the frame: a callback may only write to what stands on the page it belongs to.
            dcc.Location(id="url", refresh=False),
            dcc.Store(id="query"),
            dcc.Store(id="opened"),
            dcc.Store(id="ignored"),
            filter_bar.layout(edition.database),
            html.Div(id="alerts", **{"aria-live": "polite"}),
            html.Div(
                [
                    html.Div(
                        [dmc.Skeleton(height=34, width=320), dmc.Skeleton(height=14, width=220, mt=8)], id="heading"
                    ),
                    html.Div(
                        [
                            html.A("Download incidents (CSV)", id="download", className="button", download=""),
                            html.A("Claims (CSV)", id="download-claims", className="button quiet-button", download=""),
                            html.Details(
                                [
                                    html.Summary("Other formats", className="button quiet-button"),
                                    html.Div(id="download-more", className="menu"),
                                ],
                                className="more",
                            ),
                            html.Button("Copy link", id="copy-link", className="button quiet-button", type="button"),
                        ],
                        className="actions",
                    ),
                ],
                className="heading-row",
            ),
            html.Div(id="no-match"),
            html.Div(
                [
                    html.Section(
                        [dmc.Skeleton(height=120) for _ in range(4)],
                        id="totals",
                        className="cards",
                        **{"aria-label": "Totals", "aria-live": "polite"},
                    ),
                    html.Div(
                        [
                            _panel(
                                "Where",
                                _graph(
                                    "map", 440, "Map of the chosen incidents; the bars by region tell the same figures"
                                ),
                                "map-note",
                                hint="Choose a region by clicking it. Bubble area stands for the figure.",
                            ),
                            _panel(
                                "By region",
                                _graph("region-chart", 180, "Bars by region"),
                                "region-note",
                                table="region-table",
                            ),
                        ],
                        className="two",
                    ),
                    _panel(
                        "Over time",
                        _graph("time-chart", 300, "Bars over time"),
                        "time-note",
                        table="time-table",
                        control=dmc.SegmentedControl(
                            id="per",
                            size="xs",
                            data=[
                                {"value": "auto", "label": "Auto"},
                                {"value": "day", "label": "Day"},
                                {"value": "month", "label": "Month"},
                            ],
                            **{"aria-label": "Length of a period"},
                        ),
                    ),
                    html.Section(
                        [
                            html.H2("Incidents"),
                            html.P(id="table-note", className="quiet"),
                            html.Div(dmc.Skeleton(height=260), id="table"),
                        ],
                        className="panel",
                    ),
                ],
                id="views",
                className="views",
            ),
            dmc.Drawer(
                html.Div(id="incident", className="incident"),
                id="drawer",
                opened=False,
                position="right",
                size="xl",
                title="Incident",
                closeButtonProps={"aria-label": "Close the incident"},
                zIndex=400,
            ),
        ]
    )


def _graph(name: str, height: int, label: str) -> Component:
    return dcc.Loading(
        html.Div(
            dcc.Graph(id=name, figure=_BLANK, config=figures.CONFIG, style={"height": height}),
            role="img",
            id=f"{name}-label",
            # The page does not jump when the drawing program arrives after the text.
            style={"minHeight": height},
            **{"aria-label": label},
        ),
        delay_show=500,
        overlay_style={"visibility": "visible", "opacity": 0.5},
        type="dot",
    )


def _panel(
    title: str,
    body: Component,
    note: str,
    *,
    hint: str = "",
    table: str | None = None,
    control: Component | None = None,
) -> Component:
    head = html.Div([html.H2(title), *([] if control is None else [control])], className="panel-head")
    parts: list[Component] = [head, body, html.P(hint, id=note, className="quiet")]
    if table:
        parts.append(html.Details([html.Summary("Show as a table"), html.Div(id=table, className="scroll")]))
    return html.Section(parts, className="panel")


def register(app: Dash, published: Published) -> None:
    """Add the callbacks of the page."""
    filter_bar.register(app, published)
    if published.reviewing is not None:
        review.register(app, published)

    @app.callback(
        Output("heading", "children"),
        Output("totals", "children"),
        Output("map", "figure"),
        Output("map-note", "children"),
        Output("region-chart", "figure"),
        Output("region-chart", "style"),
        Output("region-note", "children"),
        Output("region-table", "children"),
        Output("time-chart", "figure"),
        Output("time-note", "children"),
        Output("time-table", "children"),
        Output("table", "children"),
        Output("table-note", "children"),
        Output("no-match", "children"),
        Output("views", "className"),
        Output("download", "href"),
        Output("download-claims", "href"),
        Output("download-more", "children"),
        Input("query", "data"),
        Input("scheme", "data"),
        Input("revision", "data"),
        State("wide", "data"),
    )
    def draw(
        query: str | None, theme: figures.Theme | None, _revision: str | None, wide: bool | None
    ) -> tuple[Any, ...]:
        if query is None or theme not in figures.PALETTES:
            raise PreventUpdate
        edition = _edition(published)
        reading = read_query(query)
        chosen = reading.filter if reading else Filter()
        database = edition.database
        selected = queries.selection(database, chosen)
        if not selected.incidents:
            nothing = notices.nothing_matches(_why_nothing(chosen, selected), f"?{Filter().to_query()}")
            return (
                totals.heading(chosen, selected, *_names(edition, chosen)),
                *([no_update] * 12),
                nothing,
                "views hidden",
                *_downloads(query),
            )  # fmt: skip
        sums = queries.totals(database, chosen)
        regions = queries.by_region(database, chosen)
        periods = queries.by_period(database, chosen, per := _period(chosen, selected))
        places = queries.by_place(database, chosen)
        measure = wording.MEASURE_NAMES[chosen.measure]
        return (
            totals.heading(chosen, selected, *_names(edition, chosen)),
            totals.cards(sums, chosen, selected.incidents),
            _map(places, regions, chosen, theme, wide=wide is not False),
            beside.map_note(places, regions),
            bars := figures.by_region(regions, measure=measure, bound=chosen.bound, chosen=chosen.regions, theme=theme),
            # Said to the page as well: a chart that is resized with its window takes its height from there.
            {"height": bars.layout.height},
            beside.region_note(regions),
            beside.region_table(regions),
            figures.over_time(
                periods,
                per=per,
                span=_span(chosen, selected),
                measure=measure,
                bound=chosen.bound,
                until=selected.reported_until,
                theme=theme,
            ),
            beside.time_note(periods, selected, per),
            beside.time_table(periods, selected, per),
            incident_table.grid(
                query, chosen, selected, [m for m in sums if sums[m].incidents], wide=wide is not False
            ),
            "Choose an incident to see its toll over time and the sentence behind every figure.",
            None,
            "views",
            *_downloads(query),
        )

    @app.callback(
        Output({"type": filter_bar.GRID, "query": MATCH}, "getRowsResponse"),
        Input({"type": filter_bar.GRID, "query": MATCH}, "getRowsRequest"),
        State({"type": filter_bar.GRID, "query": MATCH}, "id"),
        prevent_initial_call=True,
    )
    def page_of_rows(request: dict[str, Any] | None, own: dict[str, str]) -> dict[str, Any]:
        if not request:
            raise PreventUpdate
        return incident_table.page(_edition(published).database, own["query"], request)

    @app.callback(
        Output("incident", "children"),
        Output("drawer", "opened"),
        Input("opened", "data"),
        Input("scheme", "data"),
        Input("revision", "data"),
        State("query", "data"),
        State("drawer", "opened"),
    )
    def open_incident(
        opened: str | None, theme: figures.Theme | None, _revision: str | None, query: str | None, is_open: bool
    ) -> tuple[Any, Any]:
        if not opened or theme not in figures.PALETTES:
            # Writing False over False would read as somebody closing what the address is about to open.
            return no_update, False if is_open else no_update
        reading = read_query(query)
        chosen = (reading.filter if reading else Filter()).narrowed_to(opened)
        reviewing = published.reviewing is not None
        database = _edition(published).database
        return incident.contents(database, chosen, theme, private=published.private, reviewing=reviewing), True

    @app.callback(Output("alerts", "children"), Input("ignored", "data"))
    def warn(ignored: list[str] | None) -> Component | None:
        return notices.left_out(tuple(ignored)) if ignored else None

    app.clientside_callback(
        ClientsideFunction("page", "copyLink"),
        Output("copy-link", "children"),
        Input("copy-link", "n_clicks"),
        State("query", "data"),
        prevent_initial_call=True,
    )


def _edition(published: Published) -> Edition:
    try:
        return published.current()
    except NoTables:
        raise PreventUpdate from None


def _names(edition: Edition, chosen: Filter) -> tuple[list[str], list[str]]:
    countries = {option.value: option.label for option in queries.countries(edition.database)}
    regions = {option.value: option.label for option in queries.regions(edition.database)} if chosen.regions else {}
    return [countries.get(code, code) for code in chosen.countries], [
        regions.get(code, code) for code in chosen.regions
    ]


def _why_nothing(chosen: Filter, selected: Selection) -> str:
    if chosen.date_from and chosen.date_to and chosen.date_from > chosen.date_to:
        return "The first day is after the last day."
    if selected.undated:
        one = selected.undated == 1
        return (
            f"{wording.plural(selected.undated, 'incident')} of these places and causes {'has' if one else 'have'} "
            f"no known date, so a filter by date leaves {'it' if one else 'them'} out."
        )
    return "The tables hold no incident with these places, days and causes together."


def _period(chosen: Filter, selected: Selection) -> str:
    if chosen.per != "auto":
        return chosen.per
    first, last = selected.first_day, selected.last_day
    return "day" if first and last and (last - first).days <= DAYS_DRAWN_BY_DAY else "month"


def _span(chosen: Filter, selected: Selection) -> tuple[dt.date, dt.date] | None:
    first, last = chosen.date_from or selected.first_day, chosen.date_to or selected.last_day
    return (first, last) if first and last else None


def _downloads(query: str) -> tuple[str, str, list[Component]]:
    others = [
        html.A(
            kind.title if form == "package" else f"{TITLES[table]} · {kind.title}",
            href=f"download/{table}.{kind.suffix}?{query}",
            download="",
        )
        for table in TITLES
        for form, kind in KINDS.items()
        if form != "csv" and (kind.tables is None or table in kind.tables)
        if not (form == "package" and table != "incidents")
    ]
    return f"download/incidents.csv?{query}", f"download/claims.csv?{query}", others


def _map(
    places: list[PlaceSum], regions: list[RegionSum], chosen: Filter, theme: figures.Theme, *, wide: bool
) -> figures.Figure:
    countries = chosen.countries or tuple(dict.fromkeys(region[:2] for region in chosen.regions))
    drawn = [code for code in countries if outlines.path_of(code)]
    boxes = [box for code in drawn if (box := outlines.box_of(code))]
    around_places = outlines.around((place.longitude, place.latitude) for place in places)
    if not boxes and around_places:
        west, south, east, north = around_places
        boxes = [(west - 4, south - 4, east + 4, north + 4)]
    return figures.place_map(
        places,
        regions,
        figures.Ground(
            countries=drawn,
            chosen=chosen.regions,
            outlines={name: outlines.regions_of(name) for name in (*drawn, "world")},
            box=outlines.joined(boxes) or outlines.WORLD,
            wide=wide,
        ),
        measure=wording.MEASURE_NAMES[chosen.measure],
        bound=chosen.bound,
        theme=theme,
    )
