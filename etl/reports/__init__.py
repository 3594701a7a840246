"""What a report is before anyone reads it for claims: its language, its dateline, and whether it is a copy."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from etl.reports.dateline import find_dateline
from etl.reports.duplicates import find_duplicates
from etl.reports.language import find_language

if TYPE_CHECKING:
    from etl.records import Report

__all__ = ["find_duplicates", "prepare"]


def prepare(report: Report, year_window: tuple[int, int] | None = None) -> Report:
    """REPORT with what its own text says of it: language, dateline, and from the dateline what the source left out.

    A publisher that is null becomes the dateline's agency; a publication time that is null becomes midnight UTC of the
    dateline's day, where its year is known. YEAR_WINDOW bounds the years in which a weekday may settle a dateline
    without a year. ``report_id`` stays as it is, so the id does not depend on the version of this step; what the source
    gave is never replaced. A language of null means that too few common words stand in the text to tell.
    """
    published = report.published
    dateline = find_dateline(
        report.text,
        metadata_year=None if published is None else published.year,
        year_window=year_window,
        published=None if published is None else published.date(),
    )
    language = report.language or find_language(report.text)
    if dateline is None:
        return dataclasses.replace(report, language=language)
    day = dateline.date
    if published is None and day is not None:
        published = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return dataclasses.replace(
        report,
        language=language,
        dateline_place=dateline.place,
        dateline_date=day,
        publisher=report.publisher or dateline.publisher,
        published=published,
    )
