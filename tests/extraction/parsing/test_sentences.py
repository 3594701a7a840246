"""Sentences of wire copy, web text and hostile input."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extraction.headlines import body_start
from etl.extraction.parsing import sentences
from etl.extraction.parsing.sentences import MAX_SENTENCE, split


def texts(text: str, title: str | None = None) -> list[str]:
    return [text[start:end] for start, end in split(text, title)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Two died. Six were hurt.", ["Two died.", "Six were hurt."]),
        ("Gen. Smith and Dr. Lee died. Six were hurt.", ["Gen. Smith and Dr. Lee died.", "Six were hurt."]),
        ("U.S. troops shot two men at 3 a.m. on Monday.", ["U.S. troops shot two men at 3 a.m. on Monday."]),
        ("J. R. Hill was shot. He died.", ["J. R. Hill was shot.", "He died."]),
        ("The motive is unclear.Two people died.", ["The motive is unclear.", "Two people died."]),
        ("About 1.2 million people fled. Two died.", ["About 1.2 million people fled.", "Two died."]),
        ('"Nobody was hurt." He left.', ['"Nobody was hurt."', "He left."]),
        ("Did two die? Yes! Two did.", ["Did two die?", "Yes!", "Two did."]),
        ("A headline\n\nTwo people died", ["A headline", "Two people died"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, wanted: list[str]) -> None:
    assert texts(text) == wanted


def test_a_break_in_wrapped_copy_ends_nothing() -> None:
    text = "A bomb went off in the market\nand killed two traders and\na guard, the police\nsaid. Six were\nhurt."

    assert [" ".join(one.split()) for one in texts(text)] == [
        "A bomb went off in the market and killed two traders and a guard, the police said.",
        "Six were hurt.",
    ]


def test_a_break_in_a_text_with_a_paragraph_a_line_ends_a_sentence() -> None:
    long_line = "The committee met for the third time and " * 4 + "agreed"
    text = f"{long_line}\nTwo people died\n{long_line}"

    assert texts(text) == [long_line, "Two people died", long_line]


def test_the_title_is_a_sentence_of_its_own_without_a_stop() -> None:
    assert texts("Two die in blast Two people died in Osh.", "Two die in blast") == [
        "Two die in blast",
        "Two people died in Osh.",
    ]


def test_the_name_of_a_page_is_no_part_of_its_title() -> None:
    title = "Two die in blast | The Daily Post - News"

    assert texts(title + "Two people died in Osh.", title) == [
        "Two die in blast",
        "| The Daily Post",
        "- News",
        "Two people died in Osh.",
    ]


def test_a_title_that_the_page_repeats_is_a_title_again() -> None:
    title = "Two die in blast | The Daily Post"

    assert texts(f"{title}Two die in blast Two people died in Osh.", title) == [
        "Two die in blast",
        "| The Daily Post",
        "Two die in blast",
        "Two people died in Osh.",
    ]


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Two die in blast", "Police say two people died."),
        ("Shop clerk named after bar fight", "Ana Ruiz, 30, worked at a bar."),
        ("Man held on charge of arson | 7thtown.com", "Officers held a man."),
        ("Man held over fire | The Daily Post", "Ashford officers held a man."),
        ("Man held over fire « Channel 9 Ashford", "ASHFORD (C9) – Officers held a man."),
        ("Man held over fire | Fox 99", "ASHFORD, Ind. — Officers held a man."),
        ("Man held over fire | News, Weather | WXYZ", "ASHFORD -- Officers held a man."),
        ("Man held over fire - Ashford News - Ashford, NC", "On Monday officers held a man."),
        ("Girl hurt by ‘stray’ shot, ‘unharmed’", "Authorities looked for a man."),
    ],
)
def test_a_headline_run_together_with_its_body_is_a_sentence_of_its_own(headline: str, body: str) -> None:
    assert body_start(headline + body) == len(headline)
    assert texts(headline + body)[-1] == body


@pytest.mark.parametrize(
    "text",
    [
        "Officer McCoy and LaToya DeVries met a PetMart clerk near the iPhone shop on Monday.",
        "THE CAR'S DRIVER MET THE 4TH BATTALION'S CHIEF | THE DAILY POST.",
        "The clerk works at NewsToday.com in town - and at shopMart.com as well.",
        "A clerk wrote to @dailyPost and #newsToday.",
    ],
)
def test_a_capital_within_a_name_opens_no_body(text: str) -> None:
    assert body_start(text) is None


PIECES = st.sampled_from(
    [
        "Two died",
        ". ",
        ".",
        "\n",
        "\n\n",
        " ",
        "U.S.",
        "a.m. ",
        '"',
        "?!",
        " | ",
        "(",
        "x" * 700,
        "İ",
        "aB",
        "KTVXy",
        "PostA ",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=300), st.none() | st.text(max_size=10))
def test_spans_stand_in_order_are_trimmed_and_bounded_and_lose_no_word(text: str, title: str | None) -> None:
    spans = split(text, title)

    ends = 0
    for start, end in spans:
        assert ends <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert end - start <= MAX_SENTENCE
        ends = end
    kept = "".join("".join(text[start:end].split()) for start, end in spans)
    assert kept == "".join(text.split())


def steps(run: Callable[[], object]) -> int:
    """Lines of ``etl.extraction.parsing.sentences`` that RUN executes."""
    executed = 0

    def on_event(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal executed
        if frame.f_code.co_filename != sentences.__file__:
            return None
        executed += event == "line"
        return on_event

    before = sys.gettrace()
    sys.settrace(on_event)
    try:
        run()
    finally:
        sys.settrace(before)
    return executed


@pytest.mark.parametrize("piece", [". ", "a.", "\n", "A.B.", '."', "U.S. ", "3 a.m. ", "x", " | ", "(((", "Two died. "])
def test_ten_times_a_hostile_text_takes_ten_times_the_steps(piece: str) -> None:
    short, long = (steps(partial(split, piece * pieces)) for pieces in (300, 3_000))

    assert long <= 12 * short + 200
