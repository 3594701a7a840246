"""How far two tellings of different reports speak for one incident: evidence added up, impossible pairs ruled out.

Every part gives a weight in the same unit (about the natural logarithm of the odds), or None where it rules the pair
out. The rules:

* place: the same spot speaks loudest, a shared spot among several less, a spot within ``NEAR_KM`` less again; a telling
  known only to its region or country may join any spot inside it, on weak evidence, and so may one whose place is only
  where the report was written; two regions are two incidents;
* time: the same day; then overlapping spans, weaker the wider; days apart only as far as the cause lasts;
* cause: the same word, the more the rarer the cause, or words that share a family; an unknown cause neither speaks nor
  forbids;
* figures: equal ones speak the louder the larger; growth from an earlier report to a later one is normal; a fall or a
  leap beyond what days explain speaks against, and between unlike tellings of one day it rules out;
* names: a shared victim is strong evidence, two lists of names without a common one are evidence against.
"""

from __future__ import annotations

import math

from etl.incidents import causes
from etl.incidents.telling import BODILY, Telling
from etl.records import Figure, Measure

LINK = 3.1
"""Evidence from which two tellings are held to be one incident: a little more than one town and one day."""
NEAR_KM = 30.0
WIDE_KM = 300.0
"""How far apart two spots at sea or in the air may be told."""
SHARED_NAME = 3.0
LONG_WORD = 4
"""Letters from which one word of a name tells people apart."""
RARE_DEAD = ((100, 3.0), (40, 2.0), (15, 1.0))
"""Dead in both tellings from which the pair weighs more, and by how much; chosen on the sample reports."""
RARE_UPROOTED = ((100_000, 3.0), (20_000, 2.0))
"""The same of people driven from their homes: so many are told of for weeks, and mostly without a day or a town."""
SAME_SPOT = 1.2
"""Weight of places from which on both tellings name one spot."""
FEW = 3
BESIDE, VAGUE = 1.2, 0.5
"""Weight against one incident where so few were harmed in each, no name is shared, and the two name spots beside each
other, or one of them none: a town and its neighbour both have such a day often enough."""
SMALL = 5
"""Up to this many people a differing figure tells two incidents apart, since counts so small are seldom wrong."""


def evidence(one: Telling, other: Telling) -> float | None:
    """Weight that both tell of one incident, ``LINK`` or more to join; None where they cannot."""
    place = place_evidence(one, other)
    if place is None or not causes.compatible(one.event.cause, other.event.cause):
        return None
    time = time_evidence(one, other)
    if time is None:
        return None
    figures = figure_evidence(one, other)
    if figures is None:
        return None
    total = place + time + figures + names_evidence(one, other) + causes.evidence(one.event.cause, other.event.cause)
    if place < SAME_SPOT and not (one.people and other.people) and 0 < max(_harmed(one), _harmed(other)) <= FEW:
        total -= BESIDE if one.fine and other.fine else VAGUE
    if one.source.original == other.source.original:
        total += 1.0
    return total + _rarity(one, other)


def _rarity(one: Telling, other: Telling) -> float:
    """Weight of how seldom so many die, or flee, at once.

    Two tellings of scores of dead in one country and time are hardly two incidents, however loosely each says where.
    """
    fewest = min(_killed(one), _killed(other))
    uprooted = min((telling.compared.get("displaced", NOBODY).best or 0) for telling in (one, other))
    weights = [weight for people, weight in RARE_DEAD if fewest >= people]
    weights += [weight for people, weight in RARE_UPROOTED if uprooted >= people]
    return max(weights, default=0.0)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) points in kilometres."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    chord = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(chord)))


def _near(one: Telling, other: Telling) -> bool:
    if one.point is None or other.point is None:
        return False
    reach = WIDE_KM if 7 in (one.event.place_precision, other.event.place_precision) else NEAR_KM
    return kilometres(one.point, other.point) <= reach


def place_evidence(one: Telling, other: Telling) -> float | None:
    """Weight of the places, None where they are two places."""
    if one.country and other.country and one.country != other.country:
        return 0.5 if one.fine and other.fine and _near(one, other) else None
    if one.fine and other.fine:
        return _of_spots(one, other)
    if one.written_there or other.written_there:
        return 1.2 if one.spot is not None and one.spot == other.spot else 0.4
    if not (one.country and other.country):
        return 1.5 if one.spot and one.spot == other.spot else 0.0
    if one.adm1 and other.adm1:
        if one.adm1 == other.adm1:
            return 1.0
        return 1.0 if one.spots & other.spots else None
    return 1.0 if one.spots & other.spots else 0.7


def _of_spots(one: Telling, other: Telling) -> float | None:
    if one.spot == other.spot and not _two_of_one_name(one, other):
        return 1.5
    if one.spot in other.spots or other.spot in one.spots:
        return 1.2
    return 1.0 if one.spots & other.spots or _near(one, other) else None


def _two_of_one_name(one: Telling, other: Telling) -> bool:
    return bool(one.adm1 and other.adm1 and one.adm1 != other.adm1) and not _near(one, other)


def time_evidence(one: Telling, other: Telling) -> float | None:
    """Weight of the days, None where the spans cannot be one incident's."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return 0.0
    gap = max(one.start, other.start) - min(one.end, other.end)
    if one.exact and other.exact:
        if gap <= 0:
            return 1.5 if one.start == other.start and one.end == other.end else 1.2
        known = (causes.days(one.event.cause), causes.days(other.event.cause))
        if gap > max(1, min(known)):
            return None
        return -1.5 if gap > 1 else 0.5 if max(known) > 2 else 0.0
    if gap > 1:
        return 0.0 if max(one.since or 0, other.since or 0) - min(one.end, other.end) <= 1 else None
    if not (one.dated and other.dated):
        return 0.0
    width = max(one.end - one.start, other.end - other.start)
    return (1.0 if width <= 7 else 0.5 if width <= 31 else 0.0) - (0.5 if gap > 0 else 0.0)


def figure_evidence(one: Telling, other: Telling) -> float | None:
    """Weight of all figures both give; None where they contradict each other wildly and nothing else binds them."""
    both = one.compared.keys() & other.compared.keys()
    total = 0.0
    for measure in both:
        weight = one_figure(one, other, measure)
        total += weight if measure == "killed" else weight / 2
    if total <= WILD and one.event.cause != other.event.cause and one.source.original != other.source.original:
        return None
    bodily = bool(one.compared.keys() & BODILY) and bool(other.compared.keys() & BODILY)
    if bodily and "killed" not in both and max(_killed(one), _killed(other)) >= MANY:
        # Many dead are never left out by a report that counts the hurt; one of refugees or arrests may leave them out.
        total -= 1.0
    elif bodily and not both:
        total -= 0.5
    return total


def _killed(telling: Telling) -> int:
    return telling.compared.get("killed", NOBODY).best or 0


def _harmed(telling: Telling) -> int:
    return max((telling.compared[measure].best or 0 for measure in telling.compared.keys() & BODILY), default=0)


WILD = -2.0
MANY = 20
"""From this many people on, a figure close to another is no accident."""
NOBODY = Figure(0, 0, 0)


def one_figure(one: Telling, other: Telling, measure: Measure) -> float:
    """Weight of one measure's two figures."""
    first, then = sorted((one, other), key=lambda telling: telling.order)
    days = _days_between(first, then)
    before, after = first.compared[measure], then.compared[measure]
    if measure == "missing" and (after.best or 0) < (before.best or 0):
        # Who was missing is found, alive or dead: fewer of them is the growth of what is known.
        before, after = after, before
    return compare(before, after, days)


def _days_between(first: Telling, then: Telling) -> float:
    if first.source.published is None or then.source.published is None:
        return 3.0
    return (then.source.published - first.source.published).total_seconds() / 86_400


def compare(first: Figure, then: Figure, days: float) -> float:
    """Weight of an earlier and a later figure, ``days`` apart: equal, grown, fallen or contradictory."""
    before, after = first.best or 0, then.best or 0
    if before == after:
        loose = first.low is None or first.high is None or then.low is None or then.high is None
        weight = 0.7 if after <= 3 else 1.2 if after <= 10 else 1.8
        return weight * (0.8 if loose else 1.0)
    smaller, larger = sorted((before, after))
    ratio = (larger + 1) / (smaller + 1)
    if smaller >= MANY and larger - smaller <= 0.1 * larger:
        return 2.0 if smaller >= 5 * MANY else 1.5
    if smaller >= MANY and after > before and larger - smaller <= 0.25 * larger:
        return 0.8
    if _overlap(first, then) and ratio <= 3:
        return 0.6
    if larger <= SMALL:
        # *No deaths had been confirmed by midday*, then two, then five: a count that grows contradicts nothing.
        return -0.2 if after > before else -0.7
    normal = 3.0 + 4.0 * days if after > before else 1.5
    if ratio <= normal:
        return 0.3 if ratio <= 3 else 0.0
    return -0.5 if ratio <= 2 * normal else WILD


def _overlap(one: Figure, other: Figure) -> bool:
    floor_one, floor_other = _or(one.low, 0.9, one.best), _or(other.low, 0.9, other.best)
    roof_one = math.inf if one.high is None and one.low is not None else _or(one.high, 1.1, one.best)
    roof_other = math.inf if other.high is None and other.low is not None else _or(other.high, 1.1, other.best)
    return max(floor_one, floor_other) <= min(roof_one, roof_other)


def _or(bound: int | None, share: float, best: int | None) -> float:
    # An unbounded "about 50" is taken to mean within a tenth.
    return float(bound) if bound is not None else share * (best or 0)


def names_evidence(one: Telling, other: Telling) -> float:
    """Weight of the victims' names."""
    if not one.people or not other.people:
        return 0.0
    shared = max((min(len(a), len(b)) for a in one.people for b in other.people if same_person(a, b)), default=0)
    if shared:
        return SHARED_NAME if shared > 1 else SHARED_NAME / 2
    few = max((figure.best or 0) for telling in (one, other) for figure in (*telling.compared.values(), NOBODY))
    return -3.0 if few <= SMALL else -0.5


def same_person(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two folded names may be one person's: all words of the shorter stand in the longer, one of them long."""
    shorter = one if len(one) <= len(other) else other
    return shorter <= (other if shorter is one else one) and any(len(word) >= LONG_WORD for word in shorter)
