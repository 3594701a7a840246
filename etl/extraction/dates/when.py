"""When what a span of a report tells of happened.

The date of its clause, of its sentence, of the sentences round it, or the report's own day.

Rule for words without any date: news tells what is new, so the report's own day stands for the event's, without printed
words and with precision 2, since it may have been a day or a few before. The order in which dates are looked for:

1. the span's sentence, nearest first: dates whose clause holds the span or tells of an event of its own; a day on which
   something was only said ("police said Monday"), counted ("the toll rose to 81 on Friday") or done by the way ("the
   mayor, who took office in May") does not date it;
2. the sentences before, nearest first, where the date's clause tells of an event; what *began* on a day and is told of
   later went on till the report's day;
3. the sentences after, where they speak of the same event ("the attack took place on Sunday");
4. the day of saying, then a day that the sentence prints with its year and that lies after the report's own (one of
   the two is wrong: it is kept as printed, and whoever compares it with the publication can say so), then the report's
   own day.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.calendar_words import PRESUMED, any_of, precision_of, words
from etl.extraction.dates.clauses import Clause, counts, is_day_of_doing, names_event, only_said, opens_saying, saying
from etl.extraction.dates.finding import EVENT_KINDS, Anchor, DateMention
from etl.extraction.dates.headings import heads, is_labelled, is_stamp, opens
from etl.extraction.dates.later_days import counted_from_event, counts_another, is_of_remembrance, lasts
from etl.extraction.dates.reading import COUNTED_BACK
from etl.extraction.dates.same_event import Told, refers_back

_SENTENCES_BEFORE = 4
_SENTENCES_AFTER = 20
_SENTENCES_NEXT = 3
_OPENING_SENTENCES = 4
_RECENT = dt.timedelta(days=45)
"""Age up to which a day may be that of the event whose dead are still being counted."""

_NEWS = dt.timedelta(days=7)
"""Age up to which what was said on a day is news."""


@dataclass(frozen=True, slots=True)
class EventDate:
    """When something happened: the printed words (null where none date it) and the days they can mean.

    ``basis`` names the rule that found them: ``clause``, ``sentence``, ``before``, ``after``, ``said``, ``report`` or
    ``unknown``. ``precision`` is UCDP's code 1-5, null where the days are unknown; ``PRESUMED`` where no word dates it.
    """

    date_text: str | None
    date_start: dt.date | None
    date_end: dt.date | None
    precision: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class _Dated:
    """A mention that may date an event, with the sentence it stands in and what its clause tells."""

    mention: DateMention
    sentence: int
    clause: Clause
    tells: bool
    said: bool
    """Whether it is only the day of saying or counting."""


class EventDates:
    """The dates of one report, read once; ``of`` tells which of them dates what a span tells.

    MENTIONS are ``find_dates(text, anchor)`` and SENTENCES the spans of the text's sentences, both in order.
    """

    def __init__(
        self, text: str, mentions: Sequence[DateMention], sentences: Sequence[tuple[int, int]], anchor: Anchor
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._anchor = anchor
        self._hours: set[int] = set()
        self._remembered = {self._index(m.start): m.start for m in mentions if sentences and self._lasts(m)}
        self._dated: list[_Dated] = []
        for mention in mentions if sentences else ():
            here = self._index(mention.start)
            if mention.kind == "clock":
                self._hours.add(here)
            elif self._usable(mention, here):
                self._dated.append(self._read(mention, here))
        self._later = [mention for mention in mentions if sentences and self._contradicts(mention)]
        self._places = [dated.sentence for dated in self._dated]
        self._telling = [dated for dated in self._dated if dated.tells and not dated.said]
        self._telling_places = [dated.sentence for dated in self._telling]
        self._earliest = self._earliest_recent()
        self._headings = [dated for dated in self._dated if self._is_heading(dated.mention)]

    def of(self, span: tuple[int, int]) -> EventDate:
        """When what SPAN of the text tells of happened."""
        if not self._sentences:
            return _presumed(None, self._anchor.day, "report")
        here = self._index(span[0])
        own = self._within(here)
        telling = [
            dated
            for dated in own
            if not dated.said
            and (dated.tells or dated.clause.holds(span[0]))
            and not dated.clause.is_of_charge_behind(span[0])
            and not counts_another(self._text, span[1], dated.mention.start)
        ]
        if telling:
            best = min(telling, key=lambda dated: _remoteness(dated.mention, span, self._text))
            basis = "clause" if _same_clause(best.mention, span, self._text) else "sentence"
            return self._result(self._narrowed(best, here), basis)
        if self._earliest is not None and counts().search(self._text, *self._sentences[here]):
            return self._result(self._earliest, "before")
        found = self._just_before(here) or self._before(here)
        if found is not None:
            return self._result(self._narrowed(found, here), "before")
        found = self._after(here, span) or self._above(here) or self._only_day(here)
        if found is not None:
            return self._result(found, "after")
        said = next((d.mention for d in own if self._is_news(d) and (d.said or d.clause.tells(saying()))), None)
        if said is not None:
            return _presumed(said, said.date_end, "said")
        if self._anchor.day is None:
            printed = [*own, *self._printed_before(here)]
            if printed:
                return self._result(printed[0], "sentence" if own else "before")
        later = self._printed_later(here, span)
        if later is not None:
            return EventDate(later.text, later.date_start, later.date_end, later.precision, "sentence")
        return _presumed(None, self._anchor.day, "report")

    def _index(self, place: int) -> int:
        return max(0, bisect.bisect_right(self._sentences, (place, len(self._text) + 1)) - 1)

    def _lasts(self, mention: DateMention) -> bool:
        """Whether a day looked back to dates what its sentence tells ("still missing a month after the flood of")."""
        here = self._sentences[self._index(mention.start)]
        return mention.kind == "anniversary" and mention.date_start is not None and lasts(self._text, *here)

    def _usable(self, mention: DateMention, here: int) -> bool:
        """Whether MENTION may date an event: not planned, not a mere limit, nor only a part of the day."""
        if self._remembered.get(here) == mention.start:
            return True
        return (
            mention.kind in EVENT_KINDS
            and (mention.bound not in {"before", "after"} or names_event(self._text, mention.end))
            and (mention.date_start is not None or self._anchor.day is None)
            and not is_stamp(self._text, mention.start, mention.end, mention.date_end, self._anchor.day)
            and not _planned().search(self._text, max(self._sentences[here][0], mention.start - 60), mention.start)
        )

    def _contradicts(self, mention: DateMention) -> bool:
        """Whether MENTION is a day printed with its year, and after the report's by more than clocks differ."""
        day, today = mention.date_start, self._anchor.day
        return (
            mention.kind == "future"
            and mention.bound is None
            and day is not None
            and today is not None
            and (day - today).days > 1
            and mention.date_end == day
            and str(day.year) in mention.text
        )

    def _printed_later(self, here: int, span: tuple[int, int]) -> DateMention | None:
        """A day after the report's own that the clause of SPAN prints, where that clause plans nothing."""
        for mention in self._later:
            if self._index(mention.start) != here or not _same_clause(mention, span, self._text):
                continue
            clause = Clause(self._text, self._sentences[here], (mention.start, mention.end))
            if clause.tells_event() and not clause.tells(_plans()):
                return mention
        return None

    def _read(self, mention: DateMention, here: int) -> _Dated:
        span = (mention.start, mention.end)
        clause = Clause(self._text, self._sentences[here], span)
        if here in self._remembered:
            remembered = self._remembered[here] == mention.start
            return _Dated(mention, here, clause, remembered, not remembered)
        own = (
            mention.basis == COUNTED_BACK
            or names_event(self._text, mention.end)
            or is_day_of_doing(self._text, mention.start)
            or is_labelled(self._text, mention.start)
            or (mention.precision == 1 and opens(self._text, self._sentences[here][0], mention.start, mention.end))
        )
        tells = own or clause.tells_event()
        counted = mention.bound is None and clause.tells(counts())
        later = counted_from_event(self._text, mention.end) or is_of_remembrance(
            self._text, (clause.start, clause.end), span
        )
        opening = opens_saying(self._text, self._sentences[here][0], span)
        said = opening or (not own and (counted or later or only_said(self._text, span)))
        return _Dated(mention, here, clause, tells, said)

    def _is_news(self, dated: _Dated) -> bool:
        """Whether a day is near enough to the report's own for the report to tell first what was said on it."""
        today, day = self._anchor.day, dated.mention.date_end
        return today is None or day is None or today - day <= _NEWS

    def _within(self, sentence: int) -> list[_Dated]:
        first = bisect.bisect_left(self._places, sentence)
        return self._dated[first : bisect.bisect_right(self._places, sentence)]

    def _earliest_recent(self) -> _Dated | None:
        today = self._anchor.day
        if today is None:
            return None
        recent = [d for d in self._telling if d.mention.date_start and today - d.mention.date_start <= _RECENT]
        return min(recent, key=lambda dated: dated.mention.date_start or dt.date.max, default=None)

    def _just_before(self, here: int) -> _Dated | None:
        """The day of the sentence before, where this one comes back to what happened in it ("their action caused")."""
        if not here or not refers_back(self._text, self._sentences[here]):
            return None
        return next((d for d in self._within(here - 1) if not d.said and _carries(d, 2)), None)

    def _before(self, here: int) -> _Dated | None:
        """The nearest date before that may carry over: a year only from the last few sentences.

        None where the sentence tells of something else ("in another development") or leaves the day open ("recently").
        """
        if _day_open().search(self._text, *self._sentences[here]):
            return None
        for at in range(bisect.bisect_left(self._telling_places, here) - 1, -1, -1):
            dated = self._telling[at]
            if dated.sentence < here - _SENTENCES_BEFORE:
                break
            if _carries(dated, 5 if dated.sentence >= here - _SENTENCES_NEXT else 4):
                return dated
        return None

    def _printed_before(self, here: int) -> list[_Dated]:
        """Days printed in the sentences before, nearest first, where the report has no day of its own to go by."""
        first = bisect.bisect_left(self._places, here - _SENTENCES_NEXT)
        found = self._dated[first : bisect.bisect_left(self._places, here)]
        return [dated for dated in reversed(found) if _carries(dated, 4)]

    def _is_heading(self, mention: DateMention) -> bool:
        """Whether MENTION is a full day printed over what the text tells."""
        day = mention.date_start
        if day is None or mention.precision != 1 or mention.kind not in {"absolute", "partial"}:
            return False
        return is_labelled(self._text, mention.start) or heads(
            self._text, mention.start, mention.end, day, self._anchor.day
        )

    def _only_day(self, here: int) -> _Dated | None:
        """The one day of the week before the report that its opening and all sentences before HERE tell of."""
        today = self._anchor.day
        if _day_open().search(self._text, *self._sentences[here]):
            return None
        told = [
            dated
            for dated in self._telling[: bisect.bisect_left(self._telling_places, here)]
            if dated.mention.precision == 1 and dated.mention.date_start is not None and dated.mention.bound is None
        ]
        if today is None or len({dated.mention.date_start for dated in told}) != 1:
            return None
        first = told[0]
        opens_with_it = first.sentence < _OPENING_SENTENCES
        return first if opens_with_it and today - _NEWS <= (first.mention.date_start or today) < today else None

    def _above(self, here: int) -> _Dated | None:
        """The nearest day printed over the sentence HERE as a heading."""
        return next((dated for dated in reversed(self._headings) if dated.sentence < here), None)

    def _after(self, here: int, span: tuple[int, int]) -> _Dated | None:
        told: Told | None = None
        for at in range(bisect.bisect_right(self._places, here), len(self._dated)):
            dated = self._dated[at]
            index = dated.sentence
            if index > here + _SENTENCES_AFTER:
                break
            if dated.said or not _carries(dated, 4 if index == here + 1 else 3):
                continue
            if index == here + 1 and index in self._hours:  # the news goes on with the hour of the same event
                return dated
            if not dated.tells:
                continue
            told = told if told is not None else Told(self._text, span, self._sentences[here])
            date = (dated.mention.start, dated.mention.end)
            clause = (dated.clause.start, dated.clause.end)
            if told.goes_on(index - here, self._sentences[index], clause, date):
                return dated
        return None

    def _narrowed(self, dated: _Dated, here: int) -> _Dated:
        """A day printed soon after, within a month or week already found ("a December fire ... on Dec. 12")."""
        mention = dated.mention
        start, end = mention.date_start, mention.date_end
        if start is None or end is None or mention.bound is not None or not 3 <= (mention.precision or 1) <= 4:
            return dated
        for other in self._dated[bisect.bisect_left(self._places, here) :]:
            if other.sentence > here + _SENTENCES_NEXT:
                break
            day = other.mention.date_start
            if day is not None and other.mention.precision == 1 and start <= day <= end and not other.said:
                return other
        return dated

    def _result(self, dated: _Dated, basis: str) -> EventDate:
        """The days a mention gives; what began then, or is counted since, may have happened till the report's day."""
        mention, today = dated.mention, self._anchor.day
        start, end = mention.date_start, mention.date_end
        if start is None or end is None:
            return EventDate(mention.text, None, None, None, basis)
        open_ended = mention.bound == "since" or (
            basis == "before"
            and _onset_before().search(self._text, max(0, mention.start - 80), mention.start) is not None
        )
        if open_ended and today is not None and today > end:
            return EventDate(mention.text, start, today, precision_of(start, today), basis)
        return EventDate(mention.text, start, end, mention.precision, basis)


def _carries(dated: _Dated, widest: int) -> bool:
    return dated.mention.bound is None and (dated.mention.precision or 1) <= widest


def _presumed(mention: DateMention | None, day: dt.date | None, basis: str) -> EventDate:
    """The report's own day, or that of saying, for what no word dates; unknown where no day is known."""
    words_ = mention.text if mention is not None else None
    if day is None:
        return EventDate(words_, None, None, None, "unknown")
    return EventDate(words_, day, day, PRESUMED, basis)


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


# --- the words that decide, all bounded and linear -------------------------------------------------------------------


@lru_cache(maxsize=1)
def _clause_break() -> re.Pattern[str]:
    return re.compile(
        r"[;:]|,\s{1,4}(?:and|but|while|after|when|where|as|who|which)\b|\b(?:while|after|before|whereas|that)\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _day_open() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('day_open'))}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _planned() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('planned'))}\b[^.;,]{{0,50}}$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _plans() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('planned'))}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _onset_before() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('onset'))}\b[^.;]{{0,60}}$", re.IGNORECASE)
