"""Where rows go: standard output, or a file that is put in place once it is whole."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from etl.errors import UsageError


@contextlib.contextmanager
def output(name: str | None) -> Iterator[IO[bytes]]:
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
