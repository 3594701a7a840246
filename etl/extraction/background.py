"""Older events told for context: harm hung on *after*, *since*, *in revenge for*, or in a clause with a year of its own.

"In retaliation for the killing of a judge", "two hours after a bomb killed ten", "an officer killed in 1983": the report
tells of another event there, whose dead are not its own.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

_RETALIATION = frozenset(
    "retaliation revenge response reprisal retribution vengeance tribute memory honor honour connection relation similar trial revenge".split()
)
_EVENTS = frozenset(
    "attack bombing blast explosion attacks incident shooting clash raid massacre assault strike operation ambush riot murder killing assassination campaign series wave revolt uprising unrest protest disaster earthquake quake crash accident violence war flood fire tsunami riot rioting revolution coup".split()
)
_CAUSED = re.compile(
    r"\b(?:retaliat\w+|revenge|reprisals?|retribution|vengeance|aveng\w+|sparked by|triggered by|provoked by|prompted by|in response to|in protest (?:of|at|against|over)|protesting|anniversary of|in (?:memory|honou?r) of|commemorat\w+|(?:days?|hours?|weeks?|months?|years?) (?:after|since|following) (?:the|an?) (?:\w+ )?(?:death|killing|assassination|murder)|previous(?:ly)?|earlier in the (?:day|week|month|year))\b[^.;]*$",
    re.IGNORECASE,
)
_TIMES = frozenset("hour day week month year minute decade".split())
_YEAR = re.compile(r"\b(?:in|since|of|during|from|until|between)\s+(?:\w+\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)


def _after_noun(preposition: Token) -> bool:
    """Whether PREPOSITION (after, following, since) sets what it governs before the event told."""
    if preposition.lower_ in {"following", "since"}:
        return True
    return preposition.lower_ == "after" and any(
        child.lemma_ in _TIMES
        for child in preposition.children
        if child.dep_ in {"npadvmod", "advmod", "pobj"} and child.i < preposition.i
    )


def is_background(trigger: Token, people: Token, year: int | None) -> bool:
    """Whether the harm of TRIGGER to PEOPLE belongs to an older event than the one the sentence tells.

    YEAR is the report's; a clause with an earlier year of its own is background, None leaves years out.
    """
    if year is not None and _other_year(trigger, year):
        return True
    if _CAUSED.search(trigger.doc.text[: trigger.idx]):
        return True
    token = trigger
    for _ in range(8):
        head = token.head
        if token.dep_ == "advcl" and any(
            child.dep_ == "mark" and child.lower_ == "after" and any(c.lemma_ in _TIMES for c in child.children)
            for child in token.children
        ):
            return True
        if token.dep_ == "advcl" and any(child.lower_ == "since" and child.dep_ == "mark" for child in token.children):
            return True
        if token.pos_ == "ADP" and _after_noun(token) and trigger.pos_ == "NOUN":
            return True
        if token.pos_ == "ADP" and token.lower_ in {"for", "to", "of"} and head.lemma_.lower() in _RETALIATION:
            return True
        if (
            token.dep_ == "relcl"
            and head.lemma_.lower() in _EVENTS
            and head.dep_ == "pobj"
            and head.head.lower_ in {"after", "following", "since", "like", "to", "for"}
        ):
            return True
        if head is token:
            return False
        token = head
    return False


def _other_year(trigger: Token, year: int) -> bool:
    clause = trigger
    while clause.dep_ not in {"ROOT", "relcl", "acl", "advcl", "ccomp", "parataxis"} and not (
        clause.dep_ == "conj" and clause.pos_ == "VERB"
    ):
        clause = clause.head
    words = clause.doc[clause.left_edge.i : clause.right_edge.i + 1].text
    return any(int(match.group(1)) < year for match in _YEAR.finditer(words))
