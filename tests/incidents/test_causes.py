"""The families of causes: every cause the extraction may give has one, and they join what may be one incident."""

from __future__ import annotations

import csv

import pytest

from etl.incidents import causes


def test_every_cause_of_the_vocabulary_has_a_family() -> None:
    with (causes.LEXICONS / "causes.csv").open(encoding="utf-8", newline="") as rows:
        words = {row["cause"] for row in csv.DictReader(rows)}
    assert not {word for word in words if causes.families(word) == {word}}


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("shooting", "armed clash", True),
        ("protest or riot", "communal violence", True),
        ("earthquake", "tsunami", True),
        ("earthquake", "shooting", False),
        ("flood", "air crash", False),
        (None, "flood", True),
        ("a new word", "a new word", True),
        ("a new word", "flood", False),
    ],
)
def test_compatible_causes(one: str | None, other: str | None, *, together: bool) -> None:
    assert causes.compatible(one, other) is together
    assert causes.compatible(other, one) is together
