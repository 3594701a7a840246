"""What the clause round a printed date tells: that something happened then, or only that it was said, counted, done.

"A minister who took office on Friday was shot": Friday is not the day of the shooting, since its clause ends before
the harm is told. All of this reads words, not grammar: most sentences of a report are never parsed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.calendar_words import any_of, words
from etl.extraction.dates.patterns import happening

_REACH = 240
"""Characters on either side of a date in which its clause is looked for."""
_BESIDE = 8
"""Characters right behind a date where a break puts something in between ("Last night, while the city slept, ...")."""
_OWNER = 60
"""Characters before "began on" in which stands what began ("the clashes, which began on Monday")."""


class Clause:
    """The words round one date, from the break between clauses before it to the one behind."""

    __slots__ = ("_opened", "_put_in", "_text", "begun", "date", "end", "start")

    def __init__(self, text: str, sentence: tuple[int, int], date: tuple[int, int]) -> None:
        self._text = text
        self.date = date
        self.start = max(sentence[0], date[0] - _REACH)
        self._opened: re.Match[str] | None = None
        for found in _break().finditer(text, self.start, date[0]):
            put_in = found["by_comma"] and found.group()[0] == "," and text.find(",", found.end(), date[0]) >= 0
            self._opened = self._opened if put_in else found
        if self._opened is not None:
            self.start = self._opened.end()
        self.begun = _onset_just_before().search(text, max(self.start, date[0] - 30), date[0])
        self._put_in: list[tuple[int, int]] = []
        self.end = self._closed(min(sentence[1], date[1] + _REACH))

    def _closed(self, last: int) -> int:
        """Where the clause ends, at LAST at the latest; what is put in between two commas does not end it."""
        closes = self._opened is not None and self._opened["by_comma"] is not None
        if closes and not _when().match(self._text, self.date[1], self.date[1] + 12):
            found = _break_or_comma().search(self._text, self.date[1], last)
            return found.start() if found is not None else last
        if self._opened is not None and _goes_on().match(self._text, self.date[1], self.date[1] + 16):
            return self.date[1]
        at = self.date[1] + _BESIDE
        while (found := _break().search(self._text, at, last)) is not None:
            comma = self._text.find(",", found.end(), last) if found["by_comma"] and found.group()[0] == "," else -1
            if comma < 0:
                return found.start()
            self._put_in.append((found.start(), comma))
            at = comma
        return last

    def is_of_charge_behind(self, place: int) -> bool:
        """Whether the clause is what one told of at PLACE is held for ("seven were held on suspicion of killing")."""
        return place < self.start and self._opened is not None and self._opened["charge"] is not None

    def holds(self, place: int) -> bool:
        """Whether what stands at PLACE of the text is told in the clause, and not what "began on" its date."""
        return (
            self.start <= place < self.end
            and not any(first <= place < last for first, last in self._put_in)
            and (self.begun is None or place >= self.begun.start() - _OWNER)
        )

    def tells(self, pattern: re.Pattern[str]) -> bool:
        """Whether PATTERN is found in the clause."""
        edges = [self.start, *(edge for stretch in self._put_in for edge in stretch), self.end]
        return any(pattern.search(self._text, *edges[at : at + 2]) for at in range(0, len(edges), 2))

    def tells_event(self) -> bool:
        """Whether the clause tells that something happened, or went on ("the clashes, which began on Monday")."""
        if self.begun is not None:
            at = self.begun.start()
            return happening().search(self._text, max(0, at - _OWNER), self.date[0]) is not None
        if self.tells(_aftermath()):
            return False
        if self.tells(happening()):
            return True
        return (
            self._opened is not None
            and self._opened.group().strip(" ,").lower() in {"which", "that"}
            and happening().search(self._text, max(0, self._opened.start() - 24), self._opened.start()) is not None
        )


def only_said(text: str, date: tuple[int, int]) -> bool:
    """Whether the day at DATE stands beside a verb of saying or of an office ("said on Monday", "today reported").

    Nor does a day of what followed date the event ("was sentenced today", "resigned on Friday to protest the murder").
    """
    return bool(
        _says_before(text, date[0])
        or _said_behind().match(text, date[1], date[1] + 40)
        or _followed_before().search(text, max(0, date[0] - 40), date[0])
        or _followed_behind().match(text, date[1], date[1] + 40)
    )


def _says_before(text: str, place: int) -> bool:
    found = _said_before().search(text, max(0, place - 90), place)
    return found is not None and happening().search(text, found.end("verb"), place) is None


def opens_saying(text: str, sentence: int, date: tuple[int, int]) -> bool:
    """Whether the day at DATE opens the SENTENCE, which begins there, of one who speaks ("On Friday police said")."""
    found = _speaks_behind().match(text, date[1], date[1] + 80)
    return (
        found is not None
        and _opened_by_day().fullmatch(text, sentence, date[0]) is not None
        and happening().search(text, date[1], found.start("verb")) is None
    )


def names_event(text: str, end: int) -> bool:
    """Whether the word behind a date that ends at END is the event's own ("the April 7 uprising", "Monday's blast")."""
    return _attributive().match(text, end, end + 60) is not None


def is_day_of_doing(text: str, start: int) -> bool:
    """Whether the date at START stands behind a verb of doing ("condemned the crime perpetrated on 12 January")."""
    return _done_before().search(text, max(0, start - 40), start) is not None


def counts() -> re.Pattern[str]:
    """Words of counting: the day in "the toll rose to 81 on Friday" is that of the count."""
    return _counts()


_BREAK = (
    r"[;:]|--|\b(?:while|whereas|because|although|though|that)\b|"
    r"(?P<by_comma>(?:,\s{1,4}(?:\w{2,12}\s{1,4}of\s{1,4})?)?\b(?:who|whom|whose|which)\b|"
    r",\s{1,4}where\b|,(?=\s{1,4}[a-z]{2,16}ed\s{1,4}(?:by|in|on|at|during|last|yesterday)\b))|"
    rf"(?P<charge>{any_of(words('charges'))})\b"
)
"""Where a clause ends: a relative one, and a participle behind a comma (", imposed by the mayor"), ends by a comma."""


@lru_cache(maxsize=1)
def _break() -> re.Pattern[str]:
    return re.compile(_BREAK, re.IGNORECASE)


@lru_cache(maxsize=1)
def _break_or_comma() -> re.Pattern[str]:
    return re.compile(_BREAK + r"|,", re.IGNORECASE)


@lru_cache(maxsize=1)
def _goes_on() -> re.Pattern[str]:
    """Where the sentence goes on behind what a clause put in ("the man who had fled in May, was shot", "and that")."""
    return re.compile(r",\s{1,4}(?:was|were|is|are|has|have|had|died)\b|,?\s{1,4}and\s{1,4}that\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _when() -> re.Pattern[str]:
    """What joins the words behind a date to it, a comma among them or not ("last night when the mayor, 57, was")."""
    return re.compile(r",?\s{1,4}(?:when|as|after)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _said_before() -> re.Pattern[str]:
    """As in "said on Monday", "told reporters late Monday", "said in a communique from Lima today"."""
    return re.compile(
        rf"\b(?P<verb>{any_of(words('saying'))})\s{{1,4}}"
        rf"(?:{any_of(words('listeners'))}\s{{1,4}}){{0,2}}(?:(?:in|at|from|to|by|during)\s{{1,4}}(?:[\w'-]{{1,20}}\s{{1,4}}){{1,6}}?)?"
        r"(?:(?:late|early|earlier|later)\s{1,4})?(?:on\s{1,4})?$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _said_behind() -> re.Pattern[str]:
    return re.compile(
        rf"\s{{1,4}}(?:[a-z]{{2,14}}ly\s{{1,4}}|(?:has|have|had|also)\s{{1,4}})?{any_of(words('saying'))}\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _speaks_behind() -> re.Pattern[str]:
    return re.compile(
        rf",?(?:\s{{1,4}}[\w'’-]{{1,20}}){{1,5}}?\s{{1,4}}(?P<verb>{any_of(words('giving_news'))})\b", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _opened_by_day() -> re.Pattern[str]:
    return re.compile(r"\s{0,4}(?:(?:on|late|early|late\s{1,4}on|early\s{1,4}on)\s{1,4})?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _followed_before() -> re.Pattern[str]:
    return re.compile(
        rf"\b{any_of(words('aftermath'))}(?:ed|ened|enced|icted)\s{{1,4}}(?:late\s{{1,4}}|early\s{{1,4}})?(?:on\s{{1,4}})?$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _followed_behind() -> re.Pattern[str]:
    return re.compile(rf",?\s{{1,4}}to\s{{1,4}}{any_of(words('purpose'))}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _done_before() -> re.Pattern[str]:
    return re.compile(
        rf"\b{any_of(words('doing'))}\s{{1,4}}(?:early\s{{1,4}}|late\s{{1,4}})?(?:on\s{{1,4}})?(?:the\s{{1,4}}(?:morning|evening|night|afternoon)\s{{1,4}}of\s{{1,4}})?$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _attributive() -> re.Pattern[str]:
    return re.compile(
        rf"(?:['’]s)?\s{{1,4}}(?:(?!(?:the|a|an|all|that|of|for|to)\b)[a-z-]{{2,14}}\s{{1,4}}){{0,2}}?{happening().pattern}",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _counts() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('counting'))}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _aftermath() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('aftermath'))}", re.IGNORECASE)


@lru_cache(maxsize=1)
def saying() -> re.Pattern[str]:
    """Verbs of saying: a day in their clause, where it tells of no event, is the day something was said."""
    return re.compile(rf"\b{any_of(words('saying'))}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _onset_just_before() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('onset'))}\s{{1,4}}(?:on\s{{1,4}}|in\s{{1,4}}|last\s{{1,4}})?$", re.IGNORECASE)
