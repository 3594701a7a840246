"""Which of a report's dates tells when an event happened."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extraction.dates import Anchor, find_dates
from etl.extraction.sentences import split
from etl.extraction.when import EventDate, event_date

ANCHOR = Anchor(published=dt.date(2010, 4, 15))


def when(text: str, words: str, anchor: Anchor = ANCHOR) -> EventDate:
    start = text.index(words)
    return event_date((start, start + len(words)), find_dates(text, anchor), split(text), text, anchor)


@pytest.mark.parametrize(
    ("text", "words", "printed", "day"),
    [
        ("Nine were hurt on Monday and six died on Tuesday.", "six died", "Tuesday", "2010-04-13"),
        ("Six were killed on April 9, after two had died on March 3.", "Six", "April 9", "2010-04-09"),
        ("The ministry said Thursday that nine were killed on Tuesday.", "nine", "Tuesday", "2010-04-13"),
        ("A truck hit a mine on Tuesday. Nine were killed.", "Nine", "Tuesday", "2010-04-13"),
        ("Nine were killed. The attack took place on Sunday.", "Nine", "Sunday", "2010-04-11"),
        ("Nine were killed in Osh. A patrol came about 3 a.m. Tuesday.", "Nine", "Tuesday", "2010-04-13"),
        ("Nine were killed. Talks will open on Saturday; the attack was on Sunday.", "Nine", "Sunday", "2010-04-11"),
        ("Nine were killed in April. The attack happened on April 9.", "Nine", "April 9", "2010-04-09"),
    ],
)
def test_the_day_of_the_event(text: str, words: str, printed: str, day: str) -> None:
    found = when(text, words)

    assert (found.date_text, found.date_start, found.date_end) == (printed, *(dt.date.fromisoformat(day),) * 2)
    assert found.precision == 1
    assert found.likely == found.date_start


def test_what_began_on_a_day_starts_there_and_ends_by_the_reports_day() -> None:
    text = "Unrest began in Talas on April 7 and spread to the capital. More than 80 people died and 1,500 were hurt."

    for words in ("80 people", "1,500"):
        found = when(text, words)
        assert (found.date_text, found.date_start, found.date_end) == ("April 7", dt.date(2010, 4, 7), ANCHOR.published)
        assert found.precision == 4


def test_a_count_since_a_month_runs_from_it_to_the_reports_day() -> None:
    found = when("Since March 500 people were killed.", "500")

    assert (found.date_start, found.date_end, found.precision) == (dt.date(2010, 3, 1), dt.date(2010, 4, 15), 5)


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed.",
        "Nine people were killed. Talks will be held on 20 April.",
        "A mine killed nine people. A year after the war of 2008 they still explode.",
    ],
)
def test_words_without_a_date_are_bounded_by_the_reports_day_and_print_none(text: str) -> None:
    found = when(text, "ine people")

    assert (found.date_text, found.date_start, found.date_end) == (None, dt.date(2010, 4, 13), dt.date(2010, 4, 15))
    assert (found.precision, found.basis, found.likely) == (2, "report", dt.date(2010, 4, 15))


def test_a_day_of_saying_only_bounds_the_event() -> None:
    found = when("Police said Monday that nine people were killed.", "nine")

    assert (found.date_text, found.date_end, found.basis) == ("Monday", dt.date(2010, 4, 12), "said")
    assert found.date_start == dt.date(2010, 4, 10)


def test_without_any_day_known_the_words_stay() -> None:
    assert when("Nine were killed on Tuesday.", "Nine", Anchor()) == EventDate("Tuesday", None, None, None, "clause")
    assert when("Nine were killed.", "Nine", Anchor()) == EventDate(None, None, None, None, "unknown")


PIECES = st.sampled_from(["Nine died. ", "on Monday ", "said ", "April 7 ", "since 2009; ", "will ", "\n\n"])


@given(st.lists(PIECES, max_size=20), st.integers(-5, 300), st.integers(0, 50), st.none() | st.dates())
def test_any_span_gives_days_in_order(pieces: list[str], start: int, length: int, published: dt.date | None) -> None:
    text = "".join(pieces)
    anchor = Anchor(published)
    found = event_date((start, start + length), find_dates(text, anchor), split(text), text, anchor)

    assert (found.date_start is None) == (found.date_end is None) == (found.precision is None)
    if found.date_start is not None and found.date_end is not None:
        assert found.date_start <= found.date_end
