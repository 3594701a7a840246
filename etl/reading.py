"""One report after another, read for claims and events; a report that cannot be is set aside and the rest go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from etl.errors import EtlError
from etl.records import Claim, Event, Report, SetAside

if TYPE_CHECKING:
    from etl.second_reader import SecondReader
    from etl.settings import Settings

Extractor = Callable[[Iterable[Report], str | None, tuple[int, int] | None], Iterable[tuple[Report, list[Claim]]]]
"""As :func:`etl.extraction.extract_all`: reports, model and year window in; each report with its claims out."""

AT_ONCE = 64
"""Reports whose sentences go through the parser together."""


@dataclass(frozen=True, slots=True)
class Told:
    """A prepared report, its claims (each with the number of its event), and its events, the main one first."""

    report: Report
    claims: list[Claim]
    events: list[Event]
    scene: Event | None = None
    """What it tells of where its news counts nobody; only where that was asked for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How reports are read for claims, wherever that is done.

    ``model`` and ``year_window`` are those of the settings. With ``scenes``, a report that counts nobody is read for
    the event it tells of. ``extract_all`` stands in for the project's own extraction; where processes read side by side
    it has to be a function of a module, which each of them can import.
    """

    model: str | None = None
    year_window: tuple[int, int] | None = None
    scenes: bool = False
    extract_all: Extractor | None = None

    def load(self) -> None:
        """Load what takes long to load."""
        if self.extract_all is None:
            from etl.extraction.parsing import language_model  # noqa: PLC0415 - as in _own_extractor

            language_model.load(self.model)

    def tell(self, reports: Sequence[Report]) -> list[Told | SetAside]:
        """Each of ``reports`` prepared and read for claims, in order, or set aside with the fault it raised.

        An :class:`~etl.errors.EtlError` (no language model, a damaged lexicon) concerns every report, and goes to the
        caller.
        """
        prepared = list(_prepared(reports, self.year_window))
        good = [one for one in prepared if isinstance(one, Report)]
        # By position, not by id: two inputs with the same content are two rows, each with its own source's id.
        read = iter(self._all(good))
        return [next(read) if isinstance(one, Report) else one for one in prepared]

    def _all(self, reports: list[Report]) -> list[Told | SetAside]:
        extract_all = self.extract_all or _own_extractor()
        try:
            read = extract_all(reports, self.model, self.year_window)
            return [self._told(report, claims) for report, claims in read]
        except EtlError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one report provokes; one by one shows which it was
            if len(reports) == 1:
                return [_aside(reports[0], error)]
        return [self._all([report])[0] for report in reports]

    def _told(self, report: Report, claims: list[Claim]) -> Told:
        from etl.incidents.confidence import with_confidence  # noqa: PLC0415 - as in _own_extractor
        from etl.incidents.events import events_of, numbered  # noqa: PLC0415
        from etl.incidents.standing import told_and_mentioned  # noqa: PLC0415

        events = events_of(report, claims)
        told = Told(report, with_confidence(report, numbered(claims, events), events), events)
        if self.scenes and not told_and_mentioned(report, events)[0]:
            return replace(told, scene=scene_of(told))
        return told


def scene_of(told: Told) -> Event | None:
    """The event, without a toll, that a report tells of where its news counts nobody."""
    from etl.extraction.scene import scene_without_toll  # noqa: PLC0415 - as in _own_extractor

    return told.scene or scene_without_toll(told.report)


def tell(reports: Sequence[Report]) -> list[Told | SetAside]:
    """Each of ``reports`` read with the defaults; see :meth:`Reading.tell`."""
    return Reading().tell(reports)


def second_reader(settings: Settings) -> SecondReader | None:
    """The second reader that ``settings`` name, or null where it is off."""
    if settings.second_reader.base_url is None:
        return None
    from etl import second_reader as package  # noqa: PLC0415 - off unless it is set up

    return package.from_settings(settings.second_reader)


def read_again(
    second: SecondReader | None, told: Iterable[Told | SetAside]
) -> Iterator[tuple[Told | SetAside, list[SetAside]]]:
    """Each of ``told`` as ``second`` leaves it, with its notes; as it is where there is no second reader."""
    if second is not None:
        return second.read(told)
    return ((one, []) for one in told)


def _own_extractor() -> Extractor:
    from etl.extraction import extract_all  # noqa: PLC0415 - loads the parser, which most commands do without

    return extract_all


def _prepared(reports: Iterable[Report], year_window: tuple[int, int] | None) -> Iterator[Report | SetAside]:
    from etl.reports import prepare  # noqa: PLC0415 - as above

    for report in reports:
        try:
            yield prepare(report, year_window)
        except EtlError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one report provokes must not end the run
            yield _aside(report, error)


def _aside(report: Report, error: Exception) -> SetAside:
    words = " ".join(str(error).split())[:200]
    return SetAside(
        report.source,
        f"could not be read for claims ({type(error).__name__}: {words}); please report it with the text",
        report.source_row,
    )
