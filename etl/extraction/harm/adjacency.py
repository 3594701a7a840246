"""Numbers that no parse tied to a harm but that stand beside a word of one ("and 30 injured", "wounding 22")."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from etl.extraction.harm.arguments import child_of, is_either_way, is_passive
from etl.extraction.harm.no_harm import tells_no_harm
from etl.extraction.harm.words import Harm, roles
from etl.extraction.lexicons import word_set, words
from etl.extraction.people.counted import Victims
from etl.extraction.people.naming import category_of
from etl.extraction.people.sentence import Sentence
from etl.extraction.polarity import is_behind_nor, polarity_of
from etl.records import Figure, Measure


def beside(sentence: Sentence, harms: list[Harm]) -> Iterator[Harm]:
    """Numbers that no parse tied to a harm but that stand beside a word of one ("and 30 injured", "wounding 22")."""
    taken = {(harm.victims.start, harm.victims.end) for harm in harms}
    doc = sentence.doc
    for quantity in sentence.quantities:
        if any(start < quantity.end and quantity.start < end for start, end in taken):
            continue
        span = doc.char_span(quantity.number_start, quantity.number_end, alignment_mode="expand")
        if span is None or _is_of_one(span[0]):
            continue
        noun = span[-1].head.lemma_.lower() if span[-1].dep_ == "nummod" else ""
        if noun in words("not_people.csv") and (noun, "noun") not in roles():
            continue
        if _is_whole_of_a_part(span[-1]):
            continue
        opening = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
        trigger = _harm_after(span[-1])
        if trigger is not None and _is_done_by(trigger[0], span[-1], harms):
            continue
        trigger = trigger or _harm_before(opening[0] if opening is not None else span[0])
        if trigger is None:
            continue
        token, measure = trigger
        start, end = quantity.start, quantity.end
        counted = span[-1].head if span[-1].dep_ == "nummod" else span[-1]
        people = Victims(counted, start, end, quantity.comparator, quantity.figure, False, False, False, (), "unknown")
        if not tells_no_harm(sentence, token, measure, people):
            yield Harm(token, measure, people, polarity_of(token, counted if is_behind_nor(counted) else token))


def further_one(sentence: Sentence, harms: list[Harm]) -> Iterator[Harm]:
    """One more of those told before, beside a word of harm: "two guards were killed and another (a third) injured"."""
    taken = {harm.victims.head.i for harm in harms}
    for token in sentence.doc:
        if token.lower_ not in _FURTHER or token.i in taken or token.i + 1 >= len(token.doc):
            continue
        before = token.nbor(-1) if token.i else token
        if token.lower_ != "another" and before.lower_ not in {"a", "the", "another"}:
            continue
        trigger = _harm_after(token)
        if trigger is None or trigger[0].tag_ not in {"VBN", "VBD"}:
            continue
        behind = trigger[0].nbor() if trigger[0].i + 1 < len(token.doc) else trigger[0]
        if behind.pos_ in {"NOUN", "PROPN"} or token.head.tag_ == "NNS":
            continue
        start = token.idx if token.lower_ == "another" else before.idx
        people = Victims(
            token, start, token.idx + len(token), "exact", Figure(1, 1, 1), False, True, False, (), "unknown"
        )
        yield Harm(trigger[0], trigger[1], people, polarity_of(trigger[0], token))


def less_misread(harms: list[Harm]) -> list[Harm]:
    """HARMS without people whom the parser ties to a word that has people of its own right before it.

    "Six were hurt and two dozen arrested". Nor is a number of casualties that of the dead or of the hurt whom the
    sentence counts beside it. "All 40 left by the stairs and nobody was hurt" hurts nobody.
    """
    with_own = {(harm.trigger.i, harm.measure) for harm in harms if harm.victims.head.i == harm.trigger.i - 1}
    return [harm for harm in harms if not _is_misread(harm, harms, with_own)]


def _is_misread(harm: Harm, harms: list[Harm], with_own: set[tuple[int, Measure]]) -> bool:
    head, trigger = harm.victims.head, harm.trigger
    if harm.victims.comparator != "none" and any(_is_denied(harm, other) for other in harms):
        return True
    if head.lemma_.lower() == "casualty":
        return any(other.measure == harm.measure and other.victims.head.i != head.i for other in harms)
    if head.i == trigger.i - 1 or (trigger.i, harm.measure) not in with_own:
        return False
    if head.i > trigger.i:
        return head.pos_ == "PROPN" and trigger.tag_ == "VBN"
    return any(
        other.measure != harm.measure and other.victims.start <= harm.victims.start < other.victims.end
        for other in harms
    )


def _is_denied(harm: Harm, other: Harm) -> bool:
    """Whether the word of HARM says of OTHER, in a clause of its own behind HARM's people, that it is nobody."""
    nobody = other.victims
    return (
        nobody.comparator == "none"
        and other.trigger.i == harm.trigger.i
        and harm.victims.end <= nobody.start
        and harm.trigger.doc.text[: nobody.start].lower().endswith(" and ")
    )


_FURTHER = word_set("victims.additional") - {"additional", "also", "further", "more", "other", "others"}
_FILLERS = word_set("adjacency.fillers")
_NEAR = 5
"""Fillers between a number and its word of harm."""
_LONGEST_PARENTHESIS = 40
_COLLECTIVE = word_set("victims.collective")


def _is_of_one(number: Token) -> bool:
    """Whether NUMBER tells of one person's family ("a mother of three")."""
    if number.i < 2 or number.nbor(-1).lower_ != "of":
        return False
    owner = number.nbor(-2)
    return owner.tag_ in {"NN", "NNP"} and owner.lower_ in words("people.csv") and owner.lower_ not in _COLLECTIVE


_STATES = word_set("victims.states")
_DYING = word_set("adjacency.dying")


def _is_whole_of_a_part(number: Token) -> bool:
    """Whether NUMBER counts those of whom some are told: "one of the *hundred* passengers was hurt"."""
    noun = number.head if number.dep_ == "nummod" else number
    if noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return False
    part = noun.head.head
    return part.tag_ == "CD" or part.lemma_.lower() in words("shares.csv")


def _measure_of_participle(token: Token) -> Measure | None:
    if token.lower_ in _DYING:
        # A headline's present tense ("Nine die as roof falls"), which the tagger takes for a noun.
        return "killed"
    if token.tag_ == "NN" and token.lower_ in _STATES and (token.lemma_.lower(), "verb") in roles():
        return roles()[token.lemma_.lower(), "verb"][0]
    if token.tag_ in {"VBN", "VBD", "JJ"} or (token.lower_, "adjective") in roles():
        role = roles().get((token.lower_, "adjective")) or roles().get((token.lemma_.lower(), "verb"))
        if role is not None and role[1] in {"object", "predicate"}:
            return role[0]
    if token.tag_ == "NNS":
        role = roles().get((token.lemma_.lower(), "noun"))
        if role is not None and role[1] in {"of", "suffered"}:
            return role[0]
    if token.tag_ == "NN" and token.i and token.nbor(-1).lower_ in {"one", "1"}:
        # "at least one death"
        role = roles().get((token.lemma_.lower(), "noun"))
        return role[0] if role is not None and role[1] == "of" and role[0] == "killed" else None
    return None


def _harm_after(token: Token) -> tuple[Token, Measure] | None:
    at, steps = token.i + 1, 0
    while at < len(token.doc) and steps < _NEAR:
        following = token.doc[at]
        measure = _measure_of_participle(following)
        if measure is not None:
            return None if _at_somebody(following) else (following, measure)
        if following.text == "(":
            at = _behind_parenthesis(following)
            continue
        if following.text == "," and steps and at + 1 < len(token.doc) and following.nbor().lower_ == "including":
            at = _behind_insertion(following)
            continue
        if following.lower_ not in _FILLERS:
            return None
        at, steps = at + 1, steps + 1
    return None


def _at_somebody(verb: Token) -> bool:
    """Whether VERB is aimed at people: "two men shot at the guard" did so, and were not hit."""
    if verb.lemma_ != "shoot":
        return False
    targets = (inner for child in verb.children if child.lower_ == "at" for inner in child.children)
    return any(target.tag_ == "PRP" or category_of(target) != "unknown" for target in targets)


def _is_done_by(verb: Token, number: Token, harms: list[Harm]) -> bool:
    """Whether VERB is what those of NUMBER did to others of HARMS: "two men shot four passers-by"."""
    doer = child_of(verb, {"nsubj"})
    if doer is None or is_passive(verb) or number.i not in {doer.i, *(word.i for word in doer.lefts)}:
        return False
    return any(harm.trigger.i == verb.i and harm.victims.head.head.i == verb.i < harm.victims.head.i for harm in harms)


def _behind_parenthesis(opening: Token) -> int:
    """Place behind the parenthesis that OPENING begins, or behind OPENING where it is not closed soon."""
    doc = opening.doc
    for at in range(opening.i + 1, min(len(doc), opening.i + _LONGEST_PARENTHESIS)):
        if doc[at].text == ")":
            return at + 1
    return len(doc)


def _behind_insertion(opening: Token) -> int:
    """Place behind the comma that ends the insertion which the comma OPENING begins ("ten people, including ...,")."""
    doc = opening.doc
    for at in range(opening.i + 1, min(len(doc), opening.i + _LONGEST_PARENTHESIS)):
        if doc[at].text == ",":
            return at + 1
    return len(doc)


def _is_verb_of_a_headline(word: Token, step: int) -> bool:
    """Whether WORD, STEP before a number and taken for a noun, goes on with a headline: "kills 8, wounds 12"."""
    return step == 1 and word.tag_ == "NNS" and word.i > 0 and word.nbor(-1).lower_ in {",", "and", "&"}


def _harm_before(token: Token) -> tuple[Token, Measure] | None:
    for step in range(1, 4):
        if token.i - step < 0:
            return None
        before = token.doc[token.i - step]
        role = roles().get((before.lemma_.lower(), "verb"))
        if (
            role is not None
            and role[1] == "object"
            and (before.tag_ in {"VBG", "VBD", "VBN", "VB", "VBZ"} or _is_verb_of_a_headline(before, step))
            and not is_passive(before)
            and not is_either_way(before)
        ):
            return before, role[0]
        if before.pos_ not in {"ADV", "PART", "DET"}:
            return None
    return None
