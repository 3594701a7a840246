"""What happened, from the words that name it."""

from __future__ import annotations

import pytest

from etl.extraction.causes import cause_of, report_cause


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("A bus went off the road in a head-on\n  collision with a lorry.", "road crash"),
        ("The EARTHQUAKE struck at dawn.", "earthquake"),
        ("He was given a camera for shootings of films", "shooting"),
        ("They held bombastic speeches in Clashmore.", None),
        ("", None),
    ],
)
def test_phrases_are_found_as_whole_words_whatever_their_case_and_line_breaks(text: str, cause: str | None) -> None:
    assert cause_of(text) == cause


def test_the_headline_and_opening_outweigh_the_body() -> None:
    body = (
        "The quake was felt by all. " + "Nobody spoke. " * 60 + "A flood had come a year before. A flood comes often."
    )

    assert report_cause(f"Earthquake shakes the valley. {body}", "Earthquake shakes the valley") == "earthquake"
