"""What is loaded once and kept for as long as a process lasts, told to the garbage collector.

Python's collector counts every new object, and again and again walks through all that live for those that only hold
each other: while a model, a gazetteer or a library is loaded all of them are new, and afterwards all are in its way.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

FEWEST_NEW = 10_000
"""New objects between two walks of the collector, Python's own 700: a batch of parsed sentences holds far more."""


@contextmanager
def lasting() -> Iterator[None]:
    """The context in which to load what stays: the collector waits meanwhile, and leaves alone all that lives then.

    A fifth of the time of reading ordinary news went into its walks (measured). It goes on with what comes later.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        # At the end all is let go as ever: DuckDB's binding reports on the error stream whatever it still finds alive.
        atexit.unregister(gc.unfreeze)
        atexit.register(gc.unfreeze)
        first, *others = gc.get_threshold()
        gc.set_threshold(max(first, FEWEST_NEW), *others)
        if was_on:
            gc.enable()
