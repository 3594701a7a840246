"""Upper-case wire copy and headlines read as mixed case, character for character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extraction.parsing.truecase import is_upper_case, small_headline, truecase, without_insertions


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("TWO SOLDIERS WERE KILLED IN LIMA.", "Two soldiers were killed in Lima."),
        ("THE BODIES OF 10 PEASANTS WERE FOUND", "The bodies of 10 peasants were found"),
        ("A BOMB EXPLODED", "A bomb exploded"),
        ("THE MAYOR'S GUARD AND A COOK DIED", "The mayor's guard and a cook died"),
        ("THE 4TH PATROL LOST A MAN", "The 4th patrol lost a man"),
        ("A FRANKLY REPREHENSIBLE PRONOUNCEMENT", "A frankly reprehensible pronouncement"),
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


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("THE MVR [MOVEMENT OF VILLAGERS] LEADER DIED", "THE MVR                         LEADER DIED"),
        ("[SENATOR] LEMA DIED", " SENATOR  LEMA DIED"),
        ("[TEXT] LEMA DIED", "       LEMA DIED"),
        ("[THE 12 GUARDS] DIED", "[THE 12 GUARDS] DIED"),
        ("NOTHING [IS CLOSED", "NOTHING [IS CLOSED"),
    ],
)
def test_an_insertion_of_the_editor_stands_in_no_clause(printed: str, read: str) -> None:
    assert without_insertions(printed) == read


ANY_TEXT = st.text(max_size=200) | st.text("ABCİßŉ .1'", max_size=100) | st.sampled_from(["KILLED ", "İZMİR "]).map(str)


@given(ANY_TEXT)
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(without_insertions(text)) == len(text)
    for read in (truecase(text), small_headline(text)):
        assert len(read) == len(text)
        assert read.casefold() == text.casefold()


@given(st.text(alphabet="AbC\u00c9\u00e9\u00df\u0130\u01c5 1.", max_size=80))
def test_copy_in_capitals_is_told_by_its_share_of_capital_letters(text: str) -> None:
    letters = [sign for sign in text if sign.isalpha()]
    capitals = [sign for sign in letters if sign.isupper()]

    assert is_upper_case(text) is (len(letters) > 20 and len(capitals) >= 0.7 * len(letters))
