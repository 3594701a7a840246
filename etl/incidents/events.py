"""The events one report tells of: its claims gathered by when, where and in which breath they stand.

A report mostly tells one event, so claims stay together until the text sets them apart: by a place or a day of their
own that the event does not share, or, for arrests, by another sentence. The main event comes first: the first with
dead or hurt, in the order of the text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from etl.calendar_words import is_presumed
from etl.extraction.lexicons import any_phrase, mapping
from etl.extraction.stretches import stretches
from etl.incidents.asides import claims_beside
from etl.incidents.report_toll import tolls
from etl.incidents.same_people import People, clash, people_of
from etl.incidents.series import without_sums
from etl.records import SECOND_READER, Claim, Event, Measure, Report

_ELSEWHERE = re.compile(r"\b" + any_phrase("events.elsewhere") + r"\b", re.IGNORECASE)
_IN = re.compile(
    r"\b(?:in|at|near|outside|on|of|around|inside|across)\s+(?:the\s+)?(?:[\w'-]+\s+){0,3}$", re.IGNORECASE
)
_DEED = re.compile(r"\b" + any_phrase("events.deed"), re.IGNORECASE)
"""A noun of killing right before the victim it governs."""
_BEFORE_VICTIM = 80
_HARMED = frozenset({"killed", "injured"})
_BODILY = frozenset({"killed", "injured", "missing", "displaced", "abducted"})
_HURT = frozenset({"killed", "injured"})
_PRESUMED_DAYS = dt.timedelta(days=2)
_FOLLOW_UP = dt.timedelta(days=45)
_OWN_PRECISION = 3
"""Places up to this precision (a town, near one, a district) may set two events apart; larger ones contain."""


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
        return {"bodily" if claim.measure in _BODILY else claim.measure for claim in self.claims}


def _tells(claim: Claim) -> bool:
    ours = not claim.extractor_version.startswith(SECOND_READER)
    return ours and claim.scope == "incident" and claim.polarity == "asserted"


def _is_refuted(claim: Claim, denied: Collection[tuple[Measure, int | None]]) -> bool:
    """Whether it is a rumour: its report doubts it and tells in other words that it is not so."""
    return claim.certainty == "disputed" and (claim.measure, claim.best) in denied


def _own(words: str | None, claim: Claim) -> bool:
    return bool(words) and str(words) in claim.quote


def _located(claim: Claim) -> bool:
    """Whether the claim's sentence says that something was *in* the claim's place, not only names it."""
    words = claim.place_text
    at = claim.quote.find(words) if words else -1
    return at >= 0 and bool(_IN.search(claim.quote, max(0, at - 40), at))


def _held_apart(claim: Claim, other: Claim) -> bool:
    """Whether an arrest stands apart from OTHER: another sentence, and a town or a day of its own."""
    if claim.span_start == other.span_start or other.measure == claim.measure:
        return False
    elsewhere = _located(claim) and not set(claim.place_names) & set(other.place_names)
    return elsewhere or (_own(claim.date_text, claim) and _cannot_be_one_day(claim, other))


def _hazards_apart(claim: Claim, other: Claim) -> bool:
    """Whether the two stand in different sentences and tell of hazards that do not bring each other about."""
    if claim.span_start == other.span_start or claim.cause is None or other.cause is None:
        return False
    families = hazard_families()
    first, second = families.get(claim.cause), families.get(other.cause)
    return first is not None and second is not None and first != second


@lru_cache(maxsize=1)
def hazard_families() -> dict[str, str]:
    """Cause to its family of hazards; causes of one family may bring each other about (earthquake, tsunami)."""
    return mapping("hazards.csv", "family")


def _days_apart(claim: Claim, other: Claim) -> bool:
    """Whether both print a day of their own and the two cannot be the same."""
    if not (_own(claim.date_text, claim) and _own(other.date_text, other)):
        return False
    return _cannot_be_one_day(claim, other)


def _cannot_be_one_day(claim: Claim, other: Claim) -> bool:
    return _before(claim.date_end, _earliest(other)) or _before(other.date_end, _earliest(claim))


def _earliest(claim: Claim) -> dt.date | None:
    """The earliest day a claim may tell of: some days before the report's, where that is only presumed."""
    if claim.date_start is None or not is_presumed(claim.date_start, claim.date_end, claim.date_precision):
        return claim.date_start
    return claim.date_start - _PRESUMED_DAYS


def _weeks_apart(claim: Claim, other: Claim) -> bool:
    """Whether more than ``_FOLLOW_UP`` lies between the days: too long for a report to follow one event up."""
    if claim.date_start is None or other.date_start is None:
        return False
    return abs(claim.date_start - other.date_start) > _FOLLOW_UP


def _before(first: dt.date | None, second: dt.date | None) -> bool:
    return first is not None and second is not None and first < second


def _places_apart(claim: Claim, other: Claim) -> bool:
    """Whether both print a town of their own and the two are different."""
    if not (_located(claim) and _located(other)):
        return False
    if claim.country_code != other.country_code:
        return claim.country_code is not None and other.country_code is not None
    if (claim.place_precision or 9) > _OWN_PRECISION or (other.place_precision or 9) > _OWN_PRECISION:
        return claim.adm1_code is not None and other.adm1_code is not None and claim.adm1_code != other.adm1_code
    return not set(claim.place_names) & set(other.place_names)


def _named_apart(claim: Claim, other: Claim) -> bool:
    """Whether both name their dead or hurt, and name others."""
    if not (claim.victim_names and other.victim_names):
        return False
    return not set(_surnames(claim)) & set(_surnames(other))


def _surnames(claim: Claim) -> list[str]:
    return [word.lower() for name in claim.victim_names for word in name.split()[1:]]


def _two_deeds(claim: Claim, other: Claim) -> bool:
    """Whether two people are each told of in a murder of their own ("the murder of X and the murder of Y")."""
    return _named_apart(claim, other) and _is_deed(claim) and _is_deed(other)


def _is_deed(claim: Claim) -> bool:
    at = claim.figure_start - claim.span_start
    return _DEED.search(" ".join(claim.quote[max(0, at - _BEFORE_VICTIM) : at].split()) + " ") is not None


def _counted_apart(claim: Claim, other: Claim) -> bool:
    """Whether each tells to the day when another number suffered the same, so that neither restates the other."""
    to_the_day = claim.date_precision == 1 == other.date_precision
    return to_the_day and claim.measure == other.measure and claim.comparator == "exact" and claim.best != other.best


def _others_apart(claim: Claim, other: Claim) -> bool:
    """Whether the two tell to the day of people who cannot be the same: other names, or other nouns altogether."""
    first, second = people_of(claim), people_of(other)
    if first.names and second.names:
        return clash(first, second)
    to_the_day = claim.date_precision == 1 == other.date_precision
    return to_the_day and _is_told_anew(first) and _is_told_anew(second) and not first.words & second.words


def _is_told_anew(people: People) -> bool:
    return not (people.general or people.pronoun or (people.definite and people.value == 1))


def _one_person(claim: Claim, other: Claim) -> bool:
    """Whether both name the one person who died or was hurt, whom nothing befalls twice."""
    if claim.measure != other.measure or claim.best != 1 or other.best != 1:
        return False
    return bool(set(claim.victim_names) & set(other.victim_names))


def _fits(cluster: _Cluster, claim: Claim) -> bool:
    if any(_hazards_apart(claim, other) for other in cluster.claims):
        return False
    if claim.measure not in _BODILY and all(_held_apart(claim, other) for other in cluster.claims):
        return False
    if any(_two_deeds(claim, other) for other in cluster.claims):
        return False
    if claim.span_start in cluster.sentences:
        return not any(_places_apart(claim, other) and _days_apart(claim, other) for other in cluster.claims)
    if any(
        _days_apart(claim, other)
        and (
            _set_apart(claim)
            or _weeks_apart(claim, other)
            or _named_apart(claim, other)
            or _others_apart(claim, other)
            or _counted_apart(claim, other)
        )
        for other in cluster.claims
    ):
        return False
    return not any(_places_apart(claim, other) for other in cluster.claims)


def _set_apart(claim: Claim) -> bool:
    before = claim.quote[: max(0, claim.figure_start - claim.span_start)]
    return bool(_ELSEWHERE.search(before))


def _clusters(claims: Sequence[Claim]) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    beside = claims_beside(claims)
    for claim in claims:
        if claim in beside:
            if not (clusters and clusters[-1].aside and claim.span_start in clusters[-1].sentences):
                clusters.append(_Cluster(aside=True))
            clusters[-1].claims.append(claim)
            continue
        home = next(
            (
                cluster
                for cluster in reversed(clusters)
                if not cluster.aside
                and (
                    any(_one_person(claim, other) for other in cluster.claims)
                    or (claim.span_start in cluster.sentences and _fits(cluster, claim))
                )
            ),
            None,
        )
        if home is None and not (_set_apart(claim) and any("bodily" in cluster.kinds for cluster in clusters)):
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
    figures = [
        figure.best
        for cluster in clusters
        if (figure := tolls([c for c in cluster.claims if c is not claim]).get(claim.measure)) is not None
    ]
    return (
        len(figures) > 1
        and None not in figures
        and sum(f for f in figures if f) == claim.best
        and not _own(claim.place_text, claim)
    )


def _told_once(claims: Sequence[Claim]) -> list[_Cluster]:
    """The clusters of CLAIMS, less the claims that only sum what several of them gave."""
    clusters = _clusters(claims)
    if len(clusters) > 1:
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
        (claim for claim in claims if _tells(claim) and not _is_refuted(claim, denied)),
        key=lambda c: (c.figure_start, -c.figure_end, c.measure),
    )
    clusters = [cluster for some in stretches(told) for cluster in _told_once(without_sums(report.text, some))]
    clusters.sort(key=lambda cluster: (cluster.aside, "bodily" not in cluster.kinds, cluster.claims[0].figure_start))
    return [_event(report, index, cluster) for index, cluster in enumerate(clusters)]


def recalled_of(report: Report, claims: Sequence[Claim], events: Sequence[Event]) -> list[Event]:
    """Older events that CLAIMS of REPORT recall with their dead and hurt, and that EVENTS do not hold."""
    known = {word for event in events for claim in event.claims for word in _surnames(claim)}
    old = [
        claim
        for claim in claims
        if claim.scope == "background"
        and claim.polarity == "asserted"
        and claim.measure in _HARMED
        and claim.best
        and not known & set(_surnames(claim))
    ]
    recalled = []
    for number, cluster in enumerate(_clusters(old), len(events)):
        event = _event(report, number, cluster)
        recalled.append(replace(event, toll=tolls([replace(claim, scope="incident") for claim in cluster.claims])))
    return recalled


def numbered(claims: Sequence[Claim], events: Sequence[Event]) -> list[Claim]:
    """CLAIMS with the number of the event each belongs to; null outside any event."""
    number = {claim.claim_id: event.index for event in events for claim in event.claims}
    return [replace(claim, event=number.get(claim.claim_id)) for claim in claims]


def _event(report: Report, index: int, cluster: _Cluster) -> Event:
    claims = cluster.claims
    dated = _dated(claims)
    placed = _place_of(claims, report.dateline_place)
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


def _dated(claims: Sequence[Claim]) -> Claim:
    """The claim whose day stands for the event.

    Of the claims of people hurt, those whose sentence prints a day; of these the most precise and then the earliest,
    since deaths and counts come after the event. An arrest or "no one was hurt" dates it only where nothing else does.
    """
    hurt = [c for c in claims if c.measure in _HURT and c.comparator != "none"] or list(claims)
    printed = [c for c in hurt if c.date_start is not None and _own(c.date_text, c)]
    taken = [c for c in claims if c.measure == "abducted" and c.date_precision == 1 and _own(c.date_text, c)]
    if taken and any(c.measure == "killed" for c in hurt):
        # Who was taken and later found dead: what happened to them began with the taking.
        return min([*taken, *printed], key=lambda c: (c.date_precision or 9, c.date_start or dt.date.max))
    if printed:
        return min(printed, key=lambda c: (c.date_precision or 9, not _names_day(c)))
    return next((c for c in [*hurt, *claims] if c.date_start is not None), claims[0])


def _names_day(claim: Claim) -> bool:
    """Whether its words name a day of the calendar ("24 August"), which "today" and "9 days ago" do not."""
    return any(letter.isdigit() for letter in claim.date_text or "") and " ago" not in (claim.date_text or "").lower()


def _place_of(claims: Sequence[Claim], dateline: str | None) -> Claim:
    """The claim whose place stands for the event.

    One with words of its own, then one placed by other words than the dateline's, which tell where the report was
    written; then the finest precision, then the first.
    """
    written = dateline.casefold() if dateline else None
    return min(
        claims,
        key=lambda c: (
            not _own(c.place_text, c),
            c.place_text is None or c.place_text.casefold() == written,
            c.place_precision or 9,
        ),
    )


def _cause_of(claims: Sequence[Claim]) -> str | None:
    bodily = [claim for claim in claims if claim.measure in _BODILY]
    votes = Counter(claim.cause for claim in bodily or claims if claim.cause)
    return (
        min(votes, key=lambda cause: (-votes[cause], next(i for i, c in enumerate(claims) if c.cause == cause)))
        if votes
        else None
    )
