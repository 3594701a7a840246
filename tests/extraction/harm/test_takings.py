"""People seized, captured or held; guns, towns and prizes are not."""

from __future__ import annotations

import pytest

from tests.extraction.harm.test_aftermath import told


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Gunmen seized 17 pupils from a hostel.", {"abducted": 17}),
        ("Six nurses were seized by rebels near the river.", {"abducted": 6}),
        ("Police seized three men at the border.", {"detained": 3}),
        ("Two attackers were killed and a third was captured.", {"killed": 2, "detained": 1}),
        ("Troops captured four militants.", {"detained": 4}),
        ("Three held over station bombing", {"detained": 3}),
        ("Two men held after knife attack", {"detained": 2}),
        ("Police seized 23 rifles and a van.", {}),
        ("The rebels captured three towns.", {}),
        ("The party seized on two words of the speech.", {}),
        ("Talks held after strike", {}),
        ("The film captured two awards.", {}),
    ],
)
def test_only_people_are_taken(text: str, measures: dict[str, int]) -> None:
    assert told(text) == measures
