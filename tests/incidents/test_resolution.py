"""Which tellings become one incident, whatever order they arrive in, and that nothing is lost on the way."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.incidents import Resolution, resolve
from etl.incidents.blocks import MOST_IN_KEY
from etl.incidents.telling import telling_id
from etl.records import Event, Figure, Report
from tests.incidents import april
from tests.incidents.wire import about, at_least, claim, event, figure, report


def both(one: Event, other: Event) -> Resolution:
    """Two events of two publishers, a few hours apart."""
    return resolve(
        [one, other],
        [report(one.report_id, "2010-04-08 08:00"), report(other.report_id, "2010-04-08 12:00", "Chronicle")],
    )


def test_april_is_one_incident_and_steps_as_the_reports_told_it() -> None:
    resolution = resolve(april.EVENTS, april.REPORTS)
    assert len(resolution.incidents) == 1
    incident = resolution.incidents[0]
    assert (incident.killed_low, incident.killed_best, incident.killed_high) == (85, 85, 85)
    assert incident.label == "Protest or riot, Bishkek and Talas, 7 April 2010"
    assert (incident.place_name, incident.adm1_code, incident.place_precision) == ("Bishkek", "KG-GB", 1)
    assert incident.date_start == incident.date_end == dt.date(2010, 4, 7)
    assert incident.date_precision == 1
    best: list[tuple[str, int | None]] = []
    for step in resolution.tolls:
        if step.measure == "killed" and (not best or best[-1][1] != step.best):
            best.append((step.report_id, step.best))
    assert best == list(april.STEPS)


def test_a_copy_is_a_report_but_no_source() -> None:
    incident = resolve(april.EVENTS, april.REPORTS).incidents[0]
    assert incident.n_reports == 14  # the one that only recalls it brings no news of it
    assert incident.n_sources == 4
    original, copy = event("k", "2010-04-07", killed=figure(81)), event("l", "2010-04-07", killed=figure(81))
    told = [report("k", "2010-04-11 07:00"), report("l", "2010-04-11 09:00", "Chronicle", copy_of="k")]
    only = resolve([original, copy], told).incidents[0]
    assert (only.n_reports, only.n_sources) == (2, 1)


def test_a_recalled_event_belongs_to_its_incident_and_makes_none() -> None:
    name = ("Aida Osmonova",)
    told = event("a", "2010-05-03", "Osh", killed=figure(1), cause="shooting", names=name)
    recalled = event("b", None, None, killed=figure(1), cause="shooting", names=name, scope="background")
    reports = [report("a", "2010-05-04 08:00"), report("b", "2010-09-20 08:00", "Chronicle")]
    alone = resolve([told], reports)
    both = resolve([recalled, told], reports)
    assert (both.incidents, both.tolls) == (alone.incidents, alone.tolls)
    assert set(both.incident_of.values()) == {alone.incidents[0].incident_id}
    assert len(both.incident_of) == 2
    unknown = resolve([recalled], reports)
    assert (unknown.incidents, unknown.incident_of) == ([], {})
    assert [row.incident_id for row in unknown.tellings] == [None]


def test_nothing_is_recalled_before_it_happened() -> None:
    name = ("Aida Osmonova",)
    later = event("a", "2010-05-03", "Osh", killed=figure(1), cause="shooting", names=name)
    recalled = event("b", None, None, killed=figure(1), cause="shooting", names=name, scope="background")
    found = resolve([recalled, later], [report("a", "2010-05-04 08:00"), report("b", "2010-03-20 08:00")])
    assert len(found.incident_of) == 1


def test_a_recalled_event_pulls_no_two_incidents_together() -> None:
    april = event("a", "2010-04-07", "Talas", killed=figure(12))
    may = event("b", "2010-05-19", "Talas", killed=figure(12))
    recalled = event("c", "2010-04-01", "Talas", until="2010-05-31", precision=4, killed=figure(12), scope="background")
    reports = [report("a", "2010-04-08 08:00"), report("b", "2010-05-20 08:00"), report("c", "2010-09-20 08:00")]
    found = resolve([april, may, recalled], reports)
    assert sorted(one.n_reports for one in found.incidents) == [1, 1]


def test_a_copy_without_its_original_still_counts() -> None:
    incident = resolve(
        [event("l", "2010-04-07", killed=figure(81))], [report("l", "2010-04-11 09:00", "Chronicle", copy_of="k")]
    ).incidents[0]
    assert (incident.n_sources, incident.killed_best) == (1, 81)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(len(april.EVENTS))), st.permutations(range(len(april.REPORTS))))
def test_order_of_arrival_changes_nothing(events: list[int], reports: list[int]) -> None:
    known = resolve(april.EVENTS, april.REPORTS)
    assert resolve([april.EVENTS[i] for i in events], [april.REPORTS[i] for i in reports]) == known


DAYS = st.dates(dt.date(2010, 6, 9), dt.date(2010, 6, 14))


@st.composite
def news(draw: st.DrawFn) -> tuple[list[Event], list[Report]]:
    """Up to a dozen reports of one or two events each, of few places and causes, so that many could be one."""
    events: list[Event] = []
    reports: list[Report] = []
    for number in range(draw(st.integers(1, 12))):
        name = f"r{number}"
        day = draw(DAYS)
        for index in range(draw(st.integers(1, 2))):
            low = draw(st.sampled_from([None, 1, 2, 20, 22, 400]))
            events.append(
                event(
                    name,
                    draw(st.sampled_from([None, day.isoformat()])),
                    draw(st.sampled_from([None, "Osh", "Jalal-Abad"])),
                    killed=None if low is None else draw(st.sampled_from([figure(low), at_least(low)])),
                    cause=draw(st.sampled_from([None, "communal violence", "armed clash", "earthquake"])),
                    index=index,
                    names=draw(st.sampled_from([(), ("Aida Osmonova",), ("Bek Toktogulov",)])),
                )
            )
        hours = dt.timedelta(hours=draw(st.integers(0, 72)))
        published = dt.datetime(day.year, day.month, day.day) + hours  # noqa: DTZ001 - the builder takes it as UTC
        publisher = draw(st.sampled_from(["Wire", "Chronicle", None]))
        copied = draw(st.sampled_from([None, "r0"]))
        reports.append(report(name, published.isoformat(sep=" "), publisher, copied if number else None))
    return events, reports


@settings(max_examples=80, deadline=None)
@given(news(), st.randoms(use_true_random=False))
def test_any_news_resolves_alike_in_any_order_and_loses_no_claim(
    told: tuple[list[Event], list[Report]], chance: Random
) -> None:
    events, reports = told
    known = resolve(events, reports)
    again, shuffled = list(events), list(reports)
    chance.shuffle(again)
    chance.shuffle(shuffled)
    assert resolve(again, shuffled, known.incident_of) == known
    incidents = {incident.incident_id: incident for incident in known.incidents}
    assert {claim.claim_id for one in events for claim in one.claims} == set(known.incident_of)
    assert set(known.incident_of.values()) <= set(incidents)
    for incident in known.incidents:
        bounds = [b for b in (incident.killed_low, incident.killed_best, incident.killed_high) if b is not None]
        assert bounds == sorted(bounds)
        assert incident.date_start is None or incident.date_start <= (incident.date_end or dt.date.min)
        parent = incident.parent_incident_id
        assert parent is None or parent in incidents
        assert parent != incident.incident_id


def sets_of(resolution: Resolution) -> set[frozenset[str]]:
    """The claims of each incident."""
    return {
        frozenset(claim for claim, incident in resolution.incident_of.items() if incident == one.incident_id)
        for one in resolution.incidents
    }


def test_an_analyst_holds_two_tellings_to_be_one_or_two() -> None:
    one, other = event("a", "2010-04-07", killed=figure(9)), event("b", "2010-04-07", killed=figure(9))
    far = event("c", "2010-05-14", "Jalal-Abad", killed=figure(1))
    told = [report(name, "2010-05-15 12:00", name) for name in "abc"]
    a, b, c = (found.claims[0].claim_id for found in (one, other, far))
    assert sets_of(resolve([one, other, far], told)) == {frozenset({a, b}), frozenset({c})}
    assert sets_of(resolve([one, other, far], told, cannot_link=[(b, a)])) == {
        frozenset({a}),
        frozenset({b}),
        frozenset({c}),
    }
    merged = resolve([one, other, far], told, must_link=[(a, telling_id(far))])
    assert sets_of(merged) == {frozenset({a, b, c})}
    assert sets_of(resolve([one, other, far], told, must_link=[(a, b), (b, c)], cannot_link=[(a, c)])) == {
        frozenset({a, b}),
        frozenset({c}),
    }


def test_an_analysts_pair_of_unknown_ids_binds_nothing() -> None:
    one, other = event("a", "2010-04-07", killed=figure(9)), event("b", "2010-04-07", killed=figure(9))
    told = [report(name, "2010-05-15 12:00", name) for name in "ab"]
    plain = resolve([one, other], told)
    gone = (one.claims[0].claim_id, "no such claim")
    assert resolve([one, other], told, must_link=[gone], cannot_link=[gone]) == plain


def test_two_events_of_one_report_stay_two() -> None:
    told = [event("a", "2010-04-07", killed=figure(3), index=0), event("a", "2010-04-07", killed=figure(3), index=1)]
    assert len(resolve(told, [report("a", "2010-04-07 12:00")]).incidents) == 2


def test_a_third_report_does_not_pull_two_events_of_one_report_together() -> None:
    told = [
        event("a", "2010-04-07", killed=figure(3), index=0),
        event("a", "2010-04-07", killed=figure(9), index=1),
        event("b", "2010-04-07", killed=figure(9)),
    ]
    resolution = resolve(told, [report("a", "2010-04-07 12:00"), report("b", "2010-04-07 15:00", "Chronicle")])
    sizes = sorted((incident.killed_best, incident.n_reports) for incident in resolution.incidents)
    assert sizes == [(3, 1), (9, 2)]


def test_a_telling_of_the_country_joins_the_town_and_makes_no_twin() -> None:
    resolution = both(event("a", "2010-04-07", killed=figure(65)), event("b", "2010-04-07", None, killed=figure(68)))
    assert [incident.place_name for incident in resolution.incidents] == ["Bishkek"]


def test_a_telling_of_the_country_does_not_join_two_towns() -> None:
    told = [
        event("a", "2010-06-11", "Osh", killed=figure(12), cause="communal violence"),
        event("b", "2010-06-11", None, killed=figure(12), cause="communal violence"),
        event("c", "2010-06-11", "Jalal-Abad", killed=figure(12), cause="communal violence"),
    ]
    names = [
        incident.place_name for incident in resolve(told, [report(n, "2010-06-11 12:00", n) for n in "abc"]).incidents
    ]
    assert sorted(name or "" for name in names) == ["Jalal-Abad", "Osh"]


def test_few_dead_and_many_of_another_cause_are_two() -> None:
    small = event("a", "2010-04-07", killed=figure(2), cause="shooting")
    large = event("b", "2010-04-07", killed=figure(400), cause="armed clash")
    assert len(both(small, large).incidents) == 2


def test_an_earthquake_and_a_riot_of_one_day_are_two() -> None:
    assert len(both(event("a", "2010-04-07"), event("b", "2010-04-07", cause="earthquake")).incidents) == 2


def test_different_victims_by_name_are_two() -> None:
    one = event("a", "2010-04-07", killed=figure(1), cause="shooting", names=("Aida Osmonova",))
    other = event("b", "2010-04-07", killed=figure(1), cause="shooting", names=("Bek Toktogulov",))
    assert len(both(one, other).incidents) == 2


def test_one_dead_each_in_two_towns_beside_each_other_are_two_unless_a_name_is_shared() -> None:
    there: dict[str, Any] = {"killed": figure(1), "cause": "shooting"}
    beside: dict[str, Any] = {"adm1_name": "Osh", "adm1_code": "KG-O", "latitude": 40.6, "longitude": 72.95}
    one, other = event("a", "2010-05-07", "Osh", **there), event("b", "2010-05-07", "Kara-Suu", **there, **beside)
    assert len(both(one, other).incidents) == 2
    named: dict[str, Any] = {"names": ("Aida Osmonova",)}
    one, other = (
        event("a", "2010-05-07", "Osh", **there, **named),
        event("b", "2010-05-07", "Kara-Suu", **there, **beside, **named),
    )
    assert len(both(one, other).incidents) == 1


def test_nobody_dies_of_an_arrest() -> None:
    told = event("a", "2010-05-07", "Osh", killed=figure(2), cause="arrest")
    assert both(told, event("b", "2010-05-07", "Talas")).incidents[0].cause != "arrest"
    (one,) = resolve([told], [report("a", "2010-05-08 10:00")]).incidents
    assert one.cause is None
    (one,) = resolve(
        [dataclasses.replace(told, toll={"detained": figure(2)})], [report("a", "2010-05-08 10:00")]
    ).incidents
    assert one.cause == "arrest"


def test_a_shared_victim_joins_a_report_without_date_or_country() -> None:
    one = event("a", "2010-04-07", killed=figure(1), cause="assassination", names=("Gennady Pavlyuk",))
    other = event(
        "b",
        None,
        None,
        killed=figure(1),
        cause=None,
        names=("Gennady G. Pavlyuk",),
        country_code=None,
        country_name=None,
    )
    assert len(both(one, other).incidents) == 1


def test_daily_incidents_of_one_town_do_not_chain_into_one() -> None:
    told = [
        event(f"r{day}", f"2010-05-{day:02}", "Osh", killed=figure(1), cause="shooting", names=(f"Victim Number{day}",))
        for day in range(1, 9)
    ]
    reports = [report(f"r{day}", f"2010-05-{day:02} 20:00") for day in range(1, 9)]
    assert len(resolve(told, reports).incidents) == 8


def test_the_broad_event_is_parent_of_its_local_part() -> None:
    unrest = "communal violence"
    broad: dict[str, Any] = {"until": "2010-06-14", "precision": 2, "others": ("Jalal-Abad",)}
    told = [
        event("a", "2010-06-10", "Osh", killed=figure(117), cause=unrest, **broad),
        event("a", "2010-06-13", "Jalal-Abad", killed=figure(20), cause=unrest, index=1),
        event("b", "2010-06-10", "Osh", killed=figure(138), cause=unrest, **broad),
    ]
    resolution = resolve(told, [report("a", "2010-06-14 05:00"), report("b", "2010-06-14 18:00", "Chronicle")])
    by_place = {incident.place_name: incident for incident in resolution.incidents}
    assert by_place["Jalal-Abad"].parent_incident_id == by_place["Osh"].incident_id
    assert by_place["Osh"].parent_incident_id is None
    counted = [incident.killed_best for incident in resolution.incidents if incident.parent_incident_id is None]
    assert counted == [138]


def test_ids_stay_when_later_reports_come() -> None:
    early = resolve(april.EVENTS[:3], april.REPORTS[:3])
    late = resolve(april.EVENTS, april.REPORTS, early.incident_of)
    assert [incident.incident_id for incident in early.incidents] == [
        incident.incident_id for incident in late.incidents
    ]
    assert late.redirects == {}


def test_an_earlier_report_that_turns_up_late_leaves_a_redirect() -> None:
    before = resolve(april.EVENTS[3:], april.REPORTS)
    after = resolve(april.EVENTS, april.REPORTS, before.incident_of)
    assert after.redirects == {before.incidents[0].incident_id: after.incidents[0].incident_id}


def test_impossible_values_are_flagged_and_nothing_is_lost() -> None:
    odd = event(
        "a",
        "2010-04-09",
        killed=Figure(10**9, 10**9, 10**9),
        injured=figure(40),
        until="2010-04-07",
        latitude=0.0,
        longitude=0.0,
    )
    resolution = resolve([odd], [report("a", "2010-04-10 12:00")])
    incident = resolution.incidents[0]
    assert incident.killed_best is None
    assert incident.injured_best == 40
    assert incident.latitude is None
    assert (incident.date_start, incident.date_end) == (dt.date(2010, 4, 7), dt.date(2010, 4, 9))
    for told in ("1,000,000,000 killed", "backwards", "0, 0"):
        assert told in incident.status_reason
    assert {claim.claim_id for claim in odd.claims} == set(resolution.incident_of)


def test_a_date_after_publication_is_not_believed() -> None:
    incident = resolve([event("a", "2031-01-01", killed=figure(2))], [report("a", "2010-04-10 12:00")]).incidents[0]
    assert incident.date_start is None
    assert "after the report was published" in incident.status_reason


def uprooted(name: str, people: int, **facts: Any) -> Event:
    """People still away from home, told of the whole country without a day of their own."""
    told = event(name, None, None, cause=None, **facts)
    claims = (claim(name, "displaced", about(people)),)
    return dataclasses.replace(told, claims=claims, toll={"displaced": about(people)})


@pytest.mark.parametrize(("people", "incidents"), [(300_000, 1), (900, 2)])
def test_so_many_uprooted_are_those_of_the_violence_that_is_known(people: int, incidents: int) -> None:
    violence = event("a", "2010-06-11", "Osh", killed=figure(191), cause="communal violence")
    displaced = claim("a", "displaced", at_least(people + people // 4))
    violence = dataclasses.replace(
        violence,
        claims=(*violence.claims, displaced),
        toll={**violence.toll, "displaced": at_least(people + people // 4)},
    )
    reports = [report("a", "2010-06-12 08:00"), report("b", "2010-06-21 10:00", "Bulletin")]
    assert len(resolve([violence, uprooted("b", people)], reports).incidents) == incidents
    # Months later so many are others, or nobody knows whose.
    later = [reports[0], report("b", "2010-10-21 10:00", "Bulletin")]
    assert len(resolve([violence, uprooted("b", people)], later).incidents) == 2


@pytest.mark.parametrize(("bearers", "reports"), [(MOST_IN_KEY, 2), (MOST_IN_KEY + 1, 1)])
def test_a_name_that_too_many_bear_brings_nobody_together(bearers: int, reports: int) -> None:
    """A shared name joins a telling without a day or place to its incident, until the name says nothing of anybody."""
    name = ("Aida Osmonova",)
    told = [
        event("a", "2010-06-10", "Osh", killed=figure(3), names=name),
        event("b", None, None, killed=figure(3), names=name, country_code=None, country_name=None),
    ]
    filed = [report("a", "2010-06-11 08:00"), report("b", "2010-06-12 08:00", "Chronicle")]
    for number in range(bearers - len(told)):
        day = dt.date(1990, 1, 1) + dt.timedelta(days=20 * number)
        others = ("Aida Bekova", "Gul Osmonova")
        told.append(event(f"x{number}", str(day), "Osh", killed=figure(3), names=others))
        filed.append(report(f"x{number}", f"{day} 20:00"))
    found = resolve(told, filed)
    (june,) = (one for one in found.incidents if one.date_start == dt.date(2010, 6, 10))
    assert june.n_reports == reports
    assert sum(one.n_reports for one in found.incidents) == bearers


def test_an_event_whose_report_is_unknown_is_kept() -> None:
    incident = resolve([event("lost", "2010-04-07", killed=figure(2))], []).incidents[0]
    assert (incident.killed_best, incident.first_reported) == (2, None)


def test_no_events_no_incidents() -> None:
    assert resolve([], april.REPORTS) == Resolution([], [], {})


def steps_of(resolution: Resolution) -> Iterable[tuple[str, int | None]]:
    """Report and best figure of each step of the dead."""
    return [(step.report_id, step.best) for step in resolution.tolls if step.measure == "killed"]


def test_the_background_claim_leads_to_the_old_incident_but_moves_nothing() -> None:
    resolution = resolve(april.EVENTS, april.REPORTS)
    background = april.EVENTS[-1].claims[0]
    assert resolution.incident_of[background.claim_id] == resolution.incidents[0].incident_id
    assert "o" not in dict(steps_of(resolution))


def test_a_dateline_is_where_it_was_written_not_where_it_happened() -> None:
    unrest = "communal violence"
    there = event("a", "2010-06-11", "Osh", killed=figure(138), cause=unrest)
    written = event("b", "2010-06-11", "Bishkek", killed=figure(140), cause=unrest)
    words = [dataclasses.replace(claim, place_text="BISHKEK") for claim in written.claims]
    written = dataclasses.replace(written, claims=tuple(words))
    reports = [
        report("a", "2010-06-14 05:00"),
        dataclasses.replace(report("b", "2010-06-14 09:00", "Chronicle"), dateline_place="Bishkek"),
    ]
    assert [incident.place_name for incident in resolve([there, written], reports).incidents] == ["Osh"]


def test_a_window_before_publication_does_not_part_a_later_count_from_its_incident() -> None:
    unrest = "communal violence"
    first = event("a", "2010-06-10", "Osh", killed=figure(170), cause=unrest)
    later = event("b", "2010-06-15", "Osh", killed=figure(187), cause=unrest, until="2010-06-17", precision=2)
    reports = [report("a", "2010-06-15 08:00"), report("b", "2010-06-17 09:00", "Chronicle")]
    incidents = resolve([first, later], reports).incidents
    assert [(one.killed_best, one.date_start) for one in incidents] == [(187, dt.date(2010, 6, 10))]


def test_one_vague_report_is_no_parent_of_what_many_tell() -> None:
    unrest = "communal violence"
    told = [event(name, "2010-06-10", "Osh", killed=figure(20), cause=unrest) for name in "ab"]
    vague: dict[str, Any] = {"until": "2010-06-30", "precision": 4, "others": ("Osh",)}
    told.append(event("c", "2010-06-01", "Jalal-Abad", killed=figure(900), cause="stabbing or assault", **vague))
    reports = [report(name, f"2010-08-1{day} 08:00", name) for day, name in enumerate("abc")]
    assert [incident.parent_incident_id for incident in resolve(told, reports).incidents] == [None, None]


def test_a_small_toll_that_grows_by_the_hour_is_one_incident() -> None:
    none = event("a", "2010-05-14", "Osh", killed=figure(0), injured=at_least(30), cause=None)
    one = event("b", "2010-05-14", "Osh", killed=figure(1), injured=figure(63), cause="armed clash")
    two = event("c", "2010-05-14", "Osh", killed=figure(2), cause="protest or riot")
    told = [report(name, f"2010-05-14 {hour}:00", name) for name, hour in (("a", "08"), ("b", "18"), ("c", "22"))]
    assert [incident.killed_best for incident in resolve([none, one, two], told).incidents] == [2]


def test_the_day_printed_beside_when_it_was_told_is_the_incidents() -> None:
    told = event("a", "2010-04-18", "Osh", killed=figure(3), until="2010-04-20", precision=2)
    day = dt.date(2010, 4, 19)
    claims = [
        dataclasses.replace(claim, date_text="Monday", date_start=day, date_end=day, date_precision=1)
        for claim in told.claims
    ]
    told = dataclasses.replace(told, claims=tuple(claims))
    incident = resolve([told], [report("a", "2010-04-20 04:30")]).incidents[0]
    assert (incident.date_start, incident.date_end) == (day, day)


def test_a_town_that_bears_its_regions_name_is_among_the_places() -> None:
    unrest = "communal violence"
    region: dict[str, Any] = {"adm1_name": "Osh"}
    told = [
        event("a", "2010-06-10", "Osh", killed=figure(97), cause=unrest, **region),
        event("b", "2010-06-10", "Osh", killed=figure(117), cause=unrest, others=("Jalal-Abad",), **region),
        event(
            "c", "2010-06-10", "Jalal-Abad", killed=figure(120), cause=unrest, others=("Osh",), adm1_name="Jalal-Abad"
        ),
    ]
    incidents = resolve(told, [report(name, "2010-06-14 05:00", name) for name in "abc"]).incidents
    assert [incident.place_names for incident in incidents] == [("Osh", "Jalal-Abad")]


def test_what_happened_the_day_before_one_day_is_no_part_of_it() -> None:
    before = event("a", "2010-05-13", "Jalal-Abad", killed=figure(0))
    after = event("b", "2010-05-14", "Jalal-Abad", killed=figure(2), injured=figure(63), others=("Osh",))
    incidents = resolve(
        [before, after], [report("a", "2010-05-13 20:00"), report("b", "2010-05-14 20:00", "Chronicle")]
    )
    assert [incident.parent_incident_id for incident in incidents.incidents] == [None, None]


def test_a_report_of_those_who_fled_joins_the_violence_they_fled() -> None:
    unrest = "communal violence"
    dead = event("a", "2010-06-10", "Osh", killed=figure(138), cause=unrest)
    fled = event("b", "2010-06-10", "Osh", cause=unrest)
    fled = dataclasses.replace(fled, toll={"displaced": figure(75_000)})
    reports = [report("a", "2010-06-13 18:00"), report("b", "2010-06-13 20:00", "Bulletin")]
    assert [(one.killed_best, one.displaced_best) for one in resolve([dead, fled], reports).incidents] == [
        (138, 75_000)
    ]


def test_those_who_died_later_died_of_what_happened_before() -> None:
    told = event("a", "2010-07-28", "Osh", killed=figure(21))
    saturday, wednesday = dt.date(2010, 7, 24), dt.date(2010, 7, 28)
    claims = [
        dataclasses.replace(claim, date_text=words, date_start=day, date_end=day, date_precision=1)
        for claim in told.claims
        for words, day in (("Wednesday", wednesday), ("last Saturday", saturday))
    ]
    told = dataclasses.replace(told, claims=tuple(claims))
    incident = resolve([told], [report("a", "2010-07-28 12:00")]).incidents[0]
    assert incident.date_start == incident.date_end == saturday
