"""A GeoJSON feature collection (RFC 7946): a point a row, its other columns as properties.

A row without coordinates is a feature without geometry, which the standard allows, so nothing is lost. The edition
stands in a member ``edition`` of the collection.
"""

from __future__ import annotations

import json
from typing import IO, Any

import pyarrow as pa

from etl.tables import cells
from etl.tables.declared import KEYS
from etl.tables.exports.edition import Edition

_COORDINATES = ("latitude", "longitude")


def write(table: str, rows: pa.RecordBatchReader, out: IO[bytes], edition: Edition) -> None:
    """Write ``rows`` of ``table``, which has ``latitude`` and ``longitude``, one feature a line."""
    (key,) = KEYS[table]
    head = json.dumps({"type": "FeatureCollection", "edition": edition.as_values()}, ensure_ascii=False)
    out.write(f'{head[:-1]}, "features": ['.encode())
    before = "\n"
    for batch in rows:
        lines = []
        for row in batch.to_pylist():
            lines.append(before + cells.json_line(_feature(key, row)).rstrip("\n"))
            before = ",\n"
        out.write("".join(lines).encode("utf-8"))
    out.write(b"\n]}\n")


def _feature(key: str, row: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = (row[name] for name in _COORDINATES)
    placed = latitude is not None and longitude is not None
    return {
        "type": "Feature",
        "id": row[key],
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]} if placed else None,
        "properties": {name: value for name, value in row.items() if name not in _COORDINATES},
    }
