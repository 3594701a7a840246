"""What an analyst decided of which tellings are one incident, made free of contradictions.

Tellings that *must* be one form groups; what is said to be apart from one member is apart from the whole group. Where
the two are said of the same tellings, *cannot* holds and the groups stay two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

Pairs = Iterable[tuple[str, str]]
"""Pairs of telling ids; the order within a pair and among them plays no part."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The group of each telling decided on, and the groups each group is apart from."""

    group_of: Mapping[str, str]
    apart_from: Mapping[str, AbstractSet[str]]


def decided(must: Pairs, cannot: Pairs) -> Decided:
    """The groups that the pairs make; a telling of no ``must`` pair is a group of its own, named by its id."""
    joined = sorted({(min(pair), max(pair)) for pair in must})
    parted = sorted({(min(pair), max(pair)) for pair in cannot if pair[0] != pair[1]})
    group_of = {one: one for pair in (*joined, *parted) for one in pair}
    members = {one: [one] for one in group_of}
    apart: dict[str, set[str]] = defaultdict(set)
    for one, other in parted:
        apart[one].add(other)
        apart[other].add(one)
    for one, other in joined:
        kept, gone = sorted((group_of[one], group_of[other]))
        if kept == gone or gone in apart[kept]:
            continue
        for member in members[gone]:
            group_of[member] = kept
        members[kept] += members.pop(gone)
        for third in apart.pop(gone, ()):
            apart[third].remove(gone)
            apart[third].add(kept)
            apart[kept].add(third)
    return Decided(group_of, apart)
