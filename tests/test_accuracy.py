"""The figures a careful reader would write down come out: floors on the texts the project owns.

Three gold sets: ``data/sentences.jsonl``, one- and two-sentence texts by construction, ``data/short_reports.jsonl``,
reports of a few sentences by kind, and ``data/samples_expected.csv``, the sample reports. The floors in
``data/floors.toml`` are the reached figures less 0.01, so they only ever go up.
Run with ``-s`` to see every figure and every miss by construction.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from etl.extraction import extract_all
from etl.incidents.events import events_of
from etl.records import MEASURES, Event, Figure, Measure, Report
from etl.reports import prepare
from etl.sources import read

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parent.parent / "data" / "reports"
FLOORS: dict[str, dict[str, float]] = tomllib.loads((DATA / "floors.toml").read_text(encoding="utf-8"))
CONSTRUCTIONS_OF_A_SET = 25
"""The labelled sentences must keep covering at least so many constructions."""

NOBODY = Figure(0, 0, 0)
Toll = Mapping[Measure, Figure]


@dataclass(frozen=True, slots=True)
class Answer:
    """One gold text: what was wanted and what came out, for each measure, and the construction it stands for."""

    name: str
    construction: str
    text: str
    wanted: Mapping[Measure, Any]
    got: Mapping[Measure, Any]

    def right(self, measures: Iterable[Measure] = MEASURES) -> bool:
        """Whether every one of MEASURES came out exactly."""
        return all(self.got.get(measure) == self.wanted.get(measure) for measure in measures)


def share(answers: Sequence[Answer], *measures: Measure) -> float:
    """Share of ANSWERS exact in MEASURES (all of them where none is named)."""
    return sum(answer.right(measures or MEASURES) for answer in answers) / len(answers)


def telling(answers: Iterable[Answer], measure: Measure) -> list[Answer]:
    """ANSWERS whose gold tells of people in MEASURE."""
    return [answer for answer in answers if answer.wanted.get(measure) not in {None, NOBODY}]


def silent(answers: Iterable[Answer], measure: Measure) -> list[Answer]:
    """ANSWERS whose gold tells of nobody in MEASURE."""
    return [answer for answer in answers if answer.wanted.get(measure) in {None, NOBODY}]


def main_events(reports: Iterable[Report]) -> list[tuple[Report, Event | None]]:
    found = []
    for report, claims in extract_all(reports):
        events = events_of(report, claims)
        found.append((report, events[0] if events else None))
    return found


def told(toll: Toll, asked: Iterable[Measure] = ()) -> dict[Measure, Figure]:
    """TOLL without the measures in which it has nobody, unless they are ASKED for."""
    return {
        measure: figure
        for measure, figure in toll.items()
        if figure.best or figure.low or figure.high or measure in set(asked)
    }


def sentences() -> tuple[Answer, ...]:
    """One- and two-sentence texts by construction."""
    return labelled("sentences.jsonl", "construction")


def short_reports() -> tuple[Answer, ...]:
    """Reports of a few sentences by kind; only dead and hurt are labelled."""
    return labelled("short_reports.jsonl", "kind", "killed", "injured")


@lru_cache(maxsize=2)
def labelled(name: str, grouped_by: str, *measures: Measure) -> tuple[Answer, ...]:
    """The labelled texts of the file NAME; MEASURES are those labelled, all where none is named."""
    rows = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    reports = [
        prepare(
            Report(
                report_id=row["id"],
                text=row["text"],
                published=dt.datetime.fromisoformat(row["published"]).replace(tzinfo=dt.UTC)
                if "published" in row
                else None,
            )
        )
        for row in rows
    ]
    return tuple(
        Answer(
            name=row["id"],
            construction=row[grouped_by],
            text=row["text"],
            wanted={measure: row[measure] for measure in MEASURES if row.get(measure)},
            got={
                measure: figure.best if figure.best is not None else figure.low
                for measure, figure in told(event.toll if event else {}).items()
                if not measures or measure in measures
            },
        )
        for row, (_, event) in zip(rows, main_events(reports), strict=True)
    )


@lru_cache(maxsize=1)
def samples() -> tuple[Answer, ...]:
    """The sample reports; a figure is right where low, best and high all are."""
    wanted: dict[str, dict[Measure, Figure]] = defaultdict(dict)
    with (DATA / "samples_expected.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            measure = next((known for known in MEASURES if known == row["measure"]), None)
            toll = wanted[row["file"]]
            if measure is not None and row["main"] == "true":
                toll[measure] = Figure(*(int(row[bound]) if row[bound] else None for bound in ("low", "best", "high")))
    reports = [prepare(found) for found in read([SAMPLES]) if isinstance(found, Report)]
    answers = []
    for report, event in main_events(reports):
        name = Path(report.source).resolve().relative_to(SAMPLES.resolve()).as_posix()
        answers.append(
            Answer(
                name=name,
                construction=name.split("/")[0],
                text=report.text,
                wanted=wanted[name],
                got=told(event.toll if event else {}, asked=wanted[name]),
            )
        )
    return tuple(answers)


def show(title: str, figures: Mapping[str, float], answers: Sequence[Answer]) -> None:
    """Print FIGURES beside their floors, then each construction's share and misses."""
    print(f"\n{title}: {len(answers)} texts")  # noqa: T201 - the figures are what this test is run by hand for
    for name, value in figures.items():
        print(f"  {name:22} {value:.3f}   floor {FLOORS[title][name]:.3f}")  # noqa: T201
    by_construction: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_construction[answer.construction].append(answer)
    for construction, same in by_construction.items():
        print(f"  {share(same):.2f} {construction} ({len(same)})")  # noqa: T201
        for answer in same:
            if not answer.right():
                print(f"       {answer.name}: {dict(answer.wanted)} -> {dict(answer.got)} | {answer.text[:200]!r}")  # noqa: T201


def figures_of(answers: Sequence[Answer]) -> dict[str, float]:
    figures = {"all_measures_exact": share(answers), "killed_and_injured_exact": share(answers, "killed", "injured")}
    for measure in ("killed", "injured"):
        figures[f"{measure}_where_told"] = share(telling(answers, measure), measure)
        figures[f"{measure}_where_none"] = share(silent(answers, measure), measure)
    return figures


@pytest.mark.parametrize("gold", ["sentences", "short_reports", "samples"])
def test_no_figure_falls_below_its_floor(gold: str) -> None:
    golds: Mapping[str, Callable[[], tuple[Answer, ...]]] = {
        "sentences": sentences,
        "short_reports": short_reports,
        "samples": samples,
    }
    answers = golds[gold]()
    figures = figures_of(answers)
    show(gold, figures, answers)

    assert figures.keys() == FLOORS[gold].keys()
    assert {name: value for name, value in figures.items() if value < FLOORS[gold][name]} == {}


def test_the_labelled_sentences_cover_every_construction() -> None:
    answers = sentences()
    constructions = {answer.construction for answer in answers}

    assert len(answers) >= 300
    assert len(constructions) >= CONSTRUCTIONS_OF_A_SET
    assert len({answer.text for answer in answers}) == len({answer.name for answer in answers}) == len(answers)


def test_the_short_reports_cover_every_kind() -> None:
    answers = short_reports()

    assert len(answers) >= 60
    assert len({answer.text for answer in answers}) == len({answer.name for answer in answers}) == len(answers)
    assert min(len([a for a in answers if a.construction == kind]) for kind in {a.construction for a in answers}) >= 8


def test_every_sample_report_is_measured() -> None:
    assert {answer.name for answer in samples()} == {p.relative_to(SAMPLES).as_posix() for p in SAMPLES.rglob("*.md")}
