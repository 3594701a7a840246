"""Quarters of cities: "Rogers Park, Chicago", told apart from the towns of other states that bear their names."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from etl.places.gazetteer import Place
from etl.places.mentions import PlaceMention
from etl.places.newsrooms import home_of

QUARTER = re.compile(r"\b(?:neighbou?rhood|section|quarter|district|area|part|suburb|side)\b", re.IGNORECASE)
QUARTER_KM = 30.0
CLOSE_KM = 10.0
"""Nearer than this to the middle of a much larger city that the report names, a place is a part of it."""
LEAST_CITY = 100_000
MOST_IN_QUARTER = 400_000
KM_PER_DEGREE = 111.2
SPRAWLING = 1_000_000
SPRAWL_KM = 45.0
"""People of a city, and kilometres from its middle, in which its own police may act."""
_QUARTER_OF = re.compile(
    r"\s(?:neighbou?rhood|section|quarter|district|area|part|side|community)\s(?:of|in)\s(?:the\s(?:city\sof\s)?)?"
)
_POINT_BEFORE = len("northwest ")
"""Characters of a point of the compass before the city's name."""
_HOLDS = re.compile(r"(?:['’]s?)\s(?:historic\s|bustling\s)?")
_NAME_BEFORE = re.compile(r"(?:\b(?:in|of|at|near|the)\s|['’]s?\s)((?:[A-Z][a-z]+(?:\s|-)){1,2})$")
_NAME_AFTER = re.compile(
    r"[ -](?:Park|Square|Heights|Terrace|Gardens|Hills|Village|Vista|Grove|Manor|Estates|Row|Union|Hill)\b"
)
POLICE = re.compile(r"\s(?:[Cc]ity\s)?(?:[Pp]olice|[Ff]irefighters|[Oo]fficers|[Dd]etectives|PD|POLICE)\b")


def policed_towns(mentions: Sequence[PlaceMention], text: str) -> list[Place]:
    """The American towns among MENTIONS whose own police, or firefighters, TEXT tells of, in its order."""
    towns = (m.place for m in mentions if m.place.country_code == "US" and POLICE.match(text, m.end))
    return list(dict.fromkeys(place for place in towns if place.kind == "city"))


def in_its_city(main: PlaceMention, place: Place, mentions: Sequence[PlaceMention], text: str) -> Place:
    """A quarter under its own name and its city's, "Rogers Park, Chicago", where the report names the city as well."""
    if place.precision > 2 or place.latitude is None or place.longitude is None or place.population > MOST_IN_QUARTER:
        return place
    named = [m for m in mentions if m.place.name == main.place.name]
    quarter = any(QUARTER.search(text, max(0, m.start - 24), m.end + 16) for m in named)
    police = policed_towns(mentions, text)
    own = place.country_code != "US" or any(town.name == main.place.name for town in police)
    if not own and main.role in ("place", "facility"):
        city = _said_to_hold(main, mentions, text) or _policing(main, place, police, mentions, text, quarter=quarter)
        if city is not None:
            return _within(printed_name(main, text), place, city)
    home = home_of(text)
    hosts = [
        host
        for host in (*(m.place for m in mentions if m.place.kind == "city"), *([] if own or home is None else [home]))
        if host.adm1_code == place.adm1_code
        and host.population >= _least(place)
        and host.geoname_id != place.geoname_id
        and host.name not in place.name
        and kilometres(place, host) <= (QUARTER_KM if quarter else CLOSE_KM)
    ]
    if not hosts:
        return place
    host = max(hosts, key=lambda city: city.population)
    return replace(place, name=f"{place.name}, {host.name}")


def _least(place: Place) -> int:
    """People of the smallest city of which PLACE may be a quarter."""
    return max(0 if place.kind == "unlisted" and place.country_code == "US" else LEAST_CITY, 8 * place.population)


def _said_to_hold(main: PlaceMention, mentions: Sequence[PlaceMention], text: str) -> Place | None:
    """The city of which the words say that the place is a quarter: "the Lincoln Heights section of Dover"."""
    name = printed_name(main, text)
    end = text.find(name, max(0, main.start - len(name)), main.end + len(name)) + len(name)
    behind = _QUARTER_OF.match(text, end)
    for mention in mentions:
        if mention.place.kind != "city" or mention.place.name == main.place.name:
            continue
        if behind is not None and behind.end() <= mention.start <= behind.end() + _POINT_BEFORE:
            return mention.place
        if mention.end < main.start and _HOLDS.fullmatch(text, mention.end, end - len(name)):
            return mention.place
    return None


def _policing(
    main: PlaceMention,
    place: Place,
    police: Sequence[Place],
    mentions: Sequence[PlaceMention],
    text: str,
    *,
    quarter: bool,
) -> Place | None:
    """The one city whose police act, or else whose paper tells it, where PLACE is its quarter or a namesake of one.

    "Chicago police were called to the Washington Heights neighborhood": not the quarter of New York. A town with its
    state behind it is where it is said to be, and so is one whose state the report names.
    """
    cities = [town for town in police if town.population >= LEAST_CITY]
    home = home_of(text)
    if not police and home is not None and home.adm1_code != place.adm1_code:
        cities = [home]
    if len(cities) != 1 or cities[0].name in place.name or not main.located:
        return None
    city = cities[0]
    away = kilometres(place, city)
    if place.adm1_code == city.adm1_code:
        near = away <= (SPRAWL_KM if city.population >= SPRAWLING else QUARTER_KM)
        is_part = near and city.population >= _least(place)
        return city if is_part or quarter or printed_name(main, text) != main.text else None
    elsewhere = any(m.place.kind == "adm1" and m.place.adm1_code == place.adm1_code for m in mentions)
    return None if elsewhere else city


def printed_name(main: PlaceMention, text: str) -> str:
    """The whole name of a quarter of which the gazetteer knows a part alone: "Vermont Vista", "Cypress Park"."""
    before = _NAME_BEFORE.search(text, max(0, main.start - 30), main.start)
    after = _NAME_AFTER.match(text, main.end)
    return text[before.start(1) if before else main.start : after.end() if after else main.end]


def _within(name: str, place: Place, city: Place) -> Place:
    """PLACE as a quarter NAME of CITY; where the city is, if the gazetteer knows it elsewhere only."""
    full = f"{name}, {city.name}"
    if kilometres(place, city) <= SPRAWL_KM:
        return replace(place, name=full)
    return replace(city, name=full, kind="unlisted", precision=2, geoname_id=None, population=0, alternatives=())


def kilometres(one: Place, other: Place) -> float:
    """Distance over the sphere, flattened: good to a per cent at the few tens of kilometres asked about."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return math.inf
    north = (float(one.latitude or 0) - float(other.latitude or 0)) * KM_PER_DEGREE
    east = (float(one.longitude or 0) - float(other.longitude or 0)) * KM_PER_DEGREE
    return math.hypot(north, east * math.cos(math.radians(float(one.latitude or 0))))
