"""Which causes may be two words for one incident, and how many days one such incident may last.

Read from ``data/lexicons/cause_families.csv``: two causes are compatible when they share a family (a *shooting* may be
told as an *armed clash*, never as an *earthquake*); ``days`` bounds how far apart the day-precise dates of one incident
may lie (an epidemic lasts months, a bombing is over at once); ``rarity`` is the weight the cause itself adds, since
two air crashes on one day in one country are unlikely and two shootings are not. An unknown cause goes with any.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

LEXICONS = Path(__file__).resolve().parents[2] / "data" / "lexicons"
UNKNOWN_DAYS = 1
_VIOLENT = frozenset({"attack", "crime", "unrest", "custody"})
"""Families of causes in which somebody means harm."""


@cache
def _table() -> dict[str, tuple[frozenset[str], int, float]]:
    with (LEXICONS / "cause_families.csv").open(encoding="utf-8", newline="") as rows:
        return {
            row["cause"]: (frozenset(row["families"].split()), int(row["days"]), float(row["rarity"]))
            for row in csv.DictReader(rows)
        }


def families(cause: str | None) -> frozenset[str]:
    """Families of a cause; empty for none. A cause outside the vocabulary is a family of its own."""
    if cause is None:
        return frozenset()
    known = _table().get(cause)
    return known[0] if known else frozenset({cause})


def no_one_meant_it(cause: str | None) -> bool:
    """Whether CAUSE is an accident, a disaster or a disease; an unknown cause is none."""
    return bool(families(cause)) and not families(cause) & _VIOLENT


def days(cause: str | None) -> int:
    """Days that the dates of one incident of this cause may lie apart, at least 1."""
    known = _table().get(cause) if cause is not None else None
    return known[1] if known else UNKNOWN_DAYS


def compatible(one: str | None, other: str | None) -> bool:
    """Whether both words may name one incident's cause."""
    return one is None or other is None or one == other or not families(one).isdisjoint(families(other))


def evidence(one: str | None, other: str | None) -> float:
    """Weight of two compatible causes: more for one word and a rare cause, none where one of them is unknown."""
    if one is None or other is None:
        return 0.0
    known = _table().get(one)
    return 0.5 if one != other else 1.0 + (known[2] if known else 0.0)
