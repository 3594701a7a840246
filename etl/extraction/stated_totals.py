"""Figures that a toll or a number of dead is said to have reached ("raising the death toll to 21")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.extraction.harm_words import Harm
from etl.extraction.polarity import polarity_of
from etl.extraction.victims import Sentence, Victims
from etl.records import Measure, Polarity

_COUNT_OF = re.compile(
    r"\b(?:(?P<killed>(?:death |national |official |overall |confirmed )*tolls?\b(?! road)"
    r"|(?:number|count|total) (?:of (?:[\w'-]+ ){0,4}?)?(?:killed|dead|deaths|fatalities|lives lost|bodies))"
    r"|(?P<injured>(?:number|count|total) (?:of (?:[\w'-]+ ){0,4}?)?(?:injured|wounded|hurt|injuries))"
    r"|(?P<missing>(?:number|count|total) (?:of (?:[\w'-]+ ){0,4}?)?missing)"
    r"|(?P<displaced>(?:number|count|total) (?:of (?:[\w'-]+ ){0,4}?)?(?:displaced|refugees|homeless|uprooted)))\b",
    re.IGNORECASE,
)


_REACHES = re.compile(
    r"\b(?:to|at|reached|reaches|reaching|hit|stands?|stood|is|was|were|now|topped|exceeded|passed|surpassed|of|as)\s+(?:now\s+|already\s+)?$|:\s*$",
    re.IGNORECASE,
)


_MODAL = re.compile(r"\b(?:could|may|might|would|will|expected to|feared to|likely to)\b", re.IGNORECASE)
_COUNT_REACH = 160
"""Characters after "the death toll" in which the figure it reached may stand."""


def stated_totals(sentence: Sentence) -> Iterator[Harm]:
    """Figures that a toll or a number of dead is said to have reached ("raising the death toll to 21")."""
    for match in _COUNT_OF.finditer(sentence.text):
        measure: Measure = match.lastgroup  # type: ignore[assignment]
        for quantity in sentence.quantities:
            if not match.end() <= quantity.start <= match.end() + _COUNT_REACH:
                continue
            between = sentence.text[match.end() : quantity.start]
            if ";" in between or not _REACHES.search(between + ("" if between.endswith(" ") else " ")):
                continue
            if re.search(r"\bfrom\s+$", between, re.IGNORECASE):
                continue
            span = sentence.doc.char_span(quantity.number_start, quantity.number_end, alignment_mode="expand")
            trigger = sentence.doc.char_span(match.start(), match.end(), alignment_mode="expand")
            if span is None or trigger is None:
                continue
            people = Victims(
                span[-1],
                quantity.start,
                quantity.end,
                quantity.comparator,
                quantity.figure,
                False,
                False,
                False,
                (),
                "unknown",
            )
            polarity: Polarity = "hypothetical" if _MODAL.search(between) else polarity_of(trigger[-1], span[-1])
            yield Harm(trigger[-1], measure, people, polarity)
            break
