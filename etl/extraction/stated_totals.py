"""Figures that a toll or a number of dead is said to have reached ("raising the death toll to 21")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from etl.extraction.harm.words import Harm
from etl.extraction.people.counted import Victims
from etl.extraction.people.sentence import Sentence
from etl.extraction.polarity import polarity_of
from etl.extraction.quantities import Quantity, bounded
from etl.extraction.scope import is_superseded
from etl.records import Measure, Polarity

_COUNT_OF = re.compile(
    r"\b(?:(?P<killed>(?:death |national |official |overall |confirmed )*tolls?\b(?! road)"
    r"|(?:bringing|taking|raising|putting) the dead"
    r"|(?<!no )(?<!of )deaths(?= (?:(?:from|in) [\w'-]+ |has |have |had |now ){0,2}"
    r"(?:rise|rose|risen|climb(?:s|ed)?|jump(?:s|ed)?|hits?|top(?:s|ped)?|pass(?:es|ed)?|reach(?:es|ed)?)\b)"
    r"|number who (?:(?:have|had) )?(?:died|been killed|lost their lives)"
    r"|the dead (?:[\w'-]+ ){0,5}?(?:number|figure|count)(?= (?:is|was|now|stands|stood)\b)"
    r"|puts? the dead(?=(?: (?:of|in|from|at) [\w' -]{1,40})? at)"
    r"|(?:number|count|total) (?:of (?:[\w'-]+ ){0,4}?)?(?:killed|dead|deaths|fatalities|lives lost|bodies))"
    r"|(?P<injured>(?<=and )of (?:the )?(?:injured|wounded|hurt)(?= (?:as|at) )"
    r"|(?<=and )the (?:injured|wounded)(?=(?:, [^,.;]{1,40},)? at \w)"
    r"|(?:number|count|total) (?:of (?:[\w'-]+ ){0,4}?)?(?:injured|wounded|hurt|injuries))"
    r"|(?P<missing>(?:number|count|total) (?:of (?:[\w'-]+ ){0,4}?)?missing)"
    r"|(?P<displaced>(?:number|count|total) (?:of (?:[\w'-]+ ){0,4}?)?(?:displaced|refugees|homeless|uprooted)))\b",
    re.IGNORECASE,
)


_REACHES = re.compile(
    r"\b(?:to|at|reach|reached|reaches|reaching|hits?|tops|passes|nears|stands?|stood|is|was|were|now|topped|exceeded|passed|surpassed|of|as)\s+(?:now\s+|already\s+)?$|:\s*$",
    re.IGNORECASE,
)


_MODAL = re.compile(r"\b(?:could|may|might|would|will|expected to|feared to|likely to)\b", re.IGNORECASE)


def _counted(head: Token, quantity: Quantity) -> Victims:
    """The people of a bare number."""
    start, end = quantity.start, quantity.end
    return Victims(head, start, end, quantity.comparator, quantity.figure, False, False, False, (), "unknown")


_COUNT_REACH = 160
"""Characters after "the death toll" in which the figure it reached may stand."""


_REVISED = re.compile(
    r"\b(?:(?:revis|correct|lower|cut|rais|chang|reduc|updat|amend)\w* (?:the|this|that|its|their) "
    r"(?:figure|number|count|total|estimate)s? (?:\w+ )?to|(?:correct|right|actual|true|real) "
    r"(?:figure|number|count|total) (?:is|was|being))\s+(?:now\s+)?$",
    re.IGNORECASE,
)


def revised(sentence: Sentence, harms: list[Harm]) -> Iterator[Harm]:
    """Figures that replace one of HARMS told before in SENTENCE ("later revised the figure to seven")."""
    for quantity in sentence.quantities:
        before = [harm for harm in harms if harm.victims.end <= quantity.start]
        if not before or not _REVISED.search(sentence.text, max(0, quantity.start - 60), quantity.start):
            continue
        span = sentence.doc.char_span(quantity.number_start, quantity.number_end, alignment_mode="expand")
        if span is not None:
            yield Harm(span[-1], before[-1].measure, _counted(span[-1], quantity), "asserted")


_NTH_LIFE = re.compile(
    r"\bclaim(?:s|ed|ing)? (?P<words>(?:an?|its|his|her|their) (?P<number>\d{1,4})(?:st|nd|rd|th) (?:life|victim))\b",
    re.IGNORECASE,
)
"""Such as "claimed a 21st life", by which 21 have died."""


def _nth_lives(sentence: Sentence) -> Iterator[Harm]:
    for match in _NTH_LIFE.finditer(sentence.text):
        span = sentence.doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is not None:
            start, end = match.span("words")
            figure = bounded("exact", int(match["number"]))
            number = Quantity(start, end, *match.span("number"), "exact", figure)
            yield Harm(span[0], "killed", _counted(span[-1], number), polarity_of(span[0], span[-1]))


_RANGING = re.compile(r"\b(?:rang|var|differ)\w{1,4}\s+(?:widely\s+)?$", re.IGNORECASE)
_OF_THE_DEAD = re.compile(r"\b(?:death\s+tolls?|tolls?|the\s+dead|deaths|dead|fatalities)\b", re.IGNORECASE)
_OF_THE_HURT = re.compile(r"\b(?:injured|wounded|injuries|hurt|missing)\b", re.IGNORECASE)


def _ranging(sentence: Sentence) -> Iterator[Harm]:
    """Such as "estimates of the dead range from 120 to 400"."""
    for quantity in sentence.quantities:
        if quantity.comparator != "range" or not _RANGING.search(
            sentence.text, max(0, quantity.start - 24), quantity.start
        ):
            continue
        told = sentence.text[: quantity.start]
        span = sentence.doc.char_span(quantity.number_start, quantity.number_end, alignment_mode="expand")
        if span is not None and _OF_THE_DEAD.search(told) and not _OF_THE_HURT.search(told):
            yield Harm(span[0], "killed", _counted(span[-1], quantity), "asserted")


_UP_TO = re.compile(r"up to\b", re.IGNORECASE)


def _exactly(quantity: Quantity) -> Quantity:
    """QUANTITY without its comparator: a "death toll up to 75" has risen so far."""
    return replace(quantity, comparator="exact", figure=bounded("exact", quantity.figure.best or 0))


def stated_totals(sentence: Sentence) -> Iterator[Harm]:
    """Figures that a toll or a number of dead is said to have reached ("raising the death toll to 21")."""
    yield from _nth_lives(sentence)
    yield from _ranging(sentence)
    for match in _COUNT_OF.finditer(sentence.text) if sentence.quantities else ():
        measure: Measure = match.lastgroup  # type: ignore[assignment]
        for quantity in sentence.quantities:
            if not match.end() <= quantity.start <= match.end() + _COUNT_REACH:
                continue
            between = sentence.text[match.end() : quantity.start]
            risen = not between.strip() and _UP_TO.match(sentence.text, quantity.start) is not None
            reached = risen or _REACHES.search(between + ("" if between.endswith(" ") else " ")) is not None
            if ";" in between or not reached:
                continue
            if re.search(r"\bfrom\s+$", between, re.IGNORECASE):
                continue
            span = sentence.doc.char_span(quantity.number_start, quantity.number_end, alignment_mode="expand")
            trigger = sentence.doc.char_span(match.start(), match.end(), alignment_mode="expand")
            if span is None or trigger is None:
                continue
            if is_superseded(sentence.text, quantity.start):
                continue
            people = _counted(span[-1], _exactly(quantity) if risen else quantity)
            polarity: Polarity = "hypothetical" if _MODAL.search(between) else polarity_of(trigger[-1], span[-1])
            yield Harm(trigger[-1], measure, people, polarity)
            break
