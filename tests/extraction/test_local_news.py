"""What local news of crime says of the hurt: wounds, shots that hit and shots that miss, orders, ages, kin."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.extraction import extract
from etl.records import Claim, Report
from etl.reports import prepare


def told(text: str) -> list[tuple[str, int | None]]:
    """Measure and figure of each asserted claim of TEXT, in its order."""
    claims: list[Claim] = extract(prepare(Report(report_id="r", text=text)))
    return [(claim.measure, claim.best) for claim in claims if claim.polarity == "asserted"]


@pytest.mark.parametrize(
    "text",
    [
        "Officers found a driver with a gunshot wound to the arm.",
        "A second driver was found three streets away with a gunshot wound.",
        "The driver had suffered several gunshot wounds and was taken to a clinic.",
        "The driver was suffering from a stab wound.",
        "The driver was being treated at a clinic for wounds in the stomach.",
        "The driver was grazed by a bullet.",
        "The thief pushed the driver, pistol-whipping him in the face.",
        "A mother of three was wounded.",
        "A girl was struck in the leg.",
        "A porter was hit by a stray bullet.",
        "The shooting of a porter led to an arrest.",
        "Ana Ruiz, 18, of the Bronx, who was hurt, went home.",
        "A porter was hurt. Watch: Two girls hurt in crash",
        "Driver, 29, wounded on Fifth Street.",
        "Officers found a 16-year-old with a gunshot wound to the foot.",
        "A guard fired a round, the bullet striking a porter.",
        "Two thieves exchanged shots with a porter and the man was struck.",
        "The porter was taken to a clinic for treatment of non-life threatening injuries.",
        "A six-year-old boy got hold of a gun and shot himself.",
        "A porter shot himself in the lower leg.",
    ],
)
def test_one_is_hurt(text: str) -> None:
    assert told(text) == [("injured", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "The guard was shot at by two men.",
        "The gunman started shooting at the two guards.",
        "Two men shot at the guard.",
        'The robbers yelled, "Shoot him!"',
        "He was yelling at the guards to go ahead and kill him.",
        "The bullet flew past, possibly killing the guard had he stood up.",
        "Shooting suspect Alan Reed gives himself up",
        "They should have held back until a guard was hurt.",
        "The car stood near Route 221 where he allegedly shot at a deer.",
        "Two men in cars shot at each other.",
    ],
)
def test_nobody_is_said_to_be_hurt(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A 30-year-old guard shot and killed by soldiers Monday carried two rifles in his car.",
        "He allegedly killed his 37-year-old ex-wife in a car park.",
        "He allegedly killed his 37-year-old landlady at a shop.",
        "The guard's body was taken to a laboratory for an autopsy.",
        "A young mother of three is dead after a shooting.",
        "The fatal shooting of a clerk led to an arrest.",
        "Police have named the victim of a deadly shooting on Elm Street.",
        "Murder victim identified",
        "Police seek a man over a fatal shooting at a bus stop. The victim, Leon Gates, was shot in the back.",
        "The 2014 shooting death of a clerk was told to a jury.",
        "The father of a guard fatally shot by officers in Hull has gone to court.",
        "One of the guards, Paul Reed, fatally shot Carver, who had swung a pipe at a clerk.",
    ],
)
def test_one_is_dead(text: str) -> None:
    assert told(text) == [("killed", 1)]


def test_who_survives_a_deadly_shooting_is_hurt() -> None:
    text = "Police seek a man over a fatal shooting at a bus stop. Leon Gates was shot in the back and is in surgery."

    assert told(text) == [("injured", 1)]


def test_a_dateline_is_nobody() -> None:
    [claim] = extract(prepare(Report(report_id="r", text="ASHFORD (WXYZ) — A clerk was shot to death on Sunday.")))

    assert claim.victims == "A clerk"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The family of a man shot dead by officers last month spoke on Sunday. They have a lawyer.", ["incident"]),
        ("A man was found guilty on Monday of the murder of a clerk in 2013. He faces life.", ["incident"]),
        ("A clerk was shot on Monday. Two men were shot dead there in 2013.", ["incident", "background"]),
    ],
)
def test_older_harm_that_a_report_opens_with_is_its_own(text: str, wanted: list[str]) -> None:
    published = dt.datetime(2016, 1, 20, tzinfo=dt.UTC)
    claims = extract(prepare(Report(report_id="r", text=text, published=published)))

    assert [claim.scope for claim in claims if claim.measure in {"killed", "injured"}] == wanted


def test_the_worst_since_another_tells_of_the_other_as_background() -> None:
    text = "Three men died in the worst fire since the fire at a mill in Hull in 2012, where 26 people died."
    scopes = [(claim.best, claim.scope) for claim in extract(prepare(Report(report_id="r", text=text)))]

    assert scopes == [(3, "incident"), (26, "background")]


def test_who_is_sent_to_hospital_is_hurt() -> None:
    assert told("Gunfire at a party sent two people to the hospital.") == [("injured", 2)]


def test_what_follows_a_semicolon_makes_no_death_thinkable_only() -> None:
    assert told("Guard dies after shooting; family seeks answers") == [("killed", 1)]


def test_a_second_beside_the_first_is_one_more() -> None:
    assert told("One person has died and a second was hurt in a robbery.") == [("killed", 1), ("injured", 1)]


def test_the_hurt_who_remain_in_hospital_are_the_hurt_themselves() -> None:
    [claim] = extract(prepare(Report(report_id="r", text="A guard who was shot on Monday remained in the hospital.")))

    assert (claim.measure, claim.scope) == ("injured", "incident")


def test_what_goes_on_telling_an_older_event_is_background() -> None:
    text = (
        "A student was shot dead in Osh on Sunday. Police asked for help. The house is where a man killed three men "
        "two years ago. Two others were wounded."
    )
    scopes = [(claim.measure, claim.scope) for claim in extract(prepare(Report(report_id="r", text=text)))]

    assert scopes == [("killed", "incident"), ("killed", "background"), ("injured", "background")]
