"""``run`` and ``schedule``: read the sources once, or again and again until stopped."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from etl.commands.options import DONE, FAILED, add_jobs, add_store, add_year_window, command, say, settings
from etl.commands.stopping import stopped_by_signal
from etl.errors import UsageError

if TYPE_CHECKING:
    from etl.tally import Summary

# What a command needs is imported when it runs: help and extract start without the store.
# ruff: noqa: PLC0415


def add(commands: Any) -> None:
    """Declare both verbs."""
    run = command(commands, "run", _run, "read the sources once and publish the tables")
    _add_sources(run)
    schedule = command(commands, "schedule", _schedule, "run now and then again and again, until stopped")
    _add_sources(schedule)
    when = schedule.add_mutually_exclusive_group()
    when.add_argument("--every", metavar="TIME", help="time between two runs: 90s, 15m, 6h, 1d")
    when.add_argument("--cron", metavar="LINE", help="the five fields of a cron line, in UTC: '0 * * * *'")


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source", action="append", metavar="PATH", help="a file or folder of reports; may be given several times"
    )
    add_store(parser)
    add_year_window(parser)
    add_jobs(parser)
    parser.add_argument(
        "--strict", action="store_true", help="end with 1 where an input was set aside or read with something missing"
    )


def _run(options: argparse.Namespace) -> int:
    from etl import pipeline

    chosen = settings(options)
    with stopped_by_signal("stopping; what has been extracted is kept (once more: leave at once)") as (stop, came):
        try:
            summary = pipeline.run(chosen, stopped=stop.is_set)
        except pipeline.Interrupted as error:
            say(str(error))
            return 128 + (came[0] if came else signal.SIGINT)
    print(*summary.lines(), sep="\n", flush=True)
    return _verdict(summary, strict=chosen.run.strict)


def _verdict(summary: Summary, *, strict: bool) -> int:
    tally = summary.tally
    if summary.nothing_read:
        say("error: nothing could be read; the summary says why")
        return FAILED
    if not tally.read:
        say("warning: the sources hold no reports")
    unusual = tally.errors + tally.warnings
    if unusual:
        say(f"{'error' if strict else 'warning'}: {tally.errors} inputs set aside, {tally.warnings} noted")
    return FAILED if unusual and strict else DONE


def _schedule(options: argparse.Namespace) -> int:
    from etl import schedule

    chosen = settings(options)
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

    with stopped_by_signal("stopping; what has been extracted is kept (once more: leave at once)") as (stop, _came):
        ended = schedule.keep_running(chosen, when, stop, tell=tell)
    if not ended:
        # The run cannot be asked any more; it is abandoned where it stands, which harms no table.
        say("left a run that did not end in time; the next one carries on from what it kept")
        sys.stdout.flush()
        os._exit(DONE)
    return DONE
