"""The published tables the dashboard shows: the newest run's, opened once and noticed without a restart."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard import queries
from etl.errors import EtlError, StoreError
from etl.records import Run
from etl.settings import Settings
from etl.tables.store import NoPublishedRun, Store

log = logging.getLogger(__name__)

SECONDS_BETWEEN_CHECKS = 2.0
"""How often at most the store is asked for a newer run; the answer is a look into one folder."""


class NoTables(EtlError):
    """There is nothing to show: no store at this path, or no run published in it yet."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One published run: its row, the version of each table, and a database over exactly those versions."""

    run: Run
    versions: dict[str, int]
    database: duckdb.DuckDBPyConnection

    @property
    def name(self) -> str:
        """A short name for files made from it: the run's id, and the version of the incidents."""
        return f"{self.run.run_id[:12]}-v{self.versions.get('incidents', 0)}"


class Published:
    """The newest edition of the store at ``path``.

    ``private`` shows the private columns (names of victims) too. ``reviewing`` are the settings by which the page may
    keep reviews in that store; null where the operator has not allowed it, since the page knows no users.
    """

    def __init__(self, path: str | Path, *, private: bool = False, reviewing: Settings | None = None) -> None:
        self.path = path
        self.private = private
        self.reviewing = reviewing
        self._store = Store(path)
        self._lock = threading.Lock()
        self._edition: Edition | None = None
        self._runs_version: int | None = None
        self._checked = float("-inf")

    def current(self) -> Edition:
        """The newest edition; :class:`NoTables` where there is none, with the reason.

        A store that stops being readable while an edition is open leaves that edition in place: what it shows is still
        true of its run.
        """
        with self._lock:
            if time.monotonic() - self._checked > SECONDS_BETWEEN_CHECKS:
                try:
                    self._refresh()
                except StoreError as problem:
                    if self._edition is None:
                        raise NoTables(problem.problem, where=problem.where, remedy=problem.remedy) from problem
                    log.warning("keeping the tables of run %s: %s", self._edition.run.run_id, problem)
                self._checked = time.monotonic()
            if self._edition is None:
                raise NoTables("no run has been published yet", where=self.path)
            return self._edition

    def revision(self) -> str | None:
        """The id of the newest run, or None while there is none: what a page compares to know that it is old."""
        try:
            return self.current().run.run_id
        except NoTables:
            return None

    def look_again(self) -> None:
        """Ask the store for a newer run at the next question, however short ago it was asked."""
        with self._lock:
            self._checked = float("-inf")

    def close(self) -> None:
        """Let go of the open edition; the next question opens one again."""
        with self._lock:
            if self._edition is not None:
                self._edition.database.close()
            self._edition = None
            self._checked = float("-inf")

    def _refresh(self) -> None:
        version = self._store.latest(["runs"]).versions.get("runs")
        if version == self._runs_version and self._edition is not None:
            return
        try:
            snapshot = self._store.snapshot()
        except NoPublishedRun:
            self._edition = None
            return
        if self._edition is None or snapshot.run.run_id != self._edition.run.run_id:
            # Requests that still read the edition before keep its database until they end.
            self._edition = Edition(snapshot.run, dict(snapshot.versions), queries.connect(snapshot))
        self._runs_version = version
