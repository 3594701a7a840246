"""A name counts by its company: what stands before and after it says whether it is a place, and of what kind.

Prepositions, dates, regions after a comma and words such as "province of" speak for a place; titles, first names,
surnames, street words and unknown capitalised neighbours speak against one. The sum is the hit's ``strength``.
"""

from __future__ import annotations

import itertools
import re

from etl.places.gazetteer import Gazetteer
from etl.places.hits import Hit, Scan, Token
from etl.places.neighbours import contains, countries_of_aside, is_quarter_of, lists, one_name, surrounds, unlisted_in
from etl.places.streets import is_street

NAMES_FOLLOW = frozenset({"in"})
CLEARLY_NAMED = 0.5
"""What an English word loses that stands in a capital where a place is named, "in Holiday"."""
LOOK_BACK = 5
"""Words before a name among which its preposition is looked for."""
MOST_OF_PERSON = -1.5
PERSON = 2.0
"""Strength up to which a name behind a first name is a surname, and what its later mentions lose by that."""
MOST_NAME_WORDS = 3
MOST_INDENT = 80
_SOURCE = r"(?:\([^()\n]{1,60}\)[ \t]{0,3})?"
_MONTH_DAY = r",?[ \t]{0,3}[A-Z][A-Za-z]{2,8}\.?[ \t]\d{1,2}(?:,[ \t]\d{4})?"
_DAY_MONTH = r",?[ \t]{0,3}\d{1,2}[ \t][A-Za-z]{3,9}\.?(?:[ \t]\d{2,4})?"
DASH = re.compile(r"--|—|–|-[ \t]|\[")
DATELINE_AHEAD = re.compile(
    rf"[ \t]{{0,3}}(?:,[^\n]{{0,40}}?)?{_SOURCE}(?:{_DAY_MONTH}|{_MONTH_DAY})?[ \t]{{0,3}}{_SOURCE}(?:{DASH.pattern})"
)
DATED_AHEAD = re.compile(
    rf"[ \t]{{0,3}}(?:,[^\n]{{0,40}}?)?(?:{_SOURCE}(?:{_DAY_MONTH}|{_MONTH_DAY})|[ \t]\([^()\n]{{1,60}}\))"
    rf"[ \t]{{0,3}}{_SOURCE}(?:{DASH.pattern})"
)
DATELINE_REACH = 220
"""Characters that a dateline has at most between its place and its dash."""
DATELINE_AT_END = re.compile(rf"{_MONTH_DAY}[ \t]{{0,3}}{_SOURCE}$", re.MULTILINE)
FEATURE = 3.0
"""What a town's name loses behind an article, "the Black River": the water is meant."""
UNLISTED = 2.0
"""Strength of a name that the gazetteer lacks behind a preposition of place."""
STREET = -5.0
STATION = -2.0
QUARTER = -5.0
"""What a name loses that is a station's, "Radio Havana", and what only the word for a quarter, "Colonia Roma"."""
HEADLINE = 2.0
MOST_IN_HEADLINE = 60
"""What "Elkton man" adds to the town where it opens the text, as headlines of local news do."""
STRANGERS = 2.5
"""What two small places side by side lose, which are parts of a name that the gazetteer lacks."""
TROOPS_ABROAD = frozenset({"US"})
"""Whose forces, firms and officials news names by the country's name, "US troops", wherever they are."""
QUARTER = 6.0
"""What the namesake of a quarter loses whose own town stands behind it."""
LEADING = re.compile(r"[ \t]{0,3}(?:\([^()\n]{1,40}\)[ \t]{0,3})?[.:][ \t\n]")


LABELLED = re.compile(
    r"(?:^|\n)[ \t]{0,9}(?:affected country|country affected|country|location|place)[ \t]{0,3}(?::[ \t]{0,3}|\n\s{0,5})"
    r"(?:[^\n]{0,120}, )?$",
    re.IGNORECASE,
)
LABELLED_REACH = 160
LINE_END = re.compile(r"[ \t]*(?:\n|$)")


def _join(first: Hit, second: Hit) -> None:
    """Make of two names one that the gazetteer lacks, before a word for a kind of place: "Pusht Rod district"."""
    first.end, first.last, first.folded = second.end, second.last, f"{first.folded} {second.folded}"
    first.candidates, first.role, first.hint, first.strength = (), "unlisted", second.hint, UNLISTED
    second.candidates, second.role, second.strength = (), "street", STREET


class Company:
    """Adds up, for each hit of a scan, what its surroundings say; ``weigh`` writes it into the hits."""

    def __init__(self, found: Scan, places: Gazetteer) -> None:
        self.found, self.places, self.roles = found, places, places.roles
        self.hit_at: dict[int, Hit] = {}
        for hit in found.hits:
            for index in range(hit.first, hit.last + 1):
                self.hit_at[index] = hit
        self.evidence_at = {index for index, _ in found.evidence}

    def weigh(self) -> None:
        """Write strength, role, hint and containment into every hit of the scan."""
        unlisted: set[str] = set()
        for previous, hit in zip([None, *self.found.hits], self.found.hits, strict=False):
            hit.strength += self._before(hit)
            hit.strength += self._own_weight(hit) + self._after(hit)
            if hit.candidates and is_street(self.found.text, hit.start, hit.end):
                hit.role, hit.strength = "street", hit.strength + STREET
            if previous is not None and previous.located and not hit.located and lists(self.found, previous, hit):
                hit.located, hit.preposition, hit.strength = True, previous.preposition, hit.strength + 1.5
            hit.strength += QUARTER if self._opens_quarter(hit) else 0.0
            self._special(hit)
            if previous is not None and contains(self.found, previous, hit, self.roles):
                previous.within = hit
                hit.holds.append(previous)
            elif previous is not None and surrounds(self.found, previous, hit):
                hit.within = previous
                previous.holds.append(hit)
            if previous is not None and unlisted_in(self.found, previous, hit, self.roles):
                unlisted.add(previous.folded)
            if previous is not None and (countries := countries_of_aside(self.found, previous, hit, self.roles)):
                previous.candidates = tuple(c for c in previous.candidates if c.country in countries)
            if previous is not None and one_name(self.found, previous, hit):
                previous.strength, hit.strength = previous.strength - STRANGERS, hit.strength - STRANGERS
                if previous.located and hit.hint:
                    _join(previous, hit)
        for quarter, town in itertools.pairwise(self.found.hits):
            if quarter.candidates and is_quarter_of(self.found, quarter, town):
                quarter.strength -= QUARTER
        self._name_people()
        for hit in self.found.hits:
            if hit.folded in unlisted:
                hit.candidates = ()

    def _name_people(self) -> None:
        """Weigh down the later mentions of who was first named in full: "Ana Cantu ... Cantu was found"."""
        people = {
            hit.folded
            for hit in self.found.hits
            if hit.first == hit.last and hit.strength <= MOST_OF_PERSON and self._follows_first_name(hit)
        }
        for hit in self.found.hits:
            if hit.folded in people and hit.first == hit.last and hit.within is None:
                hit.strength -= PERSON

    def _follows_first_name(self, hit: Hit) -> bool:
        neighbour = self._adjacent(hit.first, hit.first - 1)
        return neighbour is not None and neighbour.capital and neighbour.folded in self.places.first_names

    def _own_weight(self, hit: Hit) -> float:
        if not hit.candidates:
            return 0.0
        kinds = {c.kind for c in hit.candidates if not c.alternate}
        most = max((c.population for c in hit.candidates if c.kind == "city"), default=0)
        weight = 0.0
        if kinds - {"city", "adm1", "adm2"}:
            weight = 2.0
        elif "adm1" in kinds or most >= 300_000:
            weight = 1.5 if most >= 1_000_000 else 1.0
        elif any(c.kind == "country" for c in hit.candidates):
            weight = 1.5
        if hit.first < hit.last:
            weight += 0.5
        if any(c.kind in ("adm1", "adm2") for c in hit.candidates) and self._kind_word(hit.folded.rpartition(" ")[2]):
            weight += 1.0  # "Quindio Department"
        token = self.found.tokens[hit.first]
        if not kinds & {"country", "sea", "region"} and self._is_word(hit):
            clear = hit.located and hit.preposition in NAMES_FOLLOW and not token.caps
            weight -= CLEARLY_NAMED if clear else 2.5 if token.caps or self._starts_sentence(hit.first) else 1.5
        personal = token.folded in self.places.surnames or token.folded in self.places.first_names
        if personal and hit.first == hit.last and not kinds & {"country", "sea", "region"}:
            weight -= 1.0 if most < 1_000_000 else 0.3
        return weight

    def _is_word(self, hit: Hit) -> bool:
        """True for a name that is an English word too; "Clay County" is none for all that a dictionary has both."""
        return hit.folded in self.places.english_words and not (
            hit.first < hit.last and self._kind_word(hit.folded.rpartition(" ")[2])
        )

    def _opens_quarter(self, hit: Hit) -> bool:
        """True for the word before a quarter's name where it is a city's as well: "Colonia Roma"."""
        if hit.folded not in self.roles["quarter_before"]:
            return False
        neighbour = self._adjacent(hit.last, hit.last + 1)
        return neighbour is not None and neighbour.capital and not self._known_word(neighbour.folded)

    def _starts_sentence(self, index: int) -> bool:
        if index == 0:
            return True
        gap = self.found.text[self.found.tokens[index - 1].end : self.found.tokens[index].start]
        return not gap or any(mark in gap for mark in '.!?\n"“”:;|«»(') or len(gap) > 3

    def _adjacent(self, index: int, other: int) -> Token | None:
        """The neighbouring word where only a blank or hyphen stands between."""
        tokens = self.found.tokens
        if not 0 <= other < len(tokens):
            return None
        low, high = (tokens[other], tokens[index]) if other < index else (tokens[index], tokens[other])
        gap = self.found.text[low.end : high.start]
        if low.possessive:
            return None
        return tokens[other] if gap in (" ", "-", ". ") or (gap.isspace() and gap.count("\n") < 2) else None

    def _before(self, hit: Hit) -> float:
        """Weight of the words before: a preposition, a kind of place, a title, a first name."""
        neighbour = self._adjacent(hit.first, hit.first - 1)
        weight = 0.0
        if neighbour is not None and not self._starts_sentence(hit.first):
            if neighbour.folded in self.roles["title"] and (neighbour.capital or neighbour.folded == "president"):
                return -4.0
            if neighbour.folded in self.roles["station_word"] and neighbour.capital:
                hit.role = "organisation"
                return STATION
            if neighbour.folded in self.roles["place_verb"] and not neighbour.capital:
                hit.located = True
                return 2.0
            weight = self._part_of_longer_name(hit, neighbour)
            if neighbour.word == "the" and hit.folded.rpartition(" ")[2] in self.roles["feature_word"]:
                weight -= 0.0 if any(c.kind in ("region", "sea") for c in hit.candidates) else FEATURE
        return weight + (self._phrase_before(hit) or self._behind_comma(hit))

    def _behind_comma(self, hit: Hit) -> float:
        """Weight of a name that says where an unknown one lies: "from Bowan, Pulwama"."""
        tokens, index = self.found.tokens, hit.first - 1
        if index < 1 or self.found.text[tokens[index].end : tokens[hit.first].start] != ", ":
            return 0.0
        if tokens[index].folded in self.roles["facility_word"] and not tokens[index].capital:
            hit.located, hit.preposition = True, "in"  # "at the Elm Row bus station, London"
            return 1.5
        for _ in range(MOST_NAME_WORDS):
            if index < 1 or not tokens[index].capital or tokens[index].caps or not self._same_phrase(index - 1):
                return 0.0
            index -= 1
            if tokens[index].folded in self.roles["place_preposition"] or tokens[index].folded == "of":
                hit.located, hit.preposition = True, tokens[index].folded
                return 1.5
        return 0.0

    def _part_of_longer_name(self, hit: Hit, neighbour: Token) -> float:
        """Weight of a capitalised word right before the name: a first name, "St.", or any word nobody knows."""
        word, index = neighbour.folded, hit.first - 1
        if index in self.hit_at:
            return -2.0 if self.hit_at[index].folded in self.places.first_names else 0.0
        if not neighbour.capital or index in self.evidence_at:
            return 0.0
        if word in self.places.first_names or (len(word) == 1 and word != "a") or word in self.roles["surname_link"]:
            return -3.0
        known = self._known_word(word) or word in self.roles["facility_word"]  # "the Continental Hotel Kabul"
        unknown = not self.found.tokens[hit.first].caps and not known
        return -2.5 if unknown or word in self.roles["saint_word"] else 0.0

    def _phrase_before(self, hit: Hit) -> float:
        """Weight of the nearest preposition before the name, with the kinds and directions between the two."""
        roles, tokens, weight = self.roles, self.found.tokens, 0.0
        caps, index = tokens[hit.first].caps, hit.first - 1
        for _ in range(LOOK_BACK):
            if index < 0 or not self._same_phrase(index):
                break
            word = tokens[index].folded
            if word in roles["place_preposition"] and not self._are_islands_off(index):
                hit.located, hit.preposition = True, word
                hit.near = hit.near or word in roles["near_word"]
                return weight + 2.0
            if word in roles["weak_preposition"]:
                passed, settled = self._weak_preposition(hit, index)
                weight += passed
                if settled:
                    return weight
                index -= 1
            elif self._kind_word(word) and not tokens[index].capital:
                hit.hint = hit.hint or (self._kind_word(word) if index == hit.first - 1 else "")
                weight += 1.0
            elif tokens[index].capital and not (
                caps or index in self.hit_at or index in self.evidence_at or word in roles["direction"]
            ):
                break
            index -= 1
        return weight

    def _are_islands_off(self, index: int) -> bool:
        """True where the word at INDEX parts islands from a shore: what hit "the islands off Ruritania" hit them."""
        tokens = self.found.tokens
        return tokens[index].folded == "off" and index > 0 and tokens[index - 1].folded in self.roles["island_word"]

    def _weak_preposition(self, hit: Hit, index: int) -> tuple[float, bool]:
        """Weight of "of", "to", "by" and the like, and whether the search for a preposition ends there."""
        word = self.found.tokens[index].folded
        owner = self.found.tokens[index - 1] if word == "of" and index else None
        if owner is None:
            hit.preposition = word
            on_island = word == "on" and any(c.kind == "region" for c in hit.candidates)
            hit.located = hit.located or on_island
            return (2.0 if on_island else 0.7), True
        if self._kind_word(owner.folded):
            hit.hint = hit.hint or self._kind_word(owner.folded)
            hit.located = True
            return 2.0, False
        if any(owner.folded in self.roles[kind] for kind in ("part_word", "shore_word", "direction")):
            # "In the part of Ruritania" is in it; "north of" it and "on the outskirts of" it are beside it.
            inside = owner.folded in ("part", "parts")
            hit.near = hit.near or not inside
            hit.located = hit.located or owner.folded in self.roles["shore_word"]
            return 2.0, not inside
        if owner.folded in self.roles["near_word"]:
            hit.located, hit.near, hit.preposition = True, True, "near"
            return 2.0, True
        if owner.folded in self.roles["owner_word"] and not owner.capital:
            return 1.7, False
        hit.preposition = word
        if owner.capital and owner.folded == "university" and self._is_where(index - 1):
            hit.role, hit.located = "facility", True
            return 2.0, True
        if owner.capital and self._names_a_body(owner.folded):
            hit.role = "organisation"
            return -1.5, True
        return 0.7, True

    def _is_where(self, index: int) -> bool:
        """True where the name that begins at INDEX stands behind a preposition of place: "near the University of"."""
        tokens = self.found.tokens
        before = index - 1 if index and tokens[index - 1].folded != "the" else index - 2
        return before >= 0 and self._same_phrase(before) and tokens[before].folded in self.roles["place_preposition"]

    def _known_word(self, folded: str) -> bool:
        roles = self.roles
        return any(
            folded in roles[role]
            for role in (
                *("direction", "place_preposition", "weak_preposition"),
                *("town_word", "district_word", "region_word", "ordinary"),
            )
        )

    def _same_phrase(self, index: int) -> bool:
        """True where no punctuation stands between this word and the next."""
        tokens = self.found.tokens
        gap = self.found.text[tokens[index].end : tokens[index + 1].start]
        if tokens[index].possessive:
            gap = gap[2:]
        return gap in (" ", "-") or (gap.isspace() and gap.count("\n") < 2)

    def _names_a_body(self, folded: str) -> bool:
        return folded in self.roles["organisation_word"] or folded in self.roles["facility_word"]

    def _kind_word(self, folded: str) -> str:
        for role, hint in (("region_word", "adm1"), ("district_word", "adm2"), ("town_word", "city")):
            if folded in self.roles[role]:
                return hint
        return ""

    def _after(self, hit: Hit) -> float:
        """Weight of the words after: a kind of place, a street word, a newspaper, a surname."""
        neighbour = self._adjacent(hit.last, hit.last + 1)
        last = self.found.tokens[hit.last]
        if neighbour is None or (self.found.text[last.end] == "." and len(last.word) > 1):
            return 0.0
        roles, word, caps = self.roles, neighbour.folded, self.found.tokens[hit.last].caps
        if word in roles["officer_word"] and any(c.kind == "adm2" for c in hit.candidates):
            hit.role = "organisation"
            return 0.5
        if self._is_abroad(hit, word):
            hit.role = "abroad"
            return 0.0
        hint = self._kind_word(word)
        if hint and (neighbour.capital or word not in ("section", "area", "state", "capital", "camp")):
            hit.hint = hint
            return 2.0
        if word in roles["said_word"] and not any(c.kind == "country" for c in hit.candidates):
            return -1.5
        local = self._local(hit, neighbour)
        if local == HEADLINE or not neighbour.capital or caps:
            return local
        if word in roles["local_word"] and word in roles["organisation_word"]:
            hit.role = "organisation"
            return 0.7
        if word in roles["street_word"]:
            hit.role = "street"
            return STREET
        if word in roles["newspaper_word"] and not caps:
            hit.role = "organisation"
            return -1.0
        if word in roles["facility_word"]:
            hit.role = "facility"
            return 0.5
        if word in roles["organisation_word"]:
            hit.role = "organisation"
            return 0.0
        if hit.last + 1 in self.evidence_at:
            return 0.0
        if word in self.places.surnames and hit.first == hit.last:
            return -3.0
        if not self._known_word(word) and word not in self.places.english_words and not hit.located:
            return -1.5
        return 0.0

    def _local(self, hit: Hit, neighbour: Token) -> float:
        """Weight of a town whose people or police news tells of: "Elkton man shot", "Elkton double shooting"."""
        if neighbour.folded in self.roles["local_adjective"]:
            at = self.found.tokens.index(neighbour, hit.last)
            while neighbour.folded in self.roles["local_adjective"]:
                at += 1
                following = self._adjacent(at - 1, at)
                if following is None:
                    return 0.0
                neighbour = following
        if neighbour.folded not in self.roles["local_word"] or not any(c.kind == "city" for c in hit.candidates):
            return 0.0
        land = any(c.kind in ("country", "adm1") for c in hit.candidates)
        opens = hit.start < MOST_IN_HEADLINE and not land and not self.found.tokens[hit.first].caps
        return (
            HEADLINE if opens and neighbour.folded not in self.roles["street_word"] | self.roles["town_word"] else 1.0
        )

    def _is_abroad(self, hit: Hit, word: str) -> bool:
        """True for a country whose embassy, airline, tourists or expedition the WORD behind it tells of."""
        countries = {c.country for c in hit.candidates if c.kind == "country"}
        if countries and word in self.roles["embassy_word"]:
            hit.located = False  # "at the Ruritanian embassy" is wherever that stands
            return True
        if hit.located or not countries:
            return False
        if word in self.roles["abroad_word"]:
            return True
        if countries.isdisjoint(TROOPS_ABROAD):
            return False
        if word == "and":
            word = "".join(token.folded for token in self.found.tokens[hit.last + 3 : hit.last + 4])
        return word in self.roles["expeditionary_word"]

    def _special(self, hit: Hit) -> None:
        """Datelines, and a country that opens the text: "COLOMBIA. Three members"."""
        text, token = self.found.text, self.found.tokens[hit.first]
        in_capitals = token.word.isupper() and len(token.word) > 3 and token.start < 400 and not token.caps
        glued = 0 < token.start < 400 and text[token.start - 1].isalpha()
        line_start = in_capitals or glued or self._opens_line(token.start)
        # In copy in capitals "BALL -- WERE" and "ALLIANCE [ARENA]" at a line's start are none.
        ahead = DATED_AHEAD if token.caps and token.start else DATELINE_AHEAD
        if line_start and ((token.start < 2000 and ahead.match(text, hit.end)) or DATELINE_AT_END.match(text, hit.end)):
            hit.role, hit.strength = "dateline", hit.strength + 4.0
        elif (token.start < 40 and text[: hit.end].isupper() and self._ends(hit)) or (
            any(candidate.kind == "country" for candidate in hit.candidates) and self._is_labelled(hit)
        ):
            hit.role, hit.strength = "leading", hit.strength + 4.0
            hit.candidates = tuple(c for c in hit.candidates if c.kind == "country") or hit.candidates

    def _ends(self, hit: Hit) -> bool:
        """True where a full stop or colon ends the name, and is not that of an abbreviation: "TWO U.S. NUNS"."""
        short = len(self.found.tokens[hit.last].word) == 1
        return not short and LEADING.match(self.found.text, hit.end) is not None

    def _is_labelled(self, hit: Hit) -> bool:
        """True for the country that ends a labelled line: "Affected country: Guinea", "LOCATION / Marib, Yemen"."""
        text, reach = self.found.text, max(0, hit.start - LABELLED_REACH)
        return LABELLED.search(text, reach, hit.start) is not None and LINE_END.match(text, hit.end) is not None

    def _opens_line(self, start: int) -> bool:
        """True where only blanks stand before, as far back as a line of blanks may be."""
        text, back = self.found.text, max(0, start - MOST_INDENT)
        newline = text.rfind("\n", back, start)
        return (newline >= 0 or back == 0) and not text[max(newline + 1, back) : start].strip()
