"""``status``: the last runs, what they counted, and the tables' versions."""

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
    add_store(status)


def _status(options: argparse.Namespace) -> int:
    from etl.publishing import open_store
    from etl.tables.status import status_lines

    print(*status_lines(open_store(settings(options)), last=options.runs, run_id=options.run), sep="\n")
    return DONE
