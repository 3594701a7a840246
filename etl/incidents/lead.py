"""Whether an event is the one its report leads with: the story, whatever the event's standing among others.

News of today opens with what happened: the headline tells of harm, and the first sentences count it. The standing of
an event is learned from texts about violence whose writers were not asked for accidents and disasters, and among which
few have a headline, so it says little of such a lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from etl.extraction.candidates import may_hold_claim
from etl.extraction.lexicons import any_phrase
from etl.extraction.parsing.truecase import is_upper_case
from etl.incidents.asides import HARMED
from etl.incidents.causes import no_one_meant_it
from etl.records import Claim, Event, Report

_OPENING = 600
"""Characters in which a report comes to what it leads with."""
_UNDER_HEADLINE = 2000
"""The same where its headline tells of harm."""
_HEADLINES = 400
_LONGEST_HEADLINE = 160
_FEWEST_WORDS = 3
_SENTENCE = 12
"""Words of a line that ends with a stop from which it is no caption but the body."""
_STOPS = (*".!?:;,…)", '."', ".”", "?”", "!”", ".'", ".’")
_WEEK = timedelta(days=7)
_DAYS = 2
"""Date precision up to which an event is dated to its days."""
_SEVERAL = 2
"""Dead or hurt from which a number with a day is news without a headline."""
_ARMED = frozenset({"combatant", "perpetrator", "security"})
_HARM = re.compile(r"(?<!\w)" + any_phrase("lead.harm") + r"(?!\w)", re.IGNORECASE)


def leads(report: Report, event: Event) -> bool:
    """Whether EVENT, the first of REPORT with dead or hurt, is what the report opens with as its news."""
    claims = [claim for claim in event.claims if claim.measure in HARMED]
    if any(claim.scope == "background" for claim in claims):
        return False
    start = claims[0].span_start
    if start <= _OPENING and no_one_meant_it(event.cause):
        return True
    if start > _UNDER_HEADLINE:
        return False
    return _is_of_this_week(report, claims) or any(
        may_hold_claim(line) or _HARM.search(line) for line in headlines(report.text)
    )


def _is_of_this_week(report: Report, claims: Sequence[Claim]) -> bool:
    """Whether CLAIMS count dead and hurt of the days before their report, and not of combat.

    Copy in capitals is of old wires, which brought speeches and war bulletins as well: those the standing knows better.
    """
    if is_upper_case(report.text[:_HEADLINES]):
        return False
    today = report.published.date() if report.published is not None else report.dateline_date
    if today is None or all(claim.victim_category in _ARMED for claim in claims):
        return False
    counted = any(claim.comparator != "vague" and (claim.best or 0) >= _SEVERAL for claim in claims)
    return counted and any(
        claim.date_text is not None
        and claim.date_text in claim.quote
        and (claim.date_precision or 5) <= _DAYS
        and claim.date_start is not None
        and timedelta(0) <= today - claim.date_start <= _WEEK
        for claim in claims
    )


def headlines(text: str) -> Iterator[str]:
    """Lines of TEXT's opening that stand alone and end without a stop: its headline and what stands around it."""
    start = 0
    while start < min(_HEADLINES, len(text)):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].strip()
        if (
            len(line) <= _LONGEST_HEADLINE
            and not line.endswith(_STOPS)
            and len(line.split()) >= _FEWEST_WORDS
            and _stands_alone(text, end)
        ):
            yield line
        if line.endswith(_STOPS) and len(line.split()) >= _SENTENCE:
            return
        start = end + 1


def _stands_alone(text: str, end: int) -> bool:
    """Whether the line that ends at END does not go on in the next: a blank line or a line as long as a paragraph."""
    following = text.find("\n", end + 1)
    following = len(text) if following < 0 else following
    line = text[end + 1 : following].strip()
    return end < len(text) and (not line or len(line) > _LONGEST_HEADLINE)
