"""Outlines of countries and of their first-order regions, as GeoJSON, read from data/outlines/.

Feature ids are the codes the gazetteer uses: ISO 3166-2 for a region (GeoNames' own code where ISO has none) and
ISO 3166-1 alpha-2 for a country of the world view.
"""

from __future__ import annotations

import csv
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "data" / "outlines"


def countries() -> tuple[str, ...]:
    """ISO 3166-1 alpha-2 codes of the countries that have region outlines, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("[A-Z][A-Z].geojson")))


@lru_cache(maxsize=32)
def outline(country_code: str) -> dict[str, Any]:
    """Region outlines of one country: a GeoJSON FeatureCollection, coordinates in degrees (WGS 84).

    Each feature has its region code as ``id`` and, in ``properties``, the region's ``name`` and ``adm1_codes``: every
    gazetteer code that this outline covers (an older outline may hold several of today's regions). Treat the returned
    value as read-only; it is shared. Raises KeyError for a country without outlines.
    """
    path = FOLDER / f"{country_code}.geojson"
    if not re.fullmatch("[A-Z]{2}", country_code) or not path.is_file():
        raise KeyError(country_code)
    collection: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return collection


@lru_cache(maxsize=1)
def world() -> dict[str, Any]:
    """Country outlines of the world: a GeoJSON FeatureCollection with alpha-2 codes as ids; shared, read-only."""
    collection: dict[str, Any] = json.loads((FOLDER / "world.geojson").read_text(encoding="utf-8"))
    return collection


@lru_cache(maxsize=1)
def outline_ids() -> dict[str, str]:
    """Gazetteer region code -> id of the outline to draw for it, itself wherever it has one of its own."""
    with (FOLDER / "regions.csv").open(encoding="utf-8", newline="") as stream:
        return {row["adm1_code"]: row["outline_id"] for row in csv.DictReader(stream)}
