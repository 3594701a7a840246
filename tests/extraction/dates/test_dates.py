"""Printed dates and the days they mean from where the report stands."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extraction.dates.finding import EVENT_KINDS, Anchor, DateMention, find_dates

THURSDAY = dt.date(2010, 4, 15)
ANCHOR = Anchor(published=THURSDAY)


def one(text: str, anchor: Anchor = ANCHOR) -> DateMention:
    found = find_dates(text, anchor)
    assert len(found) == 1, [mention.text for mention in found]
    return found[0]


def days(start: str, end: str | None = None) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(start), dt.date.fromisoformat(end or start)


@pytest.mark.parametrize(
    ("text", "printed", "span", "precision"),
    [
        ("It happened on April 7, 2009, there.", "April 7, 2009", days("2009-04-07"), 1),
        ("It happened on 7 April.", "7 April", days("2010-04-07"), 1),
        ("It happened Apr. 7 there.", "Apr. 7", days("2010-04-07"), 1),
        ("OF THE RAID OF 3 JAN 90, NOTHING", "3 JAN 90", days("1990-01-03"), 1),
        ("on the 7th of April", "7th of April", days("2010-04-07"), 1),
        ("dated 2010-04-07.", "2010-04-07", days("2010-04-07"), 1),
        ("on 12 September of last year", "12 September of last year", days("2009-09-12"), 1),
        ("June 10-14", "June 10-14", days("2009-06-10", "2009-06-14"), 2),
        ("between June 10 and 14, 2008", "between June 10 and 14, 2008", days("2008-06-10", "2008-06-14"), 2),
        ("from 7 to 9 April", "from 7 to 9 April", days("2010-04-07", "2010-04-09"), 2),
        ("from 9 to 7 April", "from 9 to 7 April", (dt.date(2010, 4, 9), dt.date(2010, 4, 7)), 1),
        ("June 28 - July 2", "June 28 - July 2", days("2009-06-28", "2009-07-02"), 2),
        (
            "28 December 2009 to 2 January 2010",
            "28 December 2009 to 2 January 2010",
            days("2009-12-28", "2010-01-02"),
            2,
        ),
        ("in March", "March", days("2010-03-01", "2010-03-31"), 4),
        ("in May", "May", days("2009-05-01", "2009-05-31"), 4),
        ("in late March", "late March", days("2010-03-22", "2010-03-31"), 4),
        ("in this April", "this April", days("2010-04-01", "2010-04-15"), 4),
        ("in 1999 there", "1999", days("1999-01-01", "1999-12-31"), 5),
        ("the summer of 2009", "the summer of 2009", days("2009-06-01", "2009-08-31"), 5),
        ("on Christmas Day", "Christmas Day", days("2009-12-25"), 1),
        ("on Thursday", "Thursday", days("2010-04-15"), 1),
        ("on Friday", "Friday", days("2010-04-09"), 1),
        ("last Thursday he left", "last Thursday", days("2010-04-08"), 1),
        ("early Monday", "early Monday", days("2010-04-12"), 1),
        ("Monday night", "Monday night", days("2010-04-12"), 1),
        ("Monday last week", "Monday last week", days("2010-04-05"), 1),
        ("between Friday and Sunday", "between Friday and Sunday", days("2010-04-09", "2010-04-11"), 2),
        ("this morning", "this morning", days("2010-04-15"), 1),
        ("last night", "last night", days("2010-04-14"), 1),
        ("the day before yesterday", "the day before yesterday", days("2010-04-13"), 1),
        ("two days ago", "two days ago", days("2010-04-13"), 1),
        ("nine years ago today", "nine years ago today", days("2001-04-15"), 1),
        ("a few days ago", "a few days ago", days("2010-04-09", "2010-04-13"), 2),
        ("a week ago", "a week ago", days("2010-04-05", "2010-04-11"), 3),
        ("last week", "last week", days("2010-04-05", "2010-04-11"), 3),
        ("earlier this month", "earlier this month", days("2010-04-01", "2010-04-15"), 4),
        ("three months ago", "three months ago", days("2010-01-01", "2010-01-31"), 4),
        ("last year", "last year", days("2009-01-01", "2009-12-31"), 5),
        ("over the weekend", "over the weekend", days("2010-04-10", "2010-04-11"), 2),
    ],
)
def test_days_seen_from_a_thursday_in_april(
    text: str, printed: str, span: tuple[dt.date, dt.date], precision: int
) -> None:
    mention = one(text)

    assert mention.text == printed == text[mention.start : mention.end]
    assert (mention.date_start, mention.date_end, mention.precision) == (*span, precision)
    assert mention.kind in EVENT_KINDS
    assert mention.basis


def test_a_day_without_a_year_in_upper_case_is_the_latest_not_after_publication() -> None:
    mention = one("THE ROAD WAS CUT ON 30\nDECEMBER.", Anchor(published=dt.date(1990, 1, 3)))

    assert mention.text == "30\nDECEMBER"
    assert mention.date_start == dt.date(1989, 12, 30)


def test_the_last_letters_full_stop_belongs_to_the_sentence_not_to_a_whole_month() -> None:
    assert one("It fell on 16 November.").text == "16 November"
    assert one("It fell on 16 Nov.").text == "16 Nov."


def test_the_dateline_counts_before_publication_unless_it_is_old() -> None:
    filed = Anchor(published=THURSDAY, dateline=dt.date(2010, 4, 14))
    old = Anchor(published=THURSDAY, dateline=dt.date(2008, 4, 14))

    assert one("today", filed).date_start == dt.date(2010, 4, 14)
    assert one("today", old).date_start == THURSDAY


@pytest.mark.parametrize(
    "text",
    [
        "He may 5 times fail, and may march 6 miles.",
        "Up to 20 may die.",
        "UP TO 20 MAY DIE. THEY MAY.",
        "Bloody Sunday is a film, the Sunday Times a paper.",
        "In 2000 homes nobody slept.",
        "The 19 April Movement and the 9 October Avenue.",
        "A 25-year-old man of 40 years of age.",
        "The sun sat on Mar del Plata; Jan said so.",
    ],
)
def test_words_that_only_look_like_dates_are_none(text: str) -> None:
    assert find_dates(text, ANCHOR) == []


def test_a_count_after_a_day_is_no_second_day() -> None:
    assert one("On June 10 and 11 people fell ill").text == "June 10"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("in the past 24 hours", "period"),
        ("a year after", "anniversary"),
        ("the first anniversary", "anniversary"),
        ("every Friday", "recurring"),
        ("for 72 hours", "duration"),
        ("at 7 p.m. sharp", "clock"),
        ("AT 0945 SHARP", "clock"),
        ("tomorrow", "future"),
        ("next week", "future"),
        ("on 20 April", "future"),
        ("OSH, 12 April 2010 (Wire)", "dateline"),
    ],
)
def test_what_cannot_date_an_event_is_told_apart(text: str, kind: str) -> None:
    assert one(text).kind == kind


def test_a_day_remembered_is_no_day_of_the_report() -> None:
    kinds = {m.text: m.kind for m in find_dates("They marked the anniversary of the April 7 revolt", ANCHOR)}

    assert kinds["April 7"] == "anniversary"


@pytest.mark.parametrize(("word", "bound"), [("since", "since"), ("until", "before"), ("after", "after"), ("on", None)])
def test_the_word_before_a_day_can_make_it_a_bound(word: str, bound: str | None) -> None:
    assert one(f"It was calm {word} April 7").bound == bound


def test_the_next_day_counts_from_the_day_told_before() -> None:
    found = find_dates("Snow fell on Sunday. The next day it thawed, two days later it froze.", ANCHOR)

    assert [m.date_start for m in found] == [dt.date(2010, 4, 11), dt.date(2010, 4, 12), dt.date(2010, 4, 14)]


def test_without_an_anchor_relative_days_keep_their_words_and_no_days() -> None:
    found = find_dates("It fell on Thursday, two days ago, last week and on April 7.", Anchor())

    assert [m.text for m in found] == ["Thursday", "two days ago", "last week", "April 7"]
    assert all(m.date_start is None and m.date_end is None and m.precision is None for m in found)
    assert (found[-1].month, found[-1].day, found[-1].basis) == (4, 7, "year unknown")


def test_a_weekday_beside_a_day_fixes_a_year_that_only_one_of_the_window_fits() -> None:
    assert one("Tuesday, Jan. 27", Anchor(year_window=(2013, 2017))).date_start == dt.date(2015, 1, 27)
    assert one("Tuesday, Jan. 27", Anchor(year_window=(2005, 2020))).date_start is None


def test_a_weekday_settles_whether_a_day_lies_ahead() -> None:
    assert one("Thursday, June 17").date_start == dt.date(2010, 6, 17)


def test_day_and_month_that_could_change_places_keep_both_readings_unless_one_lies_ahead() -> None:
    open_ = one("On 04/07/2009 it fell", ANCHOR)
    decided = one("On 04/07/2010 it fell", ANCHOR)

    assert (open_.date_start, open_.date_end) == days("2009-04-07", "2009-07-04")
    assert (decided.date_start, decided.date_end) == days("2010-04-07")
    assert "ambiguous" in open_.basis
    assert "ambiguous" in decided.basis


PIECES = st.sampled_from(
    [
        *("April", "may", "MAY", "Dec. 31", "30 Feb", "Thursday", "Christmas Eve", "winter", "week"),
        *("7", "31", "2010", "0000", "1999-12-31", "99/99/99", "1/1/00", "İ", "/", "-", ", ", " ", "\n"),
        *(" to ", " and ", "between ", "since ", "last ", "next ", "late ", "a few ", "anniversary of "),
        *("days ago", " years ago today", "999 decades ago", "the day before"),
    ]
)
DAYS = st.none() | st.dates()
WINDOWS = st.none() | st.tuples(st.integers(), st.integers())
ANCHORS = st.builds(Anchor, DAYS, DAYS, st.none() | st.integers(1, 9999), WINDOWS)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join)), ANCHORS)
def test_any_text_and_anchor_give_ordered_mentions_within_the_text(text: str, anchor: Anchor) -> None:
    reached = 0
    for mention in find_dates(text, anchor):
        assert reached <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        reached = mention.end
        assert (mention.date_start is None) == (mention.date_end is None) == (mention.precision is None)
        if mention.date_start is not None and mention.date_end is not None:
            assert mention.date_start <= mention.date_end
            assert mention.precision in {1, 2, 3, 4, 5}
