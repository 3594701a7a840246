"""The sample reports and the figures kept beside them stay whole: what data/README.md promises about them holds."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import get_args

import frontmatter
import pytest

from etl.records import Measure

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "data" / "reports"
EXPECTED = Path(__file__).parent / "data"
PUBLISHERS = {"Sample Wire", "Sample Chronicle", "Sample Regional Press", "Sample Relief Bulletin"}
FILES = sorted(path.relative_to(REPORTS).as_posix() for path in REPORTS.rglob("*.md"))


def rows(name: str) -> list[dict[str, str]]:
    with (EXPECTED / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.mark.parametrize("file", FILES)
def test_a_sample_says_who_when_and_what(file: str) -> None:
    report = frontmatter.load(str(REPORTS / file))
    published = report["published"]
    assert report["publisher"] in PUBLISHERS
    assert isinstance(published, dt.datetime)
    assert published.utcoffset() == dt.timedelta(0)
    assert Path(file).name.startswith(published.date().isoformat())
    assert "url" not in report.metadata
    assert 60 <= len(report.content.split()) <= 200


def test_no_title_or_text_stands_twice() -> None:
    reports = [frontmatter.load(str(REPORTS / file)) for file in FILES]
    assert len({report["title"] for report in reports}) == len(FILES)
    assert len({report.content for report in reports}) == len(FILES)


def test_every_sample_has_its_figures_or_says_that_it_has_none() -> None:
    expected = rows("samples_expected.csv")
    assert {row["file"] for row in expected} == set(FILES)
    without = {row["file"] for row in expected if row["measure"] == "none"}
    assert len(without) >= 5
    assert not without & {row["file"] for row in expected if row["measure"] != "none"}


def test_expected_figures_are_in_order_and_in_the_past_of_their_report() -> None:
    for row in rows("samples_expected.csv"):
        if row["measure"] == "none":
            continue
        bounds = [int(row[bound]) for bound in ("low", "best", "high") if row[bound]]
        assert row["measure"] in get_args(Measure)
        assert bounds, row
        assert bounds == sorted(bounds), row
        assert row["main"] in {"true", "false"}
        assert not row["adm1_code"] or row["adm1_code"].startswith(row["country_code"] + "-")
        assert row["date_start"] <= Path(row["file"]).name[:10]


def test_the_toll_of_april_only_grows_and_each_step_stands_in_its_report() -> None:
    steps = rows("tolls_expected.csv")
    killed = {row["file"]: row["best"] for row in rows("samples_expected.csv") if row["measure"] == "killed"}
    assert [int(step["best"]) for step in steps] == sorted({int(step["best"]) for step in steps})
    assert [step["as_of"] for step in steps] == sorted(step["as_of"] for step in steps)
    for step in steps:
        published = frontmatter.load(str(REPORTS / step["file"]))["published"]
        assert dt.datetime.fromisoformat(step["as_of"]) == published
        assert killed[step["file"]] == step["best"]


def test_the_paraphrase_holds_the_words_that_its_expectations_name() -> None:
    text = (EXPECTED / "paraphrase_bishkek.md").read_text(encoding="utf-8")
    expected = json.loads((EXPECTED / "paraphrase_bishkek.expected.json").read_text(encoding="utf-8"))
    assert all(claim["quote_has"] in text for claim in expected["claims"])
    assert all(words in text for words in expected["must_not_be_claims"])
