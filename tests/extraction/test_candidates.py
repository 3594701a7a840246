"""Sentences that can hold a claim, found before anything slow looks at them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extraction.candidates import holding_claims, may_hold_claim, words_of_harm
from etl.extraction.parsing.sentences import split


def candidates(text: str) -> list[str]:
    return [text[start:end] for start, end in holding_claims(text, split(text), words_of_harm(text))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nine men were KILLED.",
        "A clerk took his own life.",
        "The lives of 40 miners were lost.",
        "He is in critical condition.",
        "She was hospitalised at once.",
        "Doctors pronounced the man deceased.",
        "There were no casualties.",
        "The man blew himself up.",
        "Two bodies were found.",
        "Nobody was among the casualties.",
        "A victim lay there unconscious.",
        "The kidnappings went on, and so did the slayings.",
    ],
)
def test_a_sentence_that_tells_of_harm_is_a_candidate(sentence: str) -> None:
    assert candidates(f"The market opened late. {sentence} Prices fell.") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "The economy is in good condition.",
        "Life in the valley is quiet.",
        "The executive met the press.",
        "A stable government was promised.",
        "The hospital was opened in spring.",
        "Bodyguards stood at the door.",
        "A heavy blow to the party.",
        "Skilled hands are in demand.",
        "The murderers are known to everybody, and so is the killer app.",
        "Diego Hurtado keeps to his diet and drives a diesel.",
        "A deadline was beatified by Beattie.",
        "The northern front reported casualties.",
        "The victims of the fraud met at the hospital.",
    ],
)
def test_a_sentence_of_everyday_use_of_such_a_word_is_none(sentence: str) -> None:
    assert candidates(f"The market opened late. {sentence} Prices fell.") == []


def test_letters_that_grow_when_made_small_shift_no_place() -> None:
    text = "\u0130\u0130\u0130 \u0130zmir: two were killed."

    assert [text[start : start + 6] for start, _ in words_of_harm(text)] == ["killed"]


@given(st.text(alphabet="kil edmurwon.\n\u0130\u00e9", max_size=80))
def test_every_candidate_has_a_word_of_harm_within(text: str) -> None:
    assert all(may_hold_claim(sentence) for sentence in candidates(text))
