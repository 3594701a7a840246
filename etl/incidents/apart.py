"""Whether two claims of one report tell of two events: what in their words and days sets them apart.

A report mostly tells one event. Two claims are apart by towns or days of their own, by people who cannot be the same
told to other days, by two nouns of killing each with its people, and by hazards that do not bring each other about.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from etl.calendar_words import is_presumed
from etl.extraction.lexicons import any_phrase, mapping
from etl.incidents.same_people import People, clash, first_of_company, holds_name, people_of
from etl.incidents.told_people import words_before
from etl.records import Claim

_ELSEWHERE = re.compile(r"\b" + any_phrase("events.elsewhere") + r"\b", re.IGNORECASE)
_IN = re.compile(
    r"\b(?:in|at|near|outside|on|of|around|inside|across)\s+(?:the\s+)?(?:[\w'-]+\s+){0,3}$", re.IGNORECASE
)
_DEED = re.compile(r"\b" + any_phrase("events.deed"), re.IGNORECASE)
"""A noun of killing right before the victim it governs."""
_BEFORE_VICTIM = 80
_DIED_OF_IT = re.compile(r"\b(?:died|succumbed)\b[^.;]{0,40}\b(?:wounds?|injur(?:y|ies)|hospital)\b", re.IGNORECASE)
"""A death that came later of what happened before: its day is no other event's."""
_PART_OF_DAY = re.compile(r"morning|afternoon|evening|night|dawn|noon|midnight")
_ALSO_DID = re.compile(r"\balso (?:kill|murder|assassinat|execut)\w*\s+(?:[\w.,'-]+\s+){0,4}$", re.IGNORECASE)
BODILY = frozenset({"killed", "injured", "missing", "displaced", "abducted"})
_PRESUMED_DAYS = dt.timedelta(days=2)
_DAYS_OF_COUNTING = dt.timedelta(days=4)
_OF_NATURE = frozenset({"ground", "volcano", "water"})
_FOLLOW_UP = dt.timedelta(days=45)
_FEW = 20
"""People up to which a count is no toll over a whole region."""
_ALL_OF_THEM = re.compile(r"(?:all|both|the)\b", re.IGNORECASE)
_OWN_PRECISION = 3
"""Places up to this precision (a town, near one, a district) may set two events apart; larger ones contain."""


def are_apart(claim: Claim, other: Claim, *, in_one_breath: bool) -> bool:
    """Whether CLAIM and OTHER, told before it, tell of two events.

    IN_ONE_BREATH where the sentence of CLAIM tells of OTHER's event as well: less sets them apart then.
    """
    if _hazards_apart(claim, other) or _two_deeds(claim, other):
        return True
    days_apart = _days_apart(claim, other) and not _is_one_disaster(claim, other)
    if in_one_breath:
        counted = _is_deed(claim) and _is_deed(other) and _counted_apart(claim, other)
        return days_apart and (counted or _places_apart(claim, other))
    if _named_on_other_days(claim, other) or _at_other_hours(claim, other) or _done_as_well(claim, other):
        return True
    if days_apart and (
        is_set_apart(claim)
        or _weeks_apart(claim, other)
        or _named_apart(claim, other)
        or _others_apart(claim, other)
        or _counted_apart(claim, other)
        or _hurt_otherwise(claim, other)
    ):
        return True
    return _places_apart(claim, other)


def is_own(words: str | None, claim: Claim) -> bool:
    """Whether WORDS of a day or place stand in the sentence of CLAIM."""
    return bool(words) and str(words) in claim.quote


def _located(claim: Claim) -> bool:
    """Whether the claim's sentence says that something was *in* the claim's place, not only names it."""
    words = claim.place_text
    at = claim.quote.find(words) if words else -1
    return at >= 0 and bool(_IN.search(claim.quote, max(0, at - 40), at))


def held_apart(claim: Claim, other: Claim) -> bool:
    """Whether an arrest stands apart from OTHER: another sentence, and a town or a day of its own."""
    if claim.span_start == other.span_start or other.measure == claim.measure:
        return False
    elsewhere = _located(claim) and not set(claim.place_names) & set(other.place_names)
    return elsewhere or (is_own(claim.date_text, claim) and _cannot_be_one_day(claim, other))


def _hazards_apart(claim: Claim, other: Claim) -> bool:
    """Whether the two stand in different sentences and tell of hazards that do not bring each other about."""
    if claim.span_start == other.span_start or claim.cause is None or other.cause is None:
        return False
    families = hazard_families()
    first, second = families.get(claim.cause), families.get(other.cause)
    return first is not None and second is not None and first.isdisjoint(second)


def _is_one_disaster(claim: Claim, other: Claim) -> bool:
    """Whether the two tell of one quake or storm on days near each other: of the blow, and of the count after it."""
    if claim.date_start is None or other.date_start is None or is_set_apart(claim):
        return False
    near = abs(claim.date_start - other.date_start) <= _DAYS_OF_COUNTING
    return near and claim.cause == other.cause and goes_on_being_counted(claim.cause)


def goes_on_being_counted(cause: str | None) -> bool:
    """Whether CAUSE is a disaster of nature, whose dead reports count for days after its day."""
    return cause is not None and bool(hazard_families().get(cause, frozenset()) & _OF_NATURE)


@lru_cache(maxsize=1)
def hazard_families() -> dict[str, frozenset[str]]:
    """Cause to its families of hazards; causes that share one may bring each other about (earthquake, tsunami)."""
    return {cause: frozenset(listed.split()) for cause, listed in mapping("hazards.csv", "family").items()}


def _days_apart(claim: Claim, other: Claim) -> bool:
    """Whether both print a day of their own and the two cannot be the same."""
    if not (is_own(claim.date_text, claim) and is_own(other.date_text, other)):
        return False
    return _cannot_be_one_day(claim, other)


def _cannot_be_one_day(claim: Claim, other: Claim) -> bool:
    return _before(claim.date_end, _earliest(other)) or _before(other.date_end, _earliest(claim))


def _earliest(claim: Claim) -> dt.date | None:
    """The earliest day a claim may tell of: some days before the report's, where that is only presumed."""
    if claim.date_start is None or not is_presumed(claim.date_start, claim.date_end, claim.date_precision):
        return claim.date_start
    return claim.date_start - _PRESUMED_DAYS


def _weeks_apart(claim: Claim, other: Claim) -> bool:
    """Whether more than ``_FOLLOW_UP`` lies between the days: too long for a report to follow one event up."""
    if claim.date_start is None or other.date_start is None:
        return False
    return abs(claim.date_start - other.date_start) > _FOLLOW_UP


def _before(first: dt.date | None, second: dt.date | None) -> bool:
    return first is not None and second is not None and first < second


def _places_apart(claim: Claim, other: Claim) -> bool:
    """Whether the two lie in different towns, each printed as its own, or one so printed in another region's or land's.

    A town that only the words around lend to a claim sets it apart from one printed elsewhere in the country.
    """
    located = _located(claim), _located(other)
    if not any(located):
        return False
    if claim.country_code != other.country_code and (all(located) or _told_of_few_others(claim, other)):
        return claim.country_code is not None and other.country_code is not None
    precise = max(claim.place_precision or 9, other.place_precision or 9) <= _OWN_PRECISION
    if not precise or not all(located):
        regions_differ = None not in (claim.adm1_code, other.adm1_code) and claim.adm1_code != other.adm1_code
        return regions_differ and (all(located) or (precise and _told_of_few_others(claim, other)))
    return not set(claim.place_names) & set(other.place_names)


def _told_of_few_others(claim: Claim, other: Claim) -> bool:
    """Whether the same befell a few people of each, so that neither is part of a toll over a whole region."""
    if claim.measure != other.measure or not all(0 < (one.best or 0) <= _FEW for one in (claim, other)):
        return False
    # "All three died in hospital" counts the three told of before.
    return claim.best != other.best or claim.best == 1 or not _ALL_OF_THEM.match(claim.victims or "")


def _named_apart(claim: Claim, other: Claim) -> bool:
    """Whether both name their dead or hurt, and name others."""
    if not (claim.victim_names and other.victim_names):
        return False
    return not set(surnames(claim)) & set(surnames(other))


def surnames(claim: Claim) -> list[str]:
    """Words of the names of CLAIM's people behind their first ones, small."""
    return [word.lower() for name in claim.victim_names for word in name.split()[1:]]


def _two_deeds(claim: Claim, other: Claim) -> bool:
    """Whether each is told of in a murder of its own ("the murder of X and the murder of two priests")."""
    return _is_deed(claim) and _is_deed(other) and (_named_apart(claim, other) or _of_other_kinds(claim, other))


def _is_deed(claim: Claim) -> bool:
    at = claim.figure_start - claim.span_start
    return _DEED.search(" ".join(claim.quote[max(0, at - _BEFORE_VICTIM) : at].split()) + " ") is not None


def _counted_apart(claim: Claim, other: Claim) -> bool:
    """Whether each tells to the day when another number suffered the same, so that neither restates the other."""
    to_the_day = claim.date_precision == 1 == other.date_precision
    return to_the_day and claim.measure == other.measure and claim.comparator == "exact" and claim.best != other.best


def _hurt_otherwise(claim: Claim, other: Claim) -> bool:
    """Whether CLAIM tells to the day of somebody new whom another harm befell ("Four were hurt", "a guard was shot").

    The days of the two are known to differ.
    """
    if not _to_the_day(claim, other) or {claim.measure, other.measure} != {"killed", "injured"}:
        return False
    people = people_of(claim)
    return people.indefinite and not people.general and not _DIED_OF_IT.search(claim.quote)


def _others_apart(claim: Claim, other: Claim) -> bool:
    """Whether the two tell to the day of people who cannot be the same: other names, or other nouns altogether."""
    if _DIED_OF_IT.search(claim.quote):
        return False
    first, second = people_of(claim), people_of(other)
    if first.names and second.names:
        return clash(first, second)
    return _to_the_day(claim, other) and _of_other_kinds(claim, other)


def _to_the_day(claim: Claim, other: Claim) -> bool:
    return claim.date_precision == 1 == other.date_precision


def _of_other_kinds(claim: Claim, other: Claim) -> bool:
    """Whether the two call their people by other nouns altogether ("ten miners", "two policemen")."""
    first, second = people_of(claim), people_of(other)
    return _is_told_anew(first) and _is_told_anew(second) and not first.words & second.words


def _named_on_other_days(claim: Claim, other: Claim) -> bool:
    """Whether both name one person, another each, and tell of another day, printed there or just before."""
    if _DIED_OF_IT.search(claim.quote) or claim.best != 1 or other.best != 1:
        return False
    if not (_to_the_day(claim, other) and _cannot_be_one_day(claim, other)):
        return False
    first, second = people_of(claim), people_of(other)
    return bool(first.names and second.names) and clash(first, second)


def _at_other_hours(claim: Claim, other: Claim) -> bool:
    """Whether each prints a part of the day of its own ("this morning", "this afternoon"), and other people."""
    if not (is_own(claim.date_text, claim) and is_own(other.date_text, other)):
        return False
    parts = [set(_PART_OF_DAY.findall((one.date_text or "").lower())) for one in (claim, other)]
    return all(parts) and not parts[0] & parts[1] and _others_apart(claim, other)


def _done_as_well(claim: Claim, other: Claim) -> bool:
    """Whether those who harmed the one also harmed the other, of another name ("the rebels also killed Y")."""
    return _ALSO_DID.search(words_before(claim)) is not None and clash(people_of(claim), people_of(other))


def _is_told_anew(people: People) -> bool:
    return not (people.general or people.pronoun or (people.definite and people.value == 1))


def are_one_person(claim: Claim, other: Claim) -> bool:
    """Whether both name the one person who was harmed, whom nothing befalls twice ("Ana Ruiz", "Senator Ruiz").

    Who was taken and who was killed are one event's as well, and so is who died along with one that is named.
    """
    if not _can_befall_one(claim, other):
        return False
    if _leads_company(claim, other) or _leads_company(other, claim):
        return True
    if not (_is_one(claim, other) or _is_one(other, claim)):
        return False
    if set(claim.victim_names) & set(other.victim_names):
        return True
    first, second = people_of(claim), people_of(other)
    return any(holds_name(one, another) for one in first.names for another in second.names)


def _is_one(claim: Claim, other: Claim) -> bool:
    """Whether CLAIM is of one person, and OTHER of one as well or of two who are named."""
    return claim.best == 1 and (other.best == 1 or other.best == len(other.victim_names) == 2)


def _leads_company(claim: Claim, other: Claim) -> bool:
    """Whether CLAIM names the one to whom OTHER joins others ("Bishop Ruiz" and "Ruiz, the bishop, and his driver")."""
    first = first_of_company(other) if claim.best == 1 else None
    return bool(first) and first is not None and any(holds_name(name, first) for name in people_of(claim).names)


def _can_befall_one(claim: Claim, other: Claim) -> bool:
    return claim.measure == other.measure or {claim.measure, other.measure} == {"killed", "abducted"}


def is_set_apart(claim: Claim) -> bool:
    """Whether words before its people turn to something else ("elsewhere", "in another attack")."""
    return bool(_ELSEWHERE.search(words_before(claim)))
