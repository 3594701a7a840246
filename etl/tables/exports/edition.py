"""Which data an export holds: the run that published it and the extraction that read it, for a citation."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.records import Run

TITLE = "People killed, injured, missing, displaced, detained and abducted, as news reports told it"


@dataclass(frozen=True, slots=True)
class Edition:
    """One published run as far as a reader of an export needs it; ``versions`` are those of each table."""

    run_id: str
    extractor_version: str
    published: dt.datetime | None
    versions: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, run: Run) -> Edition:
        """The edition that ``run`` published."""
        return cls(run.run_id, run.extractor_version, run.finished_at, json.loads(run.table_versions))

    @property
    def named(self) -> str:
        """Run and extraction in one cell: ``run 20260102T..., extraction 2026.1``."""
        return f"run {self.run_id}, extraction {self.extractor_version or 'not said'}"

    @property
    def citation(self) -> str:
        """A sentence to cite the data by."""
        day = f" of {self.published:%Y-%m-%d}" if self.published else ""
        return f"Tollbook, {self.named}{day}."

    def as_values(self) -> dict[str, object]:
        """The same as values for JSON; ``published`` is ISO 8601."""
        return {
            "run_id": self.run_id,
            "extractor_version": self.extractor_version,
            "published": self.published.isoformat() if self.published else None,
            "table_versions": dict(self.versions),
            "citation": self.citation,
        }
