"""Score ``python -m etl extract`` on the gold sets, beside a two-pattern regular expression on the same texts.

    python -m benchmarks.accuracy [--bench ../shared/bench] [--limit N] [--keep FOLDER] [--errors N] [SET...]

``--bench`` is a folder with ``score.py`` and the gold sets (``rdwti_dev.jsonl``, ``gvdb_dev.jsonl``,
``muc4_dev.jsonl``); the scorer's own figures are shown, one column a set, ours and the rival's. ``--limit`` takes the
first N texts of each set for a quick look.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import two_patterns

ROOT = Path(__file__).resolve().parent.parent
SETS = ("rdwti_dev", "gvdb_dev", "muc4_dev")
_SCORE = re.compile(r"^(?P<name>\S.{0,60}?)\s{2,}(?P<value>\d\.\d{3})\s+\((?P<hits>\d+)/(?P<cases>\d+)\)$")
_WIDTH = 34

Scores = dict[str, tuple[float, int]]
"""Name of a figure, as the scorer prints it, to its value and the number of cases behind it."""


def extract(gold: Path, predicted: Path) -> float:
    """Write our per-report rows for ``gold`` to ``predicted``; return the seconds it took, start-up included."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "etl", "extract", str(gold), "--per", "report"]
    with predicted.open("w", encoding="utf-8") as rows:
        answer = subprocess.run(command, cwd=ROOT, stdout=rows, stderr=subprocess.PIPE, text=True, check=False)
    if answer.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {answer.returncode}:\n{answer.stderr}")
    return time.perf_counter() - began


def extract_by_two_patterns(gold: Path, predicted: Path) -> None:
    """Write the rival's per-report rows for ``gold`` to ``predicted``."""
    with gold.open(encoding="utf-8") as texts, predicted.open("w", encoding="utf-8") as rows:
        for line in texts:
            row = json.loads(line)
            toll = two_patterns.toll(row["text"])
            incident: dict[str, Any] = {
                measure: None if number is None else {"low": number, "best": number, "high": number}
                for measure, number in toll.items()
            }
            rows.write(json.dumps({"id": row["id"], "incidents": [incident]}) + "\n")


def score(scorer: Path, gold: Path, predicted: Path, errors: int = 0) -> Scores:
    """Run the scorer and read its figures back; what it prints of misses goes to standard error."""
    command = [sys.executable, str(scorer), str(gold), str(predicted), "--errors", str(errors)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    scores: Scores = {}
    for line in printed.splitlines():
        hit = _SCORE.match(line)
        if hit:
            scores[hit["name"].strip()] = (float(hit["value"]), int(hit["cases"]))
    if errors:
        print(printed.split("\n\n", 1)[-1], file=sys.stderr)
    return scores


def show(columns: dict[str, tuple[Scores, Scores]]) -> None:
    """Print one row a figure: ours, the rival's and the number of cases, for each set that has the figure."""
    print(f"{'':{_WIDTH}}" + "".join(f"{name:>25}" for name in columns))
    print(f"{'':{_WIDTH}}" + f"{'ours':>9}{'regex':>7}{'cases':>9}" * len(columns))
    names = dict.fromkeys(itertools.chain.from_iterable(ours for ours, _ in columns.values()))
    for name in names:
        cells = []
        for ours, rival in columns.values():
            if name not in ours:
                cells.append(f"{'':>25}")
                continue
            value, cases = ours[name]
            theirs = f"{rival[name][0]:.3f}" if name in rival else "-"
            cells.append(f"{value:>9.3f}{theirs:>7}{cases:>9}")
        print(f"{name:{_WIDTH}}" + "".join(cells))


def main() -> int:
    """Read the arguments, score each set, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sets", nargs="*", default=SETS, metavar="SET", help=f"gold sets (default: {' '.join(SETS)})")
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench", help="folder with score.py")
    parser.add_argument("--limit", type=int, help="only the first N texts of each set")
    parser.add_argument("--errors", type=int, default=0, help="also print the first N misses of each set")
    parser.add_argument("--keep", type=Path, help="keep the predicted rows in this folder")
    args = parser.parse_args()
    scorer = args.bench / "score.py"
    missing = [path for path in (scorer, *(args.bench / f"{name}.jsonl" for name in args.sets)) if not path.is_file()]
    if missing:
        parser.error(f"{missing[0]} is not there: name the folder of the gold sets with --bench")

    columns = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name in args.sets:
            gold = folder / f"{name}.gold.jsonl"
            with (args.bench / f"{name}.jsonl").open(encoding="utf-8") as whole:
                gold.write_text("".join(itertools.islice(whole, args.limit)), encoding="utf-8")
            ours, rival = folder / f"{name}.ours.jsonl", folder / f"{name}.regex.jsonl"
            seconds = extract(gold, ours)
            extract_by_two_patterns(gold, rival)
            size = gold.stat().st_size
            print(f"{name}: {size / 1e6:.1f} MB in {seconds:.0f} s, {size / 1e3 / seconds:.0f} KB/s", file=sys.stderr)
            columns[name] = (score(scorer, gold, ours, args.errors), score(scorer, gold, rival))
    show(columns)
    return 0


if __name__ == "__main__":
    sys.exit(main())
