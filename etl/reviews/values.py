"""What a correction may put in place: the columns, and the short ways of writing a figure, a day and a place.

``killed=85``, ``killed=81/86/110`` and ``killed=80/80/`` (no upper bound) are low, best and high of a measure;
``figure=...`` those of a claim; ``date=2010-04-07`` or ``date=2010-04-06/2010-04-08`` are the days with their
precision; ``place=Talas`` or ``place=Talas, Kyrgyzstan`` is looked up in the gazetteer. Any column can also be named by
itself (``cause=bombing``, ``killed_high=``, which is null).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from etl.errors import ReviewError
from etl.incidents.telling import LARGEST_FIGURE
from etl.records import MEASURES, Subject
from etl.tables.declared import ColumnType, columns

BOUNDS = ("low", "best", "high")
PLACE = (
    "place_name", "place_names", "place_precision", "adm1_name", "adm1_code", "country_code", "country_name",
    "latitude", "longitude",
)  # fmt: skip
_DAYS = ("date_start", "date_end", "date_precision")
_SHARED = (*_DAYS, *PLACE, "cause")
CORRECTABLE: dict[Subject, tuple[str, ...]] = {
    "claim": (*BOUNDS, "comparator", "measure", "scope", "polarity", "certainty", "victim_category", *_SHARED),
    "incident": (*(f"{measure}_{bound}" for measure in MEASURES for bound in BOUNDS), *_SHARED),
}
_TABLE: dict[Subject, str] = {"claim": "claims", "incident": "incidents"}


def read(subject: Subject, given: Iterable[str]) -> dict[str, Any]:
    """Column to value of each of ``given`` (``name=value``), as JSON can hold it.

    :class:`~etl.errors.ReviewError` for a name that cannot be corrected and for a value that does not fit.
    """
    found: dict[str, Any] = {}
    for one in given:
        name, sign, words = one.partition("=")
        if not sign:
            raise ReviewError(f"{one!r} is no correction", remedy="write it like killed=85 or date=2010-04-07")
        found |= _read(subject, name.strip(), words.strip())
    if not found:
        raise ReviewError("no correction is given", remedy="add what to put in place, like killed=85")
    return found


def check(row: Mapping[str, Any], subject: Subject, corrected: Collection[str]) -> None:
    """:class:`~etl.errors.ReviewError` where what is ``corrected`` of the ``row`` cannot be true.

    What the program itself read is not asked about, so that a decision on a row that contradicts itself can be made.
    """
    for measure in ["killed"] if subject == "claim" else MEASURES:
        before = "" if subject == "claim" else f"{measure}_"
        names = [f"{before}{bound}" for bound in BOUNDS]
        if not {*names, "measure"} & {*corrected}:
            continue
        said = [row[name] for name in names if row[name] is not None]
        if said != sorted(said):
            raise ReviewError(f"{before}low, best and high are not in order: {said}")
        counted: Any = row["measure"] if subject == "claim" else measure
        if said and said[-1] > LARGEST_FIGURE[counted]:
            most = f"{LARGEST_FIGURE[counted]:,}"
            raise ReviewError(
                f"{said[-1]:,} {counted} is more than one incident can bear", remedy=f"give at most {most}"
            )
    start, end = (_day(row[name]) for name in ("date_start", "date_end"))
    if start and end and start > end and {"date_start", "date_end"} & {*corrected}:
        raise ReviewError(f"date_start {start} is after date_end {end}")
    if row["latitude"] == 0 == row["longitude"] and {"latitude", "longitude"} & {*corrected}:
        raise ReviewError("0, 0 is no place", remedy="leave both empty where the place is not known")


def _read(subject: Subject, name: str, words: str) -> dict[str, Any]:
    if name == "date":
        return _days(words)
    if name == "place":
        return _place(words)
    if subject == "claim" and name == "figure":
        return _figure("", words)
    if subject == "incident" and name in MEASURES:
        return _figure(f"{name}_", words)
    if name not in CORRECTABLE[subject]:
        short = ["date", "place", *(["figure"] if subject == "claim" else MEASURES)]
        raise ReviewError(
            f"{name!r} of a {subject} cannot be corrected",
            remedy=f"correct {', '.join(short)}, or a column: {', '.join(CORRECTABLE[subject])}",
        )
    (column,) = (each for each in columns(_TABLE[subject]) if each.name == name)
    return {name: _value(column, words)}


def _value(column: ColumnType, words: str) -> Any:
    if not words:
        if not column.nullable:
            raise ReviewError(f"{column.name} cannot be empty")
        return None
    if column.words and words not in column.words:
        raise ReviewError(f"{column.name} is one of {', '.join(column.words)}, not {words!r}")
    try:
        if column.kind is int:
            return _people(words) if column.about.unit == "people" else _code(column, words)
        if column.kind is float:
            return _degrees(column.name, float(words))
        if column.kind is dt.date:
            return dt.date.fromisoformat(words).isoformat()
    except ValueError:
        raise ReviewError(f"{words!r} does not fit {column.name} ({column.about.meaning})") from None
    if column.kind is tuple:
        return [part.strip() for part in words.split(";") if part.strip()]
    return words


def _people(words: str) -> int:
    number = int(words.replace(",", ""))
    if not 0 <= number < 10**10:
        raise ValueError(words)
    return number


def _code(column: ColumnType, words: str) -> int:
    code, most = int(words), int(column.about.unit[-1])
    if not 1 <= code <= most:
        raise ValueError(words)
    return code


def _degrees(name: str, degrees: float) -> float:
    if not abs(degrees) <= (90 if name == "latitude" else 180):
        raise ValueError(name)
    return degrees


def _figure(before: str, words: str) -> dict[str, Any]:
    parts = [part.strip() for part in words.split("/")]
    if len(parts) not in (1, 3) or not any(parts):
        raise ReviewError(f"{words!r} is no figure", remedy="write 85, or low/best/high like 81/86/110 or 80/80/")
    try:
        low, best, high = (_people(part) if part else None for part in (parts * 3 if len(parts) == 1 else parts))
    except ValueError:
        raise ReviewError(f"{words!r} is no figure of people") from None
    found: dict[str, Any] = {f"{before}low": low, f"{before}best": best, f"{before}high": high}
    return found if before else found | {"comparator": _comparator(low, high)}


def _comparator(low: int | None, high: int | None) -> str:
    if low is None:
        return "about" if high is None else "at_most"
    if high is None:
        return "at_least"
    return "range" if low != high else "exact" if low else "none"


def _days(words: str) -> dict[str, Any]:
    first, _, last = words.partition("/")
    try:
        start, end = dt.date.fromisoformat(first.strip()), dt.date.fromisoformat((last or first).strip())
    except ValueError:
        raise ReviewError(f"{words!r} is no day or span of days", remedy="write 2010-04-07 or first/last") from None
    span = (end - start).days + 1
    if span < 1:
        raise ReviewError(f"the span {words} ends before it begins")
    precision = 1 if span == 1 else 2 if span <= 6 else 3 if span == 7 else 4 if span <= 31 else 5
    return dict(zip(_DAYS, (start.isoformat(), end.isoformat(), precision), strict=True))


def _place(words: str) -> dict[str, Any]:
    from etl.places import find_places  # noqa: PLC0415 - loads the gazetteer, which few reviews need

    # Said as a sentence, so that what the place is named with (its region, its country) settles which one it is.
    found = find_places(f"It happened in {words}.")
    if not found or found[0].place.kind == "unlisted":
        raise ReviewError(
            f"the gazetteer has no place {words!r}",
            remedy="write place=NAME, COUNTRY, or the columns one by one: place_name=... latitude=... longitude=...",
        )
    place = found[0].place
    names = [place.name]
    values = (
        place.name, names, place.precision, place.adm1_name, place.adm1_code, place.country_code, place.country_name,
        place.latitude, place.longitude,
    )  # fmt: skip
    return dict(zip(PLACE, values, strict=True))


def _day(value: object) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value if isinstance(value, dt.date) else None
