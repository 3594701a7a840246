"""An incident's toll through time: for each measure and moment low / best / high from what was known then.

The rules, in the order they are applied (``docs/toll-rules.md`` tells them to readers):

1. Only a report's own asserted figure for this incident counts: no subset, running total, background, denial or fear.
2. Every independent source has one standing figure, its latest. A copy speaks for its original's source, and one that
   only repeats the figure says nothing new.
3. A looser word does not replace a firmer one it agrees with: after *47*, *at least 40* or *about 50* leave 47.
   *Dozens* and *hundreds* replace a firm figure only where they begin above twice of it.
4. The best figure is one source's, never a mean. A later figure takes its place
   where it is higher, if its authority is not lower than the best's, or it is told in the report's own voice; somebody
   else's, not a party's or a disputed one, if it is no more than a quarter higher or the best is older than a day;
   where it is lower, if the same source says it, its report says that it corrects, or its authority is higher, or both
   are official. The missing, displaced, detained and abducted may be found, return and go free: of those the latest
   figure is the best, up or down, unless its authority is lower and the best younger than a day.
5. low and high are the least low and the greatest high among the best and the figures that stand against it at that
   moment; an open or vague word that agrees with the best widens nothing. A lower figure told earlier than the best is
   overtaken after ``OVERTAKEN``; any other stands until it is ``STALE``.
6. high is null where the best figure has no upper bound and nobody gives one, or where a standing figure is *at least*
   more than every bound given; low is null where nobody gives a lower bound.
7. A step is written only where low, best or high changed, with the report that moved it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.incidents import authority
from etl.incidents.telling import Telling, speaks_of_incident
from etl.records import MEASURES, Claim, Figure, Measure, TollStep

OVERTAKEN = dt.timedelta(hours=3)
"""How long before the best figure a lower one still counts as told at the same time."""
STALE = dt.timedelta(hours=36)
"""How long a figure that differs from the best stands without being said again: a news day and its follow-up; later in
an incident's life, when news is rarer, half of the time since its first report."""
FRESH = dt.timedelta(days=1)
"""How long a figure of higher authority holds against a higher one of lower authority."""
FLUID: frozenset[Measure] = frozenset({"missing", "displaced", "detained", "abducted"})
EXACT, RANGE, OPEN, ABOUT, VAGUE = 4, 3, 2, 1, 0
_NO_TIME = dt.datetime.min.replace(tzinfo=dt.UTC)
_Known = tuple[int | None, int, int | None]


@dataclass(frozen=True, slots=True)
class Statement:
    """One report's figure for one measure of an incident, with the weight of who says it."""

    figure: Figure
    best: int
    rank: int
    corrects: bool
    published: dt.datetime | None
    source: str
    report_id: str
    is_copy: bool
    order: tuple[dt.datetime, bool, str]

    @property
    def firm(self) -> int:
        """How firmly the figure is bounded, from ``EXACT`` to ``VAGUE``; an open one has a bound on one side only."""
        low, high = self.figure.low, self.figure.high
        if low is None and high is None:
            return ABOUT
        if low is None or high is None:
            return OPEN
        if low == high:
            return EXACT
        return VAGUE if self.best == low and high >= 2 * low else RANGE

    def leaves_room_for(self, best: int) -> bool:
        """Whether another figure lies within this one's bounds, a tenth around *about*."""
        low, high = self.figure.low, self.figure.high
        if low is None and high is None:
            return 0.9 * self.best <= best <= 1.1 * self.best
        return (low is None or low <= best) and (high is None or best <= high)

    def sooner_than(self, other: Statement, span: dt.timedelta) -> bool:
        """Whether this was published less than a span before the other; true where a time is unknown."""
        return self.published is None or other.published is None or other.published - self.published <= span


@dataclass(frozen=True, slots=True)
class Course:
    """One measure's steps and the figures that stand at the end."""

    measure: Measure
    steps: tuple[TollStep, ...]
    standing: tuple[Statement, ...]
    best: Statement


def statements(tellings: Iterable[Telling]) -> dict[Measure, list[Statement]]:
    """What the tellings of one incident say of each measure, in order of publication."""
    said: dict[Measure, list[Statement]] = defaultdict(list)
    for telling in tellings:
        for measure in MEASURES:
            figure = telling.figures.get(measure)
            if figure is None or figure.best is None:
                continue
            claim = _speaker(telling, measure, figure)
            published = telling.source.published
            said[measure].append(
                Statement(
                    figure=figure,
                    best=figure.best,
                    rank=authority.PLAIN if claim is None else authority.rank(claim),
                    corrects=claim is not None and authority.corrects(claim),
                    published=published,
                    source=telling.source.name,
                    report_id=telling.source.report_id,
                    is_copy=telling.source.is_copy,
                    order=(published or _NO_TIME, telling.source.is_copy, telling.telling_id),
                )
            )
    return {measure: sorted(said[measure], key=lambda one: one.order) for measure in MEASURES if measure in said}


def _speaker(telling: Telling, measure: Measure, figure: Figure) -> Claim | None:
    """The claim that gave the telling its figure: the one that bears it, else the surest."""
    own = [claim for claim in telling.event.claims if claim.measure == measure and speaks_of_incident(claim)]
    return max(
        own,
        key=lambda claim: (claim.best == figure.best, authority.rank(claim), claim.confidence, claim.claim_id),
        default=None,
    )


def course(incident_id: str, measure: Measure, said: Sequence[Statement]) -> Course:
    """The steps of one measure; ``said`` holds at least one statement and is in order of publication."""
    standing: dict[str, Statement] = {}
    best: Statement | None = None
    known: _Known | None = None
    steps: list[TollStep] = []
    for statement in said:
        own = standing.get(statement.source)
        if own is not None and _adds_nothing(statement, own):
            continue
        standing[statement.source] = statement
        if best is None or _takes_over(statement, best, measure):
            best = statement
        elif best.source == statement.source:
            # The source withdrew the figure the toll rested on: the best of what stands takes its place.
            best = _best_of(standing.values())
        current = _current(standing.values(), best, since=said[0].published, now=statement.published)
        bounds = _bounds(current, best)
        if bounds != known:
            known = bounds
            low, figure, high = bounds
            steps.append(
                TollStep(
                    incident_id=incident_id,
                    measure=measure,
                    as_of=statement.published,
                    low=low,
                    best=figure,
                    high=high,
                    report_id=statement.report_id,
                )
            )
    if best is None:
        raise ValueError(f"no statement of {measure} in incident {incident_id}")
    current = _current(standing.values(), best, since=said[0].published, now=said[-1].published)
    return Course(measure, tuple(steps), tuple(current), best)


def _adds_nothing(statement: Statement, own: Statement) -> bool:
    """Rules 2 and 3: the same source repeats itself, or says the same in a looser word."""
    if statement.is_copy and statement.figure == own.figure:
        return True
    return statement.figure != own.figure and _is_looser(statement, own)


def _is_looser(statement: Statement, firm: Statement) -> bool:
    """Rule 3."""
    if statement.corrects or statement.firm >= firm.firm:
        return False
    if statement.firm == VAGUE and statement.best > firm.best:
        return statement.best <= 2 * firm.best
    return statement.leaves_room_for(firm.best)


def _takes_over(statement: Statement, best: Statement, measure: Measure) -> bool:
    """Rule 4."""
    if statement.best == best.best:
        return (statement.firm, statement.rank) >= (best.firm, best.rank)
    if _is_looser(statement, best):
        return False
    if statement.source == best.source:
        return True
    surer = statement.rank >= best.rank
    old = not best.sooner_than(statement, FRESH)
    if measure in FLUID:
        return surer or statement.corrects or (old and statement.rank > authority.PARTISAN)
    if statement.best > best.best:
        likely = old or 4 * statement.best <= 5 * best.best
        return surer or statement.rank >= authority.PLAIN or (likely and statement.rank > authority.PARTISAN)
    if statement.rank < authority.OTHER:
        return False
    return statement.corrects or statement.rank > best.rank or statement.rank == best.rank == authority.OFFICIAL


def _best_of(standing: Iterable[Statement]) -> Statement:
    return max(standing, key=lambda one: (min(one.rank, authority.PLAIN), one.order, one.best))


def _current(
    standing: Iterable[Statement], best: Statement, since: dt.datetime | None, now: dt.datetime | None
) -> list[Statement]:
    """Rule 5: the best figure and those that stand against it, in order of publication."""
    return [
        one
        for one in sorted(standing, key=lambda statement: statement.order)
        if one is best or _stands(one, best, since, now)
    ]


def _stands(one: Statement, best: Statement, since: dt.datetime | None, now: dt.datetime | None) -> bool:
    if one.firm <= OPEN and one.leaves_room_for(best.best) and not (one.firm == OPEN and one.figure.low is None):
        return False
    if one.published is None or now is None:
        return True
    if one.best < best.best and not one.sooner_than(best, OVERTAKEN):
        return False
    life = now - (since or one.published)
    return now - one.published <= max(STALE, life / 2)


def _bounds(current: Sequence[Statement], best: Statement) -> _Known:
    """Rules 5 and 6; low <= best <= high wherever they are said."""
    lows = [one.figure.low for one in current if one.figure.low is not None]
    highs = [one.figure.high for one in current if one.figure.high is not None]
    floors = [one.figure.low for one in current if one.figure.high is None and one.figure.low is not None]
    low = min(*lows, best.best) if lows else None
    if not highs or max(highs) < max(best.best, *floors, 0):
        return low, best.best, None
    return low, best.best, max(highs)
