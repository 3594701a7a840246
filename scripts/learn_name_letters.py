"""Write data/gazetteer/name_letters.parquet: which runs of letters the names in news of each country are made of.

    python -m scripts.learn_name_letters rdwti_train.jsonl gvdb_dev.jsonl [--without 3/4]

Reads rows of reports whose country people wrote down and counts, for each run of letters in their names, in how many
names of a country's reports it stands. The row without letters has the number of a country's reports. Runs
of four letters only; no names and no words of the reports are kept.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from etl.places.gazetteer import FOLDER, Gazetteer
from etl.places.name_letters import names_in, runs_of
from etl.places.scanning import tokens_of
from scripts.learn_place_names import codes_of

LEAST_REPORTS = 20
"""Reports of a country below which its names are too few to know the country by."""


def counted(files: list[Path], left_out: int, every: int) -> Counter[tuple[str, str]]:
    """How often each run stands in the reports of each country; with the run "", how many these are."""
    places, counts = Gazetteer(), Counter[tuple[str, str]]()
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for number, row in enumerate(map(json.loads, lines)):
                code = "US" if "state" in row["gold"] else codes_of(row["gold"].get("country") or "", places)[0]
                if not code or number % every == left_out:
                    continue
                counts["", code] += 1
                counts.update((run, code) for name in names_in(tokens_of(row["text"])) for run in runs_of(name))
    return counts


def main() -> None:
    """Write the file and print how many runs it holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "reports", type=Path, nargs="+", help="JSON lines: text, gold.country or, in the US, gold.state"
    )
    parser.add_argument(
        "--without", default="-1/4", help="K/N: leave out every Nth row, the Kth of them, for measuring"
    )
    options = parser.parse_args()
    left_out, every = map(int, options.without.split("/"))
    counts = counted(options.reports, left_out, every)
    rows = sorted((run, code, often) for (run, code), often in counts.items() if counts["", code] >= LEAST_REPORTS)
    columns = {
        "letters": pa.array([run for run, _, _ in rows]),
        "country_code": pa.array([code for _, code, _ in rows]).dictionary_encode(),
        "reports": pa.array([often for _, _, often in rows], pa.int32()),
    }
    pq.write_table(pa.table(columns), FOLDER / "name_letters.parquet", compression="zstd", compression_level=19)
    print(f"name_letters.parquet: {len(rows)} runs of {len({code for _, code, _ in rows})} countries")


if __name__ == "__main__":
    main()
