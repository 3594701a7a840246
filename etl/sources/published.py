"""Publication times as sources write them.

Read are ISO 8601 (*2010-04-15T14:05:00+06:00*, *2010-04-15 14:05*, *20100415*), RFC 2822 (*Thu, 15 Apr 2010 08:05:00
GMT*), a plain day, and a day with its month in English (*April 15, 2010*; *15 Apr 2010*). A day without a time is its
midnight; a time without a zone is UTC. All-figure days in other orders (*04/05/2010*) are refused: which is the month
is not said, and nothing is guessed in silence.
"""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from etl.errors import SourceError

# Outside these years a "publication time" is a fault of the source; pandas' nanosecond times span 1677-2262.
FIRST_YEAR = 1700
LAST_YEAR = 2200

_LONGEST = 80
_SLASHED = re.compile(r"^(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)")
_ZONE_WORD = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)
_SPACE_BEFORE_ZONE = re.compile(r"(?<=\d) (?=[+-]\d{2}:?\d{2}$)")
_ENGLISH = ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%B %d, %Y %H:%M", "%d %B %Y %H:%M")


def parse_published(value: object) -> dt.datetime:
    """``value`` (words, day or time) as a time in UTC.

    Raises :class:`~etl.errors.SourceError` where it is no date, says its month or day two ways, or lies outside
    ``FIRST_YEAR``-``LAST_YEAR``.
    """
    if isinstance(value, dt.datetime):
        moment = value
    elif isinstance(value, dt.date):
        moment = dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
    elif isinstance(value, str) and len(value) <= _LONGEST:
        moment = _parse_words(" ".join(value.split()))
    else:
        raise _refused(value)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise SourceError(
            f"publication year {moment.year} is outside {FIRST_YEAR}-{LAST_YEAR}", remedy="correct the date"
        )
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def _parse_words(words: str) -> dt.datetime:
    if slashed := _SLASHED.match(words):
        year, month, day = slashed.groups()
        words = f"{year}-{month:0>2}-{day:0>2}{words[slashed.end() :]}"
    iso = _SPACE_BEFORE_ZONE.sub("", _ZONE_WORD.sub("+00:00", words) if ":" in words else words)
    try:
        return dt.datetime.fromisoformat(iso)
    except ValueError:
        pass  # not ISO 8601; the mail format is next
    try:
        return parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        pass  # not RFC 2822 either; a day in English is last
    for pattern in _ENGLISH:
        try:
            return dt.datetime.strptime(words, pattern).replace(tzinfo=dt.UTC)
        except ValueError:
            continue
    raise _refused(words)


def _refused(value: object) -> SourceError:
    shown = repr(value if isinstance(value, int | float) else str(value)[:40])
    return SourceError(f"publication time {shown} is no date we read", remedy="write it as 2010-04-15T08:05:00Z")
