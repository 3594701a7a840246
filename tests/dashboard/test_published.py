from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import published, queries
from dashboard.filters import Filter
from dashboard.published import NoTables, Published
from tests.dashboard.conftest import fill
from tests.dashboard.kyrgyzstan_2010 import INCIDENTS, run


@pytest.fixture(autouse=True)
def looks_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "SECONDS_BETWEEN_CHECKS", -1.0)


def test_no_store_and_an_unpublished_store_are_said_plainly(tmp_path: Path) -> None:
    shown = Published(tmp_path / "nowhere")
    with pytest.raises(NoTables, match="nowhere"):
        shown.current()
    assert shown.revision() is None
    assert not (tmp_path / "nowhere").exists()
    fill(tmp_path / "store")
    with pytest.raises(NoTables):
        Published(tmp_path / "store").current()


def test_a_newer_run_is_noticed_without_a_restart(tmp_path: Path) -> None:
    shown = Published(tmp_path)
    store = fill(tmp_path)
    store.publish(run(1))
    first = shown.current()
    assert shown.revision() == "run-0001"
    assert shown.current() is first
    store.replace("incidents", INCIDENTS[:3])
    assert shown.current() is first, "what is not published is not shown"
    store.publish(run(2))
    second = shown.current()
    assert second.run.run_id == "run-0002"
    assert queries.selection(second.database, Filter()).incidents == 3
    assert queries.selection(first.database, Filter()).incidents == len(INCIDENTS), (
        "a request that has begun ends as it was"
    )


def test_a_file_made_from_an_edition_names_its_run_and_version(store_folder: Path) -> None:
    edition = Published(store_folder).current()
    assert edition.name.startswith("run-0001-v")
    assert edition.name.endswith(str(edition.versions["incidents"]))
