"""One run at a time on a store: a lock the kernel releases when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.errors import StoreError


class StoreBusy(StoreError):
    """Another process holds the lock and did not let go in the time given."""


@contextmanager
def exclusive(
    path: Path, *, wait: float = 0.0, waiting: Callable[[str], None] | None = None, stopped: Callable[[], bool] = bool
) -> Iterator[None]:
    """Hold the lock file ``path`` (made where it is missing) for the length of the block.

    Waits up to ``wait`` seconds for another holder, having called ``waiting`` once with who that is; gives up early
    when ``stopped()`` turns true. :class:`StoreBusy` where the lock stays taken, :class:`StoreError` where the folder
    cannot be written. The file stays behind: taking it away would let a third process lock a file that is gone.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"cannot be written ({error.strerror})", where=path.parent) from error
    try:
        _take(descriptor, path, wait, waiting, stopped)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()}".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _take(
    descriptor: int, path: Path, wait: float, waiting: Callable[[str], None] | None, stopped: Callable[[], bool]
) -> None:
    until = time.monotonic() + wait
    told = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 100, 0).decode("ascii", "replace") or "another process"
            if stopped() or time.monotonic() >= until:
                raise StoreBusy(
                    f"{holder} is at work on this store", where=path.parent, remedy="wait for it to end and run again"
                ) from None
            if waiting is not None and not told:
                waiting(holder)
                told = True
            time.sleep(0.1)
        else:
            return
