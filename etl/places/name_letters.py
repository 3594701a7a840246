"""How names sound of a country: which letters stand together in the names that news of one country prints.

"Thepsuwan" and "Kraithong" are Thai to a reader who knows neither. That puts nothing anywhere; it speaks for the
country of a report that says little else of it, and only where it speaks clearly. A naive Bayes reading of runs of
four letters, counted by ``scripts/learn_name_letters.py``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
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


def country_by_letters(tokens: Iterable[Token]) -> tuple[str, float]:
    """The country that the names among TOKENS sound of, and by how much it is ahead of the next; ("", 0.0) for none."""
    names = list(islice(names_in(tokens), MOST_NAMES))
    if not names:
        return "", 0.0
    letters = _letters()
    score = letters.scores(names)
    second, best = np.argsort(score)[-2:]
    code = letters.codes[best]
    return ("", 0.0) if code in AT_HOME_ANYWHERE else (code, float(score[best] - score[second]))
