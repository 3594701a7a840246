"""The second reader at work: asks about reports that may hold a claim, several at once, and gives up when it must."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache

from etl.errors import DataFileError
from etl.extraction.candidates import may_hold_claim
from etl.extraction.lexicons import LEXICONS
from etl.reading import Told
from etl.records import Report, SetAside
from etl.second_reader.answers import claims_in
from etl.second_reader.comparison import compared
from etl.second_reader.endpoint import Endpoint, NoAnswer
from etl.settings import SecondReaderSettings

_GIVE_UP = 5
"""Reports in a row without an answer after which a run asks no more: the endpoint is down, and the night is short."""


@lru_cache(maxsize=1)
def instructions() -> str:
    """What the second reader is told to do; raises :class:`~etl.errors.DataFileError`."""
    path = LEXICONS.parent / "second_reader" / "instructions.md"
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataFileError(f"cannot be read ({error.strerror})", where=path) from error


class SecondReader:
    """Reads each report a second time at an endpoint; holds no more than the reports it is given."""

    def __init__(self, endpoint: Endpoint, *, most_characters: int, at_once: int) -> None:
        self._endpoint = endpoint
        self._most_characters = most_characters
        self._at_once = at_once
        self._failures = 0

    def read(self, told: Iterable[Told | SetAside]) -> Iterator[tuple[Told | SetAside, list[SetAside]]]:
        """Each of TOLD, in order, its claims marked with what the second reader says, and notes of what it could not.

        Never raises for an answer: a report without one keeps the claims it has, unmarked, and is noted.
        """
        with ThreadPoolExecutor(self._at_once, thread_name_prefix="second-reader") as pool:
            yield from pool.map(self._one, told)

    def _one(self, told: Told | SetAside) -> tuple[Told | SetAside, list[SetAside]]:
        if isinstance(told, SetAside):
            return told, []
        report = told.report
        if report.language not in (None, "en") or not (told.claims or may_hold_claim(report.text)):
            return told, []
        if len(report.text) > self._most_characters:
            return told, [_note(report, f"longer than {self._most_characters:,} characters, not read a second time")]
        if self._failures >= _GIVE_UP:
            return told, [_note(report, "not read a second time, since the second reader had stopped answering")]
        try:
            answer = self._endpoint.ask(instructions(), report.text)
        except NoAnswer as error:
            self._failures += 1
            return told, [_note(report, f"not read a second time: {error}")]
        self._failures = 0
        second, turned_down = claims_in(answer, report, self._endpoint.model)
        if not second and "not JSON" in " ".join(turned_down):
            return told, [_note(report, "not read a second time: the answer is not JSON")]
        return replace(told, claims=compared(told.claims, second)), list(_turned_down(report, turned_down))


def _turned_down(report: Report, reasons: Sequence[str]) -> Iterable[SetAside]:
    if reasons:
        kinds = "; ".join(dict.fromkeys(reasons))
        yield _note(report, f"{len(reasons)} of the second reader's claims turned down: {kinds}")


def _note(report: Report, reason: str) -> SetAside:
    return SetAside(report.source, reason, report.source_row, "warning")


def from_settings(chosen: SecondReaderSettings) -> SecondReader | None:
    """The second reader CHOSEN names, or null where it is off."""
    if chosen.base_url is None or chosen.model is None:
        return None
    endpoint = Endpoint(
        base_url=chosen.base_url, model=chosen.model, key=chosen.key, timeout_seconds=chosen.timeout_seconds
    )
    return SecondReader(endpoint, most_characters=chosen.most_characters, at_once=chosen.at_once)
