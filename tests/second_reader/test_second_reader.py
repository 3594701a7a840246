"""A run with a second reader keeps both readings where they differ, counts only ours, and outlives a dead endpoint."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl import pipeline
from etl.records import SECOND_READER, Claim
from etl.settings import SecondReaderSettings, Settings, SourceSettings, StoreSettings
from etl.tables.store import Store
from etl.tally import Summary
from tests.second_reader.conftest import Stub, claims, completion, row
from tests.wire_folder import REPORTS, write_folder

FERRY = "A ferry sank off Mombasa on Thursday and 12 people drowned."
MISSING = "Another 30 passengers are missing."


def run(tmp_path: Path, stub: Stub, names: list[str] | None = None) -> tuple[Summary, dict[str, list[Claim]]]:
    """One run over the named reports; its summary, and the claims by what the second reader makes of them."""
    settings = Settings(
        store=StoreSettings(path=str(tmp_path / "store")),
        sources=SourceSettings(paths=(str(write_folder(tmp_path / "reports", names)),)),
        second_reader=SecondReaderSettings(base_url=stub.base_url, model="tiny", timeout_seconds=10, at_once=1),
    )
    summary = pipeline.run(settings)
    found: dict[str, list[Claim]] = {}
    for claim in Store(tmp_path / "store").snapshot().rows("claims"):
        assert isinstance(claim, Claim)
        found.setdefault(claim.second_reading or "not asked", []).append(claim)
    return summary, found


def test_agreement_is_marked_and_adds_no_row(tmp_path: Path, stub: Stub) -> None:
    missing = row(MISSING, "30 passengers", 30, measure="missing")
    stub.answers = [claims(row(FERRY, "12 people", 12), missing)]
    _, found = run(tmp_path, stub, ["03-ferry.md"])
    assert set(found) == {"agrees"}
    assert sorted(claim.best or 0 for claim in found["agrees"]) == [12, 30]


def test_a_disagreement_keeps_both_and_moves_no_toll(tmp_path: Path, stub: Stub) -> None:
    stub.answers = [claims(row(FERRY, "12 people", 21))]
    _, found = run(tmp_path, stub, ["03-ferry.md"])
    ours, theirs = sorted(found["differs"], key=lambda claim: claim.extractor_version.startswith(SECOND_READER))
    assert (ours.best, theirs.best) == (12, 21)
    assert theirs.extractor_version == "second reader: tiny"
    assert [claim.measure for claim in found["not found"]] == ["missing"]
    (incident,) = Store(tmp_path / "store").snapshot().rows("incidents")
    assert (incident.killed_best, incident.missing_best) == (12, 30)


def test_what_it_finds_alone_is_kept_beside_and_moves_no_toll(tmp_path: Path, stub: Stub) -> None:
    stub.answers = [claims(row(MISSING, "30 passengers", 30), row(FERRY, "A ferry", 7))]
    _, found = run(tmp_path, stub, ["03-ferry.md"])
    assert sorted(claim.best or 0 for claim in found["alone"]) == [7, 30]
    (incident,) = Store(tmp_path / "store").snapshot().rows("incidents")
    assert incident.killed_best == 12


def test_it_is_not_asked_about_reports_that_can_hold_no_claim(tmp_path: Path, stub: Stub) -> None:
    stub.answers = [claims()]
    run(tmp_path, stub, ["03-ferry.md", "04-nobody-hurt.md"])
    assert len(stub.asked) == 1
    assert REPORTS["03-ferry.md"][3] in stub.asked[0]["messages"][1]["content"]


@pytest.mark.parametrize("answer", [(400, {}, b""), completion("I cannot help with that.")])
def test_without_an_answer_the_claims_stand_and_it_is_noted(
    tmp_path: Path, stub: Stub, answer: tuple[int, dict[str, str], bytes]
) -> None:
    stub.answers = [answer]
    summary, found = run(tmp_path, stub, ["03-ferry.md"])
    assert set(found) == {"not asked"}
    assert summary.run.reports_added == 1
    assert "not read a second time" in "\n".join(summary.lines())


def test_a_run_stops_asking_an_endpoint_that_is_down(tmp_path: Path, stub: Stub) -> None:
    for number in range(8):
        folder = tmp_path / "reports" / str(number)
        write_folder(folder, ["03-ferry.md"])
        path = folder / "03-ferry.md"
        path.write_text(
            path.read_text(encoding="utf-8").replace("12 people", f"{number + 12} people"), encoding="utf-8"
        )
    stub.answers = [(400, {}, b"")]
    summary, _ = run(tmp_path, stub, [])
    assert summary.run.reports_added == 8
    assert len(stub.asked) == 5
    assert "the second reader had stopped answering" in "\n".join(summary.lines())


def test_claims_turned_down_are_counted_with_their_reason(tmp_path: Path, stub: Stub) -> None:
    stub.answers = [claims(row("Nobody wrote this sentence.", "Nobody", 0))]
    summary, _ = run(tmp_path, stub, ["03-ferry.md"])
    assert "1 of the second reader's claims turned down: the quote does not stand" in "\n".join(summary.lines())
