"""Plain text and Markdown: a file is one report."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import frontmatter
import yaml

from etl.errors import SourceError
from etl.records import Report, SetAside
from etl.reports.markdown import plain_text
from etl.sources.characters import Decoded, decode, refuse_binary
from etl.sources.fields import read_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.sources.limits import Limits

# PyYAML takes a second for about 100 KB; no article's front matter comes near this.
_LONGEST_FRONT_MATTER = 65_536


def read_text(stream: BinaryIO, head: bytes, source: str, limits: Limits) -> Iterator[Report | SetAside]:
    """The report that a text file is."""
    decoded = read_whole(stream, head, limits.max_text_bytes)
    yield from read_fields({"text": decoded.text}, source, None, limits)
    yield from note_guess(decoded, source)


def read_markdown(stream: BinaryIO, head: bytes, source: str, limits: Limits) -> Iterator[Report | SetAside]:
    """The report of a Markdown file; YAML front matter gives title, publisher, published, url, language and id.

    The report's text is what a reader sees: emphasis, link targets and heading marks are gone. Without a title in the
    front matter, a heading that opens the text is the title.
    """
    decoded = read_whole(stream, head, limits.max_text_bytes)
    fields, body = _front_matter(decoded.text.replace("\r\n", "\n"))
    plain = plain_text(body)
    fields["text"] = plain.text
    if fields.get("title") is None:
        fields["title"] = plain.heading
    yield from read_fields(fields, source, None, limits)
    yield from note_guess(decoded, source)


def read_whole(stream: BinaryIO, head: bytes, limit: int) -> Decoded:
    """The text of a file below ``limit`` bytes; :class:`~etl.errors.SourceError` where it is larger or no text."""
    refuse_binary(head)
    data = stream.read(limit)
    if len(data) >= limit:
        raise SourceError(f"a file of {limit / 1e6:g} MB or more", remedy="split it or raise the limit in the settings")
    return decode(data)


def note_guess(decoded: Decoded, source: str) -> Iterator[SetAside]:
    """A warning where the encoding was found by looking."""
    if decoded.guessed:
        yield SetAside(source, f"not UTF-8: read as {decoded.encoding}; save it as UTF-8", None, "warning")


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    if not text.startswith("---"):
        return {}, text
    end = text.find("\n---", 3)
    if end < 0:
        return {}, text  # a rule of dashes, not front matter
    if end > _LONGEST_FRONT_MATTER:
        raise SourceError("front matter of more than 64 KB", row=1, remedy="close it with a line of three dashes")
    try:
        fields, body = frontmatter.parse(text)
    except yaml.MarkedYAMLError as error:
        # Where a bracket opened says more than where its end was missed; the dashes are line 0.
        mark = error.context_mark or error.problem_mark
        row = None if mark is None else mark.line + 1
        raise SourceError(f"front matter is no YAML: {error.problem}", row=row, remedy="correct this line") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SourceError("front matter is no YAML", row=1, remedy="correct it") from error
    return {str(name).lower(): value for name, value in fields.items()}, body
