"""Fit how likely people would write an event down among its report's incidents.

usage: python scripts/fit_standing.py GOLD.jsonl... [--balance 0.42]

A row of GOLD has ``text`` and ``gold``, which holds either ``incidents`` (each with ``victims``, their ``effect`` and
``number``, and ``optional``) or ``killed`` and ``injured`` of the one incident that its text tells. An event is right
where it answers an incident with dead or hurt; of texts with one incident only the main event counts, and less than
others, as the question is settled there. Writes ``data/lexicons/standing.csv``. Needs scikit-learn, which a run does
not.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from etl import sources
from etl.extraction.lexicons import LEXICONS
from etl.incidents.events import recalled_of
from etl.incidents.standing import features, has_victims
from etl.reading import Told, tell
from etl.records import Event, Measure, Report

Case = tuple[dict[str, float], bool, float]

_WEIGHT_OF_ONE_INCIDENT = 0.1
_EFFECTS: dict[Measure, str] = {"killed": "DEATH", "injured": "INJURY"}


def cases(path: Path) -> Iterator[Case]:
    """Features of each event with dead or hurt, whether it answers an incident of the gold, and its weight."""
    with path.open(encoding="utf-8") as file:
        gold = {(row := json.loads(line))["id"]: row["gold"] for line in file}
    reports = [found for found in sources.read([path]) if isinstance(found, Report)]
    for start in range(0, len(reports), 64):
        for told in tell(reports[start : start + 64]):
            if isinstance(told, Told):
                answers = gold[told.report.source_id or ""]
                yield from (_of_many if "incidents" in answers else _of_one)(told, answers)


def _of_one(told: Told, gold: dict[str, Any]) -> Iterator[Case]:
    for event in told.events[:1]:
        if has_victims(event) and (gold["killed"] or gold["injured"]):
            yield features(told.report, event, told.events), True, _WEIGHT_OF_ONE_INCIDENT


def _of_many(told: Told, gold: dict[str, Any]) -> Iterator[Case]:
    events = [*told.events, *recalled_of(told.report, told.claims, told.events)]
    left = [event for event in events if has_victims(event)]
    right: list[Event] = []
    for incident in gold["incidents"]:
        figures = {measure: _number(incident["victims"], effect) for measure, effect in _EFFECTS.items()}
        if left and any(figures.values()) and not incident["optional"]:
            right.append(left.pop(left.index(max(left, key=lambda event: _agreement(event, figures)))))
    optional = sum(1 for incident in gold["incidents"] if incident["optional"] and incident["victims"])
    for event in right:
        yield features(told.report, event, events), True, 1.0
    for event in left[optional:]:
        yield features(told.report, event, events), False, 1.0


def _number(victims: Sequence[dict[str, Any]], effect: str) -> int | None:
    """Victims with EFFECT; None where the gold gives no number for some of them."""
    numbers = [
        re.fullmatch(r"\d+", (victim["number"] or "").split("/")[0].strip())
        for victim in victims
        if effect in victim["effect"]
    ]
    found = [int(number.group()) for number in numbers if number]
    return sum(found) if len(found) == len(numbers) else None


def _agreement(event: Event, figures: dict[Measure, int | None]) -> int:
    return sum(
        figures[measure] is not None and measure in event.toll and event.toll[measure].best == figures[measure]
        for measure in _EFFECTS
    )


def fit(known: Iterable[Case], balance: float) -> None:
    """Fit on KNOWN and write the weights, moved so that a likelihood of BALANCE comes out as a half."""
    seen, right, weights = zip(*known, strict=True)
    vectors = DictVectorizer()
    model = LogisticRegression(C=0.3, max_iter=3000, fit_intercept=False)
    model.fit(vectors.fit_transform(seen), right, sample_weight=weights)
    moved = dict(zip(vectors.feature_names_, model.coef_[0], strict=True))
    moved["bias"] += math.log((1 - balance) / balance)
    with (LEXICONS / "standing.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows((name, f"{weight:.4f}") for name, weight in sorted(moved.items()))
    print(f"fitted on {len(right):,} events, {sum(right):,} of them incidents")


def main() -> None:
    """Read the arguments and fit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--balance", type=float, default=0.42)
    given = parser.parse_args()
    fit((case for path in given.gold for case in cases(path)), given.balance)


if __name__ == "__main__":
    main()
