"""Which pairs of tellings are worth comparing, so that the work grows with the news and not with its square.

A block is a country, a time window and a family of causes. Tellings are put in order of their first day, and each is
compared with those that begin before it may have ended; numpy rules out by country, family and region first. Tellings
without a day or a country cannot stand in such a block: they meet others only under a shared victim's name or under the
same place and figure. Identical tellings were folded into one before (:mod:`etl.incidents.clustering`), which bounds
the pairs that one much-told incident brings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from etl.incidents import causes
from etl.incidents.matching import LONG_WORD
from etl.incidents.telling import Telling

MOST_IN_KEY = 200
"""A name or figure that more tellings share says nothing of any one incident, and would bring pairs by the square."""


def candidate_pairs(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Pairs of positions (first below second), each once, that may be one incident."""
    yield from _by_window(tellings)
    yield from _by_key(tellings)


def _by_window(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    countries: dict[str, list[int]] = defaultdict(list)
    for position, telling in enumerate(tellings):
        if telling.country is not None and telling.since is not None:
            countries[telling.country].append(position)
    bits: dict[str, int] = {}
    for country in sorted(countries):
        yield from _window_pairs(tellings, countries[country], bits)


def _mask(families: Iterable[str], bits: dict[str, int]) -> int:
    mask = 0
    for family in sorted(families):
        # 62 families fit; a cause outside the vocabulary shares the last bit, which only costs a comparison.
        mask |= 1 << bits.setdefault(family, min(len(bits), 61))
    return mask or (1 << 62) - 1


def _window_pairs(tellings: Sequence[Telling], members: list[int], bits: dict[str, int]) -> Iterator[tuple[int, int]]:
    members.sort(key=lambda position: (tellings[position].since or 0, position))
    own = [tellings[position] for position in members]
    starts = np.array([telling.since for telling in own], dtype=np.int64)
    reach = np.array([(telling.end or 0) + _slack(telling) for telling in own], dtype=np.int64)
    masks = np.array([_mask(telling.families, bits) for telling in own], dtype=np.int64)
    regions: dict[str, int] = {}
    # 0: no region known, or several places told, which no one region can rule out.
    region = np.array(
        [regions.setdefault(t.adm1, len(regions) + 1) if t.adm1 and len(t.spots) <= 1 else 0 for t in own],
        dtype=np.int64,
    )
    points = np.array([telling.point or (np.nan, np.nan) for telling in own], dtype=np.float64)
    places = np.array(members, dtype=np.int64)
    stops = np.searchsorted(starts, reach, side="right")
    for index, stop in enumerate(stops.tolist()):
        if stop <= index + 1:
            continue
        rest = slice(index + 1, stop)
        fits = (masks[rest] & masks[index]) != 0
        if region[index]:
            fits &= (region[rest] == region[index]) | (region[rest] == 0) | _close(points[rest], points[index])
        for position in places[rest][fits].tolist():
            yield (members[index], position) if members[index] < position else (position, members[index])


def _close(points: npt.NDArray[np.float64], point: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    # Half a degree of latitude is 55 km; towards the poles a degree of longitude shrinks, so it counts for less.
    width = 0.5 / max(0.1, float(np.cos(np.radians(point[0])))) if not np.isnan(point[0]) else 0.5
    near: npt.NDArray[np.bool_] = (np.abs(points[:, 0] - point[0]) <= 0.5) & (np.abs(points[:, 1] - point[1]) <= width)
    return near


def _slack(telling: Telling) -> int:
    return causes.days(telling.event.cause) if telling.exact else 1


def _by_key(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    keys: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for position, telling in enumerate(tellings):
        for key in _keys(telling):
            keys[key].append(position)
    seen: set[tuple[int, int]] = set()
    for members in keys.values():
        if len(members) > MOST_IN_KEY:
            continue
        for index, first in enumerate(members):
            for second in members[index + 1 :]:
                if (first, second) not in seen and not _share_window(tellings[first], tellings[second]):
                    seen.add((first, second))
                    yield first, second


def _share_window(one: Telling, other: Telling) -> bool:
    return (
        one.country is not None and one.country == other.country and one.start is not None and other.start is not None
    )


def _keys(telling: Telling) -> Iterator[tuple[object, ...]]:
    for word in sorted({word for person in telling.people for word in person if len(word) >= LONG_WORD}):
        yield ("person", word)
    for measure, figure in telling.compared.items():
        yield ("place", telling.spot or telling.country, measure, figure.best)
