"""What is another figure than before: incidents of two editions of the tables, compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from etl.records import MEASURES, Incident, Measure
from etl.tables import cells
from etl.tables.snapshot import Tables

BOUNDS = ("low", "best", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure of one incident before and after; null is *not said*, also where the incident was or is not there.

    ``incident_id_before`` is null for an incident that is new, ``incident_id`` for one that is gone; they differ where
    the id was redirected. ``moved`` is the difference of the best figures, null where one of them was not said.
    """

    incident_id_before: str | None
    incident_id: str | None
    label: str
    measure: Measure
    low_before: int | None = None
    best_before: int | None = None
    high_before: int | None = None
    low: int | None = None
    best: int | None = None
    high: int | None = None

    @property
    def moved(self) -> int | None:
        """By how many people the best figure moved."""
        return None if self.best is None or self.best_before is None else self.best - self.best_before


def changes(before: Tables, after: Tables) -> list[Change]:
    """Every figure that differs between the two, the best figures that moved most first.

    An incident whose id is no more is compared with the one its redirect leads to; where several lead to one, the one
    that told of more reports stands for it, and the others are gone.
    """
    old = {one.incident_id: one for one in before.rows("incidents")}
    new = {one.incident_id: one for one in after.rows("incidents")}
    leads = {one.incident_id: one.current_incident_id for one in after.rows("redirects")}
    heir: dict[str, Incident] = {}
    gone: list[Incident] = []
    for one in sorted(old.values(), key=lambda row: (row.incident_id not in new, -row.n_reports, row.incident_id)):
        now = one.incident_id if one.incident_id in new else leads.get(one.incident_id)
        if now is not None and now in new and now not in heir:
            heir[now] = one
        else:
            gone.append(one)
    pairs: list[tuple[Incident | None, Incident | None]] = [(heir.get(name), new[name]) for name in new]
    pairs += [(one, None) for one in gone]
    found = [change for one, now in pairs for change in _compared(one, now)]
    return sorted(
        found, key=lambda one: (-abs(one.moved or 0), str(one.incident_id), str(one.incident_id_before), one.measure)
    )


def _furthest_first(one: Change) -> tuple[int, str, str, str]:
    return (-abs(one.moved or 0), one.incident_id or "", one.incident_id_before or "", one.measure)


def _compared(one: Incident | None, now: Incident | None) -> Iterator[Change]:
    shown = now or one
    if shown is None:
        return
    for measure in MEASURES:
        told = [[getattr(each, f"{measure}_{bound}") if each else None for bound in BOUNDS] for each in (one, now)]
        if told[0] != told[1]:
            yield Change(
                incident_id_before=one.incident_id if one else None,
                incident_id=now.incident_id if now else None,
                label=shown.label,
                measure=measure,
                **{f"{bound}_before": value for bound, value in zip(BOUNDS, told[0], strict=True)},
                **dict(zip(BOUNDS, told[1], strict=True)),
            )


def csv_text(found: Iterable[Change]) -> str:
    """The changes as CSV, ``moved`` last."""
    names = [each.name for each in fields(Change)]
    rows = [[*(getattr(one, name) for name in names), one.moved] for one in found]
    return cells.csv_text([[*names, "moved"], *rows])


def line(one: Change) -> str:
    """One change in a line: ``+3 killed: 12 -> 15  Bombing, Osh, 3 May 2012 (id)``."""
    moved = "new" if one.incident_id_before is None else "gone" if one.incident_id is None else _signed(one.moved)
    name = one.incident_id or one.incident_id_before
    figures = f"{_figure(one.low_before, one.best_before, one.high_before)} -> {_figure(one.low, one.best, one.high)}"
    return f"{moved:>6} {one.measure}: {figures}  {one.label} ({name})"


def _signed(moved: int | None) -> str:
    return "?" if moved is None else f"{moved:+,}" if moved else "bounds"


def _figure(*bounds: Any) -> str:
    if all(bound is None for bound in bounds):
        return "not said"
    return (
        "/".join("" if bound is None else f"{bound:,}" for bound in bounds)
        if len(set(bounds)) > 1
        else f"{bounds[0]:,}"
    )
