"""Where the body of a web page begins that runs together with its headline ("Man hurt in crashTwo cars met ...").

Pages put into plain text lose the break behind the headline and the page's name ("Two held | The Daily PostA clerk").
A small letter right before a capital shows the seam, unless it stands within a name ("McCoy", "ShopMart").
"""

from __future__ import annotations

import re

from etl.extraction.lexicons import word_set, words
from etl.extraction.parsing.truecase import is_upper_case

_OPENING = 400
"""Characters of a text in which its headline ends."""
_SEAM = re.compile(r"(?<=[a-z0-9])['’”\")]?(?=[A-Z(“])")
_SIGNED = re.compile(r"(?<=[|:»«-] )[WK][A-Z]{3}(?=[A-Z])|(?<=[a-z], )[A-Z]{2}(?=[A-Z][A-Za-z])")
"""A station's call sign or a state that ends a page's name, run together with what follows ("| WXYZSPRINGFIELD --")."""
_BEFORE = re.compile(r"([A-Za-z0-9]+)['’”\")]?$")
_AFTER = re.compile(r"“?([A-Z][A-Za-z0-9]*)(?=[\s,'’.-]|$)")
_AGENCY = re.compile(r"\([A-Z][^()]{1,40}\)\s?[-–—]")
_PAGE = re.compile(r"\s[|«»–—-]{1,2}\s")
_LONGEST_WORD = 40
_SHORTEST_NAME = 4
"""Letters of a page's name before a seam ("PostA"); shorter ones begin names ("McCoy", "LaToya")."""
_LONG_WORD = 6
_OPENERS = word_set("headlines.openers")
_SITES = frozenset("com net org tv us".split())


def body_start(text: str) -> int | None:
    """Where the body of TEXT begins right behind its headline, without a space; None where nothing is run together."""
    opening = text[:_OPENING]
    seams = [seam.end() for seam in _SEAM.finditer(opening)]
    page = _PAGE.search(opening)
    named_from = page.end() if page is not None else len(text)
    signed = _SIGNED.search(opening, min(page.start(), _OPENING)) if page is not None else None
    if not (seams or signed) or is_upper_case(opening):
        return None
    found = next((at for at in seams if _is_seam(opening, at, named_from)), None)
    if found is None and signed is not None:
        return signed.end()
    return found or next((at for at in seams if at > named_from and _ends_page_name(opening, at)), None)


def _is_seam(text: str, at: int, named_from: int) -> bool:
    """Whether the words around AT can be no one name; behind NAMED_FROM stands the name of the page."""
    before = _BEFORE.search(text, max(0, at - _LONGEST_WORD), at)
    if before is None:
        return False
    if text[at] == "(":
        return _AGENCY.match(text, at) is not None
    after = _word_after(text, at)
    if after is None:
        return False
    word, following = before.group(1), after
    if (
        word.islower()
        and word.isalpha()
        and (len(word) > _SHORTEST_NAME - 2 or word in _SITES or following in _OPENERS)
    ):
        mark = text[before.start() - 1 : before.start()]
        return mark not in set("#@/._") or (mark == "." and word in _SITES)
    if following in _OPENERS:
        return len(word) >= _SHORTEST_NAME - 1
    if len(word) >= _LONG_WORD and word.lower() in words("lowercase_words.csv"):
        return True
    return following.isupper() and len(following) >= _SHORTEST_NAME and (not word[-1].isdigit() or at > named_from)


def _word_after(text: str, at: int) -> str | None:
    """The word that begins at AT, unless it is a part of the name of a site ("NewsToday.com")."""
    after = _AFTER.match(text, at)
    if after is None or (text[after.end() : after.end() + 1] == "." and text[after.end() + 1 :][:1].islower()):
        return None
    return after.group(1)


def _ends_page_name(text: str, at: int) -> bool:
    before = _BEFORE.search(text, max(0, at - _LONGEST_WORD), at)
    if before is None or _word_after(text, at) is None:
        return False
    return before.group(1)[-1].isdigit() or len(before.group(1)) >= _SHORTEST_NAME
