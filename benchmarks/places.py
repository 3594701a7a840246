"""Accuracy of places on the gold sets, and speed: how many of the texts get the right country and place.

    python benchmarks/places.py --bench FOLDER [--errors N] [--set NAME] [--rows A:B]

A text's place here is that of its first sentence with a harm word, a stand-in for the event's words; the extraction
that reads claims does better. Compared as the gold sets' own scorer does (score.py in the same folder).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from etl.extraction.parsing.sentences import split
from etl.places import find_places
from etl.places.where import EventPlace, event_place

HARM = re.compile(
    r"\b(?:kill|shot|wound|injur|dead|dies?\b|died|bomb|attack|murder|assassin|explo|fire|kidnap|blast|grenade|ambush)",
    re.IGNORECASE,
)
SETS = {"rdwti_dev": None, "rdwti_train": 3000, "gvdb_dev": None, "muc4_dev": None}


def scorer(bench: Path) -> ModuleType:
    """The gold sets' scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", bench / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no score.py in {bench}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def place_of_text(text: str) -> EventPlace | None:
    """Where the first sentence that tells of harm says it happened."""
    sentences = split(text)
    mentions = find_places(text)
    span = next(
        ((a, b) for a, b in sentences if HARM.search(text, a, b)), sentences[0] if sentences else (0, len(text))
    )
    return event_place(span, mentions, sentences, text)


def main() -> None:
    """Print a row a figure and, if asked, the first misses."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True, help="folder of the gold sets")
    parser.add_argument("--set", choices=sorted(SETS), help="only this set")
    parser.add_argument("--rows", default=":", help="only these rows, as START:END or START:END:STEP")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    score = scorer(options.bench)
    rows = slice(*(int(part) if part else None for part in options.rows.split(":")))
    find_places("Bishkek")
    for name, limit in SETS.items():
        if options.set not in (None, name):
            continue
        lines = (options.bench / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        golds: list[dict[str, Any]] = [json.loads(line) for line in lines]
        if limit and options.rows == ":":
            golds = golds[:: max(1, len(golds) // limit)]
        golds = golds[rows]
        tally: Counter[str] = Counter()
        misses: list[tuple[str, str, Any, Any, str]] = []
        started, size = time.perf_counter(), 0
        for row in golds:
            text, gold = row["text"], row["gold"]
            if "incidents" in gold:
                wanted = [i for i in gold["incidents"] if not i["optional"]]
                if not wanted:
                    continue
                country, place = wanted[0]["location"].split(":")[0].split(" - ")[0], None
            else:
                country, place = gold.get("country"), gold.get("place")
            got = place_of_text(text)
            size += len(text)
            if country:
                tally["country cases"] += 1
                hit = got is not None and score.same_country(country, got.place.country_name)
                tally["country"] += hit
                if not hit:
                    misses.append(("country", row["id"], country, got and got.place.country_name, text))
            if place and score.fold(place) in score.fold(text):
                tally["place cases"] += 1
                hit = got is not None and (
                    score.same_place(place, got.place.name) or score.same_place(place, got.place.adm1_name)
                )
                tally["place"] += hit
                if not hit:
                    misses.append(("place", row["id"], place, got and (got.place_text, got.place.name), text))
        seconds = time.perf_counter() - started
        for figure in ("country", "place"):
            if cases := tally[f"{figure} cases"]:
                print(f"{name:12s} {figure:8s} {tally[figure] / cases:.3f}  ({tally[figure]}/{cases})")
        print(f"{name:12s} speed    {size / seconds / 1e6:.2f} MB a second")
        for miss in misses[: options.errors]:
            print(*miss[:4], "\n   ", miss[4][:400].replace("\n", " "))


if __name__ == "__main__":
    main()
