"""Lands that a text speaks of without naming a place: "in Lebanese territory", "since the withdrawal from Gaza"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.places.gazetteer import Gazetteer
from etl.places.hits import Scan
from etl.places.names import fold_word

TERRITORY = re.compile(
    r"\b(?P<preposition>in|into|on|onto|at|inside|within|over)\s(?:the\s)?(?P<adjective>[A-Z][a-z]{3,20})\s"
    r"(?:territory|soil|airspace|waters|side of the (?:border|frontier|crossing|line))\b"
)
PAST = re.compile(
    r"\b(?:withdrawal|withdrew|pull-?out|disengagement|expelled|forced out)\s(?:\w{1,15}\s)?(?:from|of)\s(?:the\s)?$"
    r"|\b(?:campaign|air\s?strikes|bombings?|intervention|involvement)\s(?:in|against|on|of)\s(?:the\s)?$",
    re.IGNORECASE,
)
"""Words before a land that say when or why something happened, not where."""
PAST_REACH = 60


def territories(found: Scan, places: Gazetteer) -> Iterator[tuple[int, int, str, str]]:
    """Where the text says that something was on the soil of a nation: start, end, preposition and country code."""
    for match in TERRITORY.finditer(found.text):
        nation = places.evidence.get(fold_word(match["adjective"]))
        if nation is not None and nation.kind == "nationality":
            yield match.start("adjective"), match.end(), match["preposition"].lower(), nation.countries[0]


def told_of_as_past(text: str, start: int) -> bool:
    """True for a land named at START for what was done there before: "since the pullout from Lebanon"."""
    return PAST.search(text, max(0, start - PAST_REACH), start) is not None
