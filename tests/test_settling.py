"""Whatever reports come together in a run, the tables end the same, and old incident ids lead to the present ones."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import copies, kept, settling
from etl.errors import Interrupted
from etl.incidents import RESOLVER_VERSION, blocks, held
from etl.records import Claim, Event, Redirect, Report
from etl.reports import duplicates
from etl.reports.duplicates import Signature
from etl.settling import settle
from etl.settling.redirects import redirected
from etl.tables.snapshot import Snapshot, Tables
from etl.tables.store import Store
from tests.tables.rows import MOMENT, a_claim, a_run

Told = tuple[Report, list[Claim]]
PLACES = {
    "Osh": {"adm1_code": "KG-O", "latitude": 40.53, "longitude": 72.8, "place_precision": 1},
    "Jalal-Abad": {"adm1_code": "KG-J", "latitude": 40.93, "longitude": 73.0, "place_precision": 1},
}


@pytest.fixture(autouse=True)
def _always_by_block() -> Iterator[None]:
    """Small tables would be made anew each time; here every later run looks at the touched blocks only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settling, "MOST_NEW", 1.0)
        yield


@st.composite
def told(draw: st.DrawFn) -> list[Told]:
    """Up to ten reports of few days, places, causes and figures, so that many could be one incident."""
    found = []
    for number in range(draw(st.integers(2, 10))):
        name = f"r{number}"
        day = dt.date(2010, 6, 1) + dt.timedelta(days=draw(st.integers(0, 40)) // 8 * draw(st.sampled_from([1, 8])))
        hours = dt.timedelta(hours=draw(st.integers(0, 96)))
        report = Report(
            report_id=name,
            text=draw(st.sampled_from(["The same words of a wire.", f"Words of {name} alone."])),
            publisher=draw(st.sampled_from(["Wire", "Chronicle", None])),
            published=dt.datetime.combine(day, dt.time(), dt.UTC) + hours if draw(st.booleans()) else None,
        )
        found.append((report, [_claim(draw, name, place, day) for place in range(draw(st.integers(1, 2)))]))
    return found


def _claim(draw: st.DrawFn, name: str, place: int, day: dt.date) -> Claim:
    where = draw(st.sampled_from([None, *PLACES]))
    dead = draw(st.sampled_from([2, 20, 21, 400]))
    dated = draw(st.integers(0, 3)) > 0
    return a_claim(
        f"{name}-{place}",
        name,
        low=dead,
        best=dead,
        high=draw(st.sampled_from([None, dead])),
        quote=f"in {where} on {day}",
        date_text=str(day) if dated else None,
        date_start=day if dated else None,
        date_end=day + dt.timedelta(days=draw(st.sampled_from([0, 0, 5]))) if dated else None,
        date_precision=1 if dated else None,
        span_start=place * 1000,
        figure_start=place * 1000,
        scope=draw(st.sampled_from(["incident", "incident", "background"])),
        cause=draw(st.sampled_from([None, "communal violence", "armed clash", "earthquake"])),
        victim_names=draw(st.sampled_from([(), (), ("Aida Osmonova",)])),
        place_text=where,
        place_name=where,
        place_names=(where,) if where else (),
        country_code=draw(st.sampled_from(["KG", "KG", None])) if where is None else "KG",
        **PLACES.get(where or "", {"place_precision": 6}),
    )


def run_over(store: Store, *batches: Sequence[Told]) -> Snapshot:
    """The tables after a run for each batch."""
    for batch in batches:
        store.append("claims", [claim for _, claims in batch for claim in claims])
        store.append("reports", [report for report, _ in batch])
        settle(store)
        number = len(store.runs())
        finished = MOMENT + dt.timedelta(minutes=number)
        store.publish(a_run(f"run-{number}", resolver_version=RESOLVER_VERSION, finished_at=finished))
    return store.snapshot()


def tables(snapshot: Snapshot) -> dict[str, list[str]]:
    return {
        name: sorted(map(repr, snapshot.rows(name))) for name in ("reports", "claims", "incidents", "tolls", "tellings")
    }


@settings(max_examples=8, deadline=None)
@given(told(), st.data())
def test_any_order_and_any_split_into_runs_leaves_the_same_tables(every: list[Told], data: st.DataObject) -> None:
    order = data.draw(st.permutations(every))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(every) - 1), max_size=4)))
    batches = [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        parts = run_over(Store(Path(folder) / "parts"), *batches)
        whole = run_over(Store(Path(folder) / "whole"), every)
        assert tables(parts) == tables(whole)
        for one in parts.rows("redirects"):
            assert parts.current_incident(one.incident_id) in {row.incident_id for row in whole.rows("incidents")}


@settings(max_examples=6, deadline=None)
@given(told(), st.data())
def test_a_name_that_grows_too_common_leaves_the_same_tables_too(every: list[Told], data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        bearers = data.draw(st.integers(1, 3))
        for module in (blocks, held):
            patch.setattr(module, "MOST_IN_KEY", bearers)
        order = data.draw(st.permutations(every))
        cut = data.draw(st.integers(1, len(every) - 1))
        with tempfile.TemporaryDirectory() as folder:
            parts = run_over(Store(Path(folder) / "parts"), order[:cut], order[cut:])
            assert tables(parts) == tables(run_over(Store(Path(folder) / "whole"), every))


def test_the_bearer_that_makes_a_name_too_common_parts_what_it_had_joined(tmp_path: Path) -> None:
    bare: dict[str, Any] = {
        "date_text": None, "date_start": None, "date_end": None, "date_precision": None, "place_text": None,
        "place_name": None, "place_names": (), "country_code": None, "adm1_code": None, "latitude": None,
        "longitude": None, "place_precision": None,
    }  # fmt: skip
    name = ("Aida Osmonova",)
    told = [killed("a", 3, "2010-06-11", victim_names=name), killed("b", 3, "2010-06-12", victim_names=name, **bare)]
    others = [
        killed(
            f"x{year}", 3, f"{year}-03-03", victim_names=("Aida Bekova", "Gul Osmonova"), date_start=day, date_end=day
        )
        for year in (1990, 1991)
        for day in (dt.date(year, 3, 2),)
    ]
    with pytest.MonkeyPatch.context() as patch:
        for module in (blocks, held):
            patch.setattr(module, "MOST_IN_KEY", 3)
        store = Store(tmp_path)
        assert [one.n_reports for one in run_over(store, told).rows("incidents")] == [2]
        assert sorted(one.n_reports for one in run_over(store, others[:1]).rows("incidents")) == [1, 2]
        assert sorted(one.n_reports for one in run_over(store, others[1:]).rows("incidents")) == [1, 1, 1, 1]


def killed(name: str, dead: int, published: str, **given: Any) -> Told:
    """A report of so many dead in Osh on 10 June 2010."""
    usual: dict[str, Any] = {
        "low": dead,
        "best": dead,
        "high": dead,
        "quote": f"in Osh on 2010-06-10, told by {name}",
        "date_text": "2010-06-10",
        "date_start": dt.date(2010, 6, 10),
        "date_end": dt.date(2010, 6, 10),
        "date_precision": 1,
        "cause": "communal violence",
        "place_text": "Osh",
        "place_name": "Osh",
        "place_names": ("Osh",),
        "country_code": "KG",
        **PLACES["Osh"],
    }
    moment = dt.datetime.fromisoformat(published).replace(tzinfo=dt.UTC)
    report = Report(report_id=name, text=f"Told by {name}.", publisher=name, published=moment)
    return report, [a_claim(f"{name}-0", name, **usual | given)]


def test_an_earlier_report_that_comes_late_leaves_the_old_id_leading_to_the_incident(tmp_path: Path) -> None:
    later, earlier = killed("b", 49, "2010-06-12"), killed("a", 17, "2010-06-11")
    earliest = killed("c", 12, "2010-06-10")
    store = Store(tmp_path)
    (first,) = run_over(store, [later]).rows("incidents")
    snapshot = run_over(store, [earlier], [earliest])
    (now,) = snapshot.rows("incidents")
    assert now.incident_id != first.incident_id
    assert snapshot.current_incident(first.incident_id) == now.incident_id
    assert snapshot.current_incident(now.incident_id) == now.incident_id
    assert snapshot.current_incident("nobody's") is None
    assert len(list(snapshot.rows("redirects"))) == 2


def test_a_toll_that_nobody_tells_again_is_settled_by_other_news(tmp_path: Path) -> None:
    store = Store(tmp_path)
    (before,) = run_over(store, [killed("a", 17, "2010-06-11")]).rows("incidents")
    assert before.status == "developing"
    elsewhere = killed("b", 3, "2010-08-01", country_code="NP", place_name="Kathmandu", date_start=dt.date(2010, 7, 30))
    after = {one.incident_id: one for one in run_over(store, [elsewhere]).rows("incidents")}
    assert after[before.incident_id].status == "settled"
    assert after[before.incident_id].status_reason == "unchanged since 2010-06-11, while other news went on"


def test_a_broad_incident_that_comes_later_becomes_the_parent_of_its_parts(tmp_path: Path) -> None:
    store = Store(tmp_path)
    part = killed("a", 4, "2010-06-12", place_name="Jalal-Abad", place_names=("Jalal-Abad",), **PLACES["Jalal-Abad"])
    (before,) = run_over(store, [part]).rows("incidents")
    broad = killed(
        "b", 400, "2010-06-16", place_names=("Osh", "Jalal-Abad"), date_end=dt.date(2010, 6, 14), date_precision=2
    )
    after = {one.incident_id: one for one in run_over(store, [broad]).rows("incidents")}
    assert after.keys() > {before.incident_id}
    assert after[before.incident_id].parent_incident_id in after


def a_wire(name: str, published: str) -> Told:
    """A report of the same words as every other."""
    report, claims = killed(name, 17, published)
    return replace(report, text="Seventeen people were killed in Osh."), claims


def test_no_text_is_prepared_twice_to_find_its_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[str] = []
    real = duplicates.signature

    def counted(report: Report) -> Signature:
        prepared.append(report.report_id)
        return real(report)

    monkeypatch.setattr(copies, "signature", counted)
    store = Store(tmp_path)
    run_over(store, [a_wire("a", "2010-06-11")], [a_wire("b", "2010-06-12")])
    assert prepared == ["a", "b"]
    shutil.rmtree(tmp_path / "signatures")  # as in a store of before they were kept
    run_over(store, [a_wire("c", "2010-06-13")])
    assert sorted(prepared[2:]) == ["a", "b", "c"]
    monkeypatch.setattr(copies, "SIGNATURE_VERSION", "of other rules")
    snapshot = run_over(store, [a_wire("d", "2010-06-14")])
    assert sorted(prepared[5:]) == ["a", "b", "c", "d"]
    links = {row.report_id: row.duplicate_of for row in snapshot.rows("reports")}
    assert links == {"a": None, "b": "a", "c": "a", "d": "a"}
    assert store.latest(["signatures"]).count("signatures") == 4


def test_no_claim_of_a_neighbouring_incident_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: set[str] = set()
    real = kept.events

    def noted(tables: Tables, only: Collection[str] | None = None) -> Iterator[Event]:
        read.update(only or ())
        return real(tables, only)

    store = Store(tmp_path)
    far = killed("far", 3, "2010-06-11", place_name="Uzgen", place_names=("Uzgen",), latitude=40.77, longitude=73.3)
    run_over(store, [killed("a", 17, "2010-06-11"), far])
    monkeypatch.setattr(kept, "events", noted)
    (osh, _) = sorted(
        run_over(store, [killed("b", 49, "2010-06-12")]).rows("incidents"), key=lambda one: -one.n_reports
    )
    assert (osh.n_reports, osh.killed_best) == (2, 49)
    assert read == {"a", "b"}


def test_an_interrupted_resolution_is_made_anew(tmp_path: Path) -> None:
    store = Store(tmp_path)
    one, other = killed("a", 17, "2010-06-11"), killed("b", 49, "2010-06-12")
    run_over(store, [one])
    store.replace("incidents", [])
    (found,) = run_over(store, [other]).rows("incidents")
    assert (found.killed_best, found.n_reports) == (49, 2)


def test_a_stop_while_resolving_leaves_what_was_published(tmp_path: Path) -> None:
    store = Store(tmp_path)
    one, other = killed("a", 17, "2010-06-11"), killed("b", 49, "2010-06-12")
    run_over(store, [one])
    store.append("claims", other[1])
    store.append("reports", [other[0]])
    with pytest.raises(Interrupted):
        settle(store, stopped=lambda: True)
    assert [found.killed_best for found in store.snapshot().rows("incidents")] == [17]
    assert [found.killed_best for found in run_over(store, []).rows("incidents")] == [49]


def test_an_analysts_pairs_hold_in_a_later_run(tmp_path: Path) -> None:
    store = Store(tmp_path)
    run_over(store, [killed("a", 17, "2010-06-11"), killed("b", 17, "2010-06-12")])
    settle(store, changed=["a", "b"], cannot_link=[("a-0", "b-0")])
    assert store.latest().count("incidents") == 2
    settle(store, changed=["a", "b"])
    assert store.latest().count("incidents") == 1


def test_a_redirect_leads_to_a_present_incident_at_once() -> None:
    held = [Redirect(incident_id="a", current_incident_id="b"), Redirect(incident_id="z", current_incident_id="c")]
    leads = redirected(held, {"b": "c", "d": None}, {"c", "z"})
    assert {one.incident_id: one.current_incident_id for one in leads} == {"a": "c", "b": "c", "d": None}
