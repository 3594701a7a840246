from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from apscheduler.triggers.interval import IntervalTrigger

from etl import schedule
from etl.errors import ScheduleError, SourceError
from etl.pipeline import Interrupted
from etl.records import Run
from etl.settings import Settings, SourceSettings, StoreSettings
from etl.tables.store import NoPublishedRun, Store
from etl.tally import Summary, Tally
from tests.wire_folder import write_folder

ROOT = Path(__file__).parents[1]
SOON = IntervalTrigger(seconds=1, timezone="UTC")


def settings_for(tmp_path: Path) -> Settings:
    return Settings(store=StoreSettings(path=str(tmp_path)), sources=SourceSettings(paths=("x",)))


def a_summary() -> Summary:
    return Summary(Run(run_id="r", started_at=dt.datetime.now(dt.UTC)), Tally(), {})


@pytest.mark.parametrize(
    ("every", "cron", "said"),
    [
        (None, None, "give either --every or --cron"),
        ("15m", "* * * * *", "give either --every or --cron"),
        ("soon", None, "'soon' is no time between runs"),
        (None, "every hour", "'every hour' is no cron line"),
        (None, "61 * * * *", "is no cron line"),
    ],
)
def test_a_time_nobody_understands_is_one_line(every: str | None, cron: str | None, said: str) -> None:
    with pytest.raises(ScheduleError, match=said) as caught:
        schedule.trigger(every, cron)
    assert "\n" not in str(caught.value)


def test_cron_lines_are_utc_and_intervals_are_as_said() -> None:
    now = dt.datetime(2026, 1, 1, 10, 30, tzinfo=dt.UTC)
    assert schedule.trigger(None, "0 * * * *").get_next_fire_time(None, now) == now.replace(hour=11, minute=0)
    assert schedule.trigger("6h", None).interval == dt.timedelta(hours=6)


def keep_running_until(tmp_path: Path, run: Callable[..., Summary], done: threading.Event) -> list[Summary]:
    stop = threading.Event()
    told: list[Summary] = []
    keeping = threading.Thread(
        target=schedule.keep_running,
        args=(settings_for(tmp_path), SOON, stop),
        kwargs={"run": run, "tell": told.append},
        daemon=True,
    )
    keeping.start()
    assert done.wait(30)
    stop.set()
    keeping.join(30)
    assert not keeping.is_alive()
    return told


def test_it_runs_at_once_and_again_and_never_two_at_once(tmp_path: Path) -> None:
    at_work = threading.Lock()
    runs: list[bool] = []
    thrice = threading.Event()

    def run(_settings: Settings, **_: object) -> Summary:
        alone = at_work.acquire(blocking=False)
        time.sleep(1.3)  # longer than the time between two runs
        runs.append(alone)
        if alone:
            at_work.release()
        if len(runs) == 3:
            thrice.set()
        return a_summary()

    told = keep_running_until(tmp_path, run, thrice)
    assert all(runs)
    assert len(told) >= 3


def test_a_run_that_fails_is_told_and_the_next_one_tried(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    faults: list[Exception] = [SourceError("no such folder", where="in"), ValueError("a fault of ours")]
    well = threading.Event()

    def run(_settings: Settings, **_: object) -> Summary:
        if faults:
            raise faults.pop(0)
        well.set()
        return a_summary()

    assert keep_running_until(tmp_path, run, well)
    assert "in: no such folder" in caplog.text
    assert "a fault of ours" in caplog.text


def test_a_stop_reaches_the_run_at_hand(tmp_path: Path) -> None:
    started = threading.Event()

    def run(_settings: Settings, *, stopped: Callable[[], bool]) -> Summary:
        started.set()
        while not stopped():
            time.sleep(0.01)
        raise Interrupted("stopped")

    assert keep_running_until(tmp_path, run, started) == []


def test_a_stop_at_the_very_end_of_a_run_ends_it_too(tmp_path: Path) -> None:
    for _ in range(20):
        stop = threading.Event()

        def tell(_: Summary, stop: threading.Event = stop) -> None:
            stop.set()

        ended = schedule.keep_running(settings_for(tmp_path), SOON, stop, run=lambda *_, **__: a_summary(), tell=tell)
        assert ended


def test_a_run_that_does_not_stop_is_left_behind(tmp_path: Path) -> None:
    stop, started, leave = threading.Event(), threading.Event(), threading.Event()

    def run(_settings: Settings, **_: object) -> Summary:
        started.set()
        stop.set()
        leave.wait(30)
        return a_summary()

    ended = schedule.keep_running(settings_for(tmp_path), SOON, stop, run=run, tell=lambda _: None, grace=0.1)
    assert started.is_set()
    assert not ended
    leave.set()


def test_one_scheduler_a_store(tmp_path: Path) -> None:
    def run(_settings: Settings, **_: object) -> Summary:
        with pytest.raises(ScheduleError, match="another scheduler works on this store"):
            schedule.keep_running(settings_for(tmp_path), SOON, threading.Event(), tell=lambda _: None)
        refused.set()
        return a_summary()

    refused = threading.Event()
    assert keep_running_until(tmp_path, run, refused)


def started(tmp_path: Path, source: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "etl",
            "schedule",
            "--every",
            "1s",
            "--store",
            str(tmp_path / "store"),
            "--source",
            str(source),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def runs_of(store: Path) -> list[Run]:
    try:
        return Store(store).runs()
    except NoPublishedRun:
        return []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_scheduler_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    process = started(tmp_path, write_folder(tmp_path / "reports"))
    while process.poll() is None and len(runs_of(tmp_path / "store")) < 2:
        time.sleep(0.05)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    assert "reports    4 read: 4 new, 0 known already" in out
    assert "reports    4 read: 0 new, 4 known already" in out
    assert not Store(tmp_path / "store").unpublished()


def test_sigterm_in_the_middle_of_a_run_keeps_what_it_has(tmp_path: Path) -> None:
    source = tmp_path / "many.jsonl"
    with source.open("w", encoding="utf-8") as out:
        for number in range(20_000):
            row = {"text": f"A blast in Quetta killed {number + 2} people on Monday.", "published": "2012-05-03"}
            out.write(json.dumps(row) + "\n")
    process = started(tmp_path, source)
    while process.poll() is None and not (tmp_path / "store" / "reports" / "_delta_log").is_dir():
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "are kept; run again to carry on" in err
    assert runs_of(tmp_path / "store") == []
    assert Store(tmp_path / "store").latest().count("reports") >= 2_000
