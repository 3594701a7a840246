"""Who suffered the injuries, burns or cuts that a noun tells of: "sustained wounds", "injuries to two others"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from etl.extraction.harm.arguments import OBJECTS, child_of, is_counted, is_passive, object_of, resolved, subject_of
from etl.extraction.lexicons import word_set
from etl.extraction.people import naming
from etl.extraction.people.coordination import noun_phrase_at
from etl.extraction.people.sentence import Sentence

_SUFFERING = word_set("harms.suffering")
_COMING_OUT = word_set("harms.coming_out")
_SEEKING = frozenset({"get", "need", "receive", "require", "seek"})
_TREATING_THEM = frozenset({"find", "hospitalise", "hospitalize", "leave", "treat"})
_TREATING = _TREATING_THEM | _SEEKING | {"admit", "airlift", "bring", "fly", "rush", "take", "transport"}
_BODIES = word_set("victims.bodies")
_BODY_PARTS = word_set("idioms.body_parts")
_NEAR = 12
"""Words behind "injuries to" in which the first of the hurt may stand."""
_SUSTAINED = frozenset({"sustained", "suffered", "received", "incurred"})


def sufferers(sentence: Sentence, token: Token) -> Iterator[Token]:
    """Heads of the people in SENTENCE who have the injuries that the noun TOKEN names."""
    if (before := _sustainer(token)) is not None:
        yield before
        return
    # Three wounds may be one man's.
    many = token.tag_ == "NNS" and token.lemma_ != "wound"
    if many and is_counted(sentence, token) and token.dep_ != "compound":
        yield token
        return
    head = token.head
    if head.lower_ == "with" and head.head.lemma_ in _BODIES:
        return
    of = object_of(token, "of")
    named = token.i > 0 and token.nbor(-1).lower_ == "the"
    if of is not None and token.lemma_ == "injury" and (many or named) and naming.may_be_hurt(sentence, of):
        # "resulted in the injury of two others"
        yield of
        return
    to = (
        _hurt_behind(sentence, token)
        or object_of(token, "to")
        or (object_of(head, "to") if token.dep_ == "dobj" and head.lemma_ in {"cause", "inflict"} else None)
    )
    if to is None and (verb := _causing(token)) is not None:
        after = (child for child in verb.children if child.lower_ == "to" and child.i > token.i)
        to = next((child_of(child, {"pobj"}) for child in after), None)
    if to is not None and to.lemma_.lower() in _BODY_PARTS:
        to = None
    if to is not None and (many or is_counted(sentence, to)):
        yield to
        return
    if (token.dep_ == "dobj" and head.lemma_ in _SUFFERING) or (
        token.dep_ == "pobj" and head.lower_ == "from" and head.head.lemma_ == "suffer"
    ):
        subject = subject_of(head if token.dep_ == "dobj" else head.head)
        if subject is not None and subject.lemma_ not in _BODIES:
            yield subject
    elif token.dep_ == "pobj" and head.lower_ == "with" and head.head.lemma_ in _COMING_OUT:
        # "two escaped with gunshot wounds"
        if (subject := subject_of(head.head)) is not None:
            yield subject
    elif token.dep_ == "pobj" and (verb := _treating(head)) is not None:
        target = (subject_of(verb) if is_passive(verb) or verb.lemma_ in _SEEKING else None) or (
            child_of(verb, OBJECTS) if verb.lemma_ in _TREATING_THEM else None
        )
        if verb.lemma_ in _TREATING and target is not None:
            yield resolved(target, verb)
    elif (
        token.dep_ == "pobj"
        and head.lower_ == "with"
        and (head.head.pos_ in {"NOUN", "PROPN", "NUM"} or naming.is_age(head.head))
        and head.head.dep_ in {"dobj", "nsubj"}
    ):
        yield head.head


def _hurt_behind(sentence: Sentence, token: Token) -> Token | None:
    """Those right behind "injuries to", whatever the parser hung them on."""
    if token.i + 2 >= len(token.doc) or token.nbor().lower_ != "to":
        return None
    phrase = noun_phrase_at(sentence, token.i + 2, min(len(token.doc), token.i + _NEAR))
    return phrase.head if phrase is not None and naming.may_be_hurt(sentence, phrase.head) else None


def _sustainer(token: Token) -> Token | None:
    """Those before *sustained* where the tagger takes it for an adjective: "all three sustained minor injuries"."""
    for child in token.lefts:
        if child.dep_ == "amod" and child.lower_ in _SUSTAINED and child.i:
            before = child.nbor(-1)
            if before.lower_ in {"had", "has", "have"} and before.i:
                before = before.nbor(-1)
            if before.text == "," and token.dep_ in {"appos", "conj"}:
                # "The clerk, who was inside, sustained wounds": the parser takes them for another name of the clerk.
                return token.head
            people = before.pos_ in {"NOUN", "PROPN", "NUM", "PRON"} or before.lower_ in {"another", "other"}
            return before if people else None
    return None


def _causing(token: Token) -> Token | None:
    """The verb that brings about TOKEN beside others: "causing damage and injury", "led to a death and injuries"."""
    first = token
    while first.dep_ == "conj" and first.head.pos_ == "NOUN":
        first = first.head
        if first.dep_ == "pobj" and first.head.lower_ == "of":
            first = first.head.head
    verb = first.head.head if first.dep_ == "pobj" else first.head
    return verb if first is not token and verb.lemma_ in {"cause", "inflict", "lead"} else None


def _treating(preposition: Token) -> Token | None:
    """Verb of which PREPOSITION tells the injuries: "found *with* wounds", "treated at a clinic *for* wounds".

    So does "taken to a clinic for treatment *of* wounds", and "sought treatment *for* wounds".
    """
    if preposition.lower_ == "of" and preposition.head.lemma_ == "treatment" and preposition.head.dep_ == "pobj":
        return next((ancestor for ancestor in preposition.ancestors if ancestor.pos_ == "VERB"), None)
    if preposition.lower_ not in {"with", "for"}:
        return None
    verb = preposition.head
    if verb.lemma_ == "treatment" and verb.dep_ == "dobj" and verb.head.lemma_ in _SEEKING:
        return verb.head
    if preposition.lower_ == "for" and verb.pos_ != "VERB":
        verb = next((ancestor for ancestor in preposition.ancestors if ancestor.pos_ == "VERB"), verb)
        return verb if verb.lemma_ in {"treat", "hospitalize", "hospitalise"} else None
    return verb if verb.pos_ == "VERB" else None
