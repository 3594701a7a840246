"""Which sentences can hold a claim: one cheap scan for the stems of harm before anything slow looks at them.

``data/lexicons/harm_stems.csv`` has the stems. ``whole_word`` lists the endings that may follow one ("kills" but not
"killers", who are not the harmed), ``yes`` is none, empty is any. A stem that by itself hardly ever tells of harm
("condition", "victim") counts where one of those in ``beside`` stands in its sentence too: a stem, a whole word behind
``=``, or any number of people, ``#``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import ahocorasick

from etl.extraction.lexicons import rows
from etl.extraction.quantities import find_quantities

_NUMBER, _WORD = "#", "="
_NO_ENDING = "yes"
_LONGEST_ENDING = 8


@lru_cache(maxsize=1)
def _stems() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in rows("harm_stems.csv"):
        automaton.add_word(row["stem"], (len(row["stem"]), _endings(row["whole_word"]), row["beside"]))
    automaton.make_automaton()
    return automaton


def words_of_harm(text: str) -> list[tuple[int, str]]:
    """Where words of harm begin in TEXT, in order, each with what its sentence must hold besides (empty: nothing)."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when made small, and places would shift
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return sorted(
        (end + 1 - length, beside)
        for end, (length, endings, beside) in _stems().iter(lower)
        if not _is_letter(lower, end - length) and (endings is None or _rest(lower, end + 1) in endings)
    )


def _endings(listed: str) -> frozenset[str] | None:
    """What may follow a stem within its word besides nothing; null where anything may."""
    return None if not listed else frozenset({"", *listed.split()} - {_NO_ENDING})


def _rest(text: str, start: int) -> str:
    """What follows START within its word, or enough of it to be no ending."""
    end = start
    while end < start + _LONGEST_ENDING and _is_letter(text, end):
        end += 1
    return text[start:end]


def _is_letter(text: str, index: int) -> bool:
    return 0 <= index < len(text) and (text[index].isalnum() or text[index] == "_")


def may_hold_claim(words: str) -> bool:
    """Whether WORDS have one that harm is told with."""
    return bool(words_of_harm(words))


def holding_claims(
    text: str, sentences: Iterable[tuple[int, int]], harm: list[tuple[int, str]]
) -> Iterator[tuple[int, int]]:
    """Those of SENTENCES, spans of TEXT, that can hold a claim; HARM is ``words_of_harm(text)``."""
    for start, end in sentences:
        first, last = bisect_left(harm, (start, "")), bisect_left(harm, (end, ""))
        needs = {beside for _, beside in harm[first:last]}
        if needs and ("" in needs or any(_stands_in(text[start:end], beside) for beside in needs)):
            yield start, end


def _stands_in(sentence: str, beside: str) -> bool:
    return _pattern(beside).search(sentence) is not None or (_NUMBER in beside and bool(find_quantities(sentence)))


@cache
def _pattern(beside: str) -> re.Pattern[str]:
    listed = [word for word in beside.split() if word != _NUMBER]
    words = [re.escape(word[1:]) + r"\b" if word.startswith(_WORD) else re.escape(word) for word in listed]
    return re.compile(rf"\b(?:{'|'.join(words)})" if words else r"(?!)", re.IGNORECASE)
