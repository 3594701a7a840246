"""What every figure shares: the colours of a theme, the font, an empty figure, and the whiskers of a range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

from dashboard.answers import Sum
from dashboard.filters import Bound

Theme = Literal["light", "dark"]
Figure = go.Figure

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif'

CONFIG: dict[str, Any] = {"displayModeBar": False, "responsive": True, "displaylogo": False, "plotlyServerURL": ""}


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme; each pair that must be told apart differs in lightness, not only in hue."""

    text: str
    muted: str
    grid: str
    paper: str
    mark: str
    whisker: str
    sea: str
    land: str
    region: str
    region_said: str
    region_chosen: str
    border: str
    wide: str


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        text="#1f2933", muted="#5f6c7b", grid="#e4e7eb", paper="#ffffff", mark="#a63d2f",
        whisker="#3e4c59", sea="#eef2f5", land="#fbfbf9", region="#f4f2ec", region_said="#efe1d6",
        region_chosen="#e3c3b3", border="#c3c9cf", wide="#5f6c7b",
    ),
    "dark": Palette(
        text="#e6e9ec", muted="#9fabb7", grid="#333b44", paper="#1c2127", mark="#e58a73",
        whisker="#cbd2d9", sea="#151a1f", land="#20262c", region="#272e35", region_said="#3a3230",
        region_chosen="#5b433b", border="#46505a", wide="#9fabb7",
    ),
}  # fmt: skip


def blank(colours: Palette, *, height: int) -> go.Figure:
    """A figure of ``height`` pixels without data, on the page's own background."""
    figure = go.Figure()
    figure.update_layout(
        template="none",
        height=height,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": 13, "color": colours.text},
        margin={"l": 8, "r": 8, "t": 12, "b": 40},
        hoverlabel={
            "bgcolor": colours.paper,
            "bordercolor": colours.border,
            "font": {"color": colours.text, "size": 13},
        },
        dragmode=False,
        separators=".,",
    )
    axis = {"gridcolor": colours.grid, "zerolinecolor": colours.grid, "linecolor": colours.border, "automargin": True}
    figure.update_xaxes(**axis, fixedrange=True, tickfont={"color": colours.muted, "size": 12}, zeroline=False)
    figure.update_yaxes(**axis, fixedrange=True, tickfont={"color": colours.muted, "size": 12})
    return figure


def figure_of(total: Sum, bound: Bound) -> int | None:
    """The figure of a sum that the filter asks to be drawn."""
    value: int | None = getattr(total, bound)
    return value


def whiskers(totals: Sequence[Sum], bound: Bound, colours: Palette) -> dict[str, Any]:
    """From the shown figure down to the low and up to the high one; nothing where a limit was not said.

    A sum of which some incidents have no lower limit has none to draw: the rest's would read as theirs too.
    """
    shown = [figure_of(total, bound) for total in totals]
    up = [(t.high - v) if v is not None and t.high is not None else 0 for t, v in zip(totals, shown, strict=True)]
    down = [
        (v - t.low) if v is not None and t.low is not None and not t.floorless else 0
        for t, v in zip(totals, shown, strict=True)
    ]
    return {
        "type": "data",
        "symmetric": False,
        "array": up,
        "arrayminus": down,
        "color": colours.whisker,
        "thickness": 1.4,
        "width": 4,
    }
