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


_Hint = tuple[tuple[str, ...], str, float]
"""The words of a name, the country they speak for, and how surely (0 to 1)."""


@lru_cache(maxsize=1)
def _hints() -> dict[str, dict[str, list[_Hint]]]:
    """Names by their first word, then by their second, of which those of one word have none."""
    found: dict[str, dict[str, list[_Hint]]] = defaultdict(lambda: defaultdict(list))
    for row in rows_of("news_hints.csv"):
        words = tuple(row["words"].split())
        share = int(row["reports"]) / (int(row["of"]) + 1)
        hint = words, row["country_code"], (share - SURE_FROM) / (1 - SURE_FROM)
        found[words[0]]["".join(words[1:2])].append(hint)
    return {first: dict(others) for first, others in found.items()}


def hints_in(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str, float]]:
    """For each name among TOKENS: its first token, the name folded, the country it speaks for and how surely."""
    hints = _hints()
    for index, token in enumerate(tokens):
        known = hints.get(token.folded)
        if known is None or not token.capital:
            continue
        second = tokens[index + 1].folded if index + 1 < len(tokens) else ""
        for words, code, sure in (*known.get("", ()), *(known.get(second, ()) if second else ())):
            following = tokens[index : index + len(words)]
            if len(following) == len(words) and all(t.folded == word for t, word in zip(following, words, strict=True)):
                yield index, " ".join(words), code, sure
