"""Headlines of other reports that a page lists are not read as its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extraction import extract
from etl.extraction.related_links import related_links
from etl.records import Report
from etl.reports import prepare
from tests.incidents.told import PUBLISHED

STORY = "Six people were killed when a roof fell in Arequipa on Monday.\n"


def counted(text: str) -> list[int | None]:
    report = prepare(Report(report_id="r", text=text, published=PUBLISHED))
    return [claim.best for claim in extract(report) if claim.measure == "killed"]


@pytest.mark.parametrize(
    "label", ["Read more:", "RELATED STORIES", "Most read", "More stories from The Daily Page", "See also"]
)
def test_a_labelled_list_of_other_headlines_is_passed_over(label: str) -> None:
    assert counted(f"{STORY}\n{label}\n\nNine killed in mine blast\nTwo dead as bus overturns\n") == [6]


def test_the_report_goes_on_behind_the_list() -> None:
    rest = "Rescuers found the bodies of two more people under the beams on Tuesday, the mayor said.\n"
    assert counted(f"{STORY}\nRelated stories\nNine killed in mine blast\n\n{rest}") == [6, 2]


@given(st.text(max_size=200).map(lambda text: f"Read more\n{text}"))
def test_spans_stay_within_the_text(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in related_links(text))
