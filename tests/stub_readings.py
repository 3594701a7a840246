"""Ways of reading reports that stand in for the project's own in another process, which imports no more than this."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator

from etl.errors import ModelError
from etl.reading import Reading
from etl.records import Claim, Report

POISON = "poison"


def no_claims(
    reports: Iterable[Report], _model: str | None, _years: tuple[int, int] | None
) -> Iterator[tuple[Report, list[Claim]]]:
    """An extractor that a report of one word ends, process and all."""
    for report in reports:
        if report.text == POISON:
            os.kill(os.getpid(), signal.SIGKILL)
        yield report, []


def no_model(
    _reports: Iterable[Report], _model: str | None, _years: tuple[int, int] | None
) -> Iterator[tuple[Report, list[Claim]]]:
    """An extractor without which nothing can be read."""
    raise ModelError("no model is installed", remedy="install one")


class UnreadyReading(Reading):
    """A way of reading that ends every process as it starts."""

    def load(self) -> None:
        """End the process."""
        os._exit(3)
