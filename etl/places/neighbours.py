"""What two names of places side by side are to each other: one in the other, a list, or one name that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.places.hits import Hit, Scan, holds

Roles = Mapping[str, frozenset[str]]
"""The words of ``data/gazetteer/context_words.csv`` by what they say of the name beside them."""
LARGEST_STRANGER = 300_000
"""Below it two places side by side may be parts of a name that the gazetteer lacks."""
LARGEST_UNLISTED = 100_000
"""A larger city is known to readers whatever country stands behind it in a list."""
STATES_TOLD = frozenset({"US"})
"""Where news prints the state behind a town's name, so that a namesake of another state is not meant."""


def one_name(found: Scan, previous: Hit, hit: Hit) -> bool:
    """True for two small places side by side, neither in the other: "Brookfield Mill" is the name of neither."""
    return (
        found.text[previous.end : hit.start] == " "
        and not found.tokens[previous.first].caps
        and hit.within is not previous
        and previous.within is not hit
        and _small(previous)
        and _small(hit)
        and {c.country for c in previous.candidates}.isdisjoint(c.country for c in hit.candidates)
    )


def _small(hit: Hit) -> bool:
    return bool(hit.candidates) and all(
        c.kind in ("city", "adm2") and c.population < LARGEST_STRANGER for c in hit.candidates if c.grade < 2
    )


def unlisted_in(found: Scan, inner: Hit, outer: Hit, roles: Roles) -> bool:
    """True for "Nariman, Kyrgyzstan" where the gazetteer has small places of that name in other countries only.

    So for "Nariman village in Osh province", where the outer name is known as a region alone, for "Nawa district of
    Osh province" whatever bears that name elsewhere, and for a town of an American state whose namesakes lie in
    others: "Millersville, Md.".
    """
    gap = found.text[inner.end : outer.start]
    if not inner.candidates or len(gap) > 24:
        return False
    small = all(c.kind == "city" and c.population < LARGEST_UNLISTED for c in inner.candidates)
    states = {c.adm1 for c in outer.candidates if c.kind == "adm1" and c.country in STATES_TOLD}
    if small and gap == ", " and states and all(c.kind == "adm1" for c in outer.candidates):
        return not any(c.adm1 in states for c in inner.candidates)
    countries = {c.country for c in outer.candidates if c.kind == "country"}
    if gap.strip() != ",":
        words = gap.lower().split()
        kinds = roles["linking"] | roles["town_word"] | roles["district_word"]
        if not {"in", "of"} & set(words) or not set(words) <= kinds:
            return False
        countries = _called_a_region(outer, roles)
        small = small or (inner.hint == "adm2" and outer.hint == "adm1")
    return small and bool(countries) and not any(c.country in countries for c in inner.candidates)


def countries_of_aside(found: Scan, inner: Hit, outer: Hit, roles: Roles) -> set[str]:
    """Countries of the region that an aside names, "Cordoba (Sucre Department)"; empty where there is no such aside."""
    return _called_a_region(outer, roles) if found.text[inner.end : outer.start] == " (" else set()


def _called_a_region(hit: Hit, roles: Roles) -> set[str]:
    """Countries of the regions that HIT may mean, where the words say that it is a region."""
    called = hit.hint in ("adm1", "adm2") or hit.folded.rpartition(" ")[2] in roles["region_word"]
    return {c.country for c in hit.candidates if called and c.kind != "city"}


def is_quarter_of(found: Scan, quarter: Hit, town: Hit) -> bool:
    """True for the first of "Quarter, Town, Region, Country" where no place of its name lies in the region."""
    region = town.within
    if found.text[quarter.end : town.start] != ", " or region is None or region.within is None:
        return False
    lands = {c.country for c in region.within.candidates if c.kind == "country"}
    regions = {c.adm1 for c in region.candidates if c.kind == "adm1" and c.country in lands}
    known = any(c.kind not in ("city", "adm2") for c in quarter.candidates if c.country in lands)
    return not known and bool(regions) and not any(c.adm1 in regions for c in quarter.candidates)


def lists(found: Scan, previous: Hit, hit: Hit) -> bool:
    """True for the later names of a list: "in Osh, Tokmok and Naryn"."""
    gap = found.text[previous.end : hit.start]
    return len(gap) < 12 and " ".join(gap.split()).strip() in (",", "and", ", and", "or", "/", "as well as")


def surrounds(found: Scan, outer: Hit, inner: Hit) -> bool:
    """True for "Outer, near Inner" and "Outer's Inner"."""
    gap = " ".join(found.text[outer.end : inner.start].split())
    if not re.fullmatch(r"(?:['’]s|Õs|, (?:near|outside|(?:north|south|east|west)\w* of))", gap):
        return False
    return any(holds(out, into) for out in outer.candidates for into in inner.candidates)


def contains(found: Scan, inner: Hit, outer: Hit, roles: Roles) -> bool:
    """True for "Inner, Outer", "Inner (Outer)" and "Inner in Outer" where some Outer holds some Inner."""
    gap = found.text[inner.end : outer.start]
    if len(gap) > 24:
        return False
    if gap == " " and not found.tokens[inner.first].caps:
        # "in Farah Afghanistan"
        lands = [c for c in outer.candidates if c.kind == "country"]
        return any(holds(out, into) and into.kind != "country" for out in lands for into in inner.candidates)
    words = gap.lower().strip(" ,()\n").split()
    if (
        any(mark in gap for mark in ".;:")
        or not ("," in gap or "(" in gap or "in" in words)
        or not set(words) <= roles["linking"]
    ):
        return False
    return any(holds(out, into) for out in outer.candidates for into in inner.candidates)
