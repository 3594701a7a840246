"""The codebook: every column of every table with its unit, meaning and equivalents elsewhere."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from etl.records import TABLES
from etl.tables.schema import codebook

_HEAD = ("Column", "Type", "Unit", "Meaning", "UCDP GED", "ACLED", "EM-DAT / GTD", "HXL")


def layout() -> Component:
    """The whole page; it needs no store."""
    return html.Article(
        [
            html.H1("Codebook"),
            html.P(
                "Missing is never 0: an empty figure means that nobody said it. low, best and high are the fewest, the "
                "most reliable and the most people; best is never a mean. EM-DAT counts the missing among the dead and "
                "GTD counts attackers; here they stay apart (missing, and victim_category perpetrator)."
            ),
            html.Nav(
                [html.A(table, href=f"#{table}", className="chip") for table in TABLES], **{"aria-label": "Tables"}
            ),
            *(
                html.Section(
                    [
                        html.H2(table, id=table),
                        html.P(TABLES[table].__doc__),
                        html.Div(_table(codebook(table)), className="scroll", tabIndex=0),
                    ],
                    className="panel",
                )
                for table in TABLES
            ),
        ],
        className="codebook",
    )


def _table(rows: list[dict[str, Any]]) -> Component:
    keys = ("column", "type", "unit", "meaning", "ged", "acled", "emdat", "hxl")
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(name, scope="col") for name in _HEAD])),
            html.Tbody(
                [
                    html.Tr(
                        [
                            html.Th(html.Code(row["column"]), scope="row"),
                            *(html.Td(row.get(key, "")) for key in keys[1:]),
                        ]
                    )
                    for row in rows
                ]
            ),
        ],
        className="plain",
    )
