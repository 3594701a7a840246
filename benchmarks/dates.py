"""How often the event date falls on the gold day, on the gold sets that have one.

Usage: ``python -m benchmarks.dates GOLD.jsonl [--half a|b|all] [--errors N]``

MUC-4 rows: texts with exactly one dated gold incident; the span looked at is the first sentence with a word of harm.
Gun Violence Database rows carry no publication date, so the report's year is given and only month and day compared.
The rival in the same run is the rule a reader without any date parser has: every event happened on the report's day.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from etl.calendar_words import full_year, month_number
from etl.extraction.dates.finding import Anchor, find_dates
from etl.extraction.dates.when import EventDate, EventDates
from etl.extraction.parsing.sentences import split
from etl.reports.dateline import find_dateline

_HARM = re.compile(
    r"\b(?:kill|murder|wound|injur|attack|expl[oi]|kidnap|bomb|assassinat|abduct|shot|shoot|dead|died|dynamit|ambush)",
    re.IGNORECASE,
)
_GOLD_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d{2})\b")


def gold_span(fill: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a MUC date fill ("- 13 NOV 89" is read as that one day, as the scorer does)."""
    days = []
    for day, month, year in _GOLD_DAY.findall(fill):
        number = month_number(month)
        try:
            days.append(dt.date(full_year(year, 1990), number or 0, int(day)))
        except ValueError:  # the key has a few impossible days
            continue
    return (days[0], days[-1]) if days else None


def told(text: str, anchor: Anchor) -> EventDate:
    """When the first harm TEXT tells of happened."""
    sentences = split(text)
    for start, end in sentences:
        harm = _HARM.search(text, start, end)
        if harm is not None:
            return EventDates(text, find_dates(text, anchor), sentences, anchor).of(harm.span())
    return EventDate(None, anchor.day, anchor.day, 1, "no harm word")


def muc(rows: list[dict[str, Any]], errors: int) -> None:
    """Print the share of MUC texts dated within the gold span."""
    counts: Counter[str] = Counter()
    bases: Counter[tuple[str, bool]] = Counter()
    for row in rows:
        incidents = row["gold"]["incidents"]
        span = gold_span(incidents[0]["date"]) if len(incidents) == 1 else None
        if span is None or not row["published"]:
            continue
        published = dt.date.fromisoformat(row["published"])
        line = find_dateline(row["text"], published=published)
        got = told(row["text"], Anchor(published, line.date if line else None))
        upper = incidents[0]["date"].startswith("-")
        kind = "on or before" if upper else "day known"
        within = got.date_start is not None and span[0] <= got.date_start <= span[1]
        overlap = (
            got.date_start is not None
            and got.date_end is not None
            and got.date_start <= span[1]
            and span[0] <= got.date_end
        )
        for name in ("all", kind):
            counts[name] += 1
            counts[f"{name}: date_start within"] += within
            counts[f"{name}: days overlap"] += overlap
            counts[f"{name}: rival within"] += span[0] <= published <= span[1]
        bases[got.basis, overlap] += 1
        counts[f"{kind}, {got.basis}: gold {min(9, (published - span[1]).days)} days before"] += got.basis in {
            "report",
            "said",
        }
        if not overlap and errors > 0:
            errors -= 1
            print(f"\n{row['id']} published {published} gold {incidents[0]['date']} got {got}\n{row['text'][:900]}")
    _show(counts)
    for (basis, right), number in sorted(bases.items()):
        print(f"  by {basis:14s} {'right' if right else 'wrong'} {number}")


def gvdb(rows: list[dict[str, Any]], errors: int) -> None:
    """Print the agreement of month and day where a text prints them."""
    counts: Counter[str] = Counter()
    for row in rows:
        if not row["gold"].get("date"):
            continue
        year, month, day = (int(part) for part in row["gold"]["date"].split("-"))
        counts["all"] += 1
        line = find_dateline(row["text"], metadata_year=year)
        got = told(row["text"], Anchor(dateline=line.date if line else None, year=year))
        if got.date_start is None:
            counts["all: no month and day found"] += 1
            continue
        counts["dated"] += 1
        right = (got.date_start.month, got.date_start.day) == (month, day)
        counts["dated: month and day agree"] += right
        if not right and errors > 0:
            errors -= 1
            print(f"\n{row['id']} gold {row['gold']['date']} got {got}\n{row['text'][:600]}")
    _show(counts)


def _show(counts: Counter[str]) -> None:
    for name, number in sorted(counts.items()):
        whole = counts[re.split(r"[:,]", name)[0]]
        if number:
            print(f"{name:52s} {number:5d}  {number / whole:.3f}")


def main() -> None:
    """Read the gold file named on the command line and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--half", choices=("a", "b", "all"), default="all", help="a: even rows, b: odd rows, held back")
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()]
    if args.half != "all":
        rows = rows[0 if args.half == "a" else 1 :: 2]
    (muc if "incidents" in rows[0]["gold"] else gvdb)(rows, args.errors)


if __name__ == "__main__":
    main()
