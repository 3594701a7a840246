"""Days that a text prints above what it tells: the label of a register, or the line that heads an entry.

"Incident date / 29 May 2018", "November 4, 2004, Key West, Fla.": registers and digests set the day over the entry,
and the sentences below have none.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from etl.calendar_words import any_of, words
from etl.extraction.dates.patterns import happening

_LABEL = 60
"""Characters before a date in which its label stands."""
_LONGEST_LINE = 80
_OTHER_WORDS = 7
_FILED = dt.timedelta(days=2)
"""Days between a heading and the report's own day within which the heading may only say when the page was filed."""
_OPENING = 600
_VALUE = 40
"""Characters behind a label in which its value stands."""
_CLOSED = re.compile(r"(?:\s?\([^()\n]{1,40}\))?,")
"""The comma that parts a day from what is told of it, behind words in brackets ("On 3 May (as reported), a ...")."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[^\W\d_]+")


def is_labelled(text: str, start: int) -> bool:
    """Whether the date at START is the value of a label that says what it is the day of ("Date of occurrence: ")."""
    return _label().search(text, max(0, start - _LABEL), start) is not None


def opens(text: str, sentence: int, start: int, end: int) -> bool:
    """Whether the date from START to END opens the SENTENCE that begins there as its time ("On 3 May 2011, a ...")."""
    return _opening().fullmatch(text, sentence, start) is not None and _CLOSED.match(text, end) is not None


def heads(text: str, start: int, end: int, day: dt.date, today: dt.date | None) -> bool:
    """Whether the date from START to END stands in a line of its own above what is told, and is not the page's day.

    DAY is what it means, TODAY the report's own day, null where unknown.
    """
    if today is None or not day < today - _FILED:
        return False
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : len(text) if last < 0 else last].strip()
    around = f"{text[first:start]} {text[end : len(text) if last < 0 else last]}"
    return last >= 0 and len(line) <= _LONGEST_LINE and len(_WORD.findall(around)) <= _OTHER_WORDS


def is_stamp(text: str, start: int, end: int, day: dt.date | None, today: dt.date | None) -> bool:
    """Whether the date from START to END only says when the page was published: it stands in a line of its own.

    DAY is what it means, TODAY the report's own day, null where unknown; the line tells of nothing that happened.
    """
    if today is None or day is None or not today - _FILED < day <= today or _YEAR.search(text, start, end) is None:
        return False
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    if last < 0 or last - first > _LONGEST_LINE or happening().search(text, first, last):
        return False
    return len(_WORD.findall(f"{text[first:start]} {text[end:last]}")) <= _OTHER_WORDS


def entry_value(text: str) -> str | None:
    """What a register's entry, TEXT, gives as its day under a label in its opening; null for other texts."""
    label = _label_before_value().search(text, 0, _OPENING)
    return text[label.end() : label.end() + _VALUE].strip() if label is not None else None


def year_of_entry(text: str) -> int | None:
    """The year of the day that a register's entry, TEXT, gives; null for other texts."""
    value = entry_value(text)
    found = _YEAR.search(value) if value is not None else None
    return int(found.group()) if found is not None else None


@lru_cache(maxsize=1)
def _label_before_value() -> re.Pattern[str]:
    return re.compile(rf"^[ \t]{{0,9}}{any_of(words('date_labels'))}[ \t]{{0,3}}(?::|\n)", re.IGNORECASE | re.MULTILINE)


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('date_labels'))}\s{{0,3}}:?\s{{0,4}}$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    return re.compile(
        r"\s{0,4}(?:on|in|(?:on\s{1,4}or\s{1,4})?(?:around|about))\s{1,4}"
        r"(?:the\s{1,4}(?:night|morning|evening|afternoon)\s{1,4}of\s{1,4})?",
        re.IGNORECASE,
    )
