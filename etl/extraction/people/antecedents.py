"""How many *they* are: the last counted people before a definite plural without a number."""

from __future__ import annotations

import re

from spacy.tokens import Token

from etl.extraction.lexicons import words
from etl.extraction.people import naming, victims
from etl.extraction.people.sentence import Sentence
from etl.extraction.quantities import Quantity, find_quantities
from etl.records import Figure

REACH = 400
"""Characters before the pronoun that are searched."""

_FOLLOWING = re.compile(
    r"((?:\s+(?!(?:in|on|at|of|near|with|from|to|by|and|or|who|that|when|as|was|were|had|have)\b)[A-Za-z'-]+){1,4})"
)
"""The words right behind a number, up to one that ends its noun phrase."""


_WHOLE_OF_A_PART = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozens|half|many|most|none|some)) of "
    r"(?:[\w'’-]+ ){1,3}$",
    re.IGNORECASE,
)
"""What makes a number that of all, of whom the harmed are some: "150 of the village's 1,800 residents"."""
_OF_REACH = 60


def _nouns_behind(text: str, end: int) -> frozenset[str]:
    """The words right behind a number that ends at END, in the singular."""
    following = _FOLLOWING.match(text, end)
    return frozenset(_singular(word) for word in following.group(1).lower().split()) if following else frozenset()


def _singular(word: str) -> str:
    if word == "children":
        return "child"
    return word[:-2] + "an" if word.endswith("men") else word.removesuffix("s")


def last_counted(text: str, before: int, noun: str | None = None, *, alike: bool = False) -> Quantity | None:
    """The last quantity of two or more people in the ``REACH`` characters of TEXT that end at BEFORE.

    NOUN, the word that points back ("the miners"), chooses among several: the last that counts such people; null where
    none does, since nobody says which are meant; ALIKE asks so of a single one too ("the gunmen" are no tourists). Its
    spans count from the start of the slice.
    """
    start = max(0, before - REACH)
    window = text[start:before]
    known = frozenset(words("people.csv"))
    counted = [
        (quantity, nouns)
        for quantity in find_quantities(window)
        if (quantity.figure.best or 0) >= 2
        and _WHOLE_OF_A_PART.search(window, max(0, quantity.start - _OF_REACH), quantity.start) is None
        and (nouns := _nouns_behind(window, quantity.number_end)) & known
    ]
    if noun is None or (len(counted) < 2 and not alike):
        return counted[-1][0] if counted else None
    return next((quantity for quantity, nouns in reversed(counted) if _singular(noun) in nouns), None)


def last_listed(sentence: Sentence, pronoun: Token) -> Figure | None:
    """Figure of the last people listed in SENTENCE before PRONOUN ("fired on the owner and his wife, killing them").

    Not of those who did it: the subject of the verb that the pronoun belongs to.
    """
    verbs = {above.i for above in pronoun.ancestors}
    for token in reversed(sentence.doc[: pronoun.i]):
        doer = token.dep_ == "nsubj" and token.head.i in verbs
        if token.tag_ not in {"NN", "NNS", "NNP"} or doer or not naming.names_people(sentence, token):
            continue
        people = victims.read(sentence, token)
        if people is not None and people.figure is not None and (people.figure.best or 0) > 1:
            return people.figure
    return None
