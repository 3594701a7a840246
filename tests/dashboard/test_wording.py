from __future__ import annotations

import datetime as dt

import pytest

from dashboard import wording
from dashboard.answers import Sum


@pytest.mark.parametrize(
    ("low", "best", "high", "said"),
    [
        (85, 85, 85, "85 (exact)"),
        (81, 86, 90, "86 (81–90)"),
        (80, 80, None, "80 (at least 80)"),
        (None, 30, 30, "30 (at most 30)"),
        (None, 50, None, "50 (about)"),
        (0, 0, 0, "0 (exact)"),
        (None, None, None, "not said"),
        (2000, 2000, 9999, "2,000 (2,000–9,999)"),
    ],
)
def test_a_figure_is_never_without_its_range(low: int | None, best: int | None, high: int | None, said: str) -> None:
    assert wording.figure(low, best, high) == said


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (Sum(), ""),
        (Sum(incidents=2, low=81, best=86, high=90), "81 to 90"),
        (Sum(incidents=2, low=81, best=86, high=90, open=1), "81 to 90 or more"),
        (Sum(incidents=1, low=20, best=20, high=20, open=1), "at least 20"),
        (Sum(incidents=1, low=3, best=3, high=3), "exactly 3"),
        (
            Sum(incidents=9, low=100, best=570, high=571, open=3, floorless=1),
            "100 to 571 or more, no lower limit for 1 incident",
        ),
        (Sum(incidents=1, low=None, best=50, high=50, open=1), "50 or more, lower limit not said"),
    ],
)
def test_a_sum_says_how_sure_it_is(total: Sum, said: str) -> None:
    assert wording.sum_spread(total) == said


def test_days_within_the_words_of_a_table_read_as_the_page_writes_days() -> None:
    assert wording.with_days("unchanged since 2011-04-07") == "unchanged since 7 Apr 2011"
    assert wording.with_days("told in 2011-99-07") == "told in 2011-99-07"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (dt.date(2010, 4, 7), dt.date(2010, 4, 7), "7 Apr 2010"),
        (dt.date(2010, 4, 7), dt.date(2010, 4, 15), "7–15 Apr 2010"),
        (dt.date(2010, 4, 7), dt.date(2010, 6, 30), "7 Apr – 30 Jun 2010"),
        (dt.date(2009, 12, 31), dt.date(2010, 1, 1), "31 Dec 2009 – 1 Jan 2010"),
        (None, None, "date not said"),
    ],
)
def test_spans_of_days_read_short(first: dt.date | None, last: dt.date | None, said: str) -> None:
    assert wording.days(first, last) == said


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "//example.org/x",
        "https://",
        "http://[",
        "",
        None,
        "https://example.org/" + "x" * 3000,
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert wording.web_address(url) is None


def test_an_address_of_the_web_becomes_a_link() -> None:
    assert wording.web_address(" https://example.org/a?b=1 ") == "https://example.org/a?b=1"
