"""What names sound of: weak evidence of a country, for reports that say nothing else of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.places import find_places
from etl.places.name_letters import country_by_letters, runs_of
from etl.places.scanning import tokens_of
from etl.places.where import report_country


def told(text: str) -> str | None:
    """The code of the country the report is taken to be about."""
    country = report_country(find_places(text), text)
    return None if country is None else country.country_code


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Two men were shot in a tea shop near Thepsuwan.", "TH"),
        ("Rebels burnt two houses in Kondapalliguda village.", "IN"),
    ],
)
def test_names_tell_the_country_of_a_report_that_names_none(text: str, country: str) -> None:
    assert told(text) == country


@pytest.mark.parametrize(
    "text",
    [
        "A man was shot on his way home.",
        "John Smith and Mary Jones were shot in their home.",
        "Robert Miller was stabbed on Tuesday.",
        "Tuan Nguyen, a cook, was shot dead outside a grocery; his cousin Linh Pham saw it.",
        "Giuseppe Moretti died after a fall at the plant where he worked.",
    ],
)
def test_english_names_and_names_of_people_tell_no_country(text: str) -> None:
    assert told(text) is None


def test_a_named_place_outweighs_what_names_sound_of() -> None:
    assert told("Two were hurt when a bus from Thepsuwan overturned in Nairobi.") == "KE"


def test_copy_in_capitals_is_not_read_by_its_letters() -> None:
    assert country_by_letters(tokens_of("TWO MEN WERE SHOT IN A TEA SHOP NEAR THEPSUWAN IN THE NIGHT"))[0] == ""


def test_runs_mark_the_ends_of_a_name() -> None:
    assert list(runs_of("ali")) == ["^ali", "ali$"]


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    code, lead = country_by_letters(tokens_of(text))
    assert lead >= 0.0
    assert len(code) in (0, 2)
