"""The tellings that the tables hold, as arrays: which of them a new telling must be compared with.

The answer is that of :mod:`etl.incidents.blocks` over all tellings, without reading a claim of those that cannot be one
incident with a new one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.incidents.blocks import MOST_IN_KEY, Bits, Windows, has_window, keys, windows_of
from etl.incidents.telling import Telling

Positions = npt.NDArray[np.int64]
COLUMNS = (
    "telling_id",
    "report_id",
    "incident_id",
    "block_id",
    "country_code",
    "since",
    "until",
    "families",
    "region",
    "latitude",
    "longitude",
    "keys",
    "event",
    "compared",
)


@dataclass(slots=True)
class Held:
    """Rows of the table ``tellings`` (at least its columns ``COLUMNS``), by position."""

    rows: pa.Table
    _bits: Bits = field(default_factory=Bits)

    def of_reports(self, report_ids: Collection[str]) -> Positions:
        """Positions of the tellings of these reports."""
        return self._where("report_id", report_ids)

    def of_blocks(self, block_ids: Collection[str]) -> Positions:
        """Positions of the tellings in these blocks."""
        return self._where("block_id", block_ids)

    def values(self, column: str, positions: Positions | Sequence[int]) -> list[str]:
        """The values of a column at these positions."""
        found: list[str] = self.rows.column(column).take(pa.array(positions, pa.int64())).to_pylist()
        return found

    def incidents(self, positions: Positions) -> set[str]:
        """The incidents of the tellings at these positions."""
        found: list[str | None] = self.rows.column("incident_id").take(pa.array(positions, pa.int64())).to_pylist()
        return {one for one in found if one is not None}

    def near(self, fresh: Sequence[Telling], gone: Positions, worn: AbstractSet[str]) -> dict[int, list[int]]:
        """Positions of the held tellings that may be one incident with each fresh one (by its place in ``fresh``).

        Those at ``gone`` are left out, and keys in ``worn`` bring nothing.
        """
        there = np.ones(self.rows.num_rows, dtype=np.bool_)
        there[gone] = False
        found: dict[int, set[int]] = defaultdict(set)
        for place, position in (*self._by_window(fresh, there), *self._by_key(fresh, there, worn)):
            found[place].add(position)
        return {place: sorted(positions) for place, positions in sorted(found.items())}

    def _where(self, column: str, values: Collection[str]) -> Positions:
        chosen = pc.is_in(self.rows.column(column), value_set=pa.array(sorted(values), pa.string()))
        return np.flatnonzero(_numpy(chosen)).astype(np.int64)

    def _by_window(self, fresh: Sequence[Telling], there: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
        by_country: dict[str, list[int]] = defaultdict(list)
        for place, telling in enumerate(fresh):
            if telling.country is not None and telling.since is not None:
                by_country[telling.country].append(place)
        wanted = pc.is_in(self.rows.column("country_code"), value_set=pa.array(sorted(by_country), pa.string()))
        usable = there & _numpy(wanted) & _numpy(pc.is_valid(self.rows.column("since")))
        countries = self.rows.column("country_code").filter(pa.array(usable))
        positions = np.flatnonzero(usable)
        for country, places in by_country.items():
            own = positions[_numpy(pc.equal(countries, country))]
            if not own.size:
                continue
            days = self.rows.column("since").take(pa.array(own)).to_numpy(zero_copy_only=False)
            own = own[np.argsort(days, kind="stable")]
            windows = self._windows(own)
            asked = windows_of([fresh[place] for place in places], self._bits)
            # In order of first days: who begins after a telling may have ended, and who is before the first whose
            # forerunners have all ended before it, cannot meet it.
            stops = np.searchsorted(windows.since, asked.until, side="right")
            starts = np.searchsorted(np.maximum.accumulate(windows.until), asked.since, side="left")
            for index, place in enumerate(places):
                some = slice(int(starts[index]), int(stops[index]))
                for position in own[some][windows.meeting(asked, index, some)].tolist():
                    yield place, position

    def _windows(self, positions: Positions) -> Windows:
        rows = self.rows.select(["since", "until", "families", "region", "latitude", "longitude"]).take(
            pa.array(positions)
        )
        points = [rows.column(name).to_numpy(zero_copy_only=False) for name in ("latitude", "longitude")]
        return Windows(
            since=rows.column("since").to_numpy(zero_copy_only=False).astype(np.int64),
            until=rows.column("until").to_numpy(zero_copy_only=False).astype(np.int64),
            families=_numbered(rows.column("families"), lambda words: self._bits.mask((words or "").split())),
            regions=_numbered(rows.column("region"), self._bits.region),
            points=np.stack([np.asarray(each, dtype=np.float64) for each in points], axis=1),
        )

    def _by_key(
        self, fresh: Sequence[Telling], there: npt.NDArray[np.bool_], worn: AbstractSet[str]
    ) -> Iterator[tuple[int, int]]:
        holders: dict[str, list[int]] = defaultdict(list)
        for place, telling in enumerate(fresh):
            for key in keys(telling):
                if key not in worn:
                    holders[key].append(place)
        column = self.rows.column("keys").combine_chunks()
        values = pc.list_flatten(column)
        chosen = pc.is_in(values, value_set=pa.array(sorted(holders), pa.string()))
        positions = _numpy(pc.list_parent_indices(column).filter(chosen)).tolist()
        countries = self.rows.column("country_code").take(pa.array(positions, pa.int64())).to_pylist()
        since = self.rows.column("since").take(pa.array(positions, pa.int64())).to_pylist()
        for key, position, country, day in zip(
            values.filter(chosen).to_pylist(), positions, countries, since, strict=True
        ):
            if not there[position]:
                continue
            for place in holders[key]:
                # Those that share a country and have days each meet by their windows, or not at all.
                if not (has_window(fresh[place]) and day is not None and country == fresh[place].country):
                    yield place, position

    def worn(self, fresh: Sequence[Telling], gone: Positions) -> tuple[set[str], set[str]]:
        """Keys too common to bring tellings together, before and after the fresh tellings replaced those at ``gone``.

        What fresh tellings or those at ``gone`` do not bear is worn before and after alike.
        """
        added = Counter(key for telling in fresh for key in keys(telling))
        column = self.rows.column("keys").combine_chunks()
        taken = Counter(pc.list_flatten(column.take(pa.array(gone))).to_pylist())
        counted = pc.value_counts(pc.list_flatten(column))
        asked = pa.array(sorted(added.keys() | taken.keys()), pa.string())
        many = pc.greater(counted.field("counts"), MOST_IN_KEY)
        counted = counted.filter(pc.or_(many, pc.is_in(counted.field("values"), value_set=asked)))
        held = dict(zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True))
        before = {key for key, count in held.items() if count > MOST_IN_KEY}
        after = set(before)
        for key in added.keys() | taken.keys():
            count = held.get(key, 0) + added[key] - taken[key]
            (after.add if count > MOST_IN_KEY else after.discard)(key)
        return before, after

    def bearing(self, some: Collection[str], fresh: Sequence[Telling]) -> Positions:
        """Positions of the tellings that one of these keys may bring together with another.

        A key whose bearers, held and fresh, have all their days in one country brings nobody together: these meet by
        their windows, or not at all.
        """
        countries: dict[str, set[str | None]] = {key: set() for key in some}
        for telling in fresh:
            for key in countries.keys() & set(keys(telling)):
                countries[key].add(telling.country if has_window(telling) else None)
        column = self.rows.column("keys").combine_chunks()
        values = pc.list_flatten(column)
        chosen = pc.is_in(values, value_set=pa.array(sorted(some), pa.string()))
        positions = _numpy(pc.list_parent_indices(column).filter(chosen)).astype(np.int64)
        borne = values.filter(chosen).to_pylist()
        own = self.rows.select(["country_code", "since"]).take(pa.array(positions)).to_pylist()
        for key, row in zip(borne, own, strict=True):
            countries[key].add(None if row["since"] is None else row["country_code"])
        apart = {key for key, found in countries.items() if None in found or len(found) > 1}
        return np.unique(positions[[key in apart for key in borne]])


def _numpy(values: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    plain: npt.NDArray[np.bool_] = values.to_numpy(zero_copy_only=False)
    return plain


def _numbered(words: pa.ChunkedArray, number: Callable[[str | None], int]) -> npt.NDArray[np.int64]:
    """A number for each word; each different word is looked up once."""
    encoded = words.combine_chunks().dictionary_encode(null_encoding="encode")
    numbers = np.array([number(word) for word in encoded.dictionary.to_pylist()], dtype=np.int64)
    codes: npt.NDArray[np.int64] = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers[codes] if numbers.size else np.zeros(0, dtype=np.int64)
