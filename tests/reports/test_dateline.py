"""Datelines wherever they stand, and the year of those printed without one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reports.dateline import dateline_spans, find_dateline


@pytest.mark.parametrize(
    ("text", "place", "region", "day", "publisher"),
    [
        ("OSH, 3 JAN 90 -- [TEXT] Nothing moved.", "Osh", None, dt.date(1990, 1, 3), None),
        ("TALAS, March 3, 1995 — Snow fell.", "Talas", None, dt.date(1995, 3, 3), None),
        ("PERTH (AUSTRALIA), JUNE 11 89 (AFP) -- Rain.", "Perth", "Australia", dt.date(1989, 6, 11), "AFP"),
        ("NARYN, Kyrgyzstan, 12 June 2010 (Wire) - Calm.", "Naryn", "Kyrgyzstan", dt.date(2010, 6, 12), "Wire"),
        ("A headlineTOKMOK, Reg. (Dec. 5, 2015) – Police came.", "Tokmok", "Reg.", dt.date(2015, 12, 5), None),
        ("It was calm. GYUMRI, 7 December 1988 (TASS)", "Gyumri", None, dt.date(1988, 12, 7), "TASS"),
        ("KABUL (Reuters) - Two roads were closed.", "Kabul", None, None, "Reuters"),
        ("NO CITY (PERU), 5 FEB 89 (FBIS) -- [TEXT]", None, "Peru", dt.date(1989, 2, 5), "FBIS"),
    ],
)
def test_reads_the_parts_of_a_dateline(
    text: str, place: str | None, region: str | None, day: dt.date | None, publisher: str | None
) -> None:
    found = find_dateline(text)

    assert found is not None
    assert (found.place, found.region, found.date, found.publisher) == (place, region, day, publisher)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Officials - who asked not to be named - said so.",
        "Monday, April 15 - a warm day.",
        "The mayor of Osh spoke on April 15 (see page 3).",
        "They met in May 2009.",
    ],
)
def test_prose_holds_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


CLOSING = "The ministry said earlier on {day} that calm was back.\nOSH, April 15 (Wire)"


def test_a_weekday_that_fits_one_year_of_the_window_gives_the_year() -> None:
    found = find_dateline(CLOSING.format(day="Thursday"))

    assert found is not None
    assert (found.place, found.date, found.publisher) == ("Osh", dt.date(2010, 4, 15), "Wire")
    assert "Thursday fits only 2010 in 2005-2020" in found.year_basis


def test_a_weekday_that_fits_several_years_leaves_the_year_unknown_and_says_so() -> None:
    found = find_dateline(CLOSING.format(day="Thursday"), year_window=(2000, 2022))

    assert found is not None
    assert (found.month, found.day, found.year, found.date) == (4, 15, None, None)
    assert "2004, 2010, 2021" in found.year_basis


def test_without_weekday_or_metadata_the_year_stays_unknown() -> None:
    found = find_dateline("OSH, April 15 (Wire) - Calm is back.")

    assert found is not None
    assert found.date is None
    assert found.year_basis.startswith("unknown")


@pytest.mark.parametrize("day", ["last Thursday", "next Thursday", "every Thursday", "Holy Thursday"])
def test_a_weekday_that_is_not_the_reports_own_gives_no_year(day: str) -> None:
    found = find_dateline(f"Shops shut {day}.\nOSH, April 15 (Wire)")

    assert found is not None
    assert found.year is None


def test_two_weekdays_named_alike_give_no_year() -> None:
    found = find_dateline("He left on Thursday. She left on Friday.\nOSH, April 15 (Wire)")

    assert found is not None
    assert found.year is None


def test_metadata_come_before_weekdays() -> None:
    found = find_dateline(CLOSING.format(day="Thursday"), metadata_year=1999)

    assert found is not None
    assert (found.year, found.year_basis) == (1999, "metadata")


def test_a_report_filed_on_the_last_day_of_a_year_and_published_on_the_first_of_the_next() -> None:
    found = find_dateline("OSH, December 31 (Wire) - Calm.", published=dt.date(2011, 1, 1))

    assert found is not None
    assert found.date == dt.date(2010, 12, 31)


def test_a_day_no_calendar_has_stays_unknown() -> None:
    found = find_dateline("OSH, February 30, 2010 (Wire) - Calm.")

    assert found is not None
    assert found.date is None
    assert "no such day" in found.year_basis


PIECES = st.sampled_from(
    ["OSH", ", ", "April 15", "3 JAN 90", " (AFP)", " -- ", "\n", "Thursday ", "(", ")", "x ", "30 FEB", " - ", "99"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)), st.none() | st.integers(1, 9999))
def test_any_text_gives_a_dateline_within_it_or_none(text: str, year: int | None) -> None:
    found = find_dateline(text, metadata_year=year)

    if found is not None:
        assert text[found.start : found.end] == found.text
        assert found.year_basis
    assert all(0 <= start < end <= len(text) for start, end in dateline_spans(text))
