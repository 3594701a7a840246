"""Reports filed from elsewhere than where their news happened.

An agency has its seat in one city and tells of the next country, a leader speaks abroad of what befell at home, and a
digest of foreign broadcasts prints the country behind the city where it is not the one the report is about:
"CARACAS (VENEZUELA), 5 MAY -- [TEXT]".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from etl.places.gazetteer import Place, gazetteer
from etl.places.mentions import PlaceMention, country_votes, words_for_countries
from etl.places.names import fold
from etl.places.votes import leader

LEAST_ABROAD = 2.0
LEAST_FROM_SEAT = 0.4
"""Votes of the rest of a report for another country from which its dateline is only where the reporter sits, and where
that is the seat of international bodies."""
LEAST_PRINTED_ABROAD = 1.2
LEAST_SHARE = 0.5
"""The same where the dateline prints its country in brackets, and the least share of the votes for that country."""
BRACKETED = re.compile(r" ?\(([^()\n]{2,40})\),")


def told_from_abroad(
    mentions: Sequence[PlaceMention], country: Place, text: str
) -> tuple[Sequence[PlaceMention], Place, Collection[str]]:
    """MENTIONS less those of a dateline abroad, the country that TEXT is about, and codes of the one it was filed from.

    No codes where nothing says that it was filed abroad. COUNTRY is the one that all MENTIONS speak for.
    """
    filed = [mention for mention in mentions if mention.role == "dateline"]
    if not filed:
        return mentions, country, ()
    bracket = BRACKETED.match(text, filed[0].end)
    if bracket is not None and (found := _printed_abroad(mentions, filed[0], bracket.end(), text)) is not None:
        return found
    rest = [mention for mention in mentions if mention.role != "dateline"]
    codes = {mention.place.country_code for mention in filed}
    if any(mention.place.country_code in codes for mention in rest):
        return mentions, country, ()
    told = country_votes(rest, words_for_countries(text))
    code, most = leader(told)
    seats = gazetteer().roles["seat"]
    least = LEAST_FROM_SEAT if all(fold(m.place.name) in seats for m in filed) else LEAST_ABROAD
    if code in codes or most < least or any(told.get(one or "", 0.0) > 0.0 for one in codes):
        return mentions, country, ()
    return rest, gazetteer().country(code) or country, ()


def _printed_abroad(
    mentions: Sequence[PlaceMention], filed: PlaceMention, end: int, text: str
) -> tuple[Sequence[PlaceMention], Place, Collection[str]] | None:
    """As :func:`told_from_abroad`, where the country of FILED stands in brackets up to END."""
    rest = [mention for mention in mentions if mention.start >= end]
    told = country_votes(rest, words_for_countries(text))
    codes = filed.place.country_codes
    own = max((told.get(code, 0.0) for code in codes), default=0.0)
    code, most = leader({code: votes for code, votes in told.items() if code not in codes})
    about = gazetteer().country(code) if most >= max(LEAST_PRINTED_ABROAD, LEAST_SHARE * own) else None
    return None if about is None else (rest, about, codes)
