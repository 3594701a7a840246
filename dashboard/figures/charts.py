"""The charts: sums over time and by region, and one incident's toll as it grew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard import wording
from dashboard.answers import PeriodSum, RegionSum
from dashboard.figures.theme import PALETTES, Theme, blank, figure_of, whiskers
from dashboard.filters import Bound

MOST_BARS = 15
"""Regions drawn as bars; the table below them lists the rest."""
TOLL_HEIGHT = 230
"""Pixels."""
FEWEST_DAYS = 12
"""Days an axis shows at least; a bar as wide as the page would look like more than it is."""
_DAY = 86_400_000  # milliseconds, in which Plotly counts time


def over_time(
    periods: Sequence[PeriodSum],
    *,
    per: str,
    span: tuple[dt.date, dt.date] | None,
    measure: str,
    bound: Bound,
    until: dt.datetime | None,
    theme: Theme,
) -> go.Figure:
    """Bars by month or day with their range; periods the reports do not reach the end of are hatched.

    ``span`` is the first and last day of the selection: the axis shows all of it, so that quiet days are seen too.
    """
    colours = PALETTES[theme]
    figure = blank(colours, height=300)
    figure.update_layout(bargap=0.25, hovermode="closest")
    starts = [period.start for period in periods]
    unfinished = [is_unfinished(period, until) for period in periods]
    values = [figure_of(period.total, bound) for period in periods]
    name = wording.plural(2, "day") if per == "day" else wording.plural(2, "month")
    hover = [
        f"<b>{_period_name(period, per)}</b><br>{measure}: {wording.sum_figure(period.total)}"
        f"<br>{wording.plural(period.total.incidents, 'incident')}"
        + ("<br>Incomplete: reports end here" if open_ended else "")
        for period, open_ended in zip(periods, unfinished, strict=True)
    ]
    figure.add_bar(
        x=starts,
        y=values,
        # Days stand on their day; a month's bar spans its month.
        width=[(_DAY * ((period.end - period.start).days + 1)) * 0.8 for period in periods],
        offset=0,
        name=name,
        marker={
            "color": colours.mark,
            "pattern": {
                "shape": ["/" if open_ended else "" for open_ended in unfinished],
                "fgcolor": colours.paper,
                "size": 6,
                "solidity": 0.4,
            },
            "line": {"width": 0},
        },
        error_y=whiskers([period.total for period in periods], bound, colours),
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )
    figure.update_xaxes(type="date", showgrid=False)
    if per == "month":
        figure.update_xaxes(tickformat="%b<br>%Y", tickangle=0, ticklabelmode="period")
        if _months(starts) <= 6:  # left alone, Plotly marks halves of months
            figure.update_xaxes(dtick="M1")
    if starts:
        first, last = min([starts[0], *(span or ())]), max([periods[-1].end, *(span or ())])
        spare = max(0, FEWEST_DAYS - (last - first).days) // 2
        figure.update_xaxes(range=[first - dt.timedelta(days=spare), last + dt.timedelta(days=spare + 1)])
        if per == "day" and (last - first).days <= FEWEST_DAYS:
            figure.update_xaxes(dtick=_DAY)  # left alone, Plotly marks hours, and no report is so exact
    figure.update_yaxes(title={"text": f"People {measure.lower()}", "font": {"size": 12}}, rangemode="tozero")
    return figure


def is_unfinished(period: PeriodSum, until: dt.datetime | None) -> bool:
    """Whether the reports end before the period does, so that its sum may still grow."""
    return until is not None and period.end >= until.date()


def by_region(
    regions: Sequence[RegionSum], *, measure: str, bound: Bound, chosen: Sequence[str], theme: Theme
) -> go.Figure:
    """A bar a region with its range, largest on top; figures known only for a country are grey and hatched."""
    colours = PALETTES[theme]
    drawn = list(reversed(regions[:MOST_BARS]))
    several = len({region.country_code for region in regions}) > 1
    figure = blank(colours, height=60 + (44 if len(drawn) <= 8 else 28) * max(len(drawn), 3))
    figure.update_layout(bargap=0.35, hovermode="closest", margin={"l": 8, "r": 16, "t": 8, "b": 40})
    names = [escape(region_name(region, with_country=several)) for region in drawn]
    figure.add_bar(
        orientation="h",
        y=names,
        x=[figure_of(region.total, bound) for region in drawn],
        customdata=[region.code for region in drawn],
        marker={
            "color": [colours.wide if region.code is None else colours.mark for region in drawn],
            "opacity": [1 if not chosen or region.code in chosen else 0.45 for region in drawn],
            "pattern": {
                "shape": ["x" if region.code is None else "" for region in drawn],
                "fgcolor": colours.paper,
                "size": 5,
                "solidity": 0.3,
            },
            "line": {"width": 0},
        },
        error_x=whiskers([region.total for region in drawn], bound, colours),
        hovertext=[
            f"<b>{name}</b><br>{measure}: {wording.sum_figure(region.total)}"
            f"<br>{wording.plural(region.total.incidents, 'incident')}"
            for name, region in zip(names, drawn, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.update_xaxes(rangemode="tozero", title={"text": f"People {measure.lower()}", "font": {"size": 12}})
    figure.update_yaxes(showgrid=False, automargin=True, ticksuffix="  ")
    return figure


def region_name(region: RegionSum, *, with_country: bool = False) -> str:
    """The name a bar carries; one without a region says how far its place is known."""
    country = region.country_name or region.country_code
    if region.code is None:
        return f"{country}, region not said" if country else "Place not said"
    name = region.name or region.code
    return f"{name}, {country}" if with_country and country else name


def toll(steps: Sequence[dict[str, Any]], *, measure: str, theme: Theme) -> go.Figure:
    """An incident's toll over time: low, best and high as steps, each with the publisher that moved it."""
    colours = PALETTES[theme]
    figure = blank(colours, height=TOLL_HEIGHT)
    dated = [step for step in steps if step["as_of"] is not None]
    when = [step["as_of"] for step in dated]
    dash: dict[str, str] = {"low": "dot", "high": "dash"}
    for bound in ("low", "high"):
        figure.add_scatter(
            x=when,
            y=[step[bound] for step in dated],
            name=bound,
            mode="lines+markers",
            line={"shape": "hv", "width": 1.5, "dash": dash[bound], "color": colours.muted},
            marker={"size": 4, "symbol": "line-ew-open", "color": colours.muted},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=when,
        y=[step["best"] for step in dated],
        name="best",
        mode="lines+markers",
        line={"shape": "hv", "width": 2.5, "color": colours.mark},
        marker={"size": 8, "color": colours.mark},
        hovertext=[
            f"<b>{wording.figure(step['low'], step['best'], step['high'])}</b> {measure.lower()}"
            f"<br>as of {wording.moment(step['as_of'])}<br>{escape(step.get('publisher') or 'publisher not said')}"
            for step in dated
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.update_layout(
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "font": {"size": 12}},
        margin={"l": 8, "r": 8, "t": 28, "b": 36},
    )
    figure.update_xaxes(type="date", showgrid=False, nticks=5)
    figure.update_yaxes(rangemode="tozero", nticks=5)
    if len(dated) == 1:
        # A single report: a day on either side, or Plotly zooms into microseconds.
        figure.update_xaxes(range=[when[0] - dt.timedelta(days=1), when[0] + dt.timedelta(days=1)])
    return figure


def _period_name(period: PeriodSum, per: str) -> str:
    return f"{period.start:%B %Y}" if per == "month" else wording.day(period.start)


def _months(starts: Sequence[dt.date]) -> int:
    return (starts[-1].year - starts[0].year) * 12 + starts[-1].month - starts[0].month + 1 if starts else 0
