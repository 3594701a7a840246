"""Numbers of people as printed: DESIGN's table of comparators, how numbers are written, and what is no count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extraction.quantities import LARGEST, Quantity, find_quantities, spelled_value
from etl.records import Comparator, Figure


def only(text: str) -> Quantity:
    [found] = find_quantities(text)
    return found


@pytest.mark.parametrize(
    ("printed", "comparator", "low", "best", "high"),
    [
        ("85 people", "exact", 85, 85, 85),
        ("at least 15 people", "at_least", 15, 15, None),
        ("no fewer than 15 people", "at_least", 15, 15, None),
        ("a minimum of 15 people", "at_least", 15, 15, None),
        ("over 80 people", "more_than", 80, 80, None),
        ("more than 1,500 people", "more_than", 1500, 1500, None),
        ("upwards of 40 people", "more_than", 40, 40, None),
        ("about 50 people", "about", None, 50, None),
        ("some 50 people", "about", None, 50, None),
        ("nearly 50 people", "about", None, 50, None),
        ("an estimated 50 people", "about", None, 50, None),
        ("up to 30 people", "at_most", None, 30, 30),
        ("fewer than 30 people", "at_most", None, 30, 30),
        ("as many as 30 people", "at_most", None, 30, 30),
        ("between 20 and 30 people", "range", 20, 20, 30),
        ("20-30 people", "range", 20, 20, 30),
        ("20–30 people", "range", 20, 20, 30),
        ("20 to 30 people", "range", 20, 20, 30),
        ("20 or 30 people", "range", 20, 20, 30),
        ("five or six people", "range", 5, 5, 6),
        ("several people", "vague", 3, 3, None),
        ("dozens of people", "vague", 24, 24, 99),
        ("scores of people", "vague", 40, 40, 99),
        ("hundreds of people", "vague", 200, 200, 999),
        ("thousands of people", "vague", 2000, 2000, 9999),
        ("no one", "none", 0, 0, 0),
        ("none", "none", 0, 0, 0),
        ("no casualties", "none", 0, 0, 0),
        ("nobody", "none", 0, 0, 0),
        ("just 4 people", "exact", 4, 4, 4),
        ("a total of 19 people", "exact", 19, 19, 19),
    ],
)
def test_how_words_bound_a_figure(
    printed: str, comparator: Comparator, low: int | None, best: int | None, high: int | None
) -> None:
    for text in (printed, printed.capitalize(), f"The blast hurt {printed} near the gate."):
        found = only(text)
        assert (found.comparator, found.figure) == (comparator, Figure(low, best, high))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("seven people", 7),
        ("twenty-one people", 21),
        ("ninety nine people", 99),
        ("a hundred people", 100),
        ("a hundred and twenty people", 120),
        ("two hundred and fifteen people", 215),
        ("eleven hundred people", 1100),
        ("three thousand four hundred people", 3400),
        ("two million people", 2_000_000),
        ("a dozen people", 12),
        ("half a dozen people", 6),
        ("two dozen people", 24),
        ("1.2 million people", 1_200_000),
        ("2.5 million people", 2_500_000),
        ("3 lakh people", 300_000),
        ("2.4 lakh people", 240_000),
        ("3.5 crore people", 35_000_000),
        ("forced 12 500 people out", 12_500),
        ("a score of pilgrims", 20),
        ("1,234 people", 1234),
        ("1,25,000 people", 125_000),
        ("12,34,567 people", 1_234_567),
        ("3,400,000 people", 3_400_000),
        ("1045 people", 1045),
    ],
)
def test_how_numbers_are_written(printed: str, value: int) -> None:
    assert only(f"Officials counted {printed} there.").figure == Figure(value, value, value)


@pytest.mark.parametrize(
    "text",
    [
        "a 45-year-old man",
        "12 percent of voters",
        "15 per cent of voters",
        "at 5 p.m. that day",
        "at 10:45 that day",
        "on April 7 that year",
        "on 14 March that year",
        "in 1994 and later",
        "Route 66 was shut",
        "flight 204 was late",
        "a fine of $500",
        "a fine of €2,000",
        "a 9-mm pistol",
        "a 2,000-pound bomb",
        "40 miles from town",
        "12 km below the sea",
        "20 tonnes of paint",
        "the 5th man",
        "a reading of 6.8",
        "No. 10 and no. 11",
        "the year 2010",
    ],
)
def test_what_looks_like_a_count_and_is_none(text: str) -> None:
    assert find_quantities(text) == []


def test_the_comparator_belongs_to_the_words_of_the_figure_and_not_to_its_number() -> None:
    text = "It hurt more than 1,500 people."
    found = only(text)

    assert text[found.start : found.end] == "more than 1,500"
    assert text[found.number_start : found.number_end] == "1,500"


def test_two_figures_joined_by_and_stay_two() -> None:
    found = find_quantities("It killed 12 and wounded 40, and 3 men and 4 women fled.")

    assert [one.figure.best for one in found] == [12, 40, 3, 4]


@pytest.mark.parametrize("words", ["", "and", "people", "seven people", "a"])
def test_words_that_are_no_number_have_no_value(words: str) -> None:
    assert spelled_value(words) is None


def test_a_number_too_large_for_people_is_none() -> None:
    assert find_quantities(f"{LARGEST * 10:,} people") == []


def test_a_digit_string_without_end_is_no_number_of_people() -> None:
    assert find_quantities("1" + ",111" * 3000) == []


PIECES = st.sampled_from(
    "12 1,500 1.2 million dozen half a an and or to - between from at least more than about up to no one none "
    "several hundred thousand twenty five people killed % $ , . : pm April year-old km 000 9-mm".split()
)
ASSEMBLED = st.lists(PIECES, max_size=25).map(" ".join)
GLUED = st.lists(PIECES, max_size=12).map("".join)


@given(ASSEMBLED | GLUED | st.text(max_size=200))
def test_any_text_gives_figures_in_order_whose_bounds_are_in_order(text: str) -> None:
    last = 0
    for found in find_quantities(text):
        assert last <= found.start <= found.number_start < found.number_end <= found.end <= len(text)
        last = found.end
        bounds = [bound for bound in (found.figure.low, found.figure.best, found.figure.high) if bound is not None]
        assert bounds
        assert bounds == sorted(bounds)
        assert 0 <= bounds[0] <= bounds[-1] <= LARGEST


@given(ASSEMBLED | GLUED | st.text(max_size=100))
def test_spelled_numbers_never_raise(text: str) -> None:
    value = spelled_value(text)

    assert value is None or value >= 0


@given(st.integers(0, 10**8))
def test_grouped_digits_give_their_number(number: int) -> None:
    assert only(f"Of {number:,} people there").figure == Figure(number, number, number)
