"""A signal asks long work to stop: the first in good order, a second at once."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType


@contextlib.contextmanager
def stopped_by_signal(said: str) -> Iterator[tuple[threading.Event, list[int]]]:
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
