"""Reports read by processes side by side: in order, the same as by one, and none lost with a process that ends."""

from __future__ import annotations

import io
import json
import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest

from etl import settings as settings_of
from etl.errors import ModelError
from etl.extraction.parsing import language_model
from etl.reading import Reading, Told
from etl.records import Report, SetAside
from etl.report_rows import extract
from etl.settings import Settings
from etl.workers import WorkersFailed, tell_side_by_side
from tests.stub_readings import POISON, UnreadyReading, no_claims, no_model


def batches(texts: list[str], size: int = 3) -> list[tuple[list[Report], int]]:
    reports = [Report(report_id=str(number), text=text, source="s") for number, text in enumerate(texts)]
    return [(reports[start : start + size], start) for start in range(0, len(reports), size)]


def ids(told: list[Told | SetAside]) -> list[str]:
    return [one.report.report_id if isinstance(one, Told) else "aside" for one in told]


def test_batches_come_back_in_order_with_what_came_beside_them() -> None:
    given = [([], -1), *batches([f"text {number}" for number in range(50)]), ([], -2)]

    read = list(tell_side_by_side(given, Reading(extract_all=no_claims), jobs=2))

    assert [beside for beside, _ in read] == [beside for _, beside in given]
    assert [ids(told) for _, told in read] == [[one.report_id for one in reports] for reports, _ in given]


def test_a_report_that_ends_its_reader_is_set_aside_alone() -> None:
    texts = [f"text {number}" for number in range(20)]
    texts[4] = texts[13] = POISON

    read = [
        one for _, told in tell_side_by_side(batches(texts, 8), Reading(extract_all=no_claims), jobs=2) for one in told
    ]

    assert ids(read) == [str(number) if text != POISON else "aside" for number, text in enumerate(texts)]
    assert isinstance(read[4], SetAside)
    assert "ended the process" in read[4].reason


def test_the_reports_of_a_killed_process_are_read_by_another() -> None:
    given = batches([f"text {number}" for number in range(60)])
    read = []
    for number, (_, told) in enumerate(tell_side_by_side(given, Reading(extract_all=no_claims), jobs=2)):
        read += ids(told)
        if number == 4:
            for process in multiprocessing.active_children():
                process.kill()

    assert read == [str(number) for number in range(60)]


def test_what_concerns_every_report_is_raised() -> None:
    with pytest.raises(ModelError, match="no model is installed; install one"):
        list(tell_side_by_side(batches(["text"]), Reading(extract_all=no_model), jobs=2))


def test_processes_that_never_begin_are_one_clear_error() -> None:
    with pytest.raises(WorkersFailed, match=r"exit code 3.*--jobs 1"):
        list(tell_side_by_side(batches(["text"]), UnreadyReading(extract_all=no_claims), jobs=2))


def test_no_process_outlives_a_reading_that_is_left() -> None:
    side_by_side = tell_side_by_side(batches(["text"] * 30), Reading(extract_all=no_claims), jobs=2)
    next(side_by_side)
    side_by_side.close()

    assert not [child for child in multiprocessing.active_children() if child.name == "reader"]


def test_two_processes_write_the_rows_that_one_writes(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    places = ("Lyon", "Osh", "Lima", "Bihar")
    rows = [
        {
            "id": str(n),
            "text": f"{n + 2} people died in a fire in {places[n % 4]} on Monday.",
            "published": "2015-03-03",
        }
        for n in range(150)
    ] + [{"id": "quiet", "text": "A fire broke out in Lyon on Monday.", "published": "2015-03-03"}]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    def written(jobs: int) -> str:
        settings = replace(Settings(), run=replace(Settings().run, jobs=jobs))
        out = io.StringIO()
        assert extract(str(source), out, settings, per="report", note=lambda _: None) == len(rows)
        return out.getvalue()

    assert written(2) == written(1)


def test_words_without_end_do_not_change_what_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [Report(report_id=str(n), text=f"Two guards named Xq{n}ov were killed in Osh.") for n in range(5)]
    before = Reading().tell(reports)
    monkeypatch.setattr(language_model, "MOST_WORDS", 0)
    for _ in range(3):
        assert Reading().tell(reports) == before


def test_the_number_of_processes_is_a_setting() -> None:
    assert settings_of.load(environ={"TOLLBOOK_RUN_JOBS": "3"}).run.jobs == 3
