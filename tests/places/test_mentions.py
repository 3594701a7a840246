"""Places named in a text: which words, and which place of that name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.places import PlaceMention, find_places


def found(text: str, dateline: str | None = None) -> dict[str, PlaceMention]:
    """The mentions of the text by their printed words, the first of each."""
    mentions: dict[str, PlaceMention] = {}
    for mention in find_places(text, dateline):
        mentions.setdefault(mention.text, mention)
    return mentions


def test_kyrgyz_towns_are_the_towns_of_that_country() -> None:
    text = "Crowds gathered in Talas, Naryn and Tokmok on Tuesday, then in Osh and Jalal-Abad, Kyrgyz officials said."
    codes = {name: mention.place.adm1_code for name, mention in found(text).items()}
    assert codes == {"Talas": "KG-T", "Naryn": "KG-N", "Tokmok": "KG-C", "Osh": "KG-O", "Jalal-Abad": "KG-J"}
    assert found(text)["Jalal-Abad"].place.name == "Jalal-Abad"
    assert found(text)["Talas"].place.kind == "city"


def test_an_airport_is_not_the_town_that_shares_its_name() -> None:
    place = found("Kyrgyz and American crews met at Manas airport outside Bishkek.")["Manas airport"].place
    assert (place.kind, place.adm1_code) == ("airport", "KG-C")


@pytest.mark.parametrize(
    ("text", "printed", "country", "adm1"),
    [
        ("A bus overturned near Paris, Texas, on Monday.", "Paris", "US", "US-TX"),
        ("A bus overturned near Paris on Monday, French police said.", "Paris", "FR", "FR-IDF"),
        ("A man was shot in Mobile, Ala., on Monday.", "Mobile", "US", "US-AL"),
        ("A man was shot in Lafayette, La., on Monday.", "Lafayette", "US", "US-LA"),
        ("A man was shot in Wilmington, the Los Angeles County coroner said.", "Wilmington", "US", "US-CA"),
        ("Gunmen stopped a lorry in Valencia, in the state of Carabobo.", "Valencia", "VE", "VE-G"),
        ("Soldiers were ambushed in Cordoba department. Colombian troops gave chase.", "Cordoba", "CO", "CO-COR"),
        ("Rebels held a road in Georgia, west of Tbilisi.", "Georgia", "GE", None),
        ("Deputies in Georgia, near Atlanta, found the car.", "Georgia", "US", "US-GA"),
        ("A bomb struck Hawija, the Iraqi army said in Baghdad.", "Hawija", "IQ", "IQ-KI"),
    ],
)
def test_a_shared_name_is_settled_by_its_company(text: str, printed: str, country: str, adm1: str | None) -> None:
    place = found(text)[printed].place
    assert place.country_code == country
    if adm1:
        assert place.adm1_code == adm1


def test_the_places_that_lost_are_kept() -> None:
    place = found("A bus overturned near Paris, Texas, on Monday.")["Paris"].place
    assert any("France" in other for other in place.alternatives)


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton and Jordan Smith were not there.",
        "Mr. Lincoln said the Bank of America would reopen.",
        "Officer Austin Jackson told the court he saw nothing.",
        "The Iraqi driver and two Colombians were unhurt.",
        "He worked for the Washington Post.",
        "The man lived on Dallas Street until March.",
    ],
)
def test_people_bodies_and_nationalities_are_not_places(text: str) -> None:
    assert [m.text for m in find_places(text) if m.role in ("place", "within")] == []


def test_upper_case_wire_text() -> None:
    text = (
        "SAN SALVADOR, 3 JAN 90 -- [REPORT] GUERRILLAS FIRED ON THE POST IN ZACATECOLUCA, LA PAZ DEPARTMENT, LAST\n"
        "NIGHT. PRESIDENT CRISTIANI ORDERED A SEARCH OF THE AREA."
    )
    mentions = found(text)
    assert mentions["SAN SALVADOR"].role == "dateline"
    assert mentions["ZACATECOLUCA"].place.name == "Zacatecoluca"
    assert mentions["ZACATECOLUCA"].place.adm1_code == "SV-PA"
    assert {m.place.country_code for m in mentions.values()} == {"SV"}


def test_a_country_that_opens_the_text_leads_it() -> None:
    mentions = found("COLOMBIA. Two linesmen were taken from their lorry near Montebello.")
    assert mentions["COLOMBIA"].role == "leading"
    assert mentions["Montebello"].place.adm1_code == "CO-ANT"


def test_former_and_renamed_countries() -> None:
    assert found("The airliner was forced down in West Germany.")["West Germany"].place.country_code == "DE"
    assert found("Fighting went on in Zaire.")["Zaire"].place.country_name == "Democratic Republic of the Congo"
    yugoslavia = found("The train was derailed in Yugoslavia.")["Yugoslavia"].place
    assert yugoslavia.precision == 6
    assert {"RS", "BA", "HR"} <= set(yugoslavia.country_codes)


@pytest.mark.parametrize(
    ("text", "printed", "precision"),
    [
        ("A mine went off near Kandahar.", "Kandahar", 2),
        ("A mine went off in Kandahar.", "Kandahar", 1),
        ("A mine went off in Kandahar province.", "Kandahar", 4),
        ("A mine went off in Afghanistan.", "Afghanistan", 6),
        ("A tanker was boarded in the Gulf of Aden.", "Gulf of Aden", 7),
        ("Villages were burned in Darfur, Sudan.", "Darfur", 5),
    ],
)
def test_precision_follows_the_words(text: str, printed: str, precision: int) -> None:
    assert found(text)[printed].place.precision == precision


def test_a_village_in_no_gazetteer_keeps_its_name_and_its_region() -> None:
    text = "Two herders were shot in the village of Zzarkhoz in the Kupwara district of Indian Kashmir."
    place = found(text)["Zzarkhoz"].place
    assert (place.kind, place.country_code, place.adm1_code) == ("unlisted", "IN", "IN-JK")
    assert place.precision >= 2


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Gunmen stormed the Continental Hotel Kabul.", "Kabul"),
        ("A bomb went off at the Elm Row bus station, London, hurting six.", "London"),
    ],
)
def test_a_town_behind_its_hotel_or_station_is_read(text: str, printed: str) -> None:
    assert list(found(text)) == [printed]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("A bus fell into a gorge in Kullu district of the Himalayan state.", ["Kullu"]),
        ("A man in a Fiat died near Leicester, and the driver of the Fiat was hurt.", ["Leicester"]),
    ],
)
def test_adjectives_of_states_and_makes_of_cars_are_no_places(text: str, printed: list[str]) -> None:
    assert list(found(text)) == printed


def test_the_capital_of_a_nation_is_its_city() -> None:
    mention = found("Shells fell on the Iraqi capital overnight.")["capital"]
    assert mention.place.name == "Baghdad"


def test_a_dateline_known_beforehand_settles_names() -> None:
    text = "Two men were shot in Cordoba on Monday."
    assert found(text, dateline="Bogota")["Cordoba"].place.country_code == "CO"
    assert found(text, dateline="Buenos Aires")["Cordoba"].place.country_code == "AR"


NAMES = st.sampled_from(
    [
        "Talas",
        "in",
        "near",
        "OSH",
        "St.",
        "Georgia",
        ", La.",
        "al-",
        "Mr.",
        "the",
        "capital",
        "U.S.",
        "—",
        "\n\n",
        "(",
        "'s",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(NAMES, max_size=40).map(" ".join), st.lists(NAMES).map("".join)))
def test_any_text_yields_ordered_spans_inside_it(text: str) -> None:
    mentions = find_places(text)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert 1 <= mention.place.precision <= 7


def test_a_sea_that_only_says_which_land_is_meant_is_no_place() -> None:
    text = "Clans fought in Enga province, in the South Pacific nation's highlands, Papua New Guinea police said."
    assert not any(mention.place.kind == "sea" for mention in find_places(text))


@pytest.mark.parametrize("label", ["Affected country: Guinea\n\n", "LOCATION\n\nSiguiri, Guinea\n\n"])
def test_a_labelled_country_is_the_one_the_text_is_about(label: str) -> None:
    text = f"{label}Crews from the United States and from France helped. US officers said nine people had drowned."
    roles = {mention.role for mention in find_places(text) if mention.place.name == "Guinea"}
    assert "leading" in roles
