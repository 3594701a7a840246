"""Who shot himself and lived, as far as the report goes: hurt, and not dead as "shot himself" by itself says.

"A boy of five shot himself ... was flown to a hospital", "he then shot himself in the chest ... both are in critical
condition": where a report tells of somebody's condition and of nobody's death, nobody died.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extraction.lexicons import any_phrase
from etl.records import Claim

_ONESELF = frozenset({"himself", "herself", "themselves", "themself"})
_LIVED = re.compile(r"\b" + any_phrase("own_hand.lived") + r"\b", re.IGNORECASE)
_DIED = re.compile(r"\b" + any_phrase("own_hand.died") + r"\b", re.IGNORECASE)


def survivors(text: str, claims: Sequence[Claim]) -> frozenset[str]:
    """Ids of those CLAIMS of the report TEXT that take somebody for dead who shot himself and, as it reads, lived."""
    dead = [claim for claim in claims if claim.measure == "killed" and claim.best and claim.polarity == "asserted"]
    by_own_hand = [claim for claim in dead if claim.quantity.lower() in _ONESELF]
    if not dead or len(by_own_hand) < len(dead) or _LIVED.search(text) is None or _DIED.search(text) is not None:
        return frozenset()
    return frozenset(claim.claim_id for claim in by_own_hand)
