"""Time how many claims become incidents, and how many more join them, through the real store.

    python -m benchmarks.resolution [--sizes 10000 100000 1000000] [--more 1000] [--folder DIR]

For each size a store is filled with made-up news of that many claims. Then, each in a process of its own, a first run
makes all incidents, and a later one settles ``--more`` further reports of any time into them. Printed are the seconds
and the memory of each (store and start-up of Python included) and the exponent of growth between sizes (1.0 is linear).
The first process also times what resolution takes by itself, without reading and writing tables. The rival is the
first run itself: what a program without blocks would do for every new report.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import itertools
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from etl import settling
from etl.incidents import RESOLVER_VERSION
from etl.records import Claim, Measure, Report, Run
from etl.tables.store import Store

_SHARES = (("armed clash", 5), ("shooting", 5), ("bombing", 4), ("protest or riot", 3), ("flood", 1), ("road crash", 2))
_CAUSES = [cause for cause, share in _SHARES for _ in range(share)]
_BATCH = 20_000
Told = tuple[Report, list[Claim]]


def invented_news(size: int, seed: int = 4, *, days: int | None = None, named: str = "r") -> Iterator[Told]:
    """Reports of at least ``size`` claims: incidents over 60 countries, told by 1 to 40 reports each.

    ``days`` is the span they lie in; without it the span grows with size, as an archive does.
    """
    chance = random.Random(seed)  # noqa: S311 - made-up news, no secret
    span = days if days is not None else max(60, size // 100)
    claims = number = 0
    while claims < size:
        for report in _incident(chance, span, named, number):
            yield report
            number += 1
            claims += len(report[1])


def _incident(chance: random.Random, span: int, named: str, first: int) -> Iterator[Told]:
    country = min(int(chance.paretovariate(0.9)), 60)
    region, town = chance.randrange(12), chance.randrange(15)
    day = dt.date(2000, 1, 1) + dt.timedelta(days=chance.randrange(span))
    dead, hurt = int(chance.paretovariate(0.8)), int(chance.paretovariate(0.6)) if chance.random() < 0.6 else 0
    cause = chance.choice(_CAUSES)
    place: dict[str, Any] = {
        "place_name": f"C{country}-{region} town {town}",
        "place_names": (f"C{country}-{region} town {town}",),
        "place_precision": 1,
        "adm1_code": f"C{country}-{region}",
        "latitude": -60 + 2 * country + region / 6 + town / 400,
        "longitude": -170 + 5 * country + region / 3 + town / 200,
    }
    for number in range(first, first + min(int(chance.paretovariate(0.9)), 40)):
        after = dt.timedelta(hours=chance.expovariate(1 / 30))
        grown = min(1.0, 0.5 + after / dt.timedelta(days=3))
        name = f"{named}{number}"
        report = Report(
            report_id=name,
            text=f"Report {name}.",
            publisher=f"P{chance.randrange(200)}",
            published=dt.datetime.combine(day, dt.time(9), dt.UTC) + after,
        )
        facts = {
            "cause": None if chance.random() < 0.1 else cause,
            "date_text": str(day),
            "date_start": day,
            "date_end": day,
            "date_precision": 1,
            "country_code": f"C{country}",
            "country_name": f"C{country}",
            **(place if chance.random() > 0.15 else {"place_precision": 6}),
        }
        told: list[tuple[Measure, int]] = [("killed", max(1, round(dead * grown)))]
        if hurt:
            told.append(("injured", max(1, round(hurt * grown))))
        loose = chance.random() < 0.3
        yield report, [_claim(name, place, measure, said, loose, facts) for place, (measure, said) in enumerate(told)]


def _claim(name: str, place: int, measure: Measure, said: int, loose: bool, facts: dict[str, Any]) -> Claim:
    quote = f"On {facts['date_text']} {said} people were counted {measure}, a report of the made-up press said."
    return Claim(
        claim_id=hashlib.sha256(f"{name}{measure}".encode()).hexdigest()[:16],
        report_id=name,
        measure=measure,
        quantity=str(said),
        comparator="at_least" if loose else "exact",
        low=said,
        best=said,
        high=None if loose else said,
        quote=quote,
        span_start=0,
        span_end=len(quote),
        figure_start=14 + place,
        figure_end=15 + place,
        **facts,
    )


def fill(store: Store, news: Iterator[Told]) -> tuple[int, int]:
    """Add the news to the store, unresolved; gives how many reports and claims that were."""
    reports = claims = 0
    while batch := list(itertools.islice(news, _BATCH)):
        claims += store.append("claims", [claim for _, told in batch for claim in told])
        reports += store.append("reports", [report for report, _ in batch])
    return reports, claims


def settle(folder: str) -> None:
    """Settle the store in ``folder``, publish it, and print what that took as JSON."""
    began = time.perf_counter(), time.process_time()
    store = Store(folder)
    settling.settle(store)
    seconds = time.perf_counter() - began[0]
    number = len(store.runs())
    store.publish(Run(run_id=f"run-{number}", started_at=dt.datetime.now(dt.UTC), resolver_version=RESOLVER_VERSION))
    print(
        json.dumps(
            {
                "seconds": seconds,
                "busy": time.process_time() - began[1],
                "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
                "incidents": store.latest(["incidents"]).count("incidents"),
            }
        )
    )


def _settled(folder: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.resolution", "--settle", folder], capture_output=True, check=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure(size: int, more: int, folder: Path) -> dict[str, float]:
    """Print what one size takes, first and for further reports; gives the figures of the first run."""
    store = Store(folder / f"store-{size}")
    reports, claims = fill(store, invented_news(size))
    first = _settled(store.root)
    print(
        f"{claims:>9,} claims of {reports:,} reports -> {first['incidents']:,} incidents: {first['seconds']:.1f} s "
        f"({first['busy']:.1f} s busy), {first['gigabytes']:.2f} GB",
        flush=True,
    )
    for label, days in (("any time", max(60, size // 100)), ("one week", 7)):
        news = itertools.islice(invented_news(10 * more, seed=len(label), days=days, named=f"{label} "), more)
        added, _ = fill(store, news)
        then = _settled(store.root)
        print(
            f"          {added:,} more reports of {label}: {then['seconds']:.1f} s ({then['busy']:.1f} s busy), "
            f"{then['gigabytes']:.2f} GB; a first run over all is {first['seconds'] / then['seconds']:.0f} times that",
            flush=True,
        )
    return {**first, "claims": claims}


def main() -> None:
    """Measure every size and print how the time grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--more", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, help="where to put the stores (default: a temporary folder)")
    parser.add_argument("--settle", metavar="STORE", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.settle:
        settle(args.settle)
        return
    before: dict[str, float] | None = None
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        for size in args.sizes:
            found = measure(size, args.more, Path(folder))
            if before is not None:
                growth = math.log(found["busy"] / before["busy"]) / math.log(found["claims"] / before["claims"])
                print(
                    f"          growth exponent from {before['claims']:,} to {found['claims']:,} claims: {growth:.2f}"
                )
            before = found


if __name__ == "__main__":
    main()
