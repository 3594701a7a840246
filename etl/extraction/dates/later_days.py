"""Days on which something is only remembered or told of that happened long before.

Reports of a fortieth day, an anniversary or the end of a search print two days: that of the gathering and that of the
event. The dead are the event's. Likewise a list of deaths may print the day of its last one alone ("two at once and one
on Friday"), which is no day of the others.
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.calendar_words import any_of, table, words
from etl.extraction.dates.patterns import happening

_UNITS = r"(?:day|week|month|year|decade)s?"
_BEHIND = 100
"""Characters behind a date in which stands the event it is counted from."""
_BESIDE = 16
"""Characters before a date in which stands what happened then ("those killed on May 3")."""
_COUNT = 40
"""Characters before a date in which a count of its own may stand."""


def counted_from_event(text: str, end: int) -> bool:
    """Whether the date that ends at END is counted from an event ("on Monday, forty days after the shooting")."""
    found = _counted_from().match(text, end, end + _BEHIND)
    return found is not None and happening().search(text, found.end(), min(len(text), end + _BEHIND)) is not None


def is_of_remembrance(text: str, clause: tuple[int, int], date: tuple[int, int]) -> bool:
    """Whether people were remembered on the day at DATE ("the town on Monday paid tribute to the nine killed").

    The words of remembrance stand in its CLAUSE, and no word of the event between them and the date or right before it.
    """
    if happening().search(text, max(clause[0], date[0] - _BESIDE), date[0]):
        return False
    for found in _remembering().finditer(text, *clause):
        between = (date[1], found.start()) if found.start() >= date[1] else (found.end(), date[0])
        if happening().search(text, *between) is None:
            return True
    return False


def lasts(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` says that what happened on a day gone by is not over ("still missing")."""
    return _lasting().search(text, start, end) is not None


def counts_another(text: str, after: int, date: int) -> bool:
    """Whether the date at DATE is that of another count than the one that ends at AFTER ("two, and one on Friday")."""
    return _another_count().search(text, max(after, date - _COUNT), date) is not None


@lru_cache(maxsize=1)
def _counted_from() -> re.Pattern[str]:
    return re.compile(
        rf",?\s{{1,4}}(?:[a-z]{{2,7}}\s{{1,4}}){{0,2}}?(?:a|an|{any_of(table('numbers'))}|\d{{1,3}})\s{{1,4}}{_UNITS}\s{{1,4}}"
        r"(?:after|since|following)\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _remembering() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('remembering'))}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _lasting() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('lasting'))}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _another_count() -> re.Pattern[str]:
    return re.compile(
        rf"(?:,|\band)\s{{1,4}}(?:another|{any_of(table('numbers'))}|\d{{1,4}})\s{{1,4}}"
        r"(?:(?:more|others?|died|later|late|early|on)\s{1,4}){0,4}$",
        re.IGNORECASE,
    )
