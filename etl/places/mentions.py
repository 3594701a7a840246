"""The places a text names, in order, each settled to one place of the gazetteer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from etl.places.gazetteer import Gazetteer, Place, gazetteer
from etl.places.hits import Scan
from etl.places.lands import territories, told_of_as_past
from etl.places.names import fold_word
from etl.places.newsrooms import home_of
from etl.places.resolution import Settled, as_name, place_of, settle, weak_votes
from etl.places.scanning import scan
from etl.places.votes import ROLE_VOTE, Tally, Votes, leader, standing, word_votes

BEARING = re.compile(r"(?:north|south|east|west)\sof\s$", re.IGNORECASE)
"""What lies north of the capital does not lie in it."""
LONGEST_STRETCH = 100_000
"""Characters of a text whose names are settled together; no report is so long (measured)."""
ANCHOR_REACH = 160
"""Characters within which a named place is taken to be near one the gazetteer lacks."""
NAMED_AFTER = 12
"""Characters after "the capital" within which a name is taken to be the capital's own."""
LEAST_CAPITAL_VOTES = 1.0
LEAST_LEAD = 4.0
LEAD_OF_ONE = 10.0
MOST_BY_LETTERS = 1.5
"""Lead of the country that a report's names sound of from which it says anything, that of one vote, and most votes."""
LEAST_UNLISTED = 1.5
"""Strength from which a name behind a preposition is a place that the gazetteer lacks."""
ELSEWHERE = frozenset({"from", "for", "via"})
FROM_THERE = 0.6
"""What the vote of a place is worth that somebody or something came from or was bound for."""
CAPITAL = re.compile(
    r"\b(?:the|its|their|THE|ITS)\s(?:(?P<adjective>[A-Z][A-Za-z]{2,20})\s)?(?P<capital>capital|CAPITAL)\b"
    r"(?!\s(?:of|OF|punishment|murder|city of|district|region)\b)"
)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text: ``text[start:end] == text_of_mention``.

    ``role`` is ``place``; ``dateline``; ``leading`` (a country that opens the text); ``within`` (the region or country
    after "Mobile, "); ``facility`` and ``organisation`` (the name belongs to an airport, a force, a newspaper);
    ``abroad`` (a country whose embassy, airline or tourists it is).
    ``located`` is true where a preposition says that something is there, ``near`` where it says near or outside;
    ``preposition`` is the one before the name, folded. A ``capital`` is named only as that: "the Iraqi capital".
    """

    start: int
    end: int
    text: str
    place: Place
    role: str = "place"
    located: bool = False
    near: bool = False
    preposition: str = ""


def find_places(text: str, dateline_place: str | None = None) -> list[PlaceMention]:
    """Places that TEXT names, in text order, spans in characters; names of people and organisations left out.

    ``dateline_place`` is the place of the dateline where it is known; it helps to settle namesakes.
    """
    if len(text) <= LONGEST_STRETCH:
        return list(_read(text, dateline_place)[0])
    found: list[PlaceMention] = []
    for start, end in _stretches(text):
        told = _read(text[start:end], dateline_place)[0]
        found.extend(replace(mention, start=start + mention.start, end=start + mention.end) for mention in told)
    return found


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """TEXT in stretches that end with a paragraph, a line or a word, so that little of a book is read at a time.

    Each settles its names by itself, as the reports that such a text puts together would.
    """
    start = 0
    while start < len(text):
        end = min(len(text), start + LONGEST_STRETCH)
        if end < len(text):
            breaks = (text.rfind(sign, start + LONGEST_STRETCH // 2, end) for sign in ("\n\n", "\n", " "))
            end = next((at + 1 for at in breaks if at >= 0), end)
        yield start, end
        start = end


def _opening(text: str) -> str:
    """The first stretch of TEXT, by which a long one says what country it is about."""
    return text if len(text) <= LONGEST_STRETCH else text[: next(_stretches(text))[1]]


@lru_cache(maxsize=8)
def _read(text: str, dateline_place: str | None) -> tuple[tuple[PlaceMention, ...], Votes]:
    places = gazetteer()
    found = _scanned(text).copied()  # settling writes into the hits
    settled = sorted(settle(found, places, dateline_place), key=lambda item: item.hit.start)
    mentions = [
        PlaceMention(
            start=item.hit.start,
            end=item.hit.end,
            text=text[item.hit.start : item.hit.end],
            place=place_of(item, text, places),
            role=_role(item, text),
            located=item.hit.located,
            near=item.hit.near,
            preposition=item.hit.preposition,
        )
        for item in settled
    ]
    words = word_votes(found, places.roles)
    mentions += _unlisted(found, mentions, words, places)
    mentions += _capitals(found, mentions, words, places)
    mentions += (
        PlaceMention(start, end, text[start:end], land, located=True, preposition=preposition)
        for start, end, preposition, code in territories(found, places)
        if (land := places.country(code)) is not None
    )
    return tuple(sorted(mentions, key=lambda mention: mention.start)), words


def _role(item: Settled, text: str) -> str:
    hit = item.hit
    land = hit.role == "place" and item.best.kind in ("country", "region", "former country")
    if land and told_of_as_past(text, hit.start):
        return "abroad"
    return "within" if hit.holds and hit.role == "place" else hit.role


def _unlisted(found: Scan, mentions: list[PlaceMention], words: Votes, places: Gazetteer) -> list[PlaceMention]:
    """Names of places the gazetteer lacks, put where the nearest named place is, with no finer a precision than 2."""
    taken = {(mention.start, mention.end) for mention in mentions}
    anchors = [
        mention
        for mention in mentions
        if mention.place.latitude is not None and mention.role != "organisation" and mention.preposition != "from"
    ]
    city = _home_city(mentions) or home_of(found.text)
    starts = [mention.start for mention in anchors]
    home = leader(country_votes(mentions, words.countries.tally))
    listed = []
    for hit in found.hits:
        filed = hit.role == "dateline" and not hit.candidates
        known = filed or hit.role == "unlisted" or (hit.located and hit.strength >= LEAST_UNLISTED)
        if (hit.start, hit.end) in taken or not known:
            continue
        if hit.role != "unlisted" and hit.first == hit.last and hit.folded in places.english_words:
            continue
        at = bisect_left(starts, hit.start)
        beside = [
            (min(abs(m.start - hit.end), abs(hit.start - m.end)), m.place) for m in anchors[max(0, at - 1) : at + 1]
        ]
        distance, around = min(beside, key=lambda pair: pair[0], default=(0, None))
        if around is None or distance > ANCHOR_REACH or around.kind == "sea":
            around = city or places.country(home[0])
        around = _its_county(around, mentions) or around
        listed.append(
            PlaceMention(
                start=hit.start,
                end=hit.end,
                text=found.text[hit.start : hit.end],
                place=_placed_near(as_name(found.text[hit.start : hit.end]), around),
                role="dateline" if filed else "place",
                located=not filed,
                near=hit.near,
                preposition=hit.preposition,
            )
        )
    return listed


def _its_county(state: Place | None, mentions: list[PlaceMention]) -> Place | None:
    """The one county of an American STATE that the report names, be it by its sheriff; it is nearer than the state."""
    if state is None or state.kind != "adm1" or state.country_code != "US":
        return None
    counties = {m.place for m in mentions if m.place.kind == "adm2" and m.place.adm1_code == state.adm1_code}
    return counties.pop() if len(counties) == 1 else None


def _home_city(mentions: list[PlaceMention]) -> Place | None:
    """The American city a local report is from: that of its dateline, else the one it names most."""
    cities = [m.place for m in mentions if m.place.kind == "city" and m.place.country_code == "US"]
    filed = next((m.place for m in mentions if m.role == "dateline" and m.place in cities), None)
    named = Counter(place.geoname_id for place in cities)
    return filed or max(cities, key=lambda place: named[place.geoname_id], default=None)


def _placed_near(name: str, around: Place | None) -> Place:
    if around is None:
        return Place(name=name, kind="unlisted", precision=5)
    return replace(
        around,
        name=name,
        kind="unlisted",
        precision=max(2, around.precision),
        geoname_id=None,
        population=0,
        alternatives=(),
    )


def _capitals(found: Scan, mentions: list[PlaceMention], words: Votes, places: Gazetteer) -> Iterator[PlaceMention]:
    """Places named only as "the capital" or "the Iraqi capital": the capital of the country meant."""
    home = _filed_from_capital(mentions, places) or leader(country_votes(mentions, words.countries.tally))
    sure = home[1] >= LEAST_CAPITAL_VOTES
    starts = sorted(mention.start for mention in mentions)
    for match in CAPITAL.finditer(found.text):
        adjective = places.evidence.get(fold_word(match["adjective"] or ""))
        codes = adjective.countries if adjective else (home[0],) if sure and not match["adjective"] else ()
        following = bisect_left(starts, match.end())
        if not codes or (following < len(starts) and starts[following] - match.end() <= NAMED_AFTER):
            continue
        place = places.capital(codes[0])
        if place is None or found.text.endswith(f"{place.name}, ", 0, match.start()):
            continue
        start = match.start("capital")
        there = BEARING.search(found.text, max(0, match.start() - 12), match.start()) is None
        yield PlaceMention(start, match.end(), found.text[start : match.end()], place, "capital", located=there)


def _filed_from_capital(mentions: list[PlaceMention], places: Gazetteer) -> tuple[str, float] | None:
    """The country whose capital the report is filed from, where it names that country too: its capital is meant."""
    for filed in (mention.place for mention in mentions if mention.role == "dateline"):
        code = filed.country_code
        seat = places.capital(code) if code else None
        if code is None or seat is None or seat.geoname_id != filed.geoname_id:
            continue
        if any(m.place.country_code == code and m.role not in ("dateline", "abroad") for m in mentions):
            return code, LEAST_CAPITAL_VOTES
    return None


def country_votes(mentions: Iterable[PlaceMention], words: Mapping[str, float]) -> Tally:
    """How strongly places and weaker words speak for each country of a report, by country code."""
    votes = Tally(float, words)
    seen: Counter[tuple[str, str | None]] = Counter()
    for mention in mentions:
        place = mention.place
        if not place.country_code or mention.role == "capital" or place.kind == "unlisted":
            continue
        seen[place.name, place.country_code] += 1
        vote = ROLE_VOTE.get(mention.role, 1.0) * standing(mention.located, mention.role, place.kind)
        vote *= FROM_THERE if mention.preposition in ELSEWHERE else 1.0
        votes[place.country_code] += vote / seen[place.name, place.country_code]
    return votes


@lru_cache(maxsize=8)
def words_for_countries(text: str) -> Mapping[str, float]:
    """Weak votes of the nationality words and organisations in TEXT, by country code."""
    return word_votes(_scanned(_opening(text)), gazetteer().roles).countries.tally


@lru_cache(maxsize=8)
def names_for_countries(text: str) -> Mapping[str, float]:
    """Votes of names too weak to be places of TEXT, by country code; for reports that name no country otherwise."""
    found = _scanned(_opening(text))
    votes = weak_votes(found)
    code, lead = found.letters
    if lead >= LEAST_LEAD:
        votes[code] += min(MOST_BY_LETTERS, lead / LEAD_OF_ONE)
    return votes


@lru_cache(maxsize=8)
def _scanned(text: str) -> Scan:
    return scan(text, gazetteer())
