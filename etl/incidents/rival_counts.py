"""What two sources of one sentence count: "police said eight people died, while doctors said 20 did".

They tell of the same people, so the counts are never added; the report's toll reaches from one to the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.incidents.same_people import people_of
from etl.incidents.told_apart import tells_of_others
from etl.incidents.told_people import Group
from etl.records import Claim, Figure


def is_rival_count(new: Group, known: list[Group]) -> bool:
    """Whether NEW is what another source says of the same people ("police put it at 8, while doctors said 20 died")."""
    return not new.apart and any(
        group.claim.span_start == new.claim.span_start
        and None not in {group.claim.attribution, new.claim.attribution}
        and group.claim.attribution != new.claim.attribution
        and min(group.value, new.value) > 1
        and (not new.words or bool(group.words & new.words) or new.people.general)
        for group in known
    )


def as_far_as_rivals(figure: Figure, adding: Sequence[Claim], claims: Sequence[Claim]) -> Figure:
    """FIGURE, of the one claim ADDING, with the bounds that the same sentence gives by another source's count."""
    if len(adding) != 1 or figure.low is None or figure.high is None:
        return figure
    new = Group(adding[0], people_of(adding[0]), apart=tells_of_others(adding[0]))
    rivals = [
        claim
        for claim in claims
        if claim is not adding[0]
        and claim.comparator != "none"
        and not tells_of_others(claim)
        and is_rival_count(new, [Group(claim, people_of(claim), apart=False)])
    ]
    low = min([figure.low, *(claim.low for claim in rivals if claim.low is not None)])
    high = max([figure.high, *(claim.high for claim in rivals if claim.high is not None)])
    return Figure(low, figure.best, high)
