"""Who is told of only as shot or stabbed, in a report that calls the deed deadly: they are the dead.

Police ask for help with "a fatal shooting": *the victim, a clerk, was shot in the back*. Nobody is said to have died,
and the reader knows that the clerk did.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extraction.lexicons import any_phrase
from etl.records import Claim, Report

_OPENING = 400
"""Characters of a report in which it says of what deed it tells."""
_OPENS = r"(?:(?<![\w-])|(?-i:(?<=[a-z])(?=[A-Z])))"
"""Where a word begins, that of a body run together with its headline too."""
_DEADLY = re.compile(_OPENS + any_phrase("deadly.deeds") + r"\b", re.IGNORECASE)
_ALIVE = re.compile(r"\b" + any_phrase("deadly.alive") + r"\b", re.IGNORECASE)


def the_dead(report: Report, claims: Sequence[Claim]) -> list[Claim]:
    """Those of CLAIMS, all of REPORT, that tell of people hurt who can only be the dead of its deadly deed."""
    if any(claim.measure == "killed" for claim in claims) or not _DEADLY.search(report.text[:_OPENING]):
        return []
    hurt = [claim for claim in claims if claim.measure == "injured" and claim.best]
    told = [claim for claim in hurt if claim.polarity == "asserted"]
    if any(claim.best != 1 for claim in told) or _ALIVE.search(report.text):
        return []
    return told
