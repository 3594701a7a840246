"""Summaries as registers of attacks, shootings and violence print them, in our own words."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.extraction import extract
from etl.incidents.report_toll import tolls
from etl.reading import Told, tell
from etl.records import Report
from etl.reports import prepare


def _toll(text: str) -> tuple[int | None, int | None]:
    """Killed and injured of the main event of TEXT."""
    (told,) = tell([Report(report_id="r", text=text)])
    assert isinstance(told, Told)
    figures = tolls(told.events[0].claims) if told.events else {}
    killed, injured = figures.get("killed"), figures.get("injured")
    return (killed.best if killed else None, injured.best if injured else None)


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        # Who shoots is not shot.
        ("Two men shot five people standing outside a pharmacy.", None, 5),
        ("An unknown assailant shot and killed a village nurse", 1, None),
        ("Man shot his neighbour in the leg", None, 1),
        # Some of more, where nobody says how many more.
        ("Three cooks, one porter and two maids were among twelve persons killed in a hostel.", 12, None),
        ("Four cooks were among those killed in a raid on a hostel.", 4, None),
        ("Four cooks (two of them foreign) were among those killed by a bomb at a hostel.", 4, None),
        ("Nine people died in the raid. Four cooks were among the dead.", 9, None),
        ("No cooks were among the dead.", None, None),
        ("At least 12 people were killed, with 4 being clerks, in the blast and another 50 were injured.", 12, 50),
        # Part of those who were shot.
        ("Seven boys were shot, one fatally, shortly after midnight behind a hall.", 1, 6),
        ("Six people were shot at a party. One woman and one man died.", 2, 4),
        ("Six people were shot at a party. Two others died in a crash near by.", 2, 6),
        # Told twice.
        ("A driver was hurt and later died when he was shot by robbers.", 1, None),
        (
            "A strike killed two medics and injured two others. It was reported that two other medics were hurt.",
            2,
            2,
        ),
        # By his own hand.
        ("A man killed two of his cousins and then himself.", 3, None),
        ("A gunman shot his wife and then himself.", 2, None),
        ("A man shot his two brothers, then himself.", 1, 2),
        # A day of the month is no number of people.
        ("Around 4 June 2021, in Lima, a man was found dead on a road.", 1, None),
        ("Around 12 May 2021, in Lima, two men were shot dead.", 2, None),
        ("On October 7th, 2023, a poet and teacher was killed by a shell.", 1, None),
    ],
)
def test_a_registers_figures_are_read(text: str, killed: int | None, injured: int | None) -> None:
    assert _toll(text) == (killed, injured)


@pytest.mark.parametrize(
    "opening",
    ["On 4 June 2021,", "Around 4 June 2021,", "Around 4 June 2021 (as reported),", "On 4 June 2021 (police log),"],
)
def test_the_day_that_opens_an_entry_is_the_events(opening: str) -> None:
    report = Report(
        report_id="r",
        text=f"{opening} in Lima, a man was found dead on a road.",
        published=dt.datetime(2022, 7, 31, tzinfo=dt.UTC),
    )

    (claim,) = extract(prepare(report))

    assert (claim.date_start, claim.date_text) == (dt.date(2021, 6, 4), "4 June 2021")
