"""How names of places sound of a country: which letters stand together in the names that its news prints.

"Near Thepsuwan" and "Kraithong village" are Thai to a reader who knows neither. That puts nothing anywhere; it speaks
for the country of a report that says little else of it, and only where it speaks clearly. A naive Bayes reading of
runs of four letters, counted by ``scripts/learn_name_letters.py`` in names of all kinds. Names of people are not
read: where somebody's forebears came from tells nothing of where harm befell them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from etl.places.gazetteer import FOLDER, gazetteer, rows_of
from etl.places.hits import Token
from etl.places.names import fold

RUN = 4
"""Letters of a run; the ends of a name count as one, for endings tell most."""
SHORTEST = 3
MOST_NAMES = 40
"""Names of a report that are looked at."""
UNSEEN = 50.0
"""Runs of a country's names that are taken as if seen, spread as in the names of all."""
DEPENDENT = 0.5
"""What a run counts for beside the others of its name, which overlap it."""
PRIOR = 0.3
"""What the number of a country's reports counts for."""
EDGES = "^", "$"
KINDS_OF_PLACE = "town_word", "district_word", "region_word"
AT_HOME_ANYWHERE = frozenset({"US", "GB"})
"""English names are borne wherever English news is written, and other lands' news is full of English words."""


@lru_cache(maxsize=1)
def told_otherwise() -> frozenset[str]:
    """Words whose letters say nothing: ordinary ones, nationalities and countries, which have votes of their own."""
    path = FOLDER.parent / "lexicons" / "lowercase_words.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        words = {row["word"] for row in csv.DictReader(stream)}
    for row in rows_of("demonyms.csv"):
        words.update(fold(row["words"]).split())
    for name in (*gazetteer().country_names.values(), *(row["aliases"] for row in rows_of("country_names.csv"))):
        words.update(fold(name).split())
    return frozenset(words)


def names_in(tokens: Iterable[Token]) -> Iterator[str]:
    """The different names among TOKENS, folded, a word each; none of copy in capitals."""
    told, seen = told_otherwise(), set[str]()
    for token in tokens:
        word = token.folded
        if token.capital and not token.caps and len(word) >= SHORTEST and word not in told and word not in seen:
            seen.add(word)
            yield word


def in_places(tokens: Sequence[Token]) -> Iterator[Token]:
    """Words of the names of places among TOKENS: behind a preposition of place or before a word such as "village"."""
    roles = gazetteer().roles
    first = 0
    while first < len(tokens):
        last = first
        while (
            last + 1 < len(tokens) and tokens[last + 1].capital and tokens[last].capital and _side_by_side(tokens, last)
        ):
            last += 1
        run = tokens[first : last + 1]
        if run[0].capital and (_in_a_place(tokens, first, roles) or _is_called_a_place(tokens, last, roles)):
            yield from run
        first = last + 1


def _side_by_side(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index + 1].start - tokens[index].end == 1


def _in_a_place(tokens: Sequence[Token], first: int, roles: Mapping[str, frozenset[str]]) -> bool:
    """Whether a preposition of place stands before the name that begins at FIRST: "near Bang Kruai"."""
    back = first - 1
    if back >= 0 and tokens[back].word == "the" and _side_by_side(tokens, back):
        back -= 1
    return back >= 0 and tokens[back].folded in roles["place_preposition"] and _side_by_side(tokens, back)


def _is_called_a_place(tokens: Sequence[Token], last: int, roles: Mapping[str, frozenset[str]]) -> bool:
    """Whether the word behind the name that ends at LAST is one for a kind of place: "Kapan village"."""
    if last + 1 >= len(tokens) or not _side_by_side(tokens, last):
        return False
    word = tokens[last + 1].folded
    return any(word in roles[kind] for kind in KINDS_OF_PLACE)


def runs_of(name: str) -> Iterator[str]:
    """The runs of letters in NAME, its ends marked."""
    ends = name.join(EDGES)
    for start in range(len(ends) - RUN + 1):
        yield ends[start : start + RUN]


class _Letters:
    """The counts of ``name_letters.parquet``, as weights: what each run adds to the score of each country it has."""

    def __init__(self) -> None:
        table = pq.ParquetFile(FOLDER / "name_letters.parquet").read()
        codes = table["country_code"].combine_chunks()
        self.codes: list[str] = codes.dictionary.to_pylist()
        runs: Any = table["letters"].to_numpy()
        reports = table["reports"].to_numpy().astype(float)
        country: Any = codes.indices.to_numpy()
        whole = runs == ""
        self._prior = np.zeros(len(self.codes))
        self._prior[country[whole]] = PRIOR * np.log(reports[whole])
        runs, reports, self._country = runs[~whole], reports[~whole], country[~whole]
        self._runs, first, of_run = np.unique(runs.astype(f"U{RUN}"), return_index=True, return_inverse=True)
        self._first = np.append(first, len(runs))
        everywhere = np.bincount(of_run, weights=reports)
        share = everywhere / everywhere.sum()
        self._weight = DEPENDENT * np.log1p(reports / (UNSEEN * share[of_run]))
        of_country = np.bincount(self._country, weights=reports, minlength=len(self.codes))
        self._least = DEPENDENT * np.log(UNSEEN / (of_country + UNSEEN))

    def scores(self, names: Iterable[str]) -> Any:
        """How well each country, by its place in ``codes``, answers to NAMES."""
        runs = np.array([run for name in names for run in runs_of(name)], dtype=self._runs.dtype)
        at = np.minimum(np.searchsorted(self._runs, runs), len(self._runs) - 1)
        at = at[self._runs[at] == runs]
        few = np.concatenate([np.arange(self._first[run], self._first[run + 1]) for run in at] or [np.arange(0)])
        told = np.bincount(self._country[few], weights=self._weight[few], minlength=len(self.codes))
        return self._prior + len(at) * self._least + told


@lru_cache(maxsize=1)
def _letters() -> _Letters:
    return _Letters()


def country_by_letters(tokens: Sequence[Token]) -> tuple[str, float]:
    """The country that names of places among TOKENS sound of, and its lead over the next; ("", 0.0) for none."""
    names = list(islice(names_in(in_places(tokens)), MOST_NAMES))
    if not names:
        return "", 0.0
    letters = _letters()
    score = letters.scores(names)
    second, best = np.argsort(score)[-2:]
    code = letters.codes[best]
    return ("", 0.0) if code in AT_HOME_ANYWHERE else (code, float(score[best] - score[second]))
