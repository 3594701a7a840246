"""Which reports are copies of one another."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.records import Report
from etl.reports.duplicates import find_duplicates, signature
from etl.reports.figures import figures

BODY = (
    "BISHKEK, April 8 (Wire) -- At least 65 people were killed when police fired on crowds that tried to storm the "
    "seat of government, the Health Ministry said on Thursday. More than 1,000 others were treated in hospitals of the "
    "capital and of the northern town where the unrest had begun a day before. Opposition leaders said they had formed "
    "a cabinet and would rule until an election. Shops in the centre were looted overnight, and volunteers with "
    "armbands kept watch at crossroads. The president was said to have flown to the south, where he has most of his "
    "following."
)
NOON = dt.datetime(2010, 4, 8, 12, tzinfo=dt.UTC)


def report(report_id: str, text: str = BODY, hours: float | None = 0) -> Report:
    published = None if hours is None else NOON + dt.timedelta(hours=hours)
    return Report(report_id=report_id, text=text, published=published)


def test_exact_copy_is_linked_to_the_earliest() -> None:
    copies = find_duplicates([report("a", hours=5), report("b", hours=1), report("c", BODY.upper(), hours=3)])
    assert copies == {"a": "b", "c": "b"}


def test_copy_with_another_dateline_and_first_words_is_a_near_copy() -> None:
    other = BODY.replace(
        "BISHKEK, April 8 (Wire) -- At least 65 people were killed", "(Daily, 9 April) At least 65 died"
    )
    assert find_duplicates([report("a"), report("b", other, hours=20)]) == {"b": "a"}


@pytest.mark.parametrize("update", ["68", "sixty-eight", "dozens of"])
def test_update_with_another_figure_is_no_copy(update: str) -> None:
    assert not find_duplicates([report("a"), report("b", BODY.replace("65", update), hours=6)])


def test_figure_in_words_or_with_other_grouping_is_the_same_figure() -> None:
    other = BODY.replace("65", "sixty-five").replace("1,000", "1000")
    assert find_duplicates([report("a"), report("b", other, hours=6)]) == {"b": "a"}


def test_same_words_weeks_later_are_another_report() -> None:
    form = "No casualties were reported in the shelling."
    found = find_duplicates([report("a", form), report("b", form, hours=24), report("c", form, hours=24 * 30)])
    assert found == {"b": "a"}


def test_short_texts_that_differ_in_a_word_are_no_copies() -> None:
    assert not find_duplicates([report("a", "A bomb exploded in Turin."), report("b", "A bomb exploded in Rome.")])


def test_report_without_a_time_is_the_copy() -> None:
    assert find_duplicates([report("a", hours=None), report("b", hours=9)]) == {"a": "b"}


def test_late_arrival_becomes_the_original_of_known_reports() -> None:
    known = [signature(report("b", hours=2)), signature(report("c", hours=3))]
    assert find_duplicates([report("a", hours=1)], known) == {"b": "a", "c": "a"}


@given(st.permutations(range(8)), st.integers(0, 8))
@settings(max_examples=20, deadline=None)
def test_neither_order_nor_batches_matter(order: list[int], cut: int) -> None:
    texts = [BODY, BODY + " More soon.", BODY.replace("65", "68"), BODY.replace("Shops", "Stores")]
    reports = [report(f"r{n}", texts[n % 4], hours=(n * 5) % 7) for n in range(8)]
    whole = find_duplicates(reports)
    shuffled = [reports[n] for n in order]
    assert find_duplicates(shuffled) == whole
    assert find_duplicates(shuffled[cut:], map(signature, shuffled[:cut])) == whole
    assert not set(whole) & set(whole.values())


def test_title_and_publisher_play_no_part() -> None:
    other = replace(report("b", hours=1), title="66 dead", publisher="Other")
    assert find_duplicates([report("a"), other]) == {"b": "a"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eighty-five; 1,500 and 1500; 2.5 million", {"85", "1500", "2.5", "1000000"}),
        ("two hundred and fifty-one, a dozen, dozens", {"251", "12", "dozens"}),
        ("On April 15, 2010, one of the leaders said 15 May", set()),
        ("one hundred twenty thousand; forty, fifty", {"120000", "40", "50"}),
    ],
)
def test_figures_by_value(text: str, expected: set[str]) -> None:
    assert figures(text) == expected


@given(st.text())
def test_figures_of_anything(text: str) -> None:
    assert all(figures(text))
