"""What other codebooks call a country, a cause and a number printed as a word; the files of ``data/codebooks``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from etl.errors import DataFileError

FOLDER = Path(__file__).resolve().parents[3] / "data" / "codebooks"


@dataclass(frozen=True, slots=True)
class Country:
    """A country in the codes of others; an empty string where a code list does not have it."""

    alpha3: str = ""
    numeric: str = ""
    gleditsch_ward: str = ""
    ged_region: str = ""
    acled_region: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    """A cause as ACLED types it, and whether it can be organised violence as UCDP defines it."""

    organised: bool
    disorder_type: str
    event_type: str
    sub_event_type: str


def country(alpha2: str | None) -> Country:
    """The codes of the country ``alpha2``; all empty where it is null or unknown."""
    return _countries().get(alpha2 or "", Country())


def event_type(cause: str | None) -> EventType | None:
    """The types of ``cause``; null where it is out of both codebooks' scope or not known."""
    return _causes().get(cause or "")


def vague_fatalities(words: str) -> int | None:
    """What ACLED records for a number printed as the ``words``; null where they hold no such word."""
    told = f" {' '.join(words.lower().split())} "
    return next((number for word, number in _vague() if f" {word} " in told), None)


@lru_cache(maxsize=1)
def _countries() -> dict[str, Country]:
    return {
        row["alpha2"]: Country(
            row["alpha3"], row["numeric"], row["gleditsch_ward"], row["ged_region"], row["acled_region"]
        )
        for row in _rows("countries.csv")
    }


@lru_cache(maxsize=1)
def _causes() -> dict[str, EventType]:
    return {
        row["cause"]: EventType(row["ged"] == "yes", row["disorder_type"], row["event_type"], row["sub_event_type"])
        for row in _rows("causes.csv")
    }


@lru_cache(maxsize=1)
def _vague() -> tuple[tuple[str, int], ...]:
    """The longest words first: *hundreds of thousands* holds *hundreds* and *thousands*."""
    rows = [(row["word"], int(row["fatalities"])) for row in _rows("vague_fatalities.csv")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def _rows(name: str) -> list[dict[str, str]]:
    try:
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise DataFileError(f"cannot be read ({error.strerror})", where=FOLDER / name) from error
