"""Whether a later sentence that prints a day goes on telling of the event that an earlier one told of without one.

News tells first what is new and only then when it happened: "The chief said three nuns were killed. The attack took
place on Monday", "... The nuns were shot on their way home on Monday". What ties the two is a word for the event, its
people again, what the second calls by *the* that the first told of, or several words alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.calendar_words import any_of, words
from etl.extraction.dates.patterns import happening

Span = tuple[int, int]

_NEXT = 3
"""Sentences behind in which a thing told before may be called by *the*."""
_SHARED_WORDS = 4
"""Longer words that a sentence must share with the words told of to be taken to tell of the same event."""
_ROUND = 90
"""Characters on either side within which words count as those of a figure or of a date."""
_PEOPLE = 30
"""Characters behind a figure in which the word for its people ends."""
_STEM = 6
_LONG_WORD = re.compile(r"[^\W\d_]{5,20}")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure's ``span`` in TEXT and that of its ``sentence``."""

    text: str
    span: Span
    sentence: Span

    def goes_on(self, distance: int, sentence: Span, clause: Span, date: Span) -> bool:
        """Whether the event in CLAUSE of a SENTENCE so many sentences behind, dated at DATE, is the one told of."""
        if distance == 1 and (_they().search(self.text, *clause) or _attackers().search(self.text, *clause)):
            return True
        if self._people_again(clause) or _took_place().search(self.text, *clause):
            return True
        if distance <= _NEXT and (_same_event().search(self.text, *sentence) or self._thing_again(clause)):
            return True
        return (
            len(_stems(self.text, self.span, self.sentence, 5) & _stems(self.text, date, sentence, 5)) >= _SHARED_WORDS
        )

    def _people_again(self, clause: Span) -> bool:
        """Whether the people of the figure are told of in CLAUSE ("six nuns ... The nuns were shot on Monday")."""
        own = self.text[self.span[0] : min(self.sentence[1], self.span[1] + _PEOPLE)]
        found = _harmed_again().search(self.text, *clause)
        if found is not None and found["people"].lower() in own.lower():
            return True
        named = {word[:_STEM].lower() for word in _LONG_WORD.findall(own)} - _anybody()
        return not named.isdisjoint(word[:_STEM].lower() for word in _LONG_WORD.findall(self.text, *clause))

    def _thing_again(self, clause: Span) -> bool:
        """Whether CLAUSE calls by *the* what stands behind the figure ("in a chapel ... burst into the chapel").

        What stands before it is who did the harm, and may do more on another day.
        """
        behind = self.span[0], self.sentence[1]
        told = {word[:_STEM].lower() for word in _LONG_WORD.findall(self.text, *behind)} - _anybody()
        return any(found["noun"][:_STEM].lower() in told for found in _the_noun().finditer(self.text, *clause))


def _stems(text: str, span: Span, sentence: Span, length: int) -> set[str]:
    """Openings of the longer words of SENTENCE near SPAN."""
    around = text[max(sentence[0], span[0] - _ROUND) : min(sentence[1], span[1] + _ROUND)]
    return {word[:length].lower() for word in _LONG_WORD.findall(around)}


@lru_cache(maxsize=1)
def _anybody() -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words("anybody"))


@lru_cache(maxsize=1)
def _the_noun() -> re.Pattern[str]:
    return re.compile(r"\b(?:the|this|that|these|those)\s{1,4}(?P<noun>[a-z]{5,20})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _harmed_again() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:the|these|those|both|all)\s{1,4}(?:[a-z-]{2,16}\s{1,4}){0,3}?(?P<people>[a-z]{4,20})\s{1,4}"
        rf"(?:(?:was|were|had\s{{1,4}}been|have\s{{1,4}}been)\s{{1,4}}(?:[a-z]{{2,14}}ly\s{{1,4}})?{happening().pattern}|died\b)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _they() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:he|she|they|all|both)\s{{1,4}}(?:(?:was|were)\s{{1,4}}(?:[a-z]{{2,14}}ly\s{{1,4}})?{happening().pattern}|died\b)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _attackers() -> re.Pattern[str]:
    """Those who have no other name than the attack just told of: "The assailants burst in on Tuesday night"."""
    return re.compile(rf"\bthe\s{{1,4}}(?:[a-z]{{2,14}}\s{{1,4}})?{any_of(words('attackers'))}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _same_event() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?:the|this|that)\s{{1,4}}(?:\W?[a-z]{{2,14}}\W?\s{{1,4}})?{any_of(words('events'))}|it\s{{1,4}}happened|"
        r"happened|occurred|took\s{1,4}place)\b",
        re.IGNORECASE,
    )


def refers_back(text: str, sentence: Span) -> bool:
    """Whether SENTENCE opens with what the one before told of: "the attack", "their action"."""
    return _opening_event().match(text, *sentence) is not None


@lru_cache(maxsize=1)
def _opening_event() -> re.Pattern[str]:
    return re.compile(
        rf"\W{{0,4}}(?:the|this|that|their|his|its)\s{{1,4}}(?:[a-z-]{{2,14}}\s{{1,4}})?{any_of(words('events'))}\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _took_place() -> re.Pattern[str]:
    going_on = any_of((*words("events"), *words("troubles")))
    return re.compile(
        r"\b(?:the|this)\s{1,4}(?:(?:[\w-]{2,20}\s{1,4}){1,4}?(?:occurred|happened|took\s{1,4}place)|"
        rf"(?:[\w-]{{2,20}}\s{{1,4}})?{going_on}\s{{1,4}}{any_of(words('onset'))}|"
        r"(?:[\w-]{2,20}\s{1,4}){0,4}?(?:(?:quake|earthquake|tremor|cyclone|hurricane|storm|tornado|tsunami|typhoon|landslide|"
        r"mudslide|avalanche)\s{1,4}(?:struck|hit)|(?:boat|ferry|ship|vessel)\s{1,4}(?:sank|capsized|overturned)|"
        r"(?:bus|coach|plane|train|helicopter)\s{1,4}(?:crashed|derailed)))\b",
        re.IGNORECASE,
    )
