"""Which sentences can hold a claim: one cheap scan for the stems of harm before anything slow looks at them."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.extraction.lexicons import words


@lru_cache(maxsize=1)
def _stems() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(words("harm_stems.csv"), key=len, reverse=True)) + r")", re.IGNORECASE)


def may_hold_claim(sentence: str) -> bool:
    """Whether SENTENCE has a word that harm is told with."""
    return _stems().search(sentence) is not None
