"""One report's toll for one event: which of its claims add up, which restate others, which are parts.

Reports tell the same dead several times: in the headline, by number, then by name. A claim adds to the toll when its
words set it apart (*others*, *another*, *also*, another kind of people), restates where number, name or noun come
again, and replaces when it is a larger figure for people in general ("in all, nine people died").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extraction.lexicons import any_phrase
from etl.incidents.died_later import OF_THE_HURT, died_of_wounds, is_one_of_the_hurt, less_the_dead
from etl.incidents.listed_places import are_entries
from etl.incidents.rival_counts import as_far_as_rivals, is_rival_count
from etl.incidents.same_people import (
    GENERAL_STEMS,
    People,
    are_two,
    clash,
    companions,
    first_of_company,
    is_related,
    on_two_sides,
    people_of,
    share_a_name,
    value_of,
)
from etl.incidents.told_apart import is_other_than_those_beside, tells_of_others
from etl.incidents.told_people import (
    OWN_HAND,
    TOTAL,
    Group,
    are_others_again,
    died_by_another,
    explains_name,
    is_attacker,
    is_dead_attacker,
    is_oneself,
    is_total,
    takes_own_life,
    words_before,
)
from etl.records import Claim, Figure, Measure

_OTHER = re.compile(r"\b(?:an?other|second|third|fourth|others?)\b", re.IGNORECASE)
_PART_OF_THEM = re.compile(r"\bof (?:them|the victims|those)\b", re.IGNORECASE)
_PARTISAN = re.compile(r"\b" + any_phrase("report_toll.partisan") + r"\b", re.IGNORECASE)
"""Sources whose figure gives way where the same report has another."""
_THE_ATTACKERS = re.compile(r"\band the (?:[\w-]+ )?" + any_phrase("same_people.attackers") + r"s?\b", re.IGNORECASE)
_TOO = re.compile(
    r"[^.;]{0,30}?\b(?:(?:was|were|is|are) (?:himself|herself|themselves|also)|also (?:died|drowned|perished)\b)",
    re.IGNORECASE,
)
"""What makes one told of before a further one of the hurt ("the gunman was himself wounded")."""
_BODY = re.compile(r"\b(?:body|bodies|corpses?|remains|cadavers?)\b", re.IGNORECASE)
_TELLING = 20
"""A number from which the same one again tells of the same people, whatever they are called."""
_ALL_OF_THEM = re.compile(r"\ball (?:of )?(?:the )?$", re.IGNORECASE)
_ON_BOARD = re.compile(r"[^.;]{0,40}\b(?:aboard|on ?board)\b", re.IGNORECASE)
_WITH = re.compile(r"\bwith (?:another |a further |an additional |some )?$", re.IGNORECASE)
_HEADLINE = 150
"""Characters of a report in which its headline begins."""
_STOPS = (".", "!", "?", '."', ".”", ".'", ".)", "!”", "?”")


def counted(claims: Sequence[Claim], others: Sequence[Claim] = ()) -> list[Claim]:
    """The claims of one measure and event whose figures add up to the report's toll, in the order of the text.

    CLAIMS are asserted and of scope ``incident``; OTHERS are those of other measures, beside whom "three others" may
    be set apart.
    """
    if len(claims) < 2:
        return list(claims)
    groups: list[Group] = []
    undisputed = [c for c in claims if c.certainty != "disputed" and not _PARTISAN.search(c.attribution or "")]
    part_of: Group | None = None
    in_order = sorted(undisputed or claims, key=lambda c: (c.figure_start, -c.figure_end))
    for claim in in_order:
        apart = tells_of_others(claim) and not is_other_than_those_beside(claim, others)
        new = Group(
            claim,
            people_of(claim),
            apart,
            of_wounds=died_of_wounds(claim, [*in_order, *others]) or is_one_of_the_hurt(claim, others),
            headline=is_headline(claim),
        )
        if part_of is not None and apart and part_of in groups and part_of.parts + new.value <= part_of.value:
            part_of.parts += new.value
            continue
        part_of = _take(groups, new)
    return [group.claim for group in _whole_alone(groups, in_order)]


def _whole_alone(groups: list[Group], claims: list[Claim]) -> list[Group]:
    """GROUPS, or the first of them, for people in general, where CLAIMS of later sentences tell its parts."""
    if len(groups) < 2 or not groups[0].people.general:
        return groups
    whole = groups[0]
    parts = [value_of(claim) for claim in claims if claim.span_start > whole.claim.span_start]
    return [whole] if len(parts) > 1 and sum(parts) == whole.value else groups


def _take(groups: list[Group], new: Group) -> Group | None:
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


def _told_again(new: Group, known: list[Group]) -> Group | None:
    """Let the one of KNOWN who NEW is learn what NEW says of them; the group of which NEW is a part, if any."""
    if new.value == 1:
        singles = [g for g in known if g.value == 1 and not clash(g.people, new.people)]
        if singles:
            same = singles[0]
            same.told_again = new.claim.span_start
            same.people = same.people.with_what_is_told_of(new.people)
            same.by_own_hand = new.claim.quantity.lower() if is_oneself(new) else same.by_own_hand
            return None
    elif new.people.names and (alike := [group for group in known if group.value == new.value]):
        alike[0].people = alike[0].people.with_what_is_told_of(new.people)
        return None
    whole = next((group for group in known if group.value > new.value), None)
    if whole is not None and (not new.people.definite or _BODY.search(new.claim.quantity)):
        whole.parts += new.value
        whole.named += new.value if new.people.names else 0
        return whole
    return None


def is_headline(claim: Claim) -> bool:
    """Whether CLAIM stands in the report's headline, which tells before what the body tells again."""
    return claim.span_start < _HEADLINE and not claim.quote.rstrip().endswith(_STOPS)


def _opens_the_body(new: Group, known: list[Group]) -> bool:
    """Whether NEW is the first of the body to tell of at least as many people as the headline, KNOWN, has."""
    return (
        not new.headline
        and all(group.headline for group in known)
        and new.value >= sum(group.value for group in known)
        and (new.claim.comparator == "exact" or any(group.claim.comparator != "exact" for group in known))
    )


def _is_firmer(new: Group, known: list[Group]) -> bool:
    """Whether NEW gives a number where only vague words stood."""
    return new.claim.comparator != "vague" and all(group.claim.comparator == "vague" for group in known)


def _replaces(new: Group, known: list[Group]) -> bool:
    """Whether NEW is the total of which KNOWN are parts or an earlier count."""
    total = sum(group.value for group in known)
    own = new.claim.quantity.lower().split()
    if new.value > total and all(is_oneself(group) and group.claim.quantity.lower() in own for group in known):
        # "blew himself up, killing himself and six others"
        return True
    if new.value >= total and is_total(new):
        return True
    if new.claim.comparator == "vague" and any(
        group.claim.comparator != "vague" and group.value >= _TELLING for group in known
    ):
        # "At least 300 died on Friday. The offensive has killed thousands" counts more than the event.
        return False
    if _is_with_company(new, known) or _holds_the_attackers(new, known):
        return True
    if (
        new.value <= total
        or new.apart
        or new.of_wounds
        or any(g.claim.span_start == new.claim.span_start for g in known)
    ):
        return False
    shared = any(group.words & new.words for group in known)
    return shared or new.people.general or TOTAL.search(new.claim.quote) is not None


def _holds_the_attackers(new: Group, known: list[Group]) -> bool:
    """Whether NEW counts KNOWN, all of them attackers, again ("45 people and the attackers died")."""
    again = _THE_ATTACKERS.search(new.claim.victims or "") is not None
    return again and new.value > sum(group.value for group in known) and all(is_attacker(group) for group in known)


def _is_with_company(new: Group, known: list[Group]) -> bool:
    """Whether NEW is the one of KNOWN told of again with others ("a judge was shot. Ali Noor and his son died")."""
    one = known[0]
    if len(known) > 1 or one.value != 1 or new.value < 2 or one.claim.span_start == new.claim.span_start:
        return False
    first = first_of_company(new.claim)
    if first is None:
        return False
    return not first or not one.people.names or any(set(first) & set(name) for name in one.people.names)


def _are_named_parts(new: Group, known: list[Group]) -> bool:
    """Whether NEW only names some of a whole that was counted without names ("two women ... Ann Lee died")."""
    return (
        not new.apart
        and bool(new.people.names)
        and not any(word in (new.claim.victims or "") for word in new.people.words)
        and any(g.value > new.value and not g.people.names and g.named + new.value <= g.value for g in known)
    )


def _is_of_one_age(new: Group, known: list[Group]) -> bool:
    """Whether NEW is one of the age of one of KNOWN, and not called another ("a 2-year-old ... also a girl of 2")."""
    return (
        new.value == 1
        and not _OTHER.search(new.claim.victims or "")
        and any(
            group.value == 1 and group.people.ages & new.people.ages and not clash(group.people, new.people)
            for group in known
        )
    )


def _adds(new: Group, known: list[Group]) -> bool:
    """Whether NEW tells of people whom KNOWN do not hold."""
    too = (
        new.value == 1 and _TOO.match(new.claim.quote, max(0, new.claim.figure_end - new.claim.span_start)) is not None
    )
    if too and all(group.value > 1 and not group.words & new.words for group in known):
        return True
    if are_entries(new.claim, [group.claim for group in known]):
        return True
    return not is_rival_count(new, known) and _are_further(new, known)


def _are_further(new: Group, known: list[Group]) -> bool:
    """The same, where no word says that NEW too came to harm."""
    total = sum(group.value for group in known)
    definite = new.people.definite
    if new.claim.comparator == "vague" or (
        not new.of_wounds and _PART_OF_THEM.search(new.claim.victims or "") and new.value < total
    ):
        return False
    if is_oneself(new):
        return takes_own_life(new, known)
    if new.people.role == "attacker" and new.value == 1 and OWN_HAND.search(new.claim.quote):
        return not new.headline and all(died_by_another(group) for group in known)
    if new.people.names and any(share_a_name(group.people, new.people) for group in known):
        return False
    if _are_named_parts(new, known) or _is_of_one_age(new, known):
        return False
    if OF_THE_HURT.search(new.claim.victims or "") and not any(is_total(group) for group in known):
        # "two of the wounded later died"
        return True
    if definite and _BODY.search(new.claim.quantity) and new.value <= total:
        return False
    if set(new.claim.victim_names) & {name for group in known for name in group.claim.victim_names}:
        return False
    if _is_company(new, known) or _are_somebody_s(new, known):
        return True
    if new.of_wounds and not _is_told_of(new, known) and not any(_is_everybody(group) for group in known):
        # "killing four and wounding nine. Two died later of their wounds"
        return True
    if _are_held(new, known):
        return False
    if is_dead_attacker(new) and not any(
        group.people.general or is_attacker(group) or group.words & new.words for group in known
    ):
        return True
    if _are_called_again(new, known) or any(explains_name(g, new) or are_others_again(g, new) for g in known):
        return False
    if any(group.claim.span_start == new.claim.span_start for group in known):
        shared = any(group.words & new.words for group in known)
        all_of_them = new.value == total and new.people.general and not _is_one_more(new, known)
        return not all_of_them and not (definite and shared)
    return (new.apart and not definite) or _is_new_in_later_sentence(new, known, total)


def _are_held(new: Group, known: list[Group]) -> bool:
    """Whether a total, or all who were aboard, hold NEW."""
    if any(_is_everybody(group) for group in known) and not new.apart:
        return True
    totals = [group for group in known if is_total(group)]
    return bool(totals) and (not new.apart or any(_goes_with(new, total) for total in totals))


def _is_everybody(group: Group) -> bool:
    """Whether GROUP are all who were aboard ("killing all 19 on board")."""
    claim = group.claim
    behind = claim.quote[claim.figure_end - claim.span_start :]
    every = _ALL_OF_THEM.search(words_before(claim)) or (claim.victims or "").lower().startswith("all ")
    return bool(every) and _ON_BOARD.match(behind) is not None


def _goes_with(new: Group, total: Group) -> bool:
    """Whether NEW are set beside TOTAL as a part of it ("brought the dead to 90, with another 20 in the hills")."""
    same = new.claim.span_start == total.claim.span_start and new.value < total.value
    return same and _WITH.search(words_before(new.claim)) is not None


def _is_told_of(new: Group, known: list[Group]) -> bool:
    """Whether NEW points back to KNOWN, or KNOWN are the toll that holds all."""
    words = (new.claim.victims or "").lower()
    back = (new.people.definite and not words.startswith("the other")) or words.startswith(("all ", "both "))
    return back or any(
        is_total(group) or group.words & new.words - GENERAL_STEMS or share_a_name(group.people, new.people)
        for group in known
    )


def _is_one_more(new: Group, known: list[Group]) -> bool:
    """Whether NEW, a bare number as large as KNOWN, is set beside them ("one was shot and another died of wounds")."""
    other = (new.claim.victims or "").lower().startswith("the other")
    return new.apart or other or all(is_oneself(group) for group in known)


def _are_called_again(new: Group, known: list[Group]) -> bool:
    """Whether NEW is a pronoun for people of KNOWN ("killed two men by dragging them away and beheading them")."""
    if not new.people.pronoun:
        return False
    one = any(group.value == 1 == new.value and not clash(group.people, new.people) for group in known)
    return one or any(g.value == new.value > 1 and g.claim.span_start == new.claim.span_start for g in known)


def _is_new_in_later_sentence(new: Group, known: list[Group], total: int) -> bool:
    people = new.people
    shared = any(group.words & new.words for group in known)
    singles = [group for group in known if group.value == 1]
    if new.value == 1 and singles and not all(_two(group, new) for group in singles):
        return False
    if new.value == 1 and len(singles) == len(known) and all(_surely_two(g, new) for g in singles):
        return True
    same_number = any(
        g.value == new.value and (shared or people.general or g.people.general or new.value >= _TELLING) for g in known
    )
    if new.value == total or same_number or shared or people.general or people.definite:
        return False
    return not (new.value < max(group.value for group in known) and any(group.people.general for group in known))


def _of_two_sexes(first: People, second: People) -> bool:
    """Whether two single people are called by nouns of two sexes ("the man died ... the woman died at a clinic")."""
    nouns = first.sex is not None and second.sex is not None and not (first.pronoun or second.pronoun)
    return nouns and first.sex != second.sex and not (first.names and second.names)


def _surely_two(known: Group, new: Group) -> bool:
    """Whether two single people are two, whatever else is told: on two sides of a crime, or hurt and named in full."""
    if on_two_sides(known.people, new.people) or _of_two_sexes(known.people, new.people):
        return True
    full = all(any(len(name) > 1 for name in one.people.names) for one in (known, new))
    return full and new.claim.measure == "injured" and clash(known.people, new.people)


def _is_company(new: Group, known: list[Group]) -> bool:
    """Whether NEW were with KNOWN and are set beside them ("the duke's driver and valet were also killed")."""
    beside = companions(new.claim)
    if not beside or any(beside & group.words for group in known) or any(is_total(group) for group in known):
        return False
    if new.apart or any(group.told_again == new.claim.span_start for group in known):
        return True
    return any(group.value == 1 for group in known) and all(
        group.value == 1 and clash(group.people, new.people) for group in known
    )


def _are_somebody_s(new: Group, known: list[Group]) -> bool:
    """Whether NEW is told by whose they are, and none of the single people KNOWN."""
    return new.value == 1 and _is_somebody_s(new) and all(group.value == 1 and _two(group, new) for group in known)


def _is_somebody_s(new: Group) -> bool:
    """Whether NEW is told by whose they are, apart from that one: "his driver was also killed", "one of her sons"."""
    return is_related(new.claim) and (new.apart or (new.claim.victims or "").lower().startswith("one of"))


def _two(known: Group, new: Group) -> bool:
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
            adding, died = less_the_dead(adding, by_measure["killed"], counted)
        else:
            died = 0
        if adding:
            figure = Figure(
                _sum([c.low for c in adding]), _sum([c.best for c in adding]), _sum([c.high for c in adding])
            )
            found[measure] = _less(as_far_as_rivals(figure, adding, same), died)
    return found


def _less(figure: Figure, died: int) -> Figure:
    if not died:
        return figure
    return Figure(
        *(None if bound is None else max(bound - died, 0) for bound in (figure.low, figure.best, figure.high))
    )


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
