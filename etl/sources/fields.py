"""One record of named values (front matter, a JSON object, a CSV row) to a report.

A record carries ``text`` and, where known, ``id``, ``title``, ``published``, ``publisher``, ``url`` and ``language``;
other names are ignored. A record without a usable text is set aside. A value that cannot be used is left out and noted
with a warning beside the report.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from etl.errors import SourceError
from etl.records import Report, SetAside
from etl.sources.characters import clean
from etl.sources.published import parse_published

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from etl.sources.limits import Limits

_LONGEST_LINE = 1000
_LONGEST_URL = 2000
_URL = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
# Leaves single spaces alone: a split would hold every word of a 50 MB text at once, in 1.3 GB.
_WHITE_SPACE = re.compile(r"[^\S ]\s*| \s+")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].{1,20})?", re.IGNORECASE)


def read_fields(
    fields: Mapping[str, object], source: str, row: int | None, limits: Limits
) -> Iterator[Report | SetAside]:
    """The report that ``fields`` hold, then a warning for each value left out; or one set-aside and no report."""
    raw = fields.get("text")
    if not isinstance(raw, str):
        found = "no text" if raw is None else f"text is a {type(raw).__name__}, not words"
        yield SetAside(source, f"{found}; give the article under the name `text`", row)
        return
    if len(raw) >= limits.max_text_bytes or len(raw.encode("utf-8", "replace")) >= limits.max_text_bytes:
        yield SetAside(source, _too_long(limits.max_text_bytes), row)
        return
    text = clean(raw).strip()
    if not text:
        yield SetAside(source, "the text is empty; nothing to read", row)
        return
    notes: list[str] = []
    published = _published(fields.get("published"), notes)
    title = _line(fields.get("title"), "title", notes)
    publisher = _line(fields.get("publisher"), "publisher", notes)
    yield Report(
        report_id=report_id(publisher, published, title, text),
        text=text,
        title=title,
        publisher=publisher,
        published=published,
        url=_url(fields.get("url"), notes),
        language=_language(fields.get("language")),
        source=source,
        source_row=row,
        source_id=_line(fields.get("id"), "id", notes),
    )
    for note in notes:
        yield SetAside(source, note, row, "warning")


def report_id(publisher: str | None, published: dt.datetime | None, title: str | None, text: str) -> str:
    """The first 16 hex digits of the SHA-256 of publisher, time, title and text.

    The words are cleaned, runs of white space count as one space, the time is ISO 8601 in UTC, a missing value is
    empty, and the four are joined by the ASCII unit separator, which clean text cannot hold. Where a report was read
    from plays no part, so the same article in two files, or after a change of line ends, is the same report.
    """
    moment = "" if published is None else published.isoformat(timespec="seconds")
    parts = (publisher or "", moment, title or "", text)
    joined = "\x1f".join(_WHITE_SPACE.sub(" ", part).strip() for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def _too_long(limit: int) -> str:
    return f"text of {limit / 1e6:g} MB or more; split it or raise max_text_bytes"


def _published(value: object, notes: list[str]) -> dt.datetime | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        notes.append("no publication time; relative days in the text stay open")
        return None
    try:
        return parse_published(value)
    except SourceError as error:
        notes.append(f"{error}; read without a time")
        return None


def _line(value: object, name: str, notes: list[str]) -> str | None:
    """``value`` as one line of words; null where it is empty, and noted where it is no line."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        notes.append(f"{name} is a {type(value).__name__}, not words; left out")
        return None
    if isinstance(value, str) and len(value) > _LONGEST_LINE:
        notes.append(f"{name} of {len(value)} characters; left out")
        return None
    try:
        return " ".join(clean(str(value)).split()) or None
    except ValueError:  # a whole number of more digits than Python turns into words
        notes.append(f"{name} is a number beyond reading; left out")
        return None


def _url(value: object, notes: list[str]) -> str | None:
    """``value`` if it is a web address: pages link to it, so nothing else may stand there."""
    if isinstance(value, str) and len(value) <= _LONGEST_URL:
        address = clean(value).strip()
        if _URL.fullmatch(address):
            return address
    if value not in (None, ""):
        notes.append("url is no http or https address; left out")
    return None


def _language(value: object) -> str | None:
    match = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    return match[1].lower() if match else None
