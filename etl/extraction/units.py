"""Units of measure around a number, asked of quantulum3.

quantulum3 is thorough and slow (about 15 KB of text a second), so it sees only a number with the two words that follow,
each such phrase once; words that name people, harm or the calendar are settled before.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Any, TypeVar

from etl.extraction.lexicons import any_phrase, words
from etl.lasting import lasting

T = TypeVar("T")

_NEXT_WORDS = re.compile(r"[\s-]*([A-Za-z$€£%°]+)(?:[\s-]+([A-Za-z]+))?")
_NAME = re.compile(r"\s+(?:[A-Z]\.\s?[A-Z]|[A-Z][a-z]{2,}|[A-Z]{3,6}\b)")
"""What begins like a name: initials, an acronym, a word with a capital ("six U.S. soldiers", "nine NPA rebels")."""
_DESCRIBES = re.compile(r"[a-z]{3,20}(?:ed|ing|able|ible|ive|ous|ian|ese|ish|less|ful)")
"""Words formed like adjectives, which are no units ("18 associated deaths")."""
_PERSON = re.compile(r"^\w{2,}" + any_phrase("victims.person_endings", any_case=False) + r"s?$|men$")
_LONGER = 4
"""Letters from which a word that is no unit is not taken for one either; shorter ones may be a sign of it."""
_RUN_TOGETHER = 2
_PEOPLE_UNIT = "person"
_COUNTABLE = frozenset({"dimensionless", _PEOPLE_UNIT, "dozen"})


@lru_cache(maxsize=1)
def _people() -> frozenset[str]:
    nouns = words("people.csv")
    plurals = (
        {noun + "s" for noun in nouns}
        | {noun[:-3] + "men" for noun in nouns if noun.endswith("man")}
        | {noun[:-1] + "ies" for noun in nouns if noun.endswith("y")}
        | {noun[:-2] + "ves" for noun in nouns if noun.endswith(("fe", "ef"))}
        | {noun + "ren" for noun in nouns if noun.endswith("child")}
    )
    return frozenset(nouns) | plurals


@lru_cache(maxsize=1)
def _harmless_next() -> frozenset[str]:
    """Words after a number that settle without asking: it counts people, or nothing that a unit could measure."""
    return _people() | frozenset(words("not_units.csv"))


@lru_cache(maxsize=1)
def _unit_words() -> frozenset[str]:
    return frozenset(words("units.csv"))


def _load_inflect() -> None:
    """Load the library that quantulum3 forms plurals with, without a check of types written into each of its functions.

    Those checks, of calls that quantulum3 alone makes, are compiled anew at each start: 1.4 of 1.9 s (measured).
    """
    import typeguard  # noqa: PLC0415 (only with quantulum3)

    checked = typeguard.typechecked
    setattr(typeguard, "typechecked", _as_it_is)  # noqa: B010 - its type says that it is no variable
    try:
        import inflect  # noqa: F401, PLC0415 (as above)
    finally:
        setattr(typeguard, "typechecked", checked)  # noqa: B010 - the same


def _as_it_is(function: T) -> T:
    return function


@lru_cache(maxsize=1)
def _parser() -> Any:
    with lasting(), warnings.catch_warnings():
        # It warns that the classifier's packages are missing; the classifier is not wanted (see below).
        warnings.simplefilter("ignore")
        _load_inflect()
        from quantulum3 import classifier, load, parser  # noqa: PLC0415 (half a second; only where a number needs it)

    # The bundled classifier is a pickle of one scikit-learn release; the rules alone read people and plain units.
    classifier.USE_CLF = False
    load.add_custom_entity(name=_PEOPLE_UNIT, dimensions=[], URI="Person")
    load.add_custom_unit(
        name=_PEOPLE_UNIT, entity=_PEOPLE_UNIT, surfaces=sorted({"person", "people", *words("people.csv")}), symbols=[]
    )
    return parser


@lru_cache(maxsize=1)
def _written() -> tuple[frozenset[str], frozenset[str]]:
    """How quantulum3 writes its units, in small letters, and the first words of those and of what joins two of them."""
    _parser()
    from quantulum3 import load, regex  # noqa: PLC0415 (as above)

    with lasting():
        units = load.units("en_US")
    whole = {key.lower() for key in (*units.surfaces, *units.symbols)}
    joining = {key.strip().lower() for key in regex.operators("en_US")}
    first = {found.group() for key in (*whole, *joining) if (found := re.search("[a-z]+", key))}
    spelled = set(re.findall("[a-z]+", " ".join(map(str, regex.numberwords("en_US"))).lower()))
    return frozenset(whole), frozenset(first | spelled)


@lru_cache(maxsize=20_000)
def _may_be_unit(word: str) -> bool:
    """Whether quantulum3 can read WORD, in small letters, as a unit or the beginning of one, or as a number.

    It can where WORD is a unit's first word or up to four units run together ("kgm"); asking takes milliseconds.
    """
    whole, first = _written()
    if len(word) < _LONGER or not word.isascii() or word in first:
        return True
    ends = {0}
    for _ in range(_RUN_TOGETHER):
        ends = {end for at in ends for end in range(at + 1, len(word) + 1) if word[at:end] in whole}
        if len(word) in ends:
            return True
    return False


@lru_cache(maxsize=20_000)
def _read(phrase: str) -> tuple[float, str] | None:
    """Value and unit name of the quantity that opens PHRASE; None where quantulum3 sees none."""
    try:
        quantities = _parser().parse(phrase)
    except (KeyError, ValueError, IndexError, AttributeError, TypeError, ZeroDivisionError, OverflowError):
        # quantulum3 fails on rare unit spellings; a phrase it cannot read has no unit that it knows.
        return None
    if not quantities or quantities[0].span[0] > 0:
        return None
    return float(quantities[0].value), str(quantities[0].unit.name)


def is_measurement(text: str, start: int, end: int) -> bool:
    """Whether the number at START..END of TEXT carries a unit of measure ("350-pound", "12 kilometres")."""
    following = _NEXT_WORDS.match(text, end, min(len(text), end + 40))
    if following is None:
        return False
    first = following.group(1).lower()
    if first in _unit_words():
        return True
    # A unit after a number is written small; the library takes the U of "U.S." for one of mass.
    if (
        first in _harmless_next()
        or _DESCRIBES.fullmatch(first)
        or _PERSON.search(first)
        or _NAME.match(text, end)
        or not _may_be_unit(first)
    ):
        return False
    read = _read(f"{text[start:end]}{text[end : following.end()]}"[:60].lower())
    return read is not None and read[1] not in _COUNTABLE and not read[1].startswith("per ")


_INDIAN = {"lakh": ("thousand", 100), "crore": ("million", 10)}
"""Scales that quantulum3 does not know, as so many times one that it knows."""


def scaled_value(printed: str) -> int | None:
    """Whole value of a number with a scale word ("1.2 million" is 1200000); None where it is not whole."""
    number, _, scale = " ".join(printed.lower().split()).rpartition(" ")
    known, times = _INDIAN.get(scale, (scale, 1))
    read = _read(f"{number} {known}")
    return None if read is None else round(read[0] * times)
