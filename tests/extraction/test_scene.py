"""What a report tells that counts nobody: still where, when and, where a word says so, what."""

from __future__ import annotations

import pytest

from etl.extraction.scene import scene_without_toll
from etl.records import Report


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("The car of a councillor was set ablaze in Bilbao.", "Bilbao", "Spain"),
        ("Saboteurs blew up two power lines near Neiva, the Colombian army said.", "Neiva", "Colombia"),
        ("JORDAN. An officer was stopped at a road block in Irbid and let go.", "Irbid", "Jordan"),
        ("Five shots were fired at a consulate in Marseille.", "Marseille", "France"),
        ("Fighters said they launched three projectiles at Ashkelon.", "Ashkelon", "Israel"),
        ("Rebels toppled a pylon near Cali, Colombia.", "Cali", "Colombia"),
    ],
)
def test_an_event_that_hurts_nobody_has_its_place(text: str, place: str, country: str) -> None:
    event = scene_without_toll(Report(report_id="r", text=text))
    assert event is not None
    assert (event.place_name, event.country_name) == (place, country)
    assert not event.toll


def test_a_report_of_no_event_has_none() -> None:
    text = "The bank opened a branch in Lisbon. Its profits rose by a tenth, and the shares closed higher."
    assert scene_without_toll(Report(report_id="r", text=text)) is None
