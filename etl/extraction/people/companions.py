"""Who suffers beside somebody: those told behind *along with*, *as well as* or *in addition to*, and their lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from etl.extraction.lexicons import word_set, words
from etl.extraction.people.coordination import members, noun_phrase_at
from etl.extraction.people.naming import category_of
from etl.extraction.people.sentence import Sentence

_LESS = (("not", "counting"), ("not", "including"), ("excluding",))
"""What leaves people out of a figure; attackers left out suffered all the same."""
_JOINING = (
    ("along", "with"),
    ("together", "with"),
    ("as", "well", "as"),
    ("in", "addition", "to"),
    ("alongside",),
    *_LESS,
)
_STATES = word_set("victims.states")
_FIRST_WORDS = frozenset(phrase[0] for phrase in _JOINING) | {"with"}
_OPENING = (*_JOINING, ("apart", "from"), ("aside", "from"), ("besides",))
"""What opens a sentence, or its main clause, with further people: "In addition to the two bombers, nine died"."""
_JOINED = re.compile("|".join(" ".join(phrase) for phrase in _OPENING) + r"|\bwith \S+ others?\b", re.IGNORECASE)
_ONESELF = frozenset({"himself", "herself"})
_PEOPLE = frozenset({"nsubj", "nsubjpass", "dobj"})
_LONGEST = 40
"""Tokens behind the joining words in which their list may stand."""


def companions(sentence: Sentence, head: Token, trigger: Token | None) -> Iterator[Token]:
    """Heads of those who suffer with HEAD further on in its clause ("was hurt in the blast along with two guards").

    TRIGGER is the word of harm that befalls HEAD; without one it is the verb that HEAD belongs to.
    """
    verb = head.head if head.dep_ in {"dobj", "nsubj", "nsubjpass"} else trigger
    if verb is None or verb.i == head.i or not _JOINED.search(sentence.text):
        return
    doc = head.doc
    yield from _told_first(sentence, head, verb)
    for token in verb.subtree:
        if token.i <= head.i or token.lower_ not in _FIRST_WORDS:
            continue
        joining: tuple[str, ...] | None = next((phrase for phrase in _JOINING if _stands_at(token, phrase)), None)
        if joining is None and _with_others(sentence, token):
            joining = ("with",)
        if joining is None or (len(joining) > 2 and token.i < verb.i) or not _own_harm(token, verb):
            continue
        at = token.i + len(joining)
        phrase = noun_phrase_at(sentence, at, min(len(doc), at + _LONGEST))
        if phrase is not None and joining in _LESS and category_of(phrase.head) != "perpetrator":
            continue
        if phrase is not None:
            yield from (
                one for one in (phrase.head, *members(sentence, phrase.head)) if not _has_its_own_verb(one, verb)
            )


def _told_first(sentence: Sentence, head: Token, verb: Token) -> Iterator[Token]:
    """Heads of those who suffer with HEAD, told before the comma that its clause begins behind."""
    doc = head.doc
    joining = next((phrase for phrase in _OPENING if _stands_at(doc[0], phrase)), None)
    if joining is None or head.i <= len(joining):
        return
    at = len(joining)
    if doc[at].lower_ in _ONESELF:
        yield doc[at]
        return
    phrase = noun_phrase_at(sentence, at, min(head.i, at + _LONGEST))
    if phrase is None or phrase.head.lower_ in _STATES:
        return
    listed = [phrase.head, *members(sentence, phrase.head)]
    comma = next((token.i for token in doc[at : head.i] if token.text == ","), None)
    if comma is None or any(token.pos_ in {"VERB", "AUX"} for token in doc[at:comma]):
        return
    earlier = (token for token in doc[comma : head.i] if token.i != verb.i)
    if not any(token.lemma_.lower() in words("harms.csv") for token in earlier):
        yield from (one for one in listed if one.i < comma)


def _with_others(sentence: Sentence, token: Token) -> bool:
    """Whether TOKEN is the *with* of "died with 12 others"."""
    doc = token.doc
    if token.lower_ != "with" or token.i + 2 >= len(doc) or doc[token.i - 1].lower_ in _FIRST_WORDS:
        return False
    return token.i + 1 in sentence.quantity_at and doc[token.i + 2].lower_ in {"other", "others"}


def _has_its_own_verb(head: Token, verb: Token) -> bool:
    """Whether another verb than VERB follows HEAD: "as well as two guards, and 14 others *were hurt*"."""
    following = head.doc[head.i + 1 : head.i + 3]
    return len(following) > 1 and following[0].lower_ in {"was", "were"} and following[1].i != verb.i


def _stands_at(token: Token, phrase: tuple[str, ...]) -> bool:
    return tuple(word.lower_ for word in token.doc[token.i : token.i + len(phrase)]) == phrase


def _own_harm(token: Token, verb: Token) -> bool:
    """Whether no other harm stands between TOKEN and VERB above it; a verb that shares the people of VERB is none."""
    for above in token.ancestors:
        if above.i == verb.i:
            return True
        shares = above.dep_ == "conj" and not any(child.dep_ in _PEOPLE for child in above.children)
        if above.lemma_.lower() in words("harms.csv") and not shares:
            return False
    return False
