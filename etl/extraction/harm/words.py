"""Words of harm and what their grammar says of the people who suffer: one row of ``data/lexicons/harms.csv`` each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from etl.extraction.lexicons import rows
from etl.extraction.people.counted import Victims
from etl.records import Measure, Polarity


@dataclass(frozen=True, slots=True)
class Harm:
    """A word of harm TRIGGER tied to the people who suffered MEASURE."""

    trigger: Token
    measure: Measure
    victims: Victims
    polarity: Polarity


@lru_cache(maxsize=1)
def roles() -> dict[tuple[str, str], tuple[Measure, str]]:
    """Word and part of speech to the measure it tells of and the victims' role in its grammar."""
    return {(row["word"], row["part_of_speech"]): (row["measure"], row["victim_role"]) for row in rows("harms.csv")}  # type: ignore[misc]
