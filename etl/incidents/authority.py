"""How much weight the words before a figure carry: who says it, how sure they are, whether they correct themselves.

Ranks (``data/lexicons/authorities.csv``): 4 a body whose task is to count or that answers for the count (ministry,
police, hospital, coroner, relief organisation), 3 the report in its own voice, 2 somebody else, 1 a party to the
conflict, a witness or an unnamed source, 0 a figure the report itself calls disputed. Where an attribution holds words
of two ranks the lower one holds: *a source in the ministry* is a source, not the ministry.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache

from etl.incidents.causes import LEXICONS
from etl.records import Claim

OFFICIAL, PLAIN, OTHER, PARTISAN, DISPUTED = 4, 3, 2, 1, 0


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)


@cache
def _authorities() -> dict[int, re.Pattern[str]]:
    words: dict[int, list[str]] = {}
    with (LEXICONS / "authorities.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            words.setdefault(int(row["rank"]), []).append(row["words"])
    return {rank: _any_of(words[rank]) for rank in sorted(words)}


@cache
def _corrections() -> re.Pattern[str]:
    with (LEXICONS / "corrections.csv").open(encoding="utf-8", newline="") as rows:
        return _any_of(row["words"] for row in csv.DictReader(rows))


@cache
def _rank_of_words(attribution: str) -> int:
    for rank, pattern in _authorities().items():
        if pattern.search(attribution):
            return rank
    return OTHER


def rank(claim: Claim) -> int:
    """Authority of a claim, 0-4 as the module says; a confirmed figure has the rank of an official one."""
    if claim.certainty == "disputed":
        return DISPUTED
    of_words = PLAIN if claim.attribution is None else _rank_of_words(claim.attribution[:200])
    return OFFICIAL if claim.certainty == "confirmed" and of_words >= OTHER else of_words


def corrects(claim: Claim) -> bool:
    """Whether the claim's sentence says that it corrects an earlier figure."""
    return _corrections().search(claim.quote) is not None
