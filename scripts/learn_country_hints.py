"""Write data/gazetteer/news_hints.csv: names in news of attacks, of whatever kind, that nearly always mean one country.

    python -m scripts.learn_country_hints rdwti_train.jsonl [--without 3/4]

Reads rows of reports whose country people wrote down and counts, for each run of capitalised words, in how many reports
of which country it stands: parties, armed groups, banks, newspapers, office holders, quarters. Reports of other kinds
besides, of shootings in the United States say, take out what is printed everywhere. Kept is what stands in enough
reports and nearly always in one country's. Names only; no words of the reports are kept.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from etl.calendar_words import table
from etl.places.gazetteer import FOLDER, Gazetteer
from etl.places.hits import Token
from etl.places.scanning import tokens_of
from scripts.learn_place_names import codes_of

LEAST_REPORTS = 2
"""Reports of a name below which its country may be chance."""
LEAST_SHARE = 0.65
MOST_CHANCE = 10
LEAST_SHARE_OF_MANY = 0.7
"""Share of the reports, one more counted against it, that must be of one country; and where there are this many."""
MOST_LOWER = 0.1
"""A word printed in lower case more often than this, beside each time in capitals, is no name."""
MOST_WORDS = 3
LINKS = frozenset("de del la of the for and al el ul i e y".split())
LEAST_LETTERS = 3
LEAST_OF_ORDINARY = 10
"""Reports of a name made of ordinary words alone, "tribal area"."""


class Counted:
    """How often each run of capitalised words stands in reports of each country, and how words are printed."""

    def __init__(self) -> None:
        self.countries: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.lower: Counter[str] = Counter()
        self.upper: Counter[str] = Counter()

    def add(self, text: str, code: str) -> None:
        """Count one report."""
        tokens = tokens_of(text)
        for token in tokens:
            (self.upper if token.capital else self.lower)[token.folded] += 1
        for name in set(names_of(text, tokens)):
            self.countries[name][code] += 1


def names_of(text: str, tokens: list[Token]) -> Iterator[str]:
    """The runs of up to ``MOST_WORDS`` capitalised words, links such as "of" between them not counted."""
    for index, token in enumerate(tokens):
        if not token.capital or token.caps:
            continue
        name, words, last = token.folded, 1, index
        yield name
        while last + 1 < len(tokens) and words < MOST_WORDS:
            following = tokens[last + 1]
            if tokens[last].possessive or text[tokens[last].end : following.start] not in (" ", "-"):
                break
            if not following.capital and following.folded not in LINKS:
                break
            name, last = f"{name} {following.folded}", last + 1
            if following.capital:
                words += 1
                yield name


def rows_for(counted: Counted, places: Gazetteer) -> list[dict[str, object]]:
    """Rows of the file, sorted by country and name; a longer name says nothing that a kept shorter one in it does."""
    kept: dict[str, str] = {}
    calendar = set(table("months")) | set(table("weekdays"))
    rows: list[dict[str, object]] = []
    for name, countries in sorted(counted.countries.items(), key=lambda pair: (pair[0].count(" "), pair[0])):
        code, often = countries.most_common(1)[0]
        words = name.split()
        share = LEAST_SHARE_OF_MANY if countries.total() >= MOST_CHANCE else LEAST_SHARE
        if often < LEAST_REPORTS or often < share * (countries.total() + 1) or len(name) < LEAST_LETTERS:
            continue
        if not calendar.isdisjoint(words):
            continue
        ordinary = all(counted.lower[word] > MOST_LOWER * counted.upper[word] for word in words)
        if ordinary and (len(words) == 1 or countries.total() < LEAST_OF_ORDINARY):
            continue
        if len(words) == 1 and (name in places.first_names | places.surnames | places.kind_words):
            continue
        if (
            words[0] in LINKS
            or said_already(words, code, places)
            or any(
                kept.get(" ".join(words[start:end])) == code
                for start in range(len(words))
                for end in range(start + 1, len(words) + 1)
            )
        ):
            continue
        kept[name] = code
        rows.append({"words": name, "country_code": code, "reports": often, "of": countries.total()})
    return sorted(rows, key=lambda row: (str(row["country_code"]), str(row["words"])))


def said_already(words: list[str], code: str, places: Gazetteer) -> bool:
    """Whether the name holds one that the gazetteer takes for that country already: a nationality, a town."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            part = " ".join(words[start:end])
            hint = places.evidence.get(part)
            if hint is not None and hint.countries[:1] == (code,):
                return True
            known = places.candidates(part)
            if any(c.kind == "country" for c in known):
                return True
            if known and max(known, key=lambda c: c.population).country == code and end - start == len(words):
                return True
    return False


def main() -> None:
    """Write the file and print how many names it holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "reports", type=Path, nargs="+", help="JSON lines: text, gold.country or, in the US, gold.state"
    )
    parser.add_argument(
        "--without", default="-1/4", help="K/N: leave out every Nth row, the Kth of them, for measuring"
    )
    options = parser.parse_args()
    left_out, every = map(int, options.without.split("/"))
    places, counted = Gazetteer(), Counted()
    for file in options.reports:
        with file.open(encoding="utf-8") as lines:
            for number, row in enumerate(map(json.loads, lines)):
                code = "US" if "state" in row["gold"] else codes_of(row["gold"].get("country") or "", places)[0]
                if code and number % every != left_out:
                    counted.add(row["text"], code)
    rows = rows_for(counted, places)
    with (FOLDER / "news_hints.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["words", "country_code", "reports", "of"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"news_hints.csv: {len(rows)} names of {len({row['country_code'] for row in rows})} countries")


if __name__ == "__main__":
    main()
