"""Everyone, and who that was: "killing everyone aboard: two pilots and four medics"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.extraction.harm.words import Harm, roles
from etl.extraction.people import victims
from etl.extraction.people.coordination import noun_phrase_at
from etl.extraction.people.sentence import Sentence
from etl.extraction.polarity import polarity_of

_EVERYONE = re.compile(
    r"\b(?:(?P<before>kill(?:ed|ing|s)|injur(?:ed|ing)|wound(?:ed|ing))\s+)?(?:all|everyone|everybody)(?:\s+of\s+those)?"
    r"(?:\s+(?:aboard|on\s+board|inside|in\s+the\s+\w+|on\s+the\s+\w+))?"
    r"(?:\s+(?:was|were)?\s?(?P<behind>died|perished|killed|injured))?\s?(?::|--|[–—])\s+",
    re.IGNORECASE,
)
_LIST = 40
"""Words behind the colon in which the list of everyone ends."""


def everyone(sentence: Sentence, harms: list[Harm]) -> Iterator[Harm]:
    """Harms of SENTENCE that befell everyone, counted by the list behind a colon, where HARMS have none of it."""
    for match in _EVERYONE.finditer(sentence.text):
        group = "before" if match["before"] else "behind"
        word = sentence.doc.char_span(*match.span(group), alignment_mode="expand") if match[group] else None
        first = sentence.doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")
        if word is None or first is None or not first:
            continue
        role = roles().get((word[0].lemma_.lower(), "verb"))
        stop = min(len(sentence.doc), first[0].i + _LIST)
        phrase = noun_phrase_at(sentence, first[0].i, stop)
        people = victims.read(sentence, phrase.head, word[0], alive=True) if phrase is not None else None
        if role is None or people is None or people.figure is None:
            continue
        if not any(
            harm.measure == role[0] and harm.victims.figure and harm.victims.start >= match.end() for harm in harms
        ):
            yield Harm(word[0], role[0], people, polarity_of(word[0], word[0]))
