"""The same run again and again: every so often or by a cron line, never two at once, with a clean stop."""

from __future__ import annotations

import datetime as dt
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from etl.errors import EtlError, ScheduleError
from etl.pipeline import Interrupted
from etl.pipeline import run as one_run
from etl.settings import Settings, interval_seconds
from etl.tables.lock import StoreBusy, exclusive
from etl.tally import Summary

GRACE_SECONDS = 30.0
"""How long a stop waits for the run at hand to reach a place to stop at. Leaving later costs its last batch."""

log = logging.getLogger(__name__)


def trigger(every: str | None, cron: str | None) -> BaseTrigger:
    """When to run: ``every`` is *90s*, *15m*, *6h* or *1d*, ``cron`` the five fields of a cron line, in UTC.

    :class:`~etl.errors.ScheduleError` unless exactly one of them is given and can be understood.
    """
    if (every is None) == (cron is None):
        raise ScheduleError("give either --every or --cron", remedy="for instance --every 15m, or --cron '0 * * * *'")
    try:
        if every is not None:
            return IntervalTrigger(seconds=interval_seconds(every), timezone="UTC")
        return CronTrigger.from_crontab(cron, timezone="UTC")
    except ValueError as error:
        problem = str(error) if every is not None else f"--cron {cron!r} is no cron line ({error})"
        raise ScheduleError(problem, remedy="" if every is not None else "write it like '0 * * * *'") from None


def keep_running(
    settings: Settings,
    when: BaseTrigger,
    stop: threading.Event,
    *,
    run: Callable[..., Summary] = one_run,
    tell: Callable[[Summary], None],
    grace: float = GRACE_SECONDS,
) -> bool:
    """Run at once and then as ``when`` says, until ``stop`` is set; each summary goes to ``tell``.

    A run that is due while another is at work is left out, and several missed ones are made up for by one. A run that
    fails is logged, and the next one is tried at its time. Gives true where the run at hand ended within ``grace``
    seconds of the stop, false where the caller has to leave it behind (which harms no table).
    :class:`~etl.errors.ScheduleError` where another scheduler works on the same store.
    """
    idle = threading.Event()
    idle.set()

    def job() -> None:
        if stop.is_set():
            return
        idle.clear()
        try:
            tell(run(settings, stopped=stop.is_set))
        except Interrupted as error:
            log.info("%s", error)
        except EtlError as error:
            log.error("%s", error)  # noqa: TRY400 - one line; what is wrong is not in the program
        except Exception:
            log.exception("the run failed; the next one is tried at its time")
        finally:
            idle.set()

    with _only_scheduler(settings):
        scheduler = BackgroundScheduler(timezone="UTC")
        scheduler.add_job(
            job, when, next_run_time=dt.datetime.now(dt.UTC), max_instances=1, coalesce=True, misfire_grace_time=None
        )
        scheduler.start()
        stop.wait()
        scheduler.remove_all_jobs()
        ended = idle.wait(grace)
        scheduler.shutdown(wait=ended)
        return ended


@contextmanager
def _only_scheduler(settings: Settings) -> Iterator[None]:
    path = settings.store.path
    if "://" in path:
        yield
        return
    try:
        with exclusive(Path(path) / ".schedule.lock"):
            yield
    except StoreBusy:
        raise ScheduleError("another scheduler works on this store", where=path, remedy="stop that one first") from None


def log_to_stderr() -> None:
    """What a scheduler tells, on the error stream, with the time."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # It warns of each run left out because the one before is still at work; that is how it is meant to be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
