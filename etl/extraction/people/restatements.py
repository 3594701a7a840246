"""Whether those listed behind counted people are more of them or only say who they are."""

from __future__ import annotations

from spacy.tokens import Token

from etl.extraction.lexicons import word_set
from etl.extraction.people.coordination import after_modifiers
from etl.extraction.people.counted import Victims
from etl.extraction.people.sentence import Sentence

_GENERIC = word_set("victims.generic")
_KIN = word_set("coordination.kin")
_ANYONE = frozenset({"individual", "people", "person", "victim"})
_LONGEST = 40
"""Tokens behind the counted word that may stand before the list that explains it."""


def is_explained(sentence: Sentence, head: Token, base: Victims, listed: list[Victims]) -> bool:
    """Whether LISTED only says who the counted people of BASE are ("two people, a judge and his driver").

    They do where they are as many and the counted word is a general one or the list tells names, nations or kin; in a
    list of like words each is a further one ("two policemen, a clerk and a nurse").
    """
    if not listed or _best(base) < 2:
        return False
    after = after_modifiers(head, min(len(sentence.doc), head.i + _LONGEST))
    parenthesis = _parenthesis_after(head)
    counted = sentence.text[base.start : base.end]
    if counted.count("(") > counted.count(")") or (parenthesis is not None and listed[0].head.i in parenthesis):
        # Such as six (three cooks and three waiters).
        return True
    if after >= len(sentence.doc) or sentence.doc[after].text not in {",", ":", ";", "-", "--"}:
        return False
    if all(_is_name(part) for part in listed):
        return True
    if head.tag_ == "NNPS" and all(_is_of_a_nation(part) for part in listed):
        # "two Koreans, a Canadian and an Irishman" are four
        return False
    as_many = sum(_best(part) for part in listed) == _best(base)
    general = head.lemma_.lower() in _GENERIC or head.tag_ in {"NNPS", "CD"} or head.lower_.endswith("others")
    if general and (head.lemma_.lower() in _ANYONE or as_many):
        return not base.additional or as_many
    if not as_many or any(child.lower_ == "their" for part in listed for child in part.head.lefts):
        # "a couple, their baby and a woman" are four
        return False
    if any(child.lower_ == "all" for child in head.lefts):
        # "All three occupants, two crew and a passenger, were killed."
        return True
    return (
        listed[0].head.lower_ == "one"
        or any(_is_name(part) for part in listed)
        or all(_is_of_a_nation(part) for part in listed)
        or all(part.head.lower_ in _KIN for part in listed)
    )


def _parenthesis_after(head: Token) -> range | None:
    """Places of the tokens in the parenthesis that opens right behind HEAD."""
    doc = head.doc
    if head.i + 1 >= len(doc) or doc[head.i + 1].text not in {"(", "["}:
        return None
    closing = next((i for i in range(head.i + 1, min(len(doc), head.i + _LONGEST)) if doc[i].text in {")", "]"}), None)
    return None if closing is None else range(head.i + 1, closing)


def _best(people: Victims) -> int:
    return (people.figure.best or 0) if people.figure is not None else 0


def _is_name(people: Victims) -> bool:
    head = people.head
    return (
        head.tag_ == "NNP" and _best(people) == 1 and not any(child.dep_ in {"det", "nummod"} for child in head.lefts)
    )


def _is_of_a_nation(people: Victims) -> bool:
    """Whether PEOPLE are called by a nation or a faith: "a Canadian", "two Swiss", "one German"."""
    return people.head.text[:1].isupper() and people.head.lower_ not in _GENERIC
