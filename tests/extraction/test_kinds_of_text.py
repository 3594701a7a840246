"""Figures as tables, headlines, briefs and situation reports print them, from reports in our own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extraction.tabled_figures import tabled_figures
from etl.incidents.report_toll import tolls
from etl.reading import Told, tell
from etl.records import Report


def _toll(text: str) -> tuple[int | None, int | None]:
    """Killed and injured of the first event of TEXT."""
    (told,) = tell([Report(report_id="r", text=text)])
    assert isinstance(told, Told)
    figures = tolls(told.events[0].claims) if told.events else {}
    killed, injured = figures.get("killed"), figures.get("injured")
    return (killed.best if killed else None, injured.best if injured else None)


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("District | Dead | Hurt\nNorth | 4 | 9\nSouth | 3 | 11\nTotal | 7 | 20", 7, 20),
        ("| Town | Killed | No. injured |\n|---|---|---|\n| Alder | 2 | 6 |\n| Birch | 1 | - |", 3, 6),
        ("Ward      Fatalities   Wounded\nEast      12           30\nWest      5            8", 17, 38),
        ("Toddler, mother drown in village pond", 2, None),
        ("Gunman slain, 3 clerks hurt in bank siege", 1, 3),
        ("Boy, 9, dies after fall from roof", 1, None),
        ("Nurse, 2 patients killed in clinic blaze", 3, None),
        ("Couple, son found dead", 3, None),
        ("Floods killed at least nine people: five in Lagos, three in Ibadan and one in Kano.", 9, None),
        ("Seven people died in Lagos, four in Ibadan and two in Kano.", 13, None),
        ("Lightning took 15 lives - seven in Bihar, five in Assam, and the rest in Odisha.", 15, None),
        ("Forty villagers were killed in the former and 12 in the latter.", 52, None),
        ("In addition to the two bombers, seven shoppers died.", 9, None),
        ("Besides himself, the bomber killed a waiter and three guests.", 5, None),
        ("In addition to the dead, 14 people were hurt.", None, 14),
        ("A quarter of the 80 passengers were hurt.", None, 20),
        ("As of 21 December 47 people had died and 70 were injured.", 47, 70),
        ("According to the town council six soldiers and two clerks were killed.", 8, None),
        ("Between 20 and 30 farmers died.", 20, None),
        ("Two boys and their aunt drowned in the canal.", 3, None),
        ("The murder of a reporter and her fiance shook the town.", 2, None),
        ("The avalanche has claimed a 12th life after a climber died in hospital on Monday.", 12, None),
        ("The blaze left 12 dead and 30 injured. The suspect was himself hurt.", 12, 31),
        ("Two guards attained martyrdom in the raid and one lost a leg.", 2, 1),
        ("Five people died in the fire. Four others are fighting for their lives.", 5, 4),
        (
            "Three died. Twenty others were taken to a hospital where doctors said two were in critical condition.",
            3,
            20,
        ),
        ("Nine people died in the fires on the coast, taking the season's toll to 18.", 9, None),
        ("Flood - Freetown - 14 August 2017 - Total Deaths 425 - No Injured 27 - No Homeless 2,823", 425, 27),
        (
            "Blast at a dock: a welder and a fitter were killed, three workers suffered burns and one of them died.",
            3,
            2,
        ),
        ("At least 16 people have died and 22 have sustained injuries when a bus veered off the road.", 16, 22),
        ("The dead are a couple from Lyon, their baby and a nurse.", 4, None),
        ("Of eleven sailors taken hostage three were killed and two escaped.", 3, None),
        ("Rescue workers pulled 36 bodies and nine survivors from the rubble.", 36, None),
        ("An off-duty guard and his two sons, 8 and 11, drowned when their dinghy capsized.", 3, None),
        ("The strike killed a commander, two guards and, according to neighbours, a woman next door.", 4, None),
        ("The fire service gave the number of dead as 151 and of injured as 82.", 151, 82),
        ("The flight instructor and student pilot were fatally injured.", 2, None),
        ("Two girls killed, dad injured as wall falls", 2, 1),
        ("Two men were mowed down by a tanker and some 40 others were brought to hospitals.", 2, 40),
        ("At least 30 people, not counting the two bombers, were killed.", 32, None),
        ("Three gunmen blew themselves up at a market. Twenty people and the three attackers died.", 23, None),
        ("All three occupants, two pilots and a nurse, were killed.", 3, None),
        ("A girl lost her left hand and her two brothers suffered shrapnel wounds.", None, 3),
        ("Seven persons including a small child drowned in the bay.", 7, None),
        ("Their grandmother escaped with scratches.", None, 1),
        (
            "Six relatives were burnt beyond recognition when their van caught fire. The van driver also perished.",
            7,
            None,
        ),
        ("A year on, 40 people have been confirmed dead in the collapse of the dam.", 40, None),
        ("The province lowered the number killed in the bombings by about a hundred to 253.", 253, None),
        ("Father of two killed in crash on ring road", 1, None),
        ("The blast killed the bride and her father, while the groom escaped with burns.", 2, 1),
        ("Health officials count 18 cases including five deaths.", 5, None),
        ("Militiamen went from house to house. Observers counted 58 bodies.", 58, None),
        ("KEY FIGURES\n101 people killed\n1,500 injured\n4,021 families displaced\nSource: disaster office", 101, 1500),
        ("Fatalities: 3\nSerious injuries: 2\nMinor injuries: 5\nAircraft: trainer", 3, 7),
        ("Two score pilgrims drowned.", 40, None),
        ("No inmates were injured, but 15 officers were treated for smoke inhalation.", None, 15),
        ("Some 40 died in the province, with its capital the worst hit (31 dead).", 40, None),
    ],
)
def test_figures_are_read_as_they_are_printed(text: str, killed: int | None, injured: int | None) -> None:
    assert _toll(text) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A shell killed 15 people in Aden on Saturday. The ministry raised its toll of dead to more than 12,000.", 15),
        ("A raid killed nine people. The death toll from the war in the south has passed 3,000.", 9),
        ("A raid killed nine people. Some 4,000 people have died in the eight-month conflict.", 9),
        ("Gunmen shot four men. It was the same militia blamed for killing 30 people in a market.", 4),
    ],
)
def test_the_toll_of_a_war_is_not_that_of_a_raid(text: str, killed: int) -> None:
    assert _toll(text)[0] == killed


def test_an_earthquake_s_toll_may_be_any_number_of_times_what_was_counted_first() -> None:
    assert _toll("A quake killed at least 12 people, officials said. By night they spoke of 2,300 dead.")[0] == 2300


@pytest.mark.parametrize(
    "text",
    [
        "Team   Won   Lost\nRovers   6   31\nCity   2   14",
        "Veteran actor dies at 88",
        "The novelist has died aged 91 after a long illness.",
        "Hamlet kills Laertes in the last act.",
        "This grim crime thriller has a fine cast. Two sisters are crushed when their father has been murdered.",
        "Workers may take two weeks of leave to handle the death of a family member.",
        "Noon is a suspenseful thriller. When a sniper begins killing dozens, a young officer is thrust into it.",
        "Two rival platforms are dead in the water.",
        "The show has 45 canvases, among them a beheading of a saint.",
        "He won the final in three sets. I am glad to beat him, he said.",
        "The captain shot wide late in the second half.",
        "The creator of the comic, Walter Stanley, has died in Los Angeles. He was 95.",
        "Nearly every one of the 60 houses burned; nobody else was near.",
    ],
)
def test_games_and_deaths_in_bed_harm_nobody(text: str) -> None:
    assert _toll(text) == (None, None)


@given(st.text(alphabet="|\t\n 0123456789-,deadkilltoshurDKH", max_size=400))
def test_any_text_may_be_looked_at_for_tables(text: str) -> None:
    for figure in tabled_figures(text):
        assert 0 <= figure.opening <= figure.start <= figure.end <= figure.closing <= len(text)
