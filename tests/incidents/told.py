"""The events and tolls that a short text tells of, read by the real extraction."""

from __future__ import annotations

import datetime as dt

from etl.extraction import extract
from etl.incidents.events import events_of
from etl.records import Event, Figure, Measure, Report
from etl.reports import prepare

PUBLISHED = dt.datetime(2010, 4, 15, 18, tzinfo=dt.UTC)
"""A Thursday."""


def events_told(text: str) -> list[Event]:
    """Events of a report with TEXT, published on ``PUBLISHED``, the main one first."""
    report = prepare(Report(report_id="r", text=text, published=PUBLISHED))
    return events_of(report, extract(report))


def toll_told(text: str) -> dict[Measure, Figure]:
    """Toll of the main event of TEXT."""
    return dict(events_told(text)[0].toll)


def best_told(text: str) -> dict[Measure, int | None]:
    """The same, the best figure alone."""
    return {measure: figure.best for measure, figure in toll_told(text).items()}
