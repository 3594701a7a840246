"""Who does and who undergoes: subjects, objects and predicates of a clause, read off the dependency parse."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from etl.extraction import victims
from etl.extraction.victims import Sentence

OBJECTS = frozenset({"dobj", "obj"})


SUBJECTS = frozenset({"nsubj", "nsubjpass"})


_RELATIVE = frozenset({"who", "that", "which", "whom"})


def child_of(token: Token, deps: frozenset[str] | set[str]) -> Token | None:
    return next((child for child in token.children if child.dep_ in deps), None)


def object_of(token: Token, preposition: str) -> Token | None:
    for child in token.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ == preposition:
            return child_of(child, {"pobj", "pcomp"})
    return None


def is_passive(verb: Token) -> bool:
    return any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)


def resolved(token: Token, verb: Token) -> Token:
    """TOKEN, or the noun that a relative pronoun of VERB's clause stands for."""
    if token.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    if token.lower_ in _RELATIVE:
        for ancestor in verb.ancestors:
            if ancestor.dep_ == "relcl":
                return ancestor.head
    return token


def subject_of(verb: Token) -> Token | None:
    """Subject of VERB, its own or the one it shares with the verb it is joined to or depends on."""
    own = child_of(verb, SUBJECTS)
    if own is not None:
        return resolved(own, verb)
    if verb.dep_ in {"acl", "relcl"}:
        return verb.head
    if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp", "ccomp", "dep"} and verb.head.pos_ in {
        "VERB",
        "AUX",
        "ADP",
        "SCONJ",
    }:
        head = verb.head.head if verb.head.pos_ in {"ADP", "SCONJ"} else verb.head
        if head is not verb and head.pos_ in {"VERB", "AUX"}:
            if verb.dep_ == "xcomp" and (controlled := child_of(head, OBJECTS)) is not None:
                return controlled
            return subject_of(head)
    return None


def _joined_object(verb: Token) -> Token | None:
    """Object that VERB shares with a later verb joined to it ("shot and killed three")."""
    for child in verb.rights:
        if child.dep_ == "conj" and child.pos_ == "VERB":
            found = child_of(child, OBJECTS) or _joined_object(child)
            if found is not None:
                return found
    return None


def is_counted(sentence: Sentence, token: Token) -> bool:
    return victims.quantity_of(sentence, token) is not None


def undergoers(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """Heads of the people whom the action of VERB befalls: object, passive subject, or the noun it describes."""
    objects = [
        child for child in verb.children if child.dep_ in OBJECTS or (child.dep_ == "dative" and child.pos_ != "ADP")
    ]
    if objects and not is_passive(verb):
        for item in objects:
            yield resolved(item, verb)
        return
    own = child_of(verb, SUBJECTS)
    if is_passive(verb):
        subject = subject_of(verb)
        if subject is not None:
            yield subject
        elif (counted := _counted_phrase_before(sentence, verb)) is not None:
            yield counted
        if (
            verb.dep_ == "conj"
            and verb.head.pos_ in {"NOUN", "PROPN"}
            and verb.head.dep_ == "ROOT"
            and verb.head.i < verb.i
        ):
            yield verb.head
        return
    if verb.dep_ in {"relcl"} and own is not None and verb.tag_ != "VBN" and own.lower_ not in _RELATIVE:
        yield verb.head
        return
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        if not (verb.head.dep_ == "pobj" and verb.head.head.head.lower_ == "one"):
            yield verb.head
        return
    if verb.dep_ == "amod":
        if is_counted(sentence, verb.head):
            yield verb.head
        return
    if verb.dep_ in {"xcomp", "ccomp", "oprd", "acomp", "advcl"} and verb.tag_ == "VBN":
        yield from predicate_of(verb)
        return
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX", "ADJ"}:
        if own is not None and verb.tag_ in {"VBN", "VBD"} and is_counted(sentence, own):
            yield own
            return
        if own is None and _is_passive_chain(verb):
            subject = subject_of(verb)
            if subject is not None:
                yield subject
            return
    joined = _joined_object(verb)
    if joined is not None:
        yield joined
        return
    if (
        own is not None
        and verb.tag_ in {"VBN", "VBD"}
        and (verb.tag_ == "VBN" or own.i in sentence.quantity_at or _elliptical(verb))
    ):
        yield resolved(own, verb)


def _counted_phrase_before(sentence: Sentence, verb: Token) -> Token | None:
    """Subject that the parser took for a preposition's object ("between one and four guards were hurt")."""
    for child in verb.lefts:
        if child.dep_ == "prep" and (inner := child_of(child, {"pobj"})) is not None and is_counted(sentence, inner):
            return inner
    return None


def _elliptical(verb: Token) -> bool:
    """A headline's "Man shot in leg": a past tense with a subject, no object and nothing but a place or a time behind."""
    return verb.lemma_ in {
        "shoot",
        "wound",
        "injure",
        "hurt",
        "stab",
        "kill",
        "arrest",
        "kidnap",
        "detain",
        "abduct",
    } and not any(
        child.dep_ in {"dobj", "ccomp", "xcomp"} or (child.dep_ == "prep" and child.lower_ == "at")
        for child in verb.children
    )


def _is_passive_chain(verb: Token) -> bool:
    head = verb.head
    while head.dep_ == "conj" and not is_passive(head):
        head = head.head
    return verb.tag_ in {"VBN", "VBD"} and (is_passive(head) or head.tag_ == "VBN")


def predicate_of(token: Token) -> Iterator[Token]:
    """Heads of the people of whom TOKEN ("dead", "missing") is said."""
    own = child_of(token, SUBJECTS)
    if own is not None:
        yield resolved(own, token)
        return
    head = token.head
    if token.dep_ in {"amod", "acl", "nmod"} and head.pos_ in {"NOUN", "PROPN", "NUM", "PRON"}:
        yield head
        return
    if head.pos_ in {"VERB", "AUX"}:
        target = child_of(head, OBJECTS)
        if target is not None and not is_passive(head):
            yield resolved(target, head)
            return
        subject = subject_of(head)
        if subject is not None:
            yield subject
