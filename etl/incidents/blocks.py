"""Which pairs of tellings are worth comparing, so that the work grows with the news and not with its square.

A block is a country, a time window and a family of causes. Tellings are put in order of their first day, and each is
compared with those that begin before it may have ended; numpy rules out by country, family and region first. Tellings
without a day or a country cannot stand in such a block: they meet others only under a shared victim's name or under the
same place and figure. Identical tellings were folded into one before (:mod:`etl.incidents.clustering`), which bounds
the pairs that one much-told incident brings.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from etl.incidents import causes
from etl.incidents.matching import LONG_WORD
from etl.incidents.telling import Telling

MOST_IN_KEY = 200
"""A name or figure that more tellings share says nothing of any one incident, and would bring pairs by the square."""
ANY_FAMILY = (1 << 62) - 1
ANY_REGION = 0


def candidate_pairs(tellings: Sequence[Telling], worn: Collection[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """Pairs of positions (first below second), each once, that may be one incident; keys in ``worn`` bring none."""
    yield from _by_window(tellings)
    yield from _by_key(tellings, worn)


def until(telling: Telling) -> int:
    """The last day (a day number) on which another telling of the same incident may begin."""
    return (telling.end or 0) + (causes.days(telling.event.cause) if telling.exact else 1)


def region(telling: Telling) -> str | None:
    """The region it can only lie in; None where none is known, or where it is told of several places."""
    return telling.adm1 if len(telling.spots) <= 1 else None


def has_window(telling: Telling) -> bool:
    """Whether its country and days are known, so that it meets others by these."""
    return telling.country is not None and telling.since is not None


@dataclass(frozen=True, slots=True)
class Windows:
    """Tellings of one country as arrays, for ruling out at once all that cannot be one incident with another."""

    since: npt.NDArray[np.int64]
    until: npt.NDArray[np.int64]
    families: npt.NDArray[np.int64]
    regions: npt.NDArray[np.int64]
    points: npt.NDArray[np.float64]

    def fitting(self, index: int, rest: slice) -> npt.NDArray[np.bool_]:
        """Which of the tellings in ``rest`` share a family with the one at ``index`` and may lie where it does."""
        return self._fit(self.families[index], self.regions[index], self.points[index], rest)

    def meeting(self, other: Windows, index: int, rest: slice) -> npt.NDArray[np.bool_]:
        """Which of the tellings in ``rest`` may be one incident with the one at ``index`` of ``other``."""
        fits: npt.NDArray[np.bool_] = self.until[rest] >= other.since[index]
        fits &= self.since[rest] <= other.until[index]
        if fits.any():
            fits &= self._fit(other.families[index], other.regions[index], other.points[index], rest)
        return fits

    def _fit(
        self, families: np.int64, region: np.int64, point: npt.NDArray[np.float64], rest: slice
    ) -> npt.NDArray[np.bool_]:
        fits: npt.NDArray[np.bool_] = (self.families[rest] & families) != 0
        if region != ANY_REGION:
            regions = self.regions[rest]
            fits &= (regions == region) | (regions == ANY_REGION) | _close(self.points[rest], point)
        return fits


class Bits:
    """Numbers for families and regions, the same for every array made with them."""

    def __init__(self) -> None:
        self._families: dict[str, int] = {}
        self._regions: dict[str, int] = {}

    def mask(self, families: Iterable[str]) -> int:
        """A bit for each family; all bits where the cause is unknown."""
        mask = 0
        for family in sorted(families):
            # 62 families fit; a cause outside the vocabulary shares the last bit, which only costs a comparison.
            mask |= 1 << self._families.setdefault(family, min(len(self._families), 61))
        return mask or ANY_FAMILY

    def region(self, name: str | None) -> int:
        """A number for a region, ``ANY_REGION`` for none."""
        return self._regions.setdefault(name, len(self._regions) + 1) if name else ANY_REGION


def windows_of(tellings: Sequence[Telling], bits: Bits) -> Windows:
    """The arrays of tellings that have a window, in their order."""
    return Windows(
        since=np.array([telling.since for telling in tellings], dtype=np.int64),
        until=np.array([until(telling) for telling in tellings], dtype=np.int64),
        families=np.array([bits.mask(telling.families) for telling in tellings], dtype=np.int64),
        regions=np.array([bits.region(region(telling)) for telling in tellings], dtype=np.int64),
        points=np.array([telling.point or (np.nan, np.nan) for telling in tellings], dtype=np.float64).reshape(-1, 2),
    )


def _by_window(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    countries: dict[str, list[int]] = defaultdict(list)
    for position, telling in enumerate(tellings):
        if telling.country is not None and telling.since is not None:
            countries[telling.country].append(position)
    bits = Bits()
    for country in sorted(countries):
        yield from _window_pairs(tellings, countries[country], bits)


def _window_pairs(tellings: Sequence[Telling], members: list[int], bits: Bits) -> Iterator[tuple[int, int]]:
    members.sort(key=lambda position: (tellings[position].since or 0, position))
    windows = windows_of([tellings[position] for position in members], bits)
    places = np.array(members, dtype=np.int64)
    stops = np.searchsorted(windows.since, windows.until, side="right")
    for index, stop in enumerate(stops.tolist()):
        if stop <= index + 1:
            continue
        rest = slice(index + 1, stop)
        for position in places[rest][windows.fitting(index, rest)].tolist():
            yield (members[index], position) if members[index] < position else (position, members[index])


def _close(points: npt.NDArray[np.float64], point: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    # Half a degree of latitude is 55 km; towards the poles a degree of longitude shrinks, so it counts for less.
    width = 0.5 / max(0.1, float(np.cos(np.radians(point[0])))) if not np.isnan(point[0]) else 0.5
    near: npt.NDArray[np.bool_] = (np.abs(points[:, 0] - point[0]) <= 0.5) & (np.abs(points[:, 1] - point[1]) <= width)
    return near


def _by_key(tellings: Sequence[Telling], worn: Collection[str]) -> Iterator[tuple[int, int]]:
    members: dict[str, list[int]] = defaultdict(list)
    for position, telling in enumerate(tellings):
        for key in keys(telling):
            members[key].append(position)
    seen: set[tuple[int, int]] = set()
    for key, positions in members.items():
        if key in worn:
            continue
        for index, first in enumerate(positions):
            for second in positions[index + 1 :]:
                if (first, second) not in seen and not share_window(tellings[first], tellings[second]):
                    seen.add((first, second))
                    yield first, second


def share_window(one: Telling, other: Telling) -> bool:
    """Whether the two meet by country and days, or cannot meet for these."""
    return (
        one.country is not None and one.country == other.country and one.since is not None and other.since is not None
    )


def worn_keys(tellings: Iterable[Telling]) -> set[str]:
    """Keys that more than ``MOST_IN_KEY`` tellings share."""
    counts = Counter(key for telling in tellings for key in keys(telling))
    return {key for key, count in counts.items() if count > MOST_IN_KEY}


def keys(telling: Telling) -> tuple[str, ...]:
    """Hashes of what alone may bring two tellings together: words of victims' names, and the place with a figure."""
    words = sorted({word for person in telling.people for word in person if len(word) >= LONG_WORD})
    named = [f"person\x1f{word}" for word in words]
    place = telling.spot or telling.country
    figures = [f"place\x1f{place}\x1f{measure}\x1f{figure.best}" for measure, figure in telling.compared.items()]
    return tuple(hashlib.blake2b(key.encode(), digest_size=6).hexdigest() for key in (*named, *figures))
