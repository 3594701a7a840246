"""Text to claims: candidate sentences, quantities, who suffered what, when, where and who said so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.extraction.version import EXTRACTOR_VERSION
from etl.records import Claim, Report

__all__ = ["EXTRACTOR_VERSION", "extract", "extract_all"]

# The parser is loaded when something is read: resolution needs the lexicons and no more.
# ruff: noqa: PLC0415


def extract_all(
    reports: Iterable[Report], model: str | None = None, year_window: tuple[int, int] | None = None
) -> Iterator[tuple[Report, list[Claim]]]:
    """Each of REPORTS (prepared) with its claims, in order; holds a small batch of reports and no more.

    MODEL names a spaCy model package; YEAR_WINDOW bounds the years in which a weekday may settle a date without one.
    Raises ``language_model.ModelMissing`` and ``ModelUnexpected``.
    """
    from etl.extraction.claims import read_reports
    from etl.extraction.scene import set_in_scene

    for report, claims in read_reports(reports, model):
        yield report, set_in_scene(report, claims, year_window)


def extract(report: Report, model: str | None = None, year_window: tuple[int, int] | None = None) -> list[Claim]:
    """Claims of one REPORT (prepared), in the order of its text."""
    return next(extract_all([report], model, year_window))[1]
