"""Shares of a counted whole, and everyone told one by one behind a colon."""

from __future__ import annotations

import pytest

from tests.extraction.harm.test_aftermath import told


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("All but four of the 36 passengers drowned when the boat overturned.", {"killed": 32}),
        ("A dinghy carrying 61 people sank off the cape. All but nine drowned.", {"killed": 52}),
        ("All but two of the 14 sailors on the tug were killed.", {"killed": 12}),
        ("Only three of the nine hikers survived.", {"killed": 6}),
        ("Just one of the 15 divers came back alive.", {"killed": 14}),
        ("Of the 18 passengers, all but five died.", {"killed": 13}),
        ("Of the 12 sailors, only two survived.", {"killed": 10}),
        ("Only one of 16 miners survived.", {"killed": 15}),
        ("Six people were killed and the same number were injured.", {"killed": 6, "injured": 6}),
        ("Seventy per cent of the 40 villagers died in the mudslide.", {"killed": 28}),
        ("25% of the 60 workers were injured.", {"injured": 15}),
        ("Of the 16 people injured, three later died.", {"injured": 13, "killed": 3}),
        ("Four of the nine stabbed men died.", {"killed": 4, "injured": 5}),
        ("Of the 50 passengers, 11 died and the rest were injured.", {"killed": 11, "injured": 39}),
        ("The tram had 22 people aboard; three died and the others were hurt.", {"killed": 3, "injured": 19}),
        ("The van was carrying 13 people. Five died and the rest were hurt.", {"killed": 5, "injured": 8}),
        ("Fourteen people were killed and as many were wounded.", {"killed": 14, "injured": 14}),
        ("Ten soldiers died and twice as many were injured.", {"killed": 10, "injured": 20}),
        ("The blast killed everyone in the van: a driver and three nurses.", {"killed": 4}),
        ("Everyone aboard died: the captain and seven sailors.", {"killed": 8}),
    ],
)
def test_a_share_of_a_whole_is_reckoned(text: str, measures: dict[str, int]) -> None:
    assert told(text) == measures


@pytest.mark.parametrize(
    "text",
    [
        "All but two of the 30 houses were burnt.",
        "Only two of the 12 companies survived the crisis of the steel trade and 40 were sold.",
        "Sixty per cent of the 80 clerks voted for the pay deal.",
        "All but three of the 20 guests who had been ill went home.",
        "The rest were injured by what the coach had said.",
    ],
)
def test_a_share_that_nothing_befell_tells_no_harm(text: str) -> None:
    assert told(text).get("killed") is None
    assert told(text).get("injured") is None
