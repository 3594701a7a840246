"""The events one report tells of: its claims gathered by when, where and in which breath they stand.

A report mostly tells one event, so claims stay together until the text sets them apart: by a place or a day of their
own that the event does not share, or, for arrests, by another sentence. The main event comes first: the first with
dead or hurt, in the order of the text.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from etl.extraction.stretches import MOST_CLAIMS, stretches
from etl.incidents.apart import (
    BODILY,
    are_apart,
    are_one_person,
    goes_on_being_counted,
    held_apart,
    is_own,
    is_set_apart,
    surnames,
)
from etl.incidents.asides import claims_beside
from etl.incidents.causes import no_one_meant_it
from etl.incidents.matching import MANY
from etl.incidents.report_toll import is_headline, tolls
from etl.incidents.series import without_sums
from etl.records import SECOND_READER, Claim, Event, Measure, Report

_HARMED = frozenset({"killed", "injured"})
_CLOCKS = dt.timedelta(days=1)
"""By so much an event's day may be later than its report's where their clocks differ."""
_REGION = 4
"""Place precision from which a place is a region, in which a town may be told of besides; wider ones are countries."""
_THE_OTHERS = ("the other ", "the others", "the rest", "the remaining ")


@dataclass(slots=True)
class _Cluster:
    claims: list[Claim] = field(default_factory=list)
    aside: bool = False
    """Whether it is another event that the report only mentions beside its own."""

    @property
    def sentences(self) -> set[int]:
        return {claim.span_start for claim in self.claims}

    @property
    def kinds(self) -> set[str]:
        return {"bodily" if claim.measure in BODILY else claim.measure for claim in self.claims}


def _tells(claim: Claim) -> bool:
    ours = not claim.extractor_version.startswith(SECOND_READER)
    return ours and claim.scope == "incident" and claim.polarity == "asserted"


def _is_refuted(claim: Claim, denied: Collection[tuple[Measure, int | None]]) -> bool:
    """Whether it is a rumour: its report doubts it and tells in other words that it is not so."""
    return claim.certainty == "disputed" and (claim.measure, claim.best) in denied


def _as_rumour(claim: Claim) -> Claim:
    """A refuted CLAIM as it counts: nobody, and at most as many as the rumour has."""
    return replace(claim, comparator="at_most", low=0, best=0, high=claim.best)


def _fits(cluster: _Cluster, claim: Claim) -> bool:
    if claim.measure not in BODILY and all(held_apart(claim, other) for other in cluster.claims):
        return False
    in_one_breath = claim.span_start in cluster.sentences
    return not any(are_apart(claim, other, in_one_breath=in_one_breath) for other in cluster.claims)


def _clusters(claims: Sequence[Claim]) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    beside = claims_beside(claims)
    for claim in claims:
        known = next((c for c in reversed(clusters) if any(are_one_person(claim, other) for other in c.claims)), None)
        if claim in beside and (known is None or known.aside):
            if not (clusters and clusters[-1].aside and claim.span_start in clusters[-1].sentences):
                clusters.append(_Cluster(aside=True))
            clusters[-1].claims.append(claim)
            continue
        home = next(
            (
                cluster
                for cluster in reversed(clusters)
                if not cluster.aside
                and (cluster is known or (claim.span_start in cluster.sentences and _fits(cluster, claim)))
            ),
            None,
        )
        if home is None and not (is_set_apart(claim) and any("bodily" in cluster.kinds for cluster in clusters)):
            home = next(
                (cluster for cluster in reversed(clusters) if not cluster.aside and _fits(cluster, claim)), None
            )
        if home is None:
            home = _Cluster()
            clusters.append(home)
        home.claims.append(claim)
    return clusters


def _restates_all(claim: Claim, clusters: Sequence[_Cluster]) -> bool:
    """Whether CLAIM only sums what several events gave ("in all, eleven people died in the two attacks")."""
    telling = [cluster for cluster in clusters if any(c.measure == claim.measure for c in cluster.claims)]
    if len(telling) < 2 or claim.best is None or is_own(claim.place_text, claim):
        return False
    figures = [
        figure.best
        for cluster in telling
        if (figure := tolls([c for c in cluster.claims if not _says_as_many(c, claim)]).get(claim.measure)) is not None
    ]
    return len(figures) > 1 and None not in figures and sum(f for f in figures if f) == claim.best


def _was_parted(total: Claim, claims: Sequence[Claim]) -> bool:
    """Whether the claims behind TOTAL part its people: "three were found dead. One was shot, the other two stabbed"."""
    parts = [claim for claim in claims if claim.measure == total.measure and claim.figure_start > total.figure_end]
    return any((part.victims or part.quantity).lower().startswith(_THE_OTHERS) for part in parts)


def _says_as_many(claim: Claim, other: Claim) -> bool:
    return claim is other or (claim.measure == other.measure and claim.best == other.best != 1)


def _told_once(claims: Sequence[Claim]) -> list[_Cluster]:
    """The clusters of CLAIMS, less the claims that only sum what several of them gave."""
    clusters = _clusters(claims)
    if len(clusters) > 1:
        if any(_was_parted(claim, claims) and _restates_all(claim, clusters) for claim in clusters[0].claims[:1]):
            return [_Cluster([claim for cluster in clusters for claim in cluster.claims])]
        for cluster in clusters:
            kept = [claim for claim in cluster.claims if not _restates_all(claim, clusters)]
            cluster.claims = kept or cluster.claims
    return clusters


def events_of(report: Report, claims: Sequence[Claim]) -> list[Event]:
    """Events that REPORT tells of, the main one first; each with its claims and its toll.

    Only asserted claims of scope ``incident`` make events; ``numbered`` writes the event's number back into the claims.
    """
    denied = {(claim.measure, claim.best) for claim in claims if claim.polarity == "denied" and claim.best}
    told = sorted(
        (_as_rumour(claim) if _is_refuted(claim, denied) else claim for claim in claims if _tells(claim)),
        key=lambda c: (c.figure_start, -c.figure_end, c.measure),
    )
    clusters = [cluster for some in stretches(told) for cluster in _told_once(without_sums(report.text, some))]
    clusters.sort(key=lambda cluster: (cluster.aside, "bodily" not in cluster.kinds, cluster.claims[0].figure_start))
    recalled = [claim for claim in claims if claim.scope == "background" and claim.polarity == "asserted"]
    if len(claims) > MOST_CLAIMS:
        # Each is compared with each: a book of claims is not one report that comes back to its event.
        recalled = []
    return [
        _event(report, index, cluster, [old for old in recalled if _is_of(old, cluster.claims)])
        for index, cluster in enumerate(clusters)
    ]


def _is_of(old: Claim, claims: Sequence[Claim]) -> bool:
    """Whether OLD tells of the one person again whom CLAIMS name as harmed."""
    return any(claim.measure in _HARMED and are_one_person(old, claim) for claim in claims)


def recalled_of(report: Report, claims: Sequence[Claim], events: Sequence[Event]) -> list[Event]:
    """Older events that CLAIMS of REPORT recall with their dead and hurt, and that EVENTS do not hold."""
    known = {word for event in events for claim in event.claims for word in surnames(claim)}
    old = [
        claim
        for claim in claims
        if claim.scope == "background"
        and claim.polarity == "asserted"
        and claim.measure in _HARMED
        and claim.best
        and not known & set(surnames(claim))
        and (len(claims) > MOST_CLAIMS or not any(_is_of(claim, event.claims) for event in events))
    ]
    recalled = []
    for number, cluster in enumerate(_clusters(old), len(events)):
        event = _event(report, number, cluster)
        recalled.append(replace(event, toll=tolls([replace(claim, scope="incident") for claim in cluster.claims])))
    return recalled


def only_recalled(report: Report, claims: Sequence[Claim], events: Sequence[Event]) -> list[Event]:
    """The older events of :func:`recalled_of` by what their own sentences say, without a toll of this report.

    A day or place that stands elsewhere in the report is that of its news, and says nothing of an older event; of many
    dead in April the report's country may be presumed. What has neither a name, nor a day with a place or with many
    dead, cannot be known again and is left out.
    """
    if all(claim.scope != "background" for claim in claims):
        return []
    first = 1 + max((event.index for event in events), default=-1)
    found: list[Event] = []
    for event in recalled_of(report, claims, events):
        own = [_by_own_words(claim) for claim in event.claims]
        if any(claim.victim_names or (claim.date_text and (claim.place_text or _are_many(claim))) for claim in own):
            made = _event(report, first + len(found), _Cluster(own))
            found.append(replace(made, claims=event.claims, toll={}))
    return found


def _by_own_words(claim: Claim) -> Claim:
    """CLAIM with the day and place that its sentence prints, and none else."""
    if not is_own(claim.date_text, claim):
        claim = replace(claim, date_text=None, date_start=None, date_end=None, date_precision=None)
    if is_own(claim.place_text, claim):
        return claim
    presumed = claim.date_text is not None and not claim.victim_names and claim.country_code is not None
    return replace(
        claim,
        place_text=None,
        place_name=None,
        place_names=(),
        place_precision=6 if presumed else None,
        adm1_name=None,
        adm1_code=None,
        country_code=claim.country_code if presumed else None,
        country_name=claim.country_name if presumed else None,
        latitude=None,
        longitude=None,
    )


def _are_many(claim: Claim) -> bool:
    """Whether so many died that two such events in one country and time are unlikely."""
    return claim.measure == "killed" and (claim.best or 0) >= MANY


def numbered(claims: Sequence[Claim], events: Sequence[Event]) -> list[Claim]:
    """CLAIMS with the number of the event each belongs to; null outside any event."""
    number = {claim.claim_id: event.index for event in events for claim in event.claims}
    return [replace(claim, event=number.get(claim.claim_id)) for claim in claims]


def _event(report: Report, index: int, cluster: _Cluster, recalled: Sequence[Claim] = ()) -> Event:
    """The event of CLUSTER; RECALLED are claims of background that tell of its one person again, when and where."""
    claims = cluster.claims
    dated = _dated(_not_after(report, [*claims, *recalled]))
    placed = _place_of([*claims, *recalled], report.dateline_place)
    names = dict.fromkeys(name for claim in [placed, *claims] for name in claim.place_names)
    return Event(
        report_id=report.report_id,
        index=index,
        claims=tuple(claims),
        toll=tolls(claims),
        cause=_cause_of(claims),
        date_start=dated.date_start,
        date_end=dated.date_end,
        date_precision=dated.date_precision,
        place_name=placed.place_name,
        place_names=tuple(names),
        place_precision=placed.place_precision,
        adm1_name=placed.adm1_name,
        adm1_code=placed.adm1_code,
        country_code=placed.country_code,
        country_name=placed.country_name,
        latitude=placed.latitude,
        longitude=placed.longitude,
    )


def _not_after(report: Report, claims: Sequence[Claim]) -> Sequence[Claim]:
    """CLAIMS less those of a day after REPORT's own, where others have a day.

    An entry kept up for years tells of the trial and the execution as well, and neither is when it happened.
    """
    if report.published is None:
        return claims
    last = report.published.date() + _CLOCKS
    told = [c for c in claims if c.date_start is None or c.date_start <= last]
    return told if any(c.date_start is not None for c in told) else claims


def _dated(claims: Sequence[Claim]) -> Claim:
    """The claim whose day stands for the event.

    Of the claims of people hurt, those whose sentence prints a day; of these the most precise and then the earliest,
    since deaths and counts come after the event. An arrest or "no one was hurt" dates it only where nothing else does,
    and a headline, which prints no day, only where the body tells of nobody.
    """
    hurt = [c for c in claims if c.measure in _HARMED and c.comparator != "none"] or list(claims)
    printed = [c for c in hurt if c.date_start is not None and is_own(c.date_text, c)]
    taken = [c for c in claims if c.measure == "abducted" and c.date_precision == 1 and is_own(c.date_text, c)]
    if taken and any(c.measure == "killed" for c in hurt):
        # Who was taken and later found dead: what happened to them began with the taking.
        return min([*taken, *printed], key=lambda c: (c.date_precision or 9, c.date_start or dt.date.max))
    if printed:
        counted = goes_on_being_counted(_cause_of(claims))
        return min(
            printed,
            key=lambda c: (
                c.date_precision or 9,
                not _names_day(c),
                (c.date_start or dt.date.max) if counted else dt.date.min,
            ),
        )
    known = [c for c in [*hurt, *claims] if c.date_start is not None]
    if no_one_meant_it(_cause_of(claims)):
        # Of an accident there is one day: one that some words told stands before the report's own.
        known = [c for c in known if c.date_text is not None] or known
    return next((c for c in known if not is_headline(c)), known[0] if known else claims[0])


def _names_day(claim: Claim) -> bool:
    """Whether its words name a day of the calendar ("24 August"), which "today" and "9 days ago" do not."""
    return any(letter.isdigit() for letter in claim.date_text or "") and " ago" not in (claim.date_text or "").lower()


def _place_of(claims: Sequence[Claim], dateline: str | None) -> Claim:
    """The claim whose place stands for the event.

    One with words of its own, then one placed by other words than the dateline's, which tell where the report was
    written; then the finest precision, then the first. A town or county that any claim has of an American state
    so found is finer than that ("at a motel in Florida ... in Escambia County"), and so is one in the part of a
    country ("eastern Uganda ... in Bududa").
    """
    written = dateline.casefold() if dateline else None
    first = min(
        claims,
        key=lambda c: (
            not is_own(c.place_text, c),
            c.place_text is None or c.place_text.casefold() == written,
            c.place_precision or 9,
        ),
    )
    wide = first.place_precision or 9
    if wide > _REGION:
        within = (c for c in claims if c.country_code and c.country_code == first.country_code)
        named = [c for c in within if c.place_text is not None and c.place_text.casefold() != written]
        finer = [c for c in named if (c.place_precision or 9) <= _REGION]
        return min(finer, key=lambda c: c.place_precision or 9, default=first)
    if wide < _REGION or first.adm1_code is None or first.country_code != "US":
        return first
    return next((c for c in claims if c.adm1_code == first.adm1_code and (c.place_precision or 9) < _REGION), first)


def _cause_of(claims: Sequence[Claim]) -> str | None:
    bodily = [claim for claim in claims if claim.measure in BODILY]
    votes = Counter(claim.cause for claim in bodily or claims if claim.cause)
    return (
        min(votes, key=lambda cause: (-votes[cause], next(i for i, c in enumerate(claims) if c.cause == cause)))
        if votes
        else None
    )
