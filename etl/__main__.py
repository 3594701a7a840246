"""The command line: ``python -m etl run | schedule | extract | export | status``.

It ends with 0 where the work was done (inputs set aside are a warning), 1 where nothing could be read, the store failed
or ``--strict`` met an input set aside, 2 where the command itself is wrong, and 130 or 143 where a signal ended it.
What goes wrong is one line on the error stream.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import errno
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING, Any

from etl import settings as settings_of
from etl.errors import EtlError, SettingsError, UsageError
from etl.records import TABLES, SetAside

# What a command needs is imported when it runs: help and extract start without the store.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from etl.settings import Settings
    from etl.tally import Summary

DONE, FAILED, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command ``arguments`` name (those of the process where null); gives the exit code."""
    options = _parser().parse_args(arguments)
    try:
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except (UsageError, SettingsError) as error:
        _say(f"error: {error}")
        return MISUSED
    except EtlError as error:
        _say(f"error: {error}")
        return FAILED
    except OSError as error:
        # What Python still holds for an output that takes no more must not be tried again when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:  # whoever read our output has seen enough
            return DONE
        _say(f"error: {f'{error.filename}: ' if error.filename else ''}{error.strerror or error}")
        return FAILED
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(
        prog="python -m etl", description="Reads news reports into tables of people killed, hurt and uprooted."
    )
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)

    run = _command(commands, "run", _run, "read the sources once and publish the tables")
    _add_sources(run)

    schedule = _command(commands, "schedule", _schedule, "run now and then again and again, until stopped")
    _add_sources(schedule)
    when = schedule.add_mutually_exclusive_group()
    when.add_argument("--every", metavar="TIME", help="time between two runs: 90s, 15m, 6h, 1d")
    when.add_argument("--cron", metavar="LINE", help="the five fields of a cron line, in UTC: '0 * * * *'")

    extract = _command(commands, "extract", _extract, "text in, rows out, without a store")
    extract.add_argument("file", metavar="FILE", help="a file or folder of reports; - is standard input")
    extract.add_argument(
        "--per",
        choices=("claim", "report"),
        default="claim",
        help="a row a claim, or a line a report with its incidents, the main one first (default: claim)",
    )
    extract.add_argument("--format", choices=("jsonl", "csv"), default="jsonl", help="default: jsonl")
    extract.add_argument(
        "--published", type=_moment, metavar="DATE", help="publication day or time of reports that do not say"
    )
    _add_year_window(extract)

    export = _command(commands, "export", _export, "write a table, or the rows of it that a filter names")
    export.add_argument("table", metavar="TABLE", choices=tuple(TABLES), help=", ".join(TABLES))
    export.add_argument("--format", choices=("csv", "parquet", "jsonl"), default="csv", help="default: csv")
    export.add_argument(
        "--where", metavar="EXPR", help="SQL over the table's columns: \"country_code = 'KG' AND killed_best >= 10\""
    )
    export.add_argument("--run", metavar="ID", help="the tables as that run published them (default: the latest)")
    export.add_argument("-o", "--output", metavar="FILE", help="default: standard output")
    _add_store(export)

    status = _command(commands, "status", _status, "the last runs, what they counted, and the tables' versions")
    status.add_argument("--runs", type=int, default=5, metavar="N", help="how many of the last runs (default: 5)")
    status.add_argument("--run", metavar="ID", help="one run, with every input it set aside")
    _add_store(status)
    return whole


def _command(
    commands: Any, name: str, does: Callable[[argparse.Namespace], int], summary: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=f"{summary[0].upper()}{summary[1:]}."
    )
    parser.set_defaults(command=does)
    parser.add_argument("--config", metavar="FILE", help="settings (default: etl.toml, where there is one)")
    return parser


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", metavar="PATH", help="folder or address of the tables (default: data/store)")


def _add_year_window(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--year-window",
        type=_years,
        metavar="A-B",
        help="years in which a weekday may settle a date that has no year, such as 1990-2026 (default: any)",
    )


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source", action="append", metavar="PATH", help="a file or folder of reports; may be given several times"
    )
    _add_store(parser)
    _add_year_window(parser)
    parser.add_argument(
        "--strict", action="store_true", help="end with 1 where an input was set aside or read with something missing"
    )


def _years(words: str) -> tuple[int, int]:
    try:
        return settings_of.year_window(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _moment(words: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is no day or time; write it like 2010-04-15") from None
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def _settings(options: argparse.Namespace) -> Settings:
    """The settings of file and environment under what the command line says."""
    chosen = settings_of.load(options.config)
    given = vars(options)
    if given.get("store"):
        chosen = replace(chosen, store=replace(chosen.store, path=given["store"]))
    if given.get("source"):
        chosen = replace(chosen, sources=replace(chosen.sources, paths=tuple(given["source"])))
    if given.get("year_window"):
        chosen = replace(chosen, extraction=replace(chosen.extraction, year_window=given["year_window"]))
    if given.get("strict"):
        chosen = replace(chosen, run=replace(chosen.run, strict=True))
    return chosen


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


# run and schedule


@contextlib.contextmanager
def _stopped_by_signal(said: str) -> Iterator[tuple[threading.Event, list[int]]]:
    """An event that SIGINT and SIGTERM set, and the signals that came. A second one ends the process at once."""
    stop = threading.Event()
    came: list[int] = []

    def on_signal(number: int, _frame: FrameType | None) -> None:
        if came:
            # Every write to the tables is whole or not at all, so leaving here costs no more than the batch at hand.
            os._exit(128 + number)
        came.append(number)
        stop.set()
        os.write(sys.stderr.fileno(), f"{said}\n".encode())

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop, came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run(options: argparse.Namespace) -> int:
    from etl import pipeline

    chosen = _settings(options)
    with _stopped_by_signal("stopping; what has been extracted is kept (once more: leave at once)") as (stop, came):
        try:
            summary = pipeline.run(chosen, stopped=stop.is_set)
        except pipeline.Interrupted as error:
            _say(str(error))
            return 128 + (came[0] if came else signal.SIGINT)
    print(*summary.lines(), sep="\n", flush=True)
    return _verdict(summary, strict=chosen.run.strict)


def _verdict(summary: Summary, *, strict: bool) -> int:
    tally = summary.tally
    if summary.nothing_read:
        _say("error: nothing could be read; the summary says why")
        return FAILED
    if not tally.read:
        _say("warning: the sources hold no reports")
    unusual = tally.errors + tally.warnings
    if unusual:
        _say(f"{'error' if strict else 'warning'}: {tally.errors} inputs set aside, {tally.warnings} noted")
    return FAILED if unusual and strict else DONE


def _schedule(options: argparse.Namespace) -> int:
    from etl import schedule

    chosen = _settings(options)
    asked = options.every or options.cron
    every = options.every if asked else chosen.schedule.every
    cron = options.cron if asked else chosen.schedule.cron
    when = schedule.trigger(every, cron)
    if not chosen.sources.paths:
        raise UsageError("no source to read", remedy="name one with --source, or in the settings under [sources] paths")
    schedule.log_to_stderr()

    def tell(summary: Summary) -> None:
        print(*summary.lines(), sep="\n", flush=True)
        _verdict(summary, strict=False)

    with _stopped_by_signal("stopping; what has been extracted is kept (once more: leave at once)") as (stop, _came):
        ended = schedule.keep_running(chosen, when, stop, tell=tell)
    if not ended:
        # The run cannot be asked any more; it is abandoned where it stands, which harms no table.
        _say("left a run that did not end in time; the next one carries on from what it kept")
        sys.stdout.flush()
        os._exit(DONE)
    return DONE


# extract, export and status


def _extract(options: argparse.Namespace) -> int:
    from etl import report_rows

    chosen = _settings(options)
    aside: list[SetAside] = []

    def note(one: SetAside) -> None:
        if one.severity == "error":
            aside.append(one)
        _say(f"{'set aside' if one.severity == 'error' else 'noted'}: {one}")

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
    return FAILED if aside and not read else DONE


def _export(options: argparse.Namespace) -> int:
    from etl.pipeline import open_store
    from etl.tables.exports import export

    chosen = _settings(options)
    snapshot = open_store(chosen).snapshot(options.run)
    with _output(options.output) as out:
        export(
            snapshot,
            options.table,
            out,
            form=options.format,
            where=options.where,
            private=chosen.privacy.show_private,
        )
    return DONE


@contextlib.contextmanager
def _output(name: str | None) -> Iterator[IO[bytes]]:
    """Standard output, or the file ``name``, which is put in place once it is whole."""
    if name is None or name == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as part:
            try:
                yield part
            except BaseException:
                Path(part.name).unlink()
                raise
        # A temporary file is for its owner alone; this one is to be as any other new file.
        mask = os.umask(0)
        os.umask(mask)
        Path(part.name).chmod(0o666 & ~mask)
        Path(part.name).replace(path)
    except OSError as error:
        raise UsageError(f"cannot be written ({error.strerror})", where=name) from error


def _status(options: argparse.Namespace) -> int:
    from etl.pipeline import open_store
    from etl.tables.status import status_lines

    print(*status_lines(open_store(_settings(options)), last=options.runs, run_id=options.run), sep="\n")
    return DONE


if __name__ == "__main__":
    sys.exit(main())
