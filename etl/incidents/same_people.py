"""Who the people of a claim are, as far as its words tell: names, age, sex, kind; and whether two claims' are the same.

A report calls one person by role, name, age and pronoun in turn ("a 19-year-old man", "Smith", "the victim", "he").
What its words say of two people may clash (two names, two ages, two sexes); where nothing clashes, they may be one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from etl.extraction.lexicons import any_phrase, word_set, words
from etl.extraction.quantities import spelled_value
from etl.records import Claim

Sex = Literal["male", "female"]
Role = Literal["attacker", "victim"]

_MALE = re.compile(r"\b" + any_phrase("same_people.male") + r"\b", re.IGNORECASE)
_FEMALE = re.compile(r"\b" + any_phrase("same_people.female") + r"\b", re.IGNORECASE)
_KIN = re.compile(r"\b" + any_phrase("same_people.plain_words_for_one") + r"\b", re.IGNORECASE)
_RELATED = re.compile(
    r"^(?:one of )?(?:(?:his|her|their)|the \w+['\u2019]s)\s+(?:[\w-]+ )?(?:"
    + "|".join(sorted(word_set("same_people.related")))
    + r")s?\b",
    re.IGNORECASE,
)
_RELATIONS = "(?:" + "|".join(sorted(word_set("same_people.related"))) + ")"
_RELATION = re.compile(r"\b(" + _RELATIONS + r")s?\b", re.IGNORECASE)
_SOMEBODY_S = re.compile(
    r"(?:(?:one|two|three|four|five|another|both|all) of )?"
    r"(?:(?:his|her|their)|(?:an? |the )?(?:[\w-]+ ){0,3}?[\w-]+['\u2019]s?|the (?=(?:\w+ )?" + _RELATIONS + r"\b))\s",
    re.IGNORECASE,
)
_PART_OF_A_NAME = r"(?:[A-Z]|(?:a[ldnrs]|el|u[ld])-|(?:al|bin|de|da|du|von|van) [A-Z])[\w.'\u2019-]*"
_WITH_COMPANY = re.compile(
    r"(?:[Bb]oth )?(him|her|he|she|[A-Z][\w.'\u2019-]*(?: " + _PART_OF_A_NAME + r")*)(?:,[^,]{1,60},)?"
    r" (?:and|along with|together with|as well as)"
    r" (?:his|her|their|an?|the|one|two|three|four|five|six) "
)
_PRONOUN = word_set("same_people.pronoun")
_GENERAL = word_set("same_people.general")
_SMALL = word_set("same_people.small")
ATTACKERS = word_set("same_people.attackers")
"""Words for one who attacked."""
_DEFINITE = frozenset("the his her their this that these those".split()) | _PRONOUN
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_AGE = re.compile(r"(?<![\w-])(\d{1,3})(?=[- ]years?[- ]olds?\b)", re.IGNORECASE)
_AGE_BEHIND = re.compile(r"[^,.;]{0,40}?,\s+(\d{1,3})(?=[,.;])")
_NAMED_SUBJECT = re.compile(
    r"((?:[A-Z][\w'’.-]+ ){1,4})(?:(?:was|is|had|has|died|later|then|also|suffered|sustained)\b)"
)
_BODY = re.compile(r"['’]s? (?:body|bodies|remains|corpse)$", re.IGNORECASE)


def _stem(word: str) -> str:
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


GENERAL_STEMS = frozenset(_stem(word) for word in _GENERAL)
"""Stems of words for people in general."""


@dataclass(frozen=True, slots=True)
class People:
    """What a claim's words say of its people.

    ``words`` are their nouns, stemmed, without numbers and names of groups at large; ``names`` the words of each name.
    """

    value: int
    words: frozenset[str]
    names: tuple[tuple[str, ...], ...]
    ages: frozenset[int]
    sex: Sex | None
    definite: bool
    pronoun: bool
    indefinite: bool
    role: Role | None = None
    """Which side of a crime they are called by."""
    both_sexes: bool = False

    @property
    def general(self) -> bool:
        """Whether they are only called people, victims, the dead."""
        return not self.words or self.words <= GENERAL_STEMS

    @property
    def couple(self) -> bool:
        """Whether they are two of whom one is called by a male and one by a female word."""
        return self.value == 2 and self.both_sexes

    def with_what_is_told_of(self, other: People) -> People:
        """The same people with what OTHER's words add."""
        return replace(
            self,
            names=(*self.names, *(name for name in other.names if name not in self.names)),
            ages=self.ages | other.ages,
            sex=self.sex or other.sex,
            role=self.role or other.role,
        )


def value_of(claim: Claim) -> int:
    """Number of people of CLAIM: its best figure, else the lowest it leaves open."""
    return claim.best if claim.best is not None else claim.low or 0


def _is_telling(word: str) -> bool:
    return word not in _SMALL and spelled_value(word) is None


def is_pronoun(claim: Claim) -> bool:
    """Whether CLAIM calls its people by a pronoun alone."""
    return (claim.victims or "").lower() in _PRONOUN


def people_of(claim: Claim) -> People:
    """What CLAIM's words say of its people."""
    told = claim.victims or ""
    lower = told.lower()
    first = lower.split()[:1]
    male, female = _MALE.search(told), _FEMALE.search(told)
    return People(
        value=value_of(claim),
        words=frozenset(_stem(word) for word in _WORD.findall(lower) if _is_telling(word)),
        names=_names(claim),
        ages=_ages(claim),
        sex=None if bool(male) == bool(female) else "male" if male else "female",
        definite=bool(first) and first[0] in _DEFINITE,
        pronoun=lower in _PRONOUN,
        indefinite=lower.startswith(("a ", "an ", "one ")),
        role=_role(lower),
        both_sexes=bool(male and female),
    )


def _role(told: str) -> Role | None:
    said = set(_WORD.findall(told))
    if said & ATTACKERS:
        return "attacker"
    return "victim" if "victim" in said else None


def _ages(claim: Claim) -> frozenset[int]:
    found = {int(match.group(1)) for match in _AGE.finditer(claim.victims or "")}
    behind = _AGE_BEHIND.match(claim.quote, max(0, claim.figure_start - claim.span_start))
    if not found and behind is not None and value_of(claim) == 1:
        found.add(int(behind.group(1)))
    return frozenset(found)


def _names(claim: Claim) -> tuple[tuple[str, ...], ...]:
    """Words of each name of CLAIM's people, small: its full names, else the one name that stands for them."""
    if claim.victim_names:
        return tuple(tuple(_WORD.findall(name.lower())) for name in claim.victim_names)
    if value_of(claim) != 1:
        return ()
    told = claim.victims or ""
    if told.lower() in _PRONOUN:
        subject = _NAMED_SUBJECT.match(claim.quote)
        told = subject.group(1) if subject and subject.end(1) < claim.figure_start - claim.span_start else ""
    said = _BODY.sub("", told).split()
    while said and said[0].lower() in _OFFICES:  # "Senator Ruiz", "former Judge Ruiz"
        said = said[1:]
    if not 0 < len(said) <= 4 or not all(word[:1].isupper() for word in said):
        return ()
    small = tuple(word.strip(".,'’\"").lower() for word in said)
    return () if any(word in _COMMON for word in small) else (small,)


_OFFICES = frozenset(words("people.csv")) | frozenset(words("titles.csv"))
_COMMON = _OFFICES | frozenset(words("lowercase_words.csv"))


def share_a_name(first: People, second: People) -> bool:
    """Whether somebody of the first is called by a name of somebody of the second."""
    return any(_one_name(one, other) for one in first.names for other in second.names)


def holds_name(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether the shorter of two names stands whole in the longer ("Ruiz" in "Ana Maria Ruiz"), or two words of it."""
    return len(set(first) & set(second)) >= min(2, len(first), len(second))


def _one_name(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether the two name one person: one holds the other or two words of it, or the first names begin alike."""
    return holds_name(first, second) or (bool(set(first) & set(second)) and first[0][:1] == second[0][:1])


def clash(first: People, second: People) -> bool:
    """Whether the words for two single people cannot be of one: two names, ages, sexes, two sides of a crime."""
    if first.names and second.names:
        return not share_a_name(first, second)
    if on_two_sides(first, second):
        return True
    if first.ages and second.ages and not first.ages & second.ages:
        return True
    return first.sex is not None and second.sex is not None and first.sex != second.sex


def on_two_sides(first: People, second: People) -> bool:
    """Whether one is called a victim and the other the one who did it."""
    return first.role is not None and second.role is not None and first.role != second.role


def is_related(claim: Claim) -> bool:
    """Whether CLAIM calls its people by whose they are ("his driver", "one of her sons")."""
    return _RELATED.search(claim.victims or "") is not None


def companions(claim: Claim) -> frozenset[str]:
    """What CLAIM calls people by whose they are ("driver" and "guard" in "the man's driver and guard"), stemmed."""
    if _SOMEBODY_S.match(claim.victims or "") is None:
        return frozenset()
    return frozenset(_stem(word) for word in _RELATION.findall((claim.victims or "").lower()))


def first_of_company(claim: Claim) -> tuple[str, ...] | None:
    """Words, small, of the name that CLAIM calls one by and joins others to ("Ali Noor and his son").

    Empty where it is a pronoun ("him and two guards"), null where nobody is told of so.
    """
    found = _WITH_COMPANY.match(claim.victims or "")
    if found is None:
        return None
    words = tuple(word.lower() for word in found.group(1).split())
    return () if set(words) <= _PRONOUN else words


def are_two(known: People, told: str, new: People, new_told: str) -> bool:
    """Whether single victims of different sentences are two people: they clash, or an office stands beside another.

    TOLD and NEW_TOLD are the words that call them.
    """
    if known.names and new.names:
        return not share_a_name(known, new)
    if clash(known, new):
        return True
    if new.definite or new.names or known.names or known.words & new.words:
        return False
    return new.indefinite and not _KIN.search(told) and not _KIN.search(new_told)
