"""The gazetteer: joined sources, codes and curated additions."""

from __future__ import annotations

import re

import pytest

from etl.places.gazetteer import gazetteer
from etl.places.names import fold, sound
from etl.places.outlines import outline_ids


@pytest.mark.parametrize(
    ("code", "name"),
    [("RU", "Russia"), ("IR", "Iran"), ("SY", "Syria"), ("TR", "Turkey"), ("US", "United States"), ("CZ", "Czechia")],
)
def test_countries_bear_the_short_names_readers_expect(code: str, name: str) -> None:
    country = gazetteer().country(code)
    assert country is not None
    assert country.name == name


def test_a_place_filed_under_another_name_is_found_by_its_own() -> None:
    jalal_abad = [c for c in gazetteer().candidates(fold("Jalal-Abad")) if c.kind == "city"]
    assert [gazetteer().place(c.row).geoname_id for c in jalal_abad] == [1528249]
    assert gazetteer().place(jalal_abad[0].row).name == "Jalal-Abad"


def test_historical_names_lead_to_the_place_of_today() -> None:
    for old, new in (("Frunze", "Bishkek"), ("Leningrad", "Saint Petersburg"), ("Saigon", "Ho Chi Minh City")):
        assert new in {gazetteer().place(c.row).name for c in gazetteer().candidates(fold(old))}


def test_every_region_is_coded_and_the_kyrgyz_ones_can_be_drawn() -> None:
    codes = {f"KG-{part}" for part in ("B", "C", "GB", "GO", "J", "N", "O", "T", "Y")}
    for code in codes:
        region = gazetteer().region(code)
        assert region is not None
        assert region.country_code == "KG"
    assert codes <= set(outline_ids())


def test_region_codes_are_iso_or_marked_as_geonames_own() -> None:
    for code in outline_ids():
        assert re.fullmatch(r"[A-Z]{2}(?:-[A-Z0-9]{1,3}|\.[A-Za-z0-9]+)", code)


def test_every_large_country_has_its_capital() -> None:
    names = {code: place.name for code in ("KG", "IQ", "CO", "US") if (place := gazetteer().capital(code))}
    assert names == {"KG": "Bishkek", "IQ": "Baghdad", "CO": "Bogotá", "US": "Washington"}


def test_spellings_of_one_foreign_name_sound_alike() -> None:
    assert sound(fold("Hawija")) == sound(fold("Al Ḩawījah"))
    assert sound(fold("Urozgan")) == sound(fold("Uruzgan"))
    assert sound(fold("Osh")) != sound(fold("Naryn"))
