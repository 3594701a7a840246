"""An analyst's decisions beside what they concern, and, where the operator allows it, the form to make one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import wording
from dashboard.published import Published
from etl.errors import EtlError
from etl.records import MEASURES, Decision, Measure
from etl.reviews.deciding import Ask, decide
from etl.reviews.values import BOUNDS

WAIT_SECONDS = 5.0
"""How long the page waits for a run to end before it says that one is at work."""
MOST_CLAIMS = 100
_TICK = "review-tick"
_DECISIONS: dict[Decision, str] = {
    "confirm": "Confirm: it is as shown",
    "reject": "Reject: it counts no more",
    "correct": "Correct a figure, day or place",
    "merge": "Merge with another incident",
    "split": "Split the ticked claims off",
    "withdraw": "Withdraw an earlier decision",
}


def marker(row: dict[str, Any], measure: Measure) -> str:
    """What stands behind a figure that an analyst has looked at: a pen where it was corrected, a tick if confirmed."""
    words = (row.get("review") or "").split(", ")
    replaced = json.loads(row.get("review_replaced") or "{}")
    if "corrected" in words and any(f"{measure}_{bound}" in replaced for bound in BOUNDS):
        return " ✎"
    return " ✓" if "confirmed" in words else ""


def note(row: dict[str, Any]) -> list[Component]:
    """Who decided what of the row, when and why, and what the program had; nothing where nobody did."""
    if not row.get("review"):
        return []
    had = _had(json.loads(row["review_replaced"] or "{}"))
    return [
        html.P(
            [
                html.Strong("Reviewed: "),
                row["review_note"] or row["review"],
                *([f". The program had {had}."] if had else []),
            ],
            className="review-note",
        )
    ]


def _had(values: dict[str, Any]) -> str:
    """The program's values in words: figures as figures, the rest by the column's name."""
    told = []
    for measure in ("", *(f"{name}_" for name in MEASURES)):
        bounds = [f"{measure}{bound}" for bound in BOUNDS]
        changed = {bound: values[bound] for bound in bounds if bound in values}
        if changed:
            best = changed.get(bounds[1], next(iter(changed.values())))
            told.append(f"{measure.rstrip('_') or 'the figure'} {wording.number(best)}")
    days = [values[name] for name in ("date_start", "date_end") if values.get(name)]
    told += [" to ".join(dict.fromkeys(days))] if days else []
    told += [
        f"{name.replace('_', ' ')} {values[name]}" for name in ("place_name", "cause", "scope") if values.get(name)
    ]
    return ", ".join(told)


def tick(claim: dict[str, Any]) -> Component:
    """The box that picks the claim for a split."""
    return dmc.Checkbox(
        id={"type": _TICK, "claim": claim["claim_id"]},
        label=f"Split off (claim {claim['claim_id'][:8]})",
        checked=False,
        size="xs",
        mt=4,
        className="tick",
    )


def form(row: dict[str, Any], claims: Sequence[dict[str, Any]], reviews: Sequence[dict[str, Any]]) -> Component:
    """The form for one incident, its claims and the decisions on them; it is sent by its button alone."""
    subjects = [{"value": row["incident_id"], "label": "This incident"}]
    for claim in claims[:MOST_CLAIMS]:
        figure = wording.figure(claim["low"], claim["best"], claim["high"])
        publisher = claim["publisher"] or "publisher not said"
        label = f"{wording.MEASURE_NAMES.get(claim['measure'], claim['measure'])} {figure} · {publisher}"
        subjects.append({"value": claim["claim_id"], "label": f"{label}, {wording.day(claim['published'])}"})
    subjects += [
        {"value": one["review_id"], "label": f"Decision: {one['decision']} by {one['reviewer']}: {one['reason'][:60]}"}
        for one in reviews
    ]
    return html.Details(
        [
            html.Summary("Review"),
            html.Div(
                [
                    dmc.Select(
                        id="review-subject",
                        label="What",
                        data=subjects,
                        value=row["incident_id"],
                        allowDeselect=False,
                        comboboxProps={"zIndex": 500},
                    ),
                    dmc.Select(
                        id="review-decision",
                        label="Decision",
                        data=[{"value": name, "label": label} for name, label in _DECISIONS.items()],
                        value="confirm",
                        allowDeselect=False,
                        comboboxProps={"zIndex": 500},
                    ),
                    dmc.TextInput(
                        id="review-given",
                        label="What to put in place",
                        description="killed=81/86/110; date=2010-04-07; place=Talas · a claim: figure=48 · "
                        "the other incident's id to merge with. A split takes the claims ticked above.",
                    ),
                    dmc.TextInput(id="review-by", label="Who decides", persistence=True),
                    dmc.TextInput(id="review-why", label="Why"),
                    html.Button("Save the decision", id="review-send", className="button", type="button"),
                    html.Div(id="review-said", **{"aria-live": "polite"}),
                    html.P(f"This incident's id is {row['incident_id']}.", className="quiet"),
                ],
                className="review-form",
            ),
        ],
        className="review",
    )


def register(app: Dash, published: Published) -> None:
    """Add the callback of the form; without the operator's word it changes nothing, whoever sends what."""

    @app.callback(
        Output("review-said", "children"),
        Output("revision", "data", allow_duplicate=True),
        Input("review-send", "n_clicks"),
        State("review-subject", "value"),
        State("review-decision", "value"),
        State("review-given", "value"),
        State("review-by", "value"),
        State("review-why", "value"),
        State({"type": _TICK, "claim": ALL}, "checked"),
        State({"type": _TICK, "claim": ALL}, "id"),
        prevent_initial_call=True,
    )
    def save(
        clicks: int | None,
        subject: object,
        decision: object,
        given: object,
        by: object,
        why: object,
        ticked: list[bool | None],
        claims: list[dict[str, str]],
    ) -> tuple[Any, Any]:
        if not clicks or published.reviewing is None:
            raise PreventUpdate
        if not isinstance(subject, str) or decision not in _DECISIONS:
            raise PreventUpdate
        ask = Ask(
            decision=decision,
            subject_id=subject[:200],
            given=_ticked(ticked, claims) if decision == "split" else _given(str(given or "")),
            reviewer=str(by or ""),
            reason=str(why or ""),
        )
        try:
            decide(published.reviewing, ask, wait=WAIT_SECONDS)
        except EtlError as problem:
            words = _in_words(problem)
            if decision == "withdraw":
                words += " Choose the decision to take back under What."
            return html.P(words, className="review-problem", role="alert"), no_update
        published.look_again()
        return html.P("Saved.", className="quiet"), published.revision()


def _given(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split(";") if part.strip())


def _ticked(ticked: Sequence[bool | None], claims: Sequence[dict[str, str]]) -> tuple[str, ...]:
    return tuple(str(claim["claim"]) for claim, is_ticked in zip(claims, ticked, strict=True) if is_ticked)


def _in_words(problem: EtlError) -> str:
    # Command-line remedies are no help on a page.
    remedy = "" if "--" in problem.remedy or "python -m" in problem.remedy else f"; {problem.remedy}"
    return f"Not saved: {problem.problem}{remedy if problem.remedy else ''}."
