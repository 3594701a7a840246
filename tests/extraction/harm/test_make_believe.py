"""Nobody comes to harm in a novel, a film, a game or on a pitch; in the news beside it they do."""

from __future__ import annotations

import pytest

from etl.extraction import extract_all
from etl.records import Report
from etl.reports import prepare


def harmed(text: str) -> list[tuple[str, int | None]]:
    """Measure and figure of every harm that TEXT asserts of somebody."""
    [(_, claims)] = extract_all([prepare(Report(report_id="r", text=text))])
    return [(c.measure, c.best) for c in claims if c.polarity == "asserted" and c.scope == "incident" and c.best]


@pytest.mark.parametrize(
    "text",
    [
        "Her novel tells of two brothers who die in a war.",
        "Critics panned the thriller in which a detective is stabbed in the first scene.",
        "The new film opens in May. Its hero kills 40 bandits before the first hour is over.",
        "Season two ends with a shoot-out in which nine guards are killed.",
        "The opera ends with the death of three sisters.",
        "The winger tore a ligament in training and is the sixth player to be injured this season.",
        "The forward shot 11 of 19 from the field.",
        "The home side were murdered 6-0 in the cup.",
        "The hunters shot 14 deer and wounded another two.",
    ],
)
def test_nobody_is_harmed_in_fiction_or_play(text: str) -> None:
    assert harmed(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A gunman killed 12 people at a showing of a film in Aurora.", [("killed", 12)]),
        ("Two dancers died when a bomb went off near the opera.", [("killed", 2)]),
        ("Gunman kills 12 at film premiere", [("killed", 12)]),
        ("A football player was stabbed outside the stadium after the match.", [("injured", 1)]),
        ("Police shot four men after the game.", [("injured", 4)]),
    ],
)
def test_news_beside_a_film_or_a_game_stays_news(text: str, told: list[tuple[str, int]]) -> None:
    assert harmed(text) == told
