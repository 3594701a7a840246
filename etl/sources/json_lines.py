"""JSON lines: one object a line; a broken line is set aside and the next one read."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from etl.records import Report, SetAside
from etl.sources.characters import numbered_lines, text_stream
from etl.sources.json_file import read_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.sources.limits import Limits


def read_json_lines(stream: BinaryIO, head: bytes, source: str, limits: Limits) -> Iterator[Report | SetAside]:
    """The reports of a JSON lines file, one line in memory at a time; empty lines are passed over."""
    text = text_stream(stream, head)
    try:
        seen = False
        for number, line in numbered_lines(text, limits.max_record_chars):
            if line is None:
                seen = True
                yield SetAside(
                    source, f"a line of {limits.max_record_chars / 1e6:g} million characters or more", number
                )
            elif not line.isspace():
                seen = True
                yield from read_object(line, source, number, limits)
        if not seen:
            yield SetAside(source, "the file is empty; nothing to read")
    finally:
        text.detach()
