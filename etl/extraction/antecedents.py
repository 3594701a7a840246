"""How many *they* are: the last counted people before a definite plural without a number."""

from __future__ import annotations

import re

from etl.extraction.lexicons import words
from etl.extraction.quantities import Quantity, find_quantities

REACH = 400
"""Characters before the pronoun that are searched."""

_FOLLOWING = re.compile(r"\s+((?:[A-Za-z'-]+\s+){0,3}?[A-Za-z-]+)")


def _nouns_behind(text: str, end: int) -> frozenset[str]:
    """The words right behind a number that ends at END, in the singular."""
    following = _FOLLOWING.match(text, end)
    return frozenset(_singular(word) for word in following.group(1).lower().split()) if following else frozenset()


def _singular(word: str) -> str:
    if word == "children":
        return "child"
    return word[:-2] + "an" if word.endswith("men") else word.removesuffix("s")


def last_counted(text: str, before: int, noun: str | None = None) -> Quantity | None:
    """The last quantity of two or more people in the ``REACH`` characters of TEXT that end at BEFORE.

    NOUN, the word that points back ("the miners"), chooses among several: the last that counts such people; null where
    none does, since nobody says which are meant. Its spans count from the start of the slice.
    """
    start = max(0, before - REACH)
    window = text[start:before]
    known = frozenset(words("people.csv"))
    counted = [
        (quantity, nouns)
        for quantity in find_quantities(window)
        if (quantity.figure.best or 0) >= 2 and (nouns := _nouns_behind(window, quantity.number_end)) & known
    ]
    if noun is None or len(counted) < 2:
        return counted[-1][0] if counted else None
    return next((quantity for quantity, nouns in reversed(counted) if _singular(noun) in nouns), None)
