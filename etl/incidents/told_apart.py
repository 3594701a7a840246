"""Words that set people apart from those told of before: "three others", "was also killed", "a second man"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.incidents.same_people import value_of
from etl.incidents.told_people import words_before
from etl.records import Claim

_APART = re.compile(
    r"\b(?:(?<!the )others?|another|more(?! than\b)|additional|also|further|too|(?<!the )second|separate(?:ly)?"
    r"|as well(?! as))\b",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(r"\band (?:several )?other (?:people|persons)\b.*", re.IGNORECASE)
"""People that nobody counts, who stand beside the counted ones and do not set these apart."""
_ALSO = re.compile(r"\b(?:(?:was|were|been) (?:also|separately)|also died)\b", re.IGNORECASE)
_ALSO_DID = re.compile(r"\balso (?:\w+ly )?(?:\w+ and )?\w+ (?:an? )?$", re.IGNORECASE)
"""What somebody did besides, right before those it befell ("the officer also accidentally shot a cook dead")."""


def tells_of_others(claim: Claim) -> bool:
    """Whether CLAIM's words set its people apart from those told of: "three others", "was also killed"."""
    after = claim.quote[claim.figure_end - claim.span_start :]
    near = f"{words_before(claim)[-30:]} {_AND_OTHERS.sub('', claim.victims or '')}"
    if _APART.search(near) or _ALSO.search(after[:80]):
        return True
    return _ALSO_DID.search(words_before(claim)[-60:]) is not None


def is_other_than_those_beside(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether CLAIM's people are set apart from OTHERS of its sentence alone: "killing two and wounding 3 others"."""
    return any(
        other.span_start == claim.span_start and other.figure_start < claim.figure_start and value_of(other) > 0
        for other in others
    )
