"""Harm told by a turn of phrase: lives claimed or lost, throats cut, people moved to shelters, men taken hostage."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from etl.extraction import victims
from etl.extraction.arguments import (
    OBJECTS,
    SUBJECTS,
    child_of,
    is_counted,
    is_passive,
    object_of,
    subject_of,
    undergoers,
)
from etl.extraction.harm_words import roles
from etl.extraction.lexicons import word_set
from etl.extraction.victims import Sentence
from etl.records import Measure

_CLAIMING = frozenset("claim cost take".split())


_REFLEXIVE = word_set("idioms.reflexive")


def idioms(sentence: Sentence, token: Token) -> Iterator[tuple[Measure, Token]]:
    """Lives claimed or lost, throats cut, men blown up by their own bomb, hostages taken."""
    lemma = token.lemma_.lower()
    head = token.head
    if lemma == "life" and token.dep_ == "dobj":
        if head.lemma_ in _CLAIMING | {"end"}:
            owner = child_of(token, {"poss"})
            if owner is not None and any(child.lower_ == "own" for child in token.children):
                subject = subject_of(head)
                if subject is not None:
                    yield "killed", subject
            else:
                yield "killed", object_of(token, "of") or (token if is_counted(sentence, token) else owner) or token
        elif head.lemma_ == "lose" and (subject := subject_of(head)) is not None:
            yield "killed", subject
    elif lemma == "throat" and head.lemma_ in {"slit", "cut", "slash"}:
        people = (
            object_of(token, "of")
            or child_of(token, {"poss"})
            or (subject_of(head) if token.dep_ == "nsubjpass" else None)
        )
        if people is not None:
            yield "killed", people
    elif (
        lemma in {"blow", "detonate", "explode", "hang", "shoot"}
        and (target := child_of(token, OBJECTS)) is not None
        and target.lower_ in _REFLEXIVE
    ):
        yield ("injured" if _by_accident(token) else "killed"), target
    elif (
        lemma == "condition"
        and token.dep_ == "pobj"
        and any(child.lower_ in {"critical", "serious", "grave"} for child in token.lefts)
    ):
        verb = head.head
        if head.lower_ == "in" and verb.lemma_ in {"leave", "be", "remain", "hospitalize", "list"}:
            person = (child_of(verb, OBJECTS) if not is_passive(verb) else None) or subject_of(verb)
            if person is not None:
                yield "injured", person
    elif (
        lemma in {"shelter", "camp", "tent"}
        and token.dep_ == "pobj"
        and head.lower_ in {"in", "to", "into", "at"}
        and head.head.lemma_ in {"be", "move", "live", "stay", "house", "sleep", "shelter", "take", "remain"}
    ):
        subject = subject_of(head.head)
        if subject is not None and is_counted(sentence, subject):
            yield "displaced", subject
    elif (
        lemma in {"hostage", "captive"}
        and token.dep_ not in {"dobj", "oprd"}
        and not any(child.dep_ in {"det", "nummod"} for child in token.lefts)
    ):
        verb = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
        if verb is not None and verb.lemma_ in {"take", "hold", "seize", "keep"} and verb.i < token.i:
            target = subject_of(verb) if is_passive(verb) else child_of(verb, OBJECTS)
            if target is not None and target is not token:
                yield "abducted", target
    elif (
        lemma == "casualty"
        and (quantity := victims.quantity_of(sentence, token)) is not None
        and quantity.comparator == "none"
    ):
        yield "killed", token
        yield "injured", token
    elif lemma == "be" and (listed := _among_the_dead(token)) is not None:
        yield listed
    elif (
        lemma == "suicide"
        and token.dep_ == "dobj"
        and head.lemma_ == "commit"
        and (subject := subject_of(head)) is not None
    ):
        yield "killed", subject
    elif lemma == "gun" and token.pos_ == "VERB" and any(child.lower_ == "down" for child in token.children):
        yield from (("killed", person) for person in undergoers(sentence, token))


def _by_accident(verb: Token) -> bool:
    """Whether one who shot himself is said to have done so by accident or in a limb."""
    words_after = {token.lower_ for token in verb.subtree}
    return bool(
        words_after & {"accidentally", "leg", "foot", "hand", "arm", "thigh", "finger", "knee", "shoulder", "accident"}
    )


def _among_the_dead(verb: Token) -> tuple[Measure, Token] | None:
    """ "Among those killed were a judge and two guards": the measure and the head of the list."""
    for child in verb.lefts:
        if child.dep_ == "prep" and child.lower_ == "among":
            for token in child.subtree:
                role = roles().get((token.lower_, "adjective")) or roles().get((token.lemma_.lower(), "verb"))
                subject = child_of(verb, SUBJECTS | {"attr"})
                if role is not None and subject is not None and subject.i > verb.i:
                    return role[0], subject
    return None
