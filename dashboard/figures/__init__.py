"""The charts and the map; the only package that knows Plotly.

Every figure is drawn for a theme (``light`` or ``dark``), says its range and date where it is pointed at, and fetches
nothing but the outlines this server holds. Names come from reports, so they are escaped: Plotly reads markup in hovers
and labels.
"""

from dashboard.figures.bubbles import Ground, map_style, place_map
from dashboard.figures.charts import MOST_BARS, TOLL_HEIGHT, by_region, is_unfinished, over_time, region_name, toll
from dashboard.figures.theme import CONFIG, FONT, PALETTES, Figure, Theme

__all__ = [
    "CONFIG",
    "FONT",
    "MOST_BARS",
    "PALETTES",
    "TOLL_HEIGHT",
    "Figure",
    "Ground",
    "Theme",
    "by_region",
    "is_unfinished",
    "map_style",
    "over_time",
    "place_map",
    "region_name",
    "toll",
]
