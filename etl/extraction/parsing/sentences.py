"""Sentence spans of a text, in one pass and in linear time.

Wire text is wrapped at 60-90 characters, web text has a paragraph a line, and summaries run sentences together
without a space ("unclear.Responsibility"). A line break ends a sentence only where the text is not wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from etl.alternatives import by_first_letter
from etl.extraction.headlines import body_start
from etl.extraction.lexicons import words

MAX_SENTENCE = 1200
"""Longest sentence handed on, in characters: a parser's cost per sentence must stay bounded on hostile input."""

LONGEST_KEPT = 20_000
MOST_KEPT = 128
"""Texts, of so many characters at most, whose sentences are kept; batches are half as many."""

_WRAPPED_WIDTH = 100
"""Texts whose longest line is shorter than this are taken as wrapped wire copy."""

# Each alternative begins with a sign, not with what stands before it, so that the search skips from sign to sign.
_STOP = re.compile(
    r"[.!?](?<![.!?]{2})[.!?]*[\"'”’)\]]{0,4}(?=\s|$)|[.!?](?=[A-Z][a-z])|\.(?<=[a-z0-9\"”)\]]\.)(?=[A-Z])"
    r"|\n[ \t]*(?:\n\s*)|\n|[|»•«](?<=[^\S\n].)[|»•«]*\s"
)
_TITLE_PART = re.compile(r"\s(?:[|»•«]+|[-–—]{1,2})\s")
"""What parts a title from the name of its page ("Man hurt in crash | The Daily Post")."""
_BEFORE_WORD = frozenset('(["“')
_LONGEST_SHORTENED = 24
_INITIAL = re.compile(r"(?:[A-Z]\.)*[A-Z]")

_ITEM = re.compile(
    r"[ \t]*(?:[*•][ \t]|-[ \t]\S|\||[A-Z][a-z]+[ \t][-–—][ \t]\d|"
    + by_first_letter(re.escape(label) for label in words("figure_labels.csv"))
    + r"[ \t]*[:|]|\d[\d,.]{0,12}[ \t](?:[a-z]{2,20}[ \t]){0,2}"
    + by_first_letter(re.escape(label) for label in words("figure_labels.csv"))
    + r"[ \t]*(?:\n|$)|(?-i:[A-Z][A-Za-z /]{1,24}:[ \t]))",
    re.IGNORECASE,
)
"""A bullet, a row of a table or a labelled figure: a line of its own even where the text is wrapped."""


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(words("abbreviations.csv"))


def _is_abbreviation(text: str, stop: int, after: int) -> bool:
    """Whether the full stop at STOP only shortens a word ("Gen. Smith", "U.S. troops", "3 a.m. today")."""
    start, earliest = stop, max(0, stop - _LONGEST_SHORTENED)
    while start > earliest and not text[start - 1].isspace() and text[start - 1] not in _BEFORE_WORD:
        start -= 1
    word = text[start:stop]
    if not word:
        return False
    following = text[after : after + 2].lstrip()[:1]
    if word.lower() in _abbreviations():
        return not (
            word.lower() in {"a.m", "p.m", "etc", "jr", "sr", "inc", "ltd", "co"}
            and following.isupper()
            and text[after : after + 6].strip()[:4] in {"The ", "A ", "It ", "He "}
        )
    if _INITIAL.fullmatch(word):
        return "." in word or len(word) == 1
    return bool(following) and following.islower()


def _spaced(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def split(text: str, title: str | None = None) -> list[tuple[int, int]]:
    """Spans ``(start, end)`` of the sentences of TEXT, in order, never overlapping, white space trimmed.

    TITLE, where the text opens with it, is a sentence of its own, whatever follows it without a break, and so is the
    name of the page that ends it; so is any headline that the text opens with and runs together with its body.
    Every span is at most ``MAX_SENTENCE`` characters; a longer run is cut at white space. Those of texts of common
    length are kept, for each text is split several times.
    """
    return list(_kept(text, title)) if len(text) <= LONGEST_KEPT else _split(text, title)


@lru_cache(maxsize=MOST_KEPT)
def _kept(text: str, title: str | None) -> tuple[tuple[int, int], ...]:
    return tuple(_split(text, title))


def _split(text: str, title: str | None) -> list[tuple[int, int]]:
    longest_line = max((len(line) for line in text.split("\n")), default=0)
    wrapped = longest_line < _WRAPPED_WIDTH and text.count("\n") > 2
    spans: list[tuple[int, int]] = []
    start = 0
    if title:
        for begin, start in _titles(text, title):
            parts = [begin, *(match.start() for match in _TITLE_PART.finditer(text, begin, start)), start]
            for opening, closing in pairwise(parts):
                _add(spans, text, opening, closing)
    seam = body_start(text) if start == 0 else None
    for match in _STOP.finditer(text, start):
        if seam is not None and seam <= match.start():
            _add(spans, text, start, seam)
            start, seam = seam, None
        mark = match.group()
        if mark[0] == "\n" or mark.strip()[:1] in "|»•":
            if mark.count("\n") == 1 and wrapped and not _ITEM.match(text, match.end()):
                continue
        elif mark.startswith(".") and len(mark) == 1 and _is_abbreviation(text, match.start(), match.end()):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    if seam is not None:
        _add(spans, text, start, seam)
        start = seam
    _add(spans, text, start, len(text))
    return spans


def _titles(text: str, title: str) -> Iterator[tuple[int, int]]:
    """Where TITLE opens TEXT, and again where the page repeats it, whole or without the page's name."""
    parted = _TITLE_PART.search(title)
    forms = [title] if parted is None else [title, title[: parted.start()]]
    start = 0
    while form := next((form for form in forms if text.startswith(form, start)), None):
        yield start, start + len(form)
        start += len(form)
        start += len(text[start : start + 9]) - len(text[start : start + 9].lstrip())


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    start, end = _spaced(text, start, end)
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = start + MAX_SENTENCE if cut < 0 else cut
        spans.append(_spaced(text, start, cut))
        start, end = _spaced(text, cut, end)
    if end > start:
        spans.append((start, end))
