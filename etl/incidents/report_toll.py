"""One report's toll for one event: which of its claims add up, which restate others, which are parts.

Reports tell the same dead several times: in the headline, by number, then by name. A claim adds to the toll when its
words set it apart (*others*, *another*, *also*, another kind of people), restates where number, name or noun come
again, and replaces when it is a larger figure for people in general ("in all, nine people died").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.extraction.lexicons import any_phrase, word_set
from etl.extraction.quantities import spelled_value
from etl.records import Claim, Figure, Measure

_APART = re.compile(
    r"\b(?:others?|another|more|additional|also|further|too|second|separate|separately|as well(?! as))\b", re.IGNORECASE
)
_TOTAL = re.compile(r"\b" + any_phrase("report_toll.total") + r"\b", re.IGNORECASE)
_PART_OF_THEM = re.compile(r"\bof (?:them|the victims|those)\b", re.IGNORECASE)
_PARTISAN = re.compile(r"\b" + any_phrase("report_toll.partisan") + r"\b", re.IGNORECASE)
"""Sources whose figure gives way where the same report has another."""
_ALSO = re.compile(r"\b(?:was|were|been) (also|later|separately)\b", re.IGNORECASE)
_BODY = re.compile(r"\b(?:body|bodies|corpses?|remains|cadavers?)\b", re.IGNORECASE)
_DIED = re.compile(r"\b(?:died|dies|dead|succumb\w*|death|bled|fatal\w*|killed)\b", re.IGNORECASE)
_SHOT = re.compile(r"\b(?:shot|shoot\w*|stabb\w*|beat\w*|burn\w*|batter\w*)\b", re.IGNORECASE)
_HURT = re.compile(r"\b(?:wound(?:ed|ing)|injured|injuring|hurt|surviv\w*|non-life|stable|critical)\b", re.IGNORECASE)
_OF_THE_HURT = re.compile(r"\bof the (?:\w+ )?(?:wounded|injured)\b", re.IGNORECASE)
_PRONOUN = word_set("report_toll.pronoun")
_GENERAL = word_set("report_toll.general")
_SMALL = word_set("report_toll.small")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")


def _stem(word: str) -> str:
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _words(claim: Claim) -> frozenset[str]:
    return frozenset(
        _stem(word)
        for word in _WORD.findall((claim.victims or "").lower())
        if word not in _SMALL and spelled_value(word) is None
    )


@dataclass(slots=True)
class _Group:
    """People told of once: their claim and what they are called."""

    claim: Claim
    value: int
    words: frozenset[str]


def _value(claim: Claim) -> int:
    return claim.best if claim.best is not None else claim.low or 0


def _is_general(words: frozenset[str]) -> bool:
    return not words or words <= {_stem(word) for word in _GENERAL}


def _is_definite(claim: Claim) -> bool:
    first = (claim.victims or "").lower().split()[:1]
    return bool(first) and (
        first[0] in {"the", "his", "her", "their", "this", "that", "these", "those"} or first[0] in _PRONOUN
    )


def counted(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of one measure and event whose figures add up to the report's toll, in the order of the text.

    CLAIMS are asserted and of scope ``incident``.
    """
    groups: list[_Group] = []
    undisputed = [c for c in claims if c.certainty != "disputed" and not _PARTISAN.search(c.attribution or "")]
    in_order = sorted(undisputed or claims, key=lambda c: (c.figure_start, -c.figure_end))
    for claim in in_order:
        _take(groups, _Group(claim, _value(claim), _words(claim)))
    return [group.claim for group in _whole_alone(groups, in_order)]


def _whole_alone(groups: list[_Group], claims: list[Claim]) -> list[_Group]:
    """GROUPS, or the first of them, for people in general, where CLAIMS of later sentences tell its parts."""
    if len(groups) < 2 or not _is_general(groups[0].words):
        return groups
    whole = groups[0]
    parts = [_value(claim) for claim in claims if claim.span_start > whole.claim.span_start]
    return [whole] if len(parts) > 1 and sum(parts) == whole.value else groups


_MALE = re.compile(r"\b" + any_phrase("report_toll.male") + r"\b", re.IGNORECASE)
_FEMALE = re.compile(r"\b" + any_phrase("report_toll.female") + r"\b", re.IGNORECASE)
_RELATED = re.compile(
    r"^(?:one of )?(?:(?:his|her|their)|the \w+['\u2019]s)\s+(?:[\w-]+ )?(?:"
    + "|".join(sorted(word_set("report_toll.related")))
    + r")s?\b",
    re.IGNORECASE,
)
_KIN = re.compile(r"\b" + any_phrase("report_toll.plain_words_for_one") + r"\b", re.IGNORECASE)


def _are_two(known: _Group, new: _Group) -> bool:
    """Whether two single victims told of in different sentences are two people: two names, two sexes, two offices."""
    first, second = known.claim.victims or "", new.claim.victims or ""
    if known.claim.victim_names and new.claim.victim_names:
        return not (
            {name.split()[-1] for name in known.claim.victim_names}
            & {name.split()[-1] for name in new.claim.victim_names}
        )
    if _is_somebody_s(new) and not new.words & known.words:
        return True
    if (_MALE.search(first) and _FEMALE.search(second)) or (_FEMALE.search(first) and _MALE.search(second)):
        return True
    if _is_definite(new.claim) or new.claim.victim_names or known.claim.victim_names or known.words & new.words:
        return False
    return second.lower().startswith(("a ", "an ", "one ")) and not _KIN.search(first) and not _KIN.search(second)


def _is_somebody_s(new: _Group) -> bool:
    """Whether NEW is told by whose they are, apart from that one: "his driver was also killed", "one of her sons"."""
    words = new.claim.victims or ""
    return _RELATED.search(words) is not None and (words.lower().startswith("one of") or _set_apart(new))


def _take(groups: list[_Group], new: _Group) -> None:
    """Add NEW to GROUPS, replace them by it, or leave it out as told before."""
    if groups and (new.value == 0 or new.claim.comparator == "none"):
        return
    known = [group for group in groups if group.value > 0]
    if not known or _is_firmer(new, known) or _replaces(new, known):
        groups[:] = [new]
    elif _adds(new, known):
        groups[:] = [*known, new]


def _is_firmer(new: _Group, known: list[_Group]) -> bool:
    """Whether NEW gives a number where only vague words stood."""
    return new.claim.comparator != "vague" and all(group.claim.comparator == "vague" for group in known)


def _before(new: _Group) -> str:
    """The words of NEW's sentence before its figure."""
    return new.claim.quote[: max(0, new.claim.figure_start - new.claim.span_start)]


def _set_apart(new: _Group) -> bool:
    """Whether NEW's words set its people apart from those told of: "three others", "was also killed"."""
    after = new.claim.quote[new.claim.figure_end - new.claim.span_start :]
    near = f"{_before(new)[-30:]} {new.claim.victims or ''} {' '.join(_ALSO.findall(after[:80]))}"
    return _APART.search(near) is not None


def _replaces(new: _Group, known: list[_Group]) -> bool:
    """Whether NEW is the total of which KNOWN are parts or an earlier count."""
    total = sum(group.value for group in known)
    if new.value >= total and _is_total(new):
        return True
    if new.value <= total or _set_apart(new) or any(g.claim.span_start == new.claim.span_start for g in known):
        return False
    shared = any(group.words & new.words for group in known)
    return shared or _is_general(new.words) or _TOTAL.search(new.claim.quote) is not None


def _is_total(group: _Group) -> bool:
    """Whether the report states GROUP's figure as the toll so far, which holds those who died last."""
    return _TOTAL.search(_before(group)[-160:]) is not None


def _adds(new: _Group, known: list[_Group]) -> bool:
    """Whether NEW tells of people whom KNOWN do not hold."""
    total = sum(group.value for group in known)
    definite = _is_definite(new.claim)
    reflexive = new.claim.quantity.lower()
    if new.claim.comparator == "vague" or (_PART_OF_THEM.search(new.claim.victims or "") and new.value < total):
        return False
    if reflexive in {"himself", "herself"}:
        return not any(reflexive in group.claim.quantity.lower().split() for group in known)
    if definite and _BODY.search(new.claim.quantity) and new.value <= total:
        return False
    if set(new.claim.victim_names) & {name for group in known for name in group.claim.victim_names}:
        return False
    if new.value == 1 and all(group.value == 1 and _are_two(group, new) for group in known) and _is_somebody_s(new):
        return True
    if any(_is_total(group) for group in known) and not _set_apart(new):
        return False
    if any(group.claim.span_start == new.claim.span_start for group in known):
        shared = any(group.words & new.words for group in known)
        return not (new.value == total and _is_general(new.words)) and not (definite and shared)
    return (_set_apart(new) and not definite) or _is_new_in_later_sentence(new, known, total)


def _is_new_in_later_sentence(new: _Group, known: list[_Group], total: int) -> bool:
    shared = any(group.words & new.words for group in known)
    general = _is_general(new.words)
    singles = [group for group in known if group.value == 1]
    if new.value == 1 and singles and not any(_are_two(group, new) for group in singles):
        return False
    same_number = any(g.value == new.value and (shared or general or _is_general(g.words)) for g in known)
    if new.value == total or same_number or shared or general or _is_definite(new.claim):
        return False
    return not (new.value < max(group.value for group in known) and any(_is_general(group.words) for group in known))


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
        adding = counted(same)
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


def _less_the_dead(injured: list[Claim], killed: list[Claim]) -> tuple[list[Claim], int]:
    """INJURED without those who are among KILLED, and how many of a larger injured figure died later."""
    kept: list[Claim] = []
    died = 0
    for hurt in injured:
        later = [dead for dead in killed if _same_people_died(hurt, dead)]
        if any(_value(dead) >= _value(hurt) for dead in later):
            continue
        died += max((_value(dead) for dead in later), default=0)
        kept.append(hurt)
    return kept, died


def _same_people_died(hurt: Claim, dead: Claim) -> bool:
    """Whether DEAD tells of the death of the people of HURT, or of some of them."""
    if set(hurt.victim_names) & set(dead.victim_names):
        return True
    only_shot = bool(_SHOT.search(hurt.quote)) and not _HURT.search(hurt.quote)
    shared = _words(hurt) & _words(dead)
    if (
        dead.span_start != hurt.span_start
        and only_shot
        and _value(hurt) == 1 == _value(dead)
        and not _APART.search(hurt.victims or "")
    ):
        return True
    if dead.figure_start < hurt.figure_start:
        known = _is_definite(hurt) or bool(hurt.victim_names) or bool(shared)
        return only_shot and known and _value(hurt) <= _value(dead)
    if _OF_THE_HURT.search(dead.victims or ""):
        return True
    if (
        (dead.victims or "").lower() in _PRONOUN
        and _value(hurt) == _value(dead)
        and not _APART.search(hurt.victims or "")
        and _DIED.search(dead.quote)
    ):
        return True
    referring = _is_definite(dead) or (dead.victims or "").lower().startswith(("one of", "two of"))
    if dead.span_start == hurt.span_start:
        return _value(hurt) == _value(dead) and (dead.victims or "").lower() in _PRONOUN
    return (
        referring
        and bool(_DIED.search(dead.quote))
        and (bool(shared) or (_is_general(_words(dead)) and _value(dead) <= _value(hurt)))
        and (only_shot or _value(dead) <= _value(hurt))
    )


def _less(figure: Figure, died: int) -> Figure:
    if not died:
        return figure
    return Figure(
        *(None if bound is None else max(bound - died, 0) for bound in (figure.low, figure.best, figure.high))
    )


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
