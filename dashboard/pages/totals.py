"""The totals of the chosen incidents, each with its range, its date and how many incidents it rests on."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import wording
from dashboard.answers import Selection, Sum
from dashboard.filters import Filter
from etl.records import Measure


def heading(chosen: Filter, selected: Selection, country_names: list[str], region_names: list[str]) -> list[Component]:
    """Where and when the chosen incidents were, in a line, and how many there are."""
    where = ", ".join(region_names or country_names) or "All countries"
    if len(where) > 90:
        where = f"{len(region_names or country_names)} {'regions' if region_names else 'countries'}"
    when = wording.days(chosen.date_from or selected.first_day, chosen.date_to or selected.last_day)
    notes = [wording.plural(selected.incidents, "incident")]
    if selected.nested:
        notes.append(f"{wording.plural(selected.nested, 'local part')} of a broader one, never counted twice")
    if selected.undated:
        notes.append(f"{selected.undated:,} without a known date left out")
    if selected.reported_until:
        notes.append(f"reports until {wording.day(selected.reported_until)}")
    return [
        html.H1([where, html.Span(when if selected.incidents else "", className="when")]),
        html.P(" · ".join(notes), className="quiet", id="selection-note"),
    ]


def cards(sums: dict[Measure, Sum], chosen: Filter, incidents: int) -> list[Component]:
    """A card for each measure; one nobody spoke of says so in a smaller line instead of showing a 0."""
    said = [measure for measure in sums if sums[measure].incidents or measure == chosen.measure]
    unsaid = [measure for measure in sums if measure not in said]
    shown: list[Component] = [_card(measure, sums[measure], chosen, incidents) for measure in said]
    if unsaid:
        names = ", ".join(wording.MEASURE_NAMES[measure].lower() for measure in unsaid)
        shown.append(
            html.Div(
                [html.Div("Not said", className="card-name"), html.P(f"No report here gives a number of {names}.")],
                className="card unsaid",
            )
        )
    return shown


def _card(measure: Measure, total: Sum, chosen: Filter, incidents: int) -> Component:
    name = wording.MEASURE_NAMES[measure]
    main = {"low": total.low, "best": total.best, "high": total.high}[chosen.bound]
    body: list[Component] = [html.Div(name, className="card-name")]
    if total.incidents:
        body += [
            html.Div(wording.number(main), className="card-figure"),
            html.Div(wording.sum_spread(total), className="card-range"),
            html.Div(
                f"{wording.as_of(total.as_of)}, from {total.incidents:,} of {wording.plural(incidents, 'incident')}",
                className="card-date",
            ),
        ]
    else:
        body += [
            html.Div(wording.NOT_SAID, className="card-figure unsaid-figure"),
            html.Div("no report gives a number", className="card-date"),
        ]
    return html.Div(
        body,
        className="card chosen" if measure == chosen.measure else "card",
        **{
            "data-measure": measure,
            "data-low": _raw(total.low),
            "data-best": _raw(total.best),
            "data-high": _raw(total.high),
        },
    )


def _raw(value: int | None) -> str:
    return "" if value is None else str(value)
