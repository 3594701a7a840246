"""What happened: a word of the controlled list of causes, from the words of the sentence, then of the report.

The nearest evidence wins: the sentence of the figure before the report; among words of one text, the longest phrase
and then the most frequent. A word for the means of harm ("shot") yields to one for the event ("protest"): the list's
order in ``data/lexicons/cause_order.csv``.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from etl.extraction.lexicons import mapping, words


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    phrases = sorted(mapping("causes.csv", "cause"), key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases) + r")\b", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _rank() -> dict[str, int]:
    return {cause: rank for rank, cause in enumerate(words("cause_order.csv"))}


def _votes(text: str) -> Counter[str]:
    causes = mapping("causes.csv", "cause")
    return Counter(causes[" ".join(match.group().lower().split())] for match in _pattern().finditer(text))


def cause_of(text: str) -> str | None:
    """The cause that TEXT speaks of most clearly; None where it names none."""
    votes = _votes(text)
    if not votes:
        return None
    ranks = _rank()
    return min(votes, key=lambda cause: (ranks.get(cause, len(ranks)), -votes[cause], cause))


def report_cause(text: str, title: str | None) -> str | None:
    """The cause of a report's main event: its headline and opening weigh most, the body by frequency."""
    votes = _votes(text)
    for cause, count in (_votes(title or "") + _votes(text[:600])).items():
        votes[cause] += 3 * count
    if not votes:
        return None
    ranks = _rank()
    return min(
        votes,
        key=lambda cause: (
            -votes[cause] * (2 if ranks.get(cause, 99) < len(ranks) // 2 else 1),
            ranks.get(cause, 99),
            cause,
        ),
    )
