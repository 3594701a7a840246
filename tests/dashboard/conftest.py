from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard import queries
from etl.tables.store import Store
from tests.dashboard import kyrgyzstan_2010 as told


def fill(folder: Path) -> Store:
    """A real store with the rows of Kyrgyzstan 2010, not yet published."""
    store = Store(folder)
    store.append("reports", told.REPORTS)
    store.append("claims", told.CLAIMS)
    store.append("incidents", told.INCIDENTS)
    store.append("tolls", told.TOLLS)
    store.append("redirects", told.REDIRECTS)
    return store


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    fill(folder).publish(told.run())
    return folder


@pytest.fixture(scope="session")
def database(store_folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with queries.connect(Store(store_folder).snapshot()) as opened:
        yield opened
