"""The command line: ``python -m etl run | schedule | extract | review | reprocess | export | status``.

It ends with 0 where the work was done (inputs set aside are a warning), 1 where nothing could be read, the store failed
or ``--strict`` met an input set aside, 2 where the command itself is wrong, and 130 or 143 where a signal ended it.
What goes wrong is one line on the error stream.
"""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence

from etl.commands import export, extract, reprocess, review, run, status
from etl.commands.options import DONE, FAILED, MISUSED, say
from etl.errors import EtlError, SettingsError, UsageError
from etl.workers import ONE_THREAD


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command ``arguments`` name (those of the process where null); gives the exit code."""
    options = _parser().parse_args(arguments)
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    try:
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except (UsageError, SettingsError) as error:
        say(f"error: {error}")
        return MISUSED
    except EtlError as error:
        say(f"error: {error}")
        return FAILED
    except OSError as error:
        # What Python still holds for an output that takes no more must not be tried again when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:  # whoever read our output has seen enough
            return DONE
        say(f"error: {f'{error.filename}: ' if error.filename else ''}{error.strerror or error}")
        return FAILED
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(
        prog="python -m etl", description="Reads news reports into tables of people killed, hurt and uprooted."
    )
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for verb in (run, extract, review, reprocess, export, status):
        verb.add(commands)
    return whole


if __name__ == "__main__":
    sys.exit(main())
