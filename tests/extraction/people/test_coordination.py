"""Lists of people: who is a further victim and who is the one before told again."""

from __future__ import annotations

import pytest

from etl.extraction import extract_all
from etl.incidents.events import events_of
from etl.records import Measure, Report
from etl.reports import prepare


def toll_of(text: str) -> dict[Measure, int | None]:
    """Best figures of the main event that TEXT tells."""
    [(report, claims)] = extract_all([prepare(Report(report_id="r", text=text))])
    return {measure: figure.best for measure, figure in events_of(report, claims)[0].toll.items()}


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Gunmen killed Omar Aziz, a police colonel, and his guard in the east of the city.", 2),
        ("A bomb killed the owner of the shop, Ivan Petrov, and an employee.", 2),
        ("Karim Said, a founder of the party and a former mayor, was killed in Paris.", 1),
        ("Anna Holm, a radio producer, and Jan Berg, an announcer, were found dead.", 2),
        ("Gunmen stormed a school, killing a policeman, school guard, and a student.", 3),
        ("The attacker blew up his car, killing himself, two policemen, and a young girl.", 4),
        ("Two Norwegians, two Swiss, a Greek and a Canadian were killed when the cable car fell.", 6),
        ("Six Chinese, four Vietnamese and one Filipino sailor died in the collision at sea.", 11),
        ("Two reporters, one French and the other Australian, were killed.", 2),
        ("Two brothers, Ibrahim and Tariq, were killed.", 2),
        ("Both the mayor and his driver were killed.", 2),
        ("The owner and manager of the mill were killed in an ambush.", 2),
        ("The mayor's uncle Tarik Aziz and cousin Ali were killed in the attack.", 2),
        ("IS fighters shot dead a sheikh in the desert.", 1),
        ("A gunman shot dead his wife.", 1),
        ("A gunman killed his wife, sister-in-law, and teenage daughter.", 3),
        ("A man is held who police believe killed Ann Lee, a nurse who was found dead.", 1),
        ("Robbers shot a baker to death before the eyes of his wife and five children.", 1),
    ],
)
def test_a_list_counts_each_person_once(text: str, killed: int) -> None:
    assert toll_of(text)["killed"] == killed


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("The mine killed one sapper and wounded another along with two civilians.", 1, 3),
        ("A guard was killed, and two clerks, two customers and a cleaner were wounded in the robbery.", 1, 5),
        ("The blast killed sixteen and injured forty-two.", 16, 42),
    ],
)
def test_a_list_ends_where_another_harm_begins(text: str, killed: int, injured: int) -> None:
    toll = toll_of(text)

    assert (toll["killed"], toll["injured"]) == (killed, injured)
