"""Headlines of other reports that a page lists under a label of its own ("Read more", "Related stories").

They tell of other days, or of this event with an older or a newer count.
"""

from __future__ import annotations

import re

from etl.extraction.lexicons import any_phrase

_LABEL = re.compile(
    r"^[ \t]{0,9}" + any_phrase("related_links.labels") + r"(?:[ \t]+from\b[^\n]{0,40})?[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_STOPS = (".", "!", "?", ".”", '."', ".’", ".'", "…")
_LONGEST = 200
"""Characters of the longest headline; a longer line goes on with the report."""


def related_links(text: str) -> list[tuple[int, int]]:
    """Spans of TEXT that hold headlines of other reports: the lines behind a label up to a full stop."""
    spans: list[tuple[int, int]] = []
    for label in _LABEL.finditer(text):
        start, end = label.start(), label.end()
        while end < len(text):
            line_end = text.find("\n", end + 1)
            line_end = len(text) if line_end < 0 else line_end
            line = text[end:line_end].strip()
            if len(line) > _LONGEST or line.endswith(_STOPS):
                break
            end = line_end
        if end > label.end() and (not spans or start >= spans[-1][1]):
            spans.append((start, end))
    return spans
