"""The map: bubbles over the outlines this server holds, without tiles, glyph server or any other network."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard import wording
from dashboard.answers import PlaceSum, RegionSum
from dashboard.figures.theme import PALETTES, Palette, Theme, blank, figure_of
from dashboard.filters import Bound
from dashboard.outlines import Box

MOST_LABELS = 12
"""Places named on the map, the largest; more would cover each other."""
LABEL_FONT = "sans-serif"
"""Drawn by the browser itself: our map style names no glyph server, so MapLibre uses a local font."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the bubbles stand on.

    ``countries`` are drawn with their regions, of which those in ``chosen`` stand out; ``outlines`` has the codes and
    names in the outline file of each, and of the ``world``. ``box`` is what must be seen (west, south, east, north), on
    a ``wide`` screen or a phone's.
    """

    countries: Sequence[str]
    chosen: Sequence[str]
    outlines: Mapping[str, Sequence[tuple[str, str]]]
    box: Box
    wide: bool


def place_map(
    places: Sequence[PlaceSum],
    regions: Sequence[RegionSum],
    ground: Ground,
    *,
    measure: str,
    bound: Bound,
    theme: Theme,
) -> go.Figure:
    """Bubbles over outlines: area stands for the figure; grey ones are places known no closer than a wide area."""
    colours = PALETTES[theme]
    figure = blank(colours, height=440)
    figure.add_trace(_world(ground.outlines.get("world", ()), colours))
    for country in ground.countries:
        figure.add_trace(_regions(country, regions, ground, measure, colours))
    largest = max((figure_of(place.total, bound) or 0 for place in places), default=0)
    for vague in (True, False):
        shown = [place for place in places if ((place.precision or 6) >= 5) is vague]
        if not shown:
            continue
        sizes = [_diameter(figure_of(place.total, bound), largest) for place in shown]
        labels = [escape(place.name or "") if rank < MOST_LABELS else "" for rank, place in enumerate(shown)]
        common = {
            "lat": [place.latitude for place in shown],
            "lon": [place.longitude for place in shown],
            "customdata": [place.region for place in shown],
        }
        figure.add_trace(
            go.Scattermap(
                **common,
                mode="markers+text",
                marker={
                    "size": sizes,
                    "color": colours.wide if vague else colours.mark,
                    "opacity": 0.3 if vague else 0.62,
                },
                text=labels,
                textposition="top center" if vague else "bottom center",
                textfont={"size": 12, "color": colours.muted if vague else colours.text, "family": LABEL_FONT},
                hovertext=[_place_hover(place, measure) for place in shown],
                hovertemplate="%{hovertext}<extra></extra>",
                name="Known to a wide area only" if vague else "Place",
                showlegend=False,
            )
        )
    centre, zoom = _view(ground.box, *((560, 420) if ground.wide else (310, 400)))
    figure.update_layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        map={
            "style": f"map-style/{theme}.json",
            "center": centre,
            "zoom": zoom,
            "fitbounds": False,
            "uirevision": "/".join(ground.countries) or "world",
        },
    )
    return figure


def _world(outlines: Sequence[tuple[str, str]], colours: Palette) -> go.Choroplethmap:
    return go.Choroplethmap(
        geojson="outlines/world.geojson",
        locations=[code for code, _ in outlines],
        z=[0] * len(outlines),
        colorscale=[[0, colours.land], [1, colours.land]],
        showscale=False,
        marker={"line": {"color": colours.border, "width": 0.7}, "opacity": 1},
        hoverinfo="skip",
        name="",
    )


def _regions(
    country: str, regions: Sequence[RegionSum], ground: Ground, measure: str, colours: Palette
) -> go.Choroplethmap:
    """The outlines of one country's regions: plain, with a figure, or chosen. Colour is not the figure; bubbles are."""
    sums = {region.code: region for region in regions}
    drawn = ground.outlines.get(country, ())
    shades = [2 if code in ground.chosen else 1 if code in sums else 0 for code, _ in drawn]
    steps = (colours.region, colours.region_said, colours.region_chosen)
    return go.Choroplethmap(
        geojson=f"outlines/{country}.geojson",
        locations=[code for code, _ in drawn],
        customdata=[code for code, _ in drawn],
        z=shades,
        zmin=-0.5,
        zmax=2.5,
        colorscale=[[end, colour] for step, colour in enumerate(steps) for end in (step / 3, (step + 1) / 3)],
        showscale=False,
        marker={"line": {"color": colours.border, "width": 1}, "opacity": 1},
        hovertext=[
            f"<b>{escape(sums[code].name or name)}</b><br>{measure}: {wording.sum_figure(sums[code].total)}"
            if code in sums
            else f"<b>{escape(name)}</b><br>{measure}: {wording.NOT_SAID}"
            for code, name in drawn
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        name=country,
    )


def _place_hover(place: PlaceSum, measure: str) -> str:
    where = ", ".join(dict.fromkeys(escape(part) for part in (place.name, place.region_name) if part))
    known = wording.PLACE_PRECISION.get(place.precision or 0, "precision not said")
    return (
        f"<b>{where or 'Unnamed place'}</b><br>{measure}: {wording.sum_figure(place.total)}"
        f"<br>{wording.plural(place.total.incidents, 'incident')}; {known}"
    )


def _diameter(value: int | None, largest: int) -> float:
    """Bubble diameter in pixels: its area is in proportion to the figure, and 0 or few people stay visible."""
    return 7 if not value or not largest else max(7, 56 * math.sqrt(value / largest))


def map_style(theme: Theme) -> dict[str, Any]:
    """A MapLibre style without tiles, sprites or glyph server: only a background to draw outlines on.

    The map names it by its address on this server: a style given by value would be loaded anew with every figure.
    """
    return {
        "version": 8,
        "sources": {},
        "layers": [{"id": "background", "type": "background", "paint": {"background-color": PALETTES[theme].sea}}],
    }


def _view(box: Box, width: int, height: int) -> tuple[dict[str, float], float]:
    """Centre and zoom that show the box in a map of at least that many pixels."""
    west, south, east, north = box

    def mercator(latitude: float) -> float:
        bounded = max(-84.0, min(84.0, latitude))
        return math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2)) / (2 * math.pi)

    across = max((east - west) / 360, 1e-3)
    tall = max(mercator(north) - mercator(south), 1e-3)
    zoom = min(math.log2(width / 512 / across), math.log2(height / 512 / tall), 9.0)
    middle = (mercator(north) + mercator(south)) / 2
    latitude = math.degrees(2 * math.atan(math.exp(middle * 2 * math.pi)) - math.pi / 2)
    return {"lon": (west + east) / 2, "lat": latitude}, max(zoom - 0.1, -0.5)
