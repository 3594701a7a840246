"""Tellings joined into incidents, the strongest pair first, never against a constraint.

Every pair's evidence depends on the pair alone, the pairs are taken by evidence and then by content hash, and each join
asks only what both sides hold: so any permutation of the input, and any split of it into runs, ends in the same sets.

A join must respect, for the whole of both sides:

* tellings of one report stay apart: its author told them as two;
* the spots must agree, so that a telling of the whole country cannot pull two towns together;
* the exact days must lie within what the causes allow, so that daily incidents of one town do not chain into one;
* figures told about the same time must not contradict each other.

What a report only recalls as an older event joins last: each such telling belongs to the incident it has the strongest
link with of those it may join, and changes none of them, nor where another such telling goes.

An analyst's word stands above all of these: what *cannot* be one is never joined, and what *must* be one is joined at
the end, each with the whole incident it belongs to by then.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise

from etl.incidents import causes
from etl.incidents.blocks import candidate_pairs, worn_keys
from etl.incidents.decided import Pairs, decided
from etl.incidents.matching import LINK, WILD, compare, evidence, place_evidence
from etl.incidents.telling import Telling

MOST_SPOTS = 12
"""Distinct spots kept for the check of places: an incident told at more is spread, and any of them may be its place."""


@dataclass(slots=True, eq=False)
class Cluster:
    """Tellings held to be one incident, with what a further join must agree with."""

    tellings: list[Telling]
    reports: set[str] = field(default_factory=set)
    spots: dict[tuple[str | None, str | None], Telling] = field(default_factory=dict)
    first_day: int | None = None
    last_day: int | None = None
    lasting: int = 1
    killed: list[Telling] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)
    """Groups an analyst put its tellings in, and in ``barred`` those they are held apart from."""
    barred: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, tellings: Sequence[Telling]) -> Cluster:
        """The cluster of tellings that differ only in who tells them."""
        first = tellings[0]
        cluster = cls(list(tellings), {telling.source.report_id for telling in tellings})
        if first.spot is not None and len(first.spots) <= 1 and not first.written_there:
            cluster.spots[first.spot, first.adm1] = first
        if first.exact and first.start is not None and first.end is not None:
            cluster.first_day = cluster.last_day = first.start
            cluster.lasting = max(causes.days(first.event.cause), first.end - first.start + 1)
        elif first.event.cause is not None:
            cluster.lasting = causes.days(first.event.cause)
        cluster.killed = sorted((telling for telling in tellings if "killed" in telling.compared), key=_time)
        return cluster

    def may_join(self, other: Cluster) -> bool:
        """Whether both can be one incident."""
        return (
            self.reports.isdisjoint(other.reports)
            and not self.is_barred_from(other)
            and self._days_agree(other)
            and self._spots_agree(other)
            and self._figures_agree(other)
        )

    def is_barred_from(self, other: Cluster) -> bool:
        """Whether an analyst holds one of its tellings apart from one of the other's."""
        return not self.groups.isdisjoint(other.barred)

    def _days_agree(self, other: Cluster) -> bool:
        if self.first_day is None or self.last_day is None or other.first_day is None or other.last_day is None:
            return True
        spread = max(self.last_day, other.last_day) - min(self.first_day, other.first_day)
        return spread <= max(self.lasting, other.lasting)

    def _spots_agree(self, other: Cluster) -> bool:
        if len(self.spots) > MOST_SPOTS or len(other.spots) > MOST_SPOTS:
            return True
        return all(
            mine.fine != theirs.fine or place_evidence(mine, theirs) is not None
            for mine in self.spots.values()
            for theirs in other.spots.values()
        )

    def _figures_agree(self, other: Cluster) -> bool:
        few, many = (self, other) if len(self.killed) <= len(other.killed) else (other, self)
        beside = list(_neighbours(few.killed, many.killed))
        # One source may be far off (a party's hundred among forty); two different incidents are off everywhere.
        return 2 * sum(not _compatible(one, then) for one, then in beside) <= len(beside)

    def join(self, other: Cluster) -> None:
        """Take the other's tellings in."""
        self.tellings += other.tellings
        self.reports |= other.reports
        self.groups |= other.groups
        self.barred |= other.barred
        for key, telling in other.spots.items():
            self.spots.setdefault(key, telling)
        days = [day for day in (self.first_day, self.last_day, other.first_day, other.last_day) if day is not None]
        if days:
            self.first_day, self.last_day = min(days), max(days)
        self.lasting = max(self.lasting, other.lasting)
        for entry in other.killed:
            insort(self.killed, entry, key=_time)


def _time(telling: Telling) -> tuple[dt.datetime, str]:
    return telling.order


def _neighbours(few: list[Telling], many: list[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Pairs, one of either side, that would follow each other were the two in one order of time."""
    for index, telling in enumerate(few):
        place = bisect_left(many, telling.order, key=_time)
        if place and (index == 0 or few[index - 1].order < many[place - 1].order):
            yield many[place - 1], telling
        if place < len(many) and (index + 1 == len(few) or many[place].order < few[index + 1].order):
            yield telling, many[place]


def _compatible(first: Telling, then: Telling) -> bool:
    days = 3.0
    if first.source.published is not None and then.source.published is not None:
        days = (then.source.published - first.source.published).total_seconds() / 86_400
    return compare(first.compared["killed"], then.compared["killed"], days) > WILD


@dataclass(frozen=True, slots=True)
class Joined:
    """Tellings in sets, one an incident, and the block of each telling.

    Sets and their members are in order of telling id. A block is all tellings that hang together by evidence, whether
    or not the constraints let them be one incident; it bears the least of their ids. Nothing in one block can change
    what another becomes, so a later run looks again only at the blocks that its new tellings touch.
    """

    groups: list[list[Telling]]
    block_of: dict[str, str]
    recalled: list[tuple[Telling, int | None]]
    """Tellings of older events that a report recalls, each with its set by its place in ``groups``, if it has one."""


def joined(
    tellings: Sequence[Telling], must: Pairs = (), cannot: Pairs = (), worn: AbstractSet[str] | None = None
) -> Joined:
    """Join the tellings into incidents.

    ``must`` are pairs of telling ids that are one incident and ``cannot`` pairs that are two, whatever the evidence; a
    pair that names a telling which is not there binds nothing. ``worn`` are the keys too common to bring tellings
    together (:func:`etl.incidents.blocks.worn_keys`), where ``tellings`` are not all there are.
    """
    ordered = sorted(tellings, key=lambda telling: telling.telling_id)
    word = decided(must, cannot)
    nodes = _alike(ordered, word.group_of.keys())
    sides = [Cluster.of(node) for node in nodes]
    groups: dict[str, list[int]] = defaultdict(list)
    for place, node in enumerate(nodes):
        group = word.group_of.get(node[0].telling_id)
        if group is not None and not node[0].recalled:
            groups[group].append(place)
            sides[place].groups = {group}
            sides[place].barred = set(word.apart_from.get(group, ()))
    forest, blocks = _Forest(sides), Roots(len(nodes))
    calls: dict[int, list[int]] = defaultdict(list)
    for one, other in _links([node[0] for node in nodes], worn_keys(ordered) if worn is None else worn):
        blocks.join(one, other)
        if nodes[one][0].recalled or nodes[other][0].recalled:
            calls[one].append(other)
            calls[other].append(one)
        else:
            forest.join(one, other)
    for group in sorted(groups):
        for one, other in pairwise(groups[group]):
            blocks.join(one, other)
            forest.join(one, other, forced=True)
    homes = {
        place: next((side for other in calls[place] if (side := forest.home(other)).may_join(sides[place])), None)
        for place, node in enumerate(nodes)
        if node[0].recalled
    }
    trees = sorted(
        (side for side in forest.trees() if not side.tellings[0].recalled),
        key=lambda side: min(telling.telling_id for telling in side.tellings),
    )
    number = {id(side): position for position, side in enumerate(trees)}
    # Nodes are in order of their least id, so the first of a block's nodes bears the least id of the block.
    block_of = {t.telling_id: nodes[blocks.of(place)][0].telling_id for place, node in enumerate(nodes) for t in node}
    return Joined(
        [sorted(side.tellings, key=lambda t: t.telling_id) for side in trees],
        block_of,
        [(nodes[place][0], None if side is None else number[id(side)]) for place, side in homes.items()],
    )


def linked(one: Telling, other: Telling) -> bool:
    """Whether the evidence speaks for one incident, or the two are folded into one before any evidence is asked."""
    if one.recalled and other.recalled:
        return False
    weight = evidence(one, other)
    if weight is not None and round(weight, 6) >= LINK:
        return True
    if one.start != other.start or one.spot != other.spot or one.compared != other.compared:
        return False
    alike = alike_in(one)
    return alike is not None and alike == alike_in(other)


def _links(heads: Sequence[Telling], worn: AbstractSet[str]) -> list[tuple[int, int]]:
    """Pairs of positions in ``heads`` that speak for one incident, the strongest first."""
    links = []
    for one, other in candidate_pairs(heads, worn):
        if heads[one].recalled and heads[other].recalled:
            continue
        weight = evidence(heads[one], heads[other])
        # Rounded, since a sum of floats may differ in its last digit by the order of its parts.
        if weight is not None and round(weight, 6) >= LINK:
            links.append((-round(weight, 6), one, other))
    return [(one, other) for _, one, other in sorted(links)]


class Roots:
    """Positions joined into sets; each set is known by its least position."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        low, high = sorted((self.of(one), self.of(other)))
        self._parent[high] = low

    def of(self, place: int) -> int:
        """The least position of the set that ``place`` is in."""
        parent = self._parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place


class _Forest:
    """Clusters that grow into each other; every position leads to the one it has become part of."""

    def __init__(self, sides: list[Cluster]) -> None:
        self._sides = sides
        self._parent = list(range(len(sides)))

    def join(self, one: int, other: int, *, forced: bool = False) -> None:
        """Make one cluster of two where they may be one; ``forced``: wherever no analyst holds them apart."""
        left, right = self._root(one), self._root(other)
        if left == right:
            return
        mine, theirs = self._sides[left], self._sides[right]
        if mine.is_barred_from(theirs) if forced else not mine.may_join(theirs):
            return
        # The smaller goes into the larger, which keeps the cost of joining near-linear.
        if len(mine.tellings) < len(theirs.tellings):
            left, right = right, left
        self._sides[left].join(self._sides[right])
        self._parent[right] = left

    def home(self, place: int) -> Cluster:
        """The cluster that a position has become part of."""
        return self._sides[self._root(place)]

    def trees(self) -> Iterator[Cluster]:
        """The clusters that are part of no other."""
        return (side for place, side in enumerate(self._sides) if self._parent[place] == place)

    def _root(self, place: int) -> int:
        parent = self._parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place


def alike_in(telling: Telling) -> tuple[object, ...] | None:
    """Everything compared; None where too little is known for likeness to mean anything."""
    if not telling.dated or telling.country is None or telling.recalled:
        return None
    figures = tuple(
        sorted((measure, figure.low, figure.best, figure.high) for measure, figure in telling.compared.items())
    )
    what = (
        telling.country,
        telling.adm1,
        telling.spot,
        telling.spots,
        telling.written_there,
        telling.event.cause,
        telling.people,
    )
    when = (telling.start, telling.end, telling.since, telling.exact, telling.event.place_precision, telling.point)
    return (what, when, figures)


def _alike(ordered: Sequence[Telling], named: AbstractSet[str]) -> list[list[Telling]]:
    """Tellings that agree in everything compared, together; a report's second such telling is another incident's.

    Those in ``named``, of which an analyst spoke, stay alone.
    """
    seen: dict[tuple[object, ...], int] = defaultdict(int)
    groups: dict[tuple[object, ...], list[Telling]] = defaultdict(list)
    for telling in sorted(ordered, key=lambda telling: (telling.event.report_id, telling.event.index)):
        alike = alike_in(telling)
        if alike is None or telling.telling_id in named:
            groups["alone", telling.telling_id].append(telling)
            continue
        place = seen[alike, telling.event.report_id]
        seen[alike, telling.event.report_id] += 1
        groups[alike, place].append(telling)
    return sorted(
        (sorted(group, key=lambda t: t.telling_id) for group in groups.values()), key=lambda g: g[0].telling_id
    )
