"""What happened: a word of the controlled list of causes, from the words of the sentence, then of the report.

The nearest evidence wins: the sentence of the figure before the report; among words of one text, the longest phrase
and then the most frequent. A word for the means of harm ("shot") yields to one for the event ("protest"): the list's
order in ``data/lexicons/cause_order.csv``.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import ahocorasick

from etl.extraction.lexicons import mapping, words


@lru_cache(maxsize=1)
def _phrases() -> ahocorasick.Automaton:
    """All phrases at once: a pattern of as many alternatives took a fifth of the whole reading of a report."""
    automaton = ahocorasick.Automaton()
    for phrase, cause in mapping("causes.csv", "cause").items():
        automaton.add_word(phrase, (len(phrase), cause))
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=1)
def _rank() -> dict[str, int]:
    return {cause: rank for rank, cause in enumerate(words("cause_order.csv"))}


def _votes(text: str) -> Counter[str]:
    """How often each cause is named in TEXT; where phrases overlap the earliest and then the longest counts."""
    plain = " ".join(text.lower().split())
    found = sorted(
        (end + 1 - length, -length, cause)
        for end, (length, cause) in _phrases().iter(plain)
        if not (_is_letter(plain, end - length) or _is_letter(plain, end + 1))
    )
    votes: Counter[str] = Counter()
    reached = 0
    for start, negative_length, cause in found:
        if start >= reached:
            votes[cause] += 1
            reached = start - negative_length
    return votes


def _is_letter(text: str, index: int) -> bool:
    """Whether a letter or digit stands there, so that a phrase beside it is only a part of a word."""
    return 0 <= index < len(text) and (text[index].isalnum() or text[index] == "_")


def cause_of(text: str) -> str | None:
    """The cause that TEXT speaks of most clearly; None where it names none."""
    votes = _votes(text)
    if not votes:
        return None
    ranks = _rank()
    return min(votes, key=lambda cause: (ranks.get(cause, len(ranks)), -votes[cause], cause))


@lru_cache(maxsize=8)
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
