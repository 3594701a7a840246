"""Figures of a table whose columns are headed with words of harm ("| Province | Dead | Injured |"), summed or totalled.

A row headed *Total* gives a column's figure; without one it is the sum of the rows. Cells are parted by bars, tabs
or runs of blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from etl.extraction.labelled_figures import LabelledFigure
from etl.extraction.lexicons import any_phrase, mapping
from etl.extraction.quantities import LARGEST, Quantity
from etl.records import Figure, Measure

_PARTING = re.compile(r"[ \t]*[|\t][ \t]*|[ ]{2,40}")
_RULE = re.compile(r"[\s|:+=_-]+")
_NUMBER = re.compile(r"\d{1,3}(?:[, ]\d{3}){1,3}|\d{1,9}")
_NOBODY = frozenset({"", "-", "--", "–", "—", "nil", "none", "n/a", "na", "no"})
_TOTAL = re.compile(r"\W*" + any_phrase("tabled_figures.total") + r"\b", re.IGNORECASE)
_WITH = re.compile(any_phrase("tabled_figures.around_labels"), re.IGNORECASE)
_MOST_CELLS = 40
_LONGEST_LINE = 400
_LONGEST_HEADING = 80
_MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int


def tabled_figures(text: str) -> Iterator[LabelledFigure]:
    """Figures of TEXT that stand in tables under a heading of harm, a column at a time, in order."""
    if not any(sign in text for sign in ("|", "\t", "  ")):
        return
    lines = list(_lines(text))
    at = 0
    while at < len(lines):
        heads = _cells(text, *lines[at])
        parted = enumerate(heads if len(heads) > 1 else ())
        short = ((n, cell.text) for n, cell in parted if len(cell.text) <= _LONGEST_HEADING)
        columns = {n: measure for n, words in short if (measure := _measure(words)) is not None}
        body = _body(text, lines, at + 1, len(heads)) if columns else []
        for column, measure in columns.items():
            figure = _figure(heads, body, column, measure)
            if figure is not None:
                yield figure
        at += 1 + len(body)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines of TEXT that hold more than rules and blanks."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if start < end <= start + _LONGEST_LINE and not _RULE.fullmatch(text, start, end):
            yield start, end
        start = end + 1


def _cells(text: str, start: int, end: int) -> list[_Cell]:
    """Cells of the line START..END of TEXT."""
    while start < end and text[start] in " \t|":
        start += 1
    while end > start and text[end - 1] in " \t|\r":
        end -= 1
    cells, at = list[_Cell](), start
    if "  " not in text[start:end] and "|" not in text[start:end] and "\t" not in text[start:end]:
        return [_Cell(text[start:end].strip(), start)]
    for found in _PARTING.finditer(text, start, end):
        if len(cells) > _MOST_CELLS:
            return []
        cells.append(_Cell(text[at : found.start()].strip(), at))
        at = found.end()
    return [*cells, _Cell(text[at:end].strip(), at)]


@lru_cache(maxsize=1000)
def _measure(heading: str) -> Measure | None:
    words = " ".join(_WITH.sub(" ", heading.lower()).split()).strip(" .:()#")
    return mapping("figure_labels.csv", "measure").get(words)  # type: ignore[return-value]


def _body(text: str, lines: list[tuple[int, int]], at: int, width: int) -> list[list[_Cell]]:
    """Rows of the table from the line AT on that are as wide as its heading and hold a number."""
    rows = list[list[_Cell]]()
    for start, end in lines[at : at + _MOST_ROWS]:
        cells = _cells(text, start, end)
        if len(cells) != width or not any(_NUMBER.fullmatch(cell.text) for cell in cells):
            break
        rows.append(cells)
    return rows


def _figure(heads: list[_Cell], body: list[list[_Cell]], column: int, measure: Measure) -> LabelledFigure | None:
    values = [(row, value) for row in body if (value := _value(row[column].text)) is not None]
    if not values or len(values) < len(body):
        return None
    totals = [pair for pair in values if any(_TOTAL.match(cell.text) for cell in pair[0])]
    counted = totals[-1:] or values
    figure = sum(value for _, value in counted)
    if figure > LARGEST:
        return None
    first, last = counted[0][0][column], counted[-1][0][column]
    start, end = first.start, last.start + len(last.text)
    closing = body[-1][-1].start + len(body[-1][-1].text)
    quantity = Quantity(0, end - start, 0, end - start, "exact", Figure(figure, figure, figure))
    return LabelledFigure(measure, quantity, start, end, heads[0].start, closing)


def _value(cell: str) -> int | None:
    if cell.lower() in _NOBODY:
        return 0
    found = _NUMBER.fullmatch(cell)
    return int(re.sub(r"[, ]", "", cell)) if found else None
