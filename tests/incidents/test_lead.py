"""A report's own story is told, whatever else stands in it and whatever brought the harm about."""

from __future__ import annotations

import pytest

from etl.extraction import extract
from etl.incidents.events import events_of, recalled_of
from etl.incidents.lead import headlines
from etl.incidents.standing import told_and_mentioned
from etl.records import Report
from etl.reports import prepare
from tests.incidents.told import PUBLISHED

TALK = "The mayor thanked the crews, promised tents and blankets, and asked drivers to keep the bridge free. "


def told(text: str) -> list[int | None]:
    """Killed by event, of those that the report brings as news."""
    report = prepare(Report(report_id="r", text=text, published=PUBLISHED))
    claims = extract(report)
    events = events_of(report, claims)
    news, _ = told_and_mentioned(report, events, recalled_of(report, claims, events))
    return [event.toll["killed"].best for event in news if "killed" in event.toll]


def test_a_disaster_that_opens_its_report_is_news_however_many_died() -> None:
    quake = "More than 2,000 people died when an earthquake struck the coast near Arica on Monday, the governor said. "
    past = "In 1877, a quake in the same region killed 2,400 people. "
    assert told(quake + 8 * TALK + past) == [2000]


def test_fighting_that_the_headline_tells_is_news() -> None:
    headline = "Village fighting leaves 19 dead\n\n"
    lead = "At least 19 villagers were killed in fighting between two clans near Wabag, the army said on Monday. "
    past = "Clashes between the two clans killed 40 people last year. "
    assert told(headline + lead + 8 * TALK + past) == [19]


RAIDS = "Clashes in the war between the rebels and the army go on, and the offensive has cost hundreds of lives. "


def test_a_count_of_civilians_dated_to_the_week_is_news_of_a_war() -> None:
    lead = "The fighting goes on. On Monday, at least 140 villagers died under shells in Marib, rebels said. "
    assert told(lead + RAIDS + 4 * TALK + RAIDS) == [140]


def test_a_page_s_furniture_and_captions_are_passed_over() -> None:
    page = "Skip to content\n\nTwelve dead as ferry sinks\n\nThe ferry in May. Photo: A. Reader\n\nA storm came up."
    assert "Twelve dead as ferry sinks" in list(headlines(page))


@pytest.mark.parametrize(
    "text",
    [
        "The council met on the budget for the third time this week, in the old hall,\nand two died of boredom",
        "The council met on the budget for the third time this week in the old hall.\n\nDead end for the road plan\n\n",
        "",
    ],
)
def test_lines_of_the_body_are_no_headline(text: str) -> None:
    assert list(headlines(text)) == []
