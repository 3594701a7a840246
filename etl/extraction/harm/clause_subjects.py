"""Whom a passive verb befalls, read off the words before it where the parse hangs them elsewhere.

A small parser loses the subject of a second clause ("died in the blast and his wife and son were hurt") and of one
that opens with a day or has another verb inside ("On May 3, 2008 a tapper in the south was killed"). English word order
does not: the subject is the first noun phrase of the clause that no preposition governs.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from etl.extraction.people.coordination import noun_phrase_at
from etl.extraction.people.naming import is_thing, may_be_hurt
from etl.extraction.people.sentence import Sentence

_AUXILIARIES = frozenset({"aux", "auxpass"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENING = frozenset({"and", "but", "while", "when", "as", "after", "although", "though", "where", "that", "because"})
_RELATIVE = frozenset({"WP", "WDT", "WP$", "WRB"})
_NEAR = 12
"""Words in which *was* must follow a word of harm that opens a sentence."""
_TIMES = frozenset(
    "day days evening hour hours minutes moments month months morning night week weeks year years".split()
)
_PLACES = frozenset({"GPE", "LOC", "FAC", "ORG"})
"""What the model calls places and bodies; it takes many a name for one, so they count where nobody else is named."""
_LONGEST = 60
"""Tokens before a verb in which its clause may begin."""


def subject_before(sentence: Sentence, verb: Token) -> Token | None:
    """Head of the first phrase in the clause of the passive VERB that can be its people; None where none is found."""
    auxiliary = next((child for child in verb.lefts if child.dep_ in _AUXILIARIES), None)
    if auxiliary is None or auxiliary.tag_ not in _FINITE:
        return None
    for start in _clause_starts(auxiliary):
        head = _first_people(sentence, start, auxiliary.i)
        if head is not None:
            return head
    return None


def subject_behind(sentence: Sentence, harm: Token) -> Token | None:
    """Head of those whom HARM befell, told before them: "Also killed was his guard", "Wounded were two clerks"."""
    doc = harm.doc
    if harm.i > 1 or (harm.i == 1 and doc[0].lower_ not in {"also", "those", "among"}):
        return None
    for at in range(harm.i + 1, min(len(doc) - 1, harm.i + _NEAR)):
        if doc[at].lower_ in {"was", "were"}:
            phrase = noun_phrase_at(sentence, at + 1, min(len(doc), at + _LONGEST))
            return phrase.head if phrase is not None and may_be_hurt(sentence, phrase.head) else None
        if doc[at].pos_ in {"VERB", "PUNCT", "CCONJ"}:
            return None
    return None


def _clause_starts(auxiliary: Token) -> Iterator[int]:
    """Places where the clause of AUXILIARY may begin, the likeliest first."""
    doc = auxiliary.doc
    lowest = max(0, auxiliary.i - _LONGEST)
    at = auxiliary.i - 1
    boundary = lowest - 1
    while at >= lowest:
        token = doc[at]
        if token.text in {";", ":"}:
            boundary = at
            break
        if token.tag_ in _FINITE or token.tag_ == "VBN":
            opening = _relative_before(token, lowest)
            if opening is not None:
                at = opening - 1
                continue
            if not _is_participle(token):
                boundary = at
                break
        at -= 1
    if boundary < 0 or doc[boundary].text in {";", ":"}:
        yield boundary + 1
    yield from (i + 1 for i in range(boundary + 1, auxiliary.i) if doc[i].lower_ in _OPENING and not _as_well(doc[i]))


def _relative_before(verb: Token, lowest: int) -> int | None:
    """Place of the relative pronoun whose clause VERB belongs to ("the officer, who *was* in the car")."""
    for at in range(verb.i - 1, max(lowest, verb.i - 8) - 1, -1):
        token = verb.doc[at]
        if token.tag_ in _RELATIVE:
            return at if at > 0 and verb.nbor(at - verb.i - 1).tag_ not in {"CC", "IN"} else None
        if token.tag_ in _FINITE and token.dep_ not in _AUXILIARIES:
            return None
    return None


def _is_participle(verb: Token) -> bool:
    """Whether VERB only describes the noun before it: "a man identified as", ", believed to be from the north,"."""
    if verb.tag_ == "MD" or any(child.dep_ in _AUXILIARIES for child in verb.lefts):
        return False
    before = verb.nbor(-1) if verb.i else verb
    if before.text == ",":
        return True
    own = any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.lefts)
    return verb.dep_ in {"acl", "amod", "advcl"} and verb.tag_ == "VBN" and not own


def _as_well(token: Token) -> bool:
    around = token.doc[max(0, token.i - 1) : token.i + 2]
    return token.lower_ == "as" and "well" in {word.lower_ for word in around}


def _first_people(sentence: Sentence, start: int, stop: int) -> Token | None:
    doc = sentence.doc
    at = start
    place: Token | None = None
    while at < stop:
        if doc[at].text == "(":
            at = next((i for i in range(at, stop) if doc[i].text == ")"), at) + 1
            continue
        governed = at > start and doc[at - 1].tag_ in {"IN", "TO"}
        phrase = noun_phrase_at(sentence, at, stop, ",") if doc[at].tag_ not in {"IN", "TO", "CC", "RB"} else None
        if phrase is None:
            at += 1
            continue
        head = phrase.head
        if not governed and not (at == start and at > 0 and doc[at - 1].tag_ == "IN") and may_be_hurt(sentence, head):
            if head.ent_type_ not in _PLACES:
                return head
            place = place or head
        elif not governed and is_thing(head) and head.ent_type_ not in {"DATE", "TIME"} and head.lower_ not in _TIMES:
            # "The car of Ana Ruiz, a reporter, was burned"
            return place
        at = head.i + 1
    return place
