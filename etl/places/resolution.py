"""Which of its namesakes a name means: weighed by size, kind, and the countries the rest of the text speaks for."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from etl.places.gazetteer import Candidate, Gazetteer, Place
from etl.places.hits import Hit, Scan, holds
from etl.places.name_letters import told_otherwise
from etl.places.names import fold
from etl.places.votes import ROLE_VOTE, Tally, Votes, standing, word_votes

WELL_KNOWN = 5.0
"""Prior (a city of 100,000) from which a name as printed is not taken for a spelling of another."""
OBSCURITY = 4.0
OBSCURE_FROM = 1.5
"""Orders of magnitude in size by which a namesake may lag and still be meant for its country's sake alone."""
ROUNDS = 3
"""Votes settle places, which vote in turn; a third round changes next to nothing."""
COUNTRY_PULL = 5.0
FULL_PULL = 2.0
"""Votes from which a country pulls with its whole weight."""
REGION_PULL = 3.5
CONTAINER_PULL = 6.0
LEAST_STRENGTH = 1.0
WEAKEST = -0.6
LEAST_KNOWN = 3.5
"""Strength and prior from which a name that is no place of the report still hints at its country."""
LEAST_STRENGTH_IN_CAPITALS = 1.5
LEAST_HOME_VOTES = 0.6
LEAST_LIKENESS = 0.62
"""Share of letters in order that a printed name and the name that sounds like it must have in common."""
LEAST_HOME = 0.8
SURE_HOME = 1.8
"""Votes for the report's country from which a name of another, for which nothing else speaks, is a namesake's."""
NAMESAKE = 2.5
"""Votes for a country from which a small town's name of another is more likely a namesake's, and what that costs."""
NAMESAKES_UNTIL = 6.0
"""Orders of magnitude in size at which a name that one country alone has is surely that city's."""
STREETS_NAMED_AFTER_TOWNS = frozenset({"US"})
"""Where streets, malls and quarters bear the names of towns of other states, and local news calls them by those."""
REPEATED = 0.4
LEAST_NAMESAKES = 3
"""A name that so many places of a country bear is also that of quarters which the gazetteer lacks."""
KEPT_ALTERNATIVES = 8
OTHER_LANGUAGE = 2
"""Grade of a name that is not the place's own: a region is rarely meant by it where a larger city bears it."""
OTHER_NAME = {0: 0.0, 1: 0.3, 2: 1.5}
"""What a name loses that is a spelling of the city's own, or another name of it."""
WEIGHT = {
    "country": 9.0,
    "former country": 8.5,
    "region": 7.5,
    "sea": 7.0,
    "airport": 8.0,
    "crossing": 7.0,
    "district": 7.0,
}
"""Prior of the kinds that carry no population of their own; a city has the logarithm of its people (3 to 7)."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A hit with the candidate it means, and the ones that lost."""

    hit: Hit
    best: Candidate
    others: tuple[Candidate, ...]


def settle(scan: Scan, places: Gazetteer, dateline_place: str | None = None) -> list[Settled]:
    """The place each hit means, in text order; hits too weak to be places are left out."""
    dateline = fold(dateline_place) if dateline_place else ""
    for hit in scan.hits:
        if dateline and hit.folded == dateline and hit.role == "place" and hit.start < 2000:
            hit.strength += 2.0
    hits = [hit for hit in scan.hits if hit.candidates and hit.role != "street" and hit.strength > -1.0]
    home = max(places.candidates(dateline), key=lambda c: _prior(c, ""), default=None)
    word = word_votes(scan, places.roles, home.country if home else "")
    votes = word
    settled: list[Settled] = []
    known: dict[int, _Weighed] = {}
    for turn in range(ROUNDS):
        settled = _choose_all(hits, votes, known)
        votes = _votes(settled, word)
        if turn == 0:
            hits += [hit for hit in scan.hits if not hit.candidates]
            hits = _with_other_spellings(hits, votes, places)
            known.clear()  # they have other candidates now
    often = Counter(hit.folded for hit in hits if hit.strength > 0.0)
    for item in settled:
        item.hit.strength += REPEATED if often[item.hit.folded] > 1 else 0.0
    strong = {item.hit.folded for item in settled if _is_place(item, scan, votes, places)}
    return [item for item in settled if item.hit.folded in strong and item.hit.strength > -1.5]


def _with_other_spellings(hits: list[Hit], votes: Votes, places: Gazetteer) -> list[Hit]:
    """Hits known by no name of the countries the text speaks for, given the places there that sound like them.

    "Hawija" is Al Hawijah in a report on Iraq; without a country to look in, sounds alone would find it anywhere.
    """
    kept = []
    for hit in hits:
        own = votes.own(hit.folded)
        home, most = votes.countries.most(own[0], own[2])
        known = any(_prior(c, hit.hint) >= WELL_KNOWN for c in hit.candidates)
        if most >= LEAST_HOME_VOTES and not known and not any(c.country == home for c in hit.candidates):
            printed = hit.folded.replace(" ", "")
            near = [
                (SequenceMatcher(None, printed, fold(places.place(c.row).name).replace(" ", "")).ratio(), c)
                for c in places.sounding_like(hit.folded)
                if c.country == home
            ]
            best = max((ratio for ratio, _ in near), default=0.0)
            alike = [c for ratio, c in near if ratio >= max(LEAST_LIKENESS, best - 0.1)]
            if alike and hit.role != "dateline":
                hit.candidates = (*hit.candidates, *alike)
                if hit.role in ("unlisted", "sound"):
                    hit.strength, hit.located, hit.role = hit.strength + 2.0, True, "place"
        if hit.candidates:
            kept.append(hit)
    return kept


def _prior(candidate: Candidate, hint: str) -> float:
    """Weight of a candidate by itself: how many people know it, and whether the words beside it name its kind."""
    kind = candidate.kind
    if kind in WEIGHT:
        weight = WEIGHT[kind]
    elif kind == "adm1":
        weight = min(5.5, math.log10(candidate.population + 100) - 0.2)
    elif kind == "adm2":
        weight = min(5.0, math.log10(candidate.population + 100)) - 1.0
    else:
        weight = math.log10(candidate.population + 300)
    if candidate.alternate:
        weight -= 0.2 if kind in WEIGHT or kind == "adm1" else OTHER_NAME[candidate.grade]
    if hint == "adm1":
        weight += {"adm1": 3.0, "region": 1.0, "adm2": 2.5, "country": 0.0}.get(kind, 0.0)
    elif hint == "adm2":
        weight += {"adm2": 3.0, "adm1": 1.0}.get(kind, 0.0)
    elif hint == "city":
        weight += {"city": 2.0, "country": -3.0, "adm1": -1.0, "adm2": -1.0}.get(kind, 0.0)
    return weight


_Weighed = list[tuple[Candidate, float, float, float]]
"""Candidates, each with its own weight, what a place beside the name adds, and what the names it holds add."""


def _weighed(hit: Hit) -> _Weighed:
    """What the candidates of HIT weigh whatever country the rest of the text speaks for."""
    priors = [_prior(candidate, hit.hint) for candidate in hit.candidates]
    cities = [prior for prior, candidate in zip(priors, hit.candidates, strict=True) if candidate.kind == "city"]
    foremost = max(cities, default=0.0)
    weighed = []
    for candidate, prior in zip(hit.candidates, priors, strict=True):
        own, beside = prior, 0.0
        if candidate.kind == "adm1" and hit.hint != "adm1":
            # "Naryn" alone is the town rather than the region named after it.
            seats = [
                c for c in hit.candidates if c.kind == "city" and c.adm1 == candidate.adm1 and c.population >= 20_000
            ]
            if seats:
                own = min(own, max(_prior(seat, "") for seat in seats) - 0.3)
        if hit.within is not None and any(holds(outer, candidate) for outer in hit.within.candidates):
            beside = CONTAINER_PULL
        elif candidate.kind == "city":
            # A million people's city is not a hamlet of that name because the country of the hamlet is in the news.
            beside = -OBSCURITY * max(0.0, foremost - prior - OBSCURE_FROM)
        elif candidate.kind == "adm1" and candidate.grade == OTHER_LANGUAGE and hit.hint != "adm1":
            beside = -OBSCURITY * max(0.0, foremost - prior)
        held = any(holds(candidate, inner) for held in hit.holds for inner in held.candidates)
        weighed.append((candidate, own, beside, 3.0 if held else 0.0))
    return weighed


def _scores(hit: Hit, weighed: _Weighed, votes: Votes) -> Iterator[float]:
    """How well each candidate of HIT answers, in their order."""
    country, region, own = votes.own(hit.folded)
    most_of_country = votes.countries.most(country, own)[1]
    most_of_region = votes.regions.most(region, own)[1]
    for candidate, score, beside, held in weighed:
        if most_of_country > 0 and candidate.country:
            pull = votes.countries.votes(candidate.country, country, own)
            score += COUNTRY_PULL * (pull / most_of_country) * min(1.0, pull / FULL_PULL)  # noqa: PLW2901 - a sum
        if most_of_region > 0 and candidate.adm1 and candidate.kind != "adm1" and not candidate.grade:
            pull = votes.regions.votes(candidate.adm1, region, own)
            score += REGION_PULL * (pull / most_of_region) * min(1.0, pull)  # noqa: PLW2901 - as above
        yield score + beside + held


def _choose_all(hits: list[Hit], votes: Votes, known: dict[int, _Weighed]) -> list[Settled]:
    """The choice for each hit; a name with nothing around it that bears on the choice is weighed once.

    KNOWN has what was weighed in an earlier round, by the hit's ``id``.
    """
    chosen: dict[tuple[str, str], Settled] = {}
    settled = []
    for hit in hits:
        if hit.within is not None or hit.holds:
            settled.append(_choose(hit, votes, known))
            continue
        key = (hit.folded, hit.hint)
        if key not in chosen:
            chosen[key] = _choose(hit, votes, known)
        settled.append(Settled(hit, chosen[key].best, chosen[key].others))
    return settled


def _choose(hit: Hit, votes: Votes, known: dict[int, _Weighed]) -> Settled:
    if id(hit) not in known:
        known[id(hit)] = _weighed(hit)
    weighed = known[id(hit)]
    scores = enumerate(_scores(hit, weighed, votes))
    ranked = [weighed[at][0] for _, _, at in sorted((-score, weighed[at][0].row, at) for at, score in scores)]
    best = ranked[0]
    others = tuple(c for c in ranked[1:] if (c.country, c.adm1) != (best.country, best.adm1))
    return Settled(hit, best, others[:KEPT_ALTERNATIVES])


def _votes(settled: list[Settled], word: Votes) -> Votes:
    """Votes of the settled places: more where nothing else of that name comes near."""
    countries, regions = Tally(float, word.countries.tally), Tally(float, word.regions.tally)
    seen: Counter[str] = Counter()
    cast: dict[str, tuple[str, str, float]] = {}
    for item in settled:
        best, hit = item.best, item.hit
        if not best.country or hit.strength < LEAST_STRENGTH:
            continue
        seen[hit.folded] += 1
        rival = max((_prior(c, hit.hint) for c in item.others if c.country != best.country), default=0.0)
        margin = _prior(best, hit.hint) - rival + (CONTAINER_PULL if hit.within is not None else 0.0)
        certain = max(0.1, min(1.0, margin / 2.5))
        vote = certain * standing(hit.located, hit.role, best.kind) * ROLE_VOTE.get(hit.role, 1.0) / seen[hit.folded]
        if best.kind not in WEIGHT and best.kind != "adm1":
            vote *= min(1.0, 0.3 + math.log10(best.population + 10) / 8)
        countries[best.country] += vote
        regions[best.adm1] += vote if best.adm1 else 0.0
        cast[hit.folded] = (best.country, best.adm1, cast.get(hit.folded, ("", "", 0.0))[2] + vote)
    return Votes(countries, regions, cast)


def _is_place(item: Settled, scan: Scan, votes: Votes, places: Gazetteer) -> bool:
    hit, best = item.hit, item.best
    strength = hit.strength
    if hit.within is not None:
        strength += 2.0
    if hit.holds:
        strength += 1.0
    most = votes.countries.most()[1]
    supported = most > 0.8 and votes.countries.votes(best.country) >= 0.5 * most
    if best.kind == "city":
        # A hamlet's name needs more than a preposition unless the text is about its country.
        size = math.log10(best.population + 10)
        strength += 0.5 if supported else -0.5
        # A name only one country knows stands by itself where the text speaks for no other country.
        alone = all(c.country == best.country for c in item.others)
        by_itself = alone and not (most > 0.8 and not supported)
        strength += 0.5 if by_itself and not supported and hit.first == hit.last else 0.0
        strength -= 0.5 * max(0.0, 4.0 - size) * (0.5 if supported or by_itself else 1.5)
        strength -= 0.5 if best.alternate and not supported else 0.0
        if best.population < 500_000 and hit.within is None and hit.role != "dateline":
            country, region, own = votes.own(hit.folded)
            home = votes.countries.most(country, own)[1]
            # In a report on another country a small town's name is more likely a namesake the gazetteer lacks.
            foreign = votes.countries.votes(best.country, country, own) < 0.1 * home
            if home >= LEAST_HOME and foreign:
                # The larger a town whose name no other country has, the less a namesake is to be thought of.
                rarer = max(0.0, min(1.0, (NAMESAKES_UNTIL - size) / 1.5)) if alone and not best.alternate else 1.0
                rarer *= 2.0 if home >= SURE_HOME else 1.0
                strength -= NAMESAKE * (rarer + (1.0 if _is_called_quarter(hit, scan, places) else 0.0))
            around = votes.regions.most(region, own)[1]
            other_state = best.country in STREETS_NAMED_AFTER_TOWNS and around >= LEAST_HOME
            if other_state and votes.regions.votes(best.adm1, region, own) <= 1e-9:
                strength -= NAMESAKE
            namesakes = sum(c.country == best.country for c in hit.candidates)
            if namesakes >= LEAST_NAMESAKES and votes.regions.votes(best.adm1, region, own) <= 1e-9 and around > 0.9:
                strength -= 1.5
    elif best.kind in ("adm1", "adm2") and hit.within is None and not hit.holds and hit.role == "place":
        country, _, own = votes.own(hit.folded)
        if (
            votes.countries.most(country, own)[1] >= SURE_HOME
            and votes.countries.votes(best.country, country, own) <= 1e-9
        ):
            strength -= 2 * NAMESAKE  # "Bara district" of the Maoists is not Sudan's Bara
    caps = scan.tokens[hit.first].caps
    return strength >= (LEAST_STRENGTH_IN_CAPITALS if caps else LEAST_STRENGTH)


def _is_called_quarter(hit: Hit, scan: Scan, places: Gazetteer) -> bool:
    """Whether words beside the name call it a part of a city: "the San Miguelito neighborhood"."""
    after = scan.tokens[hit.last + 1].folded if hit.last + 1 < len(scan.tokens) else ""
    if after in places.roles["quarter_word"]:
        return True
    return hit.hint == "adm2" and all(candidate.kind == "city" for candidate in hit.candidates)


def weak_votes(scan: Scan) -> Tally:
    """Votes for countries of names too weak to be places of the report: "the Medellin Public Enterprises".

    For reports that name no country otherwise. Each name votes once, by how much better its best candidate is known
    than those of other countries.
    """
    votes = Tally(float)
    named = {hit.folded: hit for hit in scan.hits if hit.candidates and hit.role != "street"}
    for name, hit in named.items():
        best = max(hit.candidates, key=lambda c: _prior(c, hit.hint))
        if best.kind == "city" and name in told_otherwise():
            continue  # "One man was hurt" is of no town called One
        weight = _prior(best, hit.hint)
        rival = max((_prior(c, hit.hint) for c in hit.candidates if c.country != best.country), default=0.0)
        if best.country and hit.strength > WEAKEST and weight >= LEAST_KNOWN:
            votes[best.country] += max(0.0, min(1.0, weight - rival))
    return votes


def place_of(item: Settled, text: str, places: Gazetteer) -> Place:
    """The settled place under the name the text calls it by, with precision by its words and its losing namesakes."""
    place = places.place(item.best.row)
    precision = place.precision
    if precision == 1 and item.hit.hint in ("adm1", "adm2") and place.kind == "city":
        precision = 3
    if precision == 1 and item.hit.near:
        precision = 2
    losers = tuple(dict.fromkeys(label(places.place(c.row)) for c in item.others))
    name = place.name
    if item.best.alternate and place.kind in ("city", "adm2", "adm1"):
        name = as_name(text[item.hit.start : item.hit.end])
    return replace(place, name=name, precision=precision, alternatives=losers)


def as_name(printed: str) -> str:
    """Printed words as a name: capitals of upper-case text lowered, line breaks to blanks."""
    words = " ".join(printed.split())
    if not words.isupper() or len(words) < 4:
        return words
    small = {"de", "del", "la", "las", "los", "el", "y", "of", "the", "and"}
    lowered = [
        w if i and (w := word.lower()) in small else word.capitalize() for i, word in enumerate(words.split(" "))
    ]
    return " ".join("-".join(part[:1].upper() + part[1:] for part in word.split("-")) for word in lowered)


def label(place: Place) -> str:
    """A place told apart from its namesakes: "Talas, Talas, Kyrgyzstan", or "Talas, region, Kyrgyzstan"."""
    region = place.adm1_name if place.kind != "adm1" else "region"
    return ", ".join(part for part in (place.name, region, place.country_name) if part)
