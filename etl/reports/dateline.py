"""The dateline of a report: where and on which day it was filed, and for which agency, wherever it stands in the text.

A dateline without a year ("BISHKEK, April 15") takes the year from the report's metadata, else from a weekday by which
the text calls that very day and which fits only one year of the window given; else the year stays unknown.
``year_basis`` always says which.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from etl.calendar_words import (
    DEFAULT_WINDOW,
    any_of,
    day_of,
    full_year,
    month_number,
    table,
    weekday_number,
    words,
    years_fitting,
)

_MONTH = any_of(table("months"))
_LONG_WEEKDAYS = [name for name in table("weekdays") if name.endswith("day")]

# A place is 1-5 words in capitals or with capital letters; a region, country or state may follow behind a comma
# or in brackets. Every repetition is bounded, so matching stays linear in the text.
_WORD = r"(?:[A-Z][\w.'’]{0,30})"
_NAME = rf"{_WORD}(?:(?:[ -]|[ ]?/[ ]?)(?:(?:de|del|of|la|el|al|da|do|DE|DEL|LA|EL)[ -]){{0,2}}{_WORD}){{0,4}}"
_PLACE = rf"(?P<place>{_NAME})(?P<region>(?:,[ ]{_NAME}|[ ]?\({_NAME}\)(?=,)){{0,2}})"
_DATE = (
    rf"(?P<date>(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|ST|ND|RD|TH)?[ ](?P<m1>{_MONTH})\b\.?|"
    rf"(?P<m2>{_MONTH})\b\.?[ ](?P<d2>\d{{1,2}})(?:st|nd|rd|th|ST|ND|RD|TH)?)(?!\d)"
    r"(?:,?[ ]?['’]?(?P<year>\d{4}|\d{2})\b(?!:))?)"
)
_AGENCY = r"(?:\((?P<agency>[^()\n]{2,60})\)|/(?P<agency2>[A-Z][^/\n]{1,40})/)"
_DASH = r"(?:--{1,2}|[—–―]|-(?=[ \n]))"

_END = rf"(?:[ ,.]{{0,3}}{_AGENCY}[ ]?{_DASH}?|[ ,.]{{0,2}}{_DASH})"
_WITH_DATE = re.compile(rf"{_PLACE}(?:,[ ]?|[ ]?\()(?i:{_DATE})\)?(?:{_END}|[ ]?[.:]?[ ]?(?=\n|$))")
_DATE_BEHIND_SPACE = re.compile(rf"{_PLACE}[ ](?i:{_DATE}){_END}")
_WITHOUT_DATE = re.compile(rf"{_PLACE}(?P<no_date>,[ ]NO[ ]DATE)?[ ]?(?:{_AGENCY}[ ]?{_DASH}|{_DASH}[ ])")
_DASHES = re.compile(r"[-—–―]")
_DIGITS = re.compile(r"\d{1,2}")
_MONTH_BEHIND = re.compile(rf"(?:st|nd|rd|th)?[ ]{_MONTH}", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"{_MONTH}\.?[ ]$", re.IGNORECASE)
_LONGEST_MONTH = 2 + max(len(name) for name in table("months"))
LONGEST_KEPT = 20_000
MOST_KEPT = 128
"""Texts, of so many characters at most, of which it is kept what was found; batches are half as many."""
_LINE_EDGE = 400
"""Characters of a line looked at from its start and from its end for a dateline."""
_HEAD = 300
"""A dateline without a date opens the report, perhaps behind a headline; further on, dashes part sentences."""
_ABBREVIATED = frozenset({"UK", "US", "USA", "USSR", "UAE", "UN", "DC"})
_NO_PLACE = frozenset({"NO CITY"})
_BEFORE_A_DAY = frozenset("about after around as before between by during from in late of on since until".split())
"""Words by which a day opens a sentence: "On 3 May (as the police had it), a clerk ..." has no town called On."""

_WEEKDAY = re.compile(rf"\b({any_of(_LONG_WEEKDAYS)})(?![a-z]|s\b)", re.IGNORECASE)
_OTHER_DAY = re.compile(r"\b(?:last|next|every|each|previous|following|coming)\s{1,3}$", re.IGNORECASE)
_NAMED_DAY = re.compile(rf"\b{any_of(words('weekday_names'))}\b", re.IGNORECASE)
_SAME_DAY = re.compile(r"\b(?:earlier|later)\s{1,3}(?:on\s{1,3})?$", re.IGNORECASE)
_NOT_AGENCY = re.compile(r"\d{2}|\b(?:continued|text|photo|video|updated)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline as printed, at ``start``-``end`` of the text; ``month`` and ``day`` stay when the year is unknown.

    ``year_basis`` says where the year comes from or why there is none: ``printed``, ``metadata``,
    ``weekday Thursday fits only 2010 in 2005-2020``, ``unknown: ...`` or ``no date printed``.
    """

    start: int
    end: int
    text: str
    place: str | None
    region: str | None
    date_text: str | None
    month: int | None
    day: int | None
    year: int | None
    year_basis: str
    publisher: str | None

    @property
    def date(self) -> dt.date | None:
        """The day, or null while its year is unknown."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return day_of(self.year, self.month, self.day)


def find_dateline(
    text: str,
    metadata_year: int | None = None,
    year_window: tuple[int, int] | None = None,
    published: dt.date | None = None,
) -> Dateline | None:
    """The dateline of TEXT, or null where it has none. A dateline with a date wins over one without.

    METADATA_YEAR is the year the metadata give; PUBLISHED, where known, settles a dateline filed in the days around New
    Year. YEAR_WINDOW (default 2005-2020) bounds the years a weekday may point to.
    """
    dateless: re.Match[str] | None = None
    for match in _matches(text):
        if "date" in match.re.groupindex:
            return _dated(text, match, metadata_year, year_window or DEFAULT_WINDOW, published)
        dateless = dateless or match
    return None if dateless is None else _undated(dateless)


def dateline_spans(text: str, *, undated: bool = False) -> list[tuple[int, int]]:
    """Where datelines stand in TEXT; days printed there tell when the report was filed, not what happened.

    UNDATED ones, which open a report, are among them where asked for.
    """
    return [match.span() for match in _matches(text) if undated or "date" in match.re.groupindex]


def _matches(text: str) -> Iterable[re.Match[str]]:
    """Dateline matches of TEXT, in order; those of texts of common length are kept, for each is asked several times."""
    return _kept_matches(text) if len(text) <= LONGEST_KEPT else _matches_by_line(text)


@lru_cache(maxsize=MOST_KEPT)
def _kept_matches(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_matches_by_line(text))


def _matches_by_line(text: str) -> Iterator[re.Match[str]]:
    """Dateline matches of TEXT, line by line: at a line's start, or closing it.

    Only lines that have a day of a month, and those of the opening, are looked at closely.
    """
    for start, dated in _lines(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        head = end - len(line.lstrip())
        edge = min(end, head + _LINE_EDGE)
        match = None
        if dated:
            match = _WITH_DATE.match(text, head, edge) or _DATE_BEHIND_SPACE.match(text, head, edge)
            match = match or _glued(_WITH_DATE, text, max(head, end - _LINE_EDGE), end)
            match = match or (_glued(_WITH_DATE, text, head, edge) if len(line) > _LINE_EDGE else None)
        if match is None and head < _HEAD:
            edge = min(end, head + _HEAD)
            if _DASHES.search(text, head, edge):
                match = _WITHOUT_DATE.match(text, head, edge) or _glued(_WITHOUT_DATE, text, head, edge)
        if match is not None and _is_dateline(match):
            yield match


def _lines(text: str) -> list[tuple[int, bool]]:
    """Where the lines begin that may hold a dateline, in order, each with whether it has a day of a month."""
    lines: dict[int, bool] = {}
    line = seen = 0
    for digits in _DIGITS.finditer(text):
        at = digits.start()
        if _MONTH_BEHIND.match(text, digits.end()) or (
            text[at - 1 : at] == " " and _MONTH_BEFORE.search(text, max(0, at - _LONGEST_MONTH), at)
        ):
            line = text.rfind("\n", seen, at) + 1 or line
            seen = at
            lines[line] = True
    start = 0
    while 0 <= start < _HEAD:
        lines.setdefault(start, False)
        start = text.find("\n", start) + 1 or -1
    return sorted(lines.items())


# A headline run together with the dateline ("west sideDETROIT, Jan. 3 --"), or a dateline that closes the line.
_INSIDE = re.compile(r"(?<=[.!?\"”)a-z0-9])\s{0,4}(?=[A-Z]{3})|(?<=[.!?\"”)])\s{1,4}(?=[A-Z])")


def _glued(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """A dateline that follows a headline or a sentence within its line; in capitals, with an agency or a dash."""
    for gap in _INSIDE.finditer(text, start, end):
        match = pattern.match(text, gap.end(), end)
        if match is not None and match["place"].isupper() and (match["agency"] or match["agency2"] or _dashed(match)):
            return match
    return None


def _dashed(match: re.Match[str]) -> bool:
    return match.group().rstrip()[-1:] in set("-—–―")


_NOT_PLACE_WORDS = re.compile(r"(?:^| )(?:ON|IN|BY|UNTIL|SINCE|FROM|TO|AND|AT|FOR|THE)(?: |$)")


def _is_dateline(match: re.Match[str]) -> bool:
    """Whether the name can be a place, and a dateline without a date is in capitals ("Officials - who ..." is none)."""
    place = match["place"]
    if (
        weekday_number(place.split()[0]) is not None
        or month_number(place) is not None
        or _NOT_PLACE_WORDS.search(place)
        or place.split()[-1].lower() in _BEFORE_A_DAY
    ):
        return False
    return "date" in match.re.groupindex or (place.isupper() and len(place) > 2)


def _place(match: re.Match[str]) -> str | None:
    return None if match["place"] in _NO_PLACE else _title(match["place"])


def _title(name: str) -> str:
    return name.title() if name.isupper() and name not in _ABBREVIATED else name


def _agency(match: re.Match[str]) -> str | None:
    agency = (match["agency"] or match["agency2"] or "").strip()
    return None if not agency or _NOT_AGENCY.search(agency) else agency


def _region(match: re.Match[str]) -> str | None:
    region = str(match["region"]).strip(" ,()")
    return None if region in {"", "NO DATE"} else _title(region)


def _undated(match: re.Match[str]) -> Dateline:
    return Dateline(
        start=match.start(),
        end=match.end(),
        text=match.group(),
        place=_place(match),
        region=_region(match),
        date_text=None,
        month=None,
        day=None,
        year=None,
        year_basis="no date printed",
        publisher=_agency(match),
    )


def _dated(
    text: str, match: re.Match[str], metadata_year: int | None, window: tuple[int, int], published: dt.date | None
) -> Dateline:
    month = month_number(match["m1"] or match["m2"])
    day = int(match["d1"] or match["d2"])
    assert month is not None  # noqa: S101 - the pattern is built from the same table
    if match["year"]:
        near = published.year if published else metadata_year
        year: int | None = full_year(match["year"], near)
        basis = "printed"
    elif published is not None or metadata_year is not None:
        year, basis = _metadata_year(month, day, metadata_year, published), "metadata"
    else:
        year, basis = _weekday_year(text, match.span(), month, day, window)
    if day_of(year or 2000, month, day) is None:
        year, basis = None, "unknown: no such day in the calendar"
    return Dateline(
        start=match.start(),
        end=match.end(),
        text=match.group(),
        place=_place(match),
        region=_region(match),
        date_text=match["date"],
        month=month,
        day=day,
        year=year,
        year_basis=basis,
        publisher=_agency(match),
    )


def _metadata_year(month: int, day: int, metadata_year: int | None, published: dt.date | None) -> int | None:
    """The metadata's year; a report filed on 31 December may be published on 1 January, and the other way round."""
    if published is None:
        return metadata_year
    days = [
        found
        for year in (published.year - 1, published.year, published.year + 1)
        if (found := day_of(year, month, day))
    ]
    return min(days, key=lambda found: abs((found - published).days)).year if days else None


def _weekday_year(
    text: str, span: tuple[int, int], month: int, day: int, window: tuple[int, int]
) -> tuple[int | None, str]:
    """The one year of WINDOW in which the day falls on the weekday the text uses for it, and why.

    Reports name their own day by its weekday, so "earlier on Thursday" settles it; otherwise one weekday must be
    named more often than any other.
    """
    named = [found.span() for found in _NAMED_DAY.finditer(text)]
    counts: Counter[int] = Counter()
    for found in _WEEKDAY.finditer(text):
        before = text[max(0, found.start() - 24) : found.start()]
        if _OTHER_DAY.search(before) or any(start <= found.start() < end for start, end in named):
            continue
        if span[0] <= found.start() < span[1]:
            continue
        weekday = weekday_number(found.group(1))
        if weekday is not None:
            counts[weekday] += 100 if _SAME_DAY.search(before) else 1
    ranked = counts.most_common(2)
    if not ranked:
        return None, "unknown: no year printed, none in the metadata, and no weekday named"
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return None, "unknown: no year printed, none in the metadata, and no one weekday names that day"
    weekday = ranked[0][0]
    name = _LONG_WEEKDAYS[weekday].title()
    years = years_fitting(weekday, month, day, window)
    if len(years) == 1:
        return years[0], f"weekday {name} fits only {years[0]} in {window[0]}-{window[1]}"
    fit = "no year" if not years else ", ".join(map(str, years[:12]))
    return None, f"unknown: weekday {name} fits {fit} in {window[0]}-{window[1]}"
