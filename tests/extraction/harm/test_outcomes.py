"""What became of people: left dead, shot dead, their throats cut, treated, hurt though not badly."""

from __future__ import annotations

import pytest

from etl.extraction import extract_all
from etl.records import Claim, Measure, Report
from etl.reports import prepare


def claims_of(text: str) -> list[Claim]:
    [(_, claims)] = extract_all([prepare(Report(report_id="r", text=text))])
    return claims


def figures(text: str, measure: Measure, scope: str = "incident") -> list[int | None]:
    """Best figures of what TEXT asserts of MEASURE, in order."""
    return [
        claim.best
        for claim in claims_of(text)
        if claim.measure == measure and claim.polarity == "asserted" and claim.scope == scope and claim.best
    ]


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("The fire left one child dead and thirty-two other visitors injured.", [1], [32]),
        ("A grenade left two nuns (one from Spain and the other from Malta) dead, and 43 persons injured.", [2], [43]),
        ("The bank was bombed, leaving two dead and 16 injured.", [2], [16]),
        ("The blast left three of the minister's guards wounded.", [], [3]),
        ("A rocket hit the house, leaving a woman and her child wounded.", [], [2]),
        ("They pulled 13 people from a bus and shot ten of them to death.", [10], []),
        ("Police managed to shoot two of the robbers dead.", [2], []),
        ("Unknown men hacked to death a monk in the south.", [1], []),
        ("Two herders were found with their throats slit.", [2], []),
        ("The gunmen took the owner away and slit his throat.", [1], []),
        ("A mine went off, causing deaths to twenty villagers and injuries to sixteen soldiers.", [20], [16]),
        ("The raid led to the death of two porters and the injury of one other.", [2], [1]),
        ("The bodies of 12 labourers, all shot in the head, were found in a ditch.", [12], []),
        ("The body of a man taken two nights before was found in a field.", [1], []),
    ],
)
def test_the_outcome_is_read(text: str, killed: list[int], injured: list[int]) -> None:
    assert (figures(text, "killed"), figures(text, "injured")) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("All three sustained minor injuries.", 3),
        ("The officer, who was in the car, sustained shrapnel wounds.", 1),
        ("One staff member suffered burns to the face.", 1),
        ("Four tourists survived and were treated for gunshot wounds.", 4),
        ("The driver was not seriously injured.", 1),
        ("Two porters escaped with gunshot wounds.", 2),
        ("A guard suffered a concussion in the blast.", 1),
        ("The victim is a clerk of the office who was injured when a mine hit her van.", 1),
    ],
)
def test_the_hurt_are_found_by_their_injuries(text: str, injured: int) -> None:
    assert figures(text, "injured") == [injured]


def test_the_shot_are_dead_where_gunmen_did_it_and_nobody_lived_on() -> None:
    text = "A teacher was shot by gunmen on his way home. Attacks on teachers are frequent in the province."

    assert (figures(text, "killed"), figures(text, "injured")) == ([1], [])


@pytest.mark.parametrize(
    "text",
    [
        "A teacher was shot by gunmen on his way home. He is in hospital.",
        "A teacher was shot in the leg by gunmen.",
        "A teacher was shot by gunmen and two pupils were wounded.",
        "A teacher was shot during an argument over a parking space.",
    ],
)
def test_the_shot_are_hurt_where_a_wound_or_care_is_told_or_no_gunman(text: str) -> None:
    assert figures(text, "killed") == []
    assert figures(text, "injured")[0] == 1


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("In reprisal for a raid, the group threw a grenade into a bus station, killing nine.", 9),
        ("Police blamed a rebel group for a bomb explosion that killed nine people.", 9),
        ("They mined the line to halt the train and then boarded it, killing 13 passengers.", 13),
        ("The army tried to stop the raid and in the process two soldiers were killed.", 2),
        ("The others were ordered to leave while the chief was shot to death.", 1),
        ("He was caught while attempting to throw a grenade, with the resulting explosion killing fifteen.", 15),
        ("The rebels used a roadside bomb to kill four policemen.", 4),
        ("On the anniversary of the truce, a car bomb exploded in the port, killing six clerks.", 6),
        ("Guards foiled a raid on the bank, shooting and killing one of the robbers.", 1),
    ],
)
def test_what_came_about_is_the_event(text: str, killed: int) -> None:
    assert figures(text, "killed") == [killed]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded at the funeral of a judge killed on 2 November. Nobody was hurt.",
        "Hundreds gathered to mark the anniversary of the killing of nine students.",
        "The boys played near a house where two soldiers were killed two days earlier.",
        "The raid came a day after five car bombs went off in the port, killing 215 people.",
        "The group called the bombing an answer, in retaliation for a raid that left 42 people dead.",
    ],
)
def test_the_dead_of_before_are_background(text: str) -> None:
    assert figures(text, "killed") == []
