"""How many *they* are: the last counted people before a definite plural without a number."""

from __future__ import annotations

import re

from etl.extraction.lexicons import words
from etl.extraction.quantities import Quantity, find_quantities

REACH = 400
"""Characters before the pronoun that are searched."""

_FOLLOWING = re.compile(r"\s+((?:[A-Za-z'-]+\s+){0,3}?[A-Za-z-]+)")


def _names_people(text: str, end: int) -> bool:
    following = _FOLLOWING.match(text, end)
    if following is None:
        return False
    nouns = set(words("people.csv"))
    for word in following.group(1).lower().split():
        singular = word[:-2] + "an" if word.endswith("men") else word.removesuffix("s")
        if word in nouns or singular in nouns:
            return True
    return False


def last_counted(text: str, before: int) -> Quantity | None:
    """The last quantity of two or more people in the ``REACH`` characters of TEXT that end at BEFORE.

    Its spans count from the start of that slice.
    """
    start = max(0, before - REACH)
    window = text[start:before]
    for quantity in reversed(find_quantities(window)):
        if (quantity.figure.best or 0) >= 2 and _names_people(window, quantity.number_end):
            return quantity
    return None
