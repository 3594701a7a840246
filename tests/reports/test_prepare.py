"""What a report's own text says of it."""

from __future__ import annotations

import datetime as dt

from etl.records import Report
from etl.reports import prepare

TEXT = "BISHKEK, April 15, 2010 (Sample Wire) -- The ministry said that 85 people were killed in the clashes."


def test_what_the_source_left_out_comes_from_the_dateline() -> None:
    report = prepare(Report(report_id="a", text=TEXT))
    assert report.language == "en"
    assert report.dateline_place == "Bishkek"
    assert report.dateline_date == dt.date(2010, 4, 15)
    assert report.publisher == "Sample Wire"
    assert report.published == dt.datetime(2010, 4, 15, tzinfo=dt.UTC)
    assert report.report_id == "a"


def test_what_the_source_gave_stays() -> None:
    moment = dt.datetime(2010, 4, 16, 3, tzinfo=dt.UTC)
    report = prepare(Report(report_id="a", text=TEXT, publisher="Paper", published=moment, language="ky"))
    assert (report.publisher, report.published, report.language) == ("Paper", moment, "ky")


def test_dateline_without_a_year_leaves_the_time_open() -> None:
    report = prepare(Report(report_id="a", text="BISHKEK, April 15 (Sample Wire) -- The ministry said 85 were killed."))
    assert report.dateline_place == "Bishkek"
    assert (report.dateline_date, report.published) == (None, None)


def test_text_without_a_dateline() -> None:
    report = prepare(Report(report_id="a", text="The ministry said that 85 people were killed in the clashes."))
    assert (report.dateline_place, report.dateline_date, report.published) == (None, None, None)
