"""Which reports are copies of one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.records import Report
from etl.reports.duplicates import Signature, find_duplicates, signature
from etl.reports.figures import figures
from etl.reports.relinking import Member, relinked

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


def test_numbers_grouped_otherwise_are_other_figures_though_the_words_are_the_same() -> None:
    assert not find_duplicates([report("a", "Missing: 1,500 men."), report("b", "Missing: 1; 500 men.")])


def in_batches(batches: list[list[Report]]) -> dict[str, str]:
    """What is linked once the reports of each batch came after those before."""
    marks: dict[str, Signature] = {}
    links: dict[str, str] = {}

    def marks_of(names: Collection[str]) -> list[Signature]:
        return [marks[name] for name in names]

    for batch in batches:
        fresh = {one.report_id: signature(one) for one in batch}
        marks.update(fresh)
        classes: dict[str, list[Member]] = {mark.figures: [] for mark in fresh.values()}
        for mark in marks.values():
            if mark.figures in classes:
                classes[mark.figures].append((mark.published, mark.report_id))
        links = relinked(classes.values(), fresh.keys(), links, marks_of)
    return links


def test_late_arrival_becomes_the_original_of_known_reports() -> None:
    assert in_batches([[report("b", hours=2), report("c", hours=3)], [report("a", hours=1)]]) == {"b": "a", "c": "a"}


def test_a_late_arrival_turns_a_form_printed_every_twelve_days_over_to_its_end() -> None:
    form = "No casualties were reported in the shelling."
    every = [report(f"r{n}", form, hours=12 * 24 * n) for n in range(9)]
    assert in_batches([every[1:], every[:1]]) == find_duplicates(every) == {f"r{n}": f"r{n - 1}" for n in (1, 3, 5, 7)}


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(0, 11)), min_size=2, max_size=12),
    st.randoms(use_true_random=False),
    st.integers(1, 4),
)
@settings(max_examples=40, deadline=None)
def test_neither_order_nor_batches_matter(told: list[tuple[int, int, int]], chance: Random, parts: int) -> None:
    texts = [BODY, BODY + " More soon.", BODY.replace("65", "68"), BODY.replace("Shops", "Stores")]
    reports = [
        report(f"r{n}", texts[text], hours=None if odd == 11 else 160 * week)
        for n, (text, week, odd) in enumerate(told)
    ]
    whole = find_duplicates(reports)
    assert not set(whole) & set(whole.values())
    chance.shuffle(reports)
    assert find_duplicates(reports) == whole
    assert in_batches([reports[part::parts] for part in range(parts)]) == whole


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
