"""People of a headline that a parser makes nothing of: "Toddler, mother drown in dam", "Gunman slain", "Boy, 7, dies".

Headlines drop articles and auxiliaries, so that a noun is read as a name and a verb as a noun. Here the words up to the
first word of harm are taken as what they are: people one by one, or counted, parted by commas and *and*.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from etl.extraction.harm.arguments import OBJECTS
from etl.extraction.harm.no_harm import tells_no_harm
from etl.extraction.harm.words import Harm
from etl.extraction.lexicons import mapping, word_set
from etl.extraction.people.counted import Victims
from etl.extraction.people.naming import category_of
from etl.extraction.people.sentence import Sentence
from etl.extraction.polarity import polarity_of
from etl.records import Figure, Measure

_LONGEST = 14
"""Words of a headline among which its word of harm stands."""
_NEXT_PART = 6
"""Words behind a word of harm in which the comma before the next part of the headline stands."""
_JOINED = 2
"""Words by which a verb joined to another stands behind it ("shot *and killed*")."""
_ENDS = frozenset(".!?;")
_PARTING = frozenset({",", "and", "&"})
_KILLED = word_set("headline_people.killed")
_INJURED = word_set("headline_people.injured")
_NO_NOUNS = word_set("headline_people.no_nouns")
_NOT_TOLD = frozenset({"was", "were", "is", "are", "has", "have", "had", "by", "who"})


def with_headline_people(sentence: Sentence, harms: list[Harm]) -> list[Harm]:
    """HARMS of SENTENCE, where it is a headline with all the people that open it and its further parts."""
    doc = sentence.doc
    if len(doc) < 2 or sentence.text.rstrip()[-1:] in _ENDS:
        return harms
    start: int | None = 0
    while start is not None and (found := _measure_at(doc[start : start + _LONGEST + 1], start)) is not None:
        trigger, measure = found
        harms = _with_those_before(sentence, harms, start, trigger, measure)
        start = next((word.i + 1 for word in doc[trigger.i : trigger.i + _NEXT_PART] if word.text == ","), None)
    return harms


def _with_those_before(
    sentence: Sentence, harms: list[Harm], start: int, trigger: Token, measure: Measure
) -> list[Harm]:
    """HARMS with the people from START to TRIGGER, where they tell of fewer."""
    figure = _count(sentence, start, trigger)
    told = [harm for harm in harms if start <= harm.victims.head.i <= trigger.i]
    if not figure or any(harm.measure != measure or _best(harm) >= figure for harm in told):
        return harms
    if any(_is_done_to(harm.victims.head, trigger) for harm in harms):
        return harms
    words = [word for word in sentence.doc[start : trigger.i] if word.is_alpha or word.is_digit]
    last = next(word for word in reversed(words) if word.is_alpha)
    begin, end = words[0].idx, last.idx + len(last)
    exactly = Figure(figure, figure, figure)
    people = Victims(last, begin, end, "exact", exactly, False, False, False, (), category_of(last))
    if tells_no_harm(sentence, trigger, measure, people):
        return harms
    opening = Harm(trigger, measure, people, polarity_of(trigger, trigger))
    return sorted([opening, *(harm for harm in harms if harm not in told)], key=lambda harm: harm.victims.start)


def _is_done_to(person: Token, trigger: Token) -> bool:
    """Whether PERSON is the object of TRIGGER, or of a verb right behind it ("Gunman shot and killed a clerk")."""
    verb = person.head
    return person.dep_ in OBJECTS and verb.i < person.i and 0 <= verb.i - trigger.i <= _JOINED


def _best(harm: Harm) -> int:
    return (harm.victims.figure.best or 0) if harm.victims.figure is not None else 0


def _measure_at(words: Iterable[Token], start: int) -> tuple[Token, Measure] | None:
    """The first word of harm among WORDS and its measure; None behind an auxiliary, which a parser can read."""
    for word in words:
        lower = word.lower_
        if lower in _NOT_TOLD:
            return None
        if word.i > start and (lower in _KILLED or (lower == "found" and _is_dead_behind(word))):
            return word, "killed"
        if lower in _INJURED and word.i > start:
            return word, "killed" if _is_dead_behind(word) else "injured"
    return None


def _is_dead_behind(word: Token) -> bool:
    return word.i + 1 < len(word.doc) and word.nbor().lower_ in {"dead", "fatally"}


def _count(sentence: Sentence, start: int, trigger: Token) -> int:
    """How many people stand from START to TRIGGER; 0 where anything else does too."""
    total, segment = 0, list[Token]()
    for word in [*sentence.doc[start : trigger.i], None]:
        if word is not None and word.lower_ not in _PARTING:
            segment.append(word)
            continue
        if not segment or _is_age(segment):
            segment = []
            continue
        size = _size(sentence, segment)
        if not size:
            return 0
        total, segment = total + size, []
    return total


def _is_age(segment: list[Token]) -> bool:
    return len(segment) == 1 and segment[0].text.isdigit() and segment[0].i > 1


def _size(sentence: Sentence, segment: list[Token]) -> int:
    """How many the phrase SEGMENT names: one by a singular word for people, or as many as its number says."""
    if any(word.lower_ in _NO_NOUNS or word.pos_ in {"VERB", "AUX", "ADP", "SCONJ", "PUNCT"} for word in segment):
        return 0
    number = sentence.quantity_at.get(segment[0].i)
    last = segment[-1].lower_
    known = mapping("people.csv", "category")
    if number is not None:
        best = number.figure.best or 0
        return best if number.comparator == "exact" and segment[-1].lemma_.lower() in {*known, "other"} else 0
    size = mapping("people.csv", "size").get(last)
    if size:
        return int(size)
    return 1 if last in known and last not in word_set("victims.uncounted") else 0
