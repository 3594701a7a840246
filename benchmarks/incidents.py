"""Score resolution's clusters on the gold incidents of muc4_dev beside two rivals.

    python -m benchmarks.incidents [--gold ../shared/bench/muc4_dev.jsonl] [--half 0] [--errors N]

Gold incidents of different texts with the same date, place and a shared victim string are one, and so are those joined
through a third; an incident without a victim is one by itself. Pairwise and B-cubed F1 are printed under each reading
of *the same date and place*:

* *printed*: the strings of date and place are equal;
* *spans*: the days that the date strings name are equal (*- 16 NOV 89* and *16 NOV 89*), and the folded places;
* *sure*: as *spans*, but pairs of which the gold says nothing sure are left out, ours and theirs alike. Those are the
  pairs that hang together by tellings that may be one: a victim string of two words whose words all stand in the
  other's, places of which one lies in the other (*EL SALVADOR*, *EL SALVADOR: SAN SALVADOR (CITY)*), and days that do
  not exclude each other, *- 27 NOV 89* being any day up to then.

The first two take one murder told in many texts for as many as its date is printed in ways: what joins them all, as the
tables should, cannot reach a high pairwise precision there, and the exact key, which joins equal fills and nothing
else, is near the best that can be had. The rivals are that key (country, place and days equal) and no joining at all.
"""

from __future__ import annotations

import argparse
import contextlib
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
from etl.incidents.clustering import Roots
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
Gold = dict[str, Any]
"""One gold incident: type, date, location and victims as the key prints them."""


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
    found = muc_days(words)
    if found is None:
        return None, None, None
    found = (min(found), max(found))
    if words.strip().startswith("-"):
        return found[0] - dt.timedelta(days=30), found[0], 4
    days = abs((found[1] - found[0]).days)
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


def gold_events(path: Path, half: int | None = None) -> tuple[list[Event], list[Report], list[Gold]]:
    """Every gold incident as an event, with its text as the report; ``half`` 0 or 1: of even or odd rows only."""
    events: list[Event] = []
    reports: list[Report] = []
    golds: list[Gold] = []
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


def _event(name: str, index: int, gold: Gold) -> Event:
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


def muc_days(words: str) -> tuple[dt.date, dt.date] | None:
    """First and last day that a gold date names, as the scorer of the gold set reads it."""
    found = []
    for day, month, year in _DAY.findall(words):
        with contextlib.suppress(KeyError, ValueError):  # the key has a few impossible days
            found.append(dt.date(1900 + int(year), _MONTHS[month], int(day)))
    return (found[0], found[-1]) if found else None


def printed(gold: Gold) -> Hashable:
    """Date and place as the key prints them."""
    return gold["date"], gold["location"]


def as_spans(gold: Gold) -> Hashable:
    """The days that the date names and the folded place."""
    return muc_days(gold["date"] or ""), _fold(gold["location"] or "")


def gold_keys(events: Sequence[Event], golds: Sequence[Gold], reading: Callable[[Gold], Hashable]) -> Keys:
    """Cluster of each gold incident: same date and place, and joined by shared victim strings across texts."""
    sets = Roots(len(golds))
    seen: dict[tuple[Hashable, str], int] = {}
    for place, (event, gold) in enumerate(zip(events, golds, strict=True)):
        for name in event.claims[0].victim_names:
            first = seen.setdefault((reading(gold), name), place)
            if events[first].report_id != event.report_id:
                sets.join(first, place)
    return [sets.of(place) for place in range(len(golds))]


def unsure_pairs(events: Sequence[Event], golds: Sequence[Gold], gold: Keys) -> set[tuple[int, int]]:
    """Pairs that hang together by tellings that may be one, and that ``gold`` holds apart."""
    sets = Roots(len(golds))
    named = [[frozenset(name.split()) for name in event.claims[0].victim_names] for event in events]
    for one, other in combinations(range(len(golds)), 2):
        if events[one].report_id == events[other].report_id or not any(
            len(name | another) > 1 and (name <= another or another <= name)
            for name in named[one]
            for another in named[other]
        ):
            continue
        if _may_be_one(golds[one], golds[other]):
            sets.join(one, other)
    return {(one, other) for one, other in _pairs([sets.of(p) for p in range(len(golds))]) if gold[one] != gold[other]}


def _may_be_one(one: Gold, other: Gold) -> bool:
    places = [
        {_fold(part) for part in re.sub(r"\([^)]*\)", "", gold["location"] or "").split(":")} for gold in (one, other)
    ]
    if not (places[0] <= places[1] or places[1] <= places[0]):
        return False
    (first, last), (start, end) = _open_days(one["date"] or ""), _open_days(other["date"] or "")
    return max(first, start) <= min(last, end)


def _open_days(words: str) -> tuple[dt.date, dt.date]:
    days = muc_days(words)
    if days is None:
        return dt.date.min, dt.date.max
    return (dt.date.min if words.strip().startswith("-") else days[0]), days[1]


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
    resolution = resolve(events, reports)
    ours = [resolution.incident_of[event.claims[0].claim_id] for event in events]
    rivals: dict[str, Callable[[Event], Hashable]] = {
        "exact key": lambda event: (event.country_code, event.place_names, event.date_start, event.date_end),
        "no joining": telling_id,
    }
    named: dict[str, Keys] = {"ours": ours} | {name: [key(event) for event in events] for name, key in rivals.items()}
    strict, gold = gold_keys(events, golds, printed), gold_keys(events, golds, as_spans)
    unsure = unsure_pairs(events, golds, gold)
    print(
        f"{len(events)} gold incidents of {path.name}; joined: {len(set(strict))} as printed, {len(set(gold))} as spans"
    )
    titles = ("pairs, printed", "pairs, spans", "pairs, sure", "B-cubed, printed", "B-cubed, spans")
    print(f"{'P, R, F1':12s} " + " ".join(f"{title:20s}" for title in titles))
    for name, keys in named.items():
        columns = (
            pairwise(strict, keys),
            pairwise(gold, keys),
            pairwise(gold, keys, unsure),
            b_cubed(strict, keys),
            b_cubed(gold, keys),
        )
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
