"""The forms in which reports print a date; ``printed`` and ``relative`` tell what each means.

Every pattern is linear: bounded repetition only, no repetition inside a repetition, white space of at most four
characters (wire copy breaks its lines inside a date).
"""

from __future__ import annotations

# ruff: noqa: E501 - a form is checked against a printed date most easily as one line
import re
from functools import lru_cache

import ahocorasick

from etl.calendar_words import any_of, table, words

_S = r"\s{1,4}"
_O = r"\s{0,4}"
_MONTH = any_of(table("months"))
_WEEKDAY = any_of(table("weekdays"))
_LONG_WEEKDAY = any_of(name for name in table("weekdays") if name.endswith("day"))
_PART = rf"(?:{_S}(?:at{_S})?(?P<part>(?:(?:early|late){_S})?(?:morning|afternoon|evening|night|noon|midnight|dawn)))?"
_NUMBER = (
    rf"(?P<number>\d{{1,3}}|{any_of(table('numbers'))}|(?:the{_S})?(?:past|last){_S}few|a{_S}few|several|"
    rf"a{_S}couple{_S}of|many|few)"
)
_UNIT = r"(?P<unit>minute|hour|day|week|month|year|decade)s?"
_ORDINAL = r"(?:st|nd|rd|th|d)?"
_TO = rf"(?:{_O}(?:-{{1,2}}|[–—]){_O}|{_S}(?:to|through|until|till|thru){_S})"
_AND = rf"{_S}(?:and|or){_S}"


def _year(suffix: str = "") -> str:
    """Year behind a day or month: four digits, two where a stop or sign follows, or "(of) last year"."""
    return (
        rf"(?:(?:,?{_S}(?:of{_S}|in{_S})?|,)(?P<year{suffix}>(?:1[89]|20)\d\d)(?![\d:,]\d|%)\b|"
        rf",?{_S}['’]?(?P<yy{suffix}>\d\d)(?={_O}(?:$|[^\w\s:%$])|{_S}(?:at|in|by|near|when)\b)|"
        rf"{_S}(?:of{_S})?(?P<rel{suffix}>last|this|next){_S}year\b)?"
    )


def _day(suffix: str = "") -> str:
    return rf"(?<![\d.,/$:])(?P<day{suffix}>\d{{1,2}}){_ORDINAL}(?![\d:%]|[.,]\d)"


def _month(suffix: str = "") -> str:
    return rf"\b(?P<month{suffix}>{_MONTH})\b(?:(?<!june)(?<!july)(?<!may)(?<![a-z]{{5}})\.)?"


def _weekday_before(suffix: str = "") -> str:
    return rf"(?:\b(?P<weekday{suffix}>{_WEEKDAY})\b\.?(?P<part>{_S}(?:morning|afternoon|evening|night))?,?{_O}\(?(?:the{_S})?)?"


_OF = rf"{_S}(?:of{_S})?"

_FORMS: dict[str, str] = {
    "iso": r"(?<![\d-])(?P<year>(?:1[89]|20)\d\d)[-/](?P<month>\d\d)[-/](?P<day>\d\d)(?![\d-])",
    "slashed": r"(?<![\d/.])(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4}|\d{2})(?![\d/])",
    "dotted": r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:1[89]|20)\d\d)(?![\d.])",
    "month_day": rf"{_weekday_before()}{_month()}{_O}(?:the{_S})?{_day()}{_year()}",
    "day_month": rf"{_weekday_before()}{_day()}{_OF}{_month()}{_year()}",
    "month_days": rf"(?:\b(?P<lead>between|from|on){_S})?{_month()}{_S}{_day()}(?P<to>{_TO}|{_AND}){_day('2')}(?!{_OF}{_MONTH}){_year()}",
    "days_month": rf"(?:\b(?P<lead>between|from|on|of){_S})?(?:the{_S})?{_day()}(?P<to>{_TO}|{_AND})(?:the{_S})?{_day('2')}{_OF}{_month()}{_year()}",
    "month_day_to": rf"(?:\b(?P<lead>between|from){_S})?{_month()}{_S}{_day()}{_year()}(?P<to>{_TO}|{_AND}){_month('2')}{_S}{_day('2')}{_year('2')}",
    "day_month_to": rf"(?:\b(?P<lead>between|from){_S})?{_day()}{_OF}{_month()}{_year()}(?P<to>{_TO}|{_AND}){_day('2')}{_OF}{_month('2')}{_year('2')}",
    "month": rf"\b(?:(?P<part>(?:the{_S})?(?:end|beginning|start|middle){_S}of|early|late|mid)(?:{_S}(?:in{_S})?|-))?(?:(?P<lead>last|this|next|past){_S})?{_month()}{_year()}",
    "month_ordinal": rf"\b(?:the{_S})?(?P<day>\d{{1,2}})(?:st|nd|rd|th){_S}of{_S}(?P<rel>last|this|next){_S}month\b",
    "ordinal_day": rf"\b(?:on|of|since|by){_S}the{_S}(?P<day>\d{{1,2}})(?:st|nd|rd|th|d)\b(?={_O}(?:[.,;)]|$)|{_S}(?:when|in|at|near|after|as|during|while|by|and|that|was|were|killed)\b)",
    "year": rf"\b(?:(?:in|since|during|of|by|until|from|year|through|before|after|between|throughout|for){_S})?(?:the{_S})?(?P<part>(?:early|mid|late)(?:-|{_S}(?:in{_S})?))?(?P<year>(?:1[89]|20)\d\d)\b(?!\s{{0,4}}{any_of(words('counted'))}\b|[-/,.:]\d)",
    "decade": rf"\b(?:the{_S})?(?P<part>(?:early|late|mid)[-\s])?(?P<decade>(?:1[89]|20)\d0)s\b",
    "season": rf"\b(?:(?P<lead>last|this|next|early|late|the|in){_S}(?:the{_S})?)?(?P<season>{any_of(table('seasons'))})\b{_year()}",
    "feast": rf"\b(?P<feast>{any_of(table('feasts'))})(?![\w’'])(?:,?{_S}(?P<year>(?:19|20)\d\d)\b)?",
    "weekdays": rf"\b(?:(?P<lead>between|from){_S})?(?P<weekday>{_LONG_WEEKDAY})(?:{_S}(?:morning|afternoon|evening|night))?(?P<to>{_TO}|{_AND})(?P<weekday2>{_LONG_WEEKDAY})\b(?:{_S}(?:morning|afternoon|evening|night))?",
    "weekday": rf"\b(?:(?P<lead>early|late|last|this|next|past|every|each|coming|previous|following){_S}(?:on{_S})?)?(?P<weekday>{_LONG_WEEKDAY})(?P<plural>s(?!\w))?\b{_PART}(?:{_S}(?P<week>last|next|this){_S}week\b)?",
    "yesterday": rf"\b(?P<word>(?:the{_S})?day{_S}before{_S}yesterday|yesterday|today|tonight|tomorrow|last{_S}(?:night|evening)|overnight|this{_S}(?:very{_S})?(?:morning|afternoon|evening|noon|dawn|midnight)|this{_S}day)\b{_PART}",
    "since_event": rf"\b{_NUMBER}{_S}(?P<unit>day|week)s?{_S}(?P<way>since|after)\b(?={_S}(?:the|a|an|this|that|his|her|their|its|it|he|she|they|when|[a-z]{{2,20}}'s)\b)",
    "ago": rf"\b(?P<about>about{_S}|some{_S}|nearly{_S}|almost{_S}|around{_S}|more{_S}than{_S}|over{_S}|just{_S}|only{_S})?{_NUMBER}{_S}{_UNIT}{_S}(?P<way>ago|earlier|later|before|after|previously|afterwards?)\b(?:{_S}(?P<today>today|yesterday))?",
    "calendar_unit": rf"\b(?:(?P<part>early|earlier|late|later){_S}(?:in{_S})?)?(?P<lead>last|this|past|next|previous|that){_S}(?P<unit>week|weekend|month|year|decade|century)\b(?!{_S}ago)",
    "weekend": rf"\b(?:over|at|during|on){_S}the{_S}(?:(?:past|last){_S})?weekend\b",
    "neighbour": rf"\b(?:the{_S}(?P<way>(?:day|night){_S}before(?={_O}(?:[^\w\s]|$|{_S}(?:yesterday|in|at|near|when|while|by|and|but|on|outside|that|as|with|during)\b))|week{_S}before(?={_O}(?:[^\w\s]|$|{_S}and\b))|previous{_S}(?:day|night|evening|week)|next{_S}(?:day|morning)|following{_S}(?:day|morning|night)|day{_S}after|same{_S}(?:day|night|morning|afternoon|evening))|(?P<that>that{_S}(?:(?:same|very){_S})?(?:day|night|morning|afternoon|evening)))\b",
    "period": rf"\b(?:the{_S}|these{_S})?(?P<lead>past|last|recent|previous|next|coming)(?:{_S}{_NUMBER})?{_S}(?P<unit>minute|hour|day|week|month|year|decade)s\b",
    "anniversary": r"\b(?:[a-z]{2,12}[- ]{1,2}|\d{1,3}(?:st|nd|rd|th)?[- ]{1,2})?anniversary\b",
    "duration": rf"\b{_NUMBER}(?:{_S}|-){_UNIT}\b(?!{_O}-?{_O}(?:old|of{_S}age))",
    "clock": rf"(?<![\d.,:/])(?:\d{{1,2}}(?::\d\d)?{_O}[ap]\.?{_O}m\b\.?|\d{{1,2}}:\d\d\b(?:{_O}(?:gmt|utc|hours|local))?|\d{{4}}{_O}(?:gmt|utc|hours|hrs|local{_S}time)\b)|(?<=\bat\s)(?:[01]\d|2[0-3])[0-5]\d\b",
}  # fmt: skip


@lru_cache(maxsize=1)
def forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each form's name with its compiled pattern, the fuller forms first."""
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _FORMS.items())


_REACH = 80
"""Characters before and behind a sign of a date that its printed form can take at most."""


_OF_MONTHS = ("month_day", "day_month", "month_days", "days_month", "month_day_to", "day_month_to", "month")
_OF_DIGITS = ("iso", "slashed", "dotted", "year", "decade", "clock")
_OF_UNITS = ("since_event", "ago", "calendar_unit", "period", "duration")
_OF_PARTS = ("yesterday", "neighbour")
_SIGNS: dict[str, tuple[str, ...]] = {
    "day": (*_OF_UNITS, *_OF_PARTS, "weekday", "weekdays", "feast"),
    "minute": _OF_UNITS,
    "hour": _OF_UNITS,
    "week": (*_OF_UNITS, "weekend", "neighbour"),
    "month": (*_OF_UNITS, "month_ordinal"),
    "year": (*_OF_UNITS, "feast"),
    "decade": _OF_UNITS,
    "century": _OF_UNITS,
    "anniversary": ("anniversary",),
    **dict.fromkeys(
        ("tonight", "tomorrow", "overnight", "night", "morning", "evening", "afternoon", "noon", "dawn"), _OF_PARTS
    ),
}
"""Words that every date of a form holds one of, with the forms; months, seasons and feasts come from the lexicon."""
_BLANKS = dict.fromkeys((code for code in range(0x3001) if chr(code).isspace()), " ")
_DIGIT_SIGN = re.compile(rf"\d(?:[:/.-]\d|\d{{3}}|{_O}[ap]\.?{_O}m\b|\ds\b)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _signs() -> ahocorasick.Automaton:
    """Automaton of the signs; each gives its length, its forms and whether it must be a whole word."""
    automaton = ahocorasick.Automaton()
    whole = dict.fromkeys(table("months"), _OF_MONTHS) | dict.fromkeys(table("seasons"), ("season",))
    whole |= {word.split()[-1]: ("feast",) for word in table("feasts")}
    for word, of in {**whole, **_SIGNS}.items():
        automaton.add_word(word, (len(word), of, word not in _SIGNS))
    automaton.make_automaton()
    return automaton


_ORDINAL_SIGN = re.compile(r"\d(?:st|nd|rd|th|d)\b", re.IGNORECASE)


def regions(text: str) -> dict[str, list[tuple[int, int]]]:
    """For each form, the stretches of TEXT that can hold a date of it, in order and apart; most texts hold few."""
    folded = text.translate(_BLANKS).lower()
    if len(folded) != len(text):  # a few letters grow when made small, and places would shift
        return {name: [(0, len(text))] for name, _ in forms()}
    stretches: dict[str, list[tuple[int, int]]] = {}
    for end, (length, of, whole) in _signs().iter(folded):
        if whole and (folded[end - length : end - length + 1].isalnum() or folded[end + 1 : end + 2].isalnum()):
            continue
        _reach(stretches, of, end, len(text))
    for sign in _DIGIT_SIGN.finditer(text):
        _reach(stretches, _OF_DIGITS, sign.end(), len(text))
    for sign in _ORDINAL_SIGN.finditer(text):
        _reach(stretches, ("ordinal_day",), sign.end(), len(text))
    return stretches


def _reach(stretches: dict[str, list[tuple[int, int]]], of: tuple[str, ...], place: int, length: int) -> None:
    """Add what lies within reach of a sign at PLACE to the stretches of its forms."""
    start, end = max(0, place - _REACH), min(length, place + _REACH)
    for name in of:
        known = stretches.setdefault(name, [])
        if known and start <= known[-1][1]:
            known[-1] = (known[-1][0], end)
        else:
            known.append((start, end))


@lru_cache(maxsize=1)
def present_before() -> re.Pattern[str]:
    """What is so when a report is written ("the town remains sealed off 3 days after the crash")."""
    return re.compile(rf"\b{any_of(words('present'))}\b[^.;]{{0,60}}$", re.IGNORECASE)


@lru_cache(maxsize=1)
def bare_month_cue() -> re.Pattern[str]:
    """A word before a month of homograph spelling ("in March") that settles that it is one."""
    return re.compile(rf"\b{any_of(words('month_cues'))}[\s-]{{1,4}}$", re.IGNORECASE)


@lru_cache(maxsize=1)
def modal_follows() -> re.Pattern[str]:
    """What follows "20 MAY" where MAY is the verb."""
    return re.compile(rf"{_S}{any_of(words('after_modal'))}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def counted_follows() -> re.Pattern[str]:
    """What follows a number that counts people or things and is no day of a month."""
    return re.compile(rf"{_S}(?:more{_S})?{any_of(words('counted'))}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def name_follows() -> re.Pattern[str]:
    """What follows a date that is part of a name ("19 April Movement")."""
    return re.compile(rf"{_S}{any_of(words('named_after'))}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def weekday_name() -> re.Pattern[str]:
    """Names that hold a weekday but no day of the report ("Bloody Sunday")."""
    return re.compile(rf"\b{any_of(words('weekday_names'))}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def anniversary_before() -> re.Pattern[str]:
    """Words that make the date behind them the day remembered, not a day of the report's own."""
    return re.compile(
        rf"\b(?:anniversary{_S}of|(?:years?|months?|decades?){_S}(?:after|since|following)|commemorat\w{{1,6}}|to{_S}mark)\b[^.;]{{0,60}}$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def bound_before() -> re.Pattern[str]:
    """Words that make the date behind them a bound: "since", or "before", "until", "by"."""
    return re.compile(
        rf"\b(?:(?P<since>{any_of(words('since'))})\b[^.;,]{{0,60}}|"
        rf"(?:(?P<before>{any_of(words('before'))})|(?P<after>after)){_S}(?:the{_S}|last{_S})?)$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def happening() -> re.Pattern[str]:
    """Openings of words that tell of an event ("explo", "attack"), and whole words ("died")."""
    return re.compile(rf"\b(?:{any_of(words('event_stems'))}|{any_of(words('event_words'))}\b)", re.IGNORECASE)
