"""How much the sources take in before they set an input aside."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one input, in bytes; an input that reaches its bound is set aside, never cut.

    ``max_text_bytes`` bounds a report's text as UTF-8, and so the size of a text or Markdown file. ``max_page_bytes``
    bounds an HTML file: its tree takes some thirty times the bytes of the file.
    """

    max_text_bytes: int = 50_000_000
    max_page_bytes: int = 10_000_000

    @property
    def max_record_chars(self) -> int:
        """Characters a JSON line, JSON list member or CSV line may have.

        Twice the text, as JSON writes a quotation mark or line break in two characters; other columns fit in the rest.
        """
        return 2 * self.max_text_bytes + 65_536
