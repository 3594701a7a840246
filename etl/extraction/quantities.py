"""Numbers of people as printed: where they stand, what they are worth, and how their words bound the figure.

The rules of low, best and high are DESIGN's table "How a quantity is written down". Plain whole numbers, digit grouping
and vague words are read here; whatever may carry a unit or a scale ("1.2 million", "350-pound", "9-mm") is put to
quantulum3, which knows units of measure and, as units of its own, people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.alternatives import by_first_letter
from etl.calendar_words import table
from etl.extraction import units
from etl.extraction.lexicons import any_phrase, mapping, rows, words
from etl.records import Comparator, Figure

LARGEST = 1_000_000_000
"""A count of people above this is a misreading (money, a telephone number) and is not read as a quantity."""

_NUMBER_WORDS = {row["word"]: int(row["value"]) for row in rows("number_words.csv") if row["kind"] == "small"}
_SCALES = {row["word"]: int(row["value"]) for row in rows("number_words.csv") if row["kind"] == "scale"}

_SMALL = by_first_letter(sorted(_NUMBER_WORDS, key=len, reverse=True))
_SCALE = by_first_letter(_SCALES)
_BEHIND_SCALE = "|".join(f"(?<={scale})" for scale in _SCALES)
"""Behind *and* a number goes on only where a scale stands before it ("two hundred and six", "between two and six")."""
_SPELLED = (
    rf"(?:(?:an?\s+)?{_SCALE}\b|\b{_SMALL}\b)"
    rf"(?:(?:(?:{_BEHIND_SCALE})\s+and\s+|[\s-]+)(?:{_SMALL}|{_SCALE})\b){{0,8}}"
)
_DIGITS = (
    r"(?<![\w.,$€£#/])(?<![A-Za-z]-)\d{1,3}(?:,\d{2,3}){1,5}(?!,?\d)"
    r"|(?<![\w.,$€£#/-])\d{1,3}(?:[ \u00a0\u202f]\d{3}){2,4}(?![\d,]|\s\d)"
    r"|(?<![\w.,$€£#/-])\d{1,3}[\u00a0\u202f]\d{3}(?![\d,]|\s\d)"
    r"|(?:^|(?<=some )|(?<=bout )|(?<=over )|(?<=than )|(?<=least )|(?<=early )|(?<=ately )|(?<!aged )(?<=[a-z]ed )"
    r"|(?<=[a-z]ing )|(?<=left ))\d{1,3} \d{3}(?= [a-z])"
    r"|(?<![\w.,$€£#/:])(?<![A-Za-z]-)\d{1,9}(?!\d|,\d)"
)
_DIGITS_IN_THE_EUROPEAN_WAY = (
    r"(?<![\w.,$€£#/-])[1-9]\d{0,2}(?:\.\d{3}){1,3}(?= (?:people|persons|men|women|children|civilians|victims|dead"
    r"|deaths|killed|injured|wounded|missing|displaced|homeless|arrests|prisoners|refugees|residents|villagers)\b)"
)
"""Thousands parted by points, before a word that only whole numbers count ("1.234 people")."""
_DIGITS = f"{_DIGITS_IN_THE_EUROPEAN_WAY}|{_DIGITS}"
_DOZENS = ("half a", "an?", "one", "two", "three", "four", "five", "six", "several", r"\d{1,2}")
_SCORES = tuple(rf"{count}\s+score" for count in ("two", "three", "four", "five", "six", "seven", "eight", "nine"))
_A_SCORE = rf"a\s+score(?=\s+of\s+(?!{_SMALL}\b)[a-z])"
"""As in "a score of villagers", not "won by a score of three to one"."""
_DOZEN = (
    by_first_letter((*(count.replace(" ", r"\s+") + r"\s+dozen" for count in _DOZENS), *_SCORES, _A_SCORE, "dozen"))
    + r"\b(?!s)"
)
_SCALED = r"\d{1,4}(?:\.\d{1,3})?\s+(?:million|billion|thousand|hundred|lakh|crore)\b"
_HALVES = rf"\b{_SMALL}\s+and\s+a\s+half\s+{_SCALE}\b"
_VAGUE = by_first_letter(
    sorted((re.escape(word).replace(r"\ ", r"\s+") for word in words("vague_quantities.csv")), key=len, reverse=True)
)
_NONE = (
    r"no\s+one|nobody|none|no(?=\s+(?:[a-z-]+\s+){0,2}?(?:casualt|"
    r"deaths?|injur|fatalit|people|person|one|dead|victims?|wounded|loss of life|civilians?|lives|life))"
)

_FIRST_SIGNS = "".join(
    sorted({word[0] for word in (*_NUMBER_WORDS, *_SCALES, *words("vague_quantities.csv"), *"adhns")})
)
"""Letters with which words of number begin, those of "a", "dozen", "half", "none" and "several" included."""

_NUMBER = re.compile(
    rf"(?=[\d{_FIRST_SIGNS}])\b(?:(?P<dozen>{_DOZEN})|(?P<halves>{_HALVES})"
    rf"|(?=\d)(?:(?P<scaled>(?<![\w.,$€£-]){_SCALED})|(?P<digits>{_DIGITS}))"
    rf"|(?P<vague>\b{_VAGUE}\b)|(?P<spelled>\b{_SPELLED})|(?P<none>\b(?:{_NONE})\b))",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:^|(?<=[\s(\"“—-]))("
    + "|".join(sorted((re.escape(p).replace(r"\ ", r"\s+") for p in words("comparators.csv")), key=len, reverse=True))
    + r")\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_RANGE_JOIN = re.compile(r"\s*(?:-|–|—|\bto\b|\bor\b|\band\b)\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
_COMPARATORS = mapping("comparators.csv", "comparator")

_MONTH = "|".join(sorted(table("months"), key=len, reverse=True))
_CALENDAR = re.compile(rf"\s*(?:{_MONTH})\b", re.IGNORECASE)
_IN_FULL = re.compile(rf"\s*(?:{_MONTH.title()})(?:\.?,?\s+(?:19|20)\d\d\b|\s*[(,])")
"""A month behind the number and its year, or the end of the phrase: "around 4 May 2019" is no four."""
_CLOCK = re.compile(r"\s*(?::\d|[ap]\.?m\b|o'clock|hours\b|gmt\b|h\b)", re.IGNORECASE)
_AFTER_NOT_COUNT = re.compile(
    r"\s*(?:%|percent|per\s+cent|s\b|st\b|nd\b|rd\b|th\b|['’]s\b|\.\d|-?year-old|\s+years?\s+old|/\d|\s+in\s+(?:every\s+)?(?:\d|two|three|four|five|six|seven|eight|nine|ten|a\s+(?:hundred|thousand))|\s*-\s*year\b)",
    re.IGNORECASE,
)
_ORDINAL_BEFORE = re.compile(rf"(?:\b{any_phrase('quantities.numbered')}\.?\s*#?|[#$€£])$", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"\w, $")
_AGE_AFTER = re.compile(r",(?:\s|\?|$)")
_OLDEST = 115
"""Years of age up to which a number between commas behind a word is an age ("A boy, 9, was hurt")."""
_AGED = re.compile(
    r"\b(?:aged?|ages)\s+(?:between\s+)?(?:\d{1,3}(?:,?\s+(?:and|or|to)\s+|,\s*|\s*[-\u2013]\s*)){0,6}$"
    r"|\b(?:man|woman|boy|girl|child|youth|teenager|infant|baby|person|driver|pensioner|widow|lad|toddler)\s+of\s+$",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(rf"\b(?:{_MONTH})\.?\s*$", re.IGNORECASE)
_DAY_AND_MONTH_BEFORE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?[a-z]{3,9}\.?\s$", re.IGNORECASE)
"""A day that has its month, so that the number behind is no day: "on 4 May 28 bodies were found"."""
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|of|early|late|mid|until|by|from|year|during|fiscal|summer|winter|spring|autumn|fall|\d{1,2},|\d{1,2}(?:st|nd|rd|th),?)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people in a text.

    ``start`` and ``end`` span the words with their comparator ("more than 1,500"), ``number_start`` and ``number_end``
    the number alone; ``figure`` has low, best and high.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    comparator: Comparator
    figure: Figure


def spelled_value(text: str) -> int | None:
    """Value of a whole number in words ("a hundred and twenty" is 120); None where TEXT is no such number."""
    total = current = 0
    seen = False
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in {"a", "an"} and not seen:
            current = 1
        elif word == "and" and seen:
            continue
        elif word in _NUMBER_WORDS:
            value = _NUMBER_WORDS[word]
            if seen and current % 100 and not (current % 10 == 0 and 0 < value < 10 and current % 100 >= 20):
                return None
            current += value
            seen = True
        elif word == "hundred":
            current = max(current, 1) * 100
            seen = True
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
            seen = True
        else:
            return None
    return total + current if seen else None


def _dozen_value(text: str) -> int:
    first = text.lower().split()[0]
    if first == "half":
        return 6
    unit = 20 if text.lower().endswith("score") else 12
    if first.isdigit():
        return unit * int(first)
    return unit * {"several": 3}.get(first, _NUMBER_WORDS.get(first, 1))


def _value_and_a_half(text: str) -> int:
    """Value of a number with a half of its scale ("two and a half thousand" is 2,500)."""
    first, *_, scale = text.lower().split()
    return _NUMBER_WORDS[first] * _SCALES[scale] + _SCALES[scale] // 2


def _looks_like_year(text: str, start: int, value: int, end: int) -> bool:
    if not 1900 <= value <= 2100 or "," in text[start:end]:
        return False
    return bool(
        _YEAR_BEFORE.search(text, max(0, start - 12), start) or _MONTH_BEFORE.search(text, max(0, start - 14), start)
    )


def _is_no_count(text: str, start: int, end: int, value: int, digits: bool) -> bool:
    """Dates, hours, ages, ordinals, rates, calibres and house numbers look like counts and are none."""
    if _AGED.search(text, max(0, start - 40), start) and value <= _OLDEST:
        return True
    if _AFTER_NOT_COUNT.match(text, end) or _ORDINAL_BEFORE.search(text, max(0, start - 14), start):
        return True
    if _SHARE_BEFORE.search(text, max(0, start - 24), start) or _WHOLE_BEFORE.search(text, max(0, start - 24), start):
        return True
    if digits and (_is_of_score(text, start, end, value) or _is_of_day(text, start, end)):
        return True
    if digits and (_CLOCK.match(text, end) or _looks_like_year(text, start, value, end)):
        return True
    month_before = _MONTH_BEFORE.search(text, max(0, start - 14), start) and not _DAY_AND_MONTH_BEFORE.search(
        text, max(0, start - 20), start
    )
    if value <= 31 and digits and _IN_FULL.match(text, end):
        return True
    if value <= 31 and digits and (month_before or _CALENDAR.match(text, end)):
        return not _BEFORE.search(text, max(0, start - 24), start)
    if (
        digits
        and value <= _OLDEST
        and _AGE_AFTER.match(text, end)
        and _AGE_BEFORE.search(text, max(0, start - 3), start)
    ):
        return True
    if digits and value <= _OLDEST and _is_one_of_ages(text, start, end):
        return True
    return units.is_measurement(text, start, end)


_SHARE_BEFORE = re.compile(rf"\b(?:\d{{1,3}}|{_SMALL}) (?:in|out of)(?: every)? $", re.IGNORECASE)
"""What makes a number the whole of a share: "four in ten prisoners"."""
_WHOLE_BEFORE = re.compile(r"\bout of (?:a total of |all (?:the )?|the )?$", re.IGNORECASE)
"""What makes a number the whole of which others are told: "not a single passenger out of 180"."""
_SCORE_BEFORE = re.compile(r"(?<![\w-])(\d{1,3})[-–]$")
_SCORE_AFTER = re.compile(r"[-–](\d{1,3})(?![\w-])")


def _is_of_score(text: str, start: int, end: int, value: int) -> bool:
    """Whether VALUE at START..END is one side of a score or a vote ("beaten 6-0"): no range goes down."""
    other = _SCORE_AFTER.match(text, end)
    if other is not None:
        return value >= int(other.group(1))
    other = _SCORE_BEFORE.search(text, max(0, start - 4), start)
    return other is not None and int(other.group(1)) >= value


_DAY_AFTER = re.compile(r"-\d\d-\d\d(?!\d)")
_DAY_BEFORE = re.compile(r"(?<!\d)\d{4}-(?:\d\d-)?$")


def _is_of_day(text: str, start: int, end: int) -> bool:
    """Whether the number at START..END is a part of a day printed as year, month and day ("2019-05-20")."""
    return _DAY_AFTER.match(text, end) is not None or _DAY_BEFORE.search(text, max(0, start - 8), start) is not None


_AGE_BEHIND = re.compile(r"\s+and\s+\d{1,2}(?=[,.;:)]|$)")
_AGE_AHEAD = re.compile(r"[a-z]{3,}, (?:\d{1,2}, ){0,4}\d{1,2},? and $")
_FIRST_AGE = re.compile(r"[a-z]{3,}, (?:\d{1,2}, ){0,4}$")
_ENDS = re.compile(r"[,.;:)]|$")


def _is_one_of_ages(text: str, start: int, end: int) -> bool:
    """Whether the number at START..END is one of the ages behind several people ("his two sons, 8 and 11, drowned")."""
    if _AGE_BEHIND.match(text, end):
        return _FIRST_AGE.search(text, max(0, start - 40), start) is not None
    return _ENDS.match(text, end) is not None and _AGE_AHEAD.search(text, max(0, start - 40), start) is not None


_GROUPING = re.compile(r"[,.\s]")
_OF_UNITS = re.compile(r"\s+of\s+(?:" + "|".join(w for w in words("units.csv") if len(w) > 2) + r")\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _vague() -> dict[str, tuple[int, int | None]]:
    return {
        row["word"]: (int(row["low"]), int(row["high"]) if row["high"] else None)
        for row in rows("vague_quantities.csv")
    }


def _single(text: str, match: re.Match[str]) -> Quantity | None:
    """The quantity of one number MATCH with the comparator before it."""
    start, end = match.span()
    kind = match.lastgroup or ""
    printed = match.group()
    if kind == "none":
        return Quantity(start, end, start, end, "none", Figure(0, 0, 0))
    if kind == "vague" and _OF_UNITS.match(text, end):
        return None
    if kind == "vague":
        low, high = _vague()[" ".join(printed.lower().split())]
        return Quantity(start, end, start, end, "vague", Figure(low, low, high))
    if kind == "dozen":
        value: int | None = _dozen_value(printed)
    elif kind == "spelled":
        value = spelled_value(printed)
    elif kind == "halves":
        value = _value_and_a_half(printed)
    elif kind == "scaled":
        value = units.scaled_value(printed)
    else:
        value = int(_GROUPING.sub("", printed))
    if value is None or value > LARGEST or _is_no_count(text, start, end, value, kind == "digits"):
        return None
    before = _BEFORE.search(text, max(0, start - 30), start)
    comparator: Comparator = "exact"
    if before:
        comparator = _COMPARATORS[" ".join(before.group(1).lower().split())]  # type: ignore[assignment]
        start = before.start(1)
    return Quantity(start, end, match.start(), match.end(), comparator, bounded(comparator, value))


def bounded(comparator: Comparator, value: int) -> Figure:
    """Low, best and high of VALUE under COMPARATOR, by DESIGN's table."""
    if comparator in {"at_least", "more_than"}:
        return Figure(value, value, None)
    if comparator == "about":
        return Figure(None, value, None)
    if comparator == "at_most":
        return Figure(None, value, value)
    return Figure(value, value, value)


def find_quantities(text: str) -> list[Quantity]:
    """Every number in TEXT that may count people, in order, never overlapping; ranges are one quantity."""
    found: list[Quantity] = []
    for match in _NUMBER.finditer(text):
        quantity = _single(text, match)
        if quantity is None:
            continue
        merged = _as_range(text, found[-1], quantity) if found else None
        if merged:
            found[-1] = merged
        else:
            found.append(quantity)
    return found


def _as_range(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """Such as "20-30", "20 to 30", "20 or 30", "between 20 and 30" as one quantity; None where the two are apart."""
    between = text[first.number_end : second.number_start]
    if len(between) > 8 or not _RANGE_JOIN.fullmatch(between):
        return None
    low, high = first.figure.best, second.figure.best
    if (
        low is None
        or high is None
        or low >= high
        or first.comparator == "none"
        or second.comparator in {"vague", "none"}
    ):
        return None
    if text[max(0, first.start - 3) : first.start].lower() == "by " and between.strip().lower() == "to":
        # "lowered by a hundred to 253"
        return None
    opening = _BETWEEN.search(text, max(0, first.start - 10), first.start)
    if between.strip().lower() == "and" and not opening:
        return None
    start = opening.start() if opening else first.start
    return Quantity(start, second.end, first.number_start, second.number_end, "range", Figure(low, low, high))
