"""Folders: every file of a kind we read, below a folder, always in the same order."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from etl.records import SetAside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def shown(path: str | os.PathLike[str]) -> str:
    """``path`` as words that can be stored: a file name need not be valid UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def files_below(folder: Path, suffixes: Collection[str]) -> Iterator[Path | SetAside]:
    """Every file below ``folder`` whose lower-case suffix is in ``suffixes``, sorted by name at each level.

    Hidden files and folders are passed over. Links are followed, but each real folder is entered once, so a loop of
    links ends. A folder that cannot be listed, a link that leads nowhere and a file that is no file (a pipe, a device)
    are set aside; files of other kinds are counted and noted in one warning at the end.
    """
    entered: set[tuple[int, int]] = set()
    others: Counter[str] = Counter()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            status = here.stat()
            if (status.st_dev, status.st_ino) in entered:
                yield SetAside(shown(here), "a link to a folder already read; not read twice", None, "warning")
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(here) as listing:
                entries = sorted((entry for entry in listing if not entry.name.startswith(".")), key=lambda e: e.name)
        except OSError as error:
            yield SetAside(shown(here), f"the folder cannot be listed: {error.strerror}; check its permissions")
            continue
        folders: list[Path] = []
        for entry in entries:
            found = _look(entry, suffixes, folders, others)
            if found is not None:
                yield found
        waiting.extend(reversed(folders))
    if others:
        kinds = ", ".join(f"{suffix or 'no suffix'} {count}" for suffix, count in sorted(others.items())[:20])
        yield SetAside(shown(folder), f"files of kinds we do not read were passed over: {kinds}", None, "warning")


def _look(
    entry: os.DirEntry[str], suffixes: Collection[str], folders: list[Path], others: Counter[str]
) -> Path | SetAside | None:
    path = Path(entry.path)
    try:
        if entry.is_dir():
            folders.append(path)
            return None
        if path.suffix.lower() not in suffixes:
            others[shown(path.suffix.lower()[:20])] += 1
            return None
        if entry.is_file():
            return path
        reason = "the link leads nowhere" if entry.is_symlink() else "no regular file"
    except OSError as error:
        reason = f"cannot be looked at: {error.strerror}"
    return SetAside(shown(path), f"{reason}; remove it or give the file itself")
