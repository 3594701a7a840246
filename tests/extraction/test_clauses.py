"""A clause is read by its own words: running totals, older events, what was tried, denied or claimed stay apart."""

from __future__ import annotations

import pytest

from etl.extraction import extract_all
from etl.incidents.events import events_of
from etl.records import Measure, Report
from etl.reports import prepare


def toll_of(text: str) -> dict[Measure, int | None]:
    """Best figures of the main event that TEXT tells; empty where it tells none."""
    [(report, claims)] = extract_all([prepare(Report(report_id="r", text=text))])
    events = events_of(report, claims)
    return {measure: figure.best for measure, figure in events[0].toll.items() if figure.best} if events else {}


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("The blast did not injure the minister, but killed two policemen.", {"killed": 2}),
        ("The garrison was able to repel the attack and kill 26 of the insurgents.", {"killed": 26}),
        (
            "He blew up his belt after trying to enter the bus, killing himself and a guard and wounding nine others.",
            {"killed": 2, "injured": 9},
        ),
        ("Seven rebels were killed, several others escaped, and one was captured.", {"killed": 7}),
        ("The rebels said that they had set off the blast, which injured four civilians.", {"injured": 4}),
        ("The theft led to a brawl in which four police and two rebels were killed.", {"killed": 6}),
        ("A judge, Ali Aziz, who had previously headed a court, was assassinated.", {"killed": 1}),
        ("A tourist was injured by a shell in the third attack in the past month.", {"injured": 1}),
        ("First reports were ten dead and over seventy wounded.", {"killed": 10, "injured": 70}),
        (
            "One officer was killed and three were wounded, although the group claimed it killed five and hurt nine.",
            {"killed": 1, "injured": 3},
        ),
    ],
)
def test_a_clause_is_read_by_its_own_words(text: str, toll: dict[Measure, int]) -> None:
    assert toll_of(text) == toll


@pytest.mark.parametrize(
    "text",
    [
        "The director was shot at by gunmen.",
        "He was convicted and sentenced to death.",
        "Unrest has grown since the death of tribal leader Akbar Khan.",
        "The van was totally burned.",
        "The attack burned millions of dollars of gas.",
        "Three bombs killed or wounded over 200 people.",
    ],
)
def test_words_of_harm_that_count_nobody(text: str) -> None:
    assert toll_of(text) == {}


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("One of his guards was wounded, as was an ambulance driver.", {"injured": 2}),
        ("A gunman killed three people before turning the gun on himself.", {"killed": 4}),
        ("The bombing killed six people and wounded up to sixteen others.", {"killed": 6, "injured": 16}),
        ("Thirty-six people (26 officers and ten clerks) were injured.", {"injured": 36}),
        ("Two servicemen's wives were killed in a cemetery.", {"killed": 2}),
        ("Gunmen shot and wounded a former mayor. He died of his injuries in hospital.", {"killed": 1}),
        ("Two people were killed. The blast killed a barber as well as one of the patrons.", {"killed": 2}),
        (
            "Sixteen people were killed. The men fired on a family, killing eleven, and shot dead five more people.",
            {"killed": 16},
        ),
        ("A judge was killed in the blast. His driver was also killed.", {"killed": 2}),
    ],
)
def test_turns_of_phrase(text: str, toll: dict[Measure, int]) -> None:
    assert toll_of(text) == toll
