"""What stands beside the figures: how each is read, what it leaves out, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import figures, queries, wording
from dashboard.answers import PeriodSum, PlaceSum, RegionSum, Selection


def map_note(places: list[PlaceSum], regions: list[RegionSum]) -> str:
    """What the map leaves out, and how it is read."""
    placed = sum(place.total.incidents for place in places)
    known = sum(region.total.incidents for region in regions)
    parts = ["Bubble area stands for the figure; grey means known to a wide area only. Click a region to choose it."]
    if known > placed:
        parts.append(f"{wording.plural(known - placed, 'incident')} without coordinates not on the map.")
    if len(places) >= queries.MOST_PLACES:
        parts.append(f"Only the {queries.MOST_PLACES:,} places with the largest figures are drawn.")
    return " ".join(parts)


def region_note(regions: list[RegionSum]) -> str:
    """How the bars by region are read, and what they leave out."""
    parts = ["Whiskers run from the low to the high figure."]
    if any(region.code is None for region in regions) and any(region.code for region in regions):
        parts.append("A figure for a whole country may include its regions; the totals count each person once.")
    if len(regions) > figures.MOST_BARS:
        parts.append(f"{len(regions) - figures.MOST_BARS:,} more regions are in the table.")
    return " ".join(parts)


def region_table(regions: list[RegionSum]) -> Component:
    """The bars by region as a table."""
    rows = [
        (
            figures.region_name(region, with_country=True),
            wording.number(region.total.best),
            wording.sum_spread(region.total),
            wording.day(region.total.as_of),
            f"{region.total.incidents:,}",
        )
        for region in regions[:400]
    ]
    return _table(("Region", "Best", "Range", "As of", "Incidents"), rows)


def time_note(periods: list[PeriodSum], selected: Selection, per: str) -> str:
    """How the bars over time are read, and which are not complete."""
    parts = [f"Each incident stands on the {per} it began; whiskers run from the low to the high figure."]
    if any(figures.is_unfinished(period, selected.reported_until) for period in periods):
        parts.append(f"Hatched: incomplete, reports end on {wording.day(selected.reported_until)}.")
    return " ".join(parts)


def time_table(periods: list[PeriodSum], selected: Selection, per: str) -> Component:
    """The bars over time as a table."""
    rows = [
        (
            (f"{period.start:%B %Y}" if per == "month" else wording.day(period.start))
            + (" (incomplete)" if figures.is_unfinished(period, selected.reported_until) else ""),
            wording.number(period.total.best),
            wording.sum_spread(period.total),
            wording.day(period.total.as_of),
            f"{period.total.incidents:,}",
        )
        for period in periods[:400]
    ]
    return _table((per.capitalize(), "Best", "Range", "As of", "Incidents"), rows)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Component:
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(name, scope="col") for name in head])),
            html.Tbody([html.Tr([html.Th(row[0], scope="row"), *(html.Td(cell) for cell in row[1:])]) for row in rows]),
        ],
        className="plain",
    )
