"""Names of places in a text: every run of words the gazetteer knows, with what its surroundings say about it.

A name counts by its company. Prepositions, dates, regions after a comma and words such as "province of" speak for a
place; titles, first names, surnames, street words and unknown capitalised neighbours speak against one. The sum is the
hit's ``strength``; ``etl.places.resolution`` keeps what is strong enough and settles which place it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from etl.places.gazetteer import Candidate, Evidence, Gazetteer
from etl.places.names import WORD, fold_word

POSSESSIVE = re.compile(r"(?:['’`´]|Õ)[sS]$")
"""The ending 's; Õ is the apostrophe of a Mac text read as Latin-1."""
GLUED = re.compile(r"[A-Za-z]{0,30}[a-z]{2}(?=[A-Z]{4,}$)|(?:com|net|org)(?=[A-Z][a-z]{2})")
"""What a scraped page runs together with the text after it: "CBS DenverAURORA, Colo.", "6abc.comPhiladelphia"."""
CALL_SIGN = re.compile(r"(?:[KW][A-Z]{2,3}|[A-Z]{2})(?=[A-Z]{4,}$)")
"""The same before capitals: a station's call sign or a state's letters, "WCIVFLORENCE, S.C."."""
PLAIN_GAP = re.compile(r"[ \t]+|[ \t]*\r?\n[ \t]*|[ \t]?-[ \t]?")
ABBREVIATED = frozenset({"st", "ft", "mt", "sta", "sto", "ste"})
ARTICLES = frozenset({"al", "el", "as", "ar", "an", "ash", "az", "ad", "at", "ed", "es"})
CAPS_RUN = 5
"""This many words in capitals side by side are text in capitals; fewer may be a name or a dateline."""
LOOK_BACK = 5
_SOURCE = r"(?:\([^()\n]{1,60}\)[ \t]*)?"
_MONTH_DAY = r",?[ \t]*[A-Z][A-Za-z]{2,8}\.?[ \t]\d{1,2}(?:,[ \t]\d{4})?"
_DAY_MONTH = r",?[ \t]*\d{1,2}[ \t][A-Za-z]{3,9}\.?(?:[ \t]\d{2,4})?"
DATELINE_AHEAD = re.compile(
    rf"[ \t]*(?:,[^\n]{{0,40}}?)?{_SOURCE}(?:{_DAY_MONTH}|{_MONTH_DAY})?[ \t]*{_SOURCE}(?:--|—|–|-[ \t]|\[)"
)
DATELINE_AT_END = re.compile(rf"{_MONTH_DAY}[ \t]*{_SOURCE}$", re.MULTILINE)
LEADING = re.compile(r"[ \t]*(?:\([^()\n]{1,40}\)[ \t]*)?[.:][ \t\n]")


@dataclass(slots=True)
class Token:
    """A word of the text; ``end`` leaves a possessive ending out."""

    start: int
    end: int
    word: str
    folded: str
    capital: bool
    caps: bool = False
    possessive: bool = False


@dataclass(slots=True)
class Hit:
    """A run of words that some place is called."""

    start: int
    end: int
    first: int
    last: int
    folded: str
    candidates: tuple[Candidate, ...]
    strength: float = 0.0
    role: str = "place"
    hint: str = ""
    near: bool = False
    preposition: str = ""
    located: bool = False
    within: Hit | None = None
    holds: list[Hit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a text holds: its words, place names, and words that only hint at a country."""

    text: str
    tokens: list[Token]
    hits: list[Hit]
    evidence: list[tuple[int, Evidence]]


def tokens_of(text: str) -> list[Token]:
    """The words of the text, those in longer stretches of capitals marked."""
    tokens = []
    for match in WORD.finditer(text):
        word, end = match.group(), match.end()
        possessive = word[-1] in "sS" and len(word) > 2 and POSSESSIVE.search(word) is not None
        if possessive:
            word, end = word[:-2], end - 2
        start, glued = match.start(), GLUED.match(word)
        if glued is not None:
            start, word = start + glued.end(), word[glued.end() :]
        tokens.append(Token(start, end, word, fold_word(word), word[0].isupper(), False, possessive))
    run: list[Token] = []
    for token in tokens:
        if token.word.isupper():
            run.append(token)
            continue
        _mark(run)
        run = []
    _mark(run)
    return tokens


def _mark(run: list[Token]) -> None:
    if len(run) >= CAPS_RUN:
        for token in run:
            token.caps = True


def scan(text: str, places: Gazetteer) -> Scan:
    """Place names and country hints of the text, in its order, names weighed by what stands around them."""
    tokens = tokens_of(text)
    hits: list[Hit] = []
    evidence: list[tuple[int, Evidence]] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if not token.capital and not (token.folded in ARTICLES and _hyphenated(text, tokens, index)):
            index += 1
            continue
        region = _abbreviated_region(text, tokens, index, places)
        if region is not None:
            hits.append(region)
            index = region.last + 1
            continue
        last = _longest_name(text, tokens, index, places)
        hint_last, hint = _longest_evidence(text, tokens, index, places)
        if hint is not None and hint_last >= last:
            evidence.append((index, hint))
            index = hint_last + 1
        elif last >= index:
            folded = " ".join(t.folded for t in tokens[index : last + 1])
            hits.append(Hit(tokens[index].start, tokens[last].end, index, last, folded, places.candidates(folded)))
            index = last + 1
        else:
            unknown = _unknown_name(text, tokens, index, places)
            if unknown is not None:
                hits.append(unknown)
                index = unknown.last
            index += 1
    found = Scan(text, tokens, hits, evidence)
    _Weigher(found, places).weigh()
    return found


def _hyphenated(text: str, tokens: list[Token], index: int) -> bool:
    following = index + 1
    return (
        following < len(tokens)
        and tokens[following].capital
        and text[tokens[index].end : tokens[following].start] in ("-", " ")
    )


def _joined(text: str, left: Token, right: Token) -> bool:
    """True where two words may belong to one name."""
    gap = text[left.end : right.start]
    if gap in (" ", "-"):
        return not left.possessive
    if gap in (".", ". "):
        return len(left.word) == 1 or left.folded in ABBREVIATED
    return not left.possessive and PLAIN_GAP.fullmatch(gap) is not None


def _longest_name(text: str, tokens: list[Token], first: int, places: Gazetteer) -> int:
    """Index of the last word of the longest name that starts at FIRST; -1 where none does."""
    folded = tokens[first].folded
    exists, begins = places.locate(folded)
    if not exists and not begins and tokens[first].word.isupper() and len(folded) > 6:
        call_sign = CALL_SIGN.match(tokens[first].word)
        if call_sign is not None and DATELINE_AHEAD.match(text, tokens[first].end):
            rest = folded[call_sign.end() :]
            if places.locate(rest)[0]:
                token = tokens[first]
                tokens[first] = replace(
                    token, start=token.start + call_sign.end(), word=token.word[call_sign.end() :], folded=rest
                )
                return first
    alone = exists and tokens[first].capital and _written_as_name(text, tokens[first])
    best = first if alone and folded not in places.kind_words and folded not in places.roles["not_place"] else -1
    last = first
    while begins and last + 1 < len(tokens) and _joined(text, tokens[last], tokens[last + 1]):
        last += 1
        folded = f"{folded} {tokens[last].folded}"
        exists, begins = places.locate(folded)
        if exists and (tokens[last].capital or text[tokens[last].start - 1] == "-" or places.is_curated(folded)):
            best = last
    return best


def _unknown_name(text: str, tokens: list[Token], first: int, places: Gazetteer) -> Hit | None:
    """A capitalised name the gazetteer lacks, where the words around it say it is a place: "the village of Bowan"."""
    token, roles = tokens[first], places.roles
    if token.caps or token.word.isupper() or len(token.word) < 3 or not first or _is_ordinary(token.folded, places):
        return None
    last = first
    while last < first + 2 and last + 1 < len(tokens):
        following = tokens[last + 1]
        particle = following.folded in ARTICLES and _hyphenated(text, tokens, last + 1)
        if text[tokens[last].end : following.start] not in (" ", "-") or tokens[last].possessive:
            break
        if not (following.capital or particle) or following.folded in places.kind_words:
            break
        if following.folded in places.surnames or following.word.isupper():
            return None
        last += 1
    after = tokens[last + 1].folded if last + 1 < len(tokens) and text[tokens[last].end :][:1] == " " else ""
    if after in roles["organisation_word"] or after in roles["street_word"] or after in roles["title"]:
        return None
    before = first - 1
    while before > 0 and (tokens[before].folded in ("the", "a") or tokens[before].folded in roles["direction"]):
        before -= 1
    gap = text[tokens[first - 1].end : token.start]
    if gap not in (" ", "-", "\n"):
        return None
    word = tokens[before].folded
    kinds = {*roles["region_word"], *roles["district_word"], *roles["town_word"]} - {"state", "capital"}
    if tokens[before].capital and before and text[tokens[before - 1].end : tokens[before].start] == " ":
        return None  # a headline in title case, where every word looks like a name
    located = word in ("in", "near", "at", "outside", "around") or (word == "of" and tokens[before - 1].folded in kinds)
    if not located and (after not in kinds or tokens[first - 1].capital):
        return None
    if word == "at" and after not in kinds:
        return None
    folded = " ".join(t.folded for t in tokens[first : last + 1])
    return Hit(token.start, tokens[last].end, first, last, folded, (), strength=0.0, role="unlisted")


def _is_ordinary(folded: str, places: Gazetteer) -> bool:
    return any(folded in places.roles[role] for role in ("not_place", "ordinary")) or folded in places.kind_words


def _written_as_name(text: str, token: Token) -> bool:
    """False for short words that are a name only in capitals of their own: US, UK."""
    return (
        len(token.word) > 3
        or (len(token.word) > 2 and not token.word.isupper())
        or (token.word in ("US", "UK") and not token.caps and text[token.end : token.end + 1] != "$")
    )


def _longest_evidence(text: str, tokens: list[Token], first: int, places: Gazetteer) -> tuple[int, Evidence | None]:
    folded = tokens[first].folded
    found, best = places.evidence.get(folded), first
    for last in range(first + 1, min(first + 7, len(tokens))):
        if folded not in places.evidence_beginnings or not _joined(text, tokens[last - 1], tokens[last]):
            break
        folded = f"{folded} {tokens[last].folded}"
        longer = places.evidence.get(folded)
        if longer is not None:
            found, best = longer, last
    if found is not None and found.acronym and not tokens[first].word.isupper():
        return -1, None
    return (best, found) if found is not None else (-1, None)


def _abbreviated_region(text: str, tokens: list[Token], index: int, places: Gazetteer) -> Hit | None:
    """A state or province shortened after a place and a comma: "Mobile, Ala.", "Dallas, TX", "Albany, N.Y."."""
    token = tokens[index]
    if not index or not tokens[index - 1].capital or len(token.word) > 6:
        return None
    if text[tokens[index - 1].end : token.start].strip() != ",":
        return None
    last, code = index, "" if token.caps else places.postal_codes.get(token.word, "")
    folded = token.folded
    for end in (index, index + 1):
        if end > index and (end >= len(tokens) or not _joined(text, tokens[end - 1], tokens[end])):
            break
        folded = folded if end == index else f"{folded} {tokens[end].folded}"
        if folded in places.adm1_abbreviations and text[tokens[end].end : tokens[end].end + 1] == ".":
            last, code = end, places.adm1_abbreviations[folded]
    if not code:
        return None
    return Hit(token.start, tokens[last].end, index, last, code, places.region_candidates(code), strength=1.0)


class _Weigher:
    """Adds up what stands around each hit."""

    def __init__(self, found: Scan, places: Gazetteer) -> None:
        self.found, self.places, self.roles = found, places, places.roles
        self.hit_at: dict[int, Hit] = {}
        for hit in found.hits:
            for index in range(hit.first, hit.last + 1):
                self.hit_at[index] = hit
        self.evidence_at = {index for index, _ in found.evidence}

    def weigh(self) -> None:
        for previous, hit in zip([None, *self.found.hits], self.found.hits, strict=False):
            hit.strength += self._own_weight(hit) + self._before(hit) + self._after(hit)
            if previous is not None and previous.located and not hit.located and self._lists(previous, hit):
                hit.located, hit.preposition, hit.strength = True, previous.preposition, hit.strength + 1.5
            self._special(hit)
            if previous is not None and self._contains(previous, hit):
                previous.within = hit
                hit.holds.append(previous)

    def _own_weight(self, hit: Hit) -> float:
        if hit.role == "unlisted":
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
        if any(c.kind == "adm2" and self._kind_word(hit.folded.rpartition(" ")[2]) for c in hit.candidates):
            weight += 1.0
        token = self.found.tokens[hit.first]
        if hit.first == hit.last and not kinds & {"country", "sea", "region"}:
            if token.folded in self.places.english_words:
                weight -= 2.5 if token.caps or self._starts_sentence(hit.first) else 1.5
            if token.folded in self.places.surnames or token.folded in self.places.first_names:
                weight -= 1.0 if most < 1_000_000 else 0.3
        return weight

    def _starts_sentence(self, index: int) -> bool:
        if index == 0:
            return True
        gap = self.found.text[self.found.tokens[index - 1].end : self.found.tokens[index].start]
        return any(mark in gap for mark in '.!?\n"“”:;|«»(') or len(gap) > 3

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
        roles, tokens, weight = self.roles, self.found.tokens, 0.0
        neighbour = self._adjacent(hit.first, hit.first - 1)
        caps = tokens[hit.first].caps
        if neighbour is not None and not self._starts_sentence(hit.first):
            word = neighbour.folded
            if word in roles["title"] and (neighbour.capital or word == "president"):
                return -4.0
            if neighbour.capital and hit.first - 1 not in self.hit_at and hit.first - 1 not in self.evidence_at:
                if word in self.places.first_names or (len(word) == 1 and word != "a") or word in roles["surname_link"]:
                    weight -= 3.0
                elif word in roles["saint_word"] or (not caps and not self._known_word(word)):
                    weight -= 2.5
            if hit.first - 1 in self.hit_at and self.hit_at[hit.first - 1].folded in self.places.first_names:
                weight -= 2.0
        index = hit.first - 1
        for _ in range(LOOK_BACK):
            if index < 0 or not self._same_phrase(index):
                break
            word = tokens[index].folded
            if word in roles["place_preposition"]:
                hit.located, hit.preposition = True, word
                hit.near = hit.near or word in roles["near_word"]
                return weight + 2.0
            if word == "of" and index and self._kind_word(tokens[index - 1].folded):
                hit.hint = hit.hint or self._kind_word(tokens[index - 1].folded)
                hit.located = True
                weight += 2.0
                index -= 1
            elif self._kind_word(word) and not tokens[index].capital:
                hit.hint = hit.hint or (self._kind_word(word) if index == hit.first - 1 else "")
                weight += 1.0
            elif (
                word == "of"
                and index
                and tokens[index - 1].folded in (*roles["direction"], "outskirts", "part", "parts")
            ):
                hit.near = hit.near or (tokens[index - 1].folded in (*roles["direction"], "outskirts"))
                return weight + 2.0
            elif word == "of" and index and tokens[index - 1].folded in roles["near_word"]:
                hit.located, hit.near, hit.preposition = True, True, "near"
                return weight + 2.0
            elif word in roles["weak_preposition"]:
                hit.preposition = word
                if (
                    word == "of"
                    and index
                    and tokens[index - 1].capital
                    and self._names_a_body(tokens[index - 1].folded)
                ):
                    hit.role = "organisation"
                    return weight - 1.5
                return weight + 0.7
            elif word in ("the", "a") or word in roles["direction"]:
                pass
            elif tokens[index].capital and not caps and index not in self.hit_at and index not in self.evidence_at:
                break
            index -= 1
        return weight

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
        if neighbour is None or self.found.text[self.found.tokens[hit.last].end] == ".":
            return 0.0
        roles, word, caps = self.roles, neighbour.folded, self.found.tokens[hit.last].caps
        hint = self._kind_word(word)
        if hint and (neighbour.capital or word not in ("section", "area", "state", "capital", "camp")):
            hit.hint = hint
            return 2.0
        if word in roles["said_word"] and not any(c.kind == "country" for c in hit.candidates):
            return -1.5
        if not neighbour.capital or caps:
            local = word in roles["local_word"] and any(c.kind == "city" for c in hit.candidates)
            return 0.7 if local else 0.0
        if word in roles["local_word"] and word in roles["organisation_word"]:
            hit.role = "organisation"
            return 0.7
        if word in roles["street_word"]:
            hit.role = "street"
            return -5.0
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

    def _special(self, hit: Hit) -> None:
        """Datelines, and a country that opens the text: "COLOMBIA. Three members"."""
        text, token = self.found.text, self.found.tokens[hit.first]
        in_capitals = token.word.isupper() and len(token.word) > 3 and token.start < 400
        line_start = in_capitals or not text[: token.start].rpartition("\n")[2].strip()
        ahead = token.start < 2000 and DATELINE_AHEAD.match(text, hit.end)
        if line_start and (ahead or DATELINE_AT_END.match(text, hit.end)):
            hit.role, hit.strength = "dateline", hit.strength + 4.0
        elif token.start < 40 and text[: hit.end].isupper() and LEADING.match(text, hit.end):
            hit.role, hit.strength = "leading", hit.strength + 4.0

    def _lists(self, previous: Hit, hit: Hit) -> bool:
        """True for the later names of a list: "in Osh, Tokmok and Naryn"."""
        gap = self.found.text[previous.end : hit.start]
        return len(gap) < 12 and " ".join(gap.split()).strip() in (",", "and", ", and", "or", "/", "as well as")

    def _contains(self, inner: Hit, outer: Hit) -> bool:
        """True for "Inner, Outer", "Inner (Outer)" and "Inner in Outer" where some Outer holds some Inner."""
        gap = self.found.text[inner.end : outer.start]
        if len(gap) > 24:
            return False
        words = gap.lower().strip(" ,()\n").split()
        if (
            any(mark in gap for mark in ".;:")
            or not ("," in gap or "(" in gap or "in" in words)
            or not set(words) <= self.roles["linking"]
        ):
            return False
        return any(holds(out, into) for out in outer.candidates for into in inner.candidates)


def holds(outer: Candidate, inner: Candidate) -> bool:
    """True where the outer place is the country or region the inner one lies in."""
    if outer.row == inner.row or inner.kind == "country":
        return False
    if outer.kind == "country":
        return outer.country == inner.country
    if outer.kind in ("adm1", "region", "former country"):
        return outer.adm1 == inner.adm1 if outer.adm1 else outer.country == inner.country
    return outer.kind == "adm2" and outer.adm1 == inner.adm1 and inner.kind == "city"
