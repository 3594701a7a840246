"""Where an event happened: the place a reader would point to."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.places import find_places
from etl.places.where import EventPlace, event_place, report_country


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Plain sentence spans, enough for these texts."""
    return [(m.start(), m.end()) for m in re.finditer(r"\S[^.!?]*[.!?]?", text)]


def place_of(text: str, words: str) -> EventPlace | None:
    """The place of what WORDS tell."""
    start = text.index(words)
    return event_place((start, start + len(words)), find_places(text), sentences_of(text), text)


def test_a_rally_that_spread_to_the_capital_has_both_towns() -> None:
    text = (
        "Unrest began in the Kyrgyz town of Talas on Tuesday and spread to other regions including the capital. "
        "More than 80 people died. The president left Bishkek for the south."
    )
    place = place_of(text, "More than 80 people died")
    assert place is not None
    assert place.names == ("Talas", "Bishkek")
    assert place.place_text == "Talas"


def test_towns_listed_together_are_all_kept() -> None:
    place = place_of("Nine people were killed in Talas and Bishkek, Kyrgyz doctors said.", "Nine people were killed")
    assert place is not None
    assert set(place.names) == {"Talas", "Bishkek"}


def test_the_place_of_the_same_sentence_beats_the_dateline() -> None:
    text = "BISHKEK, April 8 (Agency) - Two men were shot dead in Naryn. Shops stayed shut."
    place = place_of(text, "Two men were shot dead")
    assert place is not None
    assert place.place.name == "Naryn"


@pytest.mark.parametrize("where", ["off Libya", "off the coast of Libya", "near the shores of Libya"])
def test_a_wreck_off_a_coast_is_not_in_the_town_of_the_dateline(where: str) -> None:
    place = place_of(f"ROME (Agency) - Forty people drowned when a boat sank {where}.", "Forty people drowned")
    assert place is not None
    assert place.place.name == "Libya"


def test_where_nothing_nearer_is_named_the_dateline_answers() -> None:
    place = place_of("BISHKEK, April 8 (Agency) - Two men were shot dead.", "Two men were shot dead")
    assert place is not None
    assert place.place.name == "Bishkek"


def test_the_town_someone_came_from_is_not_where_it_happened() -> None:
    text = "A driver from Osh was killed when his lorry left the road near Naryn, Kyrgyzstan."
    place = place_of(text, "was killed")
    assert place is not None
    assert (place.place.name, place.place.precision) == ("Naryn", 2)


def test_a_report_without_a_town_falls_back_on_its_country() -> None:
    place = place_of("Kyrgyz and foreign doctors said four people died.", "four people died")
    assert place is not None
    assert (place.place.name, place.place.precision, place.place_text) == ("Kyrgyzstan", 6, None)


def test_a_report_that_names_nothing_has_no_place() -> None:
    assert place_of("Four people died.", "Four people died") is None


def test_a_quarter_is_named_with_its_city() -> None:
    text = "Chicago police said a man was shot in Rogers Park, on the city's North Side."
    place = place_of(text, "a man was shot")
    assert place is not None
    assert place.place.name == "Rogers Park, Chicago"


def test_the_country_of_a_report_is_the_one_its_places_lie_in() -> None:
    text = "Shots were heard in Osh. An American reporter in Jalal-Abad saw smoke."
    country = report_country(find_places(text), text)
    assert country is not None
    assert country.country_name == "Kyrgyzstan"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.integers(0, 220), st.integers(0, 220))
def test_any_span_of_any_text_is_answered(text: str, one: int, two: int) -> None:
    span = (min(one, two), max(one, two))
    place = event_place(span, find_places(text), sentences_of(text), text)
    assert place is None or place.place in place.places


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        # A country that opens the report holds its event, whoever and wherever else is named.
        ("URUGUAY. Gunmen held up a bank in Salto and fled towards Concordia, Argentina.", "Gunmen", "Salto", "UY"),
        ("CHILE. A parcel exploded at the Usis reading room.", "A parcel exploded", "Chile", "CL"),
        # Whose embassy, tourists or airline it was is not where it happened.
        ("Two hand grenades were thrown at the Danish Embassy in Amman.", "Two hand grenades", "Amman", "JO"),
        ("A Norwegian tourist and her guide were robbed near Arequipa.", "A Norwegian tourist", "Arequipa", "PE"),
        # A state that acts through its police or its rebels is at home.
        ("Rebels burned a bridge, the Ugandan army said.", "Rebels burned", "Uganda", "UG"),
        ("Militants of the ETA burned a cash machine.", "Militants", "Spain", "ES"),
        # The place beside the harm beats the city the news was told from.
        ("BRASILIA (BRAZIL), 4 MAR 91 (EFE) -- THE MINISTRY DEPLORED THE MURDER OF TWO NUNS IN EL SALVADOR.",
         "TWO NUNS", "El Salvador", "SV"),
        # Where the hurt are cared for, judged about or known from is not where it happened.
        ("BISHKEK, May 2 - Kyrgyz officials said 30 people were hurt; some are being treated in Turkey and Italy.",
         "30 people", "Bishkek", "KG"),
        ("LIMA, May 2 - Divers found nine bodies. A court in Callao sentenced the captain.", "nine bodies",
         "Lima", "PE"),
        # A land's adjective names no town, and those who came from abroad move it nowhere.
        ("ERFURT, May 2 - Six Germans were hurt in the Thuringian city. Guests from Spain were there.",
         "Six", "Erfurt", "DE"),
        # "The capital" is that of the land whose capital the report is filed from.
        ("BISHKEK, May 2 - Clashes in Kyrgyzstan killed nine. Wards in the capital were full. Russia sent doctors.",
         "Wards", "Bishkek", "KG"),
        # Former names, and names in the spelling of the day.
        ("A grenade was thrown at a cinema in Saigon.", "A grenade", "Saigon", "VN"),
        ("A sniper fired at a patrol in Londonderry.", "A sniper fired", "Londonderry", "GB"),
        ("Masked youths burned a lorry in Oyarzun, Spain.", "Masked youths", "Oyarzun", "ES"),
        # Names too weak to be places of the report still hint at its country.
        ("A bomb was found in a locker of the Central University of Venezuela.", "A bomb", "Venezuela", "VE"),
    ],
)  # fmt: skip
def test_the_country_of_an_event_is_where_it_happened(text: str, words: str, name: str, country: str) -> None:
    place = place_of(text, words)
    assert place is not None
    assert place.place.country_code == country
    assert {place.place.name, place.place_text} & {name}


def test_a_foreigner_alone_says_nothing_of_where() -> None:
    assert place_of("A Swedish engineer was abducted by armed men and freed a day later.", "A Swedish engineer") is None


def test_a_quarter_with_another_states_name_belongs_to_the_city_the_report_is_from() -> None:
    text = "(Cincinnati, OH) -- A man was shot in Westwood. Cincinnati police are looking for two suspects."
    place = place_of(text, "A man was shot")
    assert place is not None
    assert place.place.adm1_code == "US-OH"
    assert "Cincinnati" in place.place.name


def test_an_unknown_village_takes_the_district_behind_it() -> None:
    place = place_of("Gunmen abducted a man from Zzadrang, Pulwama, at night.", "Gunmen abducted")
    assert place is not None
    assert place.place.country_code == "IN"


def test_a_surname_that_is_also_a_town_is_nobodys_place() -> None:
    text = "Houston police named the victim as Ana Cantu. Cantu was found dead near a gas station in Houston."
    place = place_of(text, "was found dead")
    assert place is not None
    assert place.place.name == "Houston"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Militants fired three rockets from the Gaza Strip toward the Negev, hurting a farmer.", "hurting", "Negev"),
        ("Gunmen in Lebanon launched a missile into Galilee and one man was killed.", "one man was killed", "Galilee"),
        ("Two shells landed in the Green Zone and killed a cook.", "killed a cook", "Green Zone"),
        ("A trader was stabbed to death in the old market of Miranshah.", "was stabbed", "Miranshah"),
        ("A pipe bomb at the Brookfield Mill Hall in north Belfast hurt two boys.", "hurt two boys", "Belfast"),
    ],
)
def test_the_place_hit_is_where_it_happened(text: str, words: str, name: str) -> None:
    place = place_of(text, words)
    assert place is not None
    assert place.place.name == name


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A car bomb went off outside the office of the Ertzaintza; nobody was hurt.", "ES"),
        ("Members of the Abu Sayyaf beheaded two fishermen.", "PH"),
        ("A driver who hauled fuel for the U.S. military was shot near Tikrit.", "IQ"),
        ("GREECE. Bombs wrecked a Chase Manhattan branch in Athens.", "GR"),
        ("A grenade killed a guard on November 17 in Kushtia.", "BD"),
    ],
)
def test_names_that_belong_to_one_country_speak_for_it(text: str, country: str) -> None:
    place = report_country(find_places(text), text)
    assert place is not None
    assert place.country_code == country


def test_a_name_that_only_speaks_for_a_country_puts_the_event_nowhere_finer() -> None:
    place = place_of("Members of the Abu Sayyaf beheaded two fishermen.", "two fishermen")
    assert place is not None
    assert (place.place.country_code, place.place.precision, place.place_text) == ("PH", 6, None)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        # Whose officers came tells the county; where they were called to is the town.
        ("A man was shot in Kenly, N.C. Wilson County deputies found him behind a bar.", "found him", "Kenly"),
        # Who was hurt is from one town, and it happened in another.
        ("A Macon man was shot outside a shop in Dublin, Georgia, police said.", "was shot", "Dublin"),
        # Where the culprit was caught is not where it happened.
        (
            "TOLEDO, Ohio - Two women were stabbed at home. A suspect was arrested in Gary, Indiana.",
            "stabbed",
            "Toledo",
        ),
        # A river is not the town that bears its name.
        ("WAYNE COUNTY, Mo. - A body was found in the Black River on Friday.", "A body", "Wayne County"),
        # What a scraped page glues together.
        ("Trooper shoots woman | WBFFRISING SUN, Md. - A woman was shot overnight.", "A woman", "Rising Sun"),
        (
            "Man accused of firing at DeputiesRichland County deputies say a man fired at them.",
            "say",
            "Richland County",
        ),
        # A headline names the town by whose people it is about.
        ("Augusta man shot while fleeing. Deputies came to the hospital, where he was treated.", "shot", "Augusta"),
    ],
)
def test_local_news_is_placed_in_its_town(text: str, words: str, name: str) -> None:
    place = place_of(text, words)
    assert place is not None
    assert place.place.name == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        # The province that the figure's own sentence names beats the dateline and the towns told of later.
        ("PESHAWAR, July 3 - Floods killed 90 people in Khyber Pakhtunkhwa. Roads were cut in Swat.", "killed 90",
         "Khyber Pakhtunkhwa"),
        # A town before a person's calling says where that person is from.
        ("NARYN, Kyrgyzstan, May 2 - A bus crashed near Naryn. A Bishkek campaigner said four had died.", "four",
         "Naryn"),
        # The seat of a body is not where it happened, nor is the far end of another island.
        ("GENEVA, May 2 - The UN voiced concern about returns to southern Kyrgyzstan. It said 900 fled.", "900",
         "Kyrgyzstan"),
        ("PADANG, Indonesia, May 2 - On Java, an eruption claimed 34 lives.", "34 lives", "Java"),
        # The city a report is filed from stands where nobody tells of a finer place.
        ("PORT-AU-PRINCE, May 2 - An outbreak in rural Haiti has killed 12 people.", "12 people", "Haiti"),
        # A part of a region is in it, and who holds that part says in which country.
        ("QUETTA, May 2 - Nine died in the part of Kashmir that Pakistan administers, two in Punjab.", "Nine",
         "Azad Kashmir"),
        ("BISHKEK, May 2 - Three men were shot. Russia sent doctors.", "Three men", "Bishkek"),
    ],
)  # fmt: skip
def test_the_reporters_place_gives_way_to_the_events(text: str, words: str, name: str) -> None:
    place = place_of(text, words)
    assert place is not None
    assert place.place.name == name


@pytest.mark.parametrize(
    ("text", "told", "country"),
    [
        ("Fighters fired two rockets on Lebanese territory. No one was hurt.", "No one was hurt", "LB"),
        (
            "Fighters fired a rocket on Israel and hurt one man. Rocket fire has grown since the withdrawal from Gaza.",
            "hurt one man",
            "IL",
        ),
        ("PEOPLE'S REPUBLIC OF CHINA. A parcel bomb hurt two clerks in an office.", "hurt two clerks", "CN"),
        ("Members of the Kurdistan Workers' Party shot two officers dead on patrol.", "shot two officers", "TR"),
        ("Two teachers were hurt in the Seyora district of Zabol Province.", "Two teachers were hurt", "AF"),
        ("Gunmen killed four in the Nawa district of Kandahar Province.", "killed four", "AF"),
        ("A bus with workers for US and Iraqi military forces was shot at; two died.", "two died", "IQ"),
    ],
)
def test_lands_are_told_by_soil_owner_and_province(text: str, told: str, country: str) -> None:
    place = place_of(text, told)
    assert place is not None
    assert place.place.country_code == country


def test_a_word_that_opens_a_sentence_is_no_town() -> None:
    assert place_of("One man lost a hand when a parcel exploded.", "One man") is None


WIRE_FROM_ABROAD = """HAVANA (CUBA), 4 MAR 88 (DOMESTIC SERVICE) -- [TEXT] TEACHERS AND PUPILS HAVE
CONDEMNED THE MURDER OF FOUR PERUVIAN STUDENTS BY THE PERUVIAN POLICE.  IN A
COMMUNIQUE ISSUED IN HAVANA, THE TEACHERS SAY THAT THE FOUR STUDENTS WERE SHOT
BY POLICEMEN OF PERU."""


def test_a_dateline_with_its_country_in_brackets_is_where_the_words_were_spoken() -> None:
    for words in ("THE MURDER OF FOUR PERUVIAN STUDENTS", "THE FOUR STUDENTS WERE SHOT"):
        place = place_of(WIRE_FROM_ABROAD, words)
        assert place is not None
        assert place.place.country_code == "PE"


def test_a_dateline_with_its_country_in_brackets_still_answers_for_what_happened_there() -> None:
    text = "KINGSTON (JAMAICA), 4 MAR 88 (CANA) -- [TEXT] TWO MEN WERE SHOT DEAD IN A MARKET IN KINGSTON TODAY."
    place = place_of(text, "TWO MEN WERE SHOT DEAD")
    assert place is not None
    assert place.place.name == "Kingston"


def test_the_city_of_talks_abroad_is_not_where_people_died() -> None:
    text = (
        "SAN SALVADOR, 2 FEB 88 (EFE) -- [TEXT] THE SALVADORAN REBELS WILL NOT ATTEND THE ROUND OF TALKS SET FOR "
        "MONDAY IN CARACAS, VENEZUELA, AFTER THE KILLING OF NINE UNION MEMBERS. "
        "THE SALVADORAN PRESIDENT REPEATED THAT HIS GOVERNMENT IS READY FOR THE TALKS IN EL SALVADOR OR ELSEWHERE."
    )
    place = place_of(text, "NINE UNION MEMBERS")
    assert place is not None
    assert place.place.country_code == "SV"


def test_a_surname_at_the_start_of_a_line_in_capitals_is_no_dateline() -> None:
    text = (
        "LA PAZ, 25 MAY 88 (EFE) -- [TEXT] THE POLICE SAID THAT THE TEACHERS WERE ALAN\n"
        "BALL -- WHO WAS FORTY -- AND A COLLEAGUE.  BOTH WERE SHOT DEAD BY STRANGERS ON FRIDAY."
    )
    place = place_of(text, "BOTH WERE SHOT DEAD")
    assert place is not None
    assert place.place.name == "La Paz"


@pytest.mark.parametrize(
    ("where", "country"),
    [
        ("IN COLONIA ESCALON OF THE SALVADORAN CAPITAL", "SV"),
        ("IN THE SAN MIGUELITO NEIGHBORHOOD, NORTH OF THE CAPITAL", "SV"),
        ("NEAR THE STUDIOS OF RADIO HAVANA", "SV"),
        ("AT THE U.S. EMBASSY", "SV"),
        ("IN A HAMLET IN SOUTHEASTERN GUATEMALA", "GT"),
    ],
)
def test_quarters_stations_and_embassies_bear_names_of_places_elsewhere(where: str, country: str) -> None:
    text = (
        "SAN SALVADOR, 7 MAY 88 (CADENA) -- [TEXT] THE SALVADORAN POLICE REPORT THAT A GUARD WAS SHOT "
        f"DEAD {where} LAST NIGHT.  THE SALVADORAN GOVERNMENT HAS NOT COMMENTED."
    )
    place = place_of(text, "A GUARD WAS SHOT")
    assert place is not None
    assert place.place.country_code == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A teacher was shot dead near Cajamarca (Quindio Department) by men on foot.", "CO"),
        ("A teacher was shot dead in Santa Rosalia (Santander Department), on the Nacional road.", "CO"),
        ("Two men were shot dead at a depot near the Syrian border that feeds Iraq's refineries.", "IQ"),
        ("The rebels of the Communist Party of Nepal-Maoists (CPN-M) shot a guard dead in the Bara district.", "NP"),
        ("A guard was shot dead near the settlement of Beqa'ot in the Jordan Valley.", "PS"),
        ("A passer-by was shot dead outside an office of the Furnas power plants.", "BR"),
        ("Two Uygurs were shot dead by the police.", "CN"),
        ("Taliban gunmen shot a clerk dead on the road towards Ghanzi province, the Afghan government said.", "AF"),
    ],
)
def test_regions_in_asides_borders_and_bodies_tell_the_country(text: str, country: str) -> None:
    place = place_of(text, "shot")
    assert place is not None
    assert place.place.country_code == country


def test_makes_of_cars_are_no_places_and_british_forces_speak_for_their_country() -> None:
    text = "Humberside Police said two people, who were in the Audi, died. A Volvo and an HGV were also hit."
    place = place_of(text, "two people")
    assert place is not None
    assert (place.place.name, place.place.country_code) == ("United Kingdom", "GB")
