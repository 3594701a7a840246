"""``python -m etl review``, as an analyst types it."""

from __future__ import annotations

import json

import pytest

from etl.__main__ import main
from tests.reviews.conftest import Desk


def test_decisions_are_typed_listed_and_taken_back(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(desk.folder / "store")]

    def typed(*arguments: str) -> str:
        assert main(["review", *arguments, *store]) == 0
        return capsys.readouterr().out

    assert typed("list") == "no decision has been made yet\n"
    osh = desk.incidents["Osh"].incident_id
    why = ["--by", "A. Analyst", "--why", "hospital list"]
    said = typed("correct", osh, "killed=17", "date=2012-05-03", *why)
    assert said.startswith("review ")
    assert f"correct incident {osh}" in said
    review_id = said.split()[1].rstrip(":")
    assert desk.incidents["Osh"].killed_best == 17
    listed = typed("list")
    assert f"{review_id}  correct incident {osh} (stands)" in listed
    assert "A. Analyst: hospital list [date_end=2012-05-03, " in listed
    assert "killed_best=17" in listed
    assert typed("list", "nobody's") == "no decision on nobody's\n"
    assert main(["status", "--incident", osh, *store]) == 0
    assert "as read, before reviews: killed_best 15; " in capsys.readouterr().out
    typed("withdraw", review_id, "--by", "B. Analyst", "--why", "the list was old")
    assert desk.incidents["Osh"].killed_best == 15
    listed = typed("list", osh)
    assert f"{review_id}  correct incident {osh} (withdrawn by B. Analyst, " in listed
    assert ": the list was old [" in listed
    talas = desk.incidents["Talas"].incident_id
    typed("merge", talas, osh, *why)
    assert f"merge incident {talas}, now {osh} (stands)" in typed("list")
    typed("split", osh, desk.claim(4).claim_id, "--why", "two days apart")
    assert desk.incidents["Talas"].killed_best == 4
    typed("confirm", desk.claim(12).claim_id, *why)
    typed("reject", desk.incidents["Quetta"].incident_id, *why)
    assert typed("list").count("(stands)") == 4


def test_an_id_of_earlier_tables_leads_to_the_incident_of_today_and_says_so(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ["--store", str(desk.folder / "store")]
    why = ["--by", "A. Analyst", "--why", "one event"]
    talas, osh = desk.incidents["Talas"].incident_id, desk.incidents["Osh"].incident_id
    assert main(["review", "merge", talas, osh, *why, *store]) == 0
    (now,) = {talas, osh} & {one.incident_id for one in desk.incidents.values()}
    old = talas if now == osh else osh
    capsys.readouterr()
    moved = f"incident {old} is now {now}\n"
    for asked in (["--where", f"killed_best > 0 AND incident_id = '{old}'"], ["--incident", old]):
        assert main(["export", "incidents", "--format", "jsonl", *asked, *store]) == 0
        said = capsys.readouterr()
        assert [json.loads(line)["incident_id"] for line in said.out.splitlines()] == [now]
        assert said.err.startswith(moved)
    assert main(["export", "claims", "--format", "jsonl", "--where", "best < 10", "--incident", old, *store]) == 0
    assert [json.loads(line)["best"] for line in capsys.readouterr().out.splitlines()] == [4]
    assert main(["status", "--incident", old, *store]) == 0
    told = capsys.readouterr().out
    assert told.startswith(moved)
    assert desk.incidents["Osh"].label in told
    assert "killed 15" in told
    assert main(["review", "confirm", old, *why, *store]) == 0
    assert capsys.readouterr().out.startswith(moved)
    assert main(["review", "list", old, *store]) == 0
    assert f"confirm incident {now} (stands)" in capsys.readouterr().out
    for command in (["status", "--incident", "nobody's"], ["export", "claims", "--incident", "nobody's"]):
        assert main([*command, *store]) == 2
        assert 'no incident "nobody\'s"' in capsys.readouterr().err


def test_a_rejected_incident_is_answered_with_the_review_that_rejected_it(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ["--store", str(desk.folder / "store")]
    talas, osh = desk.incidents["Talas"].incident_id, desk.incidents["Osh"].incident_id
    desk.decide("merge", talas, osh)
    (now,) = {talas, osh} & {one.incident_id for one in desk.incidents.values()}
    rejecting = desk.decide("reject", now).review_id
    for incident_id in (talas, osh):
        for command in (["status", "--incident", incident_id], ["export", "tolls", "--incident", incident_id]):
            assert main([*command, *store]) == 2
            assert f"{incident_id!r} is rejected by review {rejecting}" in capsys.readouterr().err
        assert main(["review", "correct", incident_id, "killed=4", "--why", "seen", *store]) == 1
        assert f"{incident_id!r} is rejected by review {rejecting}" in capsys.readouterr().err
    desk.decide("withdraw", rejecting)
    for incident_id in (talas, osh):
        assert main(["status", "--incident", incident_id, *store]) == 0
        assert f"incident {now}  " in capsys.readouterr().out


@pytest.mark.parametrize("missing", [["--by", "  ", "--why", "seen"], ["--by", "me", "--why", " "]])
def test_who_and_why_must_be_said(desk: Desk, missing: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["review", "confirm", desk.claim(4).claim_id, *missing, "--store", str(desk.folder / "store")]
    assert main(asked) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert said.count("\n") == 1
