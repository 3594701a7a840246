"""Harm told in rarer words, and counts that an abbreviation, a part or a late companion could spoil."""

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
    ("text", "injured"),
    [
        ("THE BOMB RESULTED IN THE INJURY OF SIX NUNS AND MILLIONS IN LOSSES.", 6),
        ("A bomb wounded six U.S. soldiers and six Peruvian clerks.", 12),
        ("A blast at the base wounded four NPA guards.", 4),
        ("A bomb went off at the chamber of commerce, causing minor damage and injury to two clerks.", 2),
        ("A woman was treated for cuts after the blast.", 1),
        ("A nun was kidnapped and tortured before she was released.", 1),
        ("A letter exploded in the post office, blinding a clerk.", 1),
        ("A fire was set at the mill. The owner's wife suffered smoke inhalation.", 1),
        ("Three tourists were injured as well as eight bystanders.", 11),
        ("Three pilgrims were killed and 18 were injured, as well as eight policemen.", 26),
        ("Another two people, Ivan Petrov and Oleg Petrov, were seriously injured.", 2),
        ("A shooting left three men and two boys hospitalized.", 5),
        ("A drive-by shooting left three adults and two children hospitalized.", 5),
        ("A blast left two dead and five clerks hospitalized.", 5),
        ("LIMA, Peru: Two guards were wounded on Monday.", 2),
        ("Two clerks were wounded, and one of the robbers shot at guards as he fled.", 2),
        ("The mission was coordinating a joint response and evacuating wounded. Two clerks were hurt.", 2),
    ],
)
def test_rarer_words_of_harm_count_the_hurt(text: str, injured: int) -> None:
    assert toll_of(text)["injured"] == injured


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("THE RAID CAUSED ONE UNFORTUNATE DEATH, INJURIES, AND DAMAGE.", 1),
        ("The raid caused three needless deaths.", 3),
        ("ON 9 APRIL 6 NUNS WERE KILLED NEAR OSH.", 6),
        ("TRAVELERS SAID THAT ON 9 APRIL 28 BODIES OF FARMERS WERE FOUND NEAR OSH.", 28),
        ("Six nuns were riddled with bullets at the school.", 6),
        ("A reward is offered for the murderers of the six nuns.", 6),
        ("Police are after the killers of Judge Luis Mora.", 1),
        ("HIRED GUNMEN MURDERED IN LESS THAN 48 HOURS, JUDGE LUIS MORA, COLONEL PEDRO DIAZ AND SENATOR ANA RUIZ.", 3),
        ("The president died with 23 other people when a bomb went off.", 24),
        ("An exiled dissident was stabbed to death in his home.", 1),
        ("The guerrillas admitted the fatal stabbing of two soldiers.", 2),
        ("Three miners, two of them on leave and the third a retired driver, were killed.", 3),
        ("Gunmen killed two Spanish citizens, one a teacher and the other a nurse, in Oran.", 2),
        ("Eight guards, five of them policemen, and three clerks were killed.", 11),
    ],
)
def test_a_part_of_the_dead_is_no_further_dead(text: str, killed: int) -> None:
    assert toll_of(text)["killed"] == killed


def test_a_number_before_a_unit_still_counts_nobody() -> None:
    [(_, claims)] = extract_all([prepare(Report(report_id="r", text="The wave killed crops over 40 feet of dyke."))])

    assert [claim for claim in claims if claim.best == 40] == []
