"""Rows for the tests of the tables; each takes what matters to the test and fills in the rest."""

from __future__ import annotations

import datetime as dt
from typing import Any

from etl.records import Claim, Incident, Report, Run, TollStep

MOMENT = dt.datetime(2010, 4, 15, 9, 30, tzinfo=dt.UTC)


def a_report(report_id: str = "r1", **given: Any) -> Report:
    return Report(**{"report_id": report_id, "text": "A mine blast killed four people.", **given})


def a_claim(claim_id: str = "c1", report_id: str = "r1", **given: Any) -> Claim:
    usual: dict[str, Any] = {
        "measure": "killed",
        "quantity": "four",
        "comparator": "exact",
        "low": 4,
        "best": 4,
        "high": 4,
        "quote": "A mine blast killed four people.",
        "span_start": 0,
        "span_end": 32,
        "figure_start": 20,
        "figure_end": 24,
    }
    return Claim(claim_id=claim_id, report_id=report_id, **usual | given)


def an_incident(incident_id: str = "i1", **given: Any) -> Incident:
    return Incident(**{"incident_id": incident_id, "label": "Mine blast", "killed_best": 4, **given})


def a_step(incident_id: str = "i1", **given: Any) -> TollStep:
    usual: dict[str, Any] = {
        "measure": "killed",
        "as_of": MOMENT,
        "low": 4,
        "best": 4,
        "high": None,
        "report_id": "r1",
    }
    return TollStep(incident_id=incident_id, **usual | given)


def a_run(run_id: str = "run-1", **given: Any) -> Run:
    return Run(**{"run_id": run_id, "started_at": MOMENT, **given})
