"""People of whom a report tells once, however often it calls them, and what its words make of them.

They may be a toll that holds others, one who took his own life, or those who attacked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.extraction.lexicons import any_phrase
from etl.incidents.died_later import ONESELF
from etl.incidents.same_people import ATTACKERS, People, is_related
from etl.records import Claim

TOTAL = re.compile(r"\b" + any_phrase("report_toll.total") + r"\b", re.IGNORECASE)
"""Words of a toll that holds all ("bringing the number of dead to")."""
OWN_HAND = re.compile(r"\b" + any_phrase("report_toll.own_hand") + r"\b", re.IGNORECASE)
"""Words for taking one's own life."""
_NTH = re.compile(r"(?:an?|its|his|her|their) \d+(?:st|nd|rd|th) \w+", re.IGNORECASE)
"""The last of so many ("claimed a 21st life")."""
_MURDER_SUICIDE = re.compile(r"\bmurder[- –—]+suicide\b", re.IGNORECASE)
_THE_MAN = re.compile(
    r"\bthe (?:man|male|husband|father|boyfriend|woman|female|wife|mother|girlfriend)\b", re.IGNORECASE
)
_WITH_WHO_DID_IT = re.compile(
    r"\bincluding (?:the |a |an |his |her )?(?:\w+ )?" + any_phrase("same_people.attackers") + r"\b", re.IGNORECASE
)
"""A figure that holds the attacker ("three dead, including the gunman")."""
_DOER = re.compile(r"\b(he|she) (?:\w+ly )?\w+ $", re.IGNORECASE)
_EXECUTED = re.compile(r"\b(?:executed|hanged|sentenced|electrocuted|put to death)\b", re.IGNORECASE)


@dataclass(slots=True)
class Group:
    """People told of once: their claim, what they are called, and how many of them the report has told one by one."""

    claim: Claim
    people: People
    apart: bool
    of_wounds: bool = False
    parts: int = 0
    named: int = 0
    by_own_hand: str = ""
    headline: bool = False
    told_again: int = -1
    """Where the sentence begins that told of them last."""

    @property
    def value(self) -> int:
        """How many they are."""
        return self.people.value

    @property
    def words(self) -> frozenset[str]:
        """Stems of the nouns they are called by."""
        return self.people.words


def words_before(claim: Claim) -> str:
    """The words of CLAIM's sentence before its figure, on one line."""
    return claim.quote[: max(0, claim.figure_start - claim.span_start)].replace("\n", " ")


_BESIDE_ITS_NAME = re.compile(r"\s*,\s*(?:\d{1,3}\s*,\s*)?")


def explains_name(known: Group, new: Group) -> bool:
    """Whether NEW only says what KNOWN, named right before, is ("Ana Ruiz, 40, the candidate who was shot")."""
    if not (known.value == new.value == 1 and known.people.names and new.people.definite and not new.people.names):
        return False
    first, second = known.claim, new.claim
    if first.span_start != second.span_start or first.figure_end > second.figure_start:
        return False
    at = first.span_start
    return _BESIDE_ITS_NAME.fullmatch(second.quote, first.figure_end - at, second.figure_start - at) is not None


_OTHERS = re.compile(r"[\w-]+ others", re.IGNORECASE)
_OTHER_ONES = re.compile(r"[\w-]+ other [a-z]", re.IGNORECASE)


def are_others_again(known: Group, new: Group) -> bool:
    """Whether NEW only says who the bare *others* of KNOWN are ("hurting two others ... two other nurses")."""
    return (
        known.value == new.value > 1
        and known.claim.span_start < new.claim.span_start
        and _OTHERS.fullmatch(known.claim.victims or "") is not None
        and _OTHER_ONES.match(new.claim.victims or "") is not None
    )


def is_total(group: Group) -> bool:
    """Whether the report states GROUP's figure as the toll so far, which holds those who died last."""
    return (
        TOTAL.search(words_before(group.claim)[-160:]) is not None or _NTH.fullmatch(group.claim.quantity) is not None
    )


def is_oneself(group: Group) -> bool:
    """Whether GROUP is one who killed or hurt himself."""
    return group.claim.quantity.lower() in ONESELF


def died_by_another(group: Group) -> bool:
    """Whether GROUP are people of their own, told of without the one who then took his own life."""
    alone = group.value == 1 or not group.people.general
    return alone and group.people.role != "attacker" and not OWN_HAND.search(group.claim.quote)


def takes_own_life(new: Group, known: list[Group]) -> bool:
    """Whether NEW, who did it himself, is not among KNOWN yet."""
    oneself = new.claim.quantity.lower()
    if any(oneself in {*group.claim.quantity.lower().split(), group.by_own_hand} for group in known):
        return False
    before = words_before(new.claim).lower()
    if _THE_MAN.search(before) and any(group.people.couple for group in known):
        # "found a man and a woman dead. ... the man shot her and then himself"
        return False
    if any(group.value == 1 and any(word in before for name in group.people.names for word in name) for group in known):
        return False
    if any(_is_who_did_it(group, new) for group in known):
        return False
    return not any(
        group.value > 1 and (_MURDER_SUICIDE.search(group.claim.quote) or _WITH_WHO_DID_IT.search(group.claim.quote))
        for group in known
    )


def _is_who_did_it(known: Group, new: Group) -> bool:
    """Whether KNOWN is the one whom NEW, *himself*, points back at: "a boy died after he shot himself"."""
    doer = _DOER.search(words_before(new.claim))
    if doer is None or known.value != 1 or known.claim.span_start != new.claim.span_start or is_related(known.claim):
        return False
    return known.people.sex in {None, "male" if doer.group(1).lower() == "he" else "female"}


def is_attacker(group: Group) -> bool:
    """Whether GROUP are called by a word for those who attacked."""
    return group.claim.victim_category == "perpetrator" or bool(group.words & ATTACKERS)


def is_dead_attacker(new: Group) -> bool:
    """Whether NEW is one of those who attacked and died at it ("the gunman was shot dead by guards")."""
    fell = new.value == 1 and new.claim.measure == "killed" and is_attacker(new)
    return fell and _EXECUTED.search(new.claim.quote) is None
