"""The written rules of the toll, one by one: who moves the figure, who only widens it, who does neither."""

from __future__ import annotations

from etl.incidents import resolve
from etl.records import Event, Figure, Incident, Report
from tests.incidents.wire import about, at_least, event, figure, report

Said = tuple[str, str, Figure, str | None]
"""Hour of 7 April, publisher, figure of the dead, who said it."""


def toll(*said: Said, quote: str = "") -> list[tuple[int | None, int | None, int | None]]:
    """Low, best and high of each step."""
    events: list[Event] = []
    reports: list[Report] = []
    for number, (hour, publisher, killed, attribution) in enumerate(said):
        name = f"r{number}"
        reports.append(report(name, f"2010-04-{hour}", publisher))
        words = quote if number == len(said) - 1 else ""
        events.append(
            event(name, "2010-04-07", killed=killed, attribution=attribution, names=("One Person",), quote=words)
        )
    resolution = resolve(events, reports)
    assert len(resolution.incidents) == 1
    return [(step.low, step.best, step.high) for step in resolution.tolls]


def test_a_later_figure_of_the_same_source_supersedes_up_and_down() -> None:
    assert toll(
        ("07 10", "Wire", figure(30), None), ("07 12", "Wire", figure(34), None), ("08 10", "Wire", figure(31), None)
    ) == [
        (30, 30, 30),
        (34, 34, 34),
        (31, 31, 31),
    ]


def test_at_least_gives_a_low_and_never_a_high() -> None:
    assert toll(("07 10", "Wire", at_least(15), None)) == [(15, 15, None)]


def test_a_lower_at_least_does_not_lower_the_toll() -> None:
    assert toll(("07 10", "Wire", figure(47), None), ("08 10", "Wire", at_least(40), None)) == [(47, 47, 47)]
    assert toll(("07 10", "Wire", figure(47), None), ("08 10", "Chronicle", at_least(40), None)) == [(47, 47, 47)]


def test_an_exact_figure_firms_up_at_least() -> None:
    assert toll(("07 10", "Wire", at_least(15), None), ("07 12", "Chronicle", figure(15), None)) == [
        (15, 15, None),
        (15, 15, 15),
    ]


def test_sources_that_differ_widen_the_range_and_are_never_averaged() -> None:
    assert toll(("07 10", "Wire", figure(30), "police"), ("07 11", "Chronicle", figure(26), "a neighbour")) == [
        (30, 30, 30),
        (26, 30, 30),
    ]


def test_a_party_to_the_conflict_does_not_outweigh_the_ministry() -> None:
    steps = toll(
        ("07 10", "Wire", figure(40), "the Health Ministry"), ("07 11", "Chronicle", figure(100), "the opposition")
    )
    assert steps == [(40, 40, 40), (40, 40, 100)]


def test_at_least_more_than_every_bound_leaves_the_high_open() -> None:
    steps = toll(
        ("07 10", "Wire", figure(40), "the Health Ministry"), ("07 11", "Chronicle", at_least(100), "the opposition")
    )
    assert steps == [(40, 40, 40), (40, 40, None)]


def test_the_ministry_lowers_what_others_said() -> None:
    steps = toll(("07 10", "Wire", figure(60), "witnesses"), ("07 16", "Chronicle", figure(40), "the Health Ministry"))
    assert steps[-1][:2] == (40, 40)


def test_another_source_lowers_the_toll_only_as_a_correction() -> None:
    first: Said = ("07 10", "Wire", figure(60), None)
    then: Said = ("08 10", "Chronicle", figure(50), None)
    assert toll(first, then)[-1] == (50, 60, 60)
    assert toll(first, then, quote="The figure was revised down to 50 ")[-1][1] == 50


def test_about_says_neither_low_nor_high() -> None:
    assert toll(("07 10", "Wire", about(50), None)) == [(None, 50, None)]
    assert toll(("07 10", "Wire", figure(48), None), ("07 12", "Chronicle", about(50), None)) == [(48, 48, 48)]


def test_hundreds_does_not_replace_a_count_but_leaves_room_above_it() -> None:
    steps = toll(
        ("07 10", "Wire", figure(170), "police"), ("07 12", "Chronicle", Figure(200, 200, 999), "the Red Cross")
    )
    assert steps == [(170, 170, 170), (170, 170, 999)]


def test_an_overtaken_figure_leaves_the_range() -> None:
    steps = toll(("07 10", "Wire", figure(17), None), ("07 20", "Chronicle", figure(40), None))
    assert steps == [(17, 17, 17), (40, 40, 40)]


def test_no_step_is_written_where_nothing_changed() -> None:
    assert len(toll(("07 10", "Wire", figure(17), None), ("07 12", "Chronicle", figure(17), None))) == 1


def test_the_missing_who_are_found_leave_the_toll() -> None:
    told = [event(f"r{n}", "2010-04-07", cause="flood", killed=figure(9)) for n in range(2)]
    told[0].toll["missing"], told[1].toll["missing"] = figure(80), figure(30)
    resolution = resolve(told, [report("r0", "2010-04-08 08"), report("r1", "2010-04-09 08", "Chronicle")])
    assert resolution.incidents[0].missing_best == 30


def incident_of(*said: tuple[str, str, Figure, str | None], other_news: str | None = None) -> Incident:
    reports = [report(f"r{n}", f"2010-04-{hour}", publisher) for n, (hour, publisher, _, _) in enumerate(said)]
    if other_news is not None:
        reports.append(report("other", other_news))
    events = [
        event(f"r{n}", "2010-04-07", killed=killed, attribution=who) for n, (_, _, killed, who) in enumerate(said)
    ]
    return resolve(events, reports).incidents[0]


def test_status_is_disputed_where_sources_stand_apart() -> None:
    incident = incident_of(
        ("07 10", "Wire", figure(40), "police"), ("07 11", "Chronicle", at_least(60), "the opposition")
    )
    assert incident.status == "disputed"
    assert incident.status_reason == "killed: 40 by one source, at least 60 by another"


def test_status_develops_then_settles_as_other_news_goes_on() -> None:
    assert incident_of(("07 10", "Wire", figure(40), None)).status == "developing"
    settled = incident_of(("07 10", "Wire", figure(40), None), other_news="2010-04-30 10:00")
    assert settled.status == "settled"
    assert "unchanged since 2010-04-07" in settled.status_reason


def test_a_claim_that_is_not_of_the_incident_never_feeds_its_toll() -> None:
    for scope in ("subset", "cumulative"):
        told = event("r0", "2010-04-07", killed=figure(500), scope=scope)
        told.toll["killed"] = figure(500)
        resolution = resolve([told], [report("r0", "2010-04-08 08")])
        assert resolution.tolls == []
        assert resolution.incidents[0].killed_best is None
        assert len(resolution.incident_of) == 1


def test_somebody_by_name_raises_the_toll_by_a_quarter_and_no_more() -> None:
    first: Said = ("07 10", "Wire", figure(60), "the Health Ministry")
    assert toll(first, ("07 12", "Chronicle", figure(70), "Damira Someone"))[-1] == (60, 70, 70)
    assert toll(first, ("07 12", "Chronicle", figure(120), "Damira Someone"))[-1] == (60, 60, 120)
