"""Fit the weights of a claim's confidence on reports whose tolls people wrote down.

usage: python scripts/fit_confidence.py GOLD.jsonl... [--held-out GOLD.jsonl...] [--plot FILE.svg]

Each row of GOLD has ``text`` and ``gold`` with ``killed`` and ``injured``, the toll of its main event. Writes
``data/lexicons/confidence.csv`` and prints, for the rows held out, the expected calibration error (ten equal bins) and
how often the surer half of the claims is right; ``--plot`` draws their reliability. Needs scikit-learn, which a run
does not.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from matplotlib import pyplot as plt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from etl import sources
from etl.extraction.lexicons import LEXICONS
from etl.incidents.confidence import features
from etl.reading import Told, tell
from etl.records import Figure, Report

RAREST = 300
"""Claims that a word must stand in to have a weight of its own; the fewer, the more a weight fits its text alone."""
FIRM = 0.1
"""Inverse strength of the penalty on weights; chosen by calibration on a part of the training rows."""
AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Case:
    """What is seen of one claim, its measure, and whether the toll it feeds is the one people wrote down."""

    seen: tuple[str, ...]
    measure: str
    right: bool


def cases(path: Path) -> Iterator[Case]:
    """The claims of the dead and the hurt of each report's main event."""
    with path.open(encoding="utf-8") as file:
        gold = {(row := json.loads(line))["id"]: row["gold"] for line in file}
    reports = (found for found in sources.read([str(path)]) if isinstance(found, Report))
    while batch := list(islice(reports, AT_ONCE)):
        for told in tell(batch):
            if isinstance(told, Told):
                yield from _cases(told, gold[told.report.source_id or ""])


def _cases(told: Told, gold: dict[str, int]) -> Iterator[Case]:
    for claim in told.claims:
        if claim.measure in ("killed", "injured") and claim.event == 0:
            right = _best(told.events[0].toll.get(claim.measure)) == gold[claim.measure]
            yield Case(tuple(features(told.report, claim, told.claims, told.events)), claim.measure, right)


def _best(figure: Figure | None) -> int:
    return 0 if figure is None else figure.best if figure.best is not None else figure.low or 0


def calibration_error(sure: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error: mean distance of confidence from the share right, over ten equal bins."""
    bins = np.clip((sure * 10).astype(int), 0, 9)
    return float(sum(abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins)))


def fit(known: Sequence[Case]) -> dict[str, float]:
    """Weight of each feature that enough of KNOWN have."""
    number = Counter(name for case in known for name in case.seen)
    kept = {name for name, count in number.items() if count >= (RAREST if "word " in name else 20)}
    vectors = DictVectorizer()
    seen = vectors.fit_transform([dict.fromkeys(kept.intersection(case.seen), 1.0) for case in known])
    model = LogisticRegression(C=FIRM, max_iter=5000, fit_intercept=False)
    model.fit(seen, [case.right for case in known])
    print(f"fitted on {len(known):,} claims, {np.mean([case.right for case in known]):.3f} of them right")
    return dict(zip(vectors.feature_names_, model.coef_[0].tolist(), strict=True))


def write(weights: dict[str, float]) -> None:
    """Write the lexicon that a run reads; weights that round to nothing are left out."""
    with (LEXICONS / "confidence.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows((name, f"{weight:.3f}") for name, weight in sorted(weights.items()) if abs(weight) >= 0.001)


def surety(cases: Iterable[Case], weights: dict[str, float]) -> np.ndarray:
    """Confidence of each of CASES under WEIGHTS."""
    scores = np.array([sum(weights.get(name, 0.0) for name in case.seen) for case in cases])
    sure: np.ndarray = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return sure


def tell_of(name: str, held_out: Sequence[Case], sure: np.ndarray) -> None:
    """Print how the confidence holds on claims it was not fitted on."""
    right = np.array([case.right for case in held_out])
    killed = np.array([case.measure == "killed" for case in held_out])
    surest = sure >= np.median(sure)
    print(
        f"{name}: {len(right):,} claims, {right.mean():.3f} right, calibration error "
        f"{calibration_error(sure, right):.3f}; surer half from {np.median(sure):.2f}: {right[surest].mean():.3f} "
        f"right, the dead {right[surest & killed].mean():.3f}"
    )


def plot(held_out: Sequence[Case], sure: np.ndarray, path: Path) -> None:
    """Draw the share right against confidence, in ten bins, each point with its number of claims."""
    right = np.array([case.right for case in held_out])
    bins = np.clip((sure * 10).astype(int), 0, 9)
    present = sorted(set(bins.tolist()))
    said, true = ([values[bins == b].mean() for b in present] for values in (sure, right))
    figure, axes = plt.subplots(figsize=(5.2, 4.2), layout="constrained")
    axes.plot([0, 1], [0, 1], linestyle=":", color="grey")
    axes.plot(said, true, marker="o")
    for b, x, y in zip(present, said, true, strict=True):
        axes.annotate(f"{(bins == b).sum():,}", (x, y), textcoords="offset points", xytext=(6, -12))
    axes.set(xlabel="confidence", ylabel="share right", xlim=(0, 1.05), ylim=(0, 1.05))
    figure.savefig(path)


def main() -> None:
    """Read the arguments and fit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--held-out", nargs="*", type=Path, default=[])
    parser.add_argument("--plot", type=Path, help="draw the reliability on the first set held out")
    given = parser.parse_args()
    weights = fit([case for path in given.gold for case in cases(path)])
    write(weights)
    for number, path in enumerate(given.held_out):
        unseen = list(cases(path))
        sure = surety(unseen, weights)
        tell_of(path.stem, unseen, sure)
        if given.plot and number == 0:
            plot(unseen, sure, given.plot)


if __name__ == "__main__":
    main()
