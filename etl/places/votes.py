"""What a report's words say about which country and region it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from heapq import nlargest

from etl.places.hits import Scan
from etl.places.newsrooms import states_of

ROLE_VOTE = {"leading": 6.0, "dateline": 1.2, "facility": 1.0, "organisation": 0.8, "street": 0.0, "abroad": 0.2}
NATIONALITY_VOTE = 0.4
STATE_VOTE = 0.7
"""A nationality whose police, army or president acts: at home, as a rule."""
ABROAD_VOTE = 0.1
"""A nationality of a diplomat, a tourist or an airline, whom news tells of elsewhere, or of a border that is near."""
WORDS_AFTER = 2
ORGANISATION_VOTE = 1.0
HINT_VOTE = 0.9
"""A name that news prints of one country alone; less where it is not so sure."""
SOUNDS_FROM = 8.0
SOUND_VOTE = 0.45
"""Lead of the country that the report's names sound of from which it has a vote, and that vote: a nationality's."""
NEWSROOM_VOTE = 0.8
MOST_WORD_VOTES = 2.5
"""Nationality words say who somebody is more often than where; however many, they outweigh no named place."""
Tally = defaultdict[str, float]
"""Votes by country or region code; a code never voted for has none."""


def leader(votes: Mapping[str, float]) -> tuple[str, float]:
    """The code with the most votes, and how many; ("", 0.0) where nothing was voted for."""
    return max(votes.items(), key=lambda pair: pair[1], default=("", 0.0))


class Poll:
    """Votes for codes, read with one voter left out at no cost: nobody's own vote settles what he means."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self._top = nlargest(2, tally.items(), key=lambda pair: pair[1])

    def votes(self, code: str, own: str = "", less: float = 0.0) -> float:
        """Votes for CODE, less LESS where it is the voter's OWN."""
        return self.tally.get(code, 0.0) - (less if code == own else 0.0)

    def most(self, own: str = "", less: float = 0.0) -> tuple[str, float]:
        """The code with the most votes but for the voter's own, and how many."""
        left = [(code, votes - (less if code == own else 0.0)) for code, votes in self._top]
        return max(left, key=lambda pair: pair[1], default=("", 0.0))


class Votes:
    """How strongly a text speaks for each country and each first-order region.

    ``cast`` has, by name, the country and region it voted for and how strongly.
    """

    def __init__(self, countries: Tally, regions: Tally, cast: dict[str, tuple[str, str, float]] | None = None) -> None:
        self.countries, self.regions, self.cast = Poll(countries), Poll(regions), cast or {}

    def own(self, name: str) -> tuple[str, str, float]:
        """What the name itself voted for, to be left out where that name is settled."""
        return self.cast.get(name, ("", "", 0.0))


def _nationality_vote(scan: Scan, index: int, roles: Mapping[str, frozenset[str]]) -> float:
    """The vote of the nationality word at INDEX by the noun it stands before."""
    following = [token.folded for token in scan.tokens[index + 1 : index + 1 + WORDS_AFTER]]
    if len(following) > 1 and following[0] == "national" and following[1] in roles["state_word"]:
        return STATE_VOTE  # "the Ruritanian National Army" is no national abroad
    at_border = bool(following) and following[0] in roles["border_word"]
    at_border = at_border and roles["border_staff"].isdisjoint(following)
    for word in following:
        if at_border or word in roles["abroad_word"]:
            return ABROAD_VOTE
        if word in roles["state_word"] or word in roles["border_word"]:
            return STATE_VOTE
    return NATIONALITY_VOTE


def _hint_votes(scan: Scan) -> Tally:
    """Votes of names that news prints of one country, each name once."""
    votes = Tally(float)
    for code, sure in {name: (code, sure) for _, name, code, sure in scan.hints}.values():
        votes[code] += HINT_VOTE * sure
    return votes


def word_votes(scan: Scan, roles: Mapping[str, frozenset[str]], dateline_country: str = "") -> Votes:
    """Votes of nationality words, armed groups and newsrooms, and one for the country of a known dateline."""
    countries, regions = Tally(float), Tally(float)
    for index, evidence in scan.evidence:
        nationality = evidence.kind == "nationality"
        vote = _nationality_vote(scan, index, roles) if nationality else ORGANISATION_VOTE
        for rank, code in enumerate(evidence.countries):
            countries[code] += vote / (1 + rank) if nationality else vote
        if evidence.adm1_code:
            regions[evidence.adm1_code] += 1.5
    for code, vote in _hint_votes(scan).items():
        countries[code] += vote
    code, lead = scan.letters
    if lead >= SOUNDS_FROM:
        countries[code] += SOUND_VOTE
    for code, vote in states_of(scan.text):
        regions[code] += NEWSROOM_VOTE * vote
        countries[code[:2]] += NEWSROOM_VOTE * vote
    countries = Tally(float, {code: min(vote, MOST_WORD_VOTES) for code, vote in countries.items()})
    if dateline_country:
        countries[dateline_country] += 1.0
    return Votes(countries, regions)


def standing(located: bool, role: str, kind: str) -> float:
    """What a mention's vote is worth by how it is named: a country without "in" may be whose, rather than where."""
    if located or role in ("dateline", "leading"):
        return 1.0
    return 0.5 if kind == "country" else 0.7
