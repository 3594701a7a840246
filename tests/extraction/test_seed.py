"""One real wire report gives what a careful reader wrote down beside it.

The report itself is not the project's to ship: it is read where a checkout of the shared material stands beside the
repository. A paraphrase of the same facts always runs, and must give the same.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from etl.extraction import extract
from etl.incidents.events import events_of
from etl.records import Claim, Event, Figure, Measure, Report
from etl.reports import prepare
from etl.sources import read

ROOT = Path(__file__).parent.parent.parent
PARAPHRASE = ROOT / "tests" / "data" / "paraphrase_bishkek.md"
SEED = ROOT.parent / "shared" / "seed" / "bishkek-2010-04-15.txt"
EXPECTED = {PARAPHRASE: PARAPHRASE.with_suffix(".expected.json"), SEED: SEED.parent / "expected.json"}
REPORTS = [path for path in (PARAPHRASE, SEED) if path.is_file()]
YEARS = (2005, 2020)
"""Years among which the seed's note says that its Thursday and its April 15 fit only one."""


@dataclass(frozen=True)
class Reading:
    """A report, what came out of it and what should have."""

    report: Report
    claims: list[Claim]
    events: list[Event]
    expected: dict[str, Any] = field(repr=False)


@lru_cache(maxsize=2)
def reading(path: Path) -> Reading:
    [found] = [one for one in read([path]) if isinstance(one, Report)]
    report = prepare(found, year_window=YEARS)
    claims = extract(report, year_window=YEARS)
    expected = json.loads(EXPECTED[path].read_text(encoding="utf-8"))
    return Reading(report, claims, events_of(report, claims), expected)


def bounds(said: dict[str, int | None]) -> Figure:
    return Figure(said["low"], said["best"], said["high"])


def answering(wanted: dict[str, Any], claims: list[Claim]) -> list[Claim]:
    """The claims of the measure WANTED in the sentence that holds its words."""
    return [claim for claim in claims if wanted["quote_has"] in claim.quote and claim.measure == wanted["measure"]]


each_report = pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)


@each_report
def test_the_report_says_where_when_and_by_whom_it_was_published(path: Path) -> None:
    one = reading(path)
    wanted = one.expected["report"]

    assert one.report.dateline_place == wanted["dateline_place"]
    assert one.report.published is not None
    assert one.report.published.date().isoformat() == wanted["published_date"]
    assert one.report.publisher == wanted["publisher"]


@each_report
def test_every_claim_stands_with_its_figure_and_its_words(path: Path) -> None:
    one = reading(path)
    for wanted in one.expected["claims"]:
        found = answering(wanted, one.claims)
        assert len(found) == 1, wanted
        claim = found[0]
        assert Figure(claim.low, claim.best, claim.high) == bounds(wanted)
        assert claim.comparator == wanted["comparator"]
        assert claim.scope == wanted["scope"]
        assert claim.polarity == wanted.get("polarity", "asserted")
        if "victim_names" in wanted:
            assert list(claim.victim_names) == wanted["victim_names"]


@each_report
def test_nothing_else_is_a_claim(path: Path) -> None:
    one = reading(path)

    told = [claim for claim in one.claims if claim.scope == "incident" and claim.polarity == "asserted"]
    assert len(told) == len(one.expected["claims"])
    for words in one.expected["must_not_be_claims"]:
        spans = [found.span() for found in re.finditer(re.escape(words), one.report.text)]
        assert spans, words
        assert not [c for c in one.claims for start, end in spans if c.figure_start < end and start < c.figure_end], (
            words
        )


@each_report
def test_the_incidents_come_out_the_main_one_first(path: Path) -> None:
    one = reading(path)
    wanted_all = one.expected["incidents"]

    assert one.expected["main_incident"] == 0
    assert len(one.events) == len(wanted_all)
    for event, wanted in zip(one.events, wanted_all, strict=True):
        assert event.date_start is not None
        assert event.date_start.isoformat() == wanted["date_start"]
        assert event.country_name == wanted["country"]
        assert set(wanted["places"]) <= set(event.place_names)
        if "cause" in wanted:
            assert event.cause == wanted["cause"]
        said: dict[Measure, Figure] = {m: bounds(wanted[m]) for m in ("killed", "injured", "detained") if m in wanted}
        assert dict(event.toll) == said
