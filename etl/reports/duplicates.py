"""Which reports are copies, or light rewrites, of an earlier one.

Two reports are copies if all of this holds:

* their words are the same, but for case and punctuation; or, in texts of 40 words and more, at least seven in ten of
  their runs of three words are (a changed headline, publisher, dateline or first sentence leaves more);
* they hold the same figures. *75 killed* and *81 killed* in the same frame are an update, the most valuable report of
  all, and never a copy. Headlines and dates play no part in this, since copies change them;
* they were published within 14 days of each other, or one has no time: papers print a wire report at once, while forms
  (*no casualties were reported*) repeat for years.

A copy is linked to the earliest report that it is a copy of, by publication time, then ``report_id``, a report without
a time counting as last; what it is linked to is itself no copy, and the order of reading plays no part.

Known to go wrong: a register that tells of two like events of one week in the same frame and with the same figures, of
which only the place differs (2 in 1,000 entries of one such register).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from etl.reports.figures import figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from datasketch import MinHash, MinHashLSH

    from etl.records import Report

SIGNATURE_VERSION = "1"
"""Raised with every change of what a signature is made of, here and in :mod:`etl.reports.figures`."""
WINDOW = dt.timedelta(days=14)
LEAST_WORDS = 40
LEAST_SHARED = 0.7

_RUN = 3
# 128 values estimate a shared part of 0.7 within 0.04 (one standard error).
_PERMUTATIONS = 128
_LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
# An article's first 20,000 words tell a copy; a longer file costs no more than that.
_MOST_WORDS = 20_000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a report to find its copies: some 700 bytes, whatever its length.

    ``words`` and ``figures`` are hashes of its words and of its figures; ``sketch`` are the MinHash values of its runs
    of three words, null where the text is too short for that.
    """

    report_id: str
    published: dt.datetime | None
    words: str
    figures: str
    sketch: bytes | None


def signature(report: Report) -> Signature:
    """The signature of REPORT, from its text, time and id alone."""
    words = _WORD.findall(report.text.casefold())
    return Signature(
        report_id=report.report_id,
        published=report.published,
        words=_hash(" ".join(words)),
        figures=_hash(" ".join(sorted(figures(report.text)))),
        sketch=_sketch(words[:_MOST_WORDS]) if len(words) >= LEAST_WORDS else None,
    )


def find_duplicates(reports: Iterable[Report]) -> dict[str, str]:
    """``report_id`` of each copy among REPORTS to the ``report_id`` of what it is a copy of."""
    return link({report.report_id: signature(report) for report in reports}.values())


def link(signatures: Iterable[Signature], settled: Mapping[str, str | None] = MappingProxyType({})) -> dict[str, str]:
    """The answer of :func:`find_duplicates` for SIGNATURES. Memory and time grow with their number, not its square.

    SETTLED are those among them whose answer is known (null: they are no copies); only the others are answered.
    """
    index: MinHashLSH | None = None
    originals: dict[str, Signature] = {}
    sketches: dict[str, MinHash] = {}
    same_words: dict[tuple[str, str], list[Signature]] = {}
    copies: dict[str, str] = {}
    for mark in sorted(signatures, key=_order):
        if settled.get(mark.report_id) is not None:
            continue
        # Words alone do not tell 1,500 from 1 and 500.
        twins = same_words.setdefault((mark.words, mark.figures), [])
        known = mark.report_id in settled
        candidates = [] if known else list(_nearest(twins, mark))
        sketch = _minhash(mark.sketch)
        if sketch is not None and index is None:
            index = _index()
        if sketch is not None and index is not None and not known:
            candidates.extend(
                originals[found]
                for found in index.query(sketch)
                if originals[found].figures == mark.figures and sketch.jaccard(sketches[found]) >= LEAST_SHARED
            )
        candidates = [earlier for earlier in candidates if _near_in_time(earlier, mark)]
        if candidates:
            copies[mark.report_id] = min(candidates, key=_order).report_id
            continue
        originals[mark.report_id] = mark
        twins.append(mark)
        if sketch is not None and index is not None:
            sketches[mark.report_id] = sketch
            index.insert(mark.report_id, sketch)
    return copies


def _index() -> MinHashLSH:
    from datasketch import MinHashLSH  # noqa: PLC0415 - takes a second to load; only long texts need it

    # Found from 0.6 on, so that hardly a pair above the bound is missed; the estimate decides.
    return MinHashLSH(threshold=LEAST_SHARED - 0.1, num_perm=_PERMUTATIONS)


def order(published: dt.datetime | None, report_id: str) -> tuple[dt.datetime, str]:
    """Sorts reports by what may be the original of what: by time, one without a time last, then by id."""
    return published or _LAST, report_id


def _order(mark: Signature) -> tuple[dt.datetime, str]:
    return order(mark.published, mark.report_id)


def _near_in_time(one: Signature, other: Signature) -> bool:
    return one.published is None or other.published is None or abs(one.published - other.published) <= WINDOW


def _nearest(twins: list[Signature], mark: Signature) -> Iterator[Signature]:
    """Of the originals with the same words, all of them further apart than the window, the one that can be MARK's."""
    if twins:
        yield twins[0] if mark.published is None else twins[-1]


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _sketch(words: list[str]) -> bytes:
    from datasketch import MinHash  # noqa: PLC0415 - as in link

    runs = {" ".join(words[at : at + _RUN]).encode("utf-8", "surrogatepass") for at in range(len(words) - _RUN + 1)}
    sketch = MinHash(num_perm=_PERMUTATIONS, hashfunc=zlib.crc32)
    sketch.update_batch(runs)
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


def _minhash(sketch: bytes | None) -> MinHash | None:
    if sketch is None:
        return None
    import numpy as np  # noqa: PLC0415 - loaded with datasketch
    from datasketch import MinHash  # noqa: PLC0415 - as in link

    return MinHash(
        num_perm=_PERMUTATIONS,
        hashfunc=zlib.crc32,
        hashvalues=np.frombuffer(sketch, dtype="<u4").astype(np.uint64),
        scheme="affine32",
    )
