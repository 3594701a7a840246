"""Two readings of one report side by side: where the second reader agrees with our claims, and where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.records import Claim


def compared(own: Sequence[Claim], second: Sequence[Claim]) -> list[Claim]:
    """OWN claims, each marked with what SECOND says of it, then those of SECOND that differ or stand alone.

    Two claims are of one statement where they have one measure and their figures' words overlap. They agree where
    bounds, scope and polarity are the same; a claim of ours without a partner is *not found*, one of SECOND without a
    partner stands *alone*. Claims of SECOND that agree say nothing new and are left out.
    """
    partners = {claim.claim_id: _partner(claim, second) for claim in own}
    taken = {partner.claim_id for partner in partners.values() if partner is not None}
    marked: list[Claim] = []
    differing: list[Claim] = []
    for claim in own:
        partner = partners[claim.claim_id]
        if partner is None:
            marked.append(replace(claim, second_reading="not found"))
        elif _says(claim) == _says(partner):
            marked.append(replace(claim, second_reading="agrees"))
        else:
            marked.append(replace(claim, second_reading="differs"))
            differing.append(replace(partner, second_reading="differs"))
    alone = [replace(claim, second_reading="alone") for claim in second if claim.claim_id not in taken]
    kept = {claim.claim_id: claim for claim in [*differing, *alone]}
    return [*marked, *kept.values()]


def _says(claim: Claim) -> tuple[object, ...]:
    return claim.low, claim.best, claim.high, claim.scope, claim.polarity


def _partner(claim: Claim, others: Sequence[Claim]) -> Claim | None:
    """The claim of OTHERS about the same words; of several the one that says the same, else the first."""
    same = [
        other
        for other in others
        if other.measure == claim.measure
        and other.figure_start < claim.figure_end
        and claim.figure_start < other.figure_end
    ]
    return min(same, key=lambda other: (_says(other) != _says(claim), other.figure_start), default=None)
