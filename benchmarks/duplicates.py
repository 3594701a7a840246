"""Time how long it takes to find the copies among many reports, and how many planted ones are found.

    python -m benchmarks.duplicates [--reports 100000]

One made-up report in five is a copy or a light rewrite of an earlier one (another first sentence). The rival compares
exact words alone, as a hash of the text does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time

from etl.records import Report
from etl.reports.duplicates import find_duplicates

_WORDS = [f"{first}{second}" for first in "ba be bo da de do ka ke ko ma me mo na ne no".split() for second in "lrstvz"]


def invented_reports(size: int, seed: int = 5) -> tuple[list[Report], dict[str, str]]:
    """Reports of some 200 words, and each planted copy's original."""
    chance = random.Random(seed)  # noqa: S311 - made-up news, no secret
    begin = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    reports: list[Report] = []
    planted: dict[str, str] = {}
    for number in range(size):
        published = begin + dt.timedelta(minutes=5 * number)
        name = f"r{number}"
        text = " ".join(chance.choices(_WORDS, k=200)) + f" {chance.randrange(1_000)} dead"
        if reports and chance.random() < 0.2:
            original = chance.choice(reports[-500:])
            original_id = planted.get(original.report_id, original.report_id)
            planted[name] = original_id
            words = original.text.split()
            text = " ".join([*chance.choices(_WORDS, k=10), *words[10:]]) if chance.random() < 0.5 else original.text
        reports.append(Report(report_id=name, text=text, published=published))
    return reports, planted


def main() -> None:
    """Time it once and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000)
    args = parser.parse_args()
    reports, planted = invented_reports(args.reports)
    began, busy = time.perf_counter(), time.process_time()
    found = find_duplicates(reports)
    print(
        f"{len(reports):,} reports in {time.perf_counter() - began:.1f} s ({time.process_time() - busy:.1f} s busy): "
        f"{sum(name in found for name in planted):,} of {len(planted):,} copies found, "
        f"{sum(name not in planted for name in found):,} others linked"
    )
    began, seen, exact = time.perf_counter(), set[str](), 0
    for report in reports:
        exact += report.text in seen
        seen.add(report.text)
    print(f"a hash of the text: {exact:,} in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
