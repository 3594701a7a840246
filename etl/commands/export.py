"""``export``: a table in a file of some kind, or every table in a PostgreSQL database."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from etl.commands.options import DONE, add_store, command, say, settings
from etl.commands.output import output
from etl.errors import UsageError
from etl.records import TABLES
from etl.tables.formats import FORMATS, KINDS, Format

if TYPE_CHECKING:
    from etl.tables.exports import Written
    from etl.tables.snapshot import Snapshot
    from etl.tables.store import Store

# What a command needs is imported when it runs: help and extract start without the store.
# ruff: noqa: PLC0415

_OF_INCIDENTS = ("incidents", "tolls", "claims", "tellings")
"""Tables whose rows say which incident they are of."""
_RULES = """\
formats:
  csv, jsonl, parquet  the table's own columns
  xlsx       a workbook with the codebook beside the rows; text is never a formula
  geojson    incidents or claims as points
  hxl        CSV with a row of HXL hashtags under the header
  ged        incidents in UCDP GED's columns, by its rules: organised violence with at least one death, and a day;
             best is never a mean, an unsaid low or high is best; date_prec and where_prec are UCDP's codes
  acled      incidents in ACLED's columns, by its rules: political violence and demonstrations; fatalities is the lowest
             number reported, a vague one several 3, dozens 12, hundreds 100, and 0 where none is said
  package    every table as CSV with datapackage.json (Frictionless) and codebook, in one zip
docs/exports.md has every column and rule. CSV and JSON lines name the run on the error stream, the others hold it.
"""


def add(commands: Any) -> None:
    """Declare the verb."""
    export = command(commands, "export", _export, "write a table, or the rows of it that a filter names")
    export.formatter_class = argparse.RawDescriptionHelpFormatter
    export.epilog = _RULES
    export.add_argument(
        "table", metavar="TABLE", nargs="?", choices=tuple(TABLES), help=f"{', '.join(TABLES)}; a package holds all"
    )
    export.add_argument("--format", choices=FORMATS, default=None, help="default: csv")
    export.add_argument(
        "--where", metavar="EXPR", help="SQL over the table's columns: \"country_code = 'KG' AND killed_best >= 10\""
    )
    export.add_argument(
        "--incident",
        metavar="ID",
        help=f"the rows of one incident, of {', '.join(_OF_INCIDENTS)}; an id of earlier tables leads to today's",
    )
    export.add_argument("--run", metavar="ID", help="the tables as that run published them (default: the latest)")
    export.add_argument(
        "--extractor-version",
        metavar="V",
        help="claims as that version of the extraction read them, or all versions with 'all'; other tables as the last "
        "run of that version published them (default: the claims that count)",
    )
    export.add_argument("-o", "--output", metavar="FILE", help="default: standard output")
    export.add_argument(
        "--to",
        metavar="URL",
        help="a PostgreSQL database to bring up to the tables: postgresql://user@host/database; every table, or TABLE",
    )
    add_store(export)


def _export(options: argparse.Namespace) -> int:
    from etl.publishing import open_store
    from etl.tables.exports import Edition, export

    if options.to is not None:
        return _to_database(options)
    form: Format = options.format or "csv"
    table = _table(options.table, form)
    chosen = settings(options)
    store = open_store(chosen)
    version = options.extractor_version
    run_id = options.run
    if version is not None and table != "claims" and run_id is None:
        run_id = _last_run_of(store, version)
    snapshot = store.snapshot(run_id)
    if version is not None and table == "claims":
        _check_read_by(snapshot, version)
    where = _where(options, table, snapshot)
    with output(options.output) as out:
        written = export(
            snapshot,
            table,
            out,
            form=form,
            where=where,
            private=chosen.privacy.show_private,
            version=version if table == "claims" else None,
        )
    say(_told(written, Edition.of(snapshot.run).named))
    return DONE


def _to_database(options: argparse.Namespace) -> int:
    from etl.publishing import open_store
    from etl.tables.exports.postgres import export_to

    for given, name in (
        (options.format, "--format"),
        (options.output, "--output"),
        (options.extractor_version, "--extractor-version"),
        (options.incident, "--incident"),
    ):
        if given is not None:
            raise UsageError(f"{name} does not go with --to", remedy="leave out one of the two")
    chosen = settings(options)
    snapshot = open_store(chosen).snapshot(options.run)
    private = chosen.privacy.show_private
    where = _where(options, options.table, snapshot)

    def waiting() -> None:
        say("another export into this database is at work; waiting for it to end")

    for one in export_to(options.to, snapshot, options.table, where=where, private=private, waiting=waiting):
        what = f"{one.added:,} added, {one.changed:,} changed, {one.removed:,} taken out"
        print(f"{one.table}: {one.rows:,} rows, {what}")
    return DONE


def _where(options: argparse.Namespace, table: str | None, snapshot: Snapshot) -> str | None:
    """The filter asked for, with ids of earlier tables put into today's, which it says."""
    from etl.tables import former_ids

    where: str | None = options.where
    if where is not None and table != "redirects":
        where, former = former_ids.with_present_ids(snapshot, where)
        for old, now in former.items():
            say(former_ids.moved(old, now))
    if options.incident is None:
        return where
    if table not in _OF_INCIDENTS or options.format == "package":
        raise UsageError("--incident does not fit this table", remedy=f"it picks rows of {', '.join(_OF_INCIDENTS)}")
    now = former_ids.present_id(snapshot, options.incident)
    if now != options.incident:
        say(former_ids.moved(options.incident, now))
    its = "incident_id = '{}'".format(now.replace("'", "''"))
    return its if where is None else f"({where}) AND {its}"


def _last_run_of(store: Store, version: str) -> str:
    runs = store.runs()
    found = next((run.run_id for run in runs if run.extractor_version == version), None)
    if found is None:
        had = ", ".join(dict.fromkeys(run.extractor_version for run in runs if run.extractor_version)) or "none"
        raise UsageError(f"no run of extraction {version!r} was published", remedy=f"the versions are {had}")
    return found


def _check_read_by(snapshot: Snapshot, version: str) -> None:
    """:class:`~etl.errors.UsageError` where no claim was read by that version of the extraction."""
    from etl.tables.exports.chosen import EVERY_VERSION

    read_by = set(snapshot.arrow("claims", ["extractor_version"]).column("extractor_version").unique().to_pylist())
    if version != EVERY_VERSION and version not in read_by:
        had = ", ".join(sorted(one for one in read_by if one)) or "none"
        raise UsageError(f"no claim was read by extraction {version!r}", remedy=f"the versions are {had}")


def _table(named: str | None, form: Format) -> str:
    if form == "package":
        if named is not None:
            raise UsageError("a data package holds every table", remedy=f"leave out {named}, or choose a format")
        return "incidents"
    fits = KINDS[form].tables or tuple(TABLES)
    if named is None and len(fits) > 1:
        raise UsageError("no table to export", remedy=f"name one: {', '.join(fits)}")
    return named or fits[0]


def _told(written: Written, edition: str) -> str:
    left_out = "; ".join(f"{count:,} left out ({rule})" for rule, count in written.left_out.most_common())
    return f"{written.rows:,} rows of {edition}{f'; {left_out}' if left_out else ''}"
