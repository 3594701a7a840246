"""Reports in, rows out, without a store: what ``python -m etl extract`` writes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import queue
import threading
from collections.abc import Callable, Iterator
from typing import IO, Any, Literal, get_args

from etl import sources
from etl.incidents.causes import no_one_meant_it
from etl.incidents.events import recalled_of
from etl.incidents.standing import told_and_mentioned
from etl.reading import AT_ONCE, Extractor, Reading, Told, read_again, scene_of, second_reader
from etl.records import MEASURES, Event, Report, SetAside
from etl.settings import Settings
from etl.tables import cells
from etl.tables.declared import shown_columns
from etl.workers import tell_side_by_side

Per = Literal["claim", "report"]
RowFormat = Literal["jsonl", "csv"]
PER: tuple[Per, ...] = get_args(Per)
ROW_FORMATS: tuple[RowFormat, ...] = get_args(RowFormat)

_BOUNDS = ("low", "best", "high")
_NEWS = dt.timedelta(days=7)
_NO_TIME = "no publication time"
"""How the sources' note of a report without a time begins; beside the point where the caller gives the time."""
_MOMENT = 0.2
"""Seconds after which reports that others have read by now are not held back for more to come in."""
_LONGEST_BATCH = 1_000_000
"""Characters of text after which a batch is read for claims, however few reports that is."""


def extract(
    path: str,
    out: IO[str],
    settings: Settings,
    *,
    per: Per = "claim",
    form: RowFormat = "jsonl",
    published: dt.datetime | None = None,
    note: Callable[[SetAside], None],
    extract_all: Extractor | None = None,
) -> int:
    """Read the reports of ``path`` (``-`` is standard input) and write their rows to ``out`` as they come.

    One row a claim, or (``per`` report) one JSON line a report with its incidents, the main one first; as CSV the
    latter is a row an incident. ``published`` is the time of reports that give none. Inputs set aside go to ``note``.
    Gives the number of reports read. Only a small batch of reports is in memory at a time, and a batch is never waited
    for: what a slow pipe has delivered is read at once.
    """
    writer = _Writer(per, form, private=settings.privacy.show_private)
    out.write(writer.header())
    read = 0
    second = second_reader(settings)
    limits = sources.Limits(
        max_text_bytes=settings.sources.max_text_bytes, max_page_bytes=settings.sources.max_page_bytes
    )
    reading = Reading(
        settings.extraction.model, settings.extraction.year_window, scenes=per == "report", extract_all=extract_all
    )
    found = _as_they_come(sources.read([path], limits))
    batches = ((_reports(batch, published), batch) for batch in found)
    for batch, once in tell_side_by_side(batches, reading, settings.run.jobs or None):
        for one in batch:
            if isinstance(one, SetAside) and (published is None or not one.reason.startswith(_NO_TIME)):
                note(one)
        for told, notes in read_again(second, once):
            for one in notes:
                note(one)
            if isinstance(told, SetAside):
                note(told)
                continue
            read += 1
            out.write(writer.rows(told))
        out.flush()
    return read


def _reports(batch: list[Report | SetAside], published: dt.datetime | None) -> list[Report]:
    """The reports among ``batch``, with a time where they give none."""
    return [
        dataclasses.replace(one, published=published) if one.published is None else one
        for one in batch
        if isinstance(one, Report)
    ]


def _as_they_come(found: Iterator[Report | SetAside]) -> Iterator[list[Report | SetAside]]:
    """``found`` in lists of all that is there when the one before has been dealt with, never longer than a batch.

    A list is empty where nothing has come for a moment.
    """
    ready: queue.Queue[Report | SetAside | BaseException | None] = queue.Queue(maxsize=AT_ONCE)

    def read() -> None:
        try:
            for one in found:
                ready.put(one)
        except BaseException as error:  # noqa: BLE001 - raised again where the reports are wanted
            ready.put(error)
        else:
            ready.put(None)

    # A daemon, so that a pipe which never ends does not keep a finished program alive.
    threading.Thread(target=read, name="reader", daemon=True).start()
    while True:
        batch: list[Report | SetAside] = []
        ended = False
        size = 0
        try:
            one = ready.get(timeout=_MOMENT)
        except queue.Empty:
            yield batch
            continue
        while True:
            if isinstance(one, BaseException):
                raise one
            if one is None:
                ended = True
                break
            batch.append(one)
            size += len(one.text) if isinstance(one, Report) else 0
            if len(batch) == AT_ONCE or size > _LONGEST_BATCH or ready.empty():
                break
            one = ready.get()
        if batch:
            yield batch
        if ended:
            return


def report_row(told: Told) -> dict[str, Any]:
    """A report's incidents as one value: ``id``, ``incidents``, the main one first, and ``mentions``.

    ``id`` is the source's own identifier, else ``report_id``. Each measure is ``{"low", "best", "high"}``, or null
    where the report says nothing of it. ``mentions`` are of the same form: events with dead or hurt that the report
    does not bring as its news (an old murder recalled, a war summed up, losses of armed sides in combat).
    """
    recalled = recalled_of(told.report, told.claims, told.events)
    told_of, mentioned = told_and_mentioned(told.report, told.events, recalled)
    if not any(event in told.events or _is_recent(event, told.report) for event in told_of):
        quiet = scene_of(told)
        told_of = told_of if quiet is None else [quiet, *told_of]
    return {
        "id": _id(told),
        "incidents": [_incident(event) for event in told_of],
        "mentions": [_incident(event) for event in mentioned],
    }


def _is_recent(event: Event, report: Report) -> bool:
    """Whether EVENT, an accident that is only recalled, is of the days before REPORT ("a day after 11 people died")."""
    if not no_one_meant_it(event.cause):
        return False
    today = report.published.date() if report.published is not None else report.dateline_date
    return today is not None and event.date_start is not None and today - event.date_start <= _NEWS


def _id(told: Told) -> str:
    return told.report.source_id if told.report.source_id is not None else told.report.report_id


def _incident(event: Event) -> dict[str, Any]:
    tolls: dict[str, Any] = {
        measure: {bound: getattr(event.toll[measure], bound) for bound in _BOUNDS} if measure in event.toll else None
        for measure in MEASURES
    }
    return {
        **tolls,
        "date_start": event.date_start,
        "date_end": event.date_end,
        "date_precision": event.date_precision,
        "place": event.place_name,
        "places": list(event.place_names),
        "place_precision": event.place_precision,
        "adm1": event.adm1_name,
        "adm1_code": event.adm1_code,
        "country": event.country_name,
        "country_code": event.country_code,
        "latitude": event.latitude,
        "longitude": event.longitude,
        "cause": event.cause,
        "claims": len(event.claims),
    }


def claim_rows(told: Told, *, private: bool = False) -> list[dict[str, Any]]:
    """A report's claims as rows: ``id`` as in :func:`report_row`, then the columns of ``claims``.

    ``incident_id`` is left out, since no report is compared with another here, and so are the private columns unless
    ``private`` is true.
    """
    names = _claim_columns(private)
    return [{"id": _id(told), **{name: getattr(claim, name) for name in names}} for claim in told.claims]


def _claim_columns(private: bool) -> list[str]:
    return [name for name in shown_columns("claims", private=private) if name != "incident_id"]


def _incident_rows(told: Told) -> list[dict[str, Any]]:
    """One flat row an incident: ``id``, its number in the report, then each measure's bounds and the rest.

    Mentions come after the incidents; ``mention`` says which is which.
    """
    rows = []
    row = report_row(told)
    for number, incident in enumerate([*row["incidents"], *row["mentions"]]):
        flat: dict[str, Any] = {"id": _id(told), "incident": number, "mention": number >= len(row["incidents"])}
        for name, value in incident.items():
            if name in MEASURES:
                flat |= {f"{name}_{bound}": value[bound] if value else None for bound in _BOUNDS}
            else:
                flat[name] = value
        rows.append(flat)
    return rows


def _incident_columns() -> list[str]:
    nothing = Event(report_id="", index=0, claims=())
    empty = Told(Report(report_id="", text=""), [], [nothing])
    return list(_incident_rows(empty)[0])


class _Writer:
    """Rows of one shape as text: JSON lines, or CSV under one header."""

    def __init__(self, per: Per, form: RowFormat, *, private: bool) -> None:
        self._per = per
        self._form = form
        self._private = private

    def header(self) -> str:
        if self._form == "jsonl":
            return ""
        return cells.csv_text([["id", *_claim_columns(self._private)] if self._per == "claim" else _incident_columns()])

    def rows(self, told: Told) -> str:
        if self._form == "csv":
            rows = claim_rows(told, private=self._private) if self._per == "claim" else _incident_rows(told)
            return cells.csv_text(row.values() for row in rows)
        lines = claim_rows(told, private=self._private) if self._per == "claim" else [report_row(told)]
        return "".join(cells.json_lines(lines))
