"""Which days the words of a date mean, seen from the day a report was filed. All spans are (first, last) days."""

from __future__ import annotations

import datetime as dt

from etl.calendar_words import month_span, moved

Span = tuple[dt.date, dt.date]

_VAGUE_DAYS = {"few": (2, 6), "several": (3, 7), "many": (7, 30), "couple": (2, 3)}
"""Days (weeks, ...) that vague numbers may mean, fewest and most."""


def latest_weekday(weekday: int, anchor: dt.date, *, before: bool = False) -> dt.date:
    """The latest such weekday not after ANCHOR; strictly before it where BEFORE ("last Friday" on a Friday)."""
    back = (anchor.weekday() - weekday) % 7
    return moved(anchor, -(back or (7 if before else 0)))


def coming_weekday(weekday: int, anchor: dt.date) -> dt.date:
    """The first such weekday after ANCHOR."""
    return moved(anchor, (weekday - anchor.weekday() - 1) % 7 + 1)


def week_of(day: dt.date) -> Span:
    """Monday to Sunday round DAY."""
    monday = moved(day, -day.weekday())
    return monday, moved(monday, 6)


def weekend(anchor: dt.date, lead: str) -> Span:
    """The weekend LEAD ("last", "this", "next", "the") means: the latest begun, for "next" the coming one."""
    if lead == "next":
        saturday = coming_weekday(5, anchor)
        return saturday, moved(saturday, 1)
    saturday = latest_weekday(5, anchor)
    if lead in {"last", "past", "previous"} and anchor <= moved(saturday, 1):
        saturday = moved(saturday, -7)
    return saturday, min(moved(saturday, 1), anchor)


def months_away(day: dt.date, months: int) -> Span:
    """The calendar month so many months from DAY's, held within the calendar."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    return month_span(index // 12, index % 12 + 1)


def year_span(year: int) -> Span:
    """1 January to 31 December; YEAR is held within 1-9999."""
    year = min(max(year, 1), 9999)
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def calendar_unit(unit: str, lead: str, part: str, anchor: dt.date) -> Span | None:
    """The days of the unit LEAD means: what is past of it for "this" (what is left, for "later"), else all of it."""
    shift = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1}.get(lead)
    if shift is None:
        return None
    if unit == "weekend":
        return weekend(anchor, lead)
    if unit == "week":
        start, end = week_of(moved(anchor, 7 * shift))
    elif unit == "month":
        start, end = months_away(anchor, shift)
    elif unit == "year":
        start, end = year_span(anchor.year + shift)
    else:
        return None
    if shift == 0:
        return (anchor, end) if part == "later" else (start, anchor)
    return third(start, end, part)


def third(start: dt.date, end: dt.date, part: str) -> Span:
    """The early, middle or late third of a span, all of it for any other PART."""
    days = (end - start).days + 1
    if part.startswith(("early", "begin", "start")):
        return start, moved(start, max(0, days // 3 - 1))
    if part.startswith(("late", "end")):
        return moved(end, -max(0, days // 3 - 1)), end
    if part.startswith("mid"):
        return moved(start, days // 3), moved(end, -(days // 3))
    return start, end


def number_range(words: str, numbers: dict[str, int]) -> tuple[int, int]:
    """Fewest and most that a number's WORDS mean: "3" (3, 3), "a few" (2, 6)."""
    for vague, bounds in _VAGUE_DAYS.items():
        if vague in words.lower().split():
            return bounds
    number = int(words) if words.isdigit() else numbers.get(words.lower(), 1)
    return number, number


def away(unit: str, fewest: int, most: int, anchor: dt.date, sign: int) -> Span:
    """Days so many units before (SIGN -1) or after (+1) ANCHOR, as wide as the unit leaves them open."""
    if unit in {"minute", "hour"}:
        hours = (fewest, most) if unit == "hour" else (fewest // 60, most // 60)
        near, far = moved(anchor, sign * (hours[0] // 24)), moved(anchor, sign * ((hours[1] + 17) // 24))
        return min(near, far), max(near, far)
    if unit == "day":
        near, far = moved(anchor, sign * fewest), moved(anchor, sign * most)
        return min(near, far), max(near, far)
    if unit == "week":
        near, far = moved(anchor, sign * 7 * fewest), moved(anchor, sign * 7 * most)
        start, end = moved(min(near, far), -3), moved(max(near, far), 3)
    elif unit == "month":
        start = min(months_away(anchor, sign * n)[0] for n in (fewest, most))
        end = max(months_away(anchor, sign * n)[1] for n in (fewest, most))
    else:
        scale = 10 if unit == "decade" else 1
        start = min(year_span(anchor.year + sign * scale * n)[0] for n in (fewest, most))
        end = max(year_span(anchor.year + sign * scale * n)[1] for n in (fewest, most))
    return (start, min(end, anchor)) if sign < 0 and start <= anchor else (start, end)
