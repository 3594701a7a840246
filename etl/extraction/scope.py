"""How a figure relates to the event of its report: the event's own, a part, a running total, or an older event's."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.extraction.lexicons import rows
from etl.records import Measure, Scope

_SUBSET_BEFORE = re.compile(r"(?:\bincluding|\bincludes?|\bincluded|\bamong (?:them|the dead|the injured|the victims|the wounded|the casualties|whom|those (?:killed|injured|wounded|dead|hurt))[^.]{0,30}|\bof whom|\bof them,?|\bof the (?:dead|victims|injured|wounded),?|\b(?:they|victims|dead) include[sd]?|\bcounting)\s+(?:at least\s+)?$", re.IGNORECASE)
_OF_THE_HURT = re.compile(r"\s*(?:\w+\s+){0,2}?of (?:the )?(?:wounded|injured)\b", re.IGNORECASE)
_SUBSET_AFTER = re.compile(r"\s*(?:\w+\s+){0,3}?(?:of (?:whom|the (?:dead|wounded|injured|killed|deceased|casualties|detained|fatalities))\b)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _markers() -> tuple[tuple[re.Pattern[str], Scope], ...]:
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["scope"]) for row in rows("scope_markers.csv"))  # type: ignore[misc]


def scope_of(sentence: str, start: int, end: int, measure: Measure) -> Scope:
    """Scope of MEASURE's figure at START..END of SENTENCE, from the words around it.

    One of the wounded who dies is no part of the wounded but a death of its own.
    """
    if measure == "killed" and _OF_THE_HURT.match(sentence, end, min(len(sentence), end + 40)):
        return "incident"
    if _SUBSET_BEFORE.search(sentence, max(0, start - 80), start) or _SUBSET_AFTER.match(sentence, end, min(len(sentence), end + 40)):
        return "subset"
    for pattern, scope in _markers():
        if pattern.search(sentence):
            return scope
    return "incident"
