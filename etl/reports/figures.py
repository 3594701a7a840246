"""The numbers a report holds, however they are printed, apart from those of its dates.

Only to compare reports with one another: what a number counts is the business of extraction.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from etl.calendar_words import any_of, table
from etl.reports.language_tables import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH = any_of(table("months"))
# Dates say when a copy was filed or printed, so they may differ: days beside a month, ISO days, years.
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s{{1,3}}{_MONTH}\b|{_MONTH}\b\.?\s{{1,3}}\d{{1,2}}(?:st|nd|rd|th)?\b(?!,\d))"
    r"|\b(?:19|20)\d\d(?:-\d\d?-\d\d?)?\b(?![,.]\d)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\d+(?:[,\u00a0]\d{2,3})*(?:\.\d+)?|[^\W\d_]+|[^\w\s-]")
_GROUPING = str.maketrans("", "", ",\u00a0")


def figures(text: str) -> frozenset[str]:
    """Every number in TEXT by its value (*eighty-five* is *85*, *1,500* is *1500*), vague ones by word (*dozens*).

    The word *one* is left out, as it seldom counts (*one of the leaders*).
    """
    return frozenset(_values(_DATE.sub(" ; ", text).casefold()))


def _values(text: str) -> Iterator[str]:
    words = _number_words()
    whole = part = 0  # of a number in words under way: what its thousands closed, and what is still open
    under_way = ""
    for token in _TOKEN.findall(text):
        value, kind = words.get(token, (0, ""))
        if kind in {"small", "tens"}:
            if under_way not in {"", "tens", "times"} or (under_way == "tens" and not 0 < value < 10):
                yield str(whole + part)
                whole = part = 0
            part += value
            under_way = kind
        elif kind == "times":
            if value <= 100:
                part = max(part, 1) * value
            else:
                whole += max(part, 1) * value
                part = 0
            under_way = kind
        elif token != "and" or under_way != "times":  # noqa: S105 - a word of the text
            if under_way and (whole + part, under_way) != (1, "small"):
                yield str(whole + part)
            whole = part = 0
            under_way = ""
            if kind == "vague":
                yield token
            elif token[0].isdigit():
                yield token.translate(_GROUPING)
    if under_way and (whole + part, under_way) != (1, "small"):
        yield str(whole + part)


@cache
def _number_words() -> dict[str, tuple[int, str]]:
    return {row["word"]: (int(row["value"] or 0), row["kind"]) for row in rows("number_words.csv")}
