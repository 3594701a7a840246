"""What a report brings as its news stands apart from what it only mentions."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.extraction import extract
from etl.incidents.events import events_of, recalled_of
from etl.incidents.standing import features, told_and_mentioned
from etl.records import Report
from etl.reports import prepare
from tests.incidents.told import PUBLISHED


def parted(text: str) -> tuple[list[int | None], list[int | None]]:
    """Killed by event: of those told as news, and of those mentioned."""
    report = prepare(Report(report_id="r", text=text, published=PUBLISHED))
    told, mentioned = told_and_mentioned(report, events_of(report, extract(report)))
    return (
        [event.toll["killed"].best for event in told if "killed" in event.toll],
        [event.toll["killed"].best for event in mentioned if "killed" in event.toll],
    )


def test_a_murder_in_town_is_news() -> None:
    assert parted("Gunmen shot dead a judge in Lima on Tuesday.") == ([1], [])


def test_a_war_summed_up_is_a_mention() -> None:
    talk = "The ministers met for two days and spoke of trade, of fishing and of roads, and signed three papers. "
    assert parted(6 * talk + "One of them recalled that our people lost 70,000 dead to repression.") == ([], [70_000])


COMBAT = (
    "The army said that its troops clashed with guerrillas near Puno on Tuesday. "
    "Three soldiers were killed in the combat, and the rebels withdrew from their positions."
)


def test_what_armed_sides_lost_in_combat_is_a_mention_in_a_longer_report() -> None:
    talk = "The ministers met for two days and spoke of trade, of fishing and of roads, and signed three papers. "
    assert parted(9 * talk + COMBAT) == ([], [3])


def test_a_brief_about_combat_is_about_that() -> None:
    assert parted(COMBAT) == ([3], [])


def test_arrests_are_no_mention() -> None:
    report = prepare(Report(report_id="r", text="Police arrested nine men in Lima on Tuesday.", published=PUBLISHED))
    told, mentioned = told_and_mentioned(report, events_of(report, extract(report)))

    assert (len(told), mentioned) == (1, [])


def recalled(text: str) -> list[int | None]:
    report = prepare(Report(report_id="r", text=text, published=PUBLISHED))
    claims = extract(report)
    return [event.toll["killed"].best for event in recalled_of(report, claims, events_of(report, claims))]


def test_an_older_event_recalled_with_its_dead_is_an_event_of_its_own() -> None:
    assert recalled("Three men died in Lima on Monday. In 1998 a flood killed 40 people there.") == [40]


def test_a_victim_told_of_already_is_not_recalled() -> None:
    assert recalled("Judge Ana Ruiz was shot dead on Monday. In 1998 Ana Ruiz was shot dead, some say.") == []


PIECES = st.sampled_from(
    [
        "Two men were killed",
        " in Lima",
        " on Tuesday",
        ". ",
        "ten years ago",
        " war ",
        "[SPEECH] ",
        "we ",
        "\n\n",
        "12 ",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_event_is_either_told_or_mentioned_and_its_features_are_numbers(text: str) -> None:
    report = prepare(Report(report_id="r", text=text, published=PUBLISHED))
    events = events_of(report, extract(report))
    told, mentioned = told_and_mentioned(report, events)

    assert sorted(event.index for event in [*told, *mentioned]) == [event.index for event in events]
    assert all(0 <= value < 100 for event in events for value in features(report, event, events).values())
