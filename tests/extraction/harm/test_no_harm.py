"""Games, business, obituaries and plans use words of harm and hurt nobody; what is like them and does is read."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.extraction import extract
from etl.records import Report
from etl.reports import prepare


def told(text: str) -> dict[str, int | None]:
    """Best figure of each measure that TEXT asserts of its own event."""
    report = Report(report_id="r", text=text, published=dt.datetime(2012, 6, 15, tzinfo=dt.UTC))
    claims = extract(prepare(report, None))
    return {c.measure: c.best for c in claims if c.scope == "incident" and c.polarity == "asserted" and c.best}


@pytest.mark.parametrize(
    "text",
    [
        "Brazil beat Chile 3-0 in Saturday's friendly in Rio.",
        "The Swiss was beaten by a teenager in the final.",
        "Leeds United were badly beaten by Everton on Saturday.",
        "Senator Karl Braun was badly beaten in the primary election.",
        "The striker has beaten every goalkeeper this season.",
        "The visitors were beaten by 46 runs on Sunday.",
        "Quarterly profit beat estimates by two cents a share.",
        "The director shot three films in Rome last spring.",
        "Rioters burned two villages and seven cars on Friday.",
        "Engineers evacuated the lower valley and two dams.",
        "The former mayor, 81, died of cancer at his home on Monday.",
        "The actor died peacefully on Monday, his agent said.",
        "Maybe he is dead, the general said.",
        "They planted the bomb to kill him.",
        "The 40 passengers left by the stairs and no one was injured.",
        "All 12 guests climbed down a ladder and nobody was hurt.",
        "Guards have orders to shoot two men on sight.",
        "The state's road toll stands at 37 after a crash on Friday.",
        "According to the national bureau of statistics, 1,570 people died from drug use.",
    ],
)
def test_nobody_was_hurt(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(
    ("text", "measure", "best"),
    [
        ("Police beat three students with batons outside the parliament.", "injured", 3),
        ("Two journalists were beaten by soldiers at the checkpoint.", "injured", 2),
        ("A suspect beat a 70-year-old woman in her home.", "injured", 1),
        ("Deputy Minister Aibek Osmonov was badly beaten by protesters on Monday.", "injured", 1),
        ("Aida Osmonova was severely beaten by guards at the gate.", "injured", 1),
        ("They freed one man and shot another dead.", "killed", 1),
        ("Six people were burned when the tank blew up.", "injured", 6),
        ("Forty people have died of cholera in the camp.", "killed", 40),
        ("Fifteen people were evacuated from the building.", "displaced", 15),
        ("He was the third climber to die on the peak this week.", "killed", 1),
        ("He went home only to die two days later.", "killed", 1),
    ],
)
def test_somebody_was(text: str, measure: str, best: int) -> None:
    assert told(text)[measure] == best


def test_a_word_that_points_back_means_those_it_names() -> None:
    text = "Three miners died in the shaft and twelve firemen were hurt. The miners were killed by gas."
    assert told(text) == {"killed": 3, "injured": 12}
