"""Who shot himself, who feared for his life, and whom a list of other days counts: dead, hurt, or neither."""

from __future__ import annotations

import pytest

from etl.extraction import extract
from etl.incidents.events import events_of
from etl.records import Report
from etl.reports import prepare


def tolls(text: str) -> tuple[int, int]:
    """Killed and injured of the main event of TEXT."""
    report = prepare(Report(report_id="r", text=text))
    events = events_of(report, extract(report))
    toll = events[0].toll if events else {}
    killed, injured = toll.get("killed"), toll.get("injured")
    return (killed.best or 0) if killed else 0, (injured.best or 0) if injured else 0


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        pytest.param(
            "Deputies say a boy got hold of a pistol and shot himself. He regained consciousness later.",
            0,
            1,
            id="shot himself and came to",
        ),
        pytest.param(
            "A farmer shot himself on Sunday. He was found dead in his barn.", 1, 0, id="shot himself and died"
        ),
        pytest.param("A farmer shot himself on Sunday, the sheriff said.", 1, 0, id="shot himself, and no more"),
        pytest.param(
            "A couple are in critical condition after an attempted murder-suicide. He shot his wife, then himself.",
            0,
            2,
            id="attempted murder-suicide",
        ),
        pytest.param(
            "A robber forced a clerk outside. The clerk thought he was going to lose his life, police said.",
            0,
            0,
            id="going to lose his life",
        ),
        pytest.param("She told police she thought he was going to shoot her.", 0, 0, id="going to shoot"),
        pytest.param(
            "Coroner: Man shot by homeowner had no gun. The man was shot and killed last week.", 1, 0, id="who speaks"
        ),
        pytest.param(
            "Two men fired at each other and both were wounded. The second man was pronounced dead at the scene.",
            1,
            1,
            id="one of both died",
        ),
        pytest.param(
            "A woman shot her husband and then herself, police said. Officers found the couple's bodies.",
            2,
            0,
            id="the husband is one of the couple",
        ),
        pytest.param(
            "A boy shot and killed a 1-year-old and wounded a 2-year-old. The bullet also struck a 2-year-old girl.",
            1,
            1,
            id="of one age",
        ),
        pytest.param(
            "A 20-year-old man was wounded in the leg. Another 20-year-old man was wounded in the arm.",
            0,
            2,
            id="another of that age",
        ),
        pytest.param(
            "A boy shot his sister dead with a rifle. Deputies said the girl was struck in the chest.",
            1,
            0,
            id="where the dead was struck",
        ),
        pytest.param(
            "A man and a woman were hurt when somebody opened fire on Saturday. It is the fourth shooting in the city "
            "since Wednesday. On Wednesday, a man was shot and killed. On Friday, two people were shot outside a club.",
            0,
            2,
            id="the others of a series",
        ),
    ],
)
def test_local_news_counts_its_own_dead_and_hurt(text: str, killed: int, injured: int) -> None:
    assert tolls(text) == (killed, injured)
