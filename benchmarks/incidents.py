"""Score resolution's clusters on the gold incidents of muc4_dev beside two rivals.

    python -m benchmarks.incidents [--gold ../shared/bench/muc4_dev.jsonl] [--half 0] [--errors N]

Pairwise and B-cubed F1, where gold incidents of different texts with the same date, place and a shared victim string
are one; an incident without a victim is one by itself. *Lenient* leaves out the pairs the gold says nothing sure of: a
shared victim string at another grain of place or date (*EL SALVADOR* and *EL SALVADOR: SAN SALVADOR* for one murder).
The rivals are an exact key (country, place and day equal) and no joining at all.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations
from pathlib import Path
from typing import Any

from etl.incidents import resolve
from etl.incidents.telling import telling_id
from etl.records import Claim, Event, Figure, Measure, Report

_MONTHS = {name: number for number, name in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d{2})\b")
_CAUSES = {
    "ATTACK": None,
    "BOMBING": "bombing",
    "KIDNAPPING": "kidnapping",
    "ARSON": "fire",
    "ROBBERY": None,
    "FORCED WORK STOPPAGE": "protest or riot",
}
Keys = Sequence[Hashable]


def _claim(name: str, measure: Measure, figure: Figure, victims: tuple[str, ...]) -> Claim:
    return Claim(
        claim_id=hashlib.sha256(f"{name}{measure}{victims}{figure}".encode()).hexdigest()[:16],
        report_id=name,
        measure=measure,
        quantity=str(figure.best),
        comparator="exact",
        low=figure.low,
        best=figure.best,
        high=figure.high,
        quote="",
        span_start=0,
        span_end=0,
        figure_start=0,
        figure_end=0,
        victim_names=victims,
    )


def _fold(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9 ]+", " ", plain).split())


def _span(words: str) -> tuple[dt.date | None, dt.date | None, int | None]:
    """Days of a gold date; *- 15 JAN 90* (on or before) is a window of a month, as a careful reader would put it."""
    found = []
    for day, month, year in _DAY.findall(words):
        try:
            found.append(dt.date(1900 + int(year), _MONTHS[month], int(day)))
        except (KeyError, ValueError):  # the key has a few impossible days
            continue
    if not found:
        return None, None, None
    if words.strip().startswith("-"):
        return found[0] - dt.timedelta(days=30), found[0], 4
    days = (max(found) - min(found)).days
    return min(found), max(found), 1 if not days else 2 if days < 7 else 4 if days < 31 else 5


def _place(words: str) -> tuple[str, str | None, tuple[str, ...], int]:
    """Country, region, places from the finest and precision of *PERU: LIMA (CITY): SAN ISIDRO (NEIGHBORHOOD)*."""
    head, *parts = [part.strip() for part in words.split(":")]
    named = [re.sub(r"\s*\([^)]*\)", "", part).strip() for part in parts]
    kinds = [re.findall(r"\(([^)]*)\)", part) for part in parts]
    country = re.split(r" - ", head)[0].strip()
    if not named:
        return country, None, (), 6
    region = next(
        (n for n, kind in zip(named, kinds, strict=True) if kind and kind[0] in {"DEPARTMENT", "REGION"}), None
    )
    only_region = region is not None and len(named) == 1
    return country, region, tuple(name for name in reversed(named) if name), 4 if only_region else 1


def gold_events(path: Path, half: int | None = None) -> tuple[list[Event], list[Report], list[dict[str, Any]]]:
    """Every gold incident as an event, with its text as the report; ``half`` 0 or 1: of even or odd rows only."""
    events: list[Event] = []
    reports: list[Report] = []
    golds: list[dict[str, Any]] = []
    for number, line in enumerate(path.open(encoding="utf-8")):
        if half is not None and number % 2 != half:
            continue
        row = json.loads(line)
        published = dt.datetime.fromisoformat(row["published"]).replace(tzinfo=dt.UTC) if row["published"] else None
        reports.append(Report(report_id=row["id"], text="", published=published))
        for index, gold in enumerate(row["gold"]["incidents"]):
            events.append(_event(row["id"], index, gold))
            golds.append(gold)
    return events, reports, golds


def _event(name: str, index: int, gold: dict[str, Any]) -> Event:
    start, end, precision = _span(gold["date"] or "")
    country, region, places, grain = _place(gold["location"] or "")
    toll: dict[Measure, Figure] = {}
    claims: list[Claim] = []
    counts: Counter[Measure] = Counter()
    for victim in gold["victims"]:
        number = re.fullmatch(r"\d+", (victim["number"] or "").split("/")[0].strip())
        for effect, measure in (("DEATH", "killed"), ("INJURY", "injured")):
            if effect in victim["effect"]:
                counts["killed" if measure == "killed" else "injured"] += int(number.group()) if number else 0
    for measure_counted, count in counts.items():
        if count:
            toll[measure_counted] = Figure(count, count, count)
    names = tuple(sorted({name for victim in gold["victims"] for name in _names(victim["who"] or "")}))
    claims.append(_claim(f"{name}/{index}", "killed", toll.get("killed", Figure(0, 0, 0)), names))
    return Event(
        report_id=name,
        index=index,
        claims=tuple(claims),
        toll=toll,
        cause=_CAUSES.get(gold["type"]),
        date_start=start,
        date_end=end,
        date_precision=precision,
        country_code=country or None,
        country_name=country or None,
        adm1_code=region,
        place_name=places[0] if places else None,
        place_names=places,
        place_precision=grain,
    )


def _names(who: str) -> set[str]:
    return {folded for part in re.findall(r'"([^"]+)"', who) if (folded := _fold(part)) and len(folded) > 1}


def gold_keys(events: Sequence[Event], golds: Sequence[dict[str, Any]]) -> Keys:
    """Cluster of each gold incident: same date and place, and joined by shared victim strings across texts."""
    parent = list(range(len(golds)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    seen: dict[tuple[str, str, str], int] = {}
    for place, gold in enumerate(golds):
        for victim in gold["victims"]:
            for name in _names(victim["who"] or ""):
                first = seen.setdefault((gold["date"], gold["location"], name), place)
                if events[first].report_id != events[place].report_id:
                    parent[root(place)] = root(first)
    return [root(place) for place in range(len(golds))]


def unsure_pairs(events: Sequence[Event], gold: Keys) -> set[tuple[int, int]]:
    """Pairs the gold holds apart although they share a victim string of two words, their places and days permitting."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for place, event in enumerate(events):
        for name in event.claims[0].victim_names:
            by_name[name].append(place)
    found = {pair for members in by_name.values() for pair in combinations(members, 2)}
    return {
        (one, other) for one, other in found if gold[one] != gold[other] and _may_be_one(events[one], events[other])
    }


def _may_be_one(one: Event, other: Event) -> bool:
    if one.country_code != other.country_code:
        return False
    if one.place_names and other.place_names and not set(one.place_names) & set(other.place_names):
        return False
    if one.date_start is None or one.date_end is None or other.date_start is None or other.date_end is None:
        return True
    return max(one.date_start, other.date_start) <= min(one.date_end, other.date_end) + dt.timedelta(days=1)


def pairwise(gold: Keys, found: Keys, ignore: AbstractSet[tuple[int, int]] = frozenset()) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs that are in one cluster, but for the pairs to ignore."""
    true, ours = _pairs(gold) - ignore, _pairs(found) - ignore
    both = len(true & ours)
    precision, recall = both / max(1, len(ours)), both / max(1, len(true))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _pairs(keys: Keys) -> set[tuple[int, int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        groups[key].append(place)
    return {pair for members in groups.values() for pair in combinations(members, 2)}


def b_cubed(gold: Keys, found: Keys) -> tuple[float, float, float]:
    """Precision, recall and F1 averaged over incidents."""
    joint, true, ours = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    pairs = list(zip(gold, found, strict=True))
    precision = sum(joint[pair] / ours[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(joint[pair] / true[pair[0]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def score(path: Path, errors: int, half: int | None) -> None:
    """Print pairwise and B-cubed F1 of ours and the rivals."""
    events, reports, golds = gold_events(path, half)
    gold = gold_keys(events, golds)
    resolution = resolve(events, reports)
    ours = [resolution.incident_of[event.claims[0].claim_id] for event in events]
    rivals: dict[str, Callable[[Event], Hashable]] = {
        "exact key": lambda event: (event.country_code, event.place_names, event.date_start, event.date_end),
        "no joining": telling_id,
    }
    named: dict[str, Keys] = {"ours": ours} | {name: [key(event) for event in events] for name, key in rivals.items()}
    print(f"{len(events)} gold incidents of {path.name}, {len(set(gold))} once joined")
    unsure = unsure_pairs(events, gold)
    print(f"{'P, R, F1':12s} {'pairwise':20s} {'lenient':20s} {'B-cubed':20s}")
    for name, keys in named.items():
        columns = (pairwise(gold, keys), pairwise(gold, keys, unsure), b_cubed(gold, keys))
        print(f"{name:12s} " + " ".join(f"{_row(column):20s}" for column in columns))
    true, found = _pairs(gold), _pairs(ours) - unsure
    for title, wrong in (("joined, gold apart", found - true), ("apart, gold joined", true - found)):
        for one, other in sorted(wrong)[:errors]:
            print(f"\n{title}")
            for place in (one, other):
                print(f"  {events[place].report_id} {json.dumps(golds[place])}")


def _row(figures: tuple[float, float, float]) -> str:
    return " ".join(f"{figure:.3f}" for figure in figures)


def main() -> None:
    """Score the gold file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("../shared/bench/muc4_dev.jsonl"))
    parser.add_argument("--half", type=int, choices=(0, 1), help="only the texts of even (0) or odd (1) rows")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="also print N pairs of each kind of miss")
    args = parser.parse_args()
    if args.gold.exists():
        score(args.gold, args.errors, args.half)
    else:
        print(f"{args.gold} is not there: clusters were not scored")


if __name__ == "__main__":
    main()
