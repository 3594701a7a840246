"""Harm told by a turn of phrase: lives claimed or lost, throats cut, people moved to shelters, men taken hostage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Token

from etl.extraction.harm.aftermath import AFTERMATH
from etl.extraction.harm.arguments import (
    OBJECTS,
    SUBJECTS,
    child_of,
    is_counted,
    is_passive,
    object_of,
    subject_of,
    undergoers,
)
from etl.extraction.harm.outcomes import left_so
from etl.extraction.harm.takings import TAKINGS
from etl.extraction.harm.words import roles
from etl.extraction.lexicons import word_set
from etl.extraction.people import naming
from etl.extraction.people.sentence import Sentence, quantity_of
from etl.records import Measure

Told = Iterator[tuple[Measure, Token]]

_REFLEXIVE = word_set("idioms.reflexive")
_CUT = frozenset({"slit", "slitting", "slits", "cut", "cutting", "slash", "slashed", "slashing"})
_ACCIDENT = word_set("idioms.accident")
_HOMES = word_set("idioms.homes")
_BODY_PARTS = word_set("idioms.body_parts")
_SHOTS = word_set("idioms.shots")
_CHILDREN = word_set("idioms.children")
_CHILDS_AGES = frozenset("one two three four five six seven eight nine ten eleven".split())
_OLDER = 12
"""Age in years from which somebody who shoots himself may mean to."""
_GUNFIRE = word_set("idioms.gunfire")
_DEADLY = frozenset({"deadly", "fatal"})
_KILLING = frozenset({"homicide", "killing", "murder", "slaying"})
_HOUSING = word_set("idioms.housing")
_LIMBS = word_set("idioms.limbs")
_BROKEN = frozenset({"broken", "cracked", "fractured", "shattered", "sprained"})
_SUFFERING = (
    word_set("harms.suffering")
    | word_set("harms.coming_out")
    | {"airlift", "carry", "evacuate", "fly", "hospitalise", "hospitalize", "lie", "lift", "rush", "take"}
)
_WRECK = re.compile(r"\b(?:sank|sunk|sinking|capsiz\w+|went down|foundered|at sea|wreck\w*|avalanche)\b", re.IGNORECASE)
_VEHICLES = word_set("idioms.vehicles")
_LOST_PARTS = word_set("idioms.lost_parts")
_ONES_OWN = frozenset({"a", "an", "both", "her", "his", "several", "the", "their", "two"})
_ATTAINING = frozenset({"accept", "achieve", "attain", "embrace", "gain", "get", "meet", "receive"})


def _life(sentence: Sentence, token: Token) -> Told:
    """Such as "claimed 40 lives", "took the lives of two guards", "took his own life", "lost their lives"."""
    verb = token.head
    if token.dep_ == "nsubjpass" and verb.lemma_ in {"claim", "lose"}:
        yield "killed", object_of(token, "of") or token
    if token.dep_ != "dobj":
        return
    if verb.lemma_ == "lose":
        yield from _of_subject("killed", verb)
    elif verb.lemma_ in {"claim", "cost", "take", "end"}:
        if any(child.lower_ == "own" for child in token.children):
            yield from _of_subject("killed", verb)
        else:
            counted = token if is_counted(sentence, token) else child_of(token, {"poss"})
            yield "killed", object_of(token, "of") or counted or token


def _of_subject(measure: Measure, verb: Token) -> Told:
    subject = subject_of(verb)
    if subject is not None:
        yield measure, subject


def _throat(_: Sentence, token: Token) -> Told:
    """Such as "cut the throats of two herders", "his throat had been slit", "were found with their throats slit"."""
    near = {word.lower_ for word in token.doc[max(0, token.i - 4) : token.i + 5]}
    if not near & _CUT:
        return
    people = object_of(token, "of") or child_of(token, {"poss"})
    above = next((verb for verb in token.ancestors if verb.lemma_ in {"find", "discover"}), None)
    found = subject_of(above) if above is not None and is_passive(above) else None
    if found is not None:
        yield "killed", found
    elif people is not None:
        yield "killed", people


def _left(sentence: Sentence, token: Token) -> Told:
    if token.pos_ == "VERB" and not is_passive(token):
        yield from left_so(sentence, token)


def _oneself(_: Sentence, token: Token) -> Told:
    """Such as "blew himself up", "hanged herself", "shot himself" (hurt: by accident, in a limb, a small child)."""
    target = child_of(token, OBJECTS)
    if target is not None and target.lower_ in _REFLEXIVE:
        by_accident = any(word.lower_ in _ACCIDENT for word in token.subtree)
        yield ("injured" if by_accident or _is_small_child(subject_of(token)) else "killed"), target


def _and_oneself(_: Sentence, token: Token) -> Told:
    """Such as "killed his wife and then himself", "shot two clerks, then himself"; a list counts him with the rest."""
    verb = token.head if token.head.pos_ == "VERB" else token.head.head
    then = token.i > 1 and token.nbor(-1).lower_ == "then"
    done = child_of(verb, OBJECTS)
    if not then or token.dep_ not in {"conj", "npadvmod"} or done is None or done.i > token.i:
        return
    role = roles().get((verb.lemma_.lower(), "verb"))
    if role is not None and role[1] == "object" and role[0] in {"killed", "injured"}:
        yield ("killed" if verb.lemma_ == "shoot" else role[0]), token


def _is_small_child(person: Token | None) -> bool:
    """Whether PERSON is called a child, or is said to be too young to do it on purpose."""
    if person is None:
        return False
    years = [word.lower_ for word in person.subtree if word.i <= person.i]
    return bool({person.lower_, *years} & _CHILDREN) or (
        "old" in years and any(word in _CHILDS_AGES or (word.isdigit() and int(word) < _OLDER) for word in years)
    )


def _shelter(sentence: Sentence, token: Token) -> Told:
    """Such as "about 450,000 people are in shelters", "12,865 have been moved to camps"."""
    preposition = token.head
    if (
        token.dep_ == "pobj"
        and preposition.lower_ in {"in", "to", "into", "at"}
        and preposition.head.lemma_ in _HOUSING
    ):
        subject = subject_of(preposition.head)
        if subject is not None and is_counted(sentence, subject):
            yield "displaced", subject


def _hostage(_: Sentence, token: Token) -> Told:
    """Such as "took the governor hostage", "was held captive"; hostages as an object are a noun's harm."""
    if token.dep_ in {"dobj", "oprd"} or any(child.dep_ in {"det", "nummod"} for child in token.lefts):
        return
    verb = next((ancestor for ancestor in token.ancestors if ancestor.pos_ == "VERB"), None)
    if verb is not None and verb.lemma_ in {"take", "hold", "seize", "keep"} and verb.i < token.i:
        target = subject_of(verb) if is_passive(verb) else child_of(verb, OBJECTS)
        if target is not None and target is not token:
            yield "abducted", target


def _casualty(sentence: Sentence, token: Token) -> Told:
    """Such as "no casualties" says that nobody was killed and nobody hurt; a number of casualties says neither."""
    quantity = quantity_of(sentence, token)
    if quantity is not None and quantity.comparator == "none":
        yield "killed", token
        yield "injured", token


def _fatally(sentence: Sentence, token: Token) -> Told:
    """Such as "three were shot, one fatally", "two of them fatally"."""
    before = token.i - 1
    if before >= 1 and token.doc[before].lower_ in {"them", "whom"} and token.doc[before - 1].lower_ == "of":
        before -= 2
    number = token.doc[before] if before >= 0 else None
    if number is not None and (number.lower_ == "one" or number.i in sentence.quantity_at):
        yield "killed", number


def _out_of_home(sentence: Sentence, token: Token) -> Told:
    """Such as "drove 40,000 people from their homes", "forced 300 people to leave their villages"."""
    driven = child_of(token, OBJECTS) or child_of(token, {"nsubjpass"})
    if driven is None or not is_counted(sentence, driven):
        return
    left = next(
        (child for child in token.children if child.dep_ in {"xcomp", "ccomp"} and child.lemma_ == "leave"), None
    )
    home = child_of(left, OBJECTS) if left is not None else object_of(token, "from")
    if home is not None and home.lemma_.lower() in _HOMES:
        yield "displaced", driven


def _as_was(_: Sentence, token: Token) -> Told:
    """Such as "was wounded, as was his driver"."""
    listed = child_of(token, SUBJECTS)
    marked = any(child.dep_ == "mark" and child.lower_ == "as" for child in token.lefts)
    if token.dep_ != "advcl" or listed is None or listed.i < token.i or not marked:
        return
    role = roles().get((token.head.lemma_.lower(), "verb")) or roles().get((token.head.lower_, "adjective"))
    if role is not None:
        yield role[0], listed


def _on_oneself(_: Sentence, token: Token) -> Told:
    """Such as "turned the gun on himself"."""
    if token.dep_ == "dobj" and token.head.lemma_ == "turn":
        target = object_of(token.head, "on") or object_of(token, "on")
        if target is not None and target.lower_ in _REFLEXIVE:
            yield "killed", target


def _suicide(_: Sentence, token: Token) -> Told:
    verb = token.head
    if token.dep_ != "dobj" or verb.lemma_ != "commit":
        return
    subject = subject_of(verb)
    if subject is not None and subject.lower_ == "they" and verb.dep_ == "advcl":
        # "Two pupils murdered 13 people before they committed suicide": those who murdered, not the last counted.
        subject = subject_of(verb.head) or subject
    if subject is not None:
        yield "killed", subject


def _gun_down(sentence: Sentence, token: Token) -> Told:
    yield from _on_oneself(sentence, token)
    if token.pos_ == "VERB" and any(child.lower_ == "down" for child in token.children):
        yield from (("killed", person) for person in undergoers(sentence, token))


def _pistol_whip(sentence: Sentence, token: Token) -> Told:
    if token.pos_ == "VERB" and "pistol" in {word.lower_ for word in token.doc[max(0, token.i - 2) : token.i]}:
        yield from (("injured", person) for person in undergoers(sentence, token))


def _struck(sentence: Sentence, token: Token) -> Told:
    """Such as "was struck in the leg", "hit by a stray bullet", "a round struck the guard", "fired and he was hit"."""
    if token.pos_ != "VERB" or not (_is_hit_by_shot(token) or _shot_hits(token) or _was_hit_in_gunfire(token)):
        return
    for person in undergoers(sentence, token):
        if naming.names_people(sentence, person):
            yield "injured", person


def _is_hit_by_shot(verb: Token) -> bool:
    return any(
        (child.lower_ == "in" and inner.lower_ in _BODY_PARTS)
        or (child.lower_ == "by" and (inner.lower_ in _SHOTS or inner.lemma_.lower() in _VEHICLES))
        for child in verb.children
        if child.dep_ in {"prep", "agent"} and (inner := child_of(child, {"pobj"})) is not None
    )


def _shot_hits(verb: Token) -> bool:
    hitting = verb.head if verb.dep_ == "acl" else subject_of(verb)
    return hitting is not None and hitting.lower_ in _SHOTS and not is_passive(verb)


def _was_hit_in_gunfire(verb: Token) -> bool:
    """Whether somebody was hit, by what is not said, in a sentence of gunfire."""
    if not is_passive(verb) or any(child.dep_ == "agent" for child in verb.children):
        return False
    return any(word.lower_ in _GUNFIRE for word in verb.doc[: verb.i])


def _victim(_: Sentence, token: Token) -> Told:
    """Such as "the victim of a deadly shooting", "homicide victim"."""
    if token.tag_ != "NN" or token.dep_ in {"compound", "poss"}:
        return
    deed = object_of(token, "of")
    if any(child.lower_ in _KILLING for child in token.lefts if child.dep_ == "compound") or (
        deed is not None
        and (deed.lower_ in _KILLING or any(child.lower_ in _DEADLY for child in deed.lefts))
        and deed.lemma_.lower() in _KILLING | {"attack", "robbery", "shooting", "stabbing"}
    ):
        yield "killed", token


def _hospital(sentence: Sentence, token: Token) -> Told:
    """Such as "gunfire sent four people to the hospital"."""
    verb = token.head.head
    if token.dep_ == "pobj" and token.head.lower_ == "to" and verb.lemma_ == "send" and not is_passive(verb):
        sent = child_of(verb, OBJECTS)
        if sent is not None and is_counted(sentence, sent) and naming.names_people(sentence, sent):
            yield "injured", sent


def _shooting(sentence: Sentence, token: Token) -> Told:
    """Such as "the shooting of a clerk", in which the clerk was hit, and "the fatal shooting of a clerk"."""
    person = object_of(token, "of") if token.pos_ == "NOUN" else None
    if person is not None and naming.names_people(sentence, person):
        fatal = any(child.lower_ in {"deadly", "fatal", "lethal"} for child in token.lefts)
        yield ("killed" if fatal else "injured"), person


def _broken_limb(_: Sentence, token: Token) -> Told:
    """Such as "suffered a broken wrist", "was taken to hospital with broken ribs"."""
    if not any(child.lower_ in _BROKEN for child in token.lefts):
        return
    verb = token.head if token.dep_ == "dobj" else token.head.head
    if token.dep_ == "pobj" and token.head.lower_ not in {"with", "for"}:
        return
    if token.dep_ == "pobj" and token.head.lower_ == "for" and verb.lemma_ != "treat":
        return
    if verb.lemma_ in _SUFFERING and token.dep_ in {"dobj", "pobj"}:
        yield from _of_subject("injured", verb)


def _lost_at_sea(sentence: Sentence, token: Token) -> Told:
    """Such as "the crew of 14 was lost when the trawler sank"."""
    person = subject_of(token) if is_passive(token) else None
    if (
        person is not None
        and _WRECK.search(f"{sentence.before} {sentence.text}")
        and naming.may_be_hurt(sentence, person)
    ):
        yield "killed", person


def _lost(sentence: Sentence, token: Token) -> Told:
    """Such as "lost a leg", "lost the sight of one eye", and of those at sea."""
    yield from _lost_at_sea(sentence, token)
    part = child_of(token, OBJECTS)
    person = subject_of(token)
    if part is None or person is None or part.lower_ not in _LOST_PARTS or is_passive(token):
        return
    owned = any(child.lower_ in _ONES_OWN or child.tag_ == "CD" for child in part.lefts)
    if owned and child_of(token, {"neg"}) is None and naming.names_people(sentence, person):
        yield "injured", person


def _martyrdom(_: Sentence, token: Token) -> Told:
    """Such as "embraced martyrdom", "two men attained martyrdom"."""
    if token.dep_ == "dobj" and token.head.lemma_ in _ATTAINING:
        yield from _of_subject("killed", token.head)


def _shot_dead(_: Sentence, token: Token) -> Told:
    """Such as "men on a motorcycle shot dead the mayor", where the parser takes *shot* for a noun."""
    person = child_of(token, OBJECTS)
    if person is not None and token.i > 0 and token.nbor(-1).lower_ == "shot":
        yield "killed", person


def _broke(sentence: Sentence, token: Token) -> Told:
    """Such as "broke his leg", "broke both arms"."""
    limb = child_of(token, OBJECTS)
    if limb is None or limb.lemma_.lower() not in _LIMBS or child_of(token, {"neg"}) is not None:
        return
    person = subject_of(token)
    owned = any(child.lower_ in {"a", "both", "her", "his", "several", "their", "two"} for child in limb.lefts)
    if person is not None and owned and naming.names_people(sentence, person):
        yield "injured", person


_BY_LEMMA: dict[str, Callable[[Sentence, Token], Told]] = {
    "life": _life,
    "throat": _throat,
    "leave": _left,
    "himself": _and_oneself,
    "herself": _and_oneself,
    "blow": _oneself,
    "detonate": _oneself,
    "explode": _oneself,
    "hang": _oneself,
    "shoot": _oneself,
    "shelter": _shelter,
    "camp": _shelter,
    "tent": _shelter,
    "hostage": _hostage,
    "captive": _hostage,
    "casualty": _casualty,
    "be": _as_was,
    "drive": _out_of_home,
    "fatally": _fatally,
    "force": _out_of_home,
    "suicide": _suicide,
    "gun": _gun_down,
    "mow": _gun_down,
    "weapon": _on_oneself,
    "pistol": _on_oneself,
    "rifle": _on_oneself,
    "whip": _pistol_whip,
    "strike": _struck,
    "hit": _struck,
    "victim": _victim,
    "hospital": _hospital,
    "ankle": _broken_limb,
    "arm": _broken_limb,
    "bone": _broken_limb,
    "collarbone": _broken_limb,
    "elbow": _broken_limb,
    "hip": _broken_limb,
    "jaw": _broken_limb,
    "leg": _broken_limb,
    "neck": _broken_limb,
    "nose": _broken_limb,
    "pelvis": _broken_limb,
    "rib": _broken_limb,
    "shoulder": _broken_limb,
    "skull": _broken_limb,
    "wrist": _broken_limb,
    "lose": _lost,
    "martyrdom": _martyrdom,
    "break": _broke,
    "dead": _shot_dead,
    "shooting": _shooting,
    "stabbing": _shooting,
}


def is_idiomatic(lemma: str) -> bool:
    """Whether an idiom may stand at a word of LEMMA, in small letters."""
    return lemma in _BY_LEMMA or lemma in AFTERMATH or lemma in TAKINGS


def idioms(sentence: Sentence, token: Token) -> Told:
    """Measures and heads of the people of whom the idiom at TOKEN tells harm; none where it is no idiom."""
    for readers in (_BY_LEMMA, AFTERMATH, TAKINGS):
        reader = readers.get(token.lemma_.lower())
        if reader is not None:
            yield from reader(sentence, token)
