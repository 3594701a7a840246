"""Cuts a stream of JSON into its records without holding more than one, and goes on after a broken one.

A whole-file parser must hold the file, and an incremental one stops at the first fault. This one only keeps count of
brackets outside strings: each record is cut out as text, for ``json.loads`` to judge. Cost is linear in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A list of reports under one of these names of the outermost object is read member by member.
LIST_NAMES = ("reports", "articles")

_OUTSIDE_STRING = re.compile(r'["\[\]{}]')
_INSIDE_STRING = re.compile(r'["\\]')
_LIST_OPENS = re.compile(rf'"(?:{"|".join(LIST_NAMES)})"\s{{0,64}}:\s{{0,64}}$')
_BETWEEN = " \t\r\n,\ufeff"
_TAIL = 160


@dataclass(frozen=True, slots=True)
class Cut:
    """One record as text, with the line it starts on; or, with ``problem``, what stands there instead of a record."""

    line: int
    text: str = ""
    problem: str | None = None


class Records:
    """The records of one JSON text: members of a list, of a named list in an object, or objects in a row."""

    def __init__(self, limit: int) -> None:
        """Records of ``limit`` characters or more become problems."""
        self._limit = limit
        self._depth = 0
        self._base = 0  # the depth at which records begin: 0 outermost, 1 in a list, 2 in a named list
        self._named = False  # inside the outermost object of a named list
        self._in_string = False
        self._escaped = False
        self._line = 1
        self._start_line = 1
        self._parts: list[str] = []
        self._size = 0
        self._tail = ""

    def cut(self, chunks: Iterable[str]) -> Iterator[Cut]:
        """Each record of the joined ``chunks``, in order."""
        for chunk in chunks:
            yield from self._feed(chunk)
        if self._depth or self._in_string:
            yield Cut(self._start_line, problem="the file ends inside this record or list; fetch it again")
        elif self._gap():
            yield self._stray()

    def _feed(self, chunk: str) -> Iterator[Cut]:
        taken = 0
        at = 0
        if self._escaped and chunk:
            self._escaped = False
            at = 1
        while match := (_INSIDE_STRING if self._in_string else _OUTSIDE_STRING).search(chunk, at):
            at = match.end()
            sign = match[0]
            if sign == "\\":
                if at == len(chunk):
                    self._escaped = True
                at += 1
            elif sign == '"':
                self._in_string = not self._in_string
            else:
                self._keep(chunk, taken, match.start())
                taken = match.start()
                if sign in "[{":
                    yield from self._open(sign)
                    self._keep(chunk, taken, at)
                    if self._depth == self._base:  # a list of records opened: its bracket is part of none of them
                        self._start_record()
                else:
                    self._keep(chunk, taken, at)
                    yield from self._close(sign)
                taken = at
        self._keep(chunk, taken, len(chunk))

    def _keep(self, chunk: str, start: int, end: int) -> None:
        """Add a stretch of the text to the record under way, unless that has grown past the limit."""
        if start >= end:
            return
        piece = chunk[start:end]
        self._line += piece.count("\n")
        self._tail = (self._tail + piece)[-_TAIL:] if end - start < _TAIL else piece[-_TAIL:]
        self._size += len(piece)
        if self._size < self._limit:
            self._parts.append(piece)
        else:
            self._parts.clear()

    def _open(self, sign: str) -> Iterator[Cut]:
        if self._depth == self._base:
            if self._gap():
                yield self._stray()
            self._start_record()
            if self._depth == 0 and sign == "[":
                self._base = 1
        elif self._depth == 1 and self._base == 0 and sign == "[" and _LIST_OPENS.search(self._tail):
            self._base = 2
            self._named = True
        self._depth += 1

    def _close(self, sign: str) -> Iterator[Cut]:
        if self._depth == 0:
            return
        if self._depth == self._base:
            # The list of records ends, unless a stray brace pretends so.
            if self._named and sign == "]":
                self._base = 0
                self._depth = 1
            elif not self._named and sign == "]":
                self._base = 0
                self._depth = 0
            gap = self._gap().rstrip("]}")
            if gap:
                yield self._stray()
            self._start_record()
            return
        self._depth -= 1
        if self._depth != self._base:
            return
        if self._named and self._base == 0:
            self._named = False  # the object around the named list: nothing of it is a record
        elif self._size >= self._limit:
            yield Cut(self._start_line, problem=f"a record of {self._limit / 1e6:g} million characters or more")
        else:
            yield Cut(self._start_line, "".join(self._parts))
        self._start_record()

    def _start_record(self) -> None:
        self._parts.clear()
        self._size = 0
        self._start_line = self._line

    def _gap(self) -> str:
        """What stands between two records, without the white space and commas that belong there."""
        return "".join(self._parts).strip(_BETWEEN) if self._size < self._limit else "..."

    def _stray(self) -> Cut:
        shown = " ".join(self._gap()[:40].split())
        return Cut(self._start_line, problem=f"{shown!r} stands where an object with `text` should")
