"""How names are compared, and how a text is cut into the words that names are made of."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ`´][^\W\d_]+)*")
"""A run of letters, apostrophes inside it included; hyphens and blanks part words."""
_MARKS = re.compile(r"['’‘ʻʼ`´′ʹ]")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h"}
)
"""Letters that Unicode does not take apart into a base letter and a mark."""


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """A word in lower case without accents and apostrophes."""
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    plain = unicodedata.normalize("NFKD", _MARKS.sub("", word.lower()).translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def fold(name: str) -> str:
    """A name as the gazetteer's key: its words folded, one blank between them."""
    return " ".join(filter(None, (fold_word(word) for word in WORD.findall(name))))
