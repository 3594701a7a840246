"""The embedded gazetteer: from a folded name to the places that bear it, loaded once in well under half a second."""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from etl.lasting import lasting
from etl.places.names import fold, sound

FOLDER = Path(__file__).resolve().parents[2] / "data" / "gazetteer"
PRECISION = {"city": 1, "adm2": 3, "adm1": 4, "country": 6}
"""Place precision (UCDP GED's codes) by kind; curated regions carry their own."""
PEOPLE_PER_REPORT = 25_000
"""What each report that means a place by a name adds to the people it is weighed by."""
MOST_PEOPLE_BY_REPORTS = 1_000_000
MARKED = 32
"""Every so many names one is held, so that a search among all names reads no more than five of the others."""
CACHE_SIZE = 10_000
"""Words and names remembered, of each kind; news has some thousands that come again and again."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the world.

    ``kind`` is ``city``, ``adm1``, ``adm2``, ``country``, ``former country``, ``region``, ``sea``, ``airport``,
    ``crossing``, ``district`` or ``unlisted`` (named by the text, absent from the gazetteer, placed in the region
    around it). ``precision`` follows UCDP GED: 1 exact, 2 near, 3 admin2, 4 admin1, 5 larger or vague region,
    6 country, 7 sea or air. ``latitude`` and ``longitude`` are degrees, WGS 84. ``adm1_code`` is ISO 3166-2, or
    GeoNames' own code with a dot where ISO has none (``PS.GZ``).
    """

    name: str
    kind: str
    precision: int
    country_code: str | None = None
    country_name: str | None = None
    adm1_code: str | None = None
    adm1_name: str | None = None
    adm2_name: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geoname_id: int | None = None
    population: int = 0
    country_codes: tuple[str, ...] = ()
    """Every country a region or a former country lies in."""
    alternatives: tuple[str, ...] = ()
    """Other places of that name which were considered and lost, as "Name, Region, Country"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears a name: enough of it to weigh it against its namesakes."""

    row: int
    kind: str
    country: str
    adm1: str
    population: int
    grade: int
    """0: the place's main name; 1: a spelling of it; 2: another name, perhaps of another language."""

    @property
    def alternate(self) -> bool:
        """True: the name is not the place's main name."""
        return self.grade > 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a word that is no place says about the country and region a report is about."""

    countries: tuple[str, ...]
    adm1_code: str = ""
    kind: str = "nationality"
    acronym: bool = False
    """True: counts only where it is printed in capitals."""


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the curated CSV files."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _listed(words: str) -> list[str]:
    return [word for word in words.split(";") if word]


class SortedNames:
    """Half a million sorted names, searched where they lie: a dictionary of them would take a second to build."""

    def __init__(self, path: Path) -> None:
        table = pq.ParquetFile(path).read()
        names: pa.StringArray = table["name"].combine_chunks()
        lists: pa.ListArray = table["bearers"].combine_chunks()
        self._bearers: Any = lists.values.to_numpy()
        self._bearer_offsets: Any = lists.offsets.to_numpy()
        _, offsets, data = names.buffers()
        self._offsets = memoryview(offsets).cast("i")[: len(names) + 1]
        self._data = memoryview(data)
        self._marks = [self._name(index) for index in range(0, len(names), MARKED)]
        self._known: dict[str, tuple[int, bool]] = {}

    def bearers(self, folded: str) -> list[int]:
        """Who bears the name: row * 4, and how far it is from the main name of the place (``Candidate.grade``)."""
        index = self.locate(folded)[0]
        if index < 0:
            return []
        numbers: list[int] = self._bearers[self._bearer_offsets[index] : self._bearer_offsets[index + 1]].tolist()
        return numbers

    def _name(self, index: int) -> bytes:
        return bytes(self._data[self._offsets[index] : self._offsets[index + 1]])

    def _from(self, key: bytes) -> int:
        """Index of the first name that is KEY or sorts behind it."""
        count = len(self._offsets) - 1
        before = MARKED * max(0, bisect_left(self._marks, key) - 1)
        return bisect_left(range(count), key, before, min(before + MARKED, count), key=self._name)

    def locate(self, folded: str) -> tuple[int, bool]:
        """Index of the name, -1 where it is none; and whether some longer name begins with these words."""
        known = self._known.get(folded)
        if known is None:
            key = folded.encode()
            count, at = len(self._offsets) - 1, self._from(key)
            found = at < count and self._name(at) == key
            # A blank sorts before every letter, so names that go on after a blank follow at once.
            begins = at + found < count and self._name(at + found).startswith(key + b" ")
            known = (at if found else -1, begins)
            _bounded(self._known)[folded] = known
        return known

    def following(self, folded: str) -> set[str]:
        """The words that names put right behind the words FOLDED, which they begin with."""
        key = folded.encode() + b" "
        first, words = self._from(key), set()
        for at in range(first, len(self._offsets) - 1):
            name = self._name(at)
            if not name.startswith(key):
                break
            words.add(name[len(key) :].split(b" ", 1)[0])
        return {word.decode() for word in words}


@dataclass(frozen=True, slots=True)
class Opening:
    """What names and hints begin with a word."""

    name: bool
    """Whether the word is one by itself, and not only a kind of place."""
    hint: bool
    """Whether it is a hint, or opens a shortened region."""
    following: frozenset[str]
    """The words that stand behind it in longer ones."""


class Gazetteer:
    """Places by name. Compiled tables hold GeoNames' places; the curated files beside them add to their names."""

    def __init__(self) -> None:
        self._places = pq.ParquetFile(FOLDER / "places.parquet").read()
        self._names = SortedNames(FOLDER / "names.parquet")
        self._sounds = SortedNames(FOLDER / "sounds.parquet")
        self._column: dict[str, Any] = {}
        for column in ("kind", "country_code", "adm1_code", "adm1_name", "adm2_name"):
            chunk = self._places[column].combine_chunks()
            self._column[column] = (chunk.indices.to_numpy(), chunk.dictionary.to_pylist())
        self._population: Any = self._places["population"].to_numpy()
        self._curated: list[Place] = []
        self._curated_index: dict[str, list[int]] = defaultdict(list)
        self._curated_beginnings: set[str] = set()
        self.country_names: dict[str, str] = {}
        self.capitals: dict[str, str] = {}
        self._read_countries()
        self._read_regions()
        self.evidence = self._read_evidence()
        self.evidence_beginnings = {
            " ".join(words[:count]) for words in map(str.split, self.evidence) for count in range(1, len(words))
        }
        self.adm1_abbreviations = {
            fold(short): row["adm1_code"]
            for row in rows_of("abbreviations.csv")
            for short in _listed(row["abbreviations"])
        }
        self.postal_codes = {row["postal"]: row["adm1_code"] for row in rows_of("abbreviations.csv")}
        self.english_words = frozenset((FOLDER / "english_words.txt").read_text(encoding="utf-8").splitlines())
        personal = list(rows_of("personal_names.csv"))
        self.first_names = frozenset(row["name"] for row in personal if row["kind"] == "first")
        self.surnames = frozenset(row["name"] for row in personal if row["kind"] == "last")
        self.roles: dict[str, frozenset[str]] = {
            row["role"]: frozenset(row["words"].split()) for row in rows_of("context_words.csv")
        }
        kinds_of_thing = ("region", "district", "town", "street", "facility", "organisation", "newspaper")
        self.kind_words = frozenset().union(
            *(self.roles[f"{kind}_word"] for kind in kinds_of_thing), self.roles["direction"], self.roles["title"]
        )
        self._adm1_rows: dict[str, int] = {}
        kinds, kind_names = self._column["kind"]
        codes, code_names = self._column["adm1_code"]
        for row in (kinds == kind_names.index("adm1")).nonzero()[0].tolist():
            self._adm1_rows[code_names[codes[row]]] = row
        self._in_news: dict[str, list[Candidate]] = defaultdict(list)
        self._read_news_names()
        for name in (*self._curated_index, *self._in_news):
            words = name.split()
            self._curated_beginnings.update(" ".join(words[:count]) for count in range(1, len(words)))
        self._following: dict[str, set[str]] = defaultdict(set)
        for name in (*self._curated_index, *self._in_news, *self.evidence):
            for first, second in pairwise(name.split()[:2]):
                self._following[first].add(second)
        self._known_places: dict[int, Place] = {}
        self._cache: dict[str, tuple[Candidate, ...]] = {}
        self._abbreviated = {short.split()[0] for short in self.adm1_abbreviations if short}
        self._openings: dict[str, Opening] = {}

    def _value(self, column: str, row: int) -> str:
        indices, values = self._column[column]
        value: str = values[indices[row]]
        return value

    def _read_countries(self) -> None:
        kinds, kind_names = self._column["kind"]
        for row in (kinds == kind_names.index("country")).nonzero()[0].tolist():
            code = self._value("country_code", row)
            self.country_names[code] = self._places["name"][row].as_py()
            self.capitals[code] = self._value("adm2_name", row)
        self._country_rows = {
            self._value("country_code", row): row
            for row in (kinds == kind_names.index("country")).nonzero()[0].tolist()
        }

    def _read_regions(self) -> None:
        for row in rows_of("regions.csv"):
            codes = tuple(_listed(row["country_codes"]))
            place = Place(
                name=row["name"],
                kind=row["kind"],
                precision=int(row["precision"]),
                country_code=codes[0] if codes and row["kind"] != "sea" else None,
                country_name=self.country_names.get(codes[0]) if codes and row["kind"] != "sea" else None,
                adm1_code=row["adm1_code"] or None,
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                country_codes=codes,
            )
            for name in (row["name"], *_listed(row["aliases"])):
                bearers = self._curated_index[fold(name)]
                if -1 - len(self._curated) not in bearers:
                    bearers.append(-1 - len(self._curated))
            self._curated.append(place)

    def _read_news_names(self) -> None:
        """Names that reports print and GeoNames lacks or ranks too low, each as a candidate of its own weight."""
        rows = list(rows_of("news_names.csv"))
        wanted = {int(row["geoname_id"]) for row in rows if row["geoname_id"]}
        ids: Any = self._places["geoname_id"].to_numpy()
        found = np.isin(ids, list(wanted)).nonzero()[0].tolist()
        row_of = {int(ids[row]): row for row in found}
        for row in rows:
            folded, people = fold(row["name"]), min(MOST_PEOPLE_BY_REPORTS, PEOPLE_PER_REPORT * int(row["reports"]))
            at = row_of.get(int(row["geoname_id"] or 0))
            if at is not None:
                known = self._candidate(4 * at + 1)
                self._in_news[folded].append(replace(known, population=known.population + people))
                continue
            country, adm1 = row["country_code"], row["adm1_code"]
            region = self._adm1_rows.get(adm1)
            place = Place(
                name=row["name"],
                kind="city",
                precision=2,
                country_code=country,
                country_name=self.country_names.get(country),
                adm1_code=adm1 or None,
                adm1_name=None if region is None else self._value("adm1_name", region) or None,
                country_codes=(country,),
            )
            self._curated.append(place)
            self._in_news[folded].append(Candidate(-len(self._curated), "city", country, adm1, people, 0))

    def _read_evidence(self) -> dict[str, Evidence]:
        found: dict[str, Evidence] = {}
        for file, column, kind in (
            ("demonyms.csv", "words", "nationality"),
            ("organisations.csv", "names", "organisation"),
        ):
            for row in rows_of(file):
                for word in _listed(row[column]):
                    found[fold(word)] = Evidence(tuple(_listed(row["country_codes"])), "", kind, word.isupper())
        for row in rows_of("landmarks.csv"):
            found[fold(row["words"])] = Evidence((row["country_code"],), row["adm1_code"], "organisation")
        return found

    def locate(self, folded: str) -> tuple[bool, bool]:
        """Whether the words are a name, and whether some longer name begins with them."""
        index, begins = self._names.locate(folded)
        known = index >= 0 or folded in self._curated_index or folded in self._in_news
        return known, begins or folded in self._curated_beginnings

    def opening(self, folded: str) -> Opening:
        """What names and hints begin with the one word FOLDED."""
        known = self._openings.get(folded)
        if known is None:
            name, begins = self.locate(folded)
            kind = folded in self.kind_words or folded in self.roles["not_place"]
            following = self._following.get(folded, set()) | (self._names.following(folded) if begins else set())
            known = Opening(
                name and not kind, folded in self.evidence or folded in self._abbreviated, frozenset(following)
            )
            _bounded(self._openings)[folded] = known
        return known

    def is_curated(self, folded: str) -> bool:
        """True for a name of the files kept by hand, which print ordinary words in lower case: "Manas airport"."""
        return folded in self._curated_index

    def candidates(self, folded: str) -> tuple[Candidate, ...]:
        """Every place that bears the folded name; empty where none does."""
        known = self._cache.get(folded)
        if known is not None:
            return known
        found: list[Candidate] = []
        for row in self._curated_index.get(folded, ()):
            place = self._curated[-1 - row]
            found.append(Candidate(row, place.kind, place.country_code or "", place.adm1_code or "", 2_000_000, 0))
        in_news = self._in_news.get(folded, ())
        taken = {candidate.row for candidate in in_news}
        found += in_news
        found += (c for c in map(self._candidate, self._names.bearers(folded)) if c.row not in taken)
        _bounded(self._cache)[folded] = tuple(found)
        return self._cache[folded]

    def sounding_like(self, folded: str) -> tuple[Candidate, ...]:
        """Places whose names sound the same, for spellings the gazetteer lacks; none for very short names."""
        key = sound(folded)
        return tuple(map(self._candidate, self._sounds.bearers(key))) if len(key) > 2 else ()

    def _candidate(self, bearer: int) -> Candidate:
        row = bearer >> 2
        return Candidate(
            row,
            self._value("kind", row),
            self._value("country_code", row),
            self._value("adm1_code", row),
            int(self._population[row]),
            bearer & 3,
        )

    def place(self, row: int) -> Place:
        """The place of a candidate's row."""
        if row < 0:
            return self._curated[-1 - row]
        known = self._known_places.get(row)
        if known is not None:
            return known
        kind, country = self._value("kind", row), self._value("country_code", row)
        place = Place(
            name=self._places["name"][row].as_py(),
            kind=kind,
            precision=PRECISION[kind],
            country_code=country or None,
            country_name=self.country_names.get(country),
            adm1_code=self._value("adm1_code", row) or None,
            adm1_name=self._value("adm1_name", row) or None,
            adm2_name=None if kind == "country" else self._value("adm2_name", row) or None,
            latitude=round(float(self._places["latitude"][row].as_py()), 4),
            longitude=round(float(self._places["longitude"][row].as_py()), 4),
            geoname_id=int(self._places["geoname_id"][row].as_py()) or None,
            population=int(self._population[row]),
            country_codes=(country,) if country else (),
        )
        _bounded(self._known_places)[row] = place
        return place

    def country(self, code: str) -> Place | None:
        """The country of an ISO 3166-1 alpha-2 code."""
        row = self._country_rows.get(code)
        return None if row is None else self.place(row)

    def region(self, adm1_code: str) -> Place | None:
        """The first-order region of a code."""
        row = self._adm1_rows.get(adm1_code)
        return None if row is None else self.place(row)

    def region_candidates(self, adm1_code: str) -> tuple[Candidate, ...]:
        """The first-order region of a code as the one candidate of its abbreviation."""
        row = self._adm1_rows.get(adm1_code)
        if row is None:
            return ()
        return (Candidate(row, "adm1", adm1_code[:2], adm1_code, int(self._population[row]), 0),)

    def capital(self, country_code: str) -> Place | None:
        """The capital of a country; none where GeoNames has no town of that name."""
        name = self.capitals.get(country_code, "")
        rows = [c for c in self.candidates(fold(name)) if c.country == country_code and c.kind == "city"]
        best = max(rows, key=lambda c: (not c.alternate, c.population), default=None)
        return None if best is None else self.place(best.row)


def _bounded(known: dict[Any, Any]) -> dict[Any, Any]:
    """KNOWN, emptied where it is full: what comes again is soon known again."""
    if len(known) >= CACHE_SIZE:
        known.clear()
    return known


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded on first use and shared."""
    with lasting():
        return Gazetteer()
