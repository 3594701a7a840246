"""Which of a report's dates tells when an event happened."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.calendar_words import PRESUMED, is_presumed
from etl.extraction.dates.finding import Anchor, find_dates
from etl.extraction.dates.when import EventDate, EventDates
from etl.extraction.parsing.sentences import split

ANCHOR = Anchor(published=dt.date(2010, 4, 15))


def when(text: str, words: str, anchor: Anchor = ANCHOR) -> EventDate:
    start = text.index(words)
    return EventDates(text, find_dates(text, anchor), split(text), anchor).of((start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "words", "printed", "day"),
    [
        ("Nine were hurt on Monday and six died on Tuesday.", "six died", "Tuesday", "2010-04-13"),
        ("Six were killed on April 9, after two had died on March 3.", "Six", "April 9", "2010-04-09"),
        ("The ministry said Thursday that nine were killed on Tuesday.", "nine", "Tuesday", "2010-04-13"),
        ("A truck hit a mine on Tuesday. Nine were killed.", "Nine", "Tuesday", "2010-04-13"),
        ("Nine were killed. The attack took place on Sunday.", "Nine", "Sunday", "2010-04-11"),
        ("Nine were killed, police said Tuesday. The attackers burst in on Sunday.", "Nine", "Sunday", "2010-04-11"),
        ("Nine were killed, a doctor told AFP on Tuesday. Rebels blamed the Sunday raid on the army.",
         "Nine", "Sunday", "2010-04-11"),
        ("Nine were killed in Osh. A patrol came about 3 a.m. Tuesday.", "Nine", "Tuesday", "2010-04-13"),
        ("Nine were killed. Talks will open on Saturday; the attack was on Sunday.", "Nine", "Sunday", "2010-04-11"),
        ("Nine were killed in April. The attack happened on April 9.", "Nine", "April 9", "2010-04-09"),
        ("The ministry confirmed today that men held after the killing of nine on 2 August have been released.",
         "nine", "2 August", "2009-08-02"),
        ("The rector protested on Tuesday the murder of nine students. They were shot on April 3.",
         "nine", "April 3", "2010-04-03"),
        ("The union today demanded an inquiry into the death of nine men. It condemned the crime committed on April 6.",
         "nine", "April 6", "2010-04-06"),
        ("He resigned on Monday to protest the killing of nine judges. The attack took place on April 2.",
         "nine", "April 2", "2010-04-02"),
        ("Regarding the death of nine men, today, 14 April, the front states this.", "nine", "14 April", "2010-04-14"),
        ("In it nine guards were killed. The raid was carried out by six men, two of whom were masked, on 4 April.",
         "nine", "4 April", "2010-04-04"),
    ],
)  # fmt: skip
def test_the_day_of_the_event(text: str, words: str, printed: str, day: str) -> None:
    found = when(text, words)

    assert (found.date_text, found.date_start, found.date_end) == (printed, *(dt.date.fromisoformat(day),) * 2)
    assert found.precision == 1


@pytest.mark.parametrize(
    ("text", "words", "printed", "day"),
    [
        ("The chief spoke of the nine nuns murdered near Osh. The nuns were shot on April 9.",
         "nine", "April 9", "2010-04-09"),
        ("The court heard of the murder of nine clerks. It rose at noon. The clerks died on April 9 at the bank.",
         "nine", "April 9", "2010-04-09"),
        ("The chief mourned the nine worshippers murdered in a chapel. Gunmen fired into the chapel on Friday.",
         "nine", "Friday", "2010-04-09"),
        ("The mayor named nine farmers killed on two ranches. Bandits raided the ranches during the night of 9 April.",
         "nine", "9 April", "2010-04-09"),
        ("Nine died, officials said early on Wednesday. Schools were closed. The trouble began on Monday in Osh.",
         "Nine", "Monday", "2010-04-12"),
        ("It is now 4 days since the fire that killed nine in Osh.", "nine", "4 days since", "2010-04-11"),
        ("The town is still sealed off 4 days after a plane fell on it. Nine people died.",
         "Nine", "4 days after", "2010-04-11"),
        ("The truck bomb of the 9th killed nine guards.", "nine", "of the 9th", "2010-04-09"),
        ("Ali Noor, leader of the group that laid down its arms on 9 March, was killed by a bomb on 9 April.",
         "Ali", "9 April", "2010-04-09"),
    ],
)  # fmt: skip
def test_a_later_sentence_dates_those_it_tells_of_again(text: str, words: str, printed: str, day: str) -> None:
    found = when(text, words)

    assert (found.date_text, found.date_start, found.date_end) == (printed, *(dt.date.fromisoformat(day),) * 2)


@pytest.mark.parametrize(
    "text",
    [
        "Police said nine people were killed. Police in Talas said a man died in a fire there on Sunday.",
        "Rebels killed nine clerks. On Sunday the rebels burned a bridge.",
        "Nine were hurt. He was freed 4 days after the trial.",
    ],
)
def test_a_later_sentence_about_others_dates_nothing(text: str) -> None:
    found = when(text, "nine" if "nine" in text else "Nine")

    assert (found.date_start, found.precision) == (dt.date(2010, 4, 15), PRESUMED)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("Relatives of those shot on March 6 gathered on Thursday, forty days after the killings. Nine had died.",
         "Nine", "2010-03-06"),
        ("The town on Thursday paid tribute to the nine killed in the fire of April 15, 2009.", "nine", "2009-04-15"),
        ("Crews on Monday gave up the search for nine still missing, two months after a ferry sank on February 12.",
         "nine", "2010-02-12"),
        ("Four died on Tuesday. Two of them died at once, one on the road and one on Wednesday.", "Two", "2010-04-13"),
    ],
)  # fmt: skip
def test_a_day_of_remembrance_or_of_the_last_death_is_not_the_events(text: str, words: str, day: str) -> None:
    found = when(text, words)

    assert (found.date_start, found.date_end) == (dt.date.fromisoformat(day),) * 2


def test_a_harm_done_long_after_another_keeps_its_own_day() -> None:
    found = when("Gunmen killed nine on Tuesday, a year after the bombing of April 14, 2009.", "nine")

    assert found.date_start == dt.date(2010, 4, 13)


def test_what_began_on_a_day_starts_there_and_ends_by_the_reports_day() -> None:
    text = "Unrest began in Talas on April 7 and spread to the capital. More than 80 people died and 1,500 were hurt."

    for words in ("80 people", "1,500"):
        found = when(text, words)
        assert (found.date_text, found.date_start, found.date_end) == ("April 7", dt.date(2010, 4, 7), ANCHOR.published)
        assert found.precision == 4


def test_a_count_since_a_month_runs_from_it_to_the_reports_day() -> None:
    found = when("Since March 500 people were killed.", "500")

    assert (found.date_start, found.date_end, found.precision) == (dt.date(2010, 3, 1), dt.date(2010, 4, 15), 5)


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed.",
        "Nine people were killed. Talks will be held on 20 April.",
        "A mine killed nine people. A year after the war of 2008 they still explode.",
    ],
)
def test_words_without_a_date_take_the_reports_day_as_presumed_and_print_none(text: str) -> None:
    found = when(text, "ine people")

    assert (found.date_text, found.date_start, found.date_end) == (None, dt.date(2010, 4, 15), dt.date(2010, 4, 15))
    assert (found.precision, found.basis) == (PRESUMED, "report")
    assert is_presumed(found.date_start, found.date_end, found.precision)


@pytest.mark.parametrize(
    "text",
    [
        "Police said Monday that nine people were killed.",
        "Police in the south said in a statement on Monday that nine people were killed.",
        "Nine people were killed, a police spokesman told reporters here on Monday.",
        "On Monday a radio station reported that rebels had killed nine people.",
    ],
)
def test_a_day_of_saying_is_only_presumed_to_be_the_events(text: str) -> None:
    found = when(text, "nine" if "nine" in text else "Nine")

    assert (found.date_text, found.date_start, found.basis) == ("Monday", dt.date(2010, 4, 12), "said")
    assert is_presumed(found.date_start, found.date_end, found.precision)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("The mayor, who took office on Friday, was shot in the neck. The attack was on Sunday.", "The mayor", "11"),
        ("Travellers who arrived on Friday said that nine were killed. They died in a blast on Sunday.", "nine", "11"),
        ("Gunmen fired at a bus on Sunday. A curfew, imposed on Friday, did not stop them. Nine died.", "Nine", "11"),
        ("A bomb hit a bus on Sunday. Police arrested a man on Tuesday. Nine died.", "Nine", "11"),
        ("A bomb hit a bus on Sunday. The dead were buried on Tuesday. Nine died.", "Nine", "11"),
        ("Two men suspected of killing a judge on Sunday were arrested on Tuesday.", "a judge", "11"),
        ("After Sunday's blast nine people were taken out dead.", "nine", "11"),
        ("They fled after the 11 April massacre of nine peasants.", "nine", "11"),
        ("The toll of Sunday's blast rose to nine on Tuesday.", "nine", "11"),
        ("Last night, while the town was asleep, a bomb shook it. A guard was killed.", "A guard", "14"),
        ("On Sunday, a band of gunmen, hired in the city, ambushed a bus and killed nine people.", "nine", "11"),
        ("A bomb went off on Sunday. The day before the vote nine died.", "nine", "11"),
        ("On Monday police said a guard had been shot dead the day before.", "a guard", "11"),
        ("On Monday, a ministry spokesman said nine had been killed the day before.", "nine", "11"),
        (
            "A nurse said on Monday that nine had died in the raid of the day before and that the toll rose.",
            "nine",
            "11",
        ),
        (
            (
                "A bomb went off on Sunday. Police on Monday showed two men to the press, who told it that a judge was "
                "killed by a gang, the Wolves."
            ),
            "a judge",
            "11",
        ),
        ("Nine people were killed. A witness wept. No group spoke. The raid took place on Sunday.", "Nine", "11"),
    ],
)
def test_the_day_of_the_event_and_not_of_what_is_told_beside_it(text: str, words: str, day: str) -> None:
    found = when(text, words)

    assert (found.date_start, found.date_end) == (dt.date(2010, 4, int(day)),) * 2
    assert found.precision == 1


def test_the_week_before_is_the_week_that_ended_before_the_day_told() -> None:
    text = "Seven men were held on suspicion of killing a guard the week before."
    of_the_deed, of_the_arrest = when(text, "a guard"), when(text, "Seven men")

    assert (of_the_deed.date_text, of_the_deed.precision) == ("the week before", 3)
    assert (of_the_deed.date_start, of_the_deed.date_end) == (dt.date(2010, 4, 5), dt.date(2010, 4, 11))
    assert (of_the_arrest.date_text, of_the_arrest.basis) == (None, "report")


def test_what_was_said_weeks_ago_does_not_presume_a_day() -> None:
    found = when("The union said on March 1 that it would go on. It mourns nine killed members.", "nine")

    assert (found.date_text, found.date_start, found.basis) == (None, ANCHOR.published, "report")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nine were killed in Osh on 20 May 2010.", "2010-05-20"),
        ("Nine were killed in a fire on April 19, 2011, officials said.", "2011-04-19"),
        # Plans, limits, other clauses and a day that the clocks of two countries may part are no contradiction.
        ("Nine were killed and a trial is due on 20 May 2010.", None),
        ("Nine may be killed before 20 May 2010.", None),
        ("Nine were killed. The vote of 20 May 2010 stands.", None),
        ("Nine were killed on 16 April 2010.", None),
    ],
)
def test_a_day_printed_after_the_reports_own_is_kept_as_printed(text: str, day: str | None) -> None:
    found = when(text, "Nine")
    assert found.date_start == (dt.date.fromisoformat(day) if day else ANCHOR.day)
    assert (found.date_text is not None) == (day is not None)


def test_an_hour_ago_is_the_reports_own_day() -> None:
    found = when("A bus crashed an hour ago and nine died.", "nine")

    assert (found.date_start, found.date_end, found.precision) == (ANCHOR.published, ANCHOR.published, 1)


def test_without_any_day_known_the_words_stay() -> None:
    assert when("Nine were killed on Tuesday.", "Nine", Anchor()) == EventDate("Tuesday", None, None, None, "clause")
    assert when("Nine were killed.", "Nine", Anchor()) == EventDate(None, None, None, None, "unknown")


PIECES = st.sampled_from(["Nine died. ", "on Monday ", "said ", "April 7 ", "since 2009; ", "will ", "\n\n"])


@given(st.lists(PIECES, max_size=20), st.integers(-5, 300), st.integers(0, 50), st.none() | st.dates())
def test_any_span_gives_days_in_order(pieces: list[str], start: int, length: int, published: dt.date | None) -> None:
    text = "".join(pieces)
    anchor = Anchor(published)
    found = EventDates(text, find_dates(text, anchor), split(text), anchor).of((start, start + length))

    assert (found.date_start is None) == (found.date_end is None) == (found.precision is None)
    if found.date_start is not None and found.date_end is not None:
        assert found.date_start <= found.date_end


@pytest.mark.parametrize(
    "text",
    [
        "A man was shot on April 9. In another development, the council condemned the death of nine farmers.",
        "Two died in a blast on April 9. Rebels recently murdered nine people in a village.",
    ],
)
def test_what_is_told_apart_or_only_recent_has_no_day_of_another_event(text: str) -> None:
    found = when(text, "nine")

    assert (found.basis, is_presumed(found.date_start, found.date_end, found.precision)) == ("report", True)


REGISTER = Anchor(published=dt.date(2012, 3, 1))


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        (
            "Date of occurrence: 2010-04-09\n\nA small plane hit a ridge near Salta. Both on board were killed.",
            "Both",
            "2010-04-09",
        ),
        (
            "Incident date\n\nApril 9, 2010\n\nLocation\n\nSalta\n\nFour herders were killed in a strike.",
            "Four",
            "2010-04-09",
        ),
        ("April 9, 2010, Salta\nGlider\n\nThe pilot was fatally injured on the second circuit.", "pilot", "2010-04-09"),
        ("On 9 April 2010, the crew of a tug lost power off Salta. The captain was killed.", "captain", "2010-04-09"),
    ],
)
def test_a_day_printed_over_an_entry_dates_it(text: str, words: str, day: str) -> None:
    found = when(text, words, REGISTER)
    assert (found.date_start, found.precision) == (dt.date.fromisoformat(day), 1)


def test_the_day_of_the_page_is_no_heading() -> None:
    assert is_presumed_day(when("April 14, 2010\nThe Daily Page\n\nNine were killed near Salta.", "Nine"))


def is_presumed_day(found: EventDate) -> bool:
    return is_presumed(found.date_start, found.date_end, found.precision)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On Monday a crowd tried to take the mill. Their action caused one death.", "2010-04-12"),
        ("On Monday a crowd tried to take the mill. One death was told of in the town.", "2010-04-15"),
    ],
)
def test_a_sentence_that_opens_with_the_action_before_has_its_day(text: str, day: str) -> None:
    assert when(text, "ne death").date_start == dt.date.fromisoformat(day)


TALK = "The mayor thanked the crews. " * 8


def test_the_one_day_that_the_opening_tells_of_reaches_the_whole_report() -> None:
    found = when(f"The ferry sank on Tuesday. {TALK}Nine bodies were recovered.", "Nine bodies")

    assert found.date_start == dt.date(2010, 4, 13)


def test_of_two_days_none_reaches_so_far() -> None:
    found = when(f"The ferry sank on Tuesday. A tug sank on Monday. {TALK}Nine bodies were recovered.", "Nine bodies")

    assert is_presumed(found.date_start, found.date_end, found.precision)


def test_the_day_and_hour_of_a_page_are_not_those_of_its_event() -> None:
    page = "Hundreds killed in raid on clinic\n\nApril 15, 2010  00:04\n\nNine were killed in a raid on Tuesday.\n"

    assert when(page, "Hundreds").date_text != "April 15, 2010"
