"""Reads reports from files, folders and standard input, one at a time.

:func:`read` never fails for one bad input among many: it yields a ``SetAside`` that names file, line and reason, and
goes on. Files of records (JSON, JSON lines, CSV) stream; a text, Markdown or HTML file is one report and is held whole,
below a bound. Nothing here knows what becomes of a report.
"""

from __future__ import annotations

import io
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from etl.errors import SourceError
from etl.records import Report, SetAside
from etl.sources.fields import report_id
from etl.sources.folder import files_below, shown
from etl.sources.kinds import READERS, reader_for
from etl.sources.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["STANDARD_INPUT", "SUFFIXES", "Limits", "read", "report_id"]

STANDARD_INPUT = "-"
SUFFIXES = tuple(READERS)

# As many as Python buffers of a file; a shorter first write to a pipe gives fewer.
_HEAD_BYTES = 8192


def read(paths: Sequence[Path | str], limits: Limits | None = None) -> Iterator[Report | SetAside]:
    """Every report below ``paths`` in order, and a ``SetAside`` for each input left out or read with a lack.

    A path is a folder (read recursively, see :func:`etl.sources.folder.files_below`), a file, or ``-`` for standard
    input. A file named outright is read whatever its suffix; within a folder only files of ``SUFFIXES`` are. A warning
    about a report comes right after it.
    """
    limits = limits or Limits()
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield from _read_stream(cast("BinaryIO", sys.stdin.buffer), STANDARD_INPUT, limits)
            continue
        named = Path(path)
        if not named.is_dir():
            yield from _read_file(named, limits)
            continue
        for found in files_below(named, SUFFIXES):
            if isinstance(found, SetAside):
                yield found
            else:
                yield from _read_file(found, limits)


def _read_file(path: Path, limits: Limits) -> Iterator[Report | SetAside]:
    source = shown(path)
    try:
        # A pipe is read if named (a shell's process substitution is one); a folder's pipes were set aside before.
        if stat.S_ISBLK(path.stat().st_mode):
            yield SetAside(source, "a device, not a file; give a file or folder")
            return
        with path.open("rb") as stream:
            yield from _read_stream(stream, source, limits)
    except FileNotFoundError:
        yield SetAside(source, "no such file or folder; check the path")
    except OSError as error:
        yield SetAside(source, f"cannot be read: {error.strerror or error}; check its permissions")
    except ValueError:  # a NUL in the path
        yield SetAside(source, "no path; check it")


def _read_stream(stream: BinaryIO, source: str, limits: Limits) -> Iterator[Report | SetAside]:
    """The reports of one open stream. Errors of the file system go to the caller."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    head = buffered.peek(_HEAD_BYTES)[:_HEAD_BYTES]
    try:
        yield from reader_for(source, head)(cast("BinaryIO", buffered), head, source, limits)
    except SourceError as error:
        yield SetAside(source, f"{error.problem}; {error.remedy}" if error.remedy else error.problem, error.row)
