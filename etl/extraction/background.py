"""Older events told for context: harm hung on *after* or *in revenge for*, or in a clause with a year of its own.

"In retaliation for the killing of a judge", "two hours after a bomb killed ten", "an officer killed in 1983": the
report tells of another event there, whose dead are not its own.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from etl.extraction.clauses import own_words
from etl.extraction.lexicons import any_phrase, word_set

_RETALIATION = word_set("background.retaliation")
_BLAME = word_set("background.blame")
_EVENTS = word_set("background.events")
_CAUSED = re.compile(r"\b" + any_phrase("background.caused_by") + r"\b[^.;]*$", re.IGNORECASE)
_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d")
_OWN_EVENT = word_set("background.own_event")
_TIMES = frozenset("hour day week month year minute decade".split())
_SINCE_REACH = 20
_YEAR = re.compile(r"\b(?:in|since|of|during|from|until|between)\s+(?:\w+\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)


def _after_noun(preposition: Token) -> bool:
    """Whether PREPOSITION (after, following, since) sets what it governs before the event told."""
    if preposition.lower_ in {"following", "since"}:
        return True
    return preposition.lower_ == "after" and any(
        child.lemma_ in _TIMES
        for child in preposition.children
        if child.dep_ in {"npadvmod", "advmod", "pobj"} and child.i < preposition.i
    )


def is_background(trigger: Token, year: int | None) -> bool:
    """Whether the harm of TRIGGER belongs to an older event than the one the sentence tells.

    YEAR is the report's; a clause with an earlier year of its own is background, None leaves years out.
    """
    if year is not None and _other_year(trigger, year):
        return True
    if _CAUSED.search(own_words(trigger)[: trigger.idx]):
        return True
    token = trigger
    for _ in range(8):
        head = token.head
        if token.dep_ == "advcl" and any(
            child.dep_ == "mark" and child.lower_ == "after" and any(c.lemma_ in _TIMES for c in child.children)
            for child in token.children
        ):
            return True
        if token.dep_ == "advcl" and any(child.lower_ == "since" and child.dep_ == "mark" for child in token.children):
            return True
        if token.pos_ in {"ADP", "SCONJ"} and _after_noun(token) and trigger.pos_ == "NOUN":
            return True
        if token.pos_ == "ADP" and token.lower_ in {"for", "to", "of"} and head.lemma_.lower() in _RETALIATION:
            return True
        if (
            token.dep_ == "relcl"
            and head.lemma_.lower() in _EVENTS
            and head.dep_ == "pobj"
            and head.head.lower_ in {"after", "following", "since", "like", "to", "for"}
            and head.head.head.lemma_.lower() not in _OWN_EVENT
        ):
            return True
        if token.dep_ == "relcl" and _since_an_event(head):
            return True
        if token.dep_ == "relcl" and any(
            child.dep_ == "nummod" and _PLAIN_YEAR.fullmatch(child.text) for child in head.lefts
        ):
            return True
        if head.i == token.i:
            return False
        token = head
    return False


def _since_an_event(noun: Token) -> bool:
    """Whether NOUN tells of the event since which this is the worst ("the deadliest since the fire in X, where")."""
    doc = noun.doc
    for at in range(noun.i - 1, max(-1, noun.i - _SINCE_REACH), -1):
        if doc[at].lower_ == "since":
            return any(word.lemma_.lower() in _EVENTS for word in doc[at : noun.i + 1])
        if doc[at].pos_ in {"VERB", "AUX"}:
            return False
    return False


def _is_answer(preposition: Token) -> bool:
    """Whether PREPOSITION hangs on a word of retaliation or mourning, not on one of blame ("responsibility for")."""
    return preposition.lower_ in {"to", "for"} and preposition.head.lemma_.lower() not in _BLAME


def _other_year(trigger: Token, year: int) -> bool:
    clause = trigger
    while clause.dep_ not in {"ROOT", "relcl", "acl", "advcl", "ccomp", "parataxis"} and not (
        clause.dep_ == "conj" and clause.pos_ == "VERB"
    ):
        clause = clause.head
    words = own_words(trigger)[clause.left_edge.idx : clause.right_edge.idx + len(clause.right_edge)]
    return any(int(match.group(1)) < year for match in _YEAR.finditer(words))
