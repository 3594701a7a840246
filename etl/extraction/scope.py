"""How a figure relates to the event of its report: the event's own, a part, a running total, or an older event's."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Token

from etl.extraction.candidates import may_hold_claim
from etl.extraction.lexicons import any_phrase, rows
from etl.records import Certainty, Measure, Scope

_SUBSET_BEFORE = re.compile(any_phrase("scope.part_of_others") + r"\s+(?:at least\s+)?$", re.IGNORECASE)
_OF_THE_HURT = re.compile(r"\s*(?:\w+\s+){0,2}?of (?:the )?(?:wounded|injured)\b", re.IGNORECASE)
_SUBSET_AFTER = re.compile(
    r"\s*(?:\w+\s+){0,3}?(?:of (?:whom|the (?:dead|wounded|injured|killed|deceased|casualties|detained|fatalities))\b)",
    re.IGNORECASE,
)


_IS_AMONG = re.compile(r"[^.;]{0,60}?\b(?:was|were|is|are) (?:also )?among (?:the|those|them)\b", re.IGNORECASE)
"""Behind a number: those it counts are some of more ("two clerks were among the dead")."""
_WHO_ARE = re.compile(r"\bwith (?:at least |about )?$", re.IGNORECASE)
_BEING = re.compile(r"[\w-]+ (?:of (?:them|whom) )?being\b", re.IGNORECASE)
"""Such as "ten people were killed, with three being clerks"."""
_OF_CASES = re.compile(
    r"\b(?:cases|infections|patients|casualties|accidents|crashes),? (?:including|with)\s+$", re.IGNORECASE
)
"""What a number of dead is a part of without others of them being dead ("18 cases including five deaths")."""
_OF_THEM_BADLY = re.compile(
    r"\s*(?:of (?:them|whom) )?(?:badly|critically|gravely|lightly|seriously|severely|slightly)\s*(?:[.,;]|$)",
    re.IGNORECASE,
)
"""Behind a number that itself follows a comma: "injured five, two badly"."""
_SUPERSEDED = re.compile(r"\b" + any_phrase("scope.superseded") + r"\b,?[^.;,\d]{0,50}$", re.IGNORECASE)


_WITHDRAWN = re.compile(r"\b" + any_phrase("scope.withdrawn") + r"\b[^.;,\d]{0,50}$", re.IGNORECASE)
_NOT_SO = re.compile(r"\b" + any_phrase("scope.not_so") + r"\b", re.IGNORECASE)


_FIRST_SAID = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:had|was|were|have)\s+(?:at first|initially|originally|earlier|previously)\b", re.IGNORECASE
)


_ONE_PERSON = re.compile(r"an? (?!total\b|number\b)", re.IGNORECASE)
"""A person with an indefinite article is no running total, whatever else happened since."""


_AMID = re.compile(
    r"\W*(?:after|amid|amidst|at the end of|despite|following) (?:an?|the|this) (?:[\w-]+ ){0,2}?"
    r"(?:rash|series|spate|spike|string|succession|surge|wave) of\b[^,;]{0,120},",
    re.IGNORECASE,
)
"""What a sentence opens with before its own event: "Amid a wave of bombings in recent weeks, a car bomb ..."."""


_RUNNING_TOLL = re.compile(r"\b" + any_phrase("scope.running_toll") + r"\b[^.;]{0,90}$", re.IGNORECASE)
"""A toll of more than one event ("taking the season's toll to 18")."""


@lru_cache(maxsize=1)
def _markers() -> tuple[tuple[re.Pattern[str], Scope], ...]:
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["scope"]) for row in rows("scope_markers.csv"))  # type: ignore[misc]


def is_superseded(sentence: str, start: int) -> bool:
    """Whether the figure at START of SENTENCE is called an early one ("initial reports were of ten dead")."""
    return _SUPERSEDED.search(sentence, max(0, start - 90), start) is not None


def is_of_a_running_toll(sentence: str, start: int) -> bool:
    """Whether the figure at START of SENTENCE is that of a toll of many events ("taking the season's toll to 18")."""
    return _RUNNING_TOLL.search(sentence, max(0, start - 120), start) is not None


def is_taken_back(sentence: str, start: int) -> bool:
    """Whether SENTENCE takes the figure at START back or says that it was never so ("withdrew its statement that")."""
    return _WITHDRAWN.search(sentence, max(0, start - 90), start) is not None or (
        is_superseded(sentence, start) and _NOT_SO.search(sentence, start) is not None
    )


def scope_of(sentence: str, start: int, end: int, measure: Measure, own: str, year: int | None = None) -> Scope:
    """Scope of MEASURE's figure at START..END of SENTENCE, from the words around it.

    OWN is the sentence with other clauses blanked, where a running total or another time is looked for. One of the
    wounded who dies is no part of the wounded but a death of its own. YEAR is the report's; events of it are its own.
    """
    if measure == "killed" and _OF_THE_HURT.match(sentence, end, min(len(sentence), end + 40)):
        return "incident"
    if measure == "killed" and _OF_CASES.search(sentence, max(0, start - 80), start):
        return "incident"
    if _SUBSET_BEFORE.search(sentence, max(0, start - 80), start) or _SUBSET_AFTER.match(
        sentence, end, min(len(sentence), end + 40)
    ):
        return "subset"
    if _IS_AMONG.match(sentence, end, min(len(sentence), end + 100)):
        return "subset"
    if _WHO_ARE.search(sentence, max(0, start - 20), start) and _BEING.match(sentence, start):
        return "subset"
    if sentence[:start].rstrip().endswith(",") and _OF_THEM_BADLY.match(sentence, end, min(len(sentence), end + 30)):
        return "subset"
    if is_superseded(sentence, start) or is_taken_back(sentence, start):
        return "background"
    if _FIRST_SAID.match(sentence, end, min(len(sentence), end + 60)):
        return "background"
    if is_of_a_running_toll(sentence, start):
        return "cumulative"
    one = _ONE_PERSON.match(sentence, start) is not None
    amid = _AMID.match(own)
    if amid is not None and amid.end() <= start:
        own = " " * amid.end() + own[amid.end() :]
    for pattern, scope in _markers():
        found = pattern.search(own)
        if found is None or (one and scope == "cumulative"):
            continue
        if year is not None and scope == "background" and str(year) in found.group():
            # "The 2011 Norway attacks were ..." in a text of that year.
            continue
        if scope == "subset" and may_hold_claim(sentence[end : found.start()]):
            # "A guard who was hurt on Monday remained in hospital" tells of the hurt themselves.
            continue
        return scope
    return "incident"


_DISPUTED = re.compile(r"\b" + any_phrase("scope.disputed") + r"\b", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"\W*(?:that|this|the (?:figure|number|claim|report)s?|it|neither|those figures)\b[^.]{0,40}"
    r"\b(?:could|can)(?: ?not)? be (?:independently )?(?:confirmed|verified|checked)"
    r"|\W*(?:it|he|she|they|the (?:[\w-]+ ){1,3})\s?(?:did not|didn['’]t|gave no|cited no|named no)"
    r" ?(?:cite|give|name|quote)? ?(?:an? |any |its |the )?sources?\b",
    re.IGNORECASE,
)
_CONFIRMED = re.compile(r"\b(?:confirm\w*|official(?:ly)? (?:toll|count|figure)|identified)\b", re.IGNORECASE)


def is_only_claimed(trigger: Token) -> bool:
    """Whether one side claims the harm of TRIGGER ("the rebels claimed to have killed nine soldiers")."""
    return any(
        above.head.lemma_ == "claim" and above.dep_ in {"ccomp", "xcomp"} for above in [trigger, *trigger.ancestors]
    )


def certainty_of(sentence: str, following: str) -> Certainty:
    """How certain the report calls a figure of SENTENCE; FOLLOWING are the words right after it."""
    if _DISPUTED.search(sentence) or _TAKEN_BACK.match(following):
        return "disputed"
    return "confirmed" if _CONFIRMED.search(sentence) else "reported"
