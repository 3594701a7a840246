"""One report's toll for one event: which of its claims add up, which restate others, which are parts.

Reports tell the same dead several times: in the headline, by number, then by name. A claim adds to the toll when its
words set it apart (*others*, *another*, *also*, another kind of people), restates where number, name or noun come
again, and replaces when it is a larger figure for people in general ("in all, nine people died").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.extraction.lexicons import any_phrase
from etl.incidents.same_people import (
    People,
    are_two,
    clash,
    is_pronoun,
    is_related,
    on_two_sides,
    people_of,
    share_a_name,
    value_of,
)
from etl.records import Claim, Figure, Measure

_APART = re.compile(
    r"\b(?:(?<!the )others?|another|more|additional|also|further|too|(?<!the )second|separate(?:ly)?|as well(?! as))\b",
    re.IGNORECASE,
)
_NOT_HE = re.compile(r"\b(?:others?|another|second|third|fourth|additional)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b" + any_phrase("report_toll.total") + r"\b", re.IGNORECASE)
_PART_OF_THEM = re.compile(r"\bof (?:them|the victims|those)\b", re.IGNORECASE)
_PARTISAN = re.compile(r"\b" + any_phrase("report_toll.partisan") + r"\b", re.IGNORECASE)
"""Sources whose figure gives way where the same report has another."""
_ALSO = re.compile(r"\b(?:was|were|been) (also|later|separately)\b", re.IGNORECASE)
_ALSO_DID = re.compile(r"\balso (?:\w+ly )?(?:\w+ and )?\w+ (?:an? )?$", re.IGNORECASE)
"""What somebody did besides, right before those it befell ("the officer also accidentally shot and killed a cook")."""
_BODY = re.compile(r"\b(?:body|bodies|corpses?|remains|cadavers?)\b", re.IGNORECASE)
_DIED = re.compile(r"\b(?:died|dies|dead|succumb\w*|death|bled|fatal\w*|killed)\b", re.IGNORECASE)
_SHOT = re.compile(r"\b(?:shot|gunshot|gunfire|bullet|shoot\w*|stabb\w*|beat\w*|burn\w*|batter\w*)\b", re.IGNORECASE)
_HURT = re.compile(r"\b(?:wound(?:ed|ing)|injured|injuring|hurt|surviv\w*|non-life|stable|critical)\b", re.IGNORECASE)
_OF_THE_HURT = re.compile(r"\bof the (?:[\w-]+ )?(?:wounded|injured)\b", re.IGNORECASE)
_MURDER_SUICIDE = re.compile(r"\bmurder[- –—]+suicide\b", re.IGNORECASE)
_HEADLINE = 150
"""Characters of a report in which its headline begins."""
_STOPS = (".", "!", "?", '."', ".”", ".'", ".)", "!”", "?”")
_OWN_HAND = re.compile(r"\b" + any_phrase("report_toll.own_hand") + r"\b", re.IGNORECASE)
_THE_MAN = re.compile(
    r"\bthe (?:man|male|husband|father|boyfriend|woman|female|wife|mother|girlfriend)\b", re.IGNORECASE
)
_REACH_OF_HE = 400
"""Characters over which "he" still means the one told of before."""
_ONESELF = frozenset({"himself", "herself"})
_OF_THEM = re.compile(r"(?:^|.*\b)of (?:them|whom)\b")
_BARE_NUMBER = re.compile(r"one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}")
_FATALLY = re.compile(r"\s+(?:fatally|mortally)\b", re.IGNORECASE)
_DIED_LATER = re.compile(r"\s+(?:\w+ ){0,2}?(?:died|succumbed)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"a (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b")
_AT_THE_HOSPITAL = re.compile(r"\b(?:hospital|clinic|on the way|later|wounds|injuries|ambulance)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Group:
    """People told of once: their claim, what they are called, and how many of them the report has told one by one."""

    claim: Claim
    people: People
    apart: bool
    parts: int = 0
    by_own_hand: str = ""
    headline: bool = False

    @property
    def value(self) -> int:
        return self.people.value

    @property
    def words(self) -> frozenset[str]:
        return self.people.words


def counted(claims: Sequence[Claim], others: Sequence[Claim] = ()) -> list[Claim]:
    """The claims of one measure and event whose figures add up to the report's toll, in the order of the text.

    CLAIMS are asserted and of scope ``incident``; OTHERS are those of other measures, beside whom "three others" may
    be set apart.
    """
    groups: list[_Group] = []
    undisputed = [c for c in claims if c.certainty != "disputed" and not _PARTISAN.search(c.attribution or "")]
    part_of: _Group | None = None
    in_order = sorted(undisputed or claims, key=lambda c: (c.figure_start, -c.figure_end))
    for claim in in_order:
        apart = _set_apart(claim) and not _apart_from_others(claim, others)
        new = _Group(claim, people_of(claim), apart, headline=_is_headline(claim))
        if part_of is not None and apart and part_of in groups and part_of.parts + new.value <= part_of.value:
            part_of.parts += new.value
            continue
        part_of = _take(groups, new)
    return [group.claim for group in _whole_alone(groups, in_order)]


def _whole_alone(groups: list[_Group], claims: list[Claim]) -> list[_Group]:
    """GROUPS, or the first of them, for people in general, where CLAIMS of later sentences tell its parts."""
    if len(groups) < 2 or not groups[0].people.general:
        return groups
    whole = groups[0]
    parts = [value_of(claim) for claim in claims if claim.span_start > whole.claim.span_start]
    return [whole] if len(parts) > 1 and sum(parts) == whole.value else groups


def _take(groups: list[_Group], new: _Group) -> _Group | None:
    """Add NEW to GROUPS, replace them by it, or leave it out as told before; the group of whom NEW is a part."""
    if groups and (new.value == 0 or new.claim.comparator == "none"):
        return None
    known = [group for group in groups if group.value > 0]
    if not known or _is_firmer(new, known) or _opens_the_body(new, known) or _replaces(new, known):
        groups[:] = [new]
    elif _adds(new, known):
        groups[:] = [*known, new]
    else:
        return _told_again(new, known)
    return None


def _told_again(new: _Group, known: list[_Group]) -> _Group | None:
    """Let the one of KNOWN who NEW is learn what NEW says of them; the group of which NEW is a part, if any."""
    if new.value == 1:
        singles = [g for g in known if g.value == 1 and not clash(g.people, new.people)]
        if singles:
            same = singles[0]
            same.people = same.people.with_what_is_told_of(new.people)
            same.by_own_hand = new.claim.quantity.lower() if _is_oneself(new) else same.by_own_hand
            return None
    elif new.people.names and (alike := [group for group in known if group.value == new.value]):
        alike[0].people = alike[0].people.with_what_is_told_of(new.people)
        return None
    whole = next((group for group in known if group.value > new.value), None)
    if whole is not None and not new.people.definite:
        whole.parts += new.value
        return whole
    return None


def _is_headline(claim: Claim) -> bool:
    """Whether CLAIM stands in the report's headline, which tells before what the body tells again."""
    return claim.span_start < _HEADLINE and not claim.quote.rstrip().endswith(_STOPS)


def _opens_the_body(new: _Group, known: list[_Group]) -> bool:
    """Whether NEW is the first of the body to tell of at least as many people as the headline, KNOWN, has."""
    return (
        not new.headline
        and all(group.headline for group in known)
        and new.value >= sum(group.value for group in known)
        and (new.claim.comparator == "exact" or any(group.claim.comparator != "exact" for group in known))
    )


def _is_firmer(new: _Group, known: list[_Group]) -> bool:
    """Whether NEW gives a number where only vague words stood."""
    return new.claim.comparator != "vague" and all(group.claim.comparator == "vague" for group in known)


def _before(claim: Claim) -> str:
    """The words of CLAIM's sentence before its figure."""
    return claim.quote[: max(0, claim.figure_start - claim.span_start)]


def _set_apart(claim: Claim) -> bool:
    """Whether CLAIM's words set its people apart from those told of: "three others", "was also killed"."""
    after = claim.quote[claim.figure_end - claim.span_start :]
    near = f"{_before(claim)[-30:]} {claim.victims or ''} {' '.join(_ALSO.findall(after[:80]))}"
    return _APART.search(near) is not None or _ALSO_DID.search(_before(claim)[-60:]) is not None


def _apart_from_others(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether CLAIM's people are set apart from OTHERS of its sentence alone: "killing two and wounding 3 others"."""
    return any(
        other.span_start == claim.span_start and other.figure_start < claim.figure_start and value_of(other) > 0
        for other in others
    )


def _replaces(new: _Group, known: list[_Group]) -> bool:
    """Whether NEW is the total of which KNOWN are parts or an earlier count."""
    total = sum(group.value for group in known)
    own = new.claim.quantity.lower().split()
    if new.value > total and all(_is_oneself(group) and group.claim.quantity.lower() in own for group in known):
        # "blew himself up, killing himself and six others"
        return True
    if new.value >= total and _is_total(new):
        return True
    if new.value <= total or new.apart or any(g.claim.span_start == new.claim.span_start for g in known):
        return False
    shared = any(group.words & new.words for group in known)
    return shared or new.people.general or _TOTAL.search(new.claim.quote) is not None


def _is_total(group: _Group) -> bool:
    """Whether the report states GROUP's figure as the toll so far, which holds those who died last."""
    return _TOTAL.search(_before(group.claim)[-160:]) is not None


def _is_oneself(group: _Group) -> bool:
    return group.claim.quantity.lower() in _ONESELF


def _takes_own_life(new: _Group, known: list[_Group]) -> bool:
    """Whether NEW, who did it himself, is not among KNOWN yet."""
    oneself = new.claim.quantity.lower()
    if any(oneself in {*group.claim.quantity.lower().split(), group.by_own_hand} for group in known):
        return False
    before = _before(new.claim).lower()
    if _THE_MAN.search(before) and any(group.people.couple for group in known):
        # "found a man and a woman dead. ... the man shot her and then himself"
        return False
    if any(group.value == 1 and any(word in before for name in group.people.names for word in name) for group in known):
        return False
    return not any(group.value > 1 and _MURDER_SUICIDE.search(group.claim.quote) for group in known)


def _died_by_another(group: _Group) -> bool:
    """Whether GROUP are people of their own, told of without the one who then took his own life."""
    alone = group.value == 1 or not group.people.general
    return alone and group.people.role != "attacker" and not _OWN_HAND.search(group.claim.quote)


def _are_named_parts(new: _Group, known: list[_Group]) -> bool:
    """Whether NEW only names some of a whole that was counted without names ("two women ... Ann Lee died")."""
    return (
        not new.apart
        and bool(new.people.names)
        and not any(word in (new.claim.victims or "") for word in new.people.words)
        and any(g.value > new.value and not g.people.names and g.parts + new.value <= g.value for g in known)
    )


def _adds(new: _Group, known: list[_Group]) -> bool:
    """Whether NEW tells of people whom KNOWN do not hold."""
    total = sum(group.value for group in known)
    definite = new.people.definite
    if new.claim.comparator == "vague" or (_PART_OF_THEM.search(new.claim.victims or "") and new.value < total):
        return False
    if _is_oneself(new):
        return _takes_own_life(new, known)
    if new.people.role == "attacker" and new.value == 1 and _OWN_HAND.search(new.claim.quote):
        return not new.headline and all(_died_by_another(group) for group in known)
    if new.people.names and any(share_a_name(group.people, new.people) for group in known):
        return False
    if _are_named_parts(new, known):
        return False
    if _OF_THE_HURT.search(new.claim.victims or "") and not any(_is_total(group) for group in known):
        # "two of the wounded later died"
        return True
    if definite and _BODY.search(new.claim.quantity) and new.value <= total:
        return False
    if set(new.claim.victim_names) & {name for group in known for name in group.claim.victim_names}:
        return False
    if new.value == 1 and _is_somebody_s(new) and all(group.value == 1 and _two(group, new) for group in known):
        return True
    if any(_is_total(group) for group in known) and not new.apart:
        return False
    if new.people.pronoun and any(
        group.value == 1 == new.value and not clash(group.people, new.people) for group in known
    ):
        return False
    if any(group.claim.span_start == new.claim.span_start for group in known):
        shared = any(group.words & new.words for group in known)
        return not (new.value == total and new.people.general) and not (definite and shared)
    return (new.apart and not definite) or _is_new_in_later_sentence(new, known, total)


def _is_new_in_later_sentence(new: _Group, known: list[_Group], total: int) -> bool:
    people = new.people
    shared = any(group.words & new.words for group in known)
    singles = [group for group in known if group.value == 1]
    if new.value == 1 and singles and not all(_two(group, new) for group in singles):
        return False
    if new.value == 1 and len(singles) == len(known) and all(_surely_two(g, new) for g in singles):
        return True
    same_number = any(g.value == new.value and (shared or people.general or g.people.general) for g in known)
    if new.value == total or same_number or shared or people.general or people.definite:
        return False
    return not (new.value < max(group.value for group in known) and any(group.people.general for group in known))


def _of_two_sexes(first: People, second: People) -> bool:
    """Whether two single people are called by nouns of two sexes ("the man died ... the woman died at a clinic")."""
    nouns = first.sex is not None and second.sex is not None and not (first.pronoun or second.pronoun)
    return nouns and first.sex != second.sex and not (first.names and second.names)


def _surely_two(known: _Group, new: _Group) -> bool:
    """Whether two single people are two, whatever else is told: on two sides of a crime, or hurt and named in full."""
    if on_two_sides(known.people, new.people) or _of_two_sexes(known.people, new.people):
        return True
    full = all(any(len(name) > 1 for name in one.people.names) for one in (known, new))
    return full and new.claim.measure == "injured" and clash(known.people, new.people)


def _is_somebody_s(new: _Group) -> bool:
    """Whether NEW is told by whose they are, apart from that one: "his driver was also killed", "one of her sons"."""
    return is_related(new.claim) and (new.apart or (new.claim.victims or "").lower().startswith("one of"))


def _two(known: _Group, new: _Group) -> bool:
    if known.people.names and new.people.names:
        return clash(known.people, new.people)
    if _is_somebody_s(new) and not new.words & known.words:
        return True
    return are_two(known.people, known.claim.victims or "", new.people, new.claim.victims or "")


def tolls(claims: Sequence[Claim]) -> dict[Measure, Figure]:
    """Toll of one event by one report, by measure, from its CLAIMS of scope ``incident`` that are asserted.

    Whoever was hurt and then died counts among the dead alone.
    """
    by_measure: dict[Measure, list[Claim]] = {}
    for claim in claims:
        if claim.scope == "incident" and claim.polarity == "asserted":
            by_measure.setdefault(claim.measure, []).append(claim)
    found: dict[Measure, Figure] = {}
    for measure, same in by_measure.items():
        adding = counted(same, [c for c in claims if c.measure != measure and c.scope == "incident"])
        if measure == "injured" and "killed" in by_measure:
            adding, died = _less_the_dead(adding, by_measure["killed"])
        else:
            died = 0
        if adding:
            found[measure] = _less(
                Figure(_sum([c.low for c in adding]), _sum([c.best for c in adding]), _sum([c.high for c in adding])),
                died,
            )
    return found


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
    return _ORDINAL.match(words) is not None and _AT_THE_HOSPITAL.search(dead.quote) is not None


def _less_the_dead(injured: list[Claim], killed: list[Claim]) -> tuple[list[Claim], int]:
    """INJURED without those who are among KILLED, and how many of a larger injured figure died later."""
    kept: list[Claim] = []
    died = 0
    unnamed = _dead_without_names(injured, killed)
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
        if any(value_of(dead) >= value_of(hurt) for dead in later) or _all_died(hurt, later):
            unnamed -= 1
            continue
        died += min(value_of(hurt), sum(value_of(dead) for dead in counted(later)))
        kept.append(hurt)
    return kept, died


def _dead_without_names(injured: list[Claim], killed: list[Claim]) -> int:
    """How many of KILLED, where they are several, have no name of their own that none of INJURED bears."""
    hurt = [people_of(claim) for claim in injured]
    named: list[People] = []
    for people in (people_of(claim) for claim in killed):
        if people.names and people.value == 1 and not any(share_a_name(people, other) for other in [*hurt, *named]):
            named.append(people)
    dead = sum(value_of(claim) for claim in counted(killed))
    return dead - len(named) if dead > 1 else len(injured)


def _all_died(hurt: Claim, later: list[Claim]) -> bool:
    """Whether LATER, told one by one, are all of the several people of HURT ("a man and a woman ... the man died")."""
    return value_of(hurt) > 1 and sum(value_of(dead) for dead in counted(later)) >= value_of(hurt)


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
    shared = first.words & second.words
    if first.value == 1 == second.value:
        if clash(first, second) or (_NOT_HE.search(hurt.victims or "") and dead.figure_start < hurt.figure_start):
            return False
        if dead.span_start != hurt.span_start and (only_shot or bool(first.names and second.names)):
            return True
    if _OF_THE_HURT.search(dead.victims or "") and second.value <= first.value:
        return True
    if dead.figure_start < hurt.figure_start:
        both = (hurt.victims or "").lower().startswith("both")
        known = first.definite or both or bool(hurt.victim_names) or bool(shared)
        return only_shot and known and first.value <= second.value
    if (
        is_pronoun(dead)
        and first.value == second.value
        and dead.quantity.lower() not in _ONESELF
        and not _NOT_HE.search(hurt.victims or "")
        and _DIED.search(dead.quote)
    ):
        return True
    referring = second.definite or (dead.victims or "").lower().startswith(("one of", "two of"))
    if dead.span_start == hurt.span_start and only_shot and second.definite and second.value < first.value:
        return True
    if dead.span_start == hurt.span_start:
        return first.value == second.value and is_pronoun(dead)
    return (
        referring
        and bool(_DIED.search(dead.quote))
        and (bool(shared) or _is_he(hurt, dead) or (second.general and second.value <= first.value))
        and (only_shot or second.value <= first.value)
    )


def _is_he(hurt: Claim, dead: Claim) -> bool:
    """Whether DEAD is the "he" who was the one hurt of HURT."""
    if dead.span_start - hurt.span_end > _REACH_OF_HE:
        return False
    one = value_of(hurt) == 1 == value_of(dead) and is_pronoun(dead) and dead.quantity.lower() not in _ONESELF
    return one and not _NOT_HE.search(hurt.victims or "")


def _less(figure: Figure, died: int) -> Figure:
    if not died:
        return figure
    return Figure(
        *(None if bound is None else max(bound - died, 0) for bound in (figure.low, figure.best, figure.high))
    )


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
