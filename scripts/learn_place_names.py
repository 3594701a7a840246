"""Write data/gazetteer/news_names.csv: names that news of attacks prints and GeoNames' list lacks or ranks too low.

    python scripts/learn_place_names.py rdwti_train.jsonl

Reads rows of reports whose place and country people wrote down. A name that the gazetteer does not know in that country
becomes another spelling of the town there that sounds like it, else a place of its own in the country and, where the
reports agree, the region. A name that the gazetteer knows and by size alone would put elsewhere is told apart by how
often the reports mean it. Names only; no words of the reports are kept.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from etl.places import find_places
from etl.places.gazetteer import FOLDER, Candidate, Gazetteer
from etl.places.names import fold

LIKE = 0.8
"""Share of letters in order from which a name that sounds alike is another spelling."""
AGREED = 0.75
"""Share of a name's reports that must give one country, or one region."""
LEAST_RANKED = 5
"""Reports of a name from which they outweigh the size of its namesakes."""
WELL_KNOWN = 50_000
"""People from which a town of that name in another country is the one meant: borders move, and labels err."""
LEAST_LETTERS = 4
LABELS = {
    "West Bank/Gaza": "PS",
    "Korea, South": "KR",
    "China, People's Republic of": "CN",
    "Burma (Myanmar)": "MM",
    "USSR": "RU",
}
"""Labels of the reports that are no name of a country."""
LOCATED = r"\b(?:in|at|near|of|outside|from|around)\s+(?:the\s+)?(?:\w+\s+){0,2}"


@dataclass(slots=True)
class Printed:
    """A name as the reports print it: how often for each country, and the regions named beside it."""

    name: str
    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    labelled: set[str] = field(default_factory=set)
    """Regions that the labels themselves give."""


def codes_of(label: str, places: Gazetteer) -> tuple[str, str]:
    """ISO 3166-1 code of a country label and the region it stands for ("Kashmir"); both empty where it is neither."""
    if label in LABELS:
        return LABELS[label], ""
    inner = re.search(r"\(([^)]+)\)", label)
    for name in (label, inner.group(1) if inner else label):
        kinds = [c for c in places.candidates(fold(name)) if c.kind in ("country", "region", "adm1")]
        if kinds:
            first = min(kinds, key=lambda c: c.kind != "country")
            return first.country, first.adm1
    return "", ""


def printed_names(path: Path, places: Gazetteer) -> dict[str, Printed]:
    """Names of the places people wrote down for the reports, by folded name, where the report itself prints them."""
    found: dict[str, Printed] = {}
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            name, label, text = row["gold"].get("place"), row["gold"].get("country"), row["text"]
            code, adm1 = codes_of(label, places) if label else ("", "")
            if not name or not code or not re.search(LOCATED + re.escape(name) + r"\b", text):
                continue
            printed = found.setdefault(fold(name), Printed(name.strip()))
            printed.countries[code] += 1
            beside = {m.place.adm1_code for m in find_places(text) if m.place.country_code == code}
            printed.regions.update({adm1} if adm1 else {region for region in beside if region})
            printed.labelled.update({adm1} if adm1 else ())
    return found


def spelling_of(printed_name: Printed, code: str, places: Gazetteer) -> Candidate | None:
    """The largest town or region of the country, or of the labelled region, that sounds and is written like it."""
    name, within = printed_name.name, printed_name.labelled
    printed = fold(name).replace(" ", "")
    alike = [
        (SequenceMatcher(None, printed, fold(places.place(c.row).name).replace(" ", "")).ratio(), c)
        for c in places.sounding_like(fold(name))
        if c.country == code and (not within or c.adm1 in within)
    ]
    near = [c for ratio, c in alike if ratio >= LIKE]
    return max(near, key=lambda c: c.population, default=None)


def known_by_it(candidate: Candidate) -> float:
    """How many people know the place by the name; by a name of another language a tenth of them."""
    return candidate.population / (10 if candidate.grade == 2 else 1)


def rows_for(found: dict[str, Printed], places: Gazetteer) -> list[dict[str, object]]:
    """Rows of the file, sorted by country and name."""
    rows: list[dict[str, object]] = []
    for folded, printed in found.items():
        code, often = printed.countries.most_common(1)[0]
        letters = len(folded.replace(" ", ""))
        personal = folded in places.first_names or folded in places.surnames
        if often < AGREED * printed.countries.total() or letters < LEAST_LETTERS or personal:
            continue
        if folded in places.english_words or folded.rpartition(" ")[2] in places.kind_words or "/" in printed.name:
            continue
        known = [c for c in places.candidates(folded) if c.row >= 0 or c.kind != "city"]
        inside = [c for c in known if c.country == code]
        region, agreed = printed.regions.most_common(1)[0] if printed.regions else ("", 0)
        adm1 = region if agreed >= AGREED * often and (agreed > 1 or region in printed.labelled) else ""
        meant: Candidate | None
        if inside:
            if often < LEAST_RANKED or max(known, key=known_by_it).country == code:
                continue
            meant = max((c for c in inside if c.kind == "city"), key=known_by_it, default=None)
            if meant is None:
                continue
        elif any(c.grade < 2 and (c.kind != "city" or c.population >= WELL_KNOWN) for c in known):
            continue
        else:
            meant = spelling_of(printed, code, places)
        geoname_id = places.place(meant.row).geoname_id if meant is not None and meant.row >= 0 else None
        rows.append(
            {
                "name": printed.name,
                "country_code": code,
                "adm1_code": "" if geoname_id else adm1,
                "geoname_id": geoname_id or "",
                "reports": often,
            }
        )
    return sorted(rows, key=lambda row: (str(row["country_code"]), str(row["name"])))


def main() -> None:
    """Write the file and print how many names of each kind it holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("reports", type=Path, help="JSON lines: text, gold.place, gold.country")
    options = parser.parse_args()
    target = FOLDER / "news_names.csv"
    header = ["name", "country_code", "adm1_code", "geoname_id", "reports"]
    target.write_text(",".join(header) + "\n", encoding="utf-8")
    places = Gazetteer()
    rows = rows_for(printed_names(options.reports, places), places)
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    kinds: dict[str, int] = defaultdict(int)
    for row in rows:
        kinds["spelling or rank" if row["geoname_id"] else "place"] += 1
    print(f"{target.name}: {len(rows)} names, {dict(kinds)}")


if __name__ == "__main__":
    main()
