"""One incident beside the page: its toll over time, and every claim's sentence with the figure marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import figures, queries, wording
from dashboard.filters import Filter
from dashboard.pages import notices, review
from etl.records import MEASURES, SECOND_READER

_SCOPES = {
    "subset": "part of another figure",
    "cumulative": "running total over many events",
    "background": "an earlier event, told for context",
}
_SECOND_READINGS = {
    "agrees": "second reader agrees",
    "differs": "second reader reads it otherwise",
    "not found": "not found by the second reader",
}
LONGEST_QUOTE = 3_000
"""Characters of a sentence shown; a "sentence" of megabytes is a broken page, not a sentence."""


def contents(
    database: duckdb.DuckDBPyConnection,
    chosen: Filter,
    theme: figures.Theme,
    *,
    private: bool = False,
    reviewing: bool = False,
) -> list[Component]:
    """What the drawer holds for ``chosen.incident``; with ``reviewing`` the form to decide on it too."""
    row = queries.incident(database, chosen.incident or "")
    if row is None:
        return [notices.unknown_incident()]
    steps = queries.toll_steps(database, row["incident_id"])
    claims = queries.claims_of(database, row["incident_id"], private=private)
    feeding = [
        claim
        for claim in claims
        if claim["scope"] == "incident" and claim["polarity"] != "hypothetical" and not _is_set_apart(claim)
    ]
    others = [claim for claim in claims if claim not in feeding]
    return [
        html.H2(row["label"] or wording.cause(row["cause"]), id="incident-title"),
        html.P(_whereabouts(row), className="quiet"),
        html.P(_standing(row), className="quiet"),
        *review.note(row),
        *_relatives(row, queries.parts_of(database, row["incident_id"]), chosen),
        *_tolls(row, steps, chosen, theme),
        html.H3(f"What the reports say ({wording.plural(len(claims), 'claim')})"),
        *([_listed(feeding, row, reviewing=reviewing)] if feeding else []),
        *([_not_counted(others, row, reviewing=reviewing)] if others else []),
        *([] if claims else [html.P("The tables hold no claim for this incident.", className="quiet")]),
        *([_form(database, row, claims)] if reviewing else []),
    ]


def _form(database: duckdb.DuckDBPyConnection, row: dict[str, Any], claims: Sequence[dict[str, Any]]) -> Component:
    decisions = queries.reviews_of(database, row["incident_id"], [claim["claim_id"] for claim in claims])
    return review.form(row, claims, decisions)


def _whereabouts(row: dict[str, Any]) -> str:
    when = wording.days(row["date_start"], row["date_end"])
    known = wording.DATE_PRECISION.get(row["date_precision"] or 0)
    place = wording.PLACE_PRECISION.get(row["place_precision"] or 0)
    return "; ".join(
        (
            f"{when}{f' ({known})' if known and row['date_precision'] != 1 else ''}",
            f"{wording.place(row)}{f' ({place})' if place and row['place_precision'] != 1 else ''}",
            wording.cause(row["cause"]).lower(),
        )
    )


def _standing(row: dict[str, Any]) -> str:
    reason = f": {wording.with_days(row['status_reason'])}" if row["status_reason"] else ""
    return (
        f"{wording.plural(row['n_reports'], 'report')} from "
        f"{wording.plural(row['n_sources'], 'independent publisher')}, "
        f"last {wording.moment(row['last_reported'])}. Status {row['status']}{reason}."
    )


def _relatives(row: dict[str, Any], parts: Sequence[dict[str, Any]], chosen: Filter) -> list[Component]:
    found: list[Component] = []
    if row["parent_incident_id"]:
        found.append(
            html.P(
                [
                    "A local part of ",
                    _open(row["parent_incident_id"], "a broader incident", chosen),
                    "; totals count only one of the two.",
                ]
            )
        )
    if parts:
        listed = [html.Li(_open(part["incident_id"], part["label"] or "Unnamed part", chosen)) for part in parts]
        found.append(html.Details([html.Summary(f"{wording.plural(len(parts), 'local part')}"), html.Ul(listed)]))
    return found


def _open(incident_id: str, label: str, chosen: Filter) -> Component:
    return dcc.Link(label, href=f"?{chosen.narrowed_to(incident_id).to_query()}")


def _tolls(
    row: dict[str, Any], steps: Sequence[dict[str, Any]], chosen: Filter, theme: figures.Theme
) -> list[Component]:
    shown: list[Component] = []
    ordered = sorted(MEASURES, key=lambda measure: measure != chosen.measure)
    for measure in ordered:
        own = [step for step in steps if step["measure"] == measure]
        figure = wording.figure(*(row[f"{measure}_{bound}"] for bound in ("low", "best", "high")))
        if figure == wording.NOT_SAID and not own:
            continue
        last = max((step["as_of"] for step in own if step["as_of"]), default=row["last_reported"])
        shown.append(
            html.Div(
                [
                    html.Span(wording.MEASURE_NAMES[measure], className="toll-name"),
                    html.Span(figure, className="toll-figure"),
                    html.Span(f"{wording.as_of(last)}", className="quiet"),
                ],
                className="toll",
            )
        )
        if any(step["as_of"] for step in own):
            name = wording.MEASURE_NAMES[measure]
            shown.append(
                html.Div(
                    dcc.Graph(
                        figure=figures.toll(own, measure=name, theme=theme),
                        config=figures.CONFIG,
                        style={"height": figures.TOLL_HEIGHT},
                    ),
                    role="img",
                    **{"aria-label": f"{name} over time: " + "; ".join(_step(step) for step in own[-6:])},
                )
            )
    return shown or [html.P("No number of people was said for this incident.", className="quiet")]


def _step(step: dict[str, Any]) -> str:
    return f"{wording.figure(step['low'], step['best'], step['high'])} {wording.as_of(step['as_of'])}"


def _not_counted(claims: Sequence[dict[str, Any]], row: dict[str, Any], *, reviewing: bool) -> Component:
    return html.Details(
        [
            html.Summary(f"{wording.plural(len(claims), 'figure')} read but not counted in the toll"),
            _listed(claims, row, reviewing=reviewing),
        ]
    )


def _listed(claims: Sequence[dict[str, Any]], row: dict[str, Any], *, reviewing: bool) -> Component:
    # The second reader's claims belong to no incident, so there is none to split them from.
    own = row["incident_id"]
    return html.Ol(
        [_claim(claim, reviewing=reviewing and claim["incident_id"] == own) for claim in claims], className="claims"
    )


def _claim(claim: dict[str, Any], *, reviewing: bool) -> Component:
    figure = wording.figure(claim["low"], claim["best"], claim["high"])
    caveats = [_SCOPES.get(claim["scope"], "")]
    caveats += [claim["polarity"]] if claim["polarity"] != "asserted" else []
    caveats += [claim["certainty"]] if claim["certainty"] != "reported" else []
    caveats += ["copy of an earlier report"] if claim["duplicate_of"] else []
    if _is_second(claim):
        model = claim["extractor_version"].removeprefix(SECOND_READER)
        found = (
            "found by the second reader alone" if claim["second_reading"] == "alone" else "the second reader's figure"
        )
        caveats.append(f"{found} ({model})")
    else:
        caveats.append(f"confidence {claim['confidence']:.0%}")
        caveats.append(_SECOND_READINGS.get(claim["second_reading"] or "", ""))
    said_by = f"According to {claim['attribution']}" if claim["attribution"] else "Said by the report itself"
    names = list(claim.get("victim_names") or ())
    return html.Li(
        [
            html.Blockquote(_marked(claim)),
            html.P(
                [
                    html.Span(
                        f"{wording.MEASURE_NAMES.get(claim['measure'], claim['measure'])}: {figure}",
                        className="reading",
                    ),
                    f" · {said_by} · ",
                    *_published(claim),
                ],
                className="claim-source",
            ),
            html.P("; ".join(filter(None, caveats)), className="quiet"),
            *review.note(claim),
            *([html.P(f"Named: {', '.join(names)}", className="quiet")] if names else []),
            *([review.tick(claim)] if reviewing else []),
        ],
        className="claim",
    )


def _is_second(claim: dict[str, Any]) -> bool:
    """Whether the second reader read CLAIM, whose figures feed no toll."""
    return bool(claim["extractor_version"].startswith(SECOND_READER))


def _is_set_apart(claim: dict[str, Any]) -> bool:
    """Whether the claim feeds no toll: the second reader's, or one that a review rejects."""
    return _is_second(claim) or "rejected" in (claim["review"] or "").split(", ")


def _marked(claim: dict[str, Any]) -> list[str | Component]:
    """The sentence with the words of the figure marked; React escapes the text, so a hostile quote stays text."""
    quote: str = claim["quote"]
    start, end = claim["figure_start"] - claim["span_start"], claim["figure_end"] - claim["span_start"]
    if not 0 <= start < end <= len(quote):
        return [quote[:LONGEST_QUOTE]]
    # A very long sentence is shown around its figure.
    first, last = max(0, start - LONGEST_QUOTE // 2), min(len(quote), end + LONGEST_QUOTE // 2)
    before = ("…" if first else "") + quote[first:start]
    after = quote[end:last] + ("…" if last < len(quote) else "")
    return [before, html.Mark(quote[start:end]), after]


def _published(claim: dict[str, Any]) -> list[str | Component]:
    publisher = claim["publisher"] or "publisher not said"
    address = wording.web_address(claim["url"])
    title = claim["title"] or "the report"
    source: str | Component = (
        html.A(
            publisher,
            href=address,
            target="_blank",
            rel="noopener noreferrer nofollow",
            title=f"Open {title} in a new tab",
        )
        if address
        else publisher
    )
    return [source, f", {wording.moment(claim['published'])}"]
