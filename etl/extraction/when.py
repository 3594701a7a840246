"""When what a span of a report tells of happened.

The date of its clause, of its sentence, of the sentences round it, or the report's own day as a bound.

Rule for words without any date: news tells what is new, so the event lies between two days before the report's day and
that day (precision 2). The order in which dates are looked for:

1. the span's sentence, nearest first, its own clause before others; a day on which something was only *said* ("police
   said Monday") bounds the event but does not date it;
2. the sentences before, nearest first; what *began* on a day and is told of later went on till the report's day;
3. the sentences right after, where they speak of the same event ("the attack took place on Sunday");
4. the day of saying, then the report's own day, as bounds.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.calendar_words import any_of, moved, precision_of, words
from etl.extraction.dates import EVENT_KINDS, Anchor, DateMention

NEWS_DAYS = 2
"""Days before a report's own in which an event it dates by no word is taken to have happened."""

_SENTENCES_BEFORE = 6
_SENTENCES_AFTER = 20
_SENTENCES_NEXT = 3
_SHARED_WORDS = 4
"""Longer words that a later sentence must share with the span's surroundings to be taken to tell of the same event."""

_LONG_WORD = re.compile(r"[^\W\d_]{5,20}")


@dataclass(frozen=True, slots=True)
class EventDate:
    """When something happened: the printed words (null where none date it) and the days they can mean.

    ``basis`` names the rule that found them: ``clause``, ``sentence``, ``before``, ``after``, ``said``, ``report`` or
    ``unknown``. ``precision`` is UCDP's code 1-5, null where the days are unknown.
    """

    date_text: str | None
    date_start: dt.date | None
    date_end: dt.date | None
    precision: int | None
    basis: str

    @property
    def likely(self) -> dt.date | None:
        """The one likeliest day: the last of a bound (news tells what is new), the first of any other span."""
        return self.date_end if self.basis in {"report", "said"} else self.date_start


def event_date(
    span: tuple[int, int],
    mentions: Sequence[DateMention],
    sentences: Sequence[tuple[int, int]],
    text: str,
    anchor: Anchor,
) -> EventDate:
    """When what SPAN of TEXT tells of happened.

    MENTIONS are ``find_dates(text, anchor)`` and SENTENCES the spans of the text's sentences, both in order.
    """
    if not sentences:
        return _bounded(None, anchor.day, "report")
    here = max(0, bisect.bisect_right(sentences, (span[0], len(text) + 1)) - 1)
    own = _usable(mentions, sentences[here], text)
    if anchor.day is not None:  # words that no day could be found for, though the report's own is known, date nothing
        own = [mention for mention in own if mention.date_start is not None]
    telling = [mention for mention in own if not _only_said(mention, text)]
    if telling:
        best = min(telling, key=lambda mention: _remoteness(mention, span, text))
        basis = "clause" if _same_clause(best, span, text) else "sentence"
        return _dated(_narrowed(best, mentions, sentences, here, text), basis, anchor, text)
    for index in range(here - 1, max(-1, here - 1 - _SENTENCES_BEFORE), -1):
        before = _carrying(mentions, sentences[index], text, near=index == here - 1)
        if before:
            return _dated(_narrowed(before[-1], mentions, sentences, here, text), "before", anchor, text)
    told = _words_round(span, text)
    for index in range(here + 1, min(len(sentences), here + 1 + _SENTENCES_AFTER)):
        after = _carrying(mentions, sentences[index], text, near=index == here + 1)
        if after and (
            (index <= here + _SENTENCES_NEXT and _same_event().search(text, *sentences[index]))
            or (index == here + 1 and _tells_hour(mentions, sentences[index]))
            or len(told & _words_round((after[0].start, after[0].end), text)) >= _SHARED_WORDS
        ):
            return _dated(after[0], "after", anchor, text)
    if own:
        return _bounded(own[0], own[0].date_end, "said")
    return _bounded(None, anchor.day, "report")


def _tells_hour(mentions: Sequence[DateMention], sentence: tuple[int, int]) -> bool:
    """Whether a sentence gives a time of day: right after the news it goes on with the same event."""
    return any(mention.kind == "clock" for mention in _within(mentions, sentence))


def _carrying(
    mentions: Sequence[DateMention], sentence: tuple[int, int], text: str, *, near: bool
) -> list[DateMention]:
    """Mentions of a sentence that may date what another one tells: days and weeks, a month only of the next one."""
    return [
        mention
        for mention in _usable(mentions, sentence, text)
        if mention.bound is None and (mention.precision or 1) <= (4 if near else 3) and not _only_said(mention, text)
    ]


def _narrowed(
    mention: DateMention, mentions: Sequence[DateMention], sentences: Sequence[tuple[int, int]], here: int, text: str
) -> DateMention:
    """A day printed soon after that lies within a month or week already found ("a December fire ... on Dec. 12")."""
    start, end = mention.date_start, mention.date_end
    if start is None or end is None or mention.bound is not None or not 3 <= (mention.precision or 1) <= 4:
        return mention
    for index in range(here, min(len(sentences), here + 1 + _SENTENCES_NEXT)):
        for other in _usable(mentions, sentences[index], text):
            day = other.date_start
            if day is not None and other.precision == 1 and start <= day <= end and not _only_said(other, text):
                return other
    return mention


def _words_round(span: tuple[int, int], text: str) -> set[str]:
    """Stems (five letters) of the longer words within 90 characters of SPAN."""
    around = text[max(0, span[0] - 90) : span[1] + 90]
    return {word[:5].lower() for word in _LONG_WORD.findall(around)}


def _usable(mentions: Sequence[DateMention], sentence: tuple[int, int], text: str) -> list[DateMention]:
    """Mentions of SENTENCE that may date an event: not planned, not a mere limit, nor only a part of the day."""
    return [
        mention
        for mention in _within(mentions, sentence)
        if mention.kind in EVENT_KINDS
        and mention.bound not in {"before", "after"}
        and not _planned().search(text, max(sentence[0], mention.start - 60), mention.start)
    ]


def _within(mentions: Sequence[DateMention], stretch: tuple[int, int]) -> Sequence[DateMention]:
    first = bisect.bisect_left(mentions, stretch[0], key=lambda mention: mention.start)
    return mentions[first : bisect.bisect_left(mentions, stretch[1], key=lambda mention: mention.start)]


def _remoteness(mention: DateMention, span: tuple[int, int], text: str) -> int:
    """How far MENTION stands from SPAN in characters, each break between clauses counted as many more."""
    start, end = _between(mention, span)
    return end - start + 60 * sum(1 for _ in _clause_break().finditer(text, start, end))


def _between(mention: DateMention, span: tuple[int, int]) -> tuple[int, int]:
    if mention.end <= span[0]:
        return mention.end, span[0]
    return (span[1], mention.start) if mention.start >= span[1] else (span[0], span[0])


def _same_clause(mention: DateMention, span: tuple[int, int], text: str) -> bool:
    return _clause_break().search(text, *_between(mention, span)) is None


def _only_said(mention: DateMention, text: str) -> bool:
    """Whether the day beside a verb of saying is the day something was said ("said on Monday", "today reported")."""
    return bool(
        _said_before().search(text, max(0, mention.start - 40), mention.start)
        or _said_behind().match(text, mention.end, mention.end + 40)
    )


def _dated(mention: DateMention, basis: str, anchor: Anchor, text: str) -> EventDate:
    """The days MENTION gives; what began then, or is counted since then, may have happened up to the report's day."""
    words_ = " ".join(mention.text.split())
    start, end = mention.date_start, mention.date_end
    if start is None or end is None:
        return EventDate(words_, None, None, None, basis)
    open_ended = mention.bound == "since" or (
        basis == "before" and _onset().search(text, max(0, mention.start - 80), mention.start) is not None
    )
    if open_ended and anchor.day is not None and anchor.day > end:
        return EventDate(words_, start, anchor.day, precision_of(start, anchor.day), basis)
    return EventDate(words_, start, end, mention.precision, basis)


def _bounded(mention: DateMention | None, last: dt.date | None, basis: str) -> EventDate:
    """No later than LAST and no earlier than the news rule allows; unknown where no day is known."""
    words_ = " ".join(mention.text.split()) if mention is not None else None
    if last is None:
        return EventDate(words_, None, None, None, "unknown")
    first = moved(last, -NEWS_DAYS)
    return EventDate(words_, first, last, precision_of(first, last), basis)


# --- the words that decide, all bounded and linear -------------------------------------------------------------------


@lru_cache(maxsize=1)
def _clause_break() -> re.Pattern[str]:
    return re.compile(
        r"[;:]|,\s{1,4}(?:and|but|while|after|when|where|as|who|which)\b|\b(?:while|after|before|whereas|that)\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _planned() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('planned'))}\b[^.;,]{{0,50}}$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _said_before() -> re.Pattern[str]:
    return re.compile(
        rf"\b{any_of(words('saying'))}\s{{1,4}}(?:(?:late|early|earlier|later)\s{{1,4}})?(?:on\s{{1,4}})?$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _said_behind() -> re.Pattern[str]:
    return re.compile(rf"\s{{1,4}}{any_of(words('saying'))}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _onset() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('onset'))}\b[^.;]{{0,60}}$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _same_event() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:(?:the|this|that)\s{1,4}(?:[a-z]{2,14}\s{1,4})?(?:attack|incident|shooting|explosion|blast|bombing|killing|murder|"
        r"crime|assassination|kidnapping|ambush|accident|crash|clash|clashes|raid|action|massacre|quake|earthquake|fire|"
        r"victims?)|it\s{1,4}happened|happened|occurred|took\s{1,4}place)\b",
        re.IGNORECASE,
    )
