"""Fit the weights of a claim's confidence on reports whose tolls people wrote down.

usage: python scripts/fit_confidence.py GOLD.jsonl... [--held-out GOLD.jsonl]

Each row of GOLD has ``text`` and ``gold`` with ``killed`` and ``injured``. Writes ``data/lexicons/confidence.csv`` and
prints the expected calibration error (ten equal bins) on the rows held out. Needs scikit-learn, which a run does not.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from etl import sources
from etl.extraction.claims import read_reports
from etl.extraction.confidence import features
from etl.extraction.lexicons import LEXICONS
from etl.incidents.report_toll import tolls
from etl.records import Figure, Report

Case = tuple[dict[str, float], bool]


def cases(path: Path) -> Iterator[Case]:
    """Features of each claim of the dead and the hurt, and whether its report's toll is the one written down."""
    with path.open(encoding="utf-8") as file:
        gold = {(row := json.loads(line))["id"]: row["gold"] for line in file}
    reports = (found for found in sources.read([path]) if isinstance(found, Report))
    for report, claims in read_reports(reports):
        toll = tolls(claims)
        for claim in claims:
            if claim.measure in ("killed", "injured") and claim.scope == "incident" and claim.polarity == "asserted":
                right = _best(toll.get(claim.measure)) == gold[report.source_id or ""][claim.measure]
                yield features(report, claim, claims), right


def _best(figure: Figure | None) -> int:
    return 0 if figure is None else figure.best if figure.best is not None else figure.low or 0


def calibration_error(sure: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error: mean distance of confidence from the share right, over ten equal bins."""
    bins = np.clip((sure * 10).astype(int), 0, 9)
    return float(sum(abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins)))


def fit(known: Iterable[Case], held_out: Iterable[Case]) -> None:
    """Fit on KNOWN, write the weights, print how they hold on HELD_OUT."""
    seen, right = zip(*known, strict=True)
    vectors = DictVectorizer()
    model = LogisticRegression(C=1.0, max_iter=2000, fit_intercept=False).fit(vectors.fit_transform(seen), right)
    with (LEXICONS / "confidence.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows(
            (name, f"{weight:.4f}") for name, weight in zip(vectors.feature_names_, model.coef_[0], strict=True)
        )
    print(f"fitted on {len(right):,} claims, {np.mean(right):.3f} of them right")
    unseen = list(held_out)
    if unseen:
        seen, right = zip(*unseen, strict=True)
        sure, hits = model.predict_proba(vectors.transform(seen))[:, 1], np.array(right)
        surest = sure >= np.median(sure)
        print(
            f"held out: {len(hits):,} claims, {hits.mean():.3f} right, "
            f"calibration error {calibration_error(sure, hits):.3f}"
        )
        print(f"the surer half: {hits[surest].mean():.3f} right")


def main() -> None:
    """Read the arguments and fit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--held-out", nargs="*", type=Path, default=[])
    given = parser.parse_args()
    fit(
        itertools.chain.from_iterable(map(cases, given.gold)),
        itertools.chain.from_iterable(map(cases, given.held_out)),
    )


if __name__ == "__main__":
    main()
