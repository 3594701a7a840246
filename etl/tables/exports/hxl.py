"""CSV with a row of hashtags of the Humanitarian Exchange Language 1.1 under the header.

The tags are those the schema declares; a column without one has an empty cell there, as the standard allows. The row of
tags breaks numeric parsing of a plain CSV, which is why this is a download of its own.
"""

from __future__ import annotations

from typing import IO

import pyarrow as pa

from etl.tables import cells
from etl.tables.declared import columns
from etl.tables.exports.edition import Edition

VERSION_COLUMN, VERSION_TAG = "data_version", "#meta+version"


def write(table: str, rows: pa.RecordBatchReader, out: IO[bytes], edition: Edition) -> None:
    """Write ``rows`` of ``table`` under header and tags; the last column names run and extraction."""
    tags = {column.name: column.about.hxl for column in columns(table)}
    names = [name for name in tags if name in rows.schema.names]
    out.write(
        cells.csv_text([[*names, VERSION_COLUMN], [*(tags[name] for name in names), VERSION_TAG]]).encode("utf-8")
    )
    for batch in rows:
        lines = ((*(row[name] for name in names), edition.named) for row in batch.select(names).to_pylist())
        out.write(cells.csv_text(lines).encode("utf-8"))
