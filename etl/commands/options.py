"""What the verbs have in common: how they are declared, the options they share, and the settings those make."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from etl import settings as settings_of
from etl.settings import Settings

DONE, FAILED, MISUSED = 0, 1, 2
"""Exit codes: the work was done; it failed; the command itself is wrong."""


def command(
    commands: Any, name: str, does: Callable[[argparse.Namespace], int], summary: str
) -> argparse.ArgumentParser:
    """A new verb among ``commands`` that calls ``does``; its help begins with ``summary``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=f"{summary[0].upper()}{summary[1:]}."
    )
    parser.set_defaults(command=does)
    parser.add_argument("--config", metavar="FILE", help="settings (default: etl.toml, where there is one)")
    return parser


def add_store(parser: argparse.ArgumentParser) -> None:
    """The option for where the tables are."""
    parser.add_argument("--store", metavar="PATH", help="folder or address of the tables (default: data/store)")


def add_year_window(parser: argparse.ArgumentParser) -> None:
    """The option for the years a weekday may settle a date in."""
    parser.add_argument(
        "--year-window",
        type=_years,
        metavar="A-B",
        help="years in which a weekday may settle a date that has no year, such as 1990-2026 (default: any)",
    )


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """The option for how many processes read reports."""
    parser.add_argument(
        "--jobs",
        type=_jobs,
        metavar="N",
        help="processes that read reports (default: one for each core where the input is large)",
    )


def _jobs(words: str) -> int:
    if not (words.isascii() and words.isdecimal()) or not 1 <= int(words) <= settings_of.MOST_JOBS:
        raise argparse.ArgumentTypeError(f"{words!r} is no number of processes from 1 to {settings_of.MOST_JOBS}")
    return int(words)


def _years(words: str) -> tuple[int, int]:
    try:
        return settings_of.year_window(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def moment(words: str) -> dt.datetime:
    """A day or time as an option gives it, in UTC."""
    try:
        found = dt.datetime.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is no day or time; write it like 2010-04-15") from None
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)


def settings(options: argparse.Namespace) -> Settings:
    """The settings of file and environment under what the command line says."""
    chosen = settings_of.load(options.config)
    given = vars(options)
    if given.get("store"):
        chosen = replace(chosen, store=replace(chosen.store, path=given["store"]))
    if given.get("source"):
        chosen = replace(chosen, sources=replace(chosen.sources, paths=tuple(given["source"])))
    if given.get("year_window"):
        chosen = replace(chosen, extraction=replace(chosen.extraction, year_window=given["year_window"]))
    if given.get("jobs"):
        chosen = replace(chosen, run=replace(chosen.run, jobs=given["jobs"]))
    if given.get("strict"):
        chosen = replace(chosen, run=replace(chosen.run, strict=True))
    return chosen


def say(line: str) -> None:
    """Tell the operator ``line`` on the error stream."""
    print(line, file=sys.stderr, flush=True)
