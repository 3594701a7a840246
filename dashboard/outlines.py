"""The outlines maps are drawn on: files of ``data/outlines/``, served by this server and by nobody else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "data" / "outlines"
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

WORLD: Box = (-168.0, -56.0, 180.0, 78.0)
_NAME = re.compile(r"[A-Z]{2}|world")


def path_of(name: str) -> Path | None:
    """The file of a country (ISO 3166-1 alpha-2) or of the ``world``; None where there is none."""
    if not _NAME.fullmatch(name):
        return None
    path = FOLDER / f"{name}.geojson"
    return path if path.is_file() else None


@lru_cache(maxsize=64)
def regions_of(country: str) -> tuple[tuple[str, str], ...]:
    """Code and name of every outline in the file of a country (or of the world); empty where there is no file."""
    return tuple((str(f["id"]), str(f["properties"].get("name") or f["id"])) for f in _features(country))


@lru_cache(maxsize=256)
def box_of(country: str) -> Box | None:
    """The box around a country's outlines, or None where there is no file."""
    return around(point for feature in _features(country) for point in _points(feature["geometry"]["coordinates"]))


def around(points: Iterable[tuple[float, float]]) -> Box | None:
    """The box around points (longitude, latitude), or None for no points."""
    seen = list(points)
    if not seen:
        return None
    longitudes, latitudes = zip(*seen, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def joined(boxes: Sequence[Box]) -> Box | None:
    """The box around boxes, or None for none."""
    return around(corner for west, south, east, north in boxes for corner in ((west, south), (east, north)))


def _features(name: str) -> list[dict]:  # type: ignore[type-arg]  # GeoJSON, nested at will
    path = path_of(name)
    return json.loads(path.read_text(encoding="utf-8"))["features"] if path else []


def _points(coordinates: list) -> Iterable[tuple[float, float]]:  # type: ignore[type-arg]  # nested as deep as it is
    if coordinates and isinstance(coordinates[0], (int, float)):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for part in coordinates:
        yield from _points(part)
