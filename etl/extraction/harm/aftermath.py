"""What became of people, and who they were: taken to hospital, in a coma, not saved, named among the dead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from spacy.tokens import Token

from etl.extraction.causes import cause_of
from etl.extraction.harm.arguments import OBJECTS, SUBJECTS, child_of, is_counted, is_passive, object_of, subject_of
from etl.extraction.harm.outcomes import people_behind
from etl.extraction.harm.words import roles
from etl.extraction.lexicons import any_phrase, word_set
from etl.extraction.people import naming
from etl.extraction.people.sentence import Sentence, quantity_of
from etl.records import Measure

Told = Iterator[tuple[Measure, Token]]

_ORDEALS = word_set("idioms.ordeals")
_CLINICS = word_set("idioms.clinics")
_AILMENTS = word_set("idioms.ailments")
"""What people are treated for that something did to them."""
_LOST_PARTS = word_set("idioms.lost_parts")
_MISHAPS = word_set("idioms.mishaps")
_BED_REACH = 9
"""Words behind "left" or "put" in which "in hospital" stands."""
_CARRYING = frozenset({"admit", "airlift", "bring", "carry", "fly", "rush", "send", "take", "transport", "treat"})


def _of_subject(measure: Measure, verb: Token) -> Told:
    subject = subject_of(verb)
    if subject is not None:
        yield measure, subject


@lru_cache(maxsize=1)
def _disease() -> re.Pattern[str]:
    """Words of an outbreak, whose patients are ill and not hurt."""
    return re.compile(r"\b" + any_phrase("idioms.diseases") + r"\b", re.IGNORECASE)


def _condition(sentence: Sentence, token: Token) -> Told:
    """Such as "left a fourth person in critical condition", "the third is in a coma"."""
    grave = token.lower_ == "coma" or any(child.lower_ in {"critical", "serious", "grave"} for child in token.lefts)
    verb = token.head.head
    stable = any(child.lower_ in {"stable", "guarded"} for child in token.lefts) and _was_attacked(sentence)
    if not (grave or stable) or token.dep_ != "pobj" or token.head.lower_ != "in":
        return
    if verb.lemma_ in _CARRYING | {"arrive", "be", "hospitalize", "leave", "list", "remain"}:
        person = (child_of(verb, OBJECTS) if not is_passive(verb) else None) or subject_of(verb)
        if person is not None and not _is_part_of_those_in_hospital(sentence, person):
            yield "injured", person


def _was_attacked(sentence: Sentence) -> bool:
    """Whether what is told before or in SENTENCE is an attack or an accident, and not an illness or an operation."""
    told = f"{sentence.before} {sentence.text}"
    operation = any(word.lemma_.lower() in {"operation", "surgery", "transplant"} for word in sentence.doc)
    return not operation and cause_of(told) is not None and _disease().search(told) is None


def _is_part_of_those_in_hospital(sentence: Sentence, person: Token) -> bool:
    """Whether PERSON, a bare number, are some of those said before to be taken away ("60 were, two in grave ...")."""
    if person.i not in sentence.quantity_at:
        return False
    carried = (word for word in person.doc[: person.i] if word.lemma_ in _CARRYING)
    return any(next(_in_hospital(sentence, word), None) is not None for word in carried)


def _not_survive(_: Sentence, token: Token) -> Told:
    """Such as "was rushed to hospital but did not survive", "did not survive the flight"."""
    ordeal = child_of(token, OBJECTS)
    subject = subject_of(token)
    if subject is None or (ordeal is not None and ordeal.lemma_.lower() not in _ORDEALS):
        return
    nobody = subject.lower_ == "none" or any(child.lower_ == "no" for child in subject.lefts)
    if nobody or any(child.dep_ == "neg" for child in token.children):
        yield "killed", subject


def _are_dead(noun: Token) -> bool:
    """Whether NOUN itself says that its people died: "the dead", "the dead men", "the murdered hostages"."""
    return noun.lower_ in {"dead", "deceased"} or any(
        child.dep_ == "amod" and (child.lower_ in {"dead", "deceased"} or _participle_of_harm(child) == "killed")
        for child in noun.lefts
    )


def _participle_of_harm(word: Token) -> Measure | None:
    role = roles().get((word.lemma_.lower(), "verb")) if word.tag_ == "VBN" else None
    return role[0] if role is not None and role[1] == "object" else None


def _named_dead(sentence: Sentence, token: Token) -> Told:
    """Such as "the dead were named as A and B", "police identified the dead men as A and B".

    "Only 40 of the victims have been identified" says how many dead are sure.
    """
    subject = child_of(token, frozenset({"nsubjpass"})) or child_of(token, OBJECTS)
    if subject is not None and is_passive(token) and _so_few_of_the_dead(sentence, subject):
        yield "killed", subject
        return
    if subject is not None and _are_dead(subject):
        named = object_of(token, "as") or child_of(token, {"oprd"})
        if named is not None:
            yield "killed", named


def _so_few_of_the_dead(sentence: Sentence, number: Token) -> bool:
    """Whether NUMBER counts some alone of those who died: "only 40 of the victims", "just 12 of the bodies"."""
    whole = object_of(number, "of") if number.i in sentence.quantity_at else None
    few = any(child.lower_ in {"just", "only"} for child in number.children)
    return few and whole is not None and (whole.lemma_.lower() == "victim" or whole.lower_ in naming.BODIES)


def _who_they_were(sentence: Sentence, token: Token) -> Told:
    """Such as "killed were two Turks and a Serb", "the murdered hostages were two Koreans and a Canadian"."""
    told = child_of(token, {"attr"}) or people_behind(sentence, token)
    if told is None or told.i < token.i:
        return
    for child in token.lefts:
        measure = _participle_of_harm(child) if child.dep_ in {"nsubj", "csubj", "acomp", "advmod", "attr"} else None
        if measure is None and child.dep_ == "nsubj" and _are_dead(child):
            measure = "killed"
        if measure is not None:
            yield measure, told
            return


def _among_the_dead(sentence: Sentence, token: Token) -> Told:
    """Such as "among those killed were a judge and two guards", "a judge was among the dead"."""
    listed = child_of(token, SUBJECTS | {"attr"})
    if listed is None or child_of(token, {"neg"}) is not None:
        return
    quantity = quantity_of(sentence, listed)
    if quantity is not None and quantity.comparator == "none":
        return
    for child in token.lefts if listed.i > token.i else token.rights:
        if child.dep_ == "prep" and child.lower_ == "among":
            if listed.i < token.i and any(word.dep_ == "nummod" for word in child.subtree):
                return  # "two Danes were among the nine killed": the nine hold them
            for word in child.subtree:
                role = roles().get((word.lower_, "adjective")) or roles().get((word.lemma_.lower(), "verb"))
                if role is not None and (listed.i > token.i or role[0] == "killed"):
                    # "Ten clerks were among the injured" leaves open how many were.
                    yield role[0], listed
                    return


def _not_saved(_: Sentence, token: Token) -> Told:
    """Such as "doctors could not save the woman", "could not be revived"."""
    could = any(child.lower_ in {"could", "unable"} for child in token.children)
    if could and any(child.dep_ == "neg" for child in token.children):
        person = subject_of(token) if is_passive(token) else child_of(token, OBJECTS)
        if person is not None:
            yield "killed", person


def _fatal_for(_: Sentence, token: Token) -> Told:
    """Such as "the wound proved fatal for the shopkeeper"."""
    person = object_of(token, "for") or object_of(token, "to")
    if person is not None and token.dep_ in {"acomp", "oprd", "attr"}:
        yield "killed", person


def _in_hospital(sentence: Sentence, token: Token) -> Told:
    """Such as "29 were taken to hospital", "eleven remain in hospital": so many people, so they were hurt."""
    person = subject_of(token)
    if person is None or not naming.names_people(sentence, person):
        return
    if person.lemma_.lower() == "patient" or _disease().search(f"{sentence.before} {sentence.text}") is not None:
        return
    quantity = quantity_of(sentence, person)
    if quantity is None or (quantity.figure.best or 0) < 2:
        return
    if token.lemma_ in _CARRYING and not is_passive(token):
        return
    for child in token.children:
        inner = child_of(child, {"pobj"}) if child.dep_ == "prep" and child.lower_ in {"at", "in", "to"} else None
        if inner is not None and inner.lemma_.lower() in _CLINICS:
            yield "injured", person
            return


def _put_in_hospital(sentence: Sentence, token: Token) -> Told:
    """Such as "left nine people in hospital", "put 12 in hospital": counted people whom something brought there."""
    if is_passive(token):
        yield from _in_hospital(sentence, token)
        return
    person = child_of(token, OBJECTS)
    bed = next(
        (word for word in token.doc[token.i + 1 : token.i + _BED_REACH] if word.lemma_.lower() in _CLINICS), None
    )
    if bed is None or bed.nbor(-1).lower_ not in {"in", "the"}:
        return
    alone = person is not None and any(child.lower_ in {"a", "an", "another"} for child in person.lefts)
    if (
        person is None
        or person.i > bed.i
        or not (is_counted(sentence, person) or (alone and person.tag_ == "NN" and _was_attacked(sentence)))
    ):
        person = next((word for word in token.doc[token.i + 1 : bed.i] if word.i in sentence.quantity_at), None)
    if person is None or _disease().search(f"{sentence.before} {sentence.text}") is not None:
        return
    if naming.names_people(sentence, person):
        yield "injured", person


def _ended_in_hospital(sentence: Sentence, token: Token) -> Told:
    """Such as "three men ended up in hospital", "two landed in hospital"."""
    yield from _in_hospital(sentence, token)
    if token.lemma_ == "land":
        yield from _put_in_hospital(sentence, token)


def _is_of_mishap(sentence: Sentence) -> bool:
    """Whether SENTENCE tells of what may have torn or crushed a limb."""
    return cause_of(sentence.text) is not None or any(word.lemma_.lower() in _MISHAPS for word in sentence.doc)


def _limb_taken(sentence: Sentence, token: Token) -> Told:
    """Such as "had his arm amputated", "had their legs blown off", in news of what tore or crushed the limb."""
    having = token.head if token.head.lemma_ == "have" else None
    limb = next((word for word in token.doc[max(0, token.i - 3) : token.i] if word.lower_ in _LOST_PARTS), None)
    if having is None or limb is None or not any(child.tag_ == "PRP$" for child in limb.lefts):
        return
    if token.lemma_ == "blow" and not any(child.lower_ == "off" for child in token.children):
        return
    if _disease().search(sentence.text) is not None or (token.lemma_ == "amputate" and not _is_of_mishap(sentence)):
        return
    while subject_of(having) is None and having.dep_ in {"xcomp", "conj"} and having.head.pos_ == "VERB":
        having = having.head
    person = subject_of(having)
    if person is not None and child_of(having, {"neg"}) is None:
        yield "injured", person


def _treated(sentence: Sentence, token: Token) -> Told:
    """Such as "two more are being treated", "six were treated at the scene"."""
    yield from _in_hospital(sentence, token)
    person = subject_of(token)
    if person is None or _disease().search(f"{sentence.before} {sentence.text}") is not None:
        return
    going_on = any(child.lower_ == "being" for child in token.lefts)
    ailment = object_of(token, "for")
    ailing = ailment is not None and ailment.lemma_.lower() in _AILMENTS
    if (going_on or ailing) and is_counted(sentence, person) and (is_passive(token) or token.tag_ == "VBN"):
        yield "injured", person


def _fights_for_life(sentence: Sentence, token: Token) -> Told:
    """Such as "three more are fighting for their lives"."""
    life = object_of(token, "for")
    person = subject_of(token)
    if life is None or life.lemma_.lower() != "life" or person is None:
        return
    if naming.names_people(sentence, person) and _disease().search(sentence.text) is None:
        yield "injured", person


def _of_being(sentence: Sentence, token: Token) -> Told:
    yield from _among_the_dead(sentence, token)
    yield from _who_they_were(sentence, token)
    yield from _in_hospital(sentence, token)


AFTERMATH: dict[str, Callable[[Sentence, Token], Told]] = {
    "admit": _in_hospital,
    "amputate": _limb_taken,
    "blow": _limb_taken,
    "end": _ended_in_hospital,
    "land": _ended_in_hospital,
    "leave": _put_in_hospital,
    "put": _put_in_hospital,
    "airlift": _in_hospital,
    "be": _of_being,
    "coma": _condition,
    "condition": _condition,
    "battle": _fights_for_life,
    "bring": _in_hospital,
    "carry": _in_hospital,
    "fatal": _fatal_for,
    "fight": _fights_for_life,
    "fly": _in_hospital,
    "identify": _named_dead,
    "name": _named_dead,
    "remain": _in_hospital,
    "resuscitate": _not_saved,
    "revive": _not_saved,
    "rush": _in_hospital,
    "save": _not_saved,
    "survive": _not_survive,
    "take": _in_hospital,
    "transport": _in_hospital,
    "treat": _treated,
}
"""Readers by the lemma of the word they read."""
