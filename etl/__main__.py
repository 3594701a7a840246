"""The command line: run, schedule, extract, export, status.

Every deliberate failure is one clear line on the error stream. Exit codes: 0 done (inputs set aside are a warning);
1 nothing could be read, the store failed or, with ``--strict``, something was set aside; 2 the command was not
understood.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from etl import settings as settings_of
from etl.errors import EtlError, UsageError
from etl.records import TABLES, SetAside

if TYPE_CHECKING:
    from etl.settings import Settings
    from etl.tally import Summary

FAILED = 1
MISUSED = 2
_SHOWN_RUNS = 10


def main(words: Sequence[str] | None = None) -> int:
    """Carry out the command in WORDS (the process's own where null) and give the exit code."""
    given = _parser().parse_args(words)
    try:
        return int(given.carry_out(given))
    except UsageError as error:
        return _said(error, MISUSED)
    except EtlError as error:
        return _said(error, FAILED)
    except BrokenPipeError:
        # Whoever read our output has had enough; without this, closing it again would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _said("stopped", 130)


def _said(problem: object, code: int) -> int:
    print(f"error: {problem}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m etl", description="Read news reports into tables of people killed, hurt and uprooted."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    run = commands.add_parser("run", help="read the sources once into the store and publish the tables")
    _add_run_options(run)
    run.set_defaults(carry_out=_run)

    schedule = commands.add_parser("schedule", help="the same run again and again, until stopped")
    when = schedule.add_mutually_exclusive_group()
    when.add_argument("--every", metavar="TIME", help="time between runs: 90s, 15m, 6h, 1d")
    when.add_argument("--cron", metavar="LINE", help="five fields of a cron line, in UTC: '0 * * * *'")
    _add_run_options(schedule)
    schedule.set_defaults(carry_out=_schedule)

    extract = commands.add_parser("extract", help="text in, rows out, without a store")
    extract.add_argument("file", metavar="FILE", help="file or folder of reports; - for standard input")
    extract.add_argument(
        "--per", choices=("claim", "report"), default="claim", help="a row a claim, or a line a report"
    )
    extract.add_argument("--format", choices=("jsonl", "csv"), default="jsonl", help="form of the rows")
    extract.add_argument("--published", metavar="DATE", help="publication day of reports that give none: 2010-04-15")
    extract.add_argument("-o", "--output", metavar="FILE", help="where to write; standard output without it")
    _add_reading_options(extract)
    extract.set_defaults(carry_out=_extract)

    export = commands.add_parser("export", help="rows of a published table")
    export.add_argument("table", choices=tuple(TABLES), help="which table")
    export.add_argument("--format", choices=("csv", "parquet", "jsonl"), default="csv", help="form of the rows")
    export.add_argument("--where", metavar="EXPR", help="rows for which this is true: country_code = 'KG'")
    export.add_argument("-o", "--output", metavar="FILE", help="where to write; standard output without it")
    _add_store_options(export)
    export.set_defaults(carry_out=_export)

    status = commands.add_parser("status", help="last runs, counts and versions of the tables")
    status.add_argument("--run", metavar="ID", help="one run, with every input it set aside")
    _add_store_options(status)
    status.set_defaults(carry_out=_status)
    return parser


def _add_store_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", metavar="FILE", help="settings; etl.toml in this folder is read without it")
    parser.add_argument("--store", metavar="PATH", help="folder or address of the tables (default: data/store)")


def _add_reading_options(parser: argparse.ArgumentParser) -> None:
    if not any(action.dest == "config" for action in parser._actions):  # noqa: SLF001 - argparse offers no other way
        parser.add_argument("--config", metavar="FILE", help="settings; etl.toml in this folder is read without it")
    parser.add_argument("--model", metavar="NAME", help="spaCy model package, such as en_core_web_md")
    parser.add_argument("--year-window", metavar="A-B", help="years in which a weekday may settle a date without one")
    parser.add_argument("--strict", action="store_true", help="exit 1 where any input was set aside")


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", metavar="PATH", action="append", help="file or folder to read; may be repeated")
    _add_store_options(parser)
    _add_reading_options(parser)


def _settings(given: argparse.Namespace) -> Settings:
    """The settings of the file and the environment under what the command line says."""
    chosen = settings_of.load(given.config)
    if getattr(given, "store", None):
        chosen = dataclasses.replace(chosen, store=dataclasses.replace(chosen.store, path=given.store))
    if getattr(given, "source", None):
        chosen = dataclasses.replace(chosen, sources=dataclasses.replace(chosen.sources, paths=tuple(given.source)))
    extraction: dict[str, Any] = {}
    if getattr(given, "model", None):
        extraction["model"] = given.model
    if getattr(given, "year_window", None):
        try:
            extraction["year_window"] = settings_of.year_window(given.year_window)
        except ValueError as error:
            raise UsageError(str(error), where="--year-window") from None
    return dataclasses.replace(chosen, extraction=dataclasses.replace(chosen.extraction, **extraction))


def _stop_on_signals(stop: Callable[[], None]) -> None:
    """Have SIGTERM and the first Ctrl-C ask for a clean stop; a second Ctrl-C ends the program at once."""

    def asked(number: int, _: object) -> None:
        stop()
        if number == signal.SIGINT:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGTERM, asked)
    signal.signal(signal.SIGINT, asked)


def _run(given: argparse.Namespace) -> int:
    from etl import pipeline  # noqa: PLC0415 - loads the store, which other commands do without

    stop = threading.Event()
    _stop_on_signals(stop.set)
    summary = pipeline.run(_settings(given), stopped=stop.is_set)
    _show(summary)
    return _code(summary.tally.errors + summary.tally.warnings, summary.nothing_read, given.strict)


def _show(summary: Summary) -> None:
    for line in summary.lines():
        print(line, flush=True)


def _code(set_aside: int, nothing_read: bool, strict: bool) -> int:
    if nothing_read:
        return _said("nothing could be read", FAILED)
    return FAILED if strict and set_aside else 0


def _schedule(given: argparse.Namespace) -> int:
    from etl import schedule  # noqa: PLC0415 - loads APScheduler

    chosen = _settings(given)
    kept = chosen.schedule
    every, cron = (given.every, given.cron) if given.every or given.cron else (kept.every, kept.cron)
    when = schedule.trigger(every or None, cron or None)
    stop = threading.Event()
    _stop_on_signals(stop.set)
    schedule.log_to_stderr()
    ended = schedule.keep_running(chosen, when, stop, tell=_show)
    if not ended:
        # The run at hand did not reach a place to stop at; leaving it costs its last batch and harms no table.
        sys.stdout.flush()
        os._exit(0)
    return 0


def _extract(given: argparse.Namespace) -> int:
    from etl import report_rows  # noqa: PLC0415 - loads the readers

    aside: list[SetAside] = []

    def note(one: SetAside) -> None:
        if one.severity == "error" or given.strict:
            aside.append(one)
        print(f"{'set aside' if one.severity == 'error' else 'noted'}: {one}", file=sys.stderr)

    with _text_output(given.output) as out:
        read = report_rows.extract(
            given.file,
            out,
            _settings(given),
            per=given.per,
            form=given.format,
            published=_day(given.published),
            note=note,
        )
    return _code(len(aside), read == 0 and bool(aside), given.strict)


def _day(words: str | None) -> dt.datetime | None:
    if words is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(words)
    except ValueError:
        raise UsageError(f"--published {words!r} is no date", remedy="write it like 2010-04-15") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


@contextmanager
def _text_output(path: str | None) -> Iterator[IO[str]]:
    if path is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        return
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
            yield file
    except OSError as error:
        raise UsageError(f"cannot write: {error.strerror}", where=path) from error


@contextmanager
def _byte_output(path: str | None) -> Iterator[IO[bytes]]:
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with open(path, "wb") as file:  # noqa: PTH123
            yield file
    except OSError as error:
        raise UsageError(f"cannot write: {error.strerror}", where=path) from error


def _export(given: argparse.Namespace) -> int:
    from etl.pipeline import open_store  # noqa: PLC0415 - loads the store
    from etl.tables.exports import export  # noqa: PLC0415

    chosen = _settings(given)
    snapshot = open_store(chosen).snapshot()
    with _byte_output(given.output) as out:
        rows = export(
            snapshot, given.table, out, form=given.format, where=given.where, private=chosen.privacy.show_private
        )
    if given.output:
        print(f"{rows:,} rows of {given.table}, run {snapshot.run.run_id}, written to {given.output}")
    return 0


def _status(given: argparse.Namespace) -> int:
    from etl.pipeline import open_store  # noqa: PLC0415 - loads the store
    from etl.status import status_lines  # noqa: PLC0415

    for line in status_lines(open_store(_settings(given)), run_id=given.run, most=_SHOWN_RUNS):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
