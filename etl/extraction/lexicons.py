"""Word lists of ``data/lexicons/``, read once.

Each file is a CSV with a header; its first column is the word (lower case). Words stay out of the code so that a
reader of the field can add one without touching it.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

LEXICONS = Path(__file__).resolve().parents[2] / "data" / "lexicons"


@lru_cache(maxsize=None)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of the lexicon file NAME as dictionaries, header to cell."""
    with (LEXICONS / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@lru_cache(maxsize=None)
def words(name: str) -> tuple[str, ...]:
    """First column of the lexicon file NAME."""
    return tuple(next(iter(row.values())) for row in rows(name))


@lru_cache(maxsize=None)
def mapping(name: str, value: str) -> dict[str, str]:
    """First column of the lexicon file NAME to its column VALUE."""
    return {next(iter(row.values())): row[value] for row in rows(name)}
