"""Long reports in stretches, so that what compares claims with each other costs no more for each claim of a long one.

News makes at most some 25 claims a report (measured); a list or a book with thousands is read as a row of reports.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeVar

from etl.records import Claim

T = TypeVar("T")

MOST_CLAIMS = 60
"""Claims of one stretch."""
AROUND = 20_000
"""Characters before and behind the claims of a stretch in which dates and places may be theirs."""


def stretches(claims: Sequence[Claim]) -> Iterator[Sequence[Claim]]:
    """CLAIMS in runs of ``MOST_CLAIMS``, in their order; all of them at once where they are no more."""
    for first in range(0, len(claims), MOST_CLAIMS):
        yield claims[first : first + MOST_CLAIMS]


def around(claims: Sequence[Claim], things: Sequence[T], starts: Sequence[int]) -> Sequence[T]:
    """Those of THINGS, which begin at STARTS in order, that stand near CLAIMS."""
    first = min(claim.span_start for claim in claims) - AROUND
    last = max(claim.span_end for claim in claims) + AROUND
    return things[bisect_left(starts, first) : bisect_left(starts, last)]
