"""What became of those who were shot, stabbed or left: the words that make of a wound a death."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from etl.extraction.harm.arguments import OBJECTS, SUBJECTS, child_of, is_passive
from etl.extraction.harm.words import roles
from etl.extraction.lexicons import word_set
from etl.extraction.people import naming
from etl.extraction.people.coordination import after_modifiers, noun_phrase_at
from etl.extraction.people.sentence import Sentence
from etl.records import Measure

_HALF_FATAL = word_set("harms.half_fatal")
_NEAR = 9
"""Words behind a verb in which its outcome may stand."""
_FAR = 60
"""The same for a list of people and what each was left as."""


def is_fatal(verb: Token) -> bool:
    """Whether VERB, which alone only injures, is said to have killed ("shot dead", "stabbed to death")."""
    if verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "dead":
        return True
    for child in verb.children:
        if child.lower_ in {"fatally", "mortally", "dead", "alive"} and verb.lemma_ in _HALF_FATAL:
            return True
        if (
            child.lower_ == "beyond"
            and (inner := child_of(child, {"pobj"})) is not None
            and inner.lower_ == "recognition"
        ):
            return True
        if (
            child.dep_ == "prep"
            and child.lower_ == "to"
            and (inner := child_of(child, {"pobj"})) is not None
            and inner.lower_ in {"death", "deaths"}
        ):
            return True
        if (
            child.dep_ == "conj"
            and child.lemma_ in {"kill", "die", "murder", "behead", "execute"}
            and verb.lemma_ in _HALF_FATAL
        ):
            own = any(grandchild.dep_ in OBJECTS | SUBJECTS for grandchild in [*verb.rights, *child.lefts])
            return not own and not _has_people_before(child)
    return _dead_further_on(verb)


def _has_people_before(verb: Token) -> bool:
    """Whether VERB has its own people right before its auxiliary: "six were hurt *and a guard was* killed"."""
    auxiliary = next((child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}), None)
    return auxiliary is not None and auxiliary.i > 0 and auxiliary.nbor(-1).pos_ in {"NOUN", "PROPN", "NUM", "PUNCT"}


def _dead_further_on(verb: Token) -> bool:
    """Such as "shot two of the robbers dead", "shot ten of them to death"."""
    if verb.lemma_.lower() not in _HALF_FATAL or is_passive(verb):
        return False
    for word in verb.doc[verb.i + 1 : verb.i + _NEAR]:
        if word.pos_ in {"PUNCT", "CCONJ", "SCONJ", "VERB", "AUX"} or word.lower_ == "before":
            return False
        if word.lower_ == "dead" or (word.lower_ == "death" and word.nbor(-1).lower_ == "to"):
            return word.i + 1 >= len(verb.doc) or word.nbor().pos_ not in {"NOUN", "PROPN"}
    return False


def people_behind(sentence: Sentence, word: Token) -> Token | None:
    """People right behind WORD, which ends what was done to them: "hacked to death a monk", "shot dead a clerk"."""
    if word.i + 1 >= len(word.doc):
        return None
    phrase = noun_phrase_at(sentence, word.i + 1, min(len(word.doc), word.i + _NEAR))
    return phrase.head if phrase is not None and naming.may_be_hurt(sentence, phrase.head) else None


def left_so(sentence: Sentence, verb: Token) -> Iterator[tuple[Measure, Token]]:
    """Measures and heads of those whom something LEFT in a state: "left one clerk dead and two others wounded"."""
    doc = verb.doc
    stop = min(len(doc), verb.i + _FAR)
    at = verb.i + 1
    first: Token | None = None
    while at < stop:
        phrase = noun_phrase_at(sentence, at, stop)
        if phrase is None:
            return
        first = first or phrase.head
        at = after_modifiers(phrase.head, stop)
        while at < stop and doc[at].tag_ == "RB":
            at += 1
        role = roles().get((doc[at].lower_, "adjective")) if at < stop else None
        if role is not None and (at + 1 >= len(doc) or doc[at + 1].pos_ not in {"NOUN", "PROPN"}):
            yield role[0], first
            at, first = at + 1, None
        joined = at
        while at < stop and (doc[at].text == "," or doc[at].lower_ == "and"):
            at += 1
        if at == joined:
            return


def is_told_passively(dead: Token) -> bool:
    """Whether the word before "shot DEAD" says that its people come first ("was shot dead", "found shot dead")."""
    return dead.i > 1 and dead.nbor(-2).lower_ in {"was", "were", "been", "being", "are", "is", "be", "found"}
