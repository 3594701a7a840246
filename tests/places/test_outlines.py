"""Outlines: codes that charts join on, and geometry that a map can draw."""

from __future__ import annotations

import pytest
from shapely.geometry import shape

from etl.places.outlines import countries, outline, outline_ids, world


def test_kyrgyz_regions_join_by_their_iso_codes() -> None:
    ids = {feature["id"] for feature in outline("KG")["features"]}
    assert ids == {"KG-B", "KG-C", "KG-GB", "KG-J", "KG-N", "KG-O", "KG-T", "KG-Y"}


def test_a_region_without_an_outline_of_its_own_is_drawn_with_the_one_around_it() -> None:
    assert outline_ids()["KG-GO"] == "KG-O"
    osh = next(feature for feature in outline("KG")["features"] if feature["id"] == "KG-O")
    assert osh["properties"]["adm1_codes"] == ["KG-GO", "KG-O"]


@pytest.mark.parametrize("country", ["KG", "IQ", "US", "CO", "PS", "XK", "FR", "IN"])
def test_every_outline_named_for_a_region_is_in_its_country_file(country: str) -> None:
    ids = {feature["id"] for feature in outline(country)["features"]}
    assert {drawn for code, drawn in outline_ids().items() if code[:2] == country} <= ids


def test_neighbouring_regions_share_their_border_without_overlap() -> None:
    regions = [shape(feature["geometry"]) for feature in outline("KG")["features"]]
    assert all(region.is_valid for region in regions)
    overlap = sum(a.intersection(b).area for i, a in enumerate(regions) for b in regions[:i])
    assert overlap < 1e-3 * sum(region.area for region in regions)


def test_the_world_holds_every_country_with_regions_but_the_smallest() -> None:
    drawn = {feature["id"] for feature in world()["features"]}
    assert len(drawn) > 220
    assert {"KG", "IQ", "XK", "PS", "SS", "TW"} <= drawn
    assert len(set(countries()) - drawn) < 10


@pytest.mark.parametrize("code", ["XX", "../KG", "", "kg"])
def test_an_unknown_country_is_a_key_error(code: str) -> None:
    with pytest.raises(KeyError):
        outline(code)
