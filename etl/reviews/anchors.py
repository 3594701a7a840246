"""What a decision rests on: figures in the texts of reports, which stay what they are when ids change.

A claim's id holds the extractor's version, and an incident's id the telling it begins with; a figure's place in the
text of a report holds for as long as the report. So a decision keeps the figures it was made on, and finds the claims
of today that stand there, and through them the incident of today.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from etl.records import Claim
from etl.tables.snapshot import Tables

COLUMNS = ["claim_id", "report_id", "measure", "figure_start", "figure_end", "incident_id", "superseded_by"]
MOST = 300
"""Figures a decision on an incident keeps: enough to know it by, of however many reports."""


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A figure of one measure at a place in the text of a report."""

    report_id: str
    measure: str
    start: int
    end: int

    def overlap(self, start: int, end: int) -> int:
        """Characters that the figure shares with another place; negative where they lie apart."""
        return min(self.end, end) - max(self.start, start)


@dataclass(frozen=True, slots=True)
class Anchors:
    """The figures of a decision's subject, and of the other side where it has two."""

    subject: tuple[Anchor, ...]
    other: tuple[Anchor, ...] = ()

    def to_json(self) -> str:
        """The anchors as the table keeps them."""
        sides = {"subject": self.subject, "other": self.other}
        return json.dumps(
            {side: [[one.report_id, one.measure, one.start, one.end] for one in sides[side]] for side in sides}
        )

    @classmethod
    def of_json(cls, text: str | None) -> Anchors:
        """The anchors of a row of the table."""
        told = json.loads(text or "{}")
        subject, other = (tuple(Anchor(*one) for one in told.get(side, ())) for side in ("subject", "other"))
        return cls(subject, other)

    @property
    def reports(self) -> set[str]:
        """The reports they stand in."""
        return {one.report_id for one in (*self.subject, *self.other)}


def of_claims(claims: Iterable[Claim]) -> tuple[Anchor, ...]:
    """The places of these claims' figures."""
    found = sorted({Anchor(one.report_id, one.measure, one.figure_start, one.figure_end) for one in claims})
    return tuple(found[:MOST])


@dataclass(frozen=True, slots=True)
class _Standing:
    claim_id: str
    start: int
    end: int
    incident_id: str | None


class Places:
    """The claims that count, by where their figures stand, with the incident of each."""

    def __init__(self, tables: Tables, reports: Iterable[str]) -> None:
        rows = tables.arrow("claims", COLUMNS)
        wanted = pa.array(sorted(set(reports)), pa.string())
        counting = pc.and_(
            pc.is_in(rows.column("report_id"), value_set=wanted), pc.is_null(rows.column("superseded_by"))
        )
        self._at: dict[tuple[str, str], list[_Standing]] = defaultdict(list)
        self.incident_of: dict[str, str] = {}
        """Incident of each claim that has one."""
        for row in rows.filter(counting).to_pylist():
            one = _Standing(row["claim_id"], row["figure_start"], row["figure_end"], row["incident_id"])
            self._at[row["report_id"], row["measure"]].append(one)
            if one.incident_id is not None:
                self.incident_of[one.claim_id] = one.incident_id

    def claim_at(self, anchor: Anchor) -> str | None:
        """The claim whose figure stands at the anchor; null where the present extraction reads none there."""
        near = self._at.get((anchor.report_id, anchor.measure), ())
        best = max(near, key=lambda one: (anchor.overlap(one.start, one.end), one.claim_id), default=None)
        return best.claim_id if best is not None and anchor.overlap(best.start, best.end) > 0 else None

    def claims_at(self, anchors: Sequence[Anchor]) -> list[str]:
        """The claims at these anchors, each once, those that are still read."""
        return list(dict.fromkeys(found for one in anchors if (found := self.claim_at(one)) is not None))

    def incident_at(self, anchors: Sequence[Anchor], known_as: str, leads: Mapping[str, str | None]) -> str | None:
        """The incident that holds most of these figures.

        Where none of them is in any, the one that had the id ``known_as`` or that this id ``leads`` to, if it is there.
        """
        votes = Counter(
            incident for claim in self.claims_at(anchors) if (incident := self.incident_of.get(claim)) is not None
        )
        if votes:
            return min(votes, key=lambda one: (-votes[one], one != known_as, one))
        return leads.get(known_as, known_as)
