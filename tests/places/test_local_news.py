"""Where American local news puts what it tells: towns without an entry, quarters, streets, stations and papers."""

from __future__ import annotations

import pytest

from etl.extraction.parsing.sentences import split
from etl.places import find_places
from etl.places.newsrooms import home_of, states_of
from etl.places.where import EventPlace, event_place


def place_of(text: str, words: str) -> EventPlace | None:
    at = text.index(words)
    return event_place((at, at + len(words)), find_places(text), split(text), text)


@pytest.mark.parametrize(
    ("text", "words", "name", "state"),
    [
        pytest.param(
            "Clay County shooting leaves a couple hurt. Deputies found the two on Thursday, Missouri officials said.",
            "a couple",
            "Clay County",
            "Missouri",
            id="a county whose name is a word",
        ),
        pytest.param(
            "QUANTBURY, Md. (AP) - Police in Maryland say a boy of 14 was shot at a park on Monday.",
            "a boy of 14",
            "Quantbury",
            "Maryland",
            id="a dateline the gazetteer lacks",
        ),
        pytest.param(
            "A clerk was shot in Millersville, Md., on Monday. Anne Arundel County police are looking for two men.",
            "A clerk",
            "Millersville",
            "Maryland",
            id="a namesake of other states",
        ),
        pytest.param(
            "DAYTON, Ohio (AP) - Authorities in Ohio say a barber was shot dead outside his shop.",
            "a barber",
            "Dayton",
            "Ohio",
            id="the state before its town",
        ),
        pytest.param(
            "A cook was shot at a diner near Lapeer and Adams roads in Pontiac, Michigan, on Friday.",
            "A cook",
            "Pontiac",
            "Michigan",
            id="two roads",
        ),
        pytest.param(
            "A plumber was shot in the 300 block of Salem on Friday, Eugene police said. Oregon troopers helped.",
            "A plumber",
            "Eugene",
            "Oregon",
            id="a block of a street",
        ),
        pytest.param(
            "A driver was hit in Tacoma at the corner of Portland and Division on Friday. Tacoma police came at once.",
            "A driver",
            "Tacoma",
            "Washington",
            id="a corner",
        ),
        pytest.param(
            "A man was shot in the Washington Heights neighborhood on Monday, Chicago police said.",
            "A man",
            "Washington Heights, Chicago",
            "Illinois",
            id="the quarter of the city whose police act",
        ),
        pytest.param(
            "A man was shot in the Florence neighborhood of Los Angeles on Monday night.",
            "A man",
            "Florence, Los Angeles",
            "California",
            id="a quarter with its city",
        ),
        pytest.param(
            "A man was killed in Vermont Vista on Monday, Los Angeles police said.",
            "A man",
            "Vermont Vista, Los Angeles",
            "California",
            id="a quarter of which one word is known",
        ),
        pytest.param(
            "Man shot in Florence - Los Angeles TimesA barber was shot in Florence, coroner's records show.",
            "A barber",
            "Florence, Los Angeles",
            "California",
            id="the quarter of the city whose paper tells",
        ),
        pytest.param(
            "Man hurt in shooting - CBS ChicagoHe was outside in the 3700 block of Polk Street when he was shot.",
            "he was shot",
            "Chicago",
            "Illinois",
            id="the station's city where no town is named",
        ),
        pytest.param(
            "Police investigate Wilmington double shooting | 6abc.comA man was shot in the 300 block of 23rd Street.",
            "A man",
            "Wilmington",
            "Delaware",
            id="the state a station reports from",
        ),
        pytest.param(
            "Woman shot dead in downtown St. LouisA woman was shot on a busy street on Wednesday.",
            "A woman",
            "St. Louis",
            "Missouri",
            id="a name glued to the next sentence",
        ),
        pytest.param(
            "A man was shot in Des Moines, Iowa, on Monday and taken to Mount Sinai Hospital.",
            "A man",
            "Des Moines",
            "Iowa",
            id="a hospital named after another place",
        ),
    ],
)
def test_local_news_is_placed_where_it_happened(text: str, words: str, name: str, state: str) -> None:
    where = place_of(text, words)
    assert where is not None
    assert (where.place.name, where.place.adm1_name) == (name, state)


def test_a_town_with_its_own_police_is_no_quarter_of_the_city_nearby() -> None:
    text = "A man was shot in Evanston on Monday, Evanston police said. Chicago police were told as well."
    where = place_of(text, "A man")
    assert where is not None
    assert where.place.name == "Evanston"


def test_a_town_of_another_state_that_the_report_names_stays_there() -> None:
    text = "Chicago police said on Monday that a man they sought was shot dead in Florence, Alabama."
    where = place_of(text, "a man")
    assert where is not None
    assert (where.place.name, where.place.adm1_name) == ("Florence", "Alabama")


def test_an_unlisted_town_lies_in_the_one_county_that_is_named() -> None:
    text = "QUANTBURY, Md. (AP) - A man was shot, the Charles County Sheriff's Office said."
    place = next(mention.place for mention in find_places(text) if mention.role == "dateline")
    assert (place.kind, place.precision, place.adm1_code) == ("unlisted", 3, "US-MD")


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Two shot | FOX6Now.comMILWAUKEE -- Two men were shot.", {"US-WI"}),
        ("Arrest made | The Augusta ChroniclePolice made an arrest.", {"US-GA"}),
        ("DALLAS (KDFW) - Two men were shot.", {"US-TX"}),
        ("The WHO said the king, who was ill, made a WISH. KING AND WAVE.", set()),
    ],
)
def test_a_newsroom_speaks_for_its_states(text: str, states: set[str]) -> None:
    assert {code for code, _ in states_of(text)} == states


def test_only_a_newsroom_named_after_its_city_has_a_home() -> None:
    home = home_of("Two shot - Houston Chronicle. Two men were shot.")
    assert home is not None
    assert home.name == "Houston"
    assert home_of("Two shot - Burlington County Times. Two men were shot.") is None
