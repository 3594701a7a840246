"""What a run read, added and set aside, counted as it goes and told when it ends."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.records import Run, SetAside

MOST_DETAILS = 1_000
"""Inputs set aside that are kept with their reason; of more only the number is kept."""
MOST_SHOWN = 20
"""Of those, how many the summary prints."""


@dataclass(slots=True)
class Tally:
    """Counts of one run so far. ``details`` are the first inputs set aside or read with something missing."""

    read: int = 0
    known: int = 0
    added: int = 0
    claims: int = 0
    errors: int = 0
    warnings: int = 0
    details: list[SetAside] = field(default_factory=list)
    per_source: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def set_aside(self, source: str, one: SetAside) -> None:
        """Count ``one`` under ``source``, the path or address the run was given."""
        if one.severity == "error":
            self.errors += 1
        else:
            self.warnings += 1
        self.per_source[source]["set_aside" if one.severity == "error" else "warnings"] += 1
        if len(self.details) < MOST_DETAILS:
            self.details.append(one)

    def row(
        self, run_id: str, started_at: dt.datetime, *, extractor_version: str, resolver_version: str, incidents: int
    ) -> Run:
        """The ``runs`` row of the run these are the counts of; ``incidents`` are those the tables hold after it."""
        details = [
            {"source": one.source, "row": one.row, "severity": one.severity, "reason": one.reason}
            for one in self.details
        ]
        return Run(
            run_id=run_id,
            started_at=started_at,
            extractor_version=extractor_version,
            resolver_version=resolver_version,
            reports_read=self.read,
            reports_added=self.added,
            reports_known=self.known,
            claims_added=self.claims,
            incidents=incidents,
            set_aside=self.errors,
            set_aside_detail=json.dumps(details, ensure_ascii=False),
            per_source=json.dumps({source: dict(counts) for source, counts in self.per_source.items()}),
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished run: its row, the counts behind it, and the number of rows of each table."""

    run: Run
    tally: Tally
    rows: dict[str, int]

    @property
    def nothing_read(self) -> bool:
        """True where there was something to read and none of it could be."""
        return self.tally.read == 0 and self.tally.errors > 0

    def lines(self) -> Iterator[str]:
        """The closing summary, a line at a time."""
        run, tally = self.run, self.tally
        seconds = ((run.finished_at or run.started_at) - run.started_at).total_seconds()
        yield f"run        {run.run_id}, {seconds:.1f} s"
        yield f"reports    {tally.read:,} read: {tally.added:,} new, {tally.known:,} known already"
        yield f"claims     {tally.claims:,} new, {self.rows.get('claims', 0):,} in all"
        yield f"incidents  {run.incidents:,}"
        yield f"set aside  {tally.errors:,}" + (f", and {tally.warnings:,} noted" if tally.warnings else "")
        for one in self.tally.details[:MOST_SHOWN]:
            yield f"  {'set aside' if one.severity == 'error' else 'noted'}: {one}"
        rest = tally.errors + tally.warnings - MOST_SHOWN
        if rest > 0:
            yield f"  and {rest:,} more; python -m etl status --run {run.run_id} lists them"
        versions = json.loads(run.table_versions)
        yield f"tables     {', '.join(f'{table} {version}' for table, version in versions.items()) or 'none yet'}"
