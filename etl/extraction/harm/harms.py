"""Who suffered what: words of harm in a parsed sentence, each tied to its victims.

The dependency parse says which phrase a verb kills (object or passive subject), which one dies (subject), whom a
death or a murder is of, and who was left dead. Where the parse misses a number that stands beside a word of harm
("and 30 injured"), the words' order settles it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Token

from etl.extraction.harm.adjacency import beside, further_one, less_misread
from etl.extraction.harm.arguments import (
    OBJECTS,
    SUBJECTS,
    child_of,
    counted_phrase_before,
    is_counted,
    is_either_way,
    is_passive,
    object_of,
    one_of_kin,
    predicate_of,
    subject_of,
    undergoers,
)
from etl.extraction.harm.by_place import by_place
from etl.extraction.harm.clause_subjects import subject_behind
from etl.extraction.harm.deeds import of_whom, that_of
from etl.extraction.harm.everyone import everyone
from etl.extraction.harm.headline_people import with_headline_people
from etl.extraction.harm.idioms import idioms, is_idiomatic
from etl.extraction.harm.no_harm import is_beaten_up, tells_no_harm
from etl.extraction.harm.of_a_whole import of_a_whole
from etl.extraction.harm.outcomes import is_fatal, is_told_passively, people_behind
from etl.extraction.harm.suffering import sufferers
from etl.extraction.harm.words import Harm, roles
from etl.extraction.lexicons import mapping, word_set, words
from etl.extraction.people import naming, victims
from etl.extraction.people.counted import Victims
from etl.extraction.people.sentence import Sentence
from etl.extraction.polarity import polarity_of
from etl.extraction.stated_totals import revised, stated_totals
from etl.records import Measure

_FINDING = frozenset(words("finding_verbs.csv"))


_REFLEXIVE = word_set("harms.reflexive")


_SENTENCING = word_set("harms.sentencing")
_NEEDS_PEOPLE = word_set("harms.needs_people")
_BODIES = word_set("victims.bodies")
_HALF_FATAL = word_set("harms.half_fatal")
_OF_A_CASE = frozenset({"suspect", "scene", "victim", "case", "investigation"})
_OF_THE_LIVING = word_set("harms.of_the_living")
_KINDS = ("verb", "noun", "adjective")
_MOST_KNOWN = 16_000
_OPENING = 2
"""Words of a sentence among which a harm told before its people stands."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_MORGUES = word_set("harms.morgues")


def find_harms(sentence: Sentence) -> list[Harm]:
    """Every harm in SENTENCE with the people who suffered it, in the order of the text, none told twice."""
    found: dict[tuple[Measure, int], Harm] = {}
    for token in _words_of_harm(sentence):
        pairs: list[tuple[Measure, Token]] = []
        if token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VBN", "VBD", "VBG"}:
            pairs.extend(_verb_harms(sentence, token))
        if token.pos_ in {"NOUN", "PROPN"}:
            pairs.extend(_noun_harms(sentence, token))
        pairs.extend(_adjective_harms(sentence, token))
        pairs.extend(idioms(sentence, token))
        if token.i < _OPENING and (turned := _turned_round(sentence, token)):
            pairs = [turned]
        for measure, head in pairs:
            verb = token if token.pos_ == "VERB" else None
            alive = verb is not None and _befalls_the_living(verb, measure)
            people = victims.read(sentence, _themselves(token, one_of_kin(token, head)), verb, alive=alive)
            if people is not None and head.lower_ in _REFLEXIVE:
                alone = sentence.text[people.start : head.idx].lower() == "then "
                people = replace(people, category="perpetrator", start=head.idx if alone else people.start)
            if people is None:
                continue
            if people.comparator == "none" and token.lemma_ == "survive":
                # "Ten set out; none survived": as many died as there were.
                people = replace(people, figure=None, comparator="exact", definite=True)
            nearer = _verb_right_before(sentence, people)
            if tells_no_harm(sentence, token, measure, people):
                continue
            told, trigger = (
                (roles()[nearer.lemma_.lower(), "verb"][0], nearer)
                if nearer is not None and nearer.i != token.i
                else (measure, token)
            )
            if (told, head.i) not in found:
                found[told, head.i] = Harm(trigger, told, people, polarity_of(trigger, people.head))
    harms = list(found.values())
    totals = list(stated_totals(sentence))
    harms = [
        harm
        for harm in harms
        if not any(
            total.victims.start < harm.victims.end and harm.victims.start < total.victims.end for total in totals
        )
    ]
    harms.extend(totals)
    harms = by_place(sentence, harms)
    harms.extend(revised(sentence, harms))
    harms.extend(beside(sentence, harms))
    harms.extend(further_one(sentence, harms))
    harms = of_a_whole(sentence, harms)
    harms.extend(everyone(sentence, harms))
    harms = with_headline_people(sentence, less_misread(harms))
    return _without_repeats(harms)


def _words_of_harm(sentence: Sentence) -> Iterator[Token]:
    """Tokens of SENTENCE at which any rule of harm may begin: by themselves or by their lemma in a lexicon of it."""
    doc = sentence.doc
    tells, strings = _tells(), doc.vocab.strings
    for at, ids in enumerate(doc.to_array(["LOWER", "LEMMA"]).tolist()):
        for number in ids:
            if number not in tells:
                if len(tells) >= _MOST_KNOWN:
                    tells.clear()
                word = strings[number].lower()
                tells[number] = any((word, kind) in roles() for kind in _KINDS) or is_idiomatic(word)
            if tells[number]:
                yield doc[at]
                break


@lru_cache(maxsize=1)
def _tells() -> dict[int, bool]:
    """Whether the lexicons of harm have a word, by spaCy's number of it, as far as it was asked."""
    return {}


def _turned_round(sentence: Sentence, token: Token) -> tuple[Measure, Token] | None:
    """Measure and people of a harm told before them: "Also killed were two guards"."""
    role = roles().get((token.lower_, "adjective")) or roles().get((token.lemma_.lower(), "verb"))
    behind = subject_behind(sentence, token) if role is not None and token.tag_ in {"VBN", "VBD", "JJ"} else None
    return (role[0], behind) if role is not None and behind is not None else None


def _verb_right_before(sentence: Sentence, people: Victims) -> Token | None:
    """The verb of harm that a bare number follows ("and injured forty-two"), whatever the parser hung it on."""
    if people.head.i not in sentence.quantity_at:
        return None
    span = sentence.doc.char_span(people.start, people.end, alignment_mode="expand")
    if span is None or span.start == 0:
        return None
    verb = sentence.doc[span.start - 1]
    role = roles().get((verb.lemma_.lower(), "verb"))
    if role is None or role[1] != "object" or verb.tag_ not in {"VBD", "VBN", "VBG"} or is_passive(verb):
        return None
    return verb


def _verb_harms(sentence: Sentence, token: Token) -> Iterator[tuple[Measure, Token]]:
    lemma = token.lemma_.lower()
    role = roles().get((token.lower_, "verb")) or roles().get((lemma, "verb"))
    if role is None or is_either_way(token) or _missed(token):
        return
    measure, argument = role
    off = argument == "object" and any(child.dep_ == "prt" and child.lower_ == "off" for child in token.children)
    if off or _is_of_the_case(token) or (lemma == "riddle" and not _with_bullets(token)):
        return
    if argument == "subject":
        if lemma == "flee" and token.dep_ == "xcomp" and (forced := child_of(token.head, OBJECTS)) is not None:
            yield measure, forced
            return
        caused = child_of(token, OBJECTS) if lemma != "flee" else None
        if caused is not None and _are_counted_people(sentence, caused) and not _only_lists(token, caused):
            # "a ferry sank, drowning seven people"
            yield measure, caused
            return
        subject = _first_of_list(token) or subject_of(token) or counted_phrase_before(sentence, token)
        if subject is not None and (lemma != "flee" or _uprooted(sentence, subject)):
            yield measure, subject
        return
    if measure == "injured" and is_fatal(token):
        measure = "killed"
    for head in undergoers(sentence, token):
        if head.lower_ in _REFLEXIVE and lemma == "shoot":
            continue
        if head.lower_ == "themselves" and (others := _others_beside(sentence, head)) is not None:
            yield measure, others
        named = naming.names_people(sentence, head) or is_beaten_up(sentence, token, head)
        if lemma in _NEEDS_PEOPLE and not named:
            continue
        yield measure, head


def _are_counted_people(sentence: Sentence, noun: Token) -> bool:
    return is_counted(sentence, noun) and not naming.is_thing(noun)


def _first_of_list(verb: Token) -> Token | None:
    """First of the dead where the parser joins VERB and its subject to them ("Two boys and their aunt drowned")."""
    own, first = child_of(verb, SUBJECTS), verb.head
    if own is None or verb.dep_ != "conj" or first.pos_ not in {"NOUN", "PROPN"} or first.dep_ != "ROOT":
        return None
    joint = own.left_edge.i - 1
    return first if joint > first.i and verb.doc[joint].lower_ == "and" else None


def _others_beside(sentence: Sentence, pronoun: Token) -> Token | None:
    """Those who suffer with the ones that PRONOUN stands for: "killing themselves *and two guards*"."""
    if pronoun.i + 2 >= len(pronoun.doc) or pronoun.nbor().lower_ != "and":
        return None
    return people_behind(sentence, pronoun.nbor())


def _befalls_the_living(verb: Token, measure: Measure) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in _OF_THE_LIVING or (measure == "killed" and lemma in _HALF_FATAL)


def _only_lists(verb: Token, part: Token) -> bool:
    """Whether PART says who some of VERB's people were ("seven died, among them two women")."""
    return any(word.lower_ in {"among", "including"} for word in verb.doc[verb.i + 1 : part.i])


def _missed(verb: Token) -> bool:
    """Whether VERB's people were only shot at ("was shot at by gunmen"), which says nothing of a hit."""
    if verb.lemma_.lower() != "shoot" or verb.i + 2 >= len(verb.doc) or verb.nbor().lower_ != "at":
        return False
    if verb.nbor(2).lower_ in {"each", "one"}:  # "two men shot at each other"
        return True
    aim = child_of(next((child for child in verb.rights if child.lower_ == "at"), verb), {"pobj"})
    if not is_passive(verb) and aim is not None and aim.lemma_.lower() in mapping("people.csv", "category"):
        # "one of the robbers shot at guards"
        return True
    return is_passive(verb) and verb.nbor(2).tag_ not in {"DT", "PRP$", "NN", "NNS", "NNP", "CD", "JJ", "RB"}


def _with_bullets(verb: Token) -> bool:
    """Whether people, and not the holes in a plan, are said to be riddled: "with bullets"."""
    return any(word.lemma_.lower() in {"bullet", "shot", "gunfire"} for word in verb.doc[verb.i + 1 : verb.i + 5])


def _is_of_the_case(verb: Token) -> bool:
    """Whether VERB only names a case ("shooting suspect held", "a stabbing suspect")."""
    return verb.tag_ == "VBG" and verb.i + 1 < len(verb.doc) and verb.nbor().lemma_.lower() in _OF_A_CASE


def _uprooted(sentence: Sentence, subject: Token) -> bool:
    """Whether those who flee are counted people driven out, not one man on the run or the attackers."""
    people = victims.read(sentence, subject)
    return people is not None and is_counted(sentence, subject) and people.category not in {"perpetrator", "combatant"}


def _noun_harms(sentence: Sentence, token: Token) -> Iterator[tuple[Measure, Token]]:
    lemma = token.lemma_.lower()
    role = roles().get((lemma, "noun")) or roles().get((token.lower_, "noun"))
    if role is None:
        return
    measure, argument = role
    if argument == "of":
        yield from ((measure, head) for head in _people_of_noun(sentence, token))
        verb = token.head.head
        if (
            lemma == "death"
            and token.dep_ == "pobj"
            and token.head.lower_ == "to"
            and verb.pos_ == "VERB"
            and verb.lemma_.lower() not in _SENTENCING
        ):
            behind = None if is_passive(verb) else people_behind(sentence, token)
            found = [behind] if behind is not None else list(undergoers(sentence, verb))
            if not found and (subject := subject_of(verb)) is not None:
                found = [subject]
            yield from ((measure, head) for head in found)
    elif argument == "whom":
        slain = object_of(token, "of")
        if slain is not None and naming.may_be_hurt(sentence, slain):
            # "the murderers of the nuns"
            yield measure, slain
    elif argument == "body":
        some = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else token
        if some.tag_ == "CD" and some is not token:
            # "One of the men's bodies was found"
            if _is_found(some):
                yield measure, some
        elif _is_found(token) or _is_in_morgue(token):
            yield measure, token
    elif argument == "suffered":
        deadly = any(child.lower_ in {"fatal", "mortal"} for child in token.lefts)
        yield from (("killed" if deadly else measure, head) for head in sufferers(sentence, token))
    elif (
        argument == "hostage"
        and token.dep_ in {"oprd", "dobj", "attr", "xcomp", "npadvmod", "acomp", "advmod"}
        and token.head.lemma_ in {"take", "hold", "keep", "seize"}
    ):
        if token.dep_ == "dobj" and is_counted(sentence, token):
            yield measure, token
        else:
            yield from ((measure, head) for head in predicate_of(token) if head is not token)


def _people_of_noun(sentence: Sentence, token: Token) -> Iterator[Token]:
    of_a_year = any(child.dep_ == "nummod" and _YEAR.fullmatch(child.text) for child in token.lefts)
    uncounted = of_a_year or token.lemma_.lower() in {"killing", "arrest", "detention"}
    if is_counted(sentence, token) and not uncounted:
        yield token
        return
    inner = object_of(token, "of")
    if inner is None and token.dep_ == "conj" and token.head.pos_ == "NOUN":
        # "the kidnapping and murder of a consul"
        inner = object_of(token.head, "of")
    if inner is not None:
        yield inner
        return
    if token.i + 1 < len(token.doc) and token.nbor().lower_ == "to" and token.tag_ == "NNS":
        # "causing deaths to twenty civilians"
        behind = people_behind(sentence, token.nbor())
        if behind is not None:
            yield behind
            return
    owner = child_of(token, {"poss"}) or of_whom(token) or that_of(token)
    if owner is not None and (owner.tag_ != "PRP$" or _is_outcome(token)):
        yield owner


def _is_outcome(noun: Token) -> bool:
    """Whether NOUN is what something led to ("fired on his car, resulting in his death")."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.dep_ in {"pobj", "dobj"} and verb.lemma_ in {"cause", "lead", "result"}


def _is_found(token: Token) -> bool:
    """Whether a body is one that was found, not one part of a living person."""
    head = token.head
    counted = any(child.dep_ == "nummod" for child in token.lefts)
    if counted and any(child.dep_ == "acl" and child.lemma_ in _FINDING for child in token.rights):
        # a headline's "40 bodies found in mine"
        return True
    if token.dep_ in {"dobj", "nsubjpass", "nsubj", "conj"}:
        while token.dep_ == "conj":
            token, head = head, head.head
        if head.dep_ == "acl" and head.lemma_ in {"contain", "hold"}:
            # "a grave holding 30 bodies was uncovered"
            head = head.head.head
        # "The body of a man taken away at night was found": the parser joins what became of the man and of the body.
        return head.lemma_ in _FINDING or any(
            child.dep_ == "conj" and child.lemma_ in _FINDING and is_passive(child) for child in head.rights
        )
    if token.dep_ == "pobj" and head.lower_ == "with":
        # "a grave with the remains of 49 people was uncovered"
        return head.head.dep_ in {"dobj", "nsubjpass"} and head.head.head.lemma_ in _FINDING
    if token.dep_ == "pobj" and head.lower_ == "across" and head.head.lemma_ == "come":
        return True
    return token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_ in {"discovery", "recovery"}


def _is_in_morgue(token: Token) -> bool:
    """Whether a body is said to be in a morgue ("nine bodies were in the town's mortuary")."""
    if token.dep_ not in {"dobj", "nsubjpass", "nsubj"}:
        return False
    return any(
        child.dep_ == "prep" and (inner := child_of(child, {"pobj"})) is not None and inner.lemma_.lower() in _MORGUES
        for child in (*token.children, *token.head.children)
    )


def _adjective_harms(sentence: Sentence, token: Token) -> Iterator[tuple[Measure, Token]]:
    role = roles().get((token.lower_, "adjective"))
    if role is None or (token.tag_ in {"VBD", "VBN"} and (token.lemma_.lower(), "verb") in roles()):
        return
    measure, _ = role
    if token.tag_ == "VBG" and child_of(token, OBJECTS) is not None:
        return
    if token.i in sentence.quantity_at or is_counted(sentence, token):
        yield measure, token
        return
    if token.dep_ == "amod" and token.i < token.head.i:
        between = sentence.doc[token.i + 1 : token.head.i]
        if not is_counted(sentence, token.head) or any(word.tag_ in {"CD", "CC", "DT"} for word in between):
            return
    if token.lower_ == "dead" and token.i and token.nbor(-1).lower_ == "shot" and not is_told_passively(token):
        behind = people_behind(sentence, token)
        if behind is not None:
            yield measure, behind
            return
    if token.dep_ in SUBJECTS | OBJECTS | {"pobj", "compound", "poss"}:
        return
    yield from ((measure, head) for head in predicate_of(token))


def _themselves(verb: Token, head: Token) -> Token:
    """HEAD, or for *themselves* those who did it to themselves, since the pronoun does not say how many.

    Of a word with a hyphen ("ex-wife") the last part.
    """
    doc = head.doc
    while head.i + 2 < len(doc) and doc[head.i + 1].text == "-" and not head.whitespace_ and head.lower_ == "ex":
        head = doc[head.i + 2]
    if head.lower_ == "themselves" and (subject := subject_of(verb)) is not None:
        return subject
    return head


def _says_who(head: Token) -> bool:
    """Whether HEAD only says who the one named before it is: "killed Ann Lee, *a nurse* who was found dead"."""
    named = head.head
    if head.dep_ != "appos" or named.tag_ != "NNP" or head.tag_ != "NN" or head.i < named.i + 2:
        return False
    return named.nbor().text == "," and head.left_edge.lower_ in {"a", "an", "the"}


def _without_repeats(harms: list[Harm]) -> list[Harm]:
    """HARMS less those whose people stand within another's of the same measure, and hurt where the same died."""
    kept: list[Harm] = []
    heads = {(harm.measure, harm.victims.head.i) for harm in harms}
    for harm in sorted(harms, key=lambda h: (h.victims.start, -h.victims.end)):
        inside = [
            other
            for other in kept
            if other.victims.start <= harm.victims.start and harm.victims.end <= other.victims.end
        ]
        if any(other.measure == harm.measure for other in inside):
            continue
        if _says_who(harm.victims.head) and (harm.measure, harm.victims.head.head.i) in heads:
            continue
        if harm.measure == "injured" and any(
            other.measure == "killed" and other.victims.head.i == harm.victims.head.i for other in harms
        ):
            continue
        kept.append(harm)
    return kept
