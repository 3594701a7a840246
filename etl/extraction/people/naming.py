"""Which words name people, and people of what kind."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Token

from etl.extraction.lexicons import any_phrase, mapping, word_set, words
from etl.extraction.people.sentence import Sentence, of_object
from etl.records import VictimCategory

ONE = word_set("victims.one")
BODIES = word_set("victims.bodies")
_PERSON_ENDING = re.compile(any_phrase("victims.person_endings", any_case=False) + r"$")


@lru_cache(maxsize=1)
def not_people() -> frozenset[str]:
    """Words that name no people, whatever stands with them."""
    return frozenset(words("not_people.csv"))


def category_of(token: Token) -> VictimCategory:
    """Category of the people that TOKEN names; suspects and attackers are ``perpetrator``."""
    categories = mapping("people.csv", "category")
    for word in (token.lower_, token.lemma_.lower()):
        if word in categories:
            return categories[word]  # type: ignore[return-value]
    return "unknown"


def is_thing(head: Token) -> bool:
    """Whether HEAD is known to name no people."""
    share = head.lemma_.lower() in words("shares.csv") and of_object(head) is not None
    return not share and bool({head.lower_, head.lemma_.lower()} & not_people())


def names_people(sentence: Sentence, head: Token) -> bool:
    """Whether HEAD surely names people: a pronoun, a word for people, or a number that counts nothing else."""
    if head.tag_ == "PRP":
        return head.lower_ != "it"
    inner = of_object(head) if head.i in sentence.quantity_at else None
    noun = inner if inner is not None else head
    if noun.i in sentence.quantity_at or noun.lower_ in ONE | {"other", "others", "people", "those", "who"}:
        return True
    return category_of(noun) != "unknown" or (noun.tag_ == "NNP" and noun.ent_type_ == "PERSON")


def may_be_person(noun: Token) -> bool:
    """Whether a common NOUN can name a person: a known word for one, or one formed like it ("hijacker", "newsman")."""
    known = mapping("people.csv", "category")
    lemma = noun.lemma_.lower()
    return noun.lower_ in known or lemma in known or lemma in BODIES or _PERSON_ENDING.search(lemma) is not None


def is_age(word: Token) -> bool:
    """Whether WORD ends an age that stands for a person ("the 30-year-old")."""
    return word.tag_ == "JJ" and word.i > 0 and word.nbor(-1).text == "-"


def may_be_hurt(sentence: Sentence, head: Token) -> bool:
    """Whether HEAD can be people: a name, a pronoun, a counted word, a word for people or one formed like it."""
    if head.ent_type_ in {"DATE", "TIME"} or head.lower_ in not_people():
        return False
    return head.tag_ in {"NNP", "NNPS"} or names_people(sentence, head) or may_be_person(head)
