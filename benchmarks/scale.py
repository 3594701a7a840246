"""Measure how extraction scales: start-up, processes side by side, memory over many texts, cost against length.

    python -m benchmarks.scale [start] [processes] [memory] [growth] [book] [--corpus FILE] [--texts 100000]
        [--article-kb 2.8]

Without a name, all five are measured; each prints what it found and the bound it is held to. For the memory of a book
ask for it alone: what others held counts.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.speed import CORPUS, FIRST, ROOT, kilobytes, texts_of
from etl.reading import AT_ONCE, Reading
from etl.records import Report
from etl.workers import tell_side_by_side

ARTICLES_A_DAY = 380_000
"""Articles of one day of Common Crawl's news."""
SHORT = 400
"""Characters of a text in the measurement of memory, so that 100,000 of them take minutes."""
BOOK = 10_000_000
SIZES = (50_000, 100_000, 200_000, 400_000)
"""Characters of the longest text, and of those whose cost is compared."""


def start() -> None:
    """Print the seconds from the command to its first row, the best of three."""
    best = math.inf
    for _ in range(3):
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "etl", "extract", "-", "--published", "2020-01-01"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin is not None and process.stdout is not None  # noqa: PT018, S101 - both are pipes
            process.stdin.write(FIRST)
            process.stdin.close()
            process.stdout.readline()
            best = min(best, time.perf_counter() - began)
    print(f"first row {best:.1f} s after the command (bound 3)")


def batches(texts: Sequence[str]) -> Iterator[tuple[list[Report], int]]:
    """Yield ``texts`` as batches of reports, each with the bytes of its text."""
    for first in range(0, len(texts), AT_ONCE):
        some = texts[first : first + AT_ONCE]
        yield [Report(report_id=str(first + n), text=text) for n, text in enumerate(some)], sum(map(len, some))


def steady_rate(texts: Sequence[str], jobs: int) -> float:
    """Return KB of text a second of wall time once each of ``jobs`` processes has read its first batches."""
    done, began = 0, 0.0
    for number, (size, _) in enumerate(tell_side_by_side(batches(texts), Reading(), jobs)):
        if number >= 2 * jobs:
            done += size
        elif number == 2 * jobs - 1:
            began = time.perf_counter()
    return done / 1000 / (time.perf_counter() - began)


def processes(corpus: Path, article_kb: float) -> None:
    """Print what two processes read against one, and how long a day of the world's news takes them."""
    texts = list(texts_of(corpus))
    one, two = (steady_rate(texts, jobs) for jobs in (1, 2))
    hours = ARTICLES_A_DAY * article_kb / two / 3600
    times = f"{two / one:.2f} times (bound 1.8)"
    print(f"{kilobytes(texts):>6.0f} KB   one process {one:.1f} KB/s, two {two:.1f} KB/s: {times}")
    print(
        f"a day of Common Crawl's news, {ARTICLES_A_DAY:,} articles of {article_kb} KB, were all like {corpus.stem}: "
        f"{60 * hours:.0f} minutes with two processes (bound 60), {ARTICLES_A_DAY / hours:,.0f} articles an hour"
    )


def varied(texts: Sequence[str], count: int) -> Iterator[str]:
    """Yield ``count`` texts with other numbers and new names each time round, so that nothing kept of them helps."""
    for number in range(count):
        turn, which = divmod(number, len(texts))
        words = texts[which][:SHORT].split(" ")
        name = "".join(chr(97 + int(digit)) for digit in str(number))
        for at in range(0, len(words), 9):
            words[at] = f"{words[at]} {name.capitalize()}"
        yield " ".join(words).replace("1", str(turn % 97 + 2))


def memory(corpus: Path, count: int) -> None:
    """Print the memory held after 1,000, 10,000, ... ``count`` texts."""
    reading, marks = Reading(scenes=True), {10**n for n in range(3, 9)} | {count}
    some: list[Report] = []
    for number, text in enumerate(varied(list(texts_of(corpus)), count), 1):
        some.append(Report(report_id=str(number), text=text))
        if len(some) == AT_ONCE or number in marks:
            reading.tell(some)
            some = []
        if number in marks:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{number:>9,} texts   {held():.0f} MB held, {peak:.0f} MB at most (bound 600)", flush=True)


def held() -> float:
    """Return MB of memory this process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


HOSTILE: dict[str, Callable[[int], str]] = {
    "a report": lambda n: f"{FIRST} The town was quiet on Friday, residents of Osh said. " * (n // 150),
    "numbers in one line": lambda n: " ".join(str(number) for number in range(n // 6)) + " people were killed.",
    "a list of the dead": lambda n: "Killed were " + ", ".join(["a man and 2 boys"] * (n // 18)),
    "nested brackets": lambda n: "(" * (n // 2) + "ten were killed" + ")" * (n // 2),
    "nested quotes": lambda n: "\"he said 'she was killed" * (n // 24),
    "stops": lambda n: "killed." * (n // 7),
    "no stop at all": lambda n: "killed and wounded in Lima " * (n // 27),
    "blanks": lambda n: f"{' ' * (n // 2)}ten were killed{chr(10) * (n // 2)}",
    "short lines": lambda n: "LIMA, 5 May --\n" * (n // 15),
    "capitals": lambda n: "SAN JUAN DE LA CRUZ DEL NORTE " * (n // 30),
    "months": lambda n: "between May 5 and May 6 or " * (n // 27),
    "one word": lambda n: "a" * n,
    "one name": lambda n: "San " * (n // 4),
}


def growth() -> None:
    """Print the cost of texts that invite more than linear time, by their length, and the exponent that fits it."""
    reading = Reading(scenes=True)
    reading.tell([Report(report_id="warm", text=FIRST)])
    print(f"{'seconds by length':<22}" + "".join(f"{size // 1000:>9} K" for size in SIZES) + "   exponent (bound 1.2)")
    for name, make in HOSTILE.items():
        seconds = []
        for size in SIZES:
            began = time.process_time()
            reading.tell([Report(report_id=f"{name} {size}", text=make(size))])
            seconds.append(time.process_time() - began)
        print(f"{name:<22}" + "".join(f"{spent:11.2f}" for spent in seconds) + f"{exponent(seconds):11.2f}", flush=True)


def book(corpus: Path, size: int) -> None:
    """Print what it takes to read the texts of CORPUS one behind the other as one text of SIZE characters."""
    texts = "\n\n".join(texts_of(corpus)) + "\n\n"
    text = (texts * (size // len(texts) + 1))[:size]
    began = time.process_time()
    Reading(scenes=True).tell([Report(report_id="book", text=text)])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spent = time.process_time() - began
    print(f"one text of {size / 1e6:.0f} MB: {spent:.0f} s, {size / 1000 / spent:.0f} KB/s, {peak:.0f} MB (bound 600)")


def exponent(seconds: Sequence[float]) -> float:
    """Return the power of the length with which ``seconds`` grow, fitted over SIZES."""
    lengths, costs = [math.log(size) for size in SIZES], [math.log(max(spent, 1e-4)) for spent in seconds]
    middle, level = sum(lengths) / len(SIZES), sum(costs) / len(SIZES)
    return sum((x - middle) * (y - level) for x, y in zip(lengths, costs, strict=True)) / sum(
        (x - middle) ** 2 for x in lengths
    )


def main() -> int:
    """Read the arguments, measure what they name."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("what", nargs="*", help="start, processes, memory, growth, book (default: all)")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="JSONL rows with a text, or a text a line")
    parser.add_argument("--texts", type=int, default=100_000, help="texts of the measurement of memory")
    parser.add_argument("--article-kb", type=float, default=2.8, help="KB of text that a news article is taken to have")
    args = parser.parse_args()
    measures: dict[str, Callable[[], None]] = {
        "start": start,
        "processes": lambda: processes(args.corpus, args.article_kb),
        "memory": lambda: memory(args.corpus, args.texts),
        "growth": growth,
        "book": lambda: book(args.corpus, BOOK),
    }
    if unknown := set(args.what) - measures.keys():
        parser.error(f"nothing is called {', '.join(sorted(unknown))}; there are {', '.join(measures)}")
    for name in args.what or measures:
        measures[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
