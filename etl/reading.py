"""One report after another, read for claims and events; a report that cannot be is set aside and the rest go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
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


def tell(
    reports: Sequence[Report],
    *,
    model: str | None = None,
    year_window: tuple[int, int] | None = None,
    extract_all: Extractor | None = None,
) -> Iterator[Told | SetAside]:
    """Each of ``reports`` prepared and read for claims, in order, or set aside with the fault it raised.

    An :class:`~etl.errors.EtlError` (no language model, a damaged lexicon) concerns every report, and goes to the
    caller. ``extract_all`` stands in for the project's own extraction.
    """
    prepared = list(_prepared(reports, year_window))
    good = [one for one in prepared if isinstance(one, Report)]
    # By position, not by id: two inputs with the same content are two rows, each with its own source's id.
    read = iter(_all(good, model, year_window, extract_all or _own_extractor()))
    for one in prepared:
        yield next(read) if isinstance(one, Report) else one


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


def _all(
    reports: list[Report], model: str | None, years: tuple[int, int] | None, extract_all: Extractor
) -> list[Told | SetAside]:
    try:
        return [_told(report, claims) for report, claims in extract_all(reports, model, years)]
    except EtlError:
        raise
    except Exception as error:  # noqa: BLE001 - as above; one by one shows which report it was
        if len(reports) == 1:
            return [_aside(reports[0], error)]
    return [_all([report], model, years, extract_all)[0] for report in reports]


def _told(report: Report, claims: list[Claim]) -> Told:
    from etl.incidents.confidence import with_confidence  # noqa: PLC0415 - as above
    from etl.incidents.events import events_of, numbered  # noqa: PLC0415

    events = events_of(report, claims)
    return Told(report, with_confidence(report, numbered(claims, events), events), events)


def _aside(report: Report, error: Exception) -> SetAside:
    words = " ".join(str(error).split())[:200]
    return SetAside(
        report.source,
        f"could not be read for claims ({type(error).__name__}: {words}); please report it with the text",
        report.source_row,
    )
