"""The Dash app: its frame (header, footer, theme), which page an address shows, and what keeps it current and safe."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update, set_props
from dash.development.base_component import Component

from dashboard import downloads, figures, security, wording
from dashboard.pages import codebook, notices, overview
from dashboard.published import NoTables, Published

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 20
"""How often an open page asks whether a newer run has been published."""
_THEME: dict[str, Any] = {
    "fontFamily": figures.FONT,
    "headings": {"fontFamily": figures.FONT},
    "primaryColor": "gray",
    "primaryShade": {"light": 8, "dark": 4},
    "defaultRadius": "sm",
    "cursorType": "pointer",
    "respectReducedMotion": True,
}


def create(published: Published) -> Dash:
    """The app over the newest edition of ``published``; serve its ``server`` with any WSGI server."""
    app = Dash(
        "tollbook",
        title="Tollbook",
        update_title="",
        assets_folder=str(Path(__file__).parent / "assets"),
        serve_locally=True,
        suppress_callback_exceptions=True,
        on_error=_report,
        meta_tags=[
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {"name": "color-scheme", "content": "light dark"},
            {"name": "referrer", "content": "no-referrer"},
        ],
    )
    app.index_string = app.index_string.replace("<html>", '<html lang="en">')
    app.layout = lambda: _frame(published)
    overview.register(app, published)
    _register(app, published)
    app.server.register_blueprint(downloads.blueprint(published))
    app._setup_server()  # noqa: SLF001  # makes the inline scripts, whose hashes the policy needs before the first answer
    security.protect(app.server, security.content_security_policy(app.csp_hashes()))
    return app


def _frame(published: Published) -> Component:
    return dmc.MantineProvider(
        [
            html.A("Skip to the figures", href="#main", className="skip"),
            dcc.Location(id="page", refresh=False),
            dcc.Store(id="scheme"),
            dcc.Store(id="wide"),
            dcc.Store(id="revision", data=published.revision()),
            dcc.Store(id="has-tables", data=published.revision() is not None),
            dcc.Interval(id="clock", interval=SECONDS_BETWEEN_LOOKS * 1_000),
            html.Header(
                [
                    dcc.Link(html.Strong("Tollbook"), href="/", className="brand"),
                    html.Span("who was killed, hurt and uprooted, as reports told it", className="tagline"),
                    html.Nav(
                        [dcc.Link("Incidents", href="/"), dcc.Link("Codebook", href="/codebook")],
                        **{"aria-label": "Pages"},
                    ),
                    dmc.ColorSchemeToggle(
                        id="scheme-toggle",
                        lightIcon="Dark mode",
                        darkIcon="Light mode",
                        variant="default",
                        size="lg",
                        className="scheme-toggle",
                    ),
                ],
                className="top",
            ),
            html.Div(id="failure", **{"aria-live": "assertive"}),
            html.Main(id="main", tabIndex="-1"),
            html.Footer(id="footer", className="bottom"),
        ],
        theme=_THEME,
        defaultColorScheme="auto",
    )


def _register(app: Dash, published: Published) -> None:
    app.clientside_callback(
        ClientsideFunction("page", "screen"),
        Output("scheme", "data"),
        Output("wide", "data"),
        Input("page", "pathname"),
    )

    @app.callback(Output("main", "children"), Input("page", "pathname"), Input("has-tables", "data"))
    def show(pathname: str | None, _has_tables: bool) -> Component:
        address = (pathname or "/").rstrip("/")
        if address == "/codebook":
            return codebook.layout()
        if address:
            return notices.no_such_page(address)
        try:
            return overview.layout(published.current())
        except NoTables as problem:
            return notices.no_tables(str(problem), remedy=f"python -m etl run --store {published.path}")

    @app.callback(
        Output("revision", "data"),
        Output("has-tables", "data"),
        Input("clock", "n_intervals"),
        State("revision", "data"),
        State("has-tables", "data"),
        prevent_initial_call=True,
    )
    def look_for_newer(_ticks: int, shown: str | None, had_tables: bool) -> tuple[Any, Any]:
        newest = published.revision()
        return (
            no_update if newest == shown else newest,
            no_update if (newest is not None) == had_tables else newest is not None,
        )

    @app.callback(Output("footer", "children"), Input("revision", "data"))
    def note(_revision: str | None) -> list[Component]:
        return _footer(published)


def _footer(published: Published) -> list[Component]:
    method = html.P(
        "Figures are what reports said, read by a program: each leads back to its sentence. An empty figure means that "
        "nobody said it, never 0."
    )
    links = html.P([dcc.Link("Codebook", href="/codebook"), " says what every column means."])
    try:
        edition = published.current()
    except NoTables:
        return [method, links]
    versions = ", ".join(f"{table} {version}" for table, version in sorted(edition.versions.items()))
    return [
        html.P(
            [
                f"Run {edition.run.run_id}, published {wording.moment(edition.run.finished_at)}. ",
                f"Table versions: {versions}. Extraction {edition.run.extractor_version or 'version not said'}. ",
                "Figures may be revised by later runs.",
            ],
            id="revision-note",
        ),
        method,
        links,
    ]


def _report(error: Exception) -> None:
    """Every fault is logged whole, and told on the page without its innards."""
    log.error("a callback failed", exc_info=error)
    set_props("failure", {"children": notices.failure()})
