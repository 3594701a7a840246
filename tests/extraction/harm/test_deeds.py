"""Whom a deed of killing is told of: murders in passing, that of somebody named, the murdered whose name follows."""

from __future__ import annotations

import pytest

from etl.extraction import extract
from etl.records import Claim, Report
from etl.reports import prepare


def killed(text: str) -> list[Claim]:
    """Claims of dead in TEXT that say so of what happened."""
    claims = extract(prepare(Report(report_id="r", text=text)))
    return [claim for claim in claims if claim.measure == "killed" and claim.polarity == "asserted"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The bishops condemned the murders in Peru, and above all that of Senator Juan Rojas Prieto.", 1),
        ("They condemned the recent murder in Peru of party leaders Juan Rojas and Gilda Amparo Solis Prieto.", 2),
        ("Ana Solis, who replaced the assassinated Juan Rojas, believes in peace.", 1),
        ("She is the widow of the murdered journalist Juan Rojas.", 1),
    ],
)
def test_the_victims_of_a_deed_told_in_passing_are_named(text: str, names: int) -> None:
    [claim] = killed(text)
    assert (claim.best, len(claim.victim_names)) == (names, names)


def test_the_murders_of_nobody_named_are_no_claim() -> None:
    assert not killed("The bishops condemned the murders, that much is known of the case.")


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Police said there is a plot to kill two candidates.", []),
        ("By killing two monks, the rebels sought to spread fear.", [2]),
    ],
)
def test_a_plot_kills_nobody_and_what_was_done_to_an_end_was_done(text: str, dead: list[int]) -> None:
    assert [claim.best for claim in killed(text)] == dead
