"""``reprocess``: after an upgrade, read the reports of the tables anew, and tell what that changed."""

from __future__ import annotations

import argparse
import signal
from typing import Any

from etl.commands.options import DONE, FAILED, add_jobs, add_store, add_year_window, command, say, settings
from etl.commands.output import output
from etl.commands.stopping import stopped_by_signal

# ruff: noqa: PLC0415 - help starts without the store

MOST_SHOWN = 20


def add(commands: Any) -> None:
    """Declare the verb."""
    verb = command(
        commands, "reprocess", _reprocess, "after an upgrade, read the kept reports anew and tell what changed"
    )
    verb.add_argument(
        "--where", metavar="EXPR", help="SQL over the columns of reports: \"published >= '2010-04-01'\" (default: all)"
    )
    verb.add_argument("-o", "--output", metavar="FILE", help="every changed figure as CSV (- is standard output)")
    verb.add_argument("--strict", action="store_true", help="end with 1 where a report could not be read")
    add_store(verb)
    add_jobs(verb)
    add_year_window(verb)


def _reprocess(options: argparse.Namespace) -> int:
    from etl import changes
    from etl.errors import Interrupted
    from etl.reprocessing import reprocess

    chosen = settings(options)
    with stopped_by_signal("stopping; what has been read is kept (once more: leave at once)") as (stop, came):
        try:
            done = reprocess(chosen, where=options.where, stopped=stop.is_set)
        except Interrupted as error:
            say(str(error))
            return 128 + (came[0] if came else signal.SIGINT)
    tally = done.tally
    tell = say if options.output == "-" else print
    tell(f"run        {done.snapshot.run.run_id}, extraction {done.version}")
    tell(f"reports    {tally.read:,} read anew")
    tell(f"claims     {tally.claims:,} new, {done.superseded:,} superseded (kept, export --extractor-version)")
    moved = [one for one in done.changes if one.moved]
    tell(f"changed    {len(done.changes):,} figures of incidents, the best of {len(moved):,}")
    for one in done.changes[:MOST_SHOWN]:
        tell(changes.line(one))
    if len(done.changes) > MOST_SHOWN:
        tell(f"  and {len(done.changes) - MOST_SHOWN:,} more; -o FILE writes them all")
    if options.output is not None:
        with output(options.output) as out:
            out.write(changes.csv_text(done.changes).encode("utf-8"))
    for one_aside in tally.details:
        say(f"{'set aside' if one_aside.severity == 'error' else 'noted'}: {one_aside}")
    return FAILED if tally.errors and chosen.run.strict else DONE
