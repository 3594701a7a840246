"""The store that settings name, and the row that makes what was written there one edition for its readers."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

from etl.incidents import RESOLVER_VERSION
from etl.records import RunKind
from etl.settings import Settings
from etl.tables.store import Snapshot, Store
from etl.tally import Tally


def open_store(settings: Settings) -> Store:
    """The store ``settings`` name; nothing is created yet."""
    kept = settings.store
    return Store(kept.path, storage_options=kept.options, keep_runs=kept.keep_runs, keep_hours=kept.keep_hours)


def publish(
    store: Store, tally: Tally, started: dt.datetime, *, extractor_version: str, kind: RunKind = "run"
) -> Snapshot:
    """Publish the tables of ``store`` as they stand, as a run of its own; gives what readers see from now on."""
    row = tally.row(
        f"{started:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}",
        started,
        extractor_version=extractor_version,
        resolver_version=RESOLVER_VERSION,
        incidents=store.latest(["incidents"]).count("incidents"),
    )
    return store.publish(replace(row, kind=kind))
