"""Upper-case wire text in the case that a parser was trained on, character for character.

Words that English writes small become small; all others (names) keep a capital. Lengths never change, so spans hold.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache

from etl.extraction.lexicons import any_phrase, word_set, words

_WORD = re.compile(r"[A-Z]+")
_ENDING = re.compile(r"(?<=[A-Za-z]['\u2019])(?:S|T|D|LL|RE|VE)\b|(?<=\d)(?:ST|ND|RD|TH|D)\b")
"""What follows an apostrophe or the digits of an ordinal: "JUDGE'S", "4TH"."""
_ARTICLE = re.compile(r"(?<![.\w])A(?= )")
_COMMON_ENDING = re.compile(any_phrase("truecase.common_endings", any_case=False) + r"$")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_UPPER_SHARE = 0.7
"""Share of upper-case letters from which a text counts as upper-case copy."""


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return frozenset(words("lowercase_words.csv"))


def is_upper_case(text: str) -> bool:
    """Whether TEXT is printed in capitals throughout."""
    # Letters are counted as those that deleting them takes away, which goes a hundred times as fast as one by one.
    plain = text.encode("ascii", "ignore")
    letters = len(plain) - len(plain.translate(None, string.ascii_letters.encode()))
    upper = len(plain) - len(plain.translate(None, string.ascii_uppercase.encode()))
    if len(plain) < len(text):
        others = _NOT_ASCII.findall(text)
        letters += sum(character.isalpha() for character in others)
        upper += sum(character.isupper() for character in others)
    return letters > 20 and upper >= _UPPER_SHARE * letters


def _cased(match: re.Match[str]) -> str:
    word = match.group()
    lower = word.lower()
    if lower in _small() or (lower.endswith("s") and lower[:-1] in _small()) or _COMMON_ENDING.search(lower):
        return lower
    return word if len(word) == 1 else word.capitalize()


def truecase(text: str) -> str:
    """TEXT in mixed case, each sentence's first letter a capital; the same length as TEXT."""
    cased = _ENDING.sub(lambda match: match.group().lower(), text)
    cased = _WORD.sub(_cased, _ARTICLE.sub("a", cased))
    for index, character in enumerate(cased):
        if character.isalpha():
            return cased[:index] + character.upper() + cased[index + 1 :] if len(character.upper()) == 1 else cased
    return cased


_INSERTION = re.compile(r"\[([^\[\]\d]{0,200})\]")


def without_insertions(text: str) -> str:
    """TEXT with an editor's insertions in square brackets blanked, a single word kept ("[Jesus] Mendez").

    "The [Armed Forces Press Committee] spokesman": a phrase there explains the words before it and belongs to no
    clause, so that a parse stumbles over it. The length stays; insertions with digits, which may count people, stay.
    """
    return _INSERTION.sub(
        lambda found: f" {found.group(1)} " if _is_word(found.group(1)) else " " * len(found.group()), text
    )


def _is_word(insertion: str) -> bool:
    """Whether an INSERTION completes the sentence by a word, rather than labelling what follows ("[Text]")."""
    return insertion.isalpha() and insertion.lower() not in word_set("truecase.labels")


_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")
_ANY_WORD = re.compile(r"\b[A-Za-z]{4,}\b")
_HEADLINE_SHARE = 0.7
"""Share of longer words with a capital from which a sentence counts as a headline in title case."""


def small_headline(text: str) -> str:
    """TEXT with its common words small where it is a headline in title case; else as it is. The same length as TEXT."""
    longer = _ANY_WORD.findall(text)
    if len(longer) < 4 or sum(word[0].isupper() for word in longer) < _HEADLINE_SHARE * len(longer):
        return text
    return _CAPITALISED.sub(
        lambda match: match.group().lower() if match.start() and match.group().lower() in _small() else match.group(),
        text,
    )
