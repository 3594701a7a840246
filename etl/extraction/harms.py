"""Who suffered what: words of harm in a parsed sentence, each tied to its victims.

The dependency parse says which phrase a verb kills (object or passive subject), which one dies (subject), whom a death or
a murder is of, and who was left dead. Where the parse misses a number that stands beside a word of harm ("and 30
injured"), the words' order settles it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Token

from etl.extraction import victims
from etl.extraction.lexicons import rows, words
from etl.extraction.polarity import polarity_of
from etl.extraction.victims import Sentence, Victims
from etl.records import Measure, Polarity

_FINDING = frozenset(words("finding_verbs.csv"))
_SUFFERING = frozenset("suffer sustain receive incur have get experience treat".split())
_CLAIMING = frozenset("claim cost take".split())
_LEAVING = frozenset(
    "leave find shoot pronounce declare report presume fear believe confirm gun strike list consider count lie drop say".split()
)
_RELATIVE = frozenset({"who", "that", "which", "whom"})
_REFLEXIVE = frozenset({"himself", "herself", "themselves", "itself"})
_HALF_FATAL = frozenset(
    "shoot stab burn wound injure beat hack bludgeon crush trample freeze bleed gun knife scald poison hit run set strangle choke batter club drown stone torture starve".split()
)
_OBJECTS = frozenset({"dobj", "obj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Harm:
    """A word of harm TRIGGER tied to the people who suffered MEASURE."""

    trigger: Token
    measure: Measure
    victims: Victims
    polarity: Polarity


@lru_cache(maxsize=1)
def _roles() -> dict[tuple[str, str], tuple[Measure, str]]:
    return {(row["word"], row["part_of_speech"]): (row["measure"], row["victim_role"]) for row in rows("harms.csv")}  # type: ignore[misc]


def _child(token: Token, deps: frozenset[str] | set[str]) -> Token | None:
    return next((child for child in token.children if child.dep_ in deps), None)


def _object_of(token: Token, preposition: str) -> Token | None:
    for child in token.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ == preposition:
            return _child(child, {"pobj", "pcomp"})
    return None


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)


def _resolved(token: Token, verb: Token) -> Token:
    """TOKEN, or the noun that a relative pronoun of VERB's clause stands for."""
    if token.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    if token.lower_ in _RELATIVE:
        for ancestor in verb.ancestors:
            if ancestor.dep_ == "relcl":
                return ancestor.head
    return token


def _subject(verb: Token) -> Token | None:
    """Subject of VERB, its own or the one it shares with the verb it is joined to or depends on."""
    own = _child(verb, _SUBJECTS)
    if own is not None:
        return _resolved(own, verb)
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
            if verb.dep_ == "xcomp" and (controlled := _child(head, _OBJECTS)) is not None:
                return controlled
            return _subject(head)
    return None


def _joined_object(verb: Token) -> Token | None:
    """Object that VERB shares with a later verb joined to it ("shot and killed three")."""
    for child in verb.rights:
        if child.dep_ == "conj" and child.pos_ == "VERB":
            found = _child(child, _OBJECTS) or _joined_object(child)
            if found is not None:
                return found
    return None


def _undergoers(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """Heads of the people whom the action of VERB befalls: object, passive subject, or the noun it describes."""
    objects = [
        child for child in verb.children if child.dep_ in _OBJECTS or (child.dep_ == "dative" and child.pos_ != "ADP")
    ]
    if objects and not _is_passive(verb):
        for item in objects:
            yield _resolved(item, verb)
        return
    own = _child(verb, _SUBJECTS)
    if _is_passive(verb):
        subject = _subject(verb)
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
        if _counts(sentence, verb.head):
            yield verb.head
        return
    if verb.dep_ in {"xcomp", "ccomp", "oprd", "acomp", "advcl"} and verb.tag_ == "VBN":
        yield from _predicate_of(verb)
        return
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX", "ADJ"}:
        if own is not None and verb.tag_ in {"VBN", "VBD"} and _counts(sentence, own):
            yield own
            return
        if own is None and _is_passive_chain(verb):
            subject = _subject(verb)
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
        yield _resolved(own, verb)


def _counted_phrase_before(sentence: Sentence, verb: Token) -> Token | None:
    """Subject that the parser took for a preposition's object ("between one and four guards were hurt")."""
    for child in verb.lefts:
        if child.dep_ == "prep" and (inner := _child(child, {"pobj"})) is not None and _counts(sentence, inner):
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


def _counts(sentence: Sentence, token: Token) -> bool:
    return victims.quantity_of(sentence, token) is not None


def _is_passive_chain(verb: Token) -> bool:
    head = verb.head
    while head.dep_ == "conj" and not _is_passive(head):
        head = head.head
    return verb.tag_ in {"VBN", "VBD"} and (_is_passive(head) or head.tag_ == "VBN")


def _predicate_of(token: Token) -> Iterator[Token]:
    """Heads of the people of whom TOKEN ("dead", "missing") is said."""
    own = _child(token, _SUBJECTS)
    if own is not None:
        yield _resolved(own, token)
        return
    head = token.head
    if token.dep_ in {"amod", "acl", "nmod"} and head.pos_ in {"NOUN", "PROPN", "NUM", "PRON"}:
        yield head
        return
    if head.pos_ in {"VERB", "AUX"}:
        target = _child(head, _OBJECTS)
        if target is not None and not _is_passive(head):
            yield _resolved(target, head)
            return
        subject = _subject(head)
        if subject is not None:
            yield subject


def _fatal(verb: Token) -> bool:
    """Whether VERB, which alone only injures, is said to have killed ("fatally shot", "shot dead", "stabbed to death")."""
    if verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "dead":
        return True
    for child in verb.children:
        if child.lower_ in {"fatally", "mortally", "dead", "alive"} and verb.lemma_ in _HALF_FATAL:
            return True
        if (
            child.dep_ == "prep"
            and child.lower_ == "to"
            and (inner := _child(child, {"pobj"})) is not None
            and inner.lower_ in {"death", "deaths"}
        ):
            return True
        if (
            child.dep_ == "conj"
            and child.lemma_ in {"kill", "die", "murder", "behead", "execute"}
            and verb.lemma_ in _HALF_FATAL
        ):
            return not any(grandchild.dep_ in _OBJECTS | _SUBJECTS for grandchild in [*verb.rights, *child.lefts])
    return False


def _verb_harms(sentence: Sentence, token: Token) -> Iterator[tuple[Measure, Token]]:
    lemma = token.lemma_.lower()
    role = _roles().get((lemma, "verb"))
    if role is None:
        return
    measure, argument = role
    if any(child.dep_ == "prt" and child.lower_ == "off" for child in token.children):
        return
    if argument == "subject":
        if lemma == "flee" and token.dep_ == "xcomp" and (forced := _child(token.head, _OBJECTS)) is not None:
            yield measure, forced
            return
        subject = _subject(token)
        if subject is not None and (lemma != "flee" or _uprooted(sentence, subject)):
            yield measure, subject
        return
    if measure == "injured" and _fatal(token):
        measure = "killed"
    for head in _undergoers(sentence, token):
        if head.lower_ in _REFLEXIVE and lemma == "shoot":
            continue
        yield measure, head


def _uprooted(sentence: Sentence, subject: Token) -> bool:
    """Whether those who flee are counted people driven out, not one man on the run or the attackers."""
    people = victims.read(sentence, subject)
    return people is not None and _counts(sentence, subject) and people.category not in {"perpetrator", "combatant"}


def _noun_harms(sentence: Sentence, token: Token) -> Iterator[tuple[Measure, Token]]:
    lemma = token.lemma_.lower()
    role = _roles().get((lemma, "noun"))
    if role is None:
        return
    measure, argument = role
    if argument == "of":
        yield from ((measure, head) for head in _people_of_noun(sentence, token))
        if lemma == "death" and token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.pos_ == "VERB":
            verb = token.head.head
            found = list(_undergoers(sentence, verb))
            if not found and (subject := _subject(verb)) is not None:
                found = [subject]
            yield from ((measure, head) for head in found)
    elif argument == "body":
        if _is_found(token):
            yield measure, token
    elif argument == "suffered":
        yield from ((measure, head) for head in _sufferers(sentence, token))
    elif (
        argument == "hostage"
        and token.dep_ in {"oprd", "dobj", "attr", "xcomp", "npadvmod", "acomp", "advmod"}
        and token.head.lemma_ in {"take", "hold", "keep", "seize"}
    ):
        if token.dep_ == "dobj" and _counts(sentence, token):
            yield measure, token
        else:
            yield from ((measure, head) for head in _predicate_of(token) if head is not token)


def _people_of_noun(sentence: Sentence, token: Token) -> Iterator[Token]:
    if _counts(sentence, token) and token.lemma_.lower() not in {"killing", "arrest", "detention"}:
        yield token
        return
    inner = _object_of(token, "of")
    if inner is not None:
        yield inner
        return
    owner = _child(token, {"poss"})
    if owner is not None:
        yield owner


def _is_found(token: Token) -> bool:
    """Whether a body is one that was found, not one part of a living person."""
    head = token.head
    if token.dep_ in {"dobj", "nsubjpass", "nsubj", "conj"}:
        while token.dep_ == "conj":
            token, head = head, head.head
        return head.lemma_ in _FINDING
    return token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_ in {"discovery", "recovery"}


def _sufferers(sentence: Sentence, token: Token) -> Iterator[Token]:
    if _counts(sentence, token) and token.tag_ in {"NNS"} and token.dep_ not in {"compound"}:
        yield token
        return
    head = token.head
    to = _object_of(token, "to") or (
        _object_of(head, "to") if token.dep_ == "dobj" and head.lemma_ in {"cause", "inflict"} else None
    )
    if to is not None and token.tag_ == "NNS":
        yield to
        return
    if token.dep_ == "dobj" and head.lemma_ in _SUFFERING:
        subject = _subject(head)
        if subject is not None:
            yield subject
    elif token.dep_ == "pobj" and head.lower_ in {"with", "for"} and head.head.pos_ == "VERB":
        verb = head.head
        target = _child(verb, {"nsubjpass"}) or (
            _child(verb, _OBJECTS) if verb.lemma_ in {"leave", "find", "hospitalize"} else None
        )
        if (
            verb.lemma_
            in {
                "treat",
                "hospitalize",
                "take",
                "rush",
                "transport",
                "admit",
                "leave",
                "find",
                "fly",
                "airlift",
                "bring",
                "hospitalise",
            }
            and target is not None
        ):
            yield _resolved(target, verb)
    elif (
        token.dep_ == "pobj"
        and head.lower_ == "with"
        and head.head.pos_ in {"NOUN", "PROPN", "NUM"}
        and head.head.dep_ in {"dobj", "nsubj"}
    ):
        yield head.head


def _adjective_harms(sentence: Sentence, token: Token) -> Iterator[tuple[Measure, Token]]:
    role = _roles().get((token.lower_, "adjective"))
    if role is None or (token.tag_ in {"VBD", "VBN"} and (token.lemma_.lower(), "verb") in _roles()):
        return
    measure, _ = role
    if token.tag_ == "VBG" and _child(token, _OBJECTS) is not None:
        return
    if token.i in sentence.quantity_at or _counts(sentence, token):
        yield measure, token
        return
    if token.dep_ == "amod" and token.i < token.head.i and not _counts(sentence, token.head):
        return
    if token.dep_ in _SUBJECTS | _OBJECTS | {"pobj", "compound", "poss"}:
        return
    yield from ((measure, head) for head in _predicate_of(token))


def _idioms(sentence: Sentence, token: Token) -> Iterator[tuple[Measure, Token]]:
    """Lives claimed or lost, throats cut, men blown up by their own bomb, hostages taken."""
    lemma = token.lemma_.lower()
    head = token.head
    if lemma == "life" and token.dep_ == "dobj":
        if head.lemma_ in _CLAIMING | {"end"}:
            owner = _child(token, {"poss"})
            if owner is not None and any(child.lower_ == "own" for child in token.children):
                subject = _subject(head)
                if subject is not None:
                    yield "killed", subject
            else:
                yield "killed", _object_of(token, "of") or (token if _counts(sentence, token) else owner) or token
        elif head.lemma_ == "lose" and (subject := _subject(head)) is not None:
            yield "killed", subject
    elif lemma == "throat" and head.lemma_ in {"slit", "cut", "slash"}:
        people = (
            _object_of(token, "of")
            or _child(token, {"poss"})
            or (_subject(head) if token.dep_ == "nsubjpass" else None)
        )
        if people is not None:
            yield "killed", people
    elif (
        lemma in {"blow", "detonate", "explode", "hang", "shoot"}
        and (target := _child(token, _OBJECTS)) is not None
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
            person = (_child(verb, _OBJECTS) if not _is_passive(verb) else None) or _subject(verb)
            if person is not None:
                yield "injured", person
    elif (
        lemma in {"shelter", "camp", "tent"}
        and token.dep_ == "pobj"
        and head.lower_ in {"in", "to", "into", "at"}
        and head.head.lemma_ in {"be", "move", "live", "stay", "house", "sleep", "shelter", "take", "remain"}
    ):
        subject = _subject(head.head)
        if subject is not None and _counts(sentence, subject):
            yield "displaced", subject
    elif (
        lemma in {"hostage", "captive"}
        and token.dep_ not in {"dobj", "oprd"}
        and not any(child.dep_ in {"det", "nummod"} for child in token.lefts)
    ):
        verb = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
        if verb is not None and verb.lemma_ in {"take", "hold", "seize", "keep"} and verb.i < token.i:
            target = _subject(verb) if _is_passive(verb) else _child(verb, _OBJECTS)
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
        and (subject := _subject(head)) is not None
    ):
        yield "killed", subject
    elif lemma == "gun" and token.pos_ == "VERB" and any(child.lower_ == "down" for child in token.children):
        yield from (("killed", person) for person in _undergoers(sentence, token))


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
                role = _roles().get((token.lower_, "adjective")) or _roles().get((token.lemma_.lower(), "verb"))
                subject = _child(verb, _SUBJECTS | {"attr"})
                if role is not None and subject is not None and subject.i > verb.i:
                    return role[0], subject
    return None


def find_harms(sentence: Sentence) -> list[Harm]:
    """Every harm in SENTENCE with the people who suffered it, in the order of the text, none told twice."""
    found: dict[tuple[Measure, int], Harm] = {}
    for token in sentence.doc:
        pairs: list[tuple[Measure, Token]] = []
        if token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VBN", "VBD", "VBG"}:
            pairs.extend(_verb_harms(sentence, token))
        if token.pos_ in {"NOUN", "PROPN"}:
            pairs.extend(_noun_harms(sentence, token))
        pairs.extend(_adjective_harms(sentence, token))
        pairs.extend(_idioms(sentence, token))
        for measure, head in pairs:
            people = victims.read(sentence, _themselves(token, head))
            if people is not None and head.lower_ in _REFLEXIVE:
                people = replace(people, category="perpetrator")
            if people is not None and (measure, head.i) not in found:
                found[measure, head.i] = Harm(token, measure, people, polarity_of(token, people.head))
    harms = list(found.values())
    totals = list(_stated_totals(sentence))
    harms = [
        harm
        for harm in harms
        if not any(
            total.victims.start < harm.victims.end and harm.victims.start < total.victims.end for total in totals
        )
    ]
    harms.extend(totals)
    harms.extend(_beside(sentence, harms))
    return _without_repeats(harms)


def _themselves(verb: Token, head: Token) -> Token:
    """HEAD, or for *themselves* those who did it to themselves, since the pronoun does not say how many."""
    if head.lower_ == "themselves" and (subject := _subject(verb)) is not None:
        return subject
    return head


_COUNT_OF = re.compile(
    r"\b(?:(?P<killed>(?:death |national |official |overall |confirmed )*tolls?\b(?! road)|(?:number|count|total) of (?:[\w'-]+ ){0,4}?(?:killed|dead|deaths|fatalities|lives lost|bodies))"
    r"|(?P<injured>(?:number|count|total) of (?:[\w'-]+ ){0,4}?(?:injured|wounded|hurt|injuries))"
    r"|(?P<missing>(?:number|count|total) of (?:[\w'-]+ ){0,4}?missing)"
    r"|(?P<displaced>(?:number|count|total) of (?:[\w'-]+ ){0,4}?(?:displaced|refugees|homeless|uprooted)))\b",
    re.IGNORECASE,
)
_REACHES = re.compile(
    r"\b(?:to|at|reached|reaches|reaching|hit|stands?|stood|is|was|were|now|topped|exceeded|passed|surpassed|of|as)\s+(?:now\s+|already\s+)?$|:\s*$",
    re.IGNORECASE,
)
_COUNT_REACH = 160
"""Characters after "the death toll" in which the figure it reached may stand."""


def _stated_totals(sentence: Sentence) -> Iterator[Harm]:
    """Figures that a toll or a number of dead is said to have reached ("raising the death toll to 21")."""
    for match in _COUNT_OF.finditer(sentence.text):
        measure: Measure = match.lastgroup  # type: ignore[assignment]
        for quantity in sentence.quantities:
            if not match.end() <= quantity.start <= match.end() + _COUNT_REACH:
                continue
            between = sentence.text[match.end() : quantity.start]
            if ";" in between or not _REACHES.search(between + ("" if between.endswith(" ") else " ")):
                continue
            if re.search(r"\bfrom\s+$", between, re.IGNORECASE):
                continue
            span = sentence.doc.char_span(quantity.number_start, quantity.number_end, alignment_mode="expand")
            trigger = sentence.doc.char_span(match.start(), match.end(), alignment_mode="expand")
            if span is None or trigger is None:
                continue
            people = Victims(
                span[-1],
                quantity.start,
                quantity.end,
                quantity.comparator,
                quantity.figure,
                False,
                False,
                False,
                (),
                "unknown",
            )
            yield Harm(trigger[-1], measure, people, polarity_of(trigger[-1], span[-1]))
            break


def _beside(sentence: Sentence, harms: list[Harm]) -> Iterator[Harm]:
    """Numbers that no parse tied to a harm but that stand beside a word of one ("and 30 injured", "wounding 22")."""
    taken = {(harm.victims.start, harm.victims.end) for harm in harms}
    doc = sentence.doc
    for quantity in sentence.quantities:
        if any(start < quantity.end and quantity.start < end for start, end in taken):
            continue
        span = doc.char_span(quantity.number_start, quantity.number_end, alignment_mode="expand")
        if span is None:
            continue
        trigger = _harm_after(span[-1]) or _harm_before(span[0])
        if trigger is None:
            continue
        token, measure = trigger
        start, end = quantity.start, quantity.end
        people = Victims(span[-1], start, end, quantity.comparator, quantity.figure, False, False, False, (), "unknown")
        yield Harm(token, measure, people, polarity_of(token, token))


_FILLERS = frozenset(
    "other others people persons more were is was are have has been being seriously slightly critically badly severely lightly also left reported feared confirmed soldiers policemen civilians police officers men women children passengers guards workers".split()
)


def _measure_of_participle(token: Token) -> Measure | None:
    if token.tag_ in {"VBN", "VBD", "JJ"}:
        role = _roles().get((token.lower_, "adjective")) or _roles().get((token.lemma_.lower(), "verb"))
        if role is not None and role[1] in {"object", "predicate"}:
            return role[0]
    if token.tag_ == "NNS":
        role = _roles().get((token.lemma_.lower(), "noun"))
        if role is not None and role[1] in {"of", "suffered"}:
            return role[0]
    return None


def _harm_after(token: Token) -> tuple[Token, Measure] | None:
    for step in range(1, 6):
        if token.i + step >= len(token.doc):
            return None
        following = token.doc[token.i + step]
        measure = _measure_of_participle(following)
        if measure is not None:
            return following, measure
        if following.lower_ not in _FILLERS:
            return None
    return None


def _harm_before(token: Token) -> tuple[Token, Measure] | None:
    for step in range(1, 4):
        if token.i - step < 0:
            return None
        before = token.doc[token.i - step]
        role = _roles().get((before.lemma_.lower(), "verb"))
        if (
            role is not None
            and role[1] == "object"
            and before.tag_ in {"VBG", "VBD", "VBN", "VB", "VBZ"}
            and not _is_passive(before)
        ):
            return before, role[0]
        if before.pos_ not in {"ADV", "ADP", "PART", "DET"} or before.lower_ in {"in", "by", "on", "of", "to", "from"}:
            return None
    return None


def _without_repeats(harms: list[Harm]) -> list[Harm]:
    """HARMS less those whose people stand within another's of the same measure, and hurt where the same died."""
    kept: list[Harm] = []
    for harm in sorted(harms, key=lambda h: (h.victims.start, -h.victims.end)):
        inside = [
            other
            for other in kept
            if other.victims.start <= harm.victims.start and harm.victims.end <= other.victims.end
        ]
        if any(other.measure == harm.measure for other in inside):
            continue
        if harm.measure == "injured" and any(
            other.measure == "killed" and other.victims.head.i == harm.victims.head.i for other in harms
        ):
            continue
        kept.append(harm)
    return kept
