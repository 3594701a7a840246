"""HTML files: a page is one report."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from etl.errors import SourceError
from etl.records import Report, SetAside
from etl.reports.page import declared_encoding, read_page
from etl.sources.characters import Decoded, decode, marked_encoding
from etl.sources.fields import read_fields
from etl.sources.text_file import note_guess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.sources.limits import Limits


def read_html(stream: BinaryIO, head: bytes, source: str, limits: Limits) -> Iterator[Report | SetAside]:
    """The report of an HTML page: its article, headline, publisher, time, address and language."""
    del head  # a page may declare UTF-16 without a mark, so the first bytes alone say too little
    data = stream.read(limits.max_page_bytes)
    if len(data) >= limits.max_page_bytes:
        raise SourceError(f"a page of {limits.max_page_bytes / 1e6:g} MB or more", remedy="raise max_page_bytes")
    decoded = _decode(data)
    page = read_page(decoded.text)
    fields = {
        "text": page.text,
        "title": page.title,
        "publisher": page.publisher,
        "published": page.published,
        "url": page.url,
        "language": page.language,
    }
    yield from read_fields(fields, source, None, limits)
    yield from note_guess(decoded, source)


def _decode(data: bytes) -> Decoded:
    declared = declared_encoding(data)
    if declared is not None and marked_encoding(data) is None:
        try:
            return Decoded(data.decode(declared), declared, guessed=False)
        except UnicodeDecodeError:
            pass  # pages often declare what they are not; the bytes decide then
    return decode(data)
