"""After an upgrade: new claims beside old ones, a report of what changed, nothing lost."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from etl import extraction
from etl.__main__ import main
from etl.changes import changes, csv_text, line
from etl.errors import Interrupted, UsageError
from etl.extraction.claim_ids import claim_id
from etl.reading import Extractor
from etl.records import Claim, Report
from etl.reprocessing import Reprocessed, reprocess
from etl.settings import RunSettings
from etl.tables.store import Store
from tests.reviews.conftest import STORIES, Desk
from tests.wire_folder import write_report

NEXT = "99.0"


def upgraded(better: Callable[[Claim], Claim | None] = lambda claim: claim) -> Extractor:
    """The extraction of another version: what ``better`` makes of each claim that the present one reads."""

    def read(
        reports: Iterable[Report], model: str | None, years: tuple[int, int] | None
    ) -> Iterator[tuple[Report, list[Claim]]]:
        for report, claims in extraction.extract_all(reports, model, years):
            found = [one for claim in claims if (one := better(claim)) is not None]
            yield (
                report,
                [
                    replace(
                        one,
                        claim_id=claim_id(one.report_id, one.measure, one.figure_start, one.figure_end, NEXT),
                        extractor_version=NEXT,
                    )
                    for one in found
                ],
            )

    return read


def sixteen(claim: Claim) -> Claim:
    """Reads *15 people* as 16."""
    return replace(claim, low=16, best=16, high=16) if claim.best == 15 else claim


@pytest.fixture(scope="module")
def read_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    for name, story in STORIES.items():
        write_report(folder / "reports", name, *story)
    Desk(folder).run()
    return folder


@pytest.fixture
def desk(read_before: Path, tmp_path: Path) -> Desk:
    shutil.copytree(read_before, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def anew(desk: Desk, better: Callable[[Claim], Claim | None] = sixteen, where: str | None = None) -> Reprocessed:
    return reprocess(desk.settings, where=where, extract_all=upgraded(better), version=NEXT)


def test_new_claims_stand_beside_the_old_ones_and_alone_count(desk: Desk) -> None:
    before = list(desk.tables.rows("claims"))
    done = anew(desk)
    assert (done.tally.read, done.tally.claims, done.superseded) == (4, len(before), len(before))
    claims = list(desk.tables.rows("claims"))
    assert len(claims) == 2 * len(before)
    old = {one.claim_id: one for one in claims if one.extractor_version != NEXT}
    for one in before:
        assert old[one.claim_id] == replace(one, superseded_by=NEXT, incident_id=None)
    assert all(one.incident_id for one in claims if one.extractor_version == NEXT)
    assert desk.incidents["Osh"].killed_best == 16
    assert done.snapshot.run.extractor_version == NEXT


def test_what_changed_is_told_with_by_how_much(desk: Desk) -> None:
    done = anew(desk, lambda claim: None if claim.best == 21 else sixteen(claim))
    rose, gone = done.changes
    assert (rose.measure, rose.best_before, rose.best, rose.moved) == ("killed", 15, 16, 1)
    assert rose.incident_id == rose.incident_id_before == desk.incidents["Osh"].incident_id
    assert (gone.incident_id, gone.best_before, gone.best, gone.moved) == (None, 21, None, None)
    assert line(rose).startswith("    +1 killed: ")
    assert "Osh" in line(rose)
    assert line(gone).startswith("  gone killed: 21 -> not said")
    row, _ = csv.DictReader(io.StringIO(csv_text(done.changes)))
    assert (row["best_before"], row["best"], row["moved"]) == ("15", "16", "1")


def test_the_same_figures_change_nothing(desk: Desk) -> None:
    before = {name: one.incident_id for name, one in desk.incidents.items()}
    assert anew(desk, lambda claim: claim).changes == []
    assert {name: one.incident_id for name, one in desk.incidents.items()} == before


def test_a_second_time_there_is_nothing_to_read(desk: Desk) -> None:
    anew(desk)
    done = anew(desk)
    assert (done.tally.read, done.tally.claims, done.superseded, done.changes) == (0, 0, 0, [])


def test_a_filter_names_the_reports_to_read(desk: Desk) -> None:
    done = anew(desk, where="publisher = 'Valley Post'")
    assert done.tally.read == 1
    assert desk.incidents["Osh"].killed_best == 16
    versions = {one.extractor_version for one in desk.tables.rows("claims") if one.superseded_by is None}
    assert versions == {NEXT, extraction.EXTRACTOR_VERSION}
    assert anew(desk).tally.read == 3
    with pytest.raises(UsageError, match="--where 'no such' does not work"):
        anew(desk, where="no such")


def test_going_back_a_version_brings_its_claims_back(desk: Desk) -> None:
    before = {name: sorted(map(repr, desk.tables.rows(name))) for name in ("incidents", "tolls")}
    anew(desk)
    back = reprocess(desk.settings)
    assert back.tally.claims == 0
    assert {name: sorted(map(repr, desk.tables.rows(name))) for name in before} == before
    assert [one.moved for one in back.changes] == [-1]


def test_reviews_survive_an_upgrade(desk: Desk) -> None:
    desk.decide("correct", desk.claim(15).claim_id, "figure=14")
    desk.decide("reject", desk.incidents["Quetta"].incident_id)
    desk.decide("correct", desk.incidents["Talas"].incident_id, "killed=5")
    anew(desk)
    assert desk.incidents["Osh"].killed_best == 14
    assert desk.claim(16).extractor_version == NEXT
    assert json.loads(desk.claim(16).review_replaced or "")["best"] == 16
    assert "Quetta" not in desk.incidents
    assert desk.incidents["Talas"].killed_best == 5


def test_stopped_half_way_every_report_has_the_claims_of_one_version(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.reprocessing.AT_ONCE", 1)
    before = desk.tables.count("claims")
    two_at_once = replace(desk.settings, run=RunSettings(batch_reports=2))
    with pytest.raises(Interrupted, match="stopped after 2 reports"):
        reprocess(two_at_once, stopped=lambda: True, extract_all=upgraded(), version=NEXT)
    held = list(Store(desk.folder / "store").latest().rows("claims"))
    for report in {one.report_id for one in held}:
        counting = {one.extractor_version for one in held if one.report_id == report and one.superseded_by is None}
        assert len(counting) == 1
    assert anew(desk).tally.read == 2
    assert desk.tables.count("claims") == 2 * before


def test_old_versions_stay_readable_from_the_command_line(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(desk.folder / "store")]
    old, first = extraction.EXTRACTOR_VERSION, desk.tables.run.run_id
    anew(desk)

    def exported(*more: str) -> list[dict[str, str]]:
        assert main(["export", *more, *store]) == 0
        return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))

    assert {row["extractor_version"] for row in exported("claims")} == {NEXT}
    assert {row["extractor_version"] for row in exported("claims", "--extractor-version", old)} == {old}
    every = exported("claims", "--extractor-version", "all")
    assert {row["extractor_version"] for row in every} == {old, NEXT}
    osh = ["--where", "place_name = 'Osh'"]
    assert [row["killed_best"] for row in exported("incidents", *osh)] == ["16"]
    assert [row["killed_best"] for row in exported("incidents", *osh, "--extractor-version", old)] == ["15"]
    assert [row["killed_best"] for row in exported("incidents", *osh, "--run", first)] == ["15"]
    assert main(["export", "incidents", "--extractor-version", "none", *store]) == 2
    assert "no run of extraction 'none'" in capsys.readouterr().err
    assert main(["export", "claims", "--extractor-version", "none", *store]) == 2
    assert f"no claim was read by extraction 'none'; the versions are {old}, {NEXT}" in capsys.readouterr().err


def test_from_the_command_line(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    anew(desk)
    written = tmp_path / "changes.csv"
    assert main(["reprocess", "--store", str(desk.folder / "store"), "-o", str(written)]) == 0
    said = capsys.readouterr().out
    assert "4 read anew" in said
    assert "changed    1 figures of incidents, the best of 1" in said
    assert "-1 killed: " in said
    (row,) = csv.DictReader(io.StringIO(written.read_text(encoding="utf-8")))
    assert row["moved"] == "-1"


def test_an_incident_merged_meanwhile_is_compared_with_what_it_became(desk: Desk) -> None:
    before = desk.tables
    talas, osh = desk.incidents["Talas"].incident_id, desk.incidents["Osh"].incident_id
    desk.decide("merge", talas, osh)
    found = {one.incident_id_before: one.incident_id for one in changes(before, desk.tables)}
    assert found.get(talas) is None
