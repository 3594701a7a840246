"""Which reader reads what: by suffix, or by its first bytes where there is no suffix (standard input, a bare file)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import BinaryIO

from etl.records import Report, SetAside
from etl.sources.characters import marked_encoding
from etl.sources.csv_file import DELIMITERS, header_delimiter, read_csv
from etl.sources.json_file import read_json
from etl.sources.json_lines import read_json_lines
from etl.sources.json_stream import LIST_NAMES
from etl.sources.limits import Limits
from etl.sources.text_file import read_markdown, read_text
from etl.sources.web_page import read_html

Reader = Callable[[BinaryIO, bytes, str, Limits], Iterator[Report | SetAside]]

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_csv,
    ".tsv": read_csv,
}

_NAMED_LIST = re.compile(rf'"(?:{"|".join(LIST_NAMES)})"\s{{0,64}}:\s{{0,64}}\[')
_PAGE = re.compile(r"<(?:!doctype\s|html|\?xml|head|body)", re.IGNORECASE)


def reader_for(source: str, head: bytes) -> Reader:
    """The reader for ``source``, whose first bytes are ``head``; what nothing tells otherwise is plain text."""
    return READERS.get(PurePath(source).suffix.lower()) or _by_look(head)


def _by_look(head: bytes) -> Reader:
    text = head.decode(marked_encoding(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    first, ended, _ = text.partition("\n")
    if first.startswith("{"):
        # Lines go on best after a broken one, but only whole objects on lines of their own are lines.
        lines = ended and first.rstrip().endswith("}") and _NAMED_LIST.search(first) is None
        return read_json_lines if lines else read_json
    if first.startswith("["):
        # A wire report may open with a bracket ("[Updated] ..."); a list of records goes on with one.
        return read_json if text[1:].lstrip()[:1] in {"{", "]"} else read_text
    if first.startswith("---"):
        return read_markdown
    if _PAGE.match(first):
        return read_html
    return read_csv if _is_header(first) else read_text


def _is_header(line: str) -> bool:
    """Whether a first line names columns, ``text`` among them; a sentence has more spaces than commas."""
    signs = sum(line.count(sign) for sign in DELIMITERS)
    return 0 < signs >= line.count(" ") and header_delimiter(line) is not None
