"""One kind of file from one table's rows: what ``python -m etl export`` and the dashboard's downloads both call."""

from __future__ import annotations

import contextlib
from typing import IO

import pyarrow as pa

from etl.errors import UsageError
from etl.tables.exports import acled, flat, ged, geojson, hxl, package, spreadsheet
from etl.tables.exports.behind import Behind, behind
from etl.tables.exports.chosen import EVERY_VERSION, chosen
from etl.tables.exports.edition import Edition
from etl.tables.exports.written import Written
from etl.tables.formats import FORMATS, KINDS, Format
from etl.tables.snapshot import Snapshot


def write(
    form: Format, table: str, rows: pa.RecordBatchReader, out: IO[bytes], edition: Edition, facts: Behind | None = None
) -> Written:
    """Write ``rows`` of ``table`` to ``out`` in the format ``form``.

    ``facts`` answers what stands behind incidents; UCDP GED's and ACLED's columns need it. A data package holds more
    than one table: :func:`etl.tables.exports.package.write` makes it. :class:`~etl.errors.UsageError` for an unknown
    format and for a table that the format cannot hold.
    """
    _check(form, table)
    written = Written()
    if form in ("ged", "acled"):
        if facts is None:
            raise ValueError(f"{form} columns need what stands behind the incidents")
        into = ged.write if form == "ged" else acled.write
        into(rows, out, edition, facts, written)
        return written
    counted = written.counted(rows)
    if form == "csv":
        flat.write_csv(table, counted, out)
    elif form == "jsonl":
        flat.write_jsonl(counted, out)
    elif form == "parquet":
        flat.write_parquet(table, counted, out, edition)
    elif form == "xlsx":
        spreadsheet.write(table, counted, out, edition)
    elif form == "geojson":
        geojson.write(table, counted, out, edition)
    else:
        hxl.write(table, counted, out, edition)
    return written


def export(
    tables: Snapshot,
    table: str,
    out: IO[bytes],
    *,
    form: Format = "csv",
    where: str | None = None,
    private: bool = False,
    version: str | None = None,
) -> Written:
    """Write the rows of ``table`` for which ``where`` is true to ``out``; gives how many those were.

    ``where`` is an SQL expression such as ``country_code = 'KG' AND killed_best >= 10``; ``version`` asks for claims of
    an earlier extraction, see :func:`etl.tables.exports.chosen.chosen`. A data package holds every table whole, with
    the claims of every version, so it takes neither. :class:`~etl.errors.UsageError` for an expression that cannot be
    understood or asks for more than the table's columns, for an unknown table and an unknown format.
    """
    _check(form, table)
    edition = Edition.of(tables.run)
    if form == "package":
        if where is not None or version is not None:
            raise UsageError(
                "a data package holds the tables whole",
                remedy="leave out --where and --extractor-version, or choose a format",
            )
        return _package(tables, out, edition, private=private)
    with contextlib.ExitStack() as open_for_now:
        facts = open_for_now.enter_context(behind(tables)) if form in ("ged", "acled") else None
        rows = open_for_now.enter_context(chosen(tables, table, where, private=private, version=version))
        return write(form, table, rows, out, edition, facts)


def _package(tables: Snapshot, out: IO[bytes], edition: Edition, *, private: bool) -> Written:
    written = Written()
    with package.Package(out, edition) as made:
        for table in package.ORDER:
            with chosen(tables, table, private=private, version=EVERY_VERSION) as rows:
                made.add(table, written.counted(rows))
    return written


def _check(form: str, table: str) -> None:
    if form not in FORMATS:
        raise UsageError(f"no format named {form!r}", remedy=f"the formats are {', '.join(FORMATS)}")
    fits = KINDS[form].tables
    if fits is not None and table not in fits:
        raise UsageError(f"{table} cannot be written as {form}", remedy=f"{form} holds {' or '.join(fits)}")
