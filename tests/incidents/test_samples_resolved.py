"""The sample reports, read and resolved: which of them tell of one incident, and how its toll stepped."""

from __future__ import annotations

import csv
import dataclasses
from itertools import combinations
from pathlib import Path

import pytest

from etl import sources
from etl.incidents import Resolution, resolve
from etl.incidents.events import only_recalled
from etl.reading import Told, tell
from etl.records import Claim, Report
from etl.reports.duplicates import find_duplicates

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "data" / "reports"
EXPECTED = ROOT / "tests" / "data"
LEAST_PRECISION, LEAST_RECALL = 0.94, 0.90
"""Of pairs of reports whose main incident is one; what is missing is told in docs/toll-rules.md."""
MANY_DEAD = 5
"""Dead from which an incident that no row expects is a twin of one or no incident at all."""

ROW = (
    "date_start",
    "date_end",
    "place_name",
    "country_code",
    "adm1_code",
    "killed_best",
    "injured_best",
    "n_reports",
)
"""Columns of ``sample_incidents_expected.csv``; an empty cell is compared with nothing."""


@dataclasses.dataclass(frozen=True)
class Resolved:
    """What came of the samples: each file's main incident, and every incident's toll."""

    resolution: Resolution
    file_of: dict[str, str]
    main: dict[str, str]
    claims: list[Claim]


@pytest.fixture(scope="module")
def samples() -> Resolved:
    found = [one for one in sources.read([str(REPORTS)]) if isinstance(one, Report)]
    told = [one for one in tell(found) if isinstance(one, Told)]
    copies = find_duplicates(one.report for one in told)
    reports = [dataclasses.replace(one.report, duplicate_of=copies.get(one.report.report_id)) for one in told]
    every = [event for one in told for event in (*one.events, *only_recalled(one.report, one.claims, one.events))]
    resolution = resolve(every, reports)
    file_of = {one.report_id: Path(one.source).relative_to(REPORTS).as_posix() for one in reports}
    main = {
        file_of[one.report.report_id]: resolution.incident_of[one.events[0].claims[0].claim_id]
        for one in told
        if one.events
    }
    return Resolved(resolution, file_of, main, [claim for one in told for claim in one.claims])


def table(name: str) -> list[dict[str, str]]:
    with (EXPECTED / name).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_the_toll_of_april_steps_as_the_reports_told_it(samples: Resolved) -> None:
    april = samples.main["kyrgyzstan-2010/2010-04-07-bishkek-first-count.md"]
    best: list[tuple[str, str, str]] = []
    for step in samples.resolution.tolls:
        if (step.incident_id, step.measure) == (april, "killed") and step.as_of is not None:
            row = (f"{step.as_of:%Y-%m-%dT%H:%M:%SZ}", str(step.best), samples.file_of[step.report_id])
            if not best or best[-1][1] != row[1]:
                best.append(row)
    assert best == [(row["as_of"], row["best"], row["file"]) for row in table("tolls_expected.csv")]


def test_every_incident_has_its_day_place_and_figures_and_no_twin(samples: Resolved) -> None:
    told = [{name: _cell(getattr(one, name)) for name in ROW} for one in samples.resolution.incidents]
    expected = table("sample_incidents_expected.csv")
    for row in expected:
        found = [one for one in told if all(not value or one[name] == value for name, value in row.items())]
        assert len(found) == 1, (row, [one for one in told if one["date_start"] == row["date_start"]])
        told.remove(found[0])
    assert [one for one in told if int(one["killed_best"] or 0) >= MANY_DEAD] == []


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def test_reports_of_one_incident_are_joined_and_others_stay_apart(samples: Resolved) -> None:
    wanted = {row["file"]: row["incident"] for row in table("incidents_expected.csv") if row["file"] in samples.main}
    pairs = list(combinations(sorted(wanted), 2))
    true = {pair for pair in pairs if wanted[pair[0]] == wanted[pair[1]]}
    ours = {pair for pair in pairs if samples.main[pair[0]] == samples.main[pair[1]]}
    assert len(true & ours) / len(ours) >= LEAST_PRECISION, sorted(ours - true)
    assert len(true & ours) / len(true) >= LEAST_RECALL, sorted(true - ours)


def test_what_later_reports_recall_of_april_belongs_to_it(samples: Resolved) -> None:
    april = samples.main["kyrgyzstan-2010/2010-04-07-bishkek-first-count.md"]
    recalled = {
        samples.file_of[claim.report_id]: samples.resolution.incident_of.get(claim.claim_id)
        for claim in samples.claims
        if claim.scope == "background" and claim.claim_id in samples.resolution.incident_of
    }
    assert recalled == dict.fromkeys(
        [
            "kyrgyzstan-2010/2010-04-15-former-defence-minister-detained.md",
            "kyrgyzstan-2010/2010-04-15-osh-rally-shots.md",
            "kyrgyzstan-2010/2010-05-14-jalal-abad-morning.md",
            "kyrgyzstan-2010/2010-06-27-referendum.md",
        ],
        april,
    )


def test_a_local_part_has_its_broader_incident(samples: Resolved) -> None:
    parents = {one.incident_id: one.parent_incident_id for one in samples.resolution.incidents}
    june = samples.main["kyrgyzstan-2010/2010-06-12-osh-forty-nine.md"]
    assert june in parents.values()
    assert parents[june] is None


def test_every_expected_incident_is_of_a_sample_with_figures() -> None:
    assert {row["file"] for row in table("incidents_expected.csv")} <= {
        row["file"] for row in table("samples_expected.csv") if row["main"] == "true" and row["measure"] != "none"
    }
