"""Names that news prints where one country is meant, be they parties, banks, rivers or office holders.

They are no places, so they put nothing anywhere; they speak for the country of a report that places and nationality
words leave open. Counted by ``scripts/learn_country_hints.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from etl.places.gazetteer import rows_of
from etl.places.hits import Token

SURE_FROM = 0.5
"""Share of a name's reports, one more counted against it, at which it says nothing yet."""


@lru_cache(maxsize=1)
def _hints() -> dict[str, dict[tuple[str, ...], tuple[str, float]]]:
    """By first word: the words that follow, the country they speak for, and how surely (0 to 1)."""
    found: dict[str, dict[tuple[str, ...], tuple[str, float]]] = defaultdict(dict)
    for row in rows_of("news_hints.csv"):
        first, *rest = row["words"].split()
        share = int(row["reports"]) / (int(row["of"]) + 1)
        found[first][tuple(rest)] = (row["country_code"], (share - SURE_FROM) / (1 - SURE_FROM))
    return dict(found)


def hints_in(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str, float]]:
    """For each name among TOKENS: its first token, the name folded, the country it speaks for and how surely."""
    hints = _hints()
    for index, token in enumerate(tokens):
        if not token.capital or token.folded not in hints:
            continue
        for rest, (code, sure) in hints[token.folded].items():
            following = tokens[index + 1 : index + 1 + len(rest)]
            if len(following) == len(rest) and all(t.folded == word for t, word in zip(following, rest, strict=True)):
                yield index, " ".join((token.folded, *rest)), code, sure
