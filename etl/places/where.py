"""Where an event happened, of all the places its report names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from etl.places.filed import told_from_abroad
from etl.places.gazetteer import Place, gazetteer
from etl.places.mentions import PlaceMention, country_votes, names_for_countries, words_for_countries
from etl.places.names import fold
from etl.places.newsrooms import home_of
from etl.places.quarters import in_its_city, kilometres
from etl.places.resolution import label
from etl.places.votes import leader

SAME_SENTENCE = 3.0
SENTENCE_BEFORE = 2.4
SENTENCE_AFTER = 1.9
PER_SENTENCE = 0.35
DATELINE = 1.8
LOCATED = {1: 1.5, 2: 1.5, 3: 1.3, 4: 1.0, 5: 0.8, 6: 0.5, 7: 1.5}
"""What "in", "near" or "at" before the name adds, by precision."""
ATTRIBUTE = -1.5
"""A country without a preposition tells whose embassy, troops or president it was, not where."""
ELSEWHERE = -1.5
FILED_FROM = -1.0
"""What a place abroad loses besides that lies where the report was filed."""
GATHERED = -3.0
"""What a place abroad loses where people only met or spoke: "a round of talks in Caracas"."""
LEAST_FOREIGN = 3.0
"""Fit below which a place abroad is no better an answer than the country that a report of a news wire is about."""
CLOSE = 80
"""Characters between what is told and a place of its sentence that stands for itself, whatever the rest is about."""
LEAST_AT_HOME = 0.75
"""Share of the votes for a country that only words speak for, from which the dateline's country is meant."""
LEAST_VOTES = 0.3
"""Less is a diplomat or a tourist of some country, who was there from elsewhere."""
FINER_SLACK = 1.8
"""A town this much weaker than the region around it is still the better answer."""
FINENESS = {1: 1.4, 2: 1.4, 3: 1.2, 4: 0.9, 5: 0.3, 6: 0.0, 7: 0.6}
"""What a finer place is worth: the town in the sentence before beats the country in this one."""
ROLE = {"facility": -0.2, "organisation": -0.8, "within": -0.6, "leading": -0.5, "capital": -0.2, "abroad": -3.0}
MOVING = {"from": -1.2, "to": -1.5, "toward": -1.0, "towards": -1.0, "for": -1.2, "with": -1.5, "by": -1.5, "via": -1.0}
"""Where somebody came from or went is rarely where it happened."""
FIRED = re.compile(
    r"\b(?:fired?|firing|launch(?:ed|es|ing)?|lobb(?:ed|ing)|landed|(?:rockets?|missiles?|shells?) (?:hit|struck))\b",
    re.IGNORECASE,
)
FIRED_REACH = 110
"""Characters before a place in which words of firing say that it was fired from there, or at it."""
FIRED_FROM = -2.0
FIRED_AT = 1.0
RESIDENT = -1.2
AFTERWARDS = -1.6
"""What a place loses that tells where somebody is from, and one where the hurt or the culprits were brought."""
HOSPITAL = re.compile(
    r"(?:\s(?:and|[A-Z][\w'’.]{1,20})){0,3}\s(?:Hospitals?|Medical|Health|Healthcare|Clinic|Infirmary|Trauma)\b"
)
"""Behind a name in which an American hospital has it: the hurt are brought there, and many are named after others."""
MOST_TO_BE_BROUGHT = 2
TARGET = frozenset({"at", "on", "toward", "towards", "into"})
LIST_GAP = re.compile(r"\s*(?:,|and|or|&|,\s*and|as well as|then|,\s*then)\s*", re.IGNORECASE)
_POINT = r"(?:north|south)(?:[ -]?(?:east|west))?|east|west"
_CAPITALS = r"(?:NORTH|SOUTH)(?:[ -]?(?:EAST|WEST))?ERN\s|(?:EAST|WEST)ERN\s|CENTRAL\s"
PART_OF_COUNTRY = re.compile(
    rf"\b(?P<part>(?:{_POINT})ern\s|central\s|rural\s|{_CAPITALS})(?=[A-Z])|\bin\s(?P<alone>the\s(?:{_POINT}))(?=[\s,.;]+(?!of\s[A-Z]|[A-Z]))",
)
SPREAD = re.compile(
    r"\b(?:spread|spreading|moved|extended|reached|followed|other (?:parts|regions|towns|cities))\b", re.IGNORECASE
)
ANOTHERS = re.compile(
    r"\b(?:court|tribunal|judge|jury|(?:of|from)\s(?:[A-Z][\w'-]{1,20}\s){1,4}(?:School|University|College|Academy))\sin\s$"
)
"""A court sits elsewhere than where that happened of which it judges, and a school tells where its pupils are from."""
ANOTHERS_REACH = 90
MOST_SENTENCES_AWAY = 12
LOCAL_DATELINE = 1.6
REPEATED = 0.4
MOST_REPEATS = 4
REACH_OF_REGION = 500.0
"""Kilometres from the middle of a region without a border in which a place is taken to lie in it."""


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where an event happened: the main place, its words as printed, and every place the words coordinate with it."""

    place: Place
    place_text: str | None
    places: tuple[Place, ...]
    alternatives: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all the places, the main one first."""
        return tuple(place.name for place in self.places)


class EventPlaces:
    """The places of one report, weighed once; ``of`` tells at which of them what a span tells of happened.

    MENTIONS are its places from ``find_places``, SENTENCES the (start, end) of its sentences, both in order.
    """

    def __init__(self, mentions: Sequence[PlaceMention], sentences: Sequence[tuple[int, int]], text: str) -> None:
        self._text, self._sentences = text, sentences
        leading = next((mention.place for mention in mentions if mention.role == "leading"), None)
        self._country = leading or report_country(mentions, text)
        self._filed_from: Collection[str] = ()
        self._has_dateline = any(mention.role == "dateline" for mention in mentions)
        if leading is None and self._country is not None:
            mentions, self._country, self._filed_from = told_from_abroad(mentions, self._country, text)
        self._mentions = mentions
        self._starts = [start for start, _ in sentences]
        named = Counter(mention.place.name for mention in mentions)
        self._asked = [m for m in mentions if leading is None or _may_lie_in(m.place, leading)]
        self._repeated = [_repeated(mention, named) for mention in self._asked]
        self._at = [_sentence_of(mention.start, self._starts) for mention in self._asked]
        self._wherever = [
            at
            for at, mention in enumerate(self._asked)
            if mention.role in {"dateline", "leading"} or self._repeated[at] > 0.0
        ]

    def _fit(self, mention: PlaceMention, span: tuple[int, int], away: int, *, detained: bool) -> float:
        fit = _fit(mention, span, away, self._country, self._text, detained=detained)
        told_there = away == 0 and mention.located
        return fit + (FILED_FROM if mention.place.country_code in self._filed_from and not told_there else 0.0)

    def of(self, span: tuple[int, int], *, detained: bool = False) -> EventPlace | None:
        """Where what SPAN tells of happened; see :func:`event_place`."""
        text, sentences, country = self._text, self._sentences, self._country
        here = _sentence_of(span[0], self._starts)
        first = bisect_left(self._at, here - MOST_SENTENCES_AWAY)
        last = bisect_right(self._at, here + MOST_SENTENCES_AWAY)
        near = sorted({*range(first, last), *self._wherever})
        scored = [
            (self._fit(m, span, self._at[at] - here, detained=detained) + self._repeated[at], m)
            for at, m in ((at, self._asked[at]) for at in near)
        ]
        fitting = [(score, mention) for score, mention in scored if score > 0.0]
        vague = _part_of_country(sentences[here], self._mentions, country, text) if sentences else None
        if vague is not None:
            return vague
        home = home_of(text) if country is None or country.country_code == "US" else None
        if home is not None and not any(m.place.country_code == "US" and m.place.precision < 4 for _, m in fitting):
            # "He was found in the 3700 block of Polk Street", tells the city's own paper, and names no town.
            home = replace(home, precision=2)
            return EventPlace(home, None, (home,), home.alternatives)
        if self._has_dateline and country is not None and _only_abroad(fitting, country):
            fitting = [(score, mention) for score, mention in fitting if not _is_abroad(mention, country)]
        if not fitting:
            return None if country is None else EventPlace(country, None, (country,), country.alternatives)
        told_in = sentences[here] if sentences else span
        main = _finer(max(fitting, key=lambda pair: (pair[0], -pair[1].start)), fitting, told_in)
        group = _coordinated(main, self._mentions, text)
        if home is not None and main.role == "organisation" and main.place.name == home.adm2_name:
            # Of a county only its jail or court is named, and the paper is that of its seat.
            home = replace(home, precision=2)
            return EventPlace(home, None, (home,), home.alternatives)
        place = replace(main.place, precision=2) if main.near and main.place.precision == 1 else main.place
        place = in_its_city(main, place, self._mentions, text)
        if country is not None and (place.country_code is None or country.country_code in place.country_codes):
            place = replace(place, country_code=country.country_code, country_name=country.country_name)
        others = [m.place for m in group if m is not main]
        places = tuple(dict.fromkeys([place, *others]))
        also = [label(m.place) for _, m in fitting if m.place not in places and m.place.precision <= place.precision]
        return EventPlace(place, main.text, places, tuple(dict.fromkeys([*main.place.alternatives, *also])))


def event_place(
    span: tuple[int, int],
    mentions: Sequence[PlaceMention],
    sentences: Sequence[tuple[int, int]],
    text: str,
    *,
    detained: bool = False,
) -> EventPlace | None:
    """The place where what is told in ``text[span[0]:span[1]]`` happened; None where the report names no country.

    ``sentences`` are the (start, end) of the report's sentences in order, ``mentions`` its places from ``find_places``.
    Looked at: places in the words themselves, in their sentence, in the sentences before and after, the dateline, and
    the country the report as a whole speaks for, with precision 6. Of people who were ``detained`` the words tell where
    they were caught; of others that is afterwards.
    """
    return EventPlaces(mentions, sentences, text).of(span, detained=detained)


def _part_of_country(
    sentence: tuple[int, int], mentions: Sequence[PlaceMention], country: Place | None, text: str
) -> EventPlace | None:
    """A part of a country that the sentence names and no finer place beside it: "southern Kyrgyzstan", "in the south".

    The dateline's city is where the news was told then, not where it happened.
    """
    inside = [m for m in mentions if sentence[0] <= m.start < sentence[1] and m.role not in ("dateline", "within")]
    if any(m.place.precision < 6 and (m.located or m.role == "capital") for m in inside):
        return None
    match = PART_OF_COUNTRY.search(text, *sentence)
    if match is None:
        return None
    named = next((m.place for m in inside if m.start == match.end() and m.place.kind == "country"), None)
    place = named or (country if match["alone"] else None)
    if place is None:
        return None
    end = next((m.end for m in inside if m.start == match.end()), match.end())
    place = replace(place, precision=5)
    return EventPlace(place, text[match.start() : end].strip().removeprefix("in "), (place,), place.alternatives)


def _finer(
    best: tuple[float, PlaceMention], fitting: list[tuple[float, PlaceMention]], sentence: tuple[int, int]
) -> PlaceMention:
    """The best mention, or a town within it that scores nearly as well.

    Where the sentence itself puts the event in a province, neither the dateline nor a town told of later is finer; an
    American state is what news begins with before it comes to the town ("Police in Ohio say").
    """
    score, main = best
    if main.place.precision < 4 or _is_unlisted_town(main.place):
        return main
    province = (
        main.place.precision < 6
        and main.place.country_code != "US"
        and main.located
        and main.role == "place"
        and sentence[0] <= main.start < sentence[1]
    )
    inside = [
        (other_score, -mention.start, mention)
        for other_score, mention in fitting
        if (mention.place.precision < 4 or _is_unlisted_town(mention.place))
        and other_score >= score - FINER_SLACK
        and _lies_in(mention.place, main.place)
        and not (province and (mention.role == "dateline" or mention.start >= sentence[1]))
    ]
    return max(inside)[2] if inside else main


def _is_unlisted_town(place: Place) -> bool:
    """Whether PLACE is an American town that the gazetteer lacks; elsewhere such a name may be that of a region."""
    return place.kind == "unlisted" and place.country_code == "US"


def _lies_in(inner: Place, outer: Place) -> bool:
    if inner.country_code is None or inner.country_code != outer.country_code:
        return False
    if outer.precision == 6:
        return True
    if outer.adm1_code is None:
        return kilometres(inner, outer) <= REACH_OF_REGION
    return inner.adm1_code == outer.adm1_code


def _is_abroad(mention: PlaceMention, country: Place) -> bool:
    codes = mention.place.country_codes
    return bool(codes) and country.country_code not in codes


def _only_abroad(fitting: Sequence[tuple[float, PlaceMention]], country: Place) -> bool:
    """Whether the best of FITTING lies abroad, and hardly fits."""
    score, best = max(fitting, key=lambda pair: (pair[0], -pair[1].start), default=(LEAST_FOREIGN, None))
    return best is not None and score < LEAST_FOREIGN and _is_abroad(best, country)


def _may_lie_in(place: Place, leading: Place) -> bool:
    """A report that opens with a country tells of an event there; of a place without a country nobody knows."""
    return place.country_code is None or leading.country_code in place.country_codes or _shares(place, leading)


def _shares(place: Place, leading: Place) -> bool:
    return place.country_code is not None and place.country_code in leading.country_codes


def report_country(mentions: Sequence[PlaceMention], text: str = "") -> Place | None:
    """The country a report is about, by its places and, where TEXT is given, its nationality words and armed groups."""
    votes = country_votes(mentions, words_for_countries(text))
    code, most = leader(votes)
    for filed in (mention.place for mention in mentions if mention.role == "dateline"):
        # Words say who they are, places where it was: "SAN SALVADOR ... the five Spaniards, Spanish officials said".
        here = votes.get(filed.country_code or "", 0.0)
        if here >= LEAST_AT_HOME * most and all(mention.place.country_code != code for mention in mentions):
            code, most = filed.country_code or "", here
    if most < LEAST_VOTES and text:
        code, most = leader(names_for_countries(text))
    return gazetteer().country(code) if most >= LEAST_VOTES else None


def _sentence_of(position: int, starts: Sequence[int]) -> int:
    return max(0, bisect_right(starts, position) - 1)


def _fit(
    mention: PlaceMention,
    span: tuple[int, int],
    away: int,
    country: Place | None,
    text: str,
    *,
    detained: bool,
) -> float:
    """How well the mention, so many sentences AWAY, answers where; 0 or less where it does not."""
    place = mention.place
    if mention.role in {"dateline", "leading"}:
        score, away = DATELINE + (0.5 if mention.role == "leading" else 0.0), 0
    elif abs(away) > MOST_SENTENCES_AWAY:
        return 0.0
    elif away == 0:
        score = SAME_SENTENCE - _gap(mention, span) / 400
    else:
        score = (SENTENCE_BEFORE if away < 0 else SENTENCE_AFTER) - PER_SENTENCE * (abs(away) - 1)
    # An American town that the gazetteer lacks is placed with its state or county, but named as the town it is.
    precision = 2 if _is_unlisted_town(place) else place.precision
    score += FINENESS[precision] + ROLE.get(mention.role, 0.0)
    score += LOCATED[place.precision] if mention.located else 0.0
    aimed = _aimed(mention, text)
    if place.kind == "country" and not mention.located and mention.role == "place" and aimed <= 0.0:
        score += ATTRIBUTE if away == 0 else 1.5 * ATTRIBUTE
    if place.country_code is None:
        score -= {"sea": 0.0, "unlisted": 1.0}.get(place.kind, 3.0)
    if place.country_code == "US" and HOSPITAL.match(text, mention.end):
        score += AFTERWARDS
    score += aimed + _of_people(mention, text, detained=detained)
    told_there = away == 0 and mention.located and mention.role != "dateline" and _gap(mention, span) <= CLOSE
    if country is not None and place.country_code and country.country_code not in place.country_codes:
        score += 0.0 if told_there and not _brought_there(mention, text) else ELSEWHERE
        score += GATHERED if _is_of_an_occasion(mention, text) else 0.0
    if mention.located and ANOTHERS.search(text, max(0, mention.start - ANOTHERS_REACH), mention.start):
        score += 2 * ELSEWHERE
    return score


def _aimed(mention: PlaceMention, text: str) -> float:
    """What the way to or from the place adds: what is fired from one place happens at the other."""
    moving = MOVING.get(mention.preposition, 0.0)
    if mention.preposition not in TARGET and mention.preposition != "from":
        return moving
    before = text[max(0, mention.start - FIRED_REACH) : mention.start]
    if not FIRED.search(re.split(r"[.;]\s", before)[-1]):
        return moving
    return moving + FIRED_FROM if mention.preposition == "from" else FIRED_AT


def _of_people(mention: PlaceMention, text: str, *, detained: bool) -> float:
    """What it takes that somebody is from the place, "a Benton man", or was brought there afterwards."""
    roles = gazetteer().roles
    after = re.match(r"[ \n](\w+)", text[mention.end : mention.end + 24])
    if after is not None and not mention.located and fold(after[1]) in roles["resident_word"]:
        return RESIDENT
    if detained or not mention.located:
        return 0.0
    before = re.split(r"[.;,]\s", text[max(0, mention.start - CLOSE) : mention.start])[-1]
    if mention.place.precision > MOST_TO_BE_BROUGHT:
        return 0.0
    return 0.0 if roles["custody_word"].isdisjoint(fold(before).split()) else AFTERWARDS


def _brought_there(mention: PlaceMention, text: str) -> bool:
    """Whether the hurt were only brought there, "treated in Turkey": they came from where it happened."""
    before = text[max(0, mention.start - CLOSE) : mention.start]
    words = fold(re.split(r"[.;]\s", before)[-1]).split()
    return not gazetteer().roles["care_word"].isdisjoint(words)


def _is_of_an_occasion(mention: PlaceMention, text: str) -> bool:
    """Whether people only met or spoke there: "negotiations in Caracas", "a communique issued in Havana"."""
    before = text[max(0, mention.start - CLOSE) : mention.start]
    words = fold(re.split(r"[.;,]\s", before)[-1]).split()
    return not gazetteer().roles["occasion_word"].isdisjoint(words)


def _repeated(mention: PlaceMention, named: Counter[str]) -> float:
    """What a town gains that an American local report is filed from, or comes back to."""
    if mention.place.country_code != "US" or (mention.place.precision > 3 and mention.place.kind != "unlisted"):
        return 0.0
    filed = LOCAL_DATELINE if mention.role == "dateline" else 0.0
    return filed + REPEATED * min(MOST_REPEATS, named[mention.place.name] - 1)


def _gap(mention: PlaceMention, span: tuple[int, int]) -> int:
    """Characters between the mention and the words; places after them are a little nearer than places before."""
    if mention.start >= span[1]:
        return mention.start - span[1]
    if mention.end <= span[0]:
        return int((span[0] - mention.end) * 1.3)
    return 0


def _coordinated(main: PlaceMention, mentions: Sequence[PlaceMention], text: str) -> list[PlaceMention]:
    """The main mention and those listed with it: "in Talas and Bishkek", "began in Talas and spread to the capital"."""
    group = [main]
    later = [m for m in mentions if m.start > main.start and m.role in ("place", "facility", "capital")]
    last = main
    for mention in later:
        gap = text[last.end : mention.start]
        if mention.place == last.place or len(gap) > 160 or "\n\n" in gap:
            break
        listed = LIST_GAP.fullmatch(gap) is not None
        spread = SPREAD.search(gap) is not None and not re.search(r"[.!?]\s", gap)
        if not (listed or spread) or mention.place.precision > 4:
            break
        group.append(mention)
        last = mention
    earlier: Iterable[PlaceMention] = [m for m in reversed(mentions) if m.end < main.start and m.role == "place"]
    first = main
    for mention in earlier:
        if LIST_GAP.fullmatch(text[mention.end : first.start]) is None or mention.place.precision > 4:
            break
        group.append(mention)
        first = mention
    return group
