"""Confidence tells the plain figures from the doubtful ones, and is a probability whatever the text."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.reading import Told, tell
from etl.records import Report


def surety(text: str) -> dict[str, float]:
    """Confidence of each claim of TEXT by its words."""
    report = Report(report_id="r", text=text, published=dt.datetime(2012, 5, 3, tzinfo=dt.UTC))
    (told,) = tell([report])
    assert isinstance(told, Told)
    return {claim.quantity: claim.confidence for claim in told.claims if claim.measure == "killed"}


PLAIN = "A bomb killed four soldiers in Quetta on Tuesday."


def test_a_figure_alone_is_surer_than_one_among_others() -> None:
    among = f"{PLAIN} Another bomb there killed nine soldiers, and a third killed six soldiers."
    assert surety(PLAIN)["four soldiers"] > surety(among)["six soldiers"]


def test_a_figure_said_again_is_surer_than_one_gainsaid() -> None:
    again = surety(f"{PLAIN} The four soldiers were killed at a checkpoint, the army said.")
    gainsaid = surety(f"{PLAIN} Seven soldiers were killed at a checkpoint, the army said.")
    assert again["four soldiers"] > gainsaid["four soldiers"]


@settings(deadline=None)
@given(st.lists(st.sampled_from([PLAIN, "No one died.", "Five people were hurt, two of them died.", "\x00", "7" * 60])))
def test_it_is_a_probability(sentences: list[str]) -> None:
    assert all(0 <= sure <= 1 for sure in surety(" ".join(sentences) or "None.").values())
