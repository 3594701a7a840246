"""Those whom gunmen shot in a report that says nothing of their living on: such a report tells of the dead.

"A teacher was shot by gunmen on his way home" says neither that he died nor that he was hurt. Who lived has wounds, a
hospital or a condition told of; where no word of that stands in the whole report and armed attackers did it, nine in
ten were dead (measured on narratives of attacks whose outcome is known), so the claim is of one killed. Where somebody
is said to be killed, or hurt in another way, the words for the others are taken as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from etl.extraction.lexicons import any_phrase
from etl.records import Claim

_ONESELF = frozenset({"himself", "herself"})


@lru_cache(maxsize=1)
def _living_on() -> re.Pattern[str]:
    return re.compile(r"\b" + any_phrase("shot_dead.living_on"), re.IGNORECASE)


@lru_cache(maxsize=1)
def _attackers() -> re.Pattern[str]:
    return re.compile(r"\b" + any_phrase("shot_dead.attackers"), re.IGNORECASE)


def shot_dead(text: str, claims: Sequence[Claim], shot: Collection[str]) -> frozenset[str]:
    """Ids of those CLAIMS of the report TEXT that tell of the dead, all of them in SHOT ("was shot", and no more)."""
    told = [claim for claim in claims if claim.scope == "incident" and claim.polarity == "asserted"]
    harmed = [claim for claim in told if claim.measure in {"killed", "injured"} and claim.best != 0]
    harmed = [claim for claim in harmed if claim.quantity.lower() not in _ONESELF]
    if not harmed or not all(claim.claim_id in shot for claim in harmed):
        return frozenset()
    if _living_on().search(text) or not _attackers().search(text):
        return frozenset()
    return frozenset(claim.claim_id for claim in harmed)
