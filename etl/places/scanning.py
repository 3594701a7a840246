"""Names of places in a text: every run of words the gazetteer knows, with what its surroundings say about it.

``etl.places.company`` weighs each by the words around it; ``etl.places.resolution`` keeps what is strong enough and
settles which place it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from etl.places.company import DASH, DATELINE_AHEAD, DATELINE_REACH, Company
from etl.places.gazetteer import CACHE_SIZE, Candidate, Evidence, Gazetteer
from etl.places.hints import hints_in
from etl.places.hits import Hit, Scan, Token
from etl.places.name_letters import country_by_letters
from etl.places.names import ARTICLES, ASCII_WORD, WORD, fold_word

POSSESSIVE = re.compile(r"(?:['’`´]|Õ)[sS]$")
"""The ending 's; Õ is the apostrophe of a Mac text read as Latin-1."""
OWNED = re.compile(r"(?:['’`´]|Õ)[sS]?[ ]")
"""What stands between two words of a name of which the first owns the second: "People's Party", "Workers' Party"."""
GLUED = re.compile(
    r"[A-Za-z]{0,30}[a-z]{2}(?=[A-Z]{4,}$)|(?:com|net|org)(?=[A-Z][a-z]{2})|[A-Za-z][a-z]{5,30}(?=[A-Z][a-z]{3,}$)"
    r"|[KW][A-Z]{3}(?=[A-Z][a-z]{2,}$)|[A-Z][a-z]{2,30}(?=A$)"
)
"""What a scraped page runs together with the text after it: "CBS DenverAURORA, Colo.", "6abc.comPhiladelphia"."""
STATIONS = frozenset({"CBS", "NBC", "ABC", "FOX", "Fox"})
"""Networks before the name of a city, which is their station's: "CBS Denver"."""
CALL_SIGN = re.compile(r"(?:[KW][A-Z]{2,3}|[A-Z]{2})(?=[A-Z]{4,}$)")
"""The same before capitals: a station's call sign or a state's letters, "WCIVFLORENCE, S.C."."""
PLAIN_GAP = re.compile(r"[ \t]{1,9}|[ \t]{0,9}\r?\n[ \t]{0,9}|[ \t]?-[ \t]?")
ADJECTIVE = re.compile(r"[a-z]{4,20}(?:ian|ese)$")
"""A land's adjective before the word for a town says whose town it is: "the Thuringian city"."""
ABBREVIATED = frozenset({"st", "ft", "mt", "sta", "sto", "ste"})
SHORTEST_GLUED = 7
"""Letters of the shortest word in which a call sign stands before a name."""
LONGEST_SHORT = 3
"""Letters up to which a word in capitals is no name by itself: US, UK."""
MOST_IN_DATELINE = 3
"""Words of a dateline's town among which its end is looked for."""
LANDS = frozenset({"nation", "nations", "country", "countries", "state", "states", "republic", "kingdom"})
CAPS_RUN = 5
"""This many words in capitals side by side are text in capitals; fewer may be a name or a dateline."""


def tokens_of(text: str) -> list[Token]:
    """The words of the text, those in longer stretches of capitals marked."""
    tokens: list[Token] = []
    run: list[Token] = []
    for match in (ASCII_WORD if text.isascii() else WORD).finditer(text):
        skipped, word, folded, capital, upper, possessive = _as_read(match.group())
        start = match.start() + skipped
        if skipped and not (tokens and tokens[-1].word in STATIONS):
            head = match.group()[:skipped]
            tokens.append(Token(match.start(), start, head, fold_word(head), head[0].isupper(), False, False))
        token = Token(start, start + len(word), word, folded, capital, False, possessive)
        tokens.append(token)
        if upper:
            run.append(token)
        elif run:
            _mark(run)
            run = []
    _mark(run)
    return tokens


@lru_cache(maxsize=CACHE_SIZE)
def _as_read(word: str) -> tuple[int, str, str, bool, bool, bool]:
    """Letters glued before WORD, the rest without 's, folded, whether it has a capital, is in capitals, had an 's."""
    skipped = 0
    possessive = word[-1] in "sS" and len(word) > 2 and POSSESSIVE.search(word) is not None
    if possessive:
        word = word[:-2]
    upper = word.isupper()
    if not (upper or word.islower() or word.istitle()) and (glued := GLUED.match(word)) is not None:
        skipped, word = glued.end(), word[glued.end() :]
        upper = word.isupper()
    return skipped, word, fold_word(word), word[0].isupper(), upper, possessive


def _mark(run: list[Token]) -> None:
    if len(run) >= CAPS_RUN:
        for token in run:
            token.caps = True


def scan(text: str, places: Gazetteer) -> Scan:
    """Place names and country hints of the text, in its order, names weighed by what stands around them."""
    tokens = tokens_of(text)
    dashes = [dash.start() for dash in DASH.finditer(text)]
    kinds = places.kind_words
    hits: list[Hit] = []
    evidence: list[tuple[int, Evidence]] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if not token.capital and not (token.folded in ARTICLES and _hyphenated(text, tokens, index)):
            index += 1
            continue
        if token.caps and _is_surely_no_name(text, tokens, index, dashes, places):
            index += 1  # in copy in capitals most words are no names, and every one would be looked up as one
            continue
        region = _abbreviated_region(text, tokens, index, places)
        if region is not None:
            hits.append(region)
            index = region.last + 1
            continue
        last = _longest_name(text, tokens, index, places)
        if not token.capital and index <= last <= _longest_name(text, tokens, index + 1, places):
            index += 1  # "the Green Zone" is not in a place called The Green
            continue
        hint_last, hint = _longest_evidence(text, tokens, index, places)
        if hint is not None and hint_last >= last:
            evidence.append((index, hint))
            index = hint_last + 1
        elif last >= index:
            folded = " ".join(f"{t.folded}s" if t.possessive else t.folded for t in tokens[index:last])
            folded = f"{folded} {tokens[last].folded}" if folded else tokens[last].folded
            candidates = places.candidates(folded)
            kind = token.caps and token.folded == "the" and last == index + 1 and tokens[last].folded in kinds
            if not kind and not _tells_of_a_land(text, tokens, last, candidates):
                hits.append(Hit(tokens[index].start, tokens[last].end, index, last, folded, candidates))
            index = last + 1
        else:
            unknown = _unknown_dateline(text, tokens, index, places) or _unknown_name(text, tokens, index, places)
            if unknown is not None:
                hits.append(unknown)
                index = unknown.last
            index += 1
    found = Scan(text, tokens, hits, evidence, list(hints_in(tokens)), country_by_letters(tokens))
    Company(found, places).weigh()
    return found


def _tells_of_a_land(text: str, tokens: list[Token], last: int, candidates: Sequence[Candidate]) -> bool:
    """Whether the name of a sea that ends at LAST only says which land is meant: "the South Pacific nation"."""
    if last + 1 >= len(tokens) or not any(candidate.kind == "sea" for candidate in candidates):
        return False
    following = tokens[last + 1]
    return following.folded in LANDS and text[tokens[last].end : following.start] == " "


def _is_surely_no_name(text: str, tokens: list[Token], index: int, dashes: list[int], places: Gazetteer) -> bool:
    """Whether a word in copy in capitals, by itself or with the next one, is nothing that :func:`scan` looks for.

    DASHES are the places of TEXT where a dateline can end.
    """
    token = tokens[index]
    if token.possessive and places.locate(f"{token.folded}s")[1]:
        return False
    opening = places.opening(token.folded)
    if opening.hint or (opening.name and len(token.word) > LONGEST_SHORT):
        return False
    if not opening.following:
        if opening.name or len(token.folded) < SHORTEST_GLUED:
            return True
        dash = bisect_left(dashes, token.end)
        near = dash < len(dashes) and dashes[dash] - token.end <= DATELINE_REACH
        return not near or not DATELINE_AHEAD.match(text, token.end)
    following = index + 1
    return (
        following == len(tokens)
        or tokens[following].folded not in opening.following
        or not _joined(text, token, tokens[following])
    )


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
    if not exists and not begins and tokens[first].word.isupper() and len(folded) >= SHORTEST_GLUED:
        call_sign = CALL_SIGN.match(tokens[first].word)
        ends = (token.end for token in tokens[first : first + MOST_IN_DATELINE])
        if call_sign is not None and any(DATELINE_AHEAD.match(text, end) for end in ends):
            rest = folded[call_sign.end() :]
            if any(places.locate(rest)):
                token = tokens[first]
                tokens[first] = replace(
                    token, start=token.start + call_sign.end(), word=token.word[call_sign.end() :], folded=rest
                )
                folded, (exists, begins) = rest, places.locate(rest)
    alone = exists and tokens[first].capital and _written_as_name(text, tokens[first])
    best = first if alone and folded not in places.kind_words and folded not in places.roles["not_place"] else -1
    last = first
    if tokens[first].possessive:
        folded = f"{folded}s"
        begins = first + 1 < len(tokens) and places.locate(folded)[1]
        if begins and OWNED.fullmatch(text, tokens[first].end, tokens[first + 1].start):
            last += 1
            folded = f"{folded} {tokens[last].folded}"
            exists, begins = places.locate(folded)
            best = last if exists else best
    while begins and last + 1 < len(tokens) and _joined(text, tokens[last], tokens[last + 1]):
        last += 1
        folded = f"{folded} {tokens[last].folded}"
        exists, begins = places.locate(folded)
        if exists and (tokens[last].capital or text[tokens[last].start - 1] == "-" or places.is_curated(folded)):
            best = last
    return best


def _unknown_dateline(text: str, tokens: list[Token], first: int, places: Gazetteer) -> Hit | None:
    """A town in capitals that the gazetteer lacks, before its state and the rest of a dateline: "NANJEMOY, Md. --"."""
    last = first
    while last < first + MOST_IN_DATELINE and last + 1 < len(tokens) and tokens[last + 1].word.isupper():
        if not _joined(text, tokens[last], tokens[last + 1]):
            break
        last += 1
    name = tokens[first : last + 1]
    if not all(token.word.isupper() and not token.caps for token in name) or len(name[0].word) <= LONGEST_SHORT:
        return None
    if not _names_its_state(text, tokens, last, places) or not DATELINE_AHEAD.match(text, name[-1].end):
        return None
    return Hit(name[0].start, name[-1].end, first, last, " ".join(t.folded for t in name), ())


def _names_its_state(text: str, tokens: list[Token], last: int, places: Gazetteer) -> bool:
    """True where a comma and an American state, whole or shortened, follow."""
    following = last + 1
    if following >= len(tokens) or not text.startswith(", ", tokens[last].end):
        return False
    if _abbreviated_region(text, tokens, following, places) is not None:
        return True
    return any(c.kind == "adm1" and c.country == "US" for c in places.candidates(tokens[following].folded))


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
        if following.capital and following.folded in roles["town_word"] and last == first:
            last += 1  # "Little Village"
            break
        if not (following.capital or particle) or following.folded in places.kind_words:
            break
        if following.folded in places.surnames or following.word.isupper():
            return None
        last += 1
    after = tokens[last + 1].folded if last + 1 < len(tokens) and text[tokens[last].end :][:1] == " " else ""
    if after in roles["organisation_word"] or after in roles["street_word"] or after in roles["title"]:
        return None
    if _is_adjective(tokens, first, last, after, roles["town_word"]):
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
    held = _names_its_region(text, tokens, last, places)
    located = located or (held and word in roles["place_preposition"])
    role = "unlisted"
    if not located and (after not in kinds or tokens[first - 1].capital):
        if word not in roles["place_verb"]:
            return None
        role = "sound"  # "a bomb struck Hawija": a place only if some place there sounds like it
    if word == "at" and after not in kinds and not held:
        return None
    folded = " ".join(t.folded for t in tokens[first : last + 1])
    return Hit(token.start, tokens[last].end, first, last, folded, (), strength=0.0, role=role)


def _is_adjective(tokens: list[Token], first: int, last: int, after: str, town_words: Collection[str]) -> bool:
    """Whether the name says whose the town or land behind it is: "the Thuringian city", "the Himalayan state"."""
    if after in town_words:
        return ADJECTIVE.search(tokens[last].word) is not None
    return after in ("state", "nation") and tokens[first - 1].folded == "the" and tokens[last].folded.endswith("an")


def _names_its_region(text: str, tokens: list[Token], last: int, places: Gazetteer) -> bool:
    """True where a comma and a name the gazetteer knows follow: "Bowan, Pulwama"."""
    following = last + 1
    if following >= len(tokens) or text[tokens[last].end : tokens[following].start] != ", ":
        return False
    token = tokens[following]
    return token.capital and not _is_ordinary(token.folded, places) and places.locate(token.folded)[0]


def _is_ordinary(folded: str, places: Gazetteer) -> bool:
    return any(folded in places.roles[role] for role in ("not_place", "ordinary")) or folded in places.kind_words


def _written_as_name(text: str, token: Token) -> bool:
    """False for short words that are a name only in capitals of their own: US, UK."""
    return (
        len(token.word) > LONGEST_SHORT
        or (len(token.word) > 2 and not token.word.isupper())
        or (token.word in ("US", "UK") and not token.caps and text[token.end : token.end + 1] != "$")
    )


def _longest_evidence(text: str, tokens: list[Token], first: int, places: Gazetteer) -> tuple[int, Evidence | None]:
    folded = tokens[first].folded
    found, best = places.evidence.get(folded), first
    for last in range(first + 1, min(first + 7, len(tokens))):
        before = tokens[last - 1]
        owned = OWNED.fullmatch(text, before.end, tokens[last].start) is not None
        folded += "s" if owned and before.possessive else ""
        if folded not in places.evidence_beginnings or not (owned or _joined(text, before, tokens[last])):
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
