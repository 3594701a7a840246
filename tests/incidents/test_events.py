"""One report may tell of several events: what the text sets apart stays apart, the rest stays together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from etl.extraction import extract
from etl.incidents.events import events_of, numbered
from etl.records import Claim, Report
from etl.reports import prepare
from tests.incidents.told import PUBLISHED, events_told
from tests.incidents.wire import claim, figure

TUESDAY = dt.date(2010, 4, 13)


def killed(text: str) -> list[int | None]:
    """Killed by event, the main one first; null where an event has no dead."""
    return [event.toll["killed"].best if "killed" in event.toll else None for event in events_told(text)]


def test_two_places_on_two_days_are_two_events() -> None:
    first, second = events_told(
        "Four people were killed by a bomb in Kabul on Monday. "
        "In Kandahar, nine soldiers died on Tuesday in a separate ambush."
    )

    assert (first.toll["killed"], first.place_name, first.date_start) == (figure(4), "Kabul", dt.date(2010, 4, 12))
    assert (second.toll["killed"], second.place_name, second.date_start) == (figure(9), "Kandahar", TUESDAY)


def test_what_happened_elsewhere_is_another_event() -> None:
    assert killed("A bomb killed six people in Basra on Tuesday. Elsewhere, gunmen shot dead a judge in Mosul.") == [
        6,
        1,
    ]


def test_the_dead_and_the_hurt_of_one_blast_are_one_event() -> None:
    [event] = events_told("A bomb killed six people in Basra on Tuesday. Thirty people were wounded by the blast.")

    assert event.toll == {"killed": figure(6), "injured": figure(30)}
    assert (event.place_name, event.date_start) == ("Basra", TUESDAY)


def test_a_place_named_for_its_hospital_sets_nothing_apart() -> None:
    [event] = events_told("A mine killed six men in Osh on Tuesday. Four men were injured, doctors said.")

    assert event.toll == {"killed": figure(6), "injured": figure(4)}


def test_an_arrest_in_another_town_stays_apart() -> None:
    first, second = events_told(
        "A bomb killed three people in Osh on Tuesday. Police arrested a man in Bishkek on Thursday."
    )

    assert (first.toll, first.place_name) == ({"killed": figure(3)}, "Osh")
    assert (second.toll, second.place_name) == ({"detained": figure(1)}, "Bishkek")
    assert second.date_start == PUBLISHED.date()


def test_an_arrest_at_the_scene_belongs_to_it() -> None:
    [event] = events_told("A bomb killed three people in Osh on Tuesday and police arrested six men there.")

    assert event.toll == {"killed": figure(3), "detained": figure(6)}


def test_the_main_event_is_the_one_with_dead_or_hurt_wherever_it_stands() -> None:
    first, second = events_told(
        "Police arrested a man in Bishkek on Thursday. A bomb killed three people in Osh on Tuesday."
    )

    assert "killed" in first.toll
    assert "detained" in second.toll
    assert (first.index, second.index) == (0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "The council met in Osh on Tuesday and elected six members.",
        "The rebels threatened to kill two envoys.",
        "The army denied that 12 people had been killed.",
    ],
)
def test_a_text_in_which_nobody_came_to_harm_tells_of_no_toll(text: str) -> None:
    assert not any(one.best for event in events_told(text) for one in event.toll.values())


def test_claims_that_are_not_asserted_or_not_of_the_incident_make_no_event() -> None:
    told = claim("r", "killed", figure(3))
    others: list[Claim] = [
        replace(told, claim_id="older", scope="background"),
        replace(told, claim_id="part", scope="subset"),
        replace(told, claim_id="sum", scope="cumulative"),
        replace(told, claim_id="feared", polarity="hypothetical"),
        replace(told, claim_id="denied", polarity="denied"),
    ]
    report = Report(report_id="r", text="")

    assert events_of(report, others) == []
    [event] = events_of(report, [*others, told])
    assert event.claims == (told,)


def test_a_rumour_that_its_report_refutes_counts_nobody_and_one_that_it_only_doubts_counts() -> None:
    rumour = claim("r", "killed", figure(1), certainty="disputed", attribution="web sites")
    hurt = claim("r", "injured", figure(2))
    report = Report(report_id="r", text="")
    [event] = events_of(report, [rumour, hurt, replace(rumour, claim_id="denied", polarity="denied")])
    assert event.toll == {"killed": figure(0, 0, 1), "injured": figure(2)}
    [event] = events_of(report, [rumour, hurt, claim("r", "killed", figure(7), polarity="denied")])
    assert event.toll["killed"] == figure(1)


def test_every_claim_learns_the_number_of_its_event() -> None:
    text = (
        "Police arrested a man in Bishkek on Thursday. A bomb killed three people, two of them children, in Osh on "
        "Tuesday."
    )
    report = prepare(Report(report_id="r", text=text, published=PUBLISHED))
    claims = extract(report)
    by_number = {
        (one.measure, one.scope): one.event for one in numbered(claims, events_of(report, claims)) if one.best != 2
    }

    assert by_number == {("killed", "incident"): 0, ("detained", "incident"): 1}
    assert [one.claim_id for one in numbered(claims, [])] == [one.claim_id for one in claims]


def test_the_same_claims_in_another_order_give_the_same_events() -> None:
    text = (
        "Four people were killed by a bomb in Kabul on Monday. In Kandahar, nine soldiers died on Tuesday in a "
        "separate ambush. Two of the attackers were detained."
    )
    report = prepare(Report(report_id="r", text=text, published=PUBLISHED))
    claims = extract(report)

    assert events_of(report, claims) == events_of(report, claims[::-1])


def test_people_of_other_names_on_other_days_are_two_events() -> None:
    assert killed("Mayor Ana Ruiz was shot dead on 12 April. Senator Luis Mora was shot dead on 14 April.") == [1, 1]


def test_each_murder_of_somebody_is_an_event_of_its_own() -> None:
    assert killed("The court looked into the murder of Ana Ruiz and into the murder of Luis Mora.") == [1, 1]


def test_two_numbers_of_dead_each_with_its_day_are_two_events() -> None:
    assert killed("A bomb killed nine people in Lima on Tuesday. An attack on Sunday killed two people there.") == [
        9,
        2,
    ]


def test_other_people_on_other_days_are_two_events() -> None:
    assert killed("Ten miners were killed on 10 April. Two policemen were shot dead on 12 April.") == [10, 2]


def test_one_person_named_twice_died_once_on_the_day_printed() -> None:
    first, second = events_told(
        "A court in Lima looked into the murder of Ana Ruiz and into the murder of Luis Mora. "
        "Ana Ruiz was shot dead on 2 April."
    )

    assert (first.toll["killed"], first.date_start) == (figure(1), dt.date(2010, 4, 2))
    assert (second.toll["killed"], second.date_start) == (figure(1), PUBLISHED.date())


def test_who_was_taken_and_found_dead_came_to_harm_from_the_day_of_the_taking() -> None:
    [event] = events_told("A student was found murdered in Lima on Tuesday. She had been kidnapped on 10 April.")

    assert (event.toll["killed"], event.date_start) == (figure(1), dt.date(2010, 4, 10))


def test_one_person_called_in_full_and_by_an_office_and_a_surname_is_one_event() -> None:
    [event] = events_told(
        "Foreigners took part in the murder of Senator Luis Carlos Mora, the party's candidate who was shot in Lima "
        "on 2 April. A guard was nearly hit in March. Judges heard of Senator Mora's murder in Quito."
    )

    assert (event.toll["killed"], event.date_start, event.place_name) == (figure(1), dt.date(2010, 4, 2), "Lima")


def test_who_was_taken_and_who_was_killed_are_one_where_the_name_is_one() -> None:
    [event] = events_told(
        "Police said Bishop Luis Mora was murdered and found today. Yesterday armed men kidnapped Mora."
    )

    assert (event.toll["killed"], event.date_start) == (figure(1), dt.date(2010, 4, 14))


def test_an_old_murder_that_is_news_again_has_the_day_on_which_it_is_recalled() -> None:
    [event] = events_told(
        "The minister reported today in detail on the murder of Judge Luis Mora. He thanked the police for their work. "
        "Mora, 60, was shot dead in Lima on 24 March 1990."
    )

    assert (event.toll["killed"], event.date_start) == (figure(1), dt.date(1990, 3, 24))


def test_the_two_killings_are_those_told_of_one_by_one() -> None:
    assert killed(
        "Luis Mora was kidnapped on 12 April and shot dead. Ana Ruiz, another leader, was killed on 10 April. "
        "Nobody knows whether the two killings are connected. Police said they would look into the two killings."
    ) == [1, 1]


def test_each_deed_has_its_own_people_day_and_hour() -> None:
    assert killed("The bishop spoke of the murder of six priests. He condemned the killing of Luis Mora.") == [6, 1]
    assert killed("A teacher was shot dead this morning in Lima. Two drivers were killed this afternoon.") == [1, 2]
    assert killed("Rebels killed Mayor Ana Ruiz. The rebels also killed Judge Luis Mora.") == [1, 1]


def test_all_three_are_the_three_told_of_before() -> None:
    [event] = events_told("Three men were killed in Osh on Tuesday. All three died of gunshot wounds.")

    assert event.toll["killed"] == figure(3)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Three clerks were found dead in the village. One was hanged while the other two had been shot.", 3),
        (
            (
                "Two drivers were killed near Mosul. This brings the number of foreign drivers killed in this one week "
                "to seven."
            ),
            2,
        ),
        (
            (
                "The brother of a lawmaker was killed in a raid. The same rebels are thought to be behind the death "
                "of two others later that night."
            ),
            1,
        ),
        ("Three more bodies were found in the rubble, which brings the number of dead to seven.", 7),
    ],
)
def test_the_dead_are_those_of_the_event_and_all_of_them(text: str, killed: int) -> None:
    assert events_told(text)[0].toll["killed"].best == killed


def test_a_district_stands_for_the_part_of_the_country() -> None:
    text = (
        "At least five people died in landslides in eastern Uganda, police said on Thursday. "
        "The bodies of three people were found in villages of Bududa district."
    )
    assert events_told(text)[0].place_name == "Bududa"


def test_words_that_set_an_event_apart_may_be_broken_over_two_lines() -> None:
    assert killed(
        "SAN SALVADOR, 4 MAR 88 -- [TEXT] THE JUDGE JULIO PRIETO WAS KILLED BY A BOMB\n"
        "TODAY IN HIS CAR, WHICH HAD STOPPED BEFORE A TRAFFIC LIGHT NEAR THE COURT AS IT\n"
        "DID ON EVERY MORNING OF THE WEEK, ACCORDING TO THE SPOKESMAN OF THE POLICE.\n\n"
        "   IN ADDITION TO THE ATTACK ON THE JUDGE, WITNESSES SAID THERE WERE TODAY OTHER\n"
        "ATTACKS, IN WHICH THE ENGINEER MARCO TULIO SOLIS WAS KILLED."
    ) == [1, 1]


def test_who_died_along_with_one_that_is_named_is_told_of_in_the_same_event() -> None:
    assert killed(
        "LIMA, 4 MAR 88 -- [TEXT] THE PARTY ASKED FOR AN INVESTIGATION INTO THE MURDER OF LABOR LEADER\n"
        "MARIO PRIETO SOLIS.\n\n   PRIETO SOLIS WAS FOUND DEAD ALONG WITH GILDA ROJAS IN SOUTHEASTERN BOLIVIA."
    ) == [2]


def test_another_harm_on_another_day_is_another_event() -> None:
    first, second = events_told(
        "A bomb injured four people in Basra on Tuesday. A police commander was shot dead by rebels on Monday."
    )
    assert (first.toll, second.toll) == ({"injured": figure(4)}, {"killed": figure(1)})


def test_who_was_taken_with_his_company_and_found_dead_is_one_event() -> None:
    [event] = events_told(
        "Bishop Juan Rojas was murdered and his body was found on Wednesday. "
        "On Tuesday gunmen kidnapped Rojas and his assistant."
    )
    assert (event.toll["killed"], event.date_start) == (figure(1), TUESDAY)


def test_a_quake_is_one_event_of_its_own_day_however_long_its_dead_are_counted() -> None:
    event, *others = events_told(
        "People dug with their hands on Wednesday after an earthquake that killed about 900 people. "
        "The minister said 870 people died and 2,100 were hurt in Tuesday's quake."
    )

    assert others == []
    assert event.date_start == TUESDAY
    assert event.toll["injured"].best == 2100


def test_an_accident_s_told_day_stands_before_the_day_of_its_report() -> None:
    [event] = events_told(
        "Police want to hear from drivers after two people died in a crash near Osh.\n\n"
        "Their car hit a lorry at about 6pm on Tuesday. Two passengers were hurt."
    )

    assert event.date_start == TUESDAY


def test_what_a_later_edition_adds_does_not_date_the_event() -> None:
    event = events_told(
        "A truck bomb in Oklahoma City killed 168 people. The man who built it was executed on 11 June 2011."
    )[0]

    assert event.toll["killed"] == figure(168)
    assert event.date_start == PUBLISHED.date()
