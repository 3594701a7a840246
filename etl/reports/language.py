"""The language of a text, from its commonest words.

A statistical model loads in three quarters of a second and 100 MB to name a hundred languages (measured for py3langid
0.4); the tables hold English claims, so it is enough to be sure of English and to name its likely alternatives. The
words and scripts stand in ``data/languages/``.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from etl.reports.language_tables import rows

_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile(r"[a-z]+")
"""The same in small letters of ASCII, found four times as fast."""
_SAMPLE = 4000
# Of running English some 40 words in 100 are among the table's; of a text in another tabled language hardly 5 are.
_LEAST_SHARE = 0.12
_LEAST_LEAD = 1.2
_LEAST_WORDS = 3


def find_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of TEXT, or null where its first 4,000 characters do not tell."""
    sample = text[:_SAMPLE].casefold()
    words = Counter((_ASCII_WORD if sample.isascii() else _WORD).findall(sample))
    total = words.total()
    languages = _languages_of_word()
    found: Counter[str] = Counter()
    for word in words.keys() & languages.keys():
        for language in languages[word]:
            found[language] += words[word]
    ranked = found.most_common(2)
    if ranked and ranked[0][1] >= max(_LEAST_WORDS, _LEAST_SHARE * total):
        runner_up = ranked[1][1] if len(ranked) > 1 else 0
        return ranked[0][0] if ranked[0][1] >= _LEAST_LEAD * runner_up else None
    return _by_script(sample)


def _by_script(sample: str) -> str | None:
    """The language whose own script most letters of SAMPLE are in."""
    letters = [ord(sign) for sign in sample if sign > "\u02ff" and sign.isalpha()]
    if len(letters) < _LEAST_WORDS or 2 * len(letters) < sum(sign.isalpha() for sign in sample):
        return None
    counts = {
        language: sum(first <= letter <= last for letter in letters) for language, first, last in _script_ranges()
    }
    # Japanese is written in its own signs among Chinese ones, so few of its own settle it.
    if counts.get("ja", 0) * 10 >= len(letters):
        return "ja"
    language = max(counts, key=lambda name: counts[name])
    return language if 2 * counts[language] >= len(letters) else None


@cache
def _languages_of_word() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for row in rows("function_words.csv"):
        table[row["word"]] = (*table.get(row["word"], ()), row["language"])
    return table


@cache
def _script_ranges() -> tuple[tuple[str, int, int], ...]:
    return tuple((row["language"], int(row["first"], 16), int(row["last"], 16)) for row in rows("scripts.csv"))
