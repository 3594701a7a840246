"""Merges and splits as the pairs of claims that :func:`etl.incidents.resolve` is bound by."""

from __future__ import annotations

from collections.abc import Sequence

from etl.reviews.anchors import Places
from etl.reviews.standing import Standing

Pairs = set[tuple[str, str]]


def pairs(decisions: Sequence[Standing], places: Places) -> tuple[Pairs, Pairs]:
    """Pairs of claim ids that must be one incident, and pairs that cannot; a later decision stands above an earlier.

    A merge binds all figures the analyst saw in both incidents. A split binds those it takes out to each other, and
    parts each of them from each that stays.
    """
    must: Pairs = set()
    cannot: Pairs = set()
    for one in decisions:
        stay, other = places.claims_at(one.anchors.subject), places.claims_at(one.anchors.other)
        if one.review.decision == "merge":
            every = [*stay, *other]
            inside = set(every)
            cannot = {pair for pair in cannot if not inside.issuperset(pair)}
            must |= {(every[0], claim) for claim in every[1:]}
        elif one.review.decision == "split":
            between = {(left, right) for left in stay for right in other}
            must = {pair for pair in must if pair not in between and pair[::-1] not in between}
            must |= {(other[0], claim) for claim in other[1:]}
            cannot |= between
    return must, cannot
