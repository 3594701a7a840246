"""The events of one report as its reviewed claims tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl.incidents.events import events_of, only_recalled
from etl.records import Claim, Event, Report
from etl.reviews.claims import REJECTED, SPLIT


def marked(claim: Claim, mark: str) -> bool:
    """Whether the claim bears this mark of a decision."""
    return claim.review is not None and mark in claim.review.split(", ")


def events_as_reviewed(report: Report, claims: Sequence[Claim]) -> list[Event]:
    """The events of ``claims``, all of ``report``: rejected ones tell nothing, split ones stand apart.

    Older events that the report only recalls come last; of them it makes no incident, and brings no news.
    """
    told = [claim for claim in claims if not marked(claim, REJECTED)]
    found = events_of(report, told)
    if any(marked(claim, SPLIT) for claim in told):
        found = [part for event in found for part in _parted(report, event)]
    return [*found, *only_recalled(report, told, found)]


def _parted(report: Report, event: Event) -> Iterator[Event]:
    apart: dict[int, list[Claim]] = defaultdict(list)
    rest = []
    for claim in event.claims:
        if marked(claim, SPLIT) and claim.event is not None and claim.event != event.index:
            apart[claim.event].append(claim)
        else:
            rest.append(claim)
    if not apart or (not rest and len(apart) == 1):
        # Nothing to part: the decision concerns other reports' events.
        yield event
        return
    for index, claims in [*([(event.index, rest)] if rest else []), *sorted(apart.items())]:
        yield from (replace(one, index=index) for one in events_of(report, claims)[:1])
