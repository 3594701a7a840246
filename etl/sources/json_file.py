"""JSON: one report, a list of reports, ``{"reports": [...]}`` or ``{"articles": [...]}``, read record by record.

Objects one after another without a list around them are read too, since many ``.json`` files are really JSON lines.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

from etl.errors import SourceError
from etl.records import Report, SetAside
from etl.sources.characters import recover, text_stream
from etl.sources.fields import read_fields
from etl.sources.json_stream import Records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.sources.limits import Limits

_CHUNK = 65_536


def read_json(stream: BinaryIO, head: bytes, source: str, limits: Limits) -> Iterator[Report | SetAside]:
    """The reports of a JSON file; ``Report.source_row`` is the line a record starts on."""
    text = text_stream(stream, head)
    try:
        seen = False
        for cut in Records(limits.max_record_chars).cut(iter(lambda: text.read(_CHUNK), "")):
            seen = True
            if cut.problem is not None:
                yield SetAside(source, cut.problem, cut.line)
            else:
                yield from read_object(cut.text, source, cut.line, limits)
        if not seen:
            yield SetAside(source, "holds no JSON object; nothing to read")
    finally:
        text.detach()


def read_object(raw: str, source: str, row: int, limits: Limits) -> Iterator[Report | SetAside]:
    """The report of one JSON object given as text, or one set-aside that says what is wrong with it."""
    try:
        decoded = recover(raw)
        value = json.loads(decoded.text)
    except SourceError as error:
        yield SetAside(source, str(error), row)
        return
    except json.JSONDecodeError as error:
        yield SetAside(source, f"broken JSON: {error.msg} (character {error.pos + 1}); correct this record", row)
        return
    except ValueError as error:  # a number of more digits than Python turns into an integer
        yield SetAside(source, f"JSON out of bounds: {error}; correct this record", row)
        return
    except RecursionError:
        yield SetAside(source, "JSON nested too deeply; correct this record", row)
        return
    if not isinstance(value, dict):
        yield SetAside(source, f"a JSON {type(value).__name__} where an object with `text` should be", row)
        return
    yield from read_fields(value, source, row, limits)
    if decoded.guessed:
        yield SetAside(source, f"not UTF-8: read as {decoded.encoding}; save it as UTF-8", row, "warning")
