"""The kinds of file a table can be exported as; needs nothing but the standard library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Format = Literal["csv", "parquet", "jsonl", "xlsx", "geojson", "hxl", "ged", "acled", "package"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Kind:
    """A format: what it is called for people, the end of its file names, its media type and the tables it can hold."""

    title: str
    suffix: str
    media_type: str
    tables: tuple[str, ...] | None = None
    """Null: every table."""


KINDS: Mapping[Format, Kind] = {
    "csv": Kind("CSV", "csv", "text/csv"),
    "parquet": Kind("Parquet", "parquet", "application/vnd.apache.parquet"),
    "jsonl": Kind("JSON lines", "jsonl", "application/x-ndjson"),
    "xlsx": Kind("Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "geojson": Kind("GeoJSON", "geojson", "application/geo+json", ("incidents", "claims")),
    "hxl": Kind("HXL-tagged CSV", "hxl.csv", "text/csv", ("incidents", "claims", "reports")),
    "ged": Kind("UCDP GED columns (CSV)", "ged.csv", "text/csv", ("incidents",)),
    "acled": Kind("ACLED columns (CSV)", "acled.csv", "text/csv", ("incidents",)),
    "package": Kind("Data package (zip)", "zip", "application/zip"),
}
