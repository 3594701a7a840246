"""Upper-case wire copy and headlines read as mixed case, character for character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extraction.truecase import is_upper_case, small_headline, truecase


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("TWO SOLDIERS WERE KILLED IN LIMA.", "Two soldiers were killed in Lima."),
        ("THE BODIES OF 10 PEASANTS WERE FOUND", "The bodies of 10 peasants were found"),
        ("A BOMB EXPLODED", "A bomb exploded"),
    ],
)
def test_common_words_become_small_and_names_keep_a_capital(printed: str, read: str) -> None:
    assert truecase(printed) == read


@pytest.mark.parametrize(
    ("text", "upper"),
    [
        ("TWO SOLDIERS WERE KILLED NEAR THE RIVER.", True),
        ("Two soldiers were killed near the river.", False),
        ("UN AND NATO", False),
        ("The FARC and the ELN attacked a post near the river, the army said.", False),
        ("1,500 / 2,300 / 4,800 - 2010-04-07", False),
    ],
)
def test_copy_in_capitals_is_told_from_a_text_with_acronyms(text: str, upper: bool) -> None:
    assert is_upper_case(text) is upper


def test_a_headline_in_title_case_is_read_with_small_words() -> None:
    assert small_headline("Four People Killed in Train Crash") == "Four people killed in train crash"


def test_a_sentence_with_names_stays_as_it_is() -> None:
    text = "Police in Lima said that two soldiers were killed by a mine near Ayacucho."

    assert small_headline(text) == text


ANY_TEXT = st.text(max_size=200) | st.text("ABCİßŉ .1'", max_size=100) | st.sampled_from(["KILLED ", "İZMİR "]).map(str)


@given(ANY_TEXT)
def test_every_character_keeps_its_place(text: str) -> None:
    for read in (truecase(text), small_headline(text)):
        assert len(read) == len(text)
        assert read.casefold() == text.casefold()
