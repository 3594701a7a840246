"""``extract``: text in, rows out, without a store."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import Any

from etl.commands.options import DONE, FAILED, add_jobs, add_year_window, command, moment, say, settings
from etl.records import SetAside

_NOTED_EACH = 3
"""Reports named of which the same thing is noted; of a file without a single date the rest is told as a number."""


def add(commands: Any) -> None:
    """Declare the verb."""
    extract = command(commands, "extract", _extract, "text in, rows out, without a store")
    extract.add_argument("file", metavar="FILE", help="a file or folder of reports; - is standard input")
    extract.add_argument(
        "--per",
        choices=("claim", "report"),
        default="claim",
        help="a row a claim, or a line a report with its incidents, the main one first (default: claim)",
    )
    extract.add_argument("--format", choices=("jsonl", "csv"), default="jsonl", help="default: jsonl")
    extract.add_argument(
        "--published", type=moment, metavar="DATE", help="publication day or time of reports that do not say"
    )
    add_year_window(extract)
    add_jobs(extract)


def _extract(options: argparse.Namespace) -> int:
    from etl import report_rows  # noqa: PLC0415 - help starts without it

    chosen = settings(options)
    aside: list[SetAside] = []
    noted: Counter[str] = Counter()

    def note(one: SetAside) -> None:
        if one.severity == "error":
            aside.append(one)
            say(f"set aside: {one}")
            return
        noted[one.reason] += 1
        if noted[one.reason] <= _NOTED_EACH:
            say(f"noted: {one}")

    # Rows are UTF-8 with line feeds, whatever the terminal's encoding is.
    with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as out:
        read = report_rows.extract(
            options.file,
            out,
            chosen,
            per=options.per,
            form=options.format,
            published=options.published,
            note=note,
        )
    for reason, times in noted.items():
        if times > _NOTED_EACH:
            say(f"noted of {times:,} reports in all: {reason}")
    return FAILED if aside and not read else DONE
