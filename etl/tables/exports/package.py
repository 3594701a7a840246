"""A Frictionless data package in one zip: a CSV a table, ``datapackage.json``, the codebook and a note on citing it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
from types import TracebackType
from typing import IO, Any, Self

import pyarrow as pa

from etl.records import TABLES
from etl.tables.exports import flat
from etl.tables.exports.edition import TITLE, Edition
from etl.tables.schema import codebook, datapackage

ORDER: tuple[str, ...] = tuple(TABLES)
SOURCES = [
    {"title": "Places: GeoNames, CC BY 4.0", "path": "https://www.geonames.org"},
]
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can name."""


class Package:
    """An open package: :meth:`add` each table once; the description is written when the block ends without an error.

    The same rows of the same edition make the same bytes.
    """

    def __init__(self, out: IO[bytes], edition: Edition) -> None:
        self._edition = edition
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._resources: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._text("datapackage.json", json.dumps(self._description(), indent=2, ensure_ascii=False) + "\n")
            self._text("CODEBOOK.md", self._codebook())
            self._text("README.md", self._readme())
        self._zip.close()

    def add(self, table: str, rows: pa.RecordBatchReader) -> None:
        """Write ``rows`` as ``TABLE.csv``."""
        described = {resource["name"]: resource for resource in datapackage()["resources"]}[table]
        held = rows.schema.names
        schema = dict(described["schema"])
        # Unlike the description of what an export may hold, this one is of exactly these columns.
        del schema["fieldsMatch"]
        schema["fields"] = [each for each in schema["fields"] if each["name"] in held]
        with self._zip.open(self._entry(described["path"]), "w") as file:
            counted = _Counted(file)
            flat.write_csv(table, rows, counted)  # type: ignore[arg-type]  # a file as far as it is written to
        self._resources.append(
            described | {"schema": schema, "bytes": counted.size, "hash": f"sha256:{counted.sum.hexdigest()}"}
        )

    def _entry(self, name: str) -> zipfile.ZipInfo:
        when = self._edition.published
        entry = zipfile.ZipInfo(name, max(when.timetuple()[:6], _EARLIEST) if when else _EARLIEST)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        return entry

    def _text(self, name: str, text: str) -> None:
        self._zip.writestr(self._entry(name), text.encode("utf-8"))

    def _description(self) -> dict[str, Any]:
        created = self._edition.published or dt.datetime(*_EARLIEST, tzinfo=dt.UTC)
        return datapackage() | {
            "id": f"tollbook-{self._edition.run_id}",
            "version": self._edition.run_id,
            "created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "description": self._edition.citation,
            "edition": self._edition.as_values(),
            "sources": SOURCES,
            "resources": self._resources,
        }

    def _codebook(self) -> str:
        parts = ["# Codebook", "An empty cell means *not said*; 0 stands only where a report says nobody."]
        for resource in self._resources:
            held = {each["name"] for each in resource["schema"]["fields"]}
            parts += [f"## {resource['path']}", resource["description"]]
            parts.append(
                "\n".join(
                    f"- `{row['column']}` ({row['type']}{', ' + row['unit'] if row['unit'] else ''}): {row['meaning']}"
                    for row in codebook(resource["name"])
                    if row["column"] in held
                )
            )
        return "\n\n".join(parts) + "\n"

    def _readme(self) -> str:
        files = "\n".join(f"- `{each['path']}`: {each['description']}" for each in self._resources)
        return (
            f"# {TITLE}\n\nCite as: {self._edition.citation}\n\n{files}\n\n"
            "`datapackage.json` describes each column to programs, `CODEBOOK.md` to people. "
            "Figures are what reports said, read by a program. Places come from GeoNames (CC BY 4.0).\n"
        )


class _Counted:
    """A file that keeps the size and the sum of what is written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = 0
        self.sum = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.sum.update(data)
        return self._file.write(data)
