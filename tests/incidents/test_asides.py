"""Other events that a report mentions beside its own are events of their own and add nothing to its toll."""

from __future__ import annotations

import pytest

from tests.incidents.told import events_told


def killed(text: str) -> list[int | None]:
    """Killed by event, the main one first."""
    return [event.toll["killed"].best if "killed" in event.toll else None for event in events_told(text)]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Two guards were killed at a post in Yala. Four other porters were killed in similar attacks.", 2),
        ("A bomb hit the funeral of nine men who had been killed by troops. Three people were killed.", 3),
        ("A mine killed five herders. The attack came hours after a rocket killed two teachers.", 5),
        ("A clerk was stabbed to death. An earlier attack killed seven people.", 1),
        ("Gunmen killed a sheikh. The murder was followed by a raid that killed eight policemen.", 1),
        ("Two men were shot dead. They want a soldier freed who is serving a sentence for killing seven girls.", 2),
        ("A policeman was shot dead in Mosul. A militia claimed responsibility for killing several policemen.", 1),
        ("Two villagers were hacked to death. On the same night a farmer was shot and killed.", 2),
    ],
)
def test_what_came_before_or_beside_adds_nothing(text: str, own: int) -> None:
    assert killed(text)[0] == own


def test_one_clause_stays_together() -> None:
    main, aside = events_told(
        "A mine killed five herders. On the same day a bomb in the market killed four people and wounded thirty."
    )

    assert {measure: figure.best for measure, figure in main.toll.items()} == {"killed": 5}
    assert {measure: figure.best for measure, figure in aside.toll.items()} == {"killed": 4, "injured": 30}


def test_where_nothing_else_is_told_the_older_event_is_the_reports() -> None:
    assert killed("He was convicted of killing seven girls.") == [7]


def test_the_same_people_told_again_are_no_other_event() -> None:
    assert killed("Six policemen were killed in two bombings. The first bomb killed six policemen at a gate.") == [6]


def test_a_day_that_all_the_rest_takes_over_is_the_reports_own() -> None:
    [event] = events_told(
        "A doctor said on Thursday that 74 people had been killed in the violence of the day before. "
        "Roughly 500 people had been injured by an earlier count, she said."
    )

    assert {measure: figure.best for measure, figure in event.toll.items()} == {"killed": 74, "injured": 500}


def test_another_accident_of_the_same_day_is_an_event_of_its_own() -> None:
    first, *_ = killed(
        "A van fell off a road near Osh on Monday, killing two hikers. "
        "Hours earlier another accident in the valley left seven dead on Monday."
    )

    assert first == 2
