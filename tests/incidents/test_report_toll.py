"""One report tells the same dead several times: each is counted once, and nobody is left out."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.incidents.report_toll import counted, tolls
from etl.records import MEASURES, Claim, Figure
from tests.incidents.told import best_told, toll_told
from tests.incidents.wire import about, at_least, claim, figure


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A bomb killed 12 people at a market. The 12 dead included traders and porters.", 12),
        ("Bus crash kills 12\n\nTwelve people were killed in a bus crash near Osh on Tuesday.", 12),
        ("A nurse was shot dead on her way to work. The nurse was killed at a bus stop.", 1),
        ("Two men and three women were killed. In all, five people died in the fire.", 5),
        ("A bomb killed 12 people at a market. Fourteen people were killed in all, officials said later.", 14),
        ("Dozens of people were killed in the fire. Officials put the number of dead at 41.", 41),
        ("Nine people were killed. Officials said that the nine victims were miners.", 9),
        ("Three dead, including gunman, in office\n\nA man killed two women before he killed himself.", 3),
        ("A boy died after he shot himself at a farm.", 1),
        (
            "Jihadists kill 51 in raid\n\nFighters massacred 51 civilians. The 51 villagers lay in two streets.",
            51,
        ),
        ("A plane crashed near Lukla, killing all 19 people on board. One of them died later in a hospital.", 19),
        (
            "The toll rose to over 500 on Tuesday. That brought the number killed to 512, with another 60 dead abroad.",
            512,
        ),
        (
            "At least 24 people died in a fire. The bodies of 19 people were found while five others died in hospital.",
            24,
        ),
        ("Clerk killed in dispute\n\nA man is charged after he shot and killed another man on Friday.", 1),
        ("Officers fatally shot two women. Ann Lee, 30, and Eva Moss were found dead in a car.", 2),
        (
            "Officers killed a young man and his neighbor. Reed died at the scene. Officers fatally shot Reed at noon.",
            2,
        ),
        ("Officers found a husband and wife dead. The man shot his wife before he turned the gun on himself.", 2),
        ("Police said 8 people had died, while doctors said at least 20 people had been killed.", 8),
        ("One dead in brawl\n\nShots were fired in a bar. Another man died at a clinic.", 1),
    ],
)
def test_who_is_told_of_again_is_counted_once(text: str, wanted: int) -> None:
    assert best_told(text) == {"killed": wanted}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Three men were killed in the blast. A woman was also killed.", 4),
        ("An officer fatally shot a robber. The officer also accidentally shot and killed a bystander, Ann Lee.", 2),
        ("The suspect was found dead. The victim died at a clinic.", 2),
        ("The man died at the scene. The woman died at a hospital.", 2),
        ("A clerk was shot and killed. The suspect was found dead of a self-inflicted wound.", 2),
        ("A guard was killed at the gate. Another man died in hospital.", 2),
        ("A colonel and two others were killed.", 3),
        ("Two people died on the spot and three more died in hospital.", 5),
        ("A bomber killed himself and six others.", 7),
        ("Two policemen and one of the attackers were killed in the shoot-out.", 3),
        ("The dead by district. Osh: 12 killed. Jalal-Abad: 7 killed.", 19),
    ],
)
def test_others_add_up(text: str, wanted: int) -> None:
    assert best_told(text) == {"killed": wanted}


def test_two_sources_of_one_sentence_bound_the_toll_and_are_not_added() -> None:
    told = toll_told("Police said eight people were killed in the clash, while doctors said 20 people died.")
    assert told["killed"] == Figure(8, 8, 20)
    put = toll_told("The ministry said 40 people were killed, while the Red Crescent put the toll at 52.")
    assert (put["killed"].low, put["killed"].high) == (40, 52)


@pytest.mark.parametrize(
    "text",
    [
        "Nineteen people, including four children, were killed.",
        "Nineteen people were killed, four of them children.",
        "Nineteen people were killed. Four of the dead were children.",
        "Nineteen people were killed. Among the dead were four children.",
        "Nineteen people were killed. Osh: 12 killed. Jalal-Abad: 7 killed.",
    ],
)
def test_a_part_adds_nothing_to_its_whole(text: str) -> None:
    assert best_told(text) == {"killed": 19}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A man was shot in Osh on Tuesday and died in hospital on Wednesday.", {"killed": 1}),
        ("A reporter was shot in the neck on Friday and died on Sunday.", {"killed": 1}),
        ("Three of the eleven wounded later died of their burns.", {"killed": 3, "injured": 8}),
        (
            "Two people were killed and six injured in the blast; one of the injured died later in hospital.",
            {"killed": 3, "injured": 5},
        ),
        ("Two women were stabbed to death. Two other women were wounded.", {"killed": 2, "injured": 2}),
    ],
)
def test_who_was_hurt_and_died_is_among_the_dead_alone(text: str, wanted: dict[str, int]) -> None:
    assert best_told(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Officers found a cook with a gunshot wound to the neck. He was flown to a clinic, where he later died.",
            {"killed": 1},
        ),
        ("Half a dozen onlookers were hurt and two dozen arrested.", {"injured": 6, "detained": 24}),
        ("Not a single passenger out of 180 was hurt when the jet left the runway.", {"injured": 0}),
        ("Seven firefighters died in the blaze; five more firefighters suffered burns.", {"killed": 7, "injured": 5}),
        ("A clerk was fatally shot on Friday. The 40-year-old clerk had gunshot wounds.", {"killed": 1}),
        (
            "Two people were wounded on Monday at a motel. The 19-year-old victim died at a clinic.",
            {"killed": 1, "injured": 1},
        ),
        (
            "Karim Osmonov was pronounced dead. The other man was found with gunshot wounds.",
            {"killed": 1, "injured": 1},
        ),
        ("A man was found dead in Osh. His wife had gunshot wounds.", {"killed": 1, "injured": 1}),
        ("A 20-year-old man was shot dead. A 35-year-old man was shot in the leg.", {"killed": 1, "injured": 1}),
    ],
)
def test_a_wound_counts_whoever_has_it_unless_he_dies(text: str, wanted: dict[str, int]) -> None:
    assert best_told(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2 killed, 3 wounded in Osh. Two people were killed and three others wounded.", {"killed": 2, "injured": 3}),
        ("Two men were hurt at a bar. One man was shot. Another man was beaten.", {"injured": 2}),
        ("Three men were hurt. The other victims were a guard and a cook, who were hurt too.", {"injured": 3}),
        ("Four people died in a murder-suicide in Osh. The father killed three children and himself.", {"killed": 4}),
        ("A bomber killed six people. The bomber also blew himself up.", {"killed": 7}),
        ("Karim Osmonov was pronounced dead at the scene. Osmonov had shot himself.", {"killed": 1}),
        ("Ana Luz Romero Vega was murdered. The murder of Romero Vega was condemned.", {"killed": 1}),
    ],
)
def test_parts_of_a_whole_and_one_person_called_by_other_words_count_once(text: str, wanted: dict[str, int]) -> None:
    assert best_told(text) == wanted


def test_a_partisan_figure_gives_way_to_another() -> None:
    text = "The opposition said 100 people had been killed. The Health Ministry said 40 people were killed."

    assert best_told(text) == {"killed": 40}


def test_a_disputed_figure_counts_where_there_is_no_other() -> None:
    disputed = claim("r", "killed", figure(100), certainty="disputed")

    assert tolls([disputed]) == {"killed": figure(100)}
    assert tolls([disputed, claim("r", "killed", figure(40))]) == {"killed": figure(40)}


def test_a_bound_left_open_by_one_figure_is_open_in_the_sum() -> None:
    assert toll_told("At least three men and two women were killed.") == {"killed": at_least(5)}
    assert toll_told("About 20 people were killed.") == {"killed": about(20)}


def test_nobody_is_a_figure_only_where_the_report_says_so() -> None:
    assert toll_told("A bomb exploded in Osh, but no one was injured.") == {"injured": figure(0)}


@pytest.mark.parametrize(
    "text",
    ["Two men were killed. No one else was killed.", "Two men were killed. There were no other deaths."],
)
def test_no_others_leaves_the_dead_as_they_are(text: str) -> None:
    assert best_told(text)["killed"] == 2


def test_each_measure_has_a_toll_of_its_own() -> None:
    claims = [claim("r", measure, figure(n)) for n, measure in enumerate(MEASURES, start=2)]

    assert tolls(claims) == {measure: figure(n) for n, measure in enumerate(MEASURES, start=2)}


def test_what_is_no_asserted_figure_of_the_incident_feeds_no_toll() -> None:
    assert tolls([]) == {}
    assert tolls([claim("r", "killed", figure(9), scope="background")]) == {}
    assert tolls([claim("r", "killed", figure(9), scope="cumulative")]) == {}
    assert tolls([claim("r", "killed", figure(9), polarity="hypothetical")]) == {}


SAID = st.one_of(
    st.integers(0, 500).map(figure),
    st.integers(1, 500).map(at_least),
    st.integers(1, 500).map(about),
    st.tuples(st.integers(1, 99), st.integers(0, 99)).map(lambda bounds: Figure(bounds[0], bounds[0], sum(bounds))),
)
CLAIMS = st.lists(
    st.builds(
        claim,
        st.just("r"),
        st.sampled_from(["killed", "injured"]),
        SAID,
        quote=st.sampled_from(["Two men were shot.", "Others died.", "In all they died.", ""]),
        names=st.sampled_from([(), ("Anwar Sadat",)]),
    ),
    max_size=7,
)


@given(CLAIMS)
def test_any_claims_give_a_toll_with_its_bounds_in_order(claims: Sequence[Claim]) -> None:
    for found in tolls(claims).values():
        bounds = [bound for bound in (found.low, found.best, found.high) if bound is not None]
        assert bounds == sorted(bounds)
        assert all(bound >= 0 for bound in bounds)


@given(CLAIMS)
def test_nobody_is_counted_who_was_not_told_of(claims: Sequence[Claim]) -> None:
    dead = [one for one in claims if one.measure == "killed"]
    kept = counted(dead)

    assert all(one in dead for one in kept)
    assert bool(kept) == bool(dead)
    most = list(itertools.accumulate((one.best or 0 for one in dead), initial=0))[-1]
    found = tolls(dead).get("killed", Figure(0, 0, 0))
    assert (found.best or 0) <= most


_TWO_GUARDS = (
    "A guard was killed by a suspect who was later killed by officers. Guard Paul Reed was shot in the head. "
    "Guard Alan Moss suffered three gunshot wounds. The suspect, Carl Dunn, died at the scene."
)
_A_SECOND = "One person died and a second was injured in a robbery. Markers show where the victim was killed."
_ONE_FATALLY = "Five people were shot, one fatally, at a party."
_A_ROBBER = "A man who was shot fired back and killed one of the robbers. The robber died in an alley."
_A_COUPLE = "A man and a woman were found with gunshot wounds. The man died at the scene. The woman died at a clinic."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (_TWO_GUARDS, {"killed": 2, "injured": 1}),
        (_A_SECOND, {"killed": 1, "injured": 1}),
        (_A_COUPLE, {"killed": 2}),
        (_ONE_FATALLY, {"killed": 1, "injured": 4}),
        (_A_ROBBER, {"killed": 1, "injured": 1}),
        (
            "Two clerks were killed and 70 people hurt by a bomb at a bank. The two killed were a teller and a guard.",
            {"killed": 2, "injured": 70},
        ),
        (
            "Amid a spate of robberies in recent weeks, a bomb blew up in a square, killing two and injuring a driver.",
            {"killed": 2, "injured": 1},
        ),
        (
            "The ministry said 230 people had sought treatment for their injuries and three remained in hospital.",
            {"injured": 230},
        ),
    ],
)
def test_the_hurt_are_not_the_dead_beside_them_and_the_dead_are_not_hurt(text: str, wanted: dict[str, int]) -> None:
    assert best_told(text) == wanted


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A mayor was shot dead in Cali. The mayor's driver and bodyguard were also killed.", 3),
        ("An engineer was killed by gunmen. Their friend, who was in the car, was also killed.", 2),
        ("A judge was killed on his way to work. Omar Nasser and his son were both killed in the ambush.", 2),
        ("Colonel Adam Reed was shot in his car, and he died. The gunmen killed him and his two guards.", 3),
        ("A gunman shot two settlers dead. The attacker was shot dead by a guard.", 3),
        ("The militia killed two men by dragging them away and beheading them.", 2),
        ("An officer was shot dead and another died from her wounds.", 2),
        ("He blew himself up, killing one person.", 2),
    ],
)
def test_company_and_attackers_are_added_and_nobody_twice(text: str, killed: int) -> None:
    assert best_told(text)["killed"] == killed


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A blast instantly killed four people in Sanaa. Three people died later from their injuries.", 7),
        ("A guru was stabbed to death. Three other pilgrims were shot and one later died.", 2),
        ("One person was killed and nine were injured. Two of the wounded died of their injuries.", 3),
        ("A brawl left three dead and nine injured. All three died of knife wounds.", 3),
        ("A clerk was shot and a guard was slightly wounded. The clerk died on the way to surgery.", 1),
    ],
)
def test_who_died_of_wounds_is_added_once(text: str, killed: int) -> None:
    assert best_told(text)["killed"] == killed


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("At least 300 people were killed on Friday. The offensive has killed thousands of people in the south.", 300),
        ("A bomb killed nine people. A guard had seen four bodies in the square and other people badly hurt.", 9),
        ("Floods killed 40 people and dozens are missing.", 40),
        ("A storm killed 15 people. The latest deaths came when a tree fell on two women.", 15),
        ("A quake killed 900 people, the ministry said. A channel had 2,000 dead. It did not give a source.", 900),
    ],
)
def test_what_tells_more_or_less_than_the_count_leaves_it(text: str, killed: int) -> None:
    assert best_told(text)["killed"] == killed


def test_the_wounded_are_no_more_for_being_told_of_twice() -> None:
    assert best_told("A consul was seriously wounded when a man stabbed him in the neck.") == {"injured": 1}
    assert best_told("A woman was wounded in Jos. Her husband was slightly wounded.")["injured"] == 2
