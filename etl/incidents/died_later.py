"""The hurt who died later: they count among the dead alone, and as dead beside those who died at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from etl.extraction.lexicons import word_set
from etl.incidents.same_people import People, clash, is_pronoun, people_of, share_a_name, value_of
from etl.records import Claim

Count = Callable[[Sequence[Claim]], list[Claim]]
"""Gives those claims of one measure whose figures add up."""

ONESELF = frozenset({"himself", "herself"})
"""Words for one who did it himself."""
OF_THE_HURT = re.compile(r"\bof the (?:[\w-]+ )?(?:wounded|injured)\b", re.IGNORECASE)
"""Words for some of the hurt ("two of the wounded")."""

_NOT_HE = re.compile(r"\b(?:others?|another|second|third|fourth|additional)\b", re.IGNORECASE)
_FURTHER = re.compile(r"\b(?:\w+ more|others?|another)\b", re.IGNORECASE)
"""Words that set the hurt apart from the dead told before ("five more firefighters suffered burns")."""
_DIED = re.compile(r"\b(?:died|dies|dead|deceased|succumb\w*|death|bled|fatal\w*|killed|bod(?:y|ies))\b", re.IGNORECASE)
_SHOT = re.compile(
    r"\b(?:shot|gunshot|gunfire|bullet|shoot\w*|stabb\w*|beat\w*|burn\w*|batter\w*"
    r"|struck in the (?:\w+ )?(?:head|face|neck|chest|torso|back|abdomen|stomach))\b",
    re.IGNORECASE,
)
_HURT = re.compile(
    r"\b(?:wound(?:ed|ing)|injured|injuring|hurt|surviv\w*|escap\w*|non-life|stable|critical)\b", re.IGNORECASE
)
_OF_WOUNDS = re.compile(
    r"[^.;]{0,60}?\b(?:later (?:died|succumbed)|(?:died|dies|dying|succumbed) (?:\w+ ){0,4}?"
    r"(?:later|of|from|to|in (?:the |a )?hospital|in surgery|on the way))\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\b(?:immediately|instantly|outright|on the spot|at the scene|on the scene|at once)\b", re.IGNORECASE
)
_REACH_OF_HE = 400
"""Characters over which "he" still means the one told of before."""
_OF_THEM = re.compile(r"(?:^|.*\b)of (?:them|whom)\b")
_BARE_NUMBER = re.compile(r"one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}")
_SOME = rf"(?:{_BARE_NUMBER.pattern}) (?!others?\b|more\b)[a-z]+"
_COUNTED = re.compile(rf"{_SOME}(?: and {_SOME})?")
_FATALLY = re.compile(r"\s+(?:fatally|mortally)\b", re.IGNORECASE)
_DIED_LATER = re.compile(r"\s+(?:\w+ ){0,2}?(?:died|succumbed)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"a (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b")
_ONE_OF_TWO = re.compile(r"the (?:first|second|third|other|older|younger)\b", re.IGNORECASE)
_HOW = re.compile(r"\b(?:after|as|because|when) $", re.IGNORECASE)
_SPOUSES = word_set("died_later.spouses")
_COUPLE = word_set("died_later.couple")
_AT_THE_HOSPITAL = re.compile(r"\b(?:hospital|clinic|on the way|later|wounds|injuries|ambulance)\b", re.IGNORECASE)


def _is_part_of_the_hurt(hurt: Claim, dead: Claim, claims: Sequence[Claim]) -> bool:
    """Whether DEAD, told as a part ("one of them", "two died"), is one of HURT, which CLAIMS tell right before it."""
    words = (dead.victims or "").lower()
    before = [claim for claim in claims if claim.figure_start < dead.figure_start and claim is not dead]
    if not before or max(before, key=lambda c: c.figure_start) is not hurt or value_of(dead) > value_of(hurt):
        return False
    after = dead.quote[max(0, dead.figure_end - dead.span_start) :]
    if _OF_THEM.search(words) or _OF_THEM.match(after.lstrip().lower()) or _FATALLY.match(after):
        return True
    apart = dead.span_start != hurt.span_start or ";" in dead.quote[: max(0, dead.figure_start - dead.span_start)]
    if apart and _BARE_NUMBER.fullmatch(words) and _DIED_LATER.match(after):
        return True
    only_shot = people_of(hurt).general and _SHOT.search(hurt.quote) and not _HURT.search(hurt.quote)
    fewer = _COUNTED.fullmatch(words) is not None and value_of(dead) < value_of(hurt)
    if apart and only_shot and fewer and _DIED_LATER.match(after):
        # "Four people were shot outside a bar. One woman and one man died."
        return True
    return _ORDINAL.match(words) is not None and _AT_THE_HOSPITAL.search(dead.quote) is not None


def less_the_dead(injured: list[Claim], killed: list[Claim], count: Count) -> tuple[list[Claim], int]:
    """INJURED without those who are among KILLED, and how many of a larger injured figure died later.

    COUNT tells which claims of the dead add up.
    """
    kept: list[Claim] = []
    died = 0
    unnamed = _dead_without_names(injured, killed, count)
    for hurt in injured:
        later = [
            dead
            for dead in killed
            if _same_people_died(hurt, dead) or _is_part_of_the_hurt(hurt, dead, [*injured, *killed])
        ]
        if _NOT_HE.search(hurt.victims or "") and any(_is_the_other(hurt, dead) for dead in killed):
            later = [dead for dead in later if not _is_plain_reference(dead)]
        people = people_of(hurt)
        if any(len(name) > 1 for name in people.names) and unnamed <= 0:
            # All the dead are known by now: who is named only here is none of them.
            later = [dead for dead in later if share_a_name(people, people_of(dead))]
        later = [dead for dead in later if not _is_of_another(hurt, dead, killed) and not _are_those_dead(dead, killed)]
        if any(value_of(dead) >= value_of(hurt) for dead in later) or _all_died(hurt, later, count):
            unnamed -= 1
            continue
        died += min(value_of(hurt), sum(value_of(dead) for dead in count(later)))
        kept.append(hurt)
    return kept, died


def _dead_without_names(injured: list[Claim], killed: list[Claim], count: Count) -> int:
    """How many of KILLED, where they are several, have no name of their own that none of INJURED bears."""
    hurt = [people_of(claim) for claim in injured]
    named: list[People] = []
    for people in (people_of(claim) for claim in killed):
        if people.names and people.value == 1 and not any(share_a_name(people, other) for other in [*hurt, *named]):
            named.append(people)
    dead = sum(value_of(claim) for claim in count(killed))
    return dead - len(named) if dead > 1 else len(injured)


def _is_of_another(hurt: Claim, dead: Claim, killed: list[Claim]) -> bool:
    """Whether DEAD tells again of one whom HURT's own sentence sets beside HURT ("a man ... killed a robber")."""
    if dead.span_start == hurt.span_start:
        return False
    words = people_of(dead).words
    return any(
        other.span_start == hurt.span_start
        and not is_pronoun(other)
        and not people_of(other).words & people_of(hurt).words
        and bool(people_of(other).words & words)
        for other in killed
    )


def _are_those_dead(dead: Claim, killed: list[Claim]) -> bool:
    """Whether DEAD only comes back to several who were told of as dead before ("two were killed ... the two were")."""
    people = people_of(dead)
    return (
        people.definite
        and people.value > 1
        and OF_THE_HURT.search(dead.victims or "") is None
        and any(value_of(other) == people.value and other.span_end <= dead.span_start for other in killed)
    )


def _all_died(hurt: Claim, later: list[Claim], count: Count) -> bool:
    """Whether LATER, told one by one, are all of the several people of HURT ("a man and a woman ... the man died")."""
    return value_of(hurt) > 1 and sum(value_of(dead) for dead in count(later)) >= value_of(hurt)


def _is_the_other(hurt: Claim, dead: Claim) -> bool:
    """Whether HURT is "a second" beside the one of DEAD in the same sentence."""
    return dead.span_start == hurt.span_start and dead.figure_start < hurt.figure_start and value_of(dead) == 1


def _is_plain_reference(dead: Claim) -> bool:
    """Whether DEAD only points back at somebody told of as dead ("the victim", "he")."""
    people = people_of(dead)
    return people.definite and not people.names and not _NOT_HE.search(dead.victims or "")


def _same_people_died(hurt: Claim, dead: Claim) -> bool:
    """Whether DEAD tells of the death of the people of HURT, or of some of them."""
    first, second = people_of(hurt), people_of(dead)
    if set(hurt.victim_names) & set(dead.victim_names):
        return True
    only_shot = bool(_SHOT.search(hurt.quote)) and not _HURT.search(hurt.quote)
    shared = first.words & second.words or _are_a_couple(first, second)
    if first.value == 1 == second.value:
        if clash(first, second) or (_NOT_HE.search(hurt.victims or "") and dead.figure_start < hurt.figure_start):
            return False
        if dead.span_start != hurt.span_start and (only_shot or bool(first.names and second.names)):
            return True
    if OF_THE_HURT.search(dead.victims or "") and second.value <= first.value:
        return True
    if dead.figure_start < hurt.figure_start:
        if dead.span_start == hurt.span_start and first.value == second.value and _is_how_it_came(hurt):
            return True
        both = (hurt.victims or "").lower().startswith("both")
        known = first.definite or both or bool(hurt.victim_names) or bool(shared)
        further = _FURTHER.search(hurt.victims or "") is not None
        return only_shot and known and not further and first.value <= second.value
    if (
        is_pronoun(dead)
        and first.value == second.value
        and dead.quantity.lower() not in ONESELF
        and not _NOT_HE.search(hurt.victims or "")
        and _DIED.search(dead.quote)
    ):
        return True
    referring = second.definite or (dead.victims or "").lower().startswith(("one of", "two of"))
    part = only_shot and second.definite and second.value < first.value and dead.quantity.lower() not in ONESELF
    if dead.span_start == hurt.span_start and part:
        return True
    if dead.span_start == hurt.span_start:
        return first.value == second.value and is_pronoun(dead)
    return (
        referring
        and bool(_DIED.search(dead.quote))
        and (
            bool(shared)
            or _is_he(hurt, dead)
            or (second.general and second.value <= first.value)
            or (first.general and second.value < first.value and _ONE_OF_TWO.match(dead.victims or "") is not None)
        )
        and (only_shot or second.value <= first.value)
    )


def _is_how_it_came(hurt: Claim) -> bool:
    """Whether HURT only says of somebody told of before how it came ("a guard died after he was shot")."""
    return is_pronoun(hurt) and _HOW.search(hurt.quote, 0, max(0, hurt.figure_start - hurt.span_start)) is not None


def _are_a_couple(one: People, couple: People) -> bool:
    """Whether ONE is called the husband or wife and COUPLE the two of them."""
    return one.value == 1 and couple.value > 1 and bool(one.words & _SPOUSES) and bool(couple.words & _COUPLE)


def _is_he(hurt: Claim, dead: Claim) -> bool:
    """Whether DEAD is the "he" who was the one hurt of HURT."""
    if dead.span_start - hurt.span_end > _REACH_OF_HE:
        return False
    one = value_of(hurt) == 1 == value_of(dead) and is_pronoun(dead) and dead.quantity.lower() not in ONESELF
    return one and not _NOT_HE.search(hurt.victims or "")


def is_one_of_the_hurt(dead: Claim, others: Sequence[Claim]) -> bool:
    """Whether DEAD are some of those whose hurt the same sentence tells before ("three ..., one of whom died")."""
    if dead.measure != "killed" or _OF_THEM.search((dead.victims or "").lower()) is None:
        return False
    before = [c for c in others if c.span_start == dead.span_start and c.figure_start < dead.figure_start]
    return any(c.measure == "injured" and value_of(c) > value_of(dead) for c in before[-1:])


def died_of_wounds(dead: Claim, claims: Sequence[Claim]) -> bool:
    """Whether DEAD died of wounds that the claim before it, of the hurt, tells of."""
    if dead.measure != "killed":
        return False
    before = max((c for c in claims if c.figure_start < dead.figure_start), key=lambda c: c.figure_start, default=None)
    if before is None or (before.measure == "injured" and value_of(before) < value_of(dead)):
        return False
    if before.measure != "injured" and (before.span_start == dead.span_start or not _AT_ONCE.search(before.quote)):
        return False
    return _OF_WOUNDS.search(dead.quote, max(0, dead.figure_end - dead.span_start)) is not None
