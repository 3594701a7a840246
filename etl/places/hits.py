"""What a scan of a text yields: words, names that places bear, and words that only hint at a country."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from etl.places.gazetteer import Candidate, Evidence


@dataclass(slots=True)
class Token:
    """A word of the text; ``end`` leaves a possessive ending out."""

    start: int
    end: int
    word: str
    folded: str
    capital: bool
    caps: bool = False
    possessive: bool = False


@dataclass(slots=True)
class Hit:
    """A run of words that some place is called."""

    start: int
    end: int
    first: int
    last: int
    folded: str
    candidates: tuple[Candidate, ...]
    strength: float = 0.0
    role: str = "place"
    hint: str = ""
    near: bool = False
    preposition: str = ""
    located: bool = False
    within: Hit | None = None
    holds: list[Hit] = field(default_factory=list)

    def twin(self) -> Hit:
        """Another hit that says the same; spelled out, for ``dataclasses.replace`` takes five times as long."""
        return Hit(
            self.start,
            self.end,
            self.first,
            self.last,
            self.folded,
            self.candidates,
            self.strength,
            self.role,
            self.hint,
            self.near,
            self.preposition,
            self.located,
            self.within,
            self.holds,
        )


@dataclass(frozen=True, slots=True)
class Scan:
    """What a text holds: its words, place names, and words that only hint at a country."""

    text: str
    tokens: list[Token]
    hits: list[Hit]
    evidence: list[tuple[int, Evidence]]
    hints: list[tuple[int, str, str, float]] = field(default_factory=list)
    """As ``etl.places.hints`` finds them."""
    letters: tuple[str, float] = ("", 0.0)
    """As ``etl.places.name_letters`` reads them: the country that the names sound of, and how far it is ahead."""

    def copied(self) -> Scan:
        """This scan with hits of its own, tied to each other as these are."""
        twins = {id(hit): hit.twin() for hit in self.hits}
        for twin in twins.values():
            twin.within = twins[id(twin.within)] if twin.within is not None else None
            twin.holds = [twins[id(held)] for held in twin.holds]
        return replace(self, hits=list(twins.values()))


def holds(outer: Candidate, inner: Candidate) -> bool:
    """True where the outer place is the country or region the inner one lies in."""
    if outer.row == inner.row or inner.kind == "country":
        return False
    if outer.kind == "country":
        return outer.country == inner.country
    if outer.kind in ("adm1", "region", "former country"):
        return outer.adm1 == inner.adm1 if outer.adm1 else outer.country == inner.country
    return outer.kind == "adm2" and outer.adm1 == inner.adm1 and inner.kind == "city"
