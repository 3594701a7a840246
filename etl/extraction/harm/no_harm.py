"""Words of harm that tell of no casualty: games won, things burnt or moved, deaths in bed.

Sport, business and obituaries are full of them ("beat Chile 3-0", "shot a film", "died of cancer, aged 90"). A death
by illness counts where many died of it, since that is an outbreak, and not where one person did.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Token

from etl.extraction.causes import cause_of
from etl.extraction.harm.arguments import child_of, is_passive
from etl.extraction.harm.make_believe import is_make_believe
from etl.extraction.lexicons import any_phrase, mapping, word_set, words
from etl.extraction.people.counted import Victims
from etl.extraction.people.naming import category_of
from etl.extraction.people.sentence import Sentence, quantity_of
from etl.records import Measure

_OF_CONTESTS = word_set("no_harm.of_contests")
_OF_THINGS = word_set("no_harm.of_things")
_HARD = word_set("no_harm.hard")
_ATHLETES = word_set("no_harm.athletes")
_STRAINS = word_set("no_harm.strains")
_ANIMALS = word_set("no_harm.animals")
_OUT = re.compile(r"\b" + any_phrase("no_harm.out_of_play") + r"\b", re.IGNORECASE)
_A_FEW = 5
_STATES = word_set("victims.states")
_PRONOUNS = word_set("victims.one") | word_set("victims.many")
_SCORE = re.compile(
    r"(?<![\d-])\d{1,3}\s?[-–]\s?\d{1,3}(?![\d-])"
    r"|\bby (?:\d+|an?|one|two|three) (?:runs?|goals?|points?|shots?|seconds?|wickets?|votes?)\b"
)
_PERSON_TAGS = frozenset({"PRP", "CD", "WP", "NNPS"})


@lru_cache(maxsize=1)
def _contest() -> re.Pattern[str]:
    return re.compile(r"\b" + any_phrase("no_harm.contest") + r"\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _natural() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + any_phrase("no_harm.natural") + r")\b", re.IGNORECASE)


def tells_no_harm(sentence: Sentence, trigger: Token, measure: Measure, people: Victims) -> bool:
    """Whether TRIGGER, read as MEASURE of PEOPLE, tells of no casualty at all."""
    lemma = trigger.lemma_.lower()
    if (
        is_make_believe(sentence, trigger)
        or _is_told_of_a_plot(sentence, trigger, people)
        or _is_of_play(sentence, trigger, measure, people)
    ):
        return True
    if _FIGURATIVE.match(sentence.text, trigger.idx) or _are_animals(sentence, people):
        return True
    if lemma in _OF_CONTESTS and not _is_blow(trigger) and _is_won(sentence, trigger, people):
        return True
    if lemma in _OF_THINGS and trigger.pos_ == "VERB" and not _are_people(sentence, people.head):
        return True
    one = people.figure is not None and people.figure.best == 1
    return measure == "killed" and one and lemma in {"die", "death"} and _natural().search(sentence.text) is not None


def _is_told_of_a_plot(sentence: Sentence, trigger: Token, people: Victims) -> bool:
    """Whether TRIGGER tells in the present of one who is only named, as plots are told ("Hamlet kills Laertes.").

    Headlines are in the present too, but end without a full stop; news is in the past.
    """
    auxiliary = next((child for child in trigger.lefts if child.dep_ == "auxpass"), None)
    present = trigger.tag_ == "VBZ" if auxiliary is None else auxiliary.lower_ == "is"
    named = people.head.tag_ == "NNP" and not any(
        child.dep_ in {"det", "nummod", "poss"} for child in people.head.lefts
    )
    ended = sentence.text.rstrip().endswith((".", "!", "?", ";"))
    return present and named and ended and trigger.pos_ == "VERB" and people.head.ent_type_ != "GPE"


_GOLF = re.compile(
    r"\b(?:birdie|bogey|eagle|fairway|play-?off|leaderboard|(?:under|over) par|\w+ hole)s?\b", re.IGNORECASE
)
_FIGURATIVE = re.compile(r"(?:" + any_phrase("no_harm.figurative") + r"|died on (?:its|their) feet)\b", re.IGNORECASE)
_WIDE = re.compile(r" (?:just |well )?(?:wide|over the bar|straight at|high over|low past|past the (?:post|keeper))\b")
_OF_SHOTS = re.compile(r"[\s-]*(?:of|for|from)[\s-]+(?:\d|the (?:field|floor|line|arc))")


def _is_of_play(sentence: Sentence, trigger: Token, measure: Measure, people: Victims) -> bool:
    """Whether PEOPLE are those of a game: a player out with a bad knee, a team shot down, "shot 11 of 19"."""
    lemma = trigger.lemma_.lower()
    if lemma == "shoot" and (
        _WIDE.match(sentence.text, trigger.idx + len(trigger))
        or _OF_SHOTS.match(sentence.text, people.end)
        or (people.head.tag_ == "CD" and _GOLF.search(sentence.text))
        or (people.head.tag_ == "NNPS" and any(child.lower_ == "down" for child in trigger.children))
    ):
        return True
    if measure != "injured" or lemma not in _STRAINS or people.figure is None or (people.figure.best or 0) > _A_FEW:
        return False
    known = people.head.lemma_.lower() in _ATHLETES
    alone = people.figure.best == 1 and (people.head.tag_ in {"NNP", "PRP"} or people.head.lower_ == "who")
    if not known and not alone:
        return False
    told = f"{sentence.before} {sentence.text}"
    play = _contest().search(sentence.text if not known else told) is not None
    return (known or play) and cause_of(told) is None and (play or _OUT.search(sentence.text) is not None)


def _are_animals(sentence: Sentence, people: Victims) -> bool:
    """Whether a bare number counts on from beasts ("shot 14 deer and wounded another two")."""
    head = people.head
    if head.i not in sentence.quantity_at or head.pos_ not in {"NUM", "PRON"}:
        return False
    before = [token for token in sentence.doc[: head.i] if token.pos_ == "NOUN" and quantity_of(sentence, token)]
    return bool(before) and before[-1].lemma_.lower() in _ANIMALS


def _is_blow(verb: Token) -> bool:
    """Whether the words around VERB show a blow: "beat up", "badly beaten", "beaten with sticks", "to death"."""
    return any(
        child.lower_ in _HARD or (child.dep_ == "prep" and child.lower_ in {"with", "to"}) for child in verb.children
    ) or (verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.head.lemma_.lower() in _HARD)


def is_beaten_up(sentence: Sentence, verb: Token, head: Token) -> bool:
    """Whether VERB tells of blows to one who is named, HEAD: "Mayor Osmonov was badly beaten by a mob".

    A title or those who strike show that the name is a person's, since clubs and parties are badly beaten as well.
    """
    if head.tag_ != "NNP" or not is_passive(verb) or not _is_blow(verb) or _contest().search(sentence.text):
        return False
    titled = any(child.dep_ == "compound" and _is_title(child) for child in head.lefts)
    agent = child_of(verb, {"agent"})
    striking = child_of(agent, {"pobj"}) if agent is not None else None
    return titled or (striking is not None and category_of(striking) != "unknown")


def _is_title(word: Token) -> bool:
    return word.lower_ in words("titles.csv") or category_of(word) != "unknown"


def _is_won(sentence: Sentence, verb: Token, people: Victims) -> bool:
    """Whether VERB tells of a game or a vote: the loser is a country or club, or the sentence speaks of a contest."""
    told = sentence.text if people.head.tag_ != "PRP" else f"{sentence.before} {sentence.text}"
    if _SCORE.search(sentence.text) or _contest().search(told):
        return True
    return (
        people.head.tag_ in {"NNP", "NNPS"} and not people.names and people.head.ent_type_ == "" and not _passive(verb)
    )


def _passive(verb: Token) -> bool:
    return any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)


def _are_people(sentence: Sentence, head: Token) -> bool:
    """Whether HEAD can be people: a word for them, a name, a pronoun, a bare number, an adjective as a noun."""
    known = mapping("people.csv", "category")
    if head.lemma_.lower() in words("shares.csv"):
        return True
    if head.lower_ in _PRONOUNS:
        return head.lower_ not in {"it", "which", "that"}
    if (
        head.i in sentence.quantity_at
        or head.tag_ in _PERSON_TAGS
        or head.pos_ in {"PROPN", "PRON", "ADJ", "NUM"}
        or head.lower_ in _STATES
    ):
        return True
    return head.lower_ in known or head.lemma_.lower() in known or head.tag_ in {"VBN", "JJ", "DT"}
