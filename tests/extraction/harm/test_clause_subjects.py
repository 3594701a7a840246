"""Whom a verb of harm befalls where only word order says it, who else, and who is meant by *them*."""

from __future__ import annotations

import pytest

from etl.extraction import extract_all
from etl.incidents.events import events_of
from etl.records import Claim, Measure, Report
from etl.reports import prepare


def claims_of(text: str) -> list[Claim]:
    [(_, claims)] = extract_all([prepare(Report(report_id="r", text=text))])
    return claims


def toll_of(text: str) -> dict[Measure, int | None]:
    """Best figures of the main event that TEXT tells."""
    [(report, claims)] = extract_all([prepare(Report(report_id="r", text=text))])
    return {measure: figure.best for measure, figure in events_of(report, claims)[0].toll.items()}


def figures(text: str, measure: Measure) -> list[int | None]:
    """Best figures of what TEXT asserts of MEASURE, in order."""
    return [c.best for c in claims_of(text) if c.measure == measure and c.polarity == "asserted" and c.best]


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("The baker died in the blast and his wife and son were injured.", 1, 2),
        ("The prefect of the north was wounded in a riot and his brother, a tax official, was killed.", 1, 1),
        ("At least six people were wounded in the raid and one member of the town's guard was killed.", 1, 6),
        ("Four clerks were killed in the flood and five others, among them a nurse, were injured.", 4, 5),
        ("Soldiers killed one robber and one clerk was injured.", 1, 1),
        ("A bomber in a lorry killed ten and hurt nine when he struck a chief's house.", 10, 9),
        ("Gunmen killed two people and wounded 19 others before being shot to death.", 2, 19),
        ("Five officers were killed and ten people, including tourists, injured in the raid.", 5, 10),
        ("One of the priest's guards was killed in the attack and the priest's nephew was injured.", 1, 1),
    ],
)
def test_the_second_clause_has_its_own_people(text: str, killed: int, injured: int) -> None:
    assert figures(text, "killed") == [killed]
    assert figures(text, "injured") == [injured]


@pytest.mark.parametrize(
    "text",
    [
        "On May 4, 2008 a rubber tapper in the hills was killed in a drive-by shooting on his way home.",
        "Gunmen killed an American employee working as an adviser to the harbour office.",
        "A Belgian national living in the suburbs was shot to death in his shop by unknown gunmen.",
        "One of the drivers, believed to be a stranger, was killed in the attack.",
        "Also killed was his companion Ana Ruiz.",
        "Gunmen on a scooter shot dead a prominent member of the ruling party.",
        "Rebels killed an affiliate of the peasants' union.",
        "The blast killed a policemen.",
        "The Chancellor of the Kuala University, Omar Aziz, was shot and killed in the port.",
        "A piper was kidnapped, shot, and killed by masked men.",
        "One of the porters' bodies was found the next day.",
        "Rebels killed a Communist Party of Nepal activist.",
    ],
)
def test_one_person_is_found_whatever_stands_between(text: str) -> None:
    assert figures(text, "killed") == [1]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Two Afghans working for a relief group were killed on the road.", 2),
        ("Two clerks as well as one of the robbers were killed.", 3),
        ("Also killed were the man's brother and a passer-by.", 2),
        ("Both the mayor's bodyguards were killed.", 2),
        ("He was killed along with three guards and three clerks when a bomb went off.", 7),
        ("Omar Aziz was shot and killed along with his bodyguard.", 2),
        ("The mayor of the town, identified as Omar Aziz, and his wife were shot dead at home.", 2),
        ("A bomb killed an employee of the Ministry of Ports and his wife.", 2),
        ("Twenty-four soldiers, including their captain, and eighteen rebels were killed.", 42),
        ("Two reporters, a Canadian and a Dane, were killed.", 2),
        ("Two clerks of the port office, Ana Ruiz and Luis Mora, were killed.", 2),
        ("A bomb in the inn killed six (three cooks and three waiters).", 6),
        ("A Spanish citizen, manager of the mill, and his wife were killed.", 2),
        ("A gunman killed radio reporter and announcer Ana Ruiz.", 1),
        ("Gunmen opened fire on two traffic policemen in the capital, killing them.", 2),
        ("Men fired on the owner of the inn and his wife, killing them both.", 2),
        ("An Irish trader and one Scot was killed when a mine went off.", 2),
        ("The bodies of prefect Omar Aziz and his driver were found under a bridge.", 2),
        ("One of his clerks, Ana Ruiz, and an unknown porter were killed.", 2),
        ("He blew up the van, killing himself and a passing villager.", 2),
        ("The rebels admitted the kidnapping and murder of a consul and his driver.", 2),
        ("Upwards of twelve people waiting for work were killed.", 12),
    ],
)
def test_all_who_were_killed_are_counted_once(text: str, killed: int) -> None:
    assert toll_of(text)["killed"] == killed


def test_bodies_are_those_of_the_people_taken_away() -> None:
    text = "A teacher and the woman who drove him were abducted near the port. Their bodies were found the next day."

    assert figures(text, "killed") == [2]


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("Gunmen killed two officers and wounded a third.", 1),
        ("Three officers were killed and another injured in a rocket attack.", 1),
        ("One man was killed and a second injured when their car blew up.", 1),
        ("A child was killed and another sustained injuries.", 1),
        ("Two women were wounded in addition to a porter.", 3),
        ("Three tourists and one local were injured.", 4),
        ("Only one of the one hundred pilgrims was injured.", 1),
    ],
)
def test_one_more_is_counted(text: str, injured: int) -> None:
    assert toll_of(text)["injured"] == injured


@pytest.mark.parametrize(
    "text",
    [
        "The car of Ana Ruiz, a reporter, was burned by unknown men.",
        "A bomb placed in a cart was defused before anybody was hurt.",
        "Tourists fled when a device, hidden in a van, exploded at the fair.",
    ],
)
def test_things_and_their_owners_are_not_hurt(text: str) -> None:
    assert figures(text, "injured") == []
