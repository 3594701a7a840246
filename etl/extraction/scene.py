"""When and where each claim's harm happened: the dates of the report, read once and tied to every claim's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.extraction.dates import Anchor, find_dates
from etl.extraction.sentences import split
from etl.extraction.when import event_date
from etl.records import Claim, Report


def anchor_of(report: Report, year_window: tuple[int, int] | None = None) -> Anchor:
    """From where REPORT looks at its dates."""
    published = report.published.date() if report.published is not None else None
    return Anchor(published=published, dateline=report.dateline_date, year_window=year_window)


def set_in_scene(report: Report, claims: Sequence[Claim], year_window: tuple[int, int] | None = None) -> list[Claim]:
    """CLAIMS of REPORT with the day of what each tells, its printed words beside it."""
    if not claims:
        return []
    sentences = split(report.text, report.title)
    anchor = anchor_of(report, year_window)
    dates = find_dates(report.text, anchor)
    placed: list[Claim] = []
    for claim in claims:
        when = event_date((claim.figure_start, claim.figure_end), dates, sentences, report.text, anchor)
        placed.append(
            replace(
                claim,
                date_text=when.date_text,
                date_start=when.date_start,
                date_end=when.date_end,
                date_precision=when.precision,
            )
        )
    return placed
