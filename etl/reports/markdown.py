"""Markdown to the text a reader sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

# Signs that can mark something up; a text without them is its own plain text.
_MARKUP = re.compile(r"[*_`\[\]<>#|\\&~]|^\s{4,}\S|^\s{0,3}(?:[-+]|\d{1,9}[.)])\s|^[-=]{2,}\s*$", re.MULTILINE)
# Beyond this a text is kept with its marks: the parser takes about a second for each megabyte.
_LONGEST_PARSED = 2_000_000


class PlainText(NamedTuple):
    """``text`` without markup, and the first-level ``heading`` that opened it (not in ``text``), or null."""

    text: str
    heading: str | None


def plain_text(markdown: str) -> PlainText:
    """What a reader sees of ``markdown``: paragraphs apart by an empty line, list items on lines of their own."""
    if len(markdown) > _LONGEST_PARSED or _MARKUP.search(markdown) is None:
        return PlainText(markdown, None)
    from markdown_it import MarkdownIt  # noqa: PLC0415 - takes 60 ms to load, and wire text seldom has markup

    heading: str | None = None
    blocks: list[str] = []
    marker = ""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    for number, token in enumerate(tokens):
        if token.type == "list_item_open":
            # The number of a list item can be the report's own ("85. ..."), so it stays.
            marker = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "inline":
            words = _inline(token)
            if heading is None and not blocks and number and tokens[number - 1].tag == "h1":
                heading = words
                continue
            blocks.append(marker + words)
            marker = ""
        elif token.type in {"code_block", "fence"}:
            blocks.append(token.content.rstrip("\n"))
    return PlainText("\n\n".join(blocks), heading)


def _inline(token: Token) -> str:
    pieces: list[str] = []
    for child in token.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            pieces.append("\n")
        elif child.type in {"text", "code_inline"}:
            pieces.append(child.content)
    return "".join(pieces)
