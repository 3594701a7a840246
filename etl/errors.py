"""Every error the ETL raises on purpose: what was wrong, where it stands, and what to do about it.

The command line turns any :class:`EtlError` into one clear line and exit 1; anything else is a fault of the program and
keeps its traceback. One bad input among many is no error: the sources yield a ``SetAside`` for it and go on.
"""

from __future__ import annotations

from os import PathLike


class EtlError(Exception):
    """A failure with a plain cause: ``problem`` is what was wrong, ``remedy`` what to do.

    ``where`` is the file, address, table or setting it happened in (null where there is no such place) and ``row`` the
    line or row in it, counted from 1. ``str(error)`` is one line: ``where:row: problem; remedy``.
    """

    def __init__(
        self, problem: str, *, where: str | PathLike[str] | None = None, row: int | None = None, remedy: str = ""
    ) -> None:
        self.problem = problem
        self.where = None if where is None else str(where)
        self.row = row
        self.remedy = remedy
        super().__init__(problem)

    def __str__(self) -> str:
        place = "" if self.where is None else self.where if self.row is None else f"{self.where}:{self.row}"
        message = f"{place}: {self.problem}" if place else self.problem
        return " ".join((f"{message}; {self.remedy}" if self.remedy else message).split())

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword arguments do not survive pickling by themselves, and worker processes send them back.
        return _rebuilt, (type(self), self.problem, self.where, self.row, self.remedy)


def _rebuilt(kind: type[EtlError], problem: str, where: str | None, row: int | None, remedy: str) -> EtlError:
    return kind(problem, where=where, row=row, remedy=remedy)


class UsageError(EtlError):
    """The command line or a call asks for something that does not exist or does not fit together."""


class SettingsError(EtlError):
    """A setting is unknown, of the wrong type or out of range; ``where`` is the file or environment variable."""


class SourceError(EtlError):
    """A source could not be read at all: no such path, no permission, a kind of file nobody reads."""


class ModelError(EtlError):
    """The language model is missing or is not the one expected."""


class DataFileError(EtlError):
    """A file of ``data/`` (lexicon, gazetteer, outlines) is missing, damaged or of another version."""


class SchemaError(EtlError):
    """Rows do not fit the declared schema of a table; ``where`` is the table."""


class StoreError(EtlError):
    """The store could not be opened, read or written; ``where`` is its path."""


class StoreConflictError(StoreError):
    """Another writer kept changing the same table; nothing of this write was published."""


class DatabaseError(EtlError):
    """A database to export to is out of reach, refuses, or holds what is not ours; ``where`` is it without password."""


class ReviewError(EtlError):
    """A review names a claim, an incident or an earlier review that is not there, or a value that does not fit."""


class ScheduleError(EtlError):
    """An interval or cron line cannot be understood, or another scheduler already runs on the same store."""


class Interrupted(EtlError):
    """The run was asked to stop. What it had extracted is kept, unpublished, and the next run carries on from there."""
