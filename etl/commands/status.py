"""``status``: the last runs, what they counted, and the tables' versions; or one incident as it stands."""

from __future__ import annotations

import argparse
from typing import Any

from etl.commands.options import DONE, add_store, command, settings

# ruff: noqa: PLC0415 - help starts without the store


def add(commands: Any) -> None:
    """Declare the verb."""
    status = command(commands, "status", _status, "the last runs, what they counted, and the tables' versions")
    status.add_argument("--runs", type=int, default=5, metavar="N", help="how many of the last runs (default: 5)")
    status.add_argument("--run", metavar="ID", help="one run, with every input it set aside")
    status.add_argument("--incident", metavar="ID", help="one incident; an id of earlier tables leads to today's")
    add_store(status)


def _status(options: argparse.Namespace) -> int:
    from etl.publishing import open_store
    from etl.tables.status import incident_lines, status_lines

    store = open_store(settings(options))
    if options.incident is not None:
        print(*incident_lines(store.snapshot(options.run), options.incident), sep="\n")
    else:
        print(*status_lines(store, last=options.runs, run_id=options.run), sep="\n")
    return DONE
