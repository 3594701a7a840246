"""Word lists of ``data/lexicons/``, read once.

Each file is a CSV with a header; its first column is the word (lower case). Words stay out of the code so that a
reader of the field can add one without touching it.
"""

from __future__ import annotations

import csv
import functools
import tomllib
from pathlib import Path

from etl.alternatives import by_first_letter

LEXICONS = Path(__file__).resolve().parents[2] / "data" / "lexicons"


@functools.cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of the lexicon file NAME as dictionaries, header to cell."""
    with (LEXICONS / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@functools.cache
def words(name: str) -> tuple[str, ...]:
    """First column of the lexicon file NAME."""
    return tuple(next(iter(row.values())) for row in rows(name))


@functools.cache
def mapping(name: str, value: str) -> dict[str, str]:
    """First column of the lexicon file NAME to its column VALUE."""
    return {next(iter(row.values())): row[value] for row in rows(name)}


@functools.cache
def _word_sets() -> dict[str, dict[str, list[str]]]:
    with (LEXICONS / "word_sets.toml").open("rb") as file:
        return tomllib.load(file)


@functools.cache
def word_set(name: str) -> frozenset[str]:
    """The words of ``word_sets.toml`` under NAME ("victims.definite")."""
    section, key = name.split(".")
    return frozenset(_word_sets()[section][key])


@functools.cache
def any_phrase(name: str, *, any_case: bool = True) -> str:
    """A non-capturing regular expression for the phrases of ``word_sets.toml`` under NAME; they may be patterns.

    Without ANY_CASE for an expression in which case counts.
    """
    section, key = name.split(".")
    phrases = _word_sets()[section][key]
    return by_first_letter(phrases) if any_case else f"(?:{'|'.join(phrases)})"
