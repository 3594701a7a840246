"""The tables of ``data/languages/``."""

from __future__ import annotations

import csv
from pathlib import Path

from etl.errors import DataFileError

_FOLDER = Path(__file__).resolve().parents[2] / "data" / "languages"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of the table NAME, header to cell. Raises :class:`~etl.errors.DataFileError` where it cannot be read."""
    path = _FOLDER / name
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    except OSError as error:
        raise DataFileError(
            f"cannot be read: {error.strerror}", where=path, remedy="restore it from the repository"
        ) from error
