"""Reports read for claims by several processes side by side, in order, whatever becomes of one of the processes.

Plain processes with a pipe each: one machine needs no scheduler, and a pipe tells at once which reports a process had
with it when it ended. Those are read again by another in ever smaller parts, so that a report that ends its reader (by
the memory it takes, say) is set aside alone and no other is lost.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Generic, TypeVar

from etl.errors import EtlError
from etl.reading import Reading, Told
from etl.records import Report, SetAside

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

T = TypeVar("T")

SMALL = 2_000_000
"""Characters of text that one process reads by itself before it calls others: about what it reads while they start."""
_AHEAD = 2
"""Batches with a process at a time, so that it need not wait for the next one."""
_TRIES = 2
"""How often one report may be with a process that ends: the first time something else may have ended it."""
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""What keeps a process's matrix products on its own core; read when NumPy is imported."""


class WorkersFailed(EtlError):
    """The processes that are to read reports end before they have read any."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def tell_side_by_side(
    batches: Iterable[tuple[list[Report], T]], reading: Reading, jobs: int | None = None
) -> Generator[tuple[T, list[Told | SetAside]], None, None]:
    """Each of ``batches`` read for claims, in order, each with what came beside it.

    ``jobs`` processes read; null takes one for each core once the input proves to be large, and this one till then. An
    empty batch comes back as it is, behind those before it: where the input is slow it lets what is ready through.
    Raises :class:`WorkersFailed`, and any :class:`~etl.errors.EtlError` that concerns every report.
    """
    stream = iter(batches)
    if jobs is None or jobs == 1:
        alone = jobs == 1 or cores() == 1 or reading.extract_all is not None
        size = 0
        while alone or size <= SMALL:
            batch = next(stream, None)
            if batch is None:
                return
            reports, beside = batch
            yield beside, reading.tell(reports)
            size += sum(len(report.text) for report in reports)
    with contextlib.closing(_Workers(jobs or cores(), reading)) as workers:
        yield from _in_order(stream, workers)


@dataclass(slots=True)
class _Batch(Generic[T]):
    beside: T
    told: list[Told | SetAside | None]
    missing: int


def _in_order(stream: Iterator[tuple[list[Report], T]], workers: _Workers) -> Iterator[tuple[T, list[Told | SetAside]]]:
    """Each batch of ``stream`` as ``workers`` read it; no more than a few are held at a time."""
    held: deque[_Batch[T]] = deque()
    first, more = 0, True
    while more or held:
        waiting = not more or len(held) >= workers.most_batches
        if not waiting:
            batch = next(stream, None)
            if batch is None:
                more = False
                continue
            reports, beside = batch
            workers.give(first + len(held), reports)
            held.append(_Batch(beside, [None] * len(reports), len(reports)))
        for part, told in workers.answers(wait_for_one=waiting and held[0].missing > 0):
            into = held[part.batch - first]
            into.told[part.start : part.start + len(told)] = told
            into.missing -= len(told)
        while held and not held[0].missing:
            done = held.popleft()
            first += 1
            yield done.beside, [told for told in done.told if told is not None]


@dataclass(slots=True)
class _Part:
    """Reports of one batch, from position ``start`` in it."""

    batch: int
    start: int
    reports: list[Report]
    tries: int = 0


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    parts: deque[_Part] = field(default_factory=deque)
    """What it has been given and not answered; it reads the first."""
    ready: bool = False


class _Workers:
    """The processes, and what they have to read."""

    def __init__(self, jobs: int, reading: Reading) -> None:
        self._jobs, self._reading = jobs, reading
        self._workers: list[_Worker] = []
        self._waiting: deque[_Part] = deque()
        self._stillborn = 0
        self._unreadable: list[tuple[_Part, list[Told | SetAside]]] = []

    @property
    def most_batches(self) -> int:
        """Batches worth holding at a time: what all processes have with them, and as many read or waiting."""
        return 2 * _AHEAD * self._jobs

    def give(self, batch: int, reports: list[Report]) -> None:
        """Have ``reports`` read as those of ``batch``."""
        if reports:
            self._waiting.append(_Part(batch, 0, reports))

    def answers(self, *, wait_for_one: bool) -> list[tuple[_Part, list[Told | SetAside]]]:
        """What has been read since the last time; with ``wait_for_one``, after the next sign of any process."""
        self._hand_out()
        answers: list[tuple[_Part, list[Told | SetAside]]] = []
        for pipe in wait([worker.pipe for worker in self._workers], None if wait_for_one else 0):
            worker = next(worker for worker in self._workers if worker.pipe is pipe)
            try:
                said = worker.pipe.recv()
            except (EOFError, OSError):
                self._lose(worker)
                continue
            if isinstance(said, EtlError):
                raise said
            if worker.ready:
                answers.append((worker.parts.popleft(), said))
            worker.ready, self._stillborn = True, 0
        self._hand_out()
        answers += self._unreadable
        self._unreadable = []
        return answers

    def _hand_out(self) -> None:
        while self._waiting:
            free = min(self._workers, key=lambda worker: len(worker.parts), default=None)
            if (free is None or free.parts) and len(self._workers) < self._jobs:
                free = self._start()
            if free is None or len(free.parts) >= _AHEAD:
                return
            part = self._waiting.popleft()
            free.parts.append(part)
            try:
                free.pipe.send(part.reports)
            except OSError:
                self._lose(free)

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._reading), daemon=True, name="reader")
        process.start()
        theirs.close()  # so that the pipe ends with the process
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _lose(self, worker: _Worker) -> None:
        """Give what an ended process had with it to others: what it was reading in halves, one report by itself."""
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        code = worker.process.exitcode
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn >= _TRIES * self._jobs:
                raise WorkersFailed(
                    f"processes to read reports end before they begin (exit code {code})", remedy="read with --jobs 1"
                )
            self._waiting.extendleft(reversed(worker.parts))
            return
        if not worker.parts:
            return
        suspect = worker.parts.popleft()
        self._waiting.extendleft(reversed(worker.parts))
        reports = suspect.reports
        half = len(reports) // 2
        if half:
            self._waiting.appendleft(_Part(suspect.batch, suspect.start + half, reports[half:]))
            self._waiting.appendleft(_Part(suspect.batch, suspect.start, reports[:half]))
        elif suspect.tries + 1 < _TRIES:
            self._waiting.appendleft(_Part(suspect.batch, suspect.start, reports, suspect.tries + 1))
        else:
            reason = f"ended the process that read it (exit code {code}); please report it with the text"
            aside = SetAside(reports[0].source, reason, reports[0].source_row)
            self._unreadable.append((suspect, [aside]))

    def close(self) -> None:
        """End the processes; they hold nothing that is not read again."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers = []


# In the other process


def _work(pipe: Connection, reading: Reading) -> None:
    """Read what comes through ``pipe`` and answer, until it ends."""
    # Who is asked to stop is the process that hands out; it ends this one by its pipe, also where it is killed itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    parts: queue.SimpleQueue[list[Report]] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, parts), daemon=True).start()
    try:
        reading.load()
        pipe.send(None)
        while True:
            pipe.send(reading.tell(parts.get()))
    except EtlError as error:
        pipe.send(error)
    except BrokenPipeError:  # nobody is left to answer
        return


def _receive(pipe: Connection, parts: queue.SimpleQueue[list[Report]]) -> None:
    """Put what comes through ``pipe`` into ``parts`` at once, so that the sender never waits for the reading."""
    while True:
        try:
            parts.put(pipe.recv())
        except (EOFError, OSError):
            os._exit(0)
