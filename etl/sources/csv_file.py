"""CSV with a header line that names a ``text`` column; the delimiter is a comma, semicolon or tab."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, BinaryIO

from etl.errors import SourceError
from etl.records import Report, SetAside
from etl.sources.characters import numbered_lines, recover, text_stream
from etl.sources.fields import read_fields

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator, Sequence

    from etl.sources.limits import Limits

DELIMITERS = ",;\t"


def read_csv(stream: BinaryIO, head: bytes, source: str, limits: Limits) -> Iterator[Report | SetAside]:
    """The reports of a CSV file, row by row; ``Report.source_row`` is the line a row starts on, the header being 1.

    A row with more fields than the header has lost its quotes somewhere and is set aside; a shorter one lacks only
    trailing columns.
    """
    # The limit is one for the whole process; raising it is safe, as the bound on lines stays.
    csv.field_size_limit(max(csv.field_size_limit(), limits.max_record_chars))
    text = text_stream(stream, head)
    try:
        yield from _Rows(text, source, limits).read()
    finally:
        text.detach()


def header_delimiter(line: str) -> str | None:
    """The delimiter under which ``line`` is a header with a ``text`` column, or null."""
    return next((sign for sign in DELIMITERS if "text" in _names(line, sign)), None)


def _names(line: str, delimiter: str) -> list[str]:
    try:
        row = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [name.strip().lower() for name in row]


class _Rows:
    """One pass over a CSV file; lines too long to hold are noted and passed over."""

    def __init__(self, text: io.TextIOWrapper, source: str, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._numbered = numbered_lines(text, limits.max_record_chars)
        self._overlong: list[int] = []
        self._line = 0

    def read(self) -> Iterator[Report | SetAside]:
        header = next(self._lines(), "")
        if not header.strip() and not self._overlong:
            yield SetAside(self._source, "the file is empty; nothing to read")
            return
        delimiter = header_delimiter(header)
        if delimiter is None:
            yield SetAside(self._source, "the first line names no column `text`; name the column of the articles so", 1)
            return
        names = _names(header, delimiter)
        rows = csv.reader(self._lines(), delimiter=delimiter, strict=True)
        while True:
            start = self._line + 1
            try:
                row = next(rows, None)
            except csv.Error as error:
                yield SetAside(self._source, f"broken CSV: {error}; correct the quotes of this row", start)
                continue
            yield from self._noted()
            if row is None:
                return
            if any(field and not field.isspace() for field in row):
                yield from self._report(row, names, start)

    def _lines(self) -> Iterator[str]:
        for number, line in self._numbered:
            self._line = number
            if line is None:
                self._overlong.append(number)
            yield "\n" if line is None else line

    def _noted(self) -> Iterator[SetAside]:
        for number in self._overlong:
            size = self._limits.max_record_chars / 1e6
            yield SetAside(self._source, f"a line of {size:g} million characters or more", number)
        self._overlong.clear()

    def _report(self, row: Sequence[str], names: Sequence[str], start: int) -> Iterator[Report | SetAside]:
        if len(row) > len(names):
            reason = f"{len(row)} fields under a header of {len(names)}; put quotes around fields that hold delimiters"
            yield SetAside(self._source, reason, start)
            return
        fields: dict[str, object] = {}
        guessed: set[str] = set()
        try:
            for name, raw in zip(names, row, strict=False):
                decoded = recover(raw)
                fields[name] = decoded.text
                if decoded.guessed:
                    guessed.add(decoded.encoding)
        except SourceError as error:
            yield SetAside(self._source, str(error), start)
            return
        yield from read_fields(fields, self._source, start, self._limits)
        for encoding in sorted(guessed):
            yield SetAside(self._source, f"not UTF-8: read as {encoding}; save it as UTF-8", start, "warning")
