"""The rival every accuracy figure is shown beside: two regular expressions a measure, and nothing else.

This is what most people write first: a number before the verb, a number after the verb. The first hit in the text is
the answer. It knows no bounds, no scope, no places and no dates.
"""

from __future__ import annotations

import re
from typing import Final

WORDS: Final = {
    word: number
    for number, word in enumerate(
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"a": 1, "an": 1, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}

_NUMBER: Final = r"\b(\d{1,3}(?:,\d{3})+|\d{1,7}|" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")\b"
_PATTERNS: Final = {
    "killed": (
        re.compile(_NUMBER + r"(?:\s[\w-]{1,20}){0,6}?\s(?:killed|dead|died|slain)\b", re.IGNORECASE),
        re.compile(r"\b(?:killed|killing|kills)\s(?:at\sleast\s|about\s)?" + _NUMBER, re.IGNORECASE),
    ),
    "injured": (
        re.compile(_NUMBER + r"(?:\s[\w-]{1,20}){0,6}?\s(?:injured|wounded|hurt)\b", re.IGNORECASE),
        re.compile(
            r"\b(?:injured|injuring|injures|wounded|wounding|wounds)\s(?:at\sleast\s|about\s)?" + _NUMBER, re.IGNORECASE
        ),
    ),
}


def toll(text: str) -> dict[str, int | None]:
    """Return the first number of people killed and of people injured that either pattern finds, or None for each."""
    return {measure: _first(text, patterns) for measure, patterns in _PATTERNS.items()}


def _first(text: str, patterns: tuple[re.Pattern[str], ...]) -> int | None:
    found = [hit for pattern in patterns if (hit := pattern.search(text))]
    if not found:
        return None
    words = min(found, key=lambda hit: hit.start()).group(1).lower().replace(",", "")
    return int(words) if words.isdigit() else WORDS[words]
