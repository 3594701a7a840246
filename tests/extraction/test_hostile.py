"""Texts that invite more than linear time are read to their end, and the news in them is still found."""

from __future__ import annotations

import pytest

from etl.reading import Reading, Told
from etl.records import Report

NEWS = "Two people were killed in a fire in Osh."


def killed(text: str) -> list[int | None]:
    (told,) = Reading(scenes=True).tell([Report(report_id="r", text=text)])
    assert isinstance(told, Told)
    return [claim.best for claim in told.claims if claim.measure == "killed" and claim.scope == "incident"]


@pytest.mark.parametrize(
    "filler",
    [
        " ".join(str(number) for number in range(1, 100_001)) + ".",
        "(" * 50_000 + ")" * 50_000,
        "[\"'" * 30_000,
        "." * 100_000,
        "a" * 300_000,
        "\n" * 100_000,
        " " * 300_000,
        "San " * 30_000,
        "LIMA, 5 May --\n" * 5_000,
        "between May 5 and May 6 or " * 5_000,
        "-" * 100_000,
        "1," * 50_000,
        "A." * 50_000,
        "<" * 100_000,
    ],
    ids=[
        "numbers",
        "brackets",
        "quotes",
        "stops",
        "letters",
        "breaks",
        "blanks",
        "names",
        "datelines",
        "dates",
        "dashes",
        "grouping",
        "initials",
        "tags",
    ],
)
def test_news_behind_and_before_hostile_text_is_found(filler: str) -> None:
    assert killed(f"{NEWS}\n\n{filler}\n\nThe town was quiet.") == [2]


def test_a_long_report_is_read_to_its_end() -> None:
    quiet = "The market was quiet on that day and prices rose a little. " * 20_000

    assert killed(f"{quiet}\n\n{NEWS}") == [2]


def test_a_sentence_that_never_ends_keeps_its_first_people() -> None:
    text = "Three men were killed, " + "and the talks went on and on, " * 5_000

    assert killed(text)[:1] == [3]


def test_a_list_with_hundreds_of_claims_keeps_every_one_of_them() -> None:
    text = " ".join(f"{n % 7 + 2} people were killed in Osh on Monday." for n in range(1, 301))

    assert killed(text) == [n % 7 + 2 for n in range(1, 301)]
