"""Places as registers of violence print them: chains from the quarter to the country, bodies, lands without a comma."""

from __future__ import annotations

import pytest

from tests.places.test_where import place_of


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        # The quarter's namesakes lie in other regions: its town stands behind it.
        ("A cook was shot in Santo Antonio, Cacoal, Rondonia, Brazil.", "was shot", "Cacoal", "BR"),
        ("A cook was shot in Cacoal, Rondonia, Brazil.", "was shot", "Cacoal", "BR"),
        # Two small namesakes side by side before a word for a kind of place are one name.
        ("Two clerks were hurt in Pusht Rod district, Farah, Afghanistan.", "were hurt", "Pusht Rod", "AF"),
        ("Two clerks were hurt in Farah Afghanistan.", "were hurt", "Farah", "AF"),
        # Bodies that bear a town's name, and that only sound like one.
        ("A bomb near the University of Peshawar killed a cook.", "killed a cook", "Peshawar", "PK"),
        ("A cook was found dead in Colonia Los Pinos, Tijuana.", "found dead", "Tijuana", "MX"),
        # Who somebody is says little of where.
        ("Two cooks were stabbed by an Eritrean asylum seeker while visiting Leipzig.", "stabbed", "Leipzig", "DE"),
        ("A clerk of the Libyan National Army was killed.", "was killed", "Libya", "LY"),
    ],
)
def test_an_entrys_place_is_read(text: str, words: str, name: str, country: str) -> None:
    place = place_of(text, words)
    assert place is not None
    assert (place.place.name, place.place.country_code) == (name, country)


def test_a_country_beside_another_lies_in_none() -> None:
    place = place_of("A clerk was killed in Iran. Iraq denied it.", "was killed")
    assert place is not None
    assert place.place.country_code == "IR"
