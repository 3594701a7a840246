"""People seized, captured or held: abducted by armed men, detained by those whose office it is.

The same verbs take guns, towns and prizes, so they count only where what they take is surely people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Token

from etl.extraction.harm.arguments import OBJECTS, child_of, is_counted, is_passive, object_of, subject_of
from etl.extraction.lexicons import word_set
from etl.extraction.people import naming
from etl.extraction.people.sentence import Sentence
from etl.records import Measure

Told = Iterator[tuple[Measure, Token]]

_FORCES = word_set("takings.forces")
_ORDINALS = word_set("claims.ordinals")
_HELD = re.compile(r"held (?:over|after|for|on suspicion|in connection)\b", re.IGNORECASE)
_OPENING = 5
"""Words of a headline among which *held* stands behind its people."""


def _seized(sentence: Sentence, token: Token) -> Told:
    """Such as "gunmen seized 23 girls", "five aid workers were seized by rebels"; "police seized two men" detains."""
    passive = is_passive(token)
    people = subject_of(token) if passive else child_of(token, OBJECTS)
    taker = object_of(token, "by") if passive else subject_of(token)
    if passive and taker is None and (agent := child_of(token, {"agent"})) is not None:
        taker = child_of(agent, {"pobj"})
    if people is None or not is_counted(sentence, people) or _are_captors(taker, people):
        return
    if people.i in sentence.quantity_at or not naming.names_people(sentence, people):
        return  # a bare number may be of whatever was seized before
    official = taker is not None and (naming.category_of(taker) == "security" or taker.lower_ in _FORCES)
    if token.tag_ in {"VBD", "VBN", "VBZ", "VBP"}:
        yield ("detained" if official else "abducted"), people


def _are_captors(taker: Token | None, people: Token) -> bool:
    return taker is not None and taker.i == people.i


def _captured(sentence: Sentence, token: Token) -> Told:
    """Such as "a fourth attacker was captured", "captured two suspects", "captured a fourth"."""
    people = subject_of(token) if is_passive(token) else child_of(token, OBJECTS)
    if people is None or token.tag_ not in {"VBD", "VBN"}:
        return
    caught = naming.category_of(people) in {"perpetrator", "combatant"} or people.lemma_.lower() == "suspect"
    further = people.lower_ in _ORDINALS and any(child.lower_ in {"a", "the"} for child in people.lefts)
    one_or_more = is_counted(sentence, people) or any(child.lower_ in {"a", "an", "one"} for child in people.lefts)
    if further or (caught and one_or_more):
        yield "detained", people


def _held(sentence: Sentence, token: Token) -> Told:
    """A headline's "two held over market bombing", "three men held after knife attack"."""
    if token.i == 0 or token.i > _OPENING or not _HELD.match(sentence.text, token.idx):
        return
    if sentence.text.rstrip().endswith(".") or token.tag_ not in {"VBD", "VBN"}:
        return
    people = token.nbor(-1)
    if (is_counted(sentence, people) or people.i in sentence.quantity_at) and naming.names_people(sentence, people):
        yield "detained", people


TAKINGS: dict[str, Callable[[Sentence, Token], Told]] = {
    "capture": _captured,
    "hold": _held,
    "seize": _seized,
    "snatch": _seized,
}
"""Readers by the lemma of the word they read."""
