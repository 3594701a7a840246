"""American newsrooms whose mastheads open a scraped page: stations and papers, and the states they report from.

"Police investigate double shooting | 6abc.com" names no state; the station says which Wilmington is meant. Weak
evidence only: it settles namesakes and puts nothing anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from etl.places.gazetteer import Place, gazetteer, rows_of

HEAD = 500
TAIL = 250
"""Characters of a report's start and of its end that may hold a masthead, a dateline's station or a copyright line."""
MOST_WORDS = 5
NEIGHBOUR = 0.6
"""What the station speaks for the further states of its market, the first counted as 1."""
_WORD = re.compile(r"[A-Za-z0-9]{1,40}")
_GLUED = re.compile(r"\w*?[a-z0-9](?=[A-Z])")
"""A word up to what a page runs together with it: "ChroniclePolice"."""
_BRACKETED = re.compile(r"\(([KW][A-Z]{2,3})(?:-TV)?[)/]|/([KW][A-Z]{2,3})\)|\| ([KW][A-Z]{2,3})(?=[A-Z ]|$)")


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, ...]]:
    """The states of each newsroom: by its call sign in capitals, else by its words, small."""
    known: dict[str, tuple[str, ...]] = {}
    for row in rows_of("newsrooms.csv"):
        for name in row["names"].split(";"):
            known[name if _is_call_sign(name) else _plain(_WORD.findall(name))] = tuple(row["adm1_codes"].split(";"))
    return known


def _plain(words: list[str]) -> str:
    return " ".join(words).lower()


@lru_cache(maxsize=1)
def _homes() -> dict[str, Place]:
    """The city in the name of each newsroom that bears one: "Augusta Chronicle", "CBS Chicago"."""
    places, homes = gazetteer(), {}
    for name, codes in _known().items():
        words = name.split()
        runs = [" ".join(words[first:last]) for first in range(len(words)) for last in range(len(words), first, -1)]
        found = [
            candidate
            for run in runs
            if run != name and not name.startswith(f"{run} county")
            for candidate in places.candidates(run)
            if candidate.kind == "city" and candidate.adm1 in codes and not candidate.grade
        ]
        if found:
            homes[name] = places.place(max(found, key=lambda candidate: candidate.population).row)
    return homes


@lru_cache(maxsize=8)
def home_of(text: str) -> Place | None:
    """The city that the newsroom at the edges of TEXT has in its name; None where there is none, or several."""
    homes = {_homes()[name] for edge in _edges(text) for name in _names_in(edge) if name in _homes()}
    return homes.pop() if len(homes) == 1 else None


def _edges(text: str) -> tuple[str, str]:
    return text[:HEAD], text[HEAD:][-TAIL:]


def states_of(text: str) -> Iterator[tuple[str, float]]:
    """For each newsroom at the edges of TEXT: codes of the states it reports from, and how surely (0 to 1)."""
    heard = {name for edge in _edges(text) for name in _names_in(edge)}
    for name in sorted(heard):
        for rank, code in enumerate(_known()[name]):
            yield code, NEIGHBOUR if rank else 1.0


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    return frozenset(name.split()[0] for name in _known())


@lru_cache(maxsize=16)
def _names_in(edge: str) -> tuple[str, ...]:
    return tuple(_newsrooms_of(edge))


def _newsrooms_of(edge: str) -> Iterator[str]:
    known, first_words = _known(), _first_words()
    words = _WORD.findall(edge)
    for first, word in enumerate(words):
        # Behind a word that opens no name only the word itself counts, where it is run together with another.
        most = MOST_WORDS if word.lower() in first_words else 1
        for last in range(first, min(first + most, len(words))):
            named = words[first : last + 1]
            glued = None if named[-1][1:].islower() else _GLUED.match(named[-1])
            for name in (_plain(named), _plain([*named[:-1], glued.group()]) if glued else ""):
                if name in known:
                    yield name
    for match in _BRACKETED.finditer(edge):
        name = match[1] or match[2] or match[3]
        if name in known:
            yield name


def _is_call_sign(word: str) -> bool:
    """Whether WORD is one; it tells of a station only in brackets or a masthead, for WHO and KING are words."""
    return word.isupper() and word[0] in "KW" and len(word) in (3, 4) and word.isalpha()
