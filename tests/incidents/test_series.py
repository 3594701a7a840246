"""A report of one attack of several counts its own dead, not those of the series."""

from __future__ import annotations

import pytest

from tests.incidents.told import best_told


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            (
                "A mine killed six farmers near Herat. It was one of four blasts in the province on Monday. "
                "In total, the blasts killed nineteen people."
            ),
            6,
        ),
        (
            (
                "A bomb in a tea house killed two traders. The attack was part of a coordinated double bombing "
                "that killed a total of eleven people."
            ),
            2,
        ),
        (
            (
                "Three bombs went off within minutes in Quetta, killing fourteen people. "
                "The second bomb exploded at a bus stop and killed four students."
            ),
            4,
        ),
        ("A judge was shot dead in Basra. He was one of three officials assassinated in the city in a week.", 1),
        (
            (
                "Two bakers were stabbed to death in Jos as part of a series of clashes. "
                "Overall, the clashes killed thirty people."
            ),
            2,
        ),
    ],
)
def test_the_total_of_a_series_is_not_that_of_its_part(text: str, killed: int) -> None:
    assert best_told(text)["killed"] == killed


def test_the_hurt_of_a_series_go_with_its_dead() -> None:
    toll = best_told(
        "A bomb killed three policemen in Mosul. This was one of five bombings on the day, which killed a total of "
        "twenty people and wounded ninety."
    )

    assert toll == {"killed": 3}


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Gunmen killed two guards, then three cooks. In all, five people died in the two attacks.", 5),
        ("Two explosions in Lahore killed nine people. Police said the attacks were planned together.", 9),
        ("The first blast killed two people and the second blast killed five. In total, seven people died.", 7),
    ],
)
def test_a_total_of_all_that_the_report_tells_stands(text: str, killed: int) -> None:
    assert best_told(text)["killed"] == killed
