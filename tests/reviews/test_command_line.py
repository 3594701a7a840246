"""``python -m etl review``, as an analyst types it."""

from __future__ import annotations

import pytest

from etl.__main__ import main
from tests.reviews.conftest import Desk


def test_decisions_are_typed_listed_and_taken_back(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(desk.folder / "store")]

    def typed(*arguments: str) -> str:
        assert main(["review", *arguments, *store]) == 0
        return capsys.readouterr().out

    assert typed("list") == ""
    osh = desk.incidents["Osh"].incident_id
    why = ["--by", "A. Analyst", "--why", "hospital list"]
    said = typed("correct", osh, "killed=17", "date=2012-05-03", *why)
    assert said.startswith("review ")
    assert f"correct incident {osh}" in said
    review_id = said.split()[1].rstrip(":")
    assert desk.incidents["Osh"].killed_best == 17
    listed = typed("list")
    assert f"{review_id}  correct incident {osh} (stands)" in listed
    assert 'A. Analyst: hospital list [{"date_end"' in listed
    typed("withdraw", review_id, *why)
    assert desk.incidents["Osh"].killed_best == 15
    listed = typed("list", osh)
    assert f"{review_id}  correct incident {osh} (withdrawn)" in listed
    talas = desk.incidents["Talas"].incident_id
    typed("merge", talas, osh, *why)
    assert f"merge incident {talas}, now {osh} (stands)" in typed("list")
    typed("split", osh, desk.claim(4).claim_id, "--why", "two days apart")
    assert desk.incidents["Talas"].killed_best == 4
    typed("confirm", desk.claim(12).claim_id, *why)
    typed("reject", desk.incidents["Quetta"].incident_id, *why)
    assert typed("list").count("(stands)") == 4


@pytest.mark.parametrize("missing", [["--by", "  ", "--why", "seen"], ["--by", "me", "--why", " "]])
def test_who_and_why_must_be_said(desk: Desk, missing: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["review", "confirm", desk.claim(4).claim_id, *missing, "--store", str(desk.folder / "store")]
    assert main(asked) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert said.count("\n") == 1
