from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from etl import pipeline
from etl.records import Claim, Decision, Incident, Review
from etl.reviews.deciding import Ask, decide
from etl.settings import Settings, SourceSettings, StoreSettings
from etl.tables.snapshot import Snapshot
from etl.tables.store import Store
from tests.wire_folder import write_report

STORIES = {
    "01-osh.md": (
        "Market blast in Osh", "North Wire", "2012-05-03T10:00:00Z",
        "OSH, Kyrgyzstan, May 3 - A bomb killed 12 people at a market in Osh on Thursday. Another 30 were injured.",
    ),
    "02-osh-rises.md": (
        "Osh market toll rises", "Valley Post", "2012-05-04T10:00:00Z",
        "OSH, Kyrgyzstan, May 4 - The bomb at a market in Osh on Thursday killed 15 people, the Health Ministry said.",
    ),
    "03-talas.md": (
        "Clash in Talas", "North Wire", "2012-05-10T10:00:00Z",
        "TALAS, Kyrgyzstan, May 10 - Four people were killed in a clash in Talas on Wednesday, a witness said.",
    ),
    "04-quetta.md": (
        "Quetta bus falls into ravine", "Coast Daily", "2012-06-02T10:00:00Z",
        "QUETTA, Pakistan, June 2 - A bus crash killed 21 people near Quetta on Friday, officials said.",
    ),
}  # fmt: skip


TOWNS = (
    "Lagos Nairobi Mombasa Kampala Accra Dakar Bamako Tunis Cairo Amman Baghdad Basra Tehran Kabul Kandahar Lahore "
    "Karachi Mumbai Chennai Kolkata Dhaka Yangon Bangkok Hanoi Manila Jakarta Lima Bogota Quito Santiago Montevideo "
    "Caracas Havana Managua Warsaw Prague Budapest Bucharest Sofia Athens"
).split()


def settings_for(store: Path, *sources: Path) -> Settings:
    return Settings(
        store=StoreSettings(path=str(store), wait_seconds=0),
        sources=SourceSettings(paths=tuple(str(path) for path in sources)),
    )


class Desk:
    """A store as an analyst meets it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = settings_for(folder / "store", folder / "reports")

    @property
    def tables(self) -> Snapshot:
        return Store(self.folder / "store").snapshot()

    @property
    def incidents(self) -> dict[str, Incident]:
        """By the place they happened in; a second one of a place has a number."""
        found: dict[str, Incident] = {}
        for one in sorted(self.tables.rows("incidents"), key=lambda row: (str(row.first_reported), row.incident_id)):
            name = one.place_name or "nowhere"
            found[name if name not in found else f"{name} {sum(key.startswith(name) for key in found) + 1}"] = one
        return found

    def claim(self, best: int) -> Claim:
        """The one claim that counts whose figure was read as ``best``."""
        (found,) = (
            one
            for one in self.tables.rows("claims")
            if one.superseded_by is None and json.loads(one.review_replaced or "{}").get("best", one.best) == best
        )
        return found  # type: ignore[no-any-return]

    def decide(self, decision: Decision, subject: str, *given: str, why: str = "checked with the hospital") -> Review:
        asked = Ask(decision, subject, given, reviewer="A. Analyst", reason=why)
        return decide(self.settings, asked)[0]

    def report(self, name: str, publisher: str, published: str, text: str) -> None:
        """One more report, read by a run of its own."""
        write_report(self.folder / "reports", name, name, publisher, published, text)
        self.run()

    def run(self) -> None:
        pipeline.run(self.settings)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    for name, story in STORIES.items():
        write_report(folder / "reports", name, *story)
    Desk(folder).run()
    return folder


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Desk:
    shutil.copytree(filled, tmp_path / "desk")
    return Desk(tmp_path / "desk")


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same among so many others that a change is settled where it is, and no more."""
    folder = tmp_path_factory.mktemp("crowded")
    for name, story in STORIES.items():
        write_report(folder / "reports", name, *story)
    for number, town in enumerate(TOWNS):
        text = f"A fire killed {number + 103} people in {town} on Tuesday, the police said."
        day = f"2012-{number % 9 + 1:02}-{number % 27 + 1:02}T12:00:00Z"
        write_report(folder / "reports", f"9-{number:02}.md", f"Fire in {town}", "Coast Daily", day, text)
    Desk(folder).run()
    return folder


@pytest.fixture
def crowded_desk(crowded: Path, tmp_path: Path) -> Desk:
    shutil.copytree(crowded, tmp_path / "crowded")
    return Desk(tmp_path / "crowded")


Everything = Callable[[Desk], dict[str, list[str]]]


@pytest.fixture
def everything() -> Everything:
    """All rows that decisions may change, to compare."""

    def rows(desk: Desk) -> dict[str, list[str]]:
        return {name: sorted(map(repr, desk.tables.rows(name))) for name in ("claims", "incidents", "tolls")}

    return rows
