from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from etl import kept, pipeline
from etl.errors import EtlError, UsageError
from etl.extraction import extract_all
from etl.pipeline import Interrupted
from etl.records import Claim, Report
from etl.settings import ExtractionSettings, RunSettings, Settings, SourceSettings, StoreSettings
from etl.tables.snapshot import Tables
from etl.tables.store import NoPublishedRun, Store
from tests.wire_folder import REPORTS, write_broken_lines, write_folder, write_report

ROOT = Path(__file__).parents[1]


def settings_for(store: Path, *paths: Path, batch_reports: int = 2_000) -> Settings:
    return Settings(
        store=StoreSettings(path=str(store)),
        sources=SourceSettings(paths=tuple(str(path) for path in paths)),
        run=RunSettings(batch_reports=batch_reports),
    )


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "reports")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def rows(tables: Tables, *names: str) -> dict[str, list[str]]:
    """Every row of the tables, apart from where a report was found, in an order of its own."""
    found = {}
    for name in names or ("reports", "claims", "incidents", "tolls"):
        every = (replace(row, source="") if isinstance(row, Report) else row for row in tables.rows(name))
        found[name] = sorted(map(repr, every))
    return found


def test_a_run_fills_every_table_and_leads_each_figure_to_its_sentence(reports: Path, store: Path) -> None:
    summary = pipeline.run(settings_for(store, reports))
    snapshot = Store(store).snapshot()
    assert snapshot.run == summary.run
    assert (summary.run.reports_read, summary.run.reports_added, summary.run.set_aside) == (4, 4, 0)
    texts = {report.report_id: report.text for report in snapshot.rows("reports")}
    claims = list(snapshot.rows("claims"))
    assert {claim.measure for claim in claims} >= {"killed", "injured"}
    for claim in claims:
        assert texts[claim.report_id][claim.span_start : claim.span_end] == claim.quote
        assert texts[claim.report_id][claim.figure_start : claim.figure_end] == claim.quantity
    incidents = {incident.incident_id: incident for incident in snapshot.rows("incidents")}
    assert {(one.country_code, one.killed_best) for one in incidents.values()} == {("KG", 68), ("KE", 12)}
    (bishkek,) = (one for one in incidents.values() if one.country_code == "KG")
    assert {claim.incident_id for claim in claims} == set(incidents)
    steps = [step for step in snapshot.rows("tolls") if step.incident_id == bishkek.incident_id]
    assert [step.best for step in sorted(steps, key=lambda one: str(one.as_of)) if step.measure == "killed"] == [17, 68]


def test_a_second_run_adds_nothing(reports: Path, store: Path) -> None:
    first = pipeline.run(settings_for(store, reports))
    before = rows(Store(store).snapshot())
    second = pipeline.run(settings_for(store, reports))
    assert (second.run.reports_added, second.run.reports_known, second.run.claims_added) == (0, 4, 0)
    assert second.run.table_versions == first.run.table_versions
    assert rows(Store(store).snapshot()) == before


def test_runs_over_parts_in_any_order_leave_the_tables_of_one_run(tmp_path: Path) -> None:
    names = list(REPORTS)
    whole = settings_for(tmp_path / "whole", write_folder(tmp_path / "all"))
    pipeline.run(whole)
    for name in reversed(names):
        pipeline.run(settings_for(tmp_path / "parts", write_folder(tmp_path / name, [name])))
    assert rows(Store(tmp_path / "parts").snapshot()) == rows(Store(tmp_path / "whole").snapshot())


def test_batches_change_nothing(reports: Path, tmp_path: Path) -> None:
    pipeline.run(settings_for(tmp_path / "one", reports))
    pipeline.run(settings_for(tmp_path / "many", reports, batch_reports=1))
    assert rows(Store(tmp_path / "one").snapshot()) == rows(Store(tmp_path / "many").snapshot())


def test_a_report_twice_in_one_run_is_one(reports: Path, store: Path) -> None:
    again = write_folder(reports.parent / "again", ["03-ferry.md"])
    summary = pipeline.run(settings_for(store, reports, again))
    assert (summary.run.reports_read, summary.run.reports_added, summary.run.reports_known) == (5, 4, 1)
    assert json.loads(summary.run.per_source) == {
        str(reports): {"read": 4, "added": 4},
        str(again): {"read": 1, "known": 1},
    }


def test_bad_inputs_are_set_aside_with_file_line_and_reason(tmp_path: Path, store: Path) -> None:
    path = write_broken_lines(tmp_path / "lines.jsonl")
    summary = pipeline.run(settings_for(store, path))
    assert not summary.nothing_read
    assert (summary.run.reports_added, summary.run.set_aside) == (2, 2)
    kept = json.loads(Store(store).snapshot().run.set_aside_detail)
    assert [(one["row"], one["severity"]) for one in kept] == [(2, "error"), (3, "error"), (4, "warning")]
    assert {one["source"] for one in kept} == {str(path)}
    printed = "\n".join(summary.lines())
    assert f"set aside: {path}:2: " in printed
    assert f"noted: {path}:4: " in printed


def test_a_source_that_is_not_there_is_nothing_read(tmp_path: Path, store: Path) -> None:
    summary = pipeline.run(settings_for(store, tmp_path / "absent"))
    assert summary.nothing_read
    assert "absent" in "\n".join(summary.lines())


def test_an_empty_folder_is_no_failure(tmp_path: Path, store: Path) -> None:
    (tmp_path / "empty").mkdir()
    summary = pipeline.run(settings_for(store, tmp_path / "empty"))
    assert not summary.nothing_read
    assert summary.run.incidents == 0


def test_no_source_at_all_is_a_mistake(store: Path) -> None:
    with pytest.raises(UsageError, match="no source to read; name one with --source"):
        pipeline.run(settings_for(store))


def test_a_text_above_the_limit_is_set_aside(reports: Path, store: Path) -> None:
    chosen = settings_for(store, reports)
    write_report(reports, "long.md", "Long", "North Wire", "2010-04-11", "Two people were killed. " * 100)
    chosen = replace(chosen, sources=replace(chosen.sources, max_text_bytes=1_000))
    summary = pipeline.run(chosen)
    assert (summary.run.reports_added, summary.run.set_aside) == (4, 1)
    assert "long.md" in summary.run.set_aside_detail


Extraction = Iterator[tuple[Report, list[Claim]]]


def test_a_report_that_extraction_cannot_take_is_set_aside_and_tried_again(reports: Path, store: Path) -> None:
    def fails_on_ferries(
        some: Iterable[Report], model: str | None = None, years: tuple[int, int] | None = None
    ) -> Extraction:
        for report in some:
            if "ferry" in report.text:
                raise ValueError("no ferries\nhere")
            yield from extract_all([report], model, years)

    summary = pipeline.run(settings_for(store, reports), extract_all=fails_on_ferries)
    assert (summary.run.reports_added, summary.run.set_aside) == (3, 1)
    (aside,) = json.loads(summary.run.set_aside_detail)
    assert aside["source"].endswith("03-ferry.md")
    assert "ValueError: no ferries here" in aside["reason"]
    assert pipeline.run(settings_for(store, reports)).run.reports_added == 1


def test_what_concerns_every_report_ends_the_run(reports: Path, store: Path) -> None:
    chosen = replace(settings_for(store, reports), extraction=ExtractionSettings(model="en_core_web_absent"))
    with pytest.raises(EtlError, match="en_core_web_absent is not installed"):
        pipeline.run(chosen)
    with pytest.raises(NoPublishedRun):
        Store(store).snapshot()


def stopping_after(number: int) -> tuple[Callable[[], bool], Callable[..., Extraction]]:
    """A stop that is asked for once ``number`` reports have been extracted."""
    seen: list[str] = []

    def counted(some: Iterable[Report], model: str | None = None, years: tuple[int, int] | None = None) -> Extraction:
        for told in extract_all(some, model, years):
            seen.append(told[0].report_id)
            yield told

    return lambda: len(seen) >= number, counted


def test_a_stopped_run_keeps_what_it_has_and_the_next_one_carries_on(
    reports: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "AT_ONCE", 1)
    more = write_folder(reports.parent / "more", ["04-nobody-hurt.md"])
    (reports / "04-nobody-hurt.md").unlink()
    stopped, counted = stopping_after(3)
    with pytest.raises(Interrupted, match="3 reports are kept; run again"):
        pipeline.run(settings_for(store, reports, more), stopped=stopped, extract_all=counted)
    with pytest.raises(NoPublishedRun):
        Store(store).snapshot()
    summary = pipeline.run(settings_for(store, reports, more))
    assert (summary.run.reports_known, summary.run.reports_added) == (3, 1)
    pipeline.run(settings_for(reports.parent / "straight", reports, more))
    assert rows(Store(store).snapshot()) == rows(Store(reports.parent / "straight").snapshot())


def test_a_stop_while_resolving_keeps_readers_where_they_were(reports: Path, store: Path) -> None:
    pipeline.run(settings_for(store, write_folder(reports.parent / "early", ["01-first-count.md"])))
    before = rows(Store(store).snapshot())
    stop = threading.Event()

    def extracted(some: Iterable[Report], model: str | None = None, years: tuple[int, int] | None = None) -> Extraction:
        yield from extract_all(some, model, years)

    def resolve(events: Iterable[object], *_: object) -> object:
        stop.set()
        return list(events)

    with pytest.raises(Interrupted, match="while resolving"):
        pipeline.run(
            settings_for(store, reports),
            stopped=stop.is_set,
            extract_all=extracted,
            resolve=resolve,  # type: ignore[arg-type]
        )
    assert rows(Store(store).snapshot()) == before
    assert pipeline.run(settings_for(store, reports)).run.incidents == 2


@pytest.mark.parametrize("moment", ["extraction", "resolution", "publication"])
def test_a_run_killed_at_any_moment_leaves_readers_alone_and_is_made_good(
    reports: Path, store: Path, moment: str
) -> None:
    pipeline.run(settings_for(store, write_folder(reports.parent / "early", ["01-first-count.md"])))
    before = rows(Store(store).snapshot())
    script = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from etl import extraction, incidents, pipeline
        from etl.tables.store import Store
        from tests.test_pipeline import settings_for

        store, reports, moment = sys.argv[1:]

        def die(*_):
            os.kill(os.getpid(), signal.SIGKILL)

        def extract_all(some, model, years):
            for number, told in enumerate(extraction.extract_all(some, model, years)):
                yield told
                if moment == "extraction":
                    os.kill(os.getpid(), signal.SIGKILL)

        if moment == "publication":
            Store.publish = die
        resolve = die if moment == "resolution" else incidents.resolve
        pipeline.run(settings_for(Path(store), Path(reports)), extract_all=extract_all, resolve=resolve)
        """
    )
    ended = subprocess.run([sys.executable, "-c", script, str(store), str(reports), moment], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert rows(Store(store).snapshot()) == before
    summary = pipeline.run(settings_for(store, reports))
    assert summary.run.reports_read == 4
    pipeline.run(settings_for(reports.parent / "straight", reports))
    assert rows(Store(store).snapshot()) == rows(Store(reports.parent / "straight").snapshot())


def test_runs_at_the_same_time_take_turns_and_leave_the_tables_of_one(reports: Path, store: Path) -> None:
    command = [sys.executable, "-m", "etl", "run", "--store", str(store), "--source", str(reports)]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sorted(run.reports_added for run in Store(store).runs()) == [0, 4]
    assert Store(store).snapshot().count("reports") == 4


COPIED = (
    "Rescuers in the port of Varna pulled the bodies of nine workers from the hold of a grain ship on Monday after gas "
    "built up below deck overnight, the harbour police said. Four others were taken to hospital. The ship had come "
    "from Odessa and was to leave for Alexandria in the evening. An inquiry has begun and the captain is questioned."
)


def copies(store: Path) -> dict[str | None, str | None]:
    held = {report.report_id: report for report in Store(store).snapshot().rows("reports")}
    return {
        report.publisher: held[report.duplicate_of].publisher if report.duplicate_of else None
        for report in held.values()
    }


def test_copies_are_linked_to_the_first_even_where_it_comes_last(tmp_path: Path, store: Path) -> None:
    papers = [("Noon Post", "2011-03-01T12:00:00Z"), ("Evening Post", "2011-03-01T18:00:00Z")]
    for publisher, published in papers:
        write_report(tmp_path / "late", f"{publisher}.md", "Nine dead", publisher, published, COPIED)
    pipeline.run(settings_for(store, tmp_path / "late"))
    assert copies(store) == {"Noon Post": None, "Evening Post": "Noon Post"}
    write_report(tmp_path / "early", "wire.md", "Nine die", "Wire", "2011-03-01T07:00:00Z", COPIED)
    write_report(tmp_path / "early", "other.md", "Other", "Wire", "2014-01-01T07:00:00Z", COPIED)
    pipeline.run(settings_for(store, tmp_path / "early"))
    held = Store(store).snapshot()
    assert copies(store)["Noon Post"] == "Wire"
    assert copies(store)["Evening Post"] == "Wire"
    (incident,) = (one for one in held.rows("incidents") if str(one.date_start).startswith("2011"))
    assert (incident.n_reports, incident.n_sources) == (3, 1)


def test_every_report_with_claims_comes_with_all_of_them(reports: Path, store: Path) -> None:
    pipeline.run(settings_for(store, reports))
    snapshot = Store(store).snapshot()
    told = list(kept.claims_by_report(snapshot))
    assert [report.report_id for report, _ in told] == sorted(report.report_id for report, _ in told)
    assert len(told) == 3
    assert sorted(repr(claim) for _, claims in told for claim in claims) == rows(snapshot, "claims")["claims"]
