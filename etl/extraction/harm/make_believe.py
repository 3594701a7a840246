"""Harm that nobody suffered, because it is told in a work of fiction or done in a game.

Two signs are looked for. The harm stands in words about the work itself: what the work is about, or what a work that
"opens with", "tells of" or "follows" somebody tells ("a novel about a doctor who poisons six patients"). Or the work
was named right before and the harm is told in the present, as plots are ("Its hero kills 40 zombies"); news tells what
was done in the past, but for its headlines, which have no full stop.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Token

from etl.extraction.lexicons import any_phrase, word_set
from etl.extraction.people.sentence import Sentence

_WORKS = word_set("make_believe.works")
_PARTS = word_set("make_believe.parts")
_TELLING = word_set("make_believe.telling")
_PRESENT = frozenset({"VBZ", "VBP"})


@lru_cache(maxsize=1)
def _work() -> re.Pattern[str]:
    return re.compile(
        r"\b" + any_phrase("make_believe.named") + r"\b(?! " + any_phrase("make_believe.of_its_trade") + ")",
        re.IGNORECASE,
    )


def is_make_believe(sentence: Sentence, trigger: Token) -> bool:
    """Whether the harm of TRIGGER is told of the figures of a novel, a film, a play or a game."""
    below = trigger
    for token in [trigger, *trigger.ancestors]:
        if token.i < trigger.i and token.lemma_.lower() in _WORKS and token.dep_ != "compound" and not _is_there(below):
            return True
        below = token
        if token.lemma_.lower() in _TELLING and _is_of_a_work(token):
            return True
    if not _is_present(trigger) or not sentence.text.rstrip().endswith((".", "!", "?", "\u201d", '"')):
        return False
    return _work().search(f"{sentence.before} {sentence.text[: trigger.idx]}") is not None


def _is_there(clause: Token) -> bool:
    """Whether CLAUSE tells what is done at a house named after what it shows ("near the opera, where two died")."""
    return any(child.lower_ == "where" for child in clause.lefts)


def _is_of_a_work(verb: Token) -> bool:
    """Whether a work is what tells, opens, ends: "season four opens with a massacre"."""
    return any(child.dep_ == "nsubj" and child.lemma_.lower() in _WORKS | _PARTS for child in verb.lefts)


def _is_present(trigger: Token) -> bool:
    """Whether TRIGGER's clause is in the present, or tells its reader what to do ("kill 20 guards")."""
    if trigger.pos_ not in {"VERB", "AUX"} or (trigger.dep_ == "amod" and trigger.tag_ == "VBN"):
        root = next((token for token in trigger.ancestors if token.dep_ == "ROOT"), trigger)
        return root.tag_ in _PRESENT
    if trigger.tag_ == "VBG" and trigger.dep_ == "xcomp":
        # "when a sniper begins killing"
        return trigger.head.tag_ in _PRESENT
    auxiliaries = [child for child in trigger.children if child.dep_ in {"aux", "auxpass"}]
    if auxiliaries and auxiliaries[0].lower_ in {"has", "have"} and trigger.dep_ == "advcl":
        # "The sisters are crushed when their father has been killed": plots look back in the perfect.
        return _is_present(trigger.head)
    if auxiliaries:
        return auxiliaries[0].tag_ in _PRESENT and auxiliaries[0].lower_ not in {"has", "have"}
    return trigger.tag_ in _PRESENT or (trigger.tag_ == "VB" and trigger.dep_ == "ROOT")
