"""What the page says when it has nothing to show, or something to warn of: always what happened and what to do."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component


def no_tables(problem: str, *, remedy: str) -> Component:
    """Nothing can be shown at all: no store, or a store in which no run has been published."""
    return html.Section(
        [
            html.H2("No tables yet"),
            html.P(problem),
            html.P(["Read some reports first: ", html.Code(remedy)]),
            html.P("This page looks again by itself; leave it open.", className="quiet"),
        ],
        className="notice panel",
        role="status",
    )


def nothing_matches(reason: str, reset_href: str) -> Component:
    """The tables hold incidents, the filter chose none."""
    return html.Section(
        [
            html.H2("No incident matches"),
            html.P(reason),
            html.P([html.A("Show everything", href=reset_href), " or change the filter above."]),
        ],
        className="notice panel",
        role="status",
        id="nothing-matches",
    )


def no_such_page(address: str) -> Component:
    """The address is none of the pages."""
    return html.Section(
        [
            html.H2("There is no such page"),
            html.P(["Nothing stands at ", html.Code(address[:200]), "."]),
            html.P([dcc.Link("Incidents", href="/"), " or the ", dcc.Link("codebook", href="/codebook"), "."]),
        ],
        className="notice panel",
        role="status",
    )


def left_out(parts: tuple[str, ...]) -> Component:
    """A link asked for things that could not be understood."""
    return dmc.Alert(
        f"Parts of the link were not understood and left out: {'; '.join(parts)}.",
        title="The link was read in part",
        color="yellow",
        variant="light",
        className="alert",
    )


def unknown_incident() -> Component:
    """The link opens an incident the published tables do not hold."""
    return html.Div(
        [
            html.H2("This incident is not in the tables"),
            html.P("A later run may have merged it into another or taken it out. Close this to see what there is."),
        ],
        className="notice",
        role="status",
    )


def failure() -> Component:
    """A fault of the program: said plainly, without its innards."""
    return dmc.Alert(
        "The last change could not be shown; what you see may be from before it. Reload the page to try again. "
        "The server's log has the details.",
        title="Something went wrong",
        color="red",
        variant="light",
        withCloseButton=True,
        className="alert",
    )
