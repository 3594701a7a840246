"""Figures listed place by place, each behind its own label: "Osh: 12 killed, 30 injured. Jalal-Abad: 7 killed".

Such entries tell of different people whatever their words are, so their figures add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.records import Claim

_LABEL = re.compile(r"(?:^|[;.]\s*)(?P<label>[A-Z][\w'’ -]{1,40}):\s[^;.:]{0,60}$")
"""A label and what of its entry stands before the figure."""


def entry_of(claim: Claim) -> str | None:
    """The label of the entry in which CLAIM's figure stands, where the label names one of its places; else None."""
    found = _LABEL.search(claim.quote[: max(0, claim.figure_start - claim.span_start)])
    label = found["label"].strip() if found is not None else None
    return label if label in {claim.place_name, *claim.place_names} else None


def are_entries(claim: Claim, others: Iterable[Claim]) -> bool:
    """Whether CLAIM and all OTHERS are entries of one list, CLAIM's under a place of its own."""
    own = entry_of(claim)
    labels = [entry_of(other) for other in others]
    return own is not None and None not in labels and own not in labels
