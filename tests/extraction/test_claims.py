"""Claims as a whole: spans that lead back to the text, who said it, how sure, and how a figure relates to its event."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.extraction import EXTRACTOR_VERSION, extract, extract_all
from etl.records import Certainty, Claim, Measure, Polarity, Report, Scope, VictimCategory
from etl.reports import prepare


def claims_of(text: str, published: dt.datetime | None = None, title: str | None = None) -> list[Claim]:
    return extract(prepare(Report(report_id="r", text=text, title=title, published=published)))


def only(text: str, measure: Measure | None = None) -> Claim:
    [found] = [claim for claim in claims_of(text) if measure in {None, claim.measure}]
    return found


@pytest.mark.parametrize(
    ("text", "measure", "best"),
    [
        ("Twelve miners were killed.", "killed", 12),
        ("Twelve miners were hurt.", "injured", 12),
        ("Twelve miners are missing.", "missing", 12),
        ("Twelve miners were arrested.", "detained", 12),
        ("Twelve miners were kidnapped.", "abducted", 12),
        ("Some 1,200 villagers fled their homes.", "displaced", 1200),
        ("A mine killed twelve soldiers.", "killed", 12),
        ("A mine wounded twelve soldiers.", "injured", 12),
        ("Police detained twelve men.", "detained", 12),
        ("The blast resulted in the injury of twelve people.", "injured", 12),
        ("The murder on 3 April in Lima of twelve miners caused outrage.", "killed", 12),
        ("The death toll rose to 12.", "killed", 12),
        ("The bishop condemned the murder of twelve miners.", "killed", 12),
        ("The bench urged that the state investigate the murder of twelve miners.", "killed", 12),
        ("The court demanded that the army look into the massacre of twelve miners.", "killed", 12),
        ("THE CZV [COMMITTEE FOR ZONAL VIGILANCE] MAYOR WAS SHOT DEAD BESIDE A FARMER'S GATE.", "killed", 1),
    ],
)
def test_what_people_suffered(text: str, measure: Measure, best: int) -> None:
    claim = only(text)

    assert (claim.measure, claim.best, claim.scope, claim.polarity) == (measure, best, "incident", "asserted")
    assert claim.extractor_version == EXTRACTOR_VERSION


@pytest.mark.parametrize(
    ("text", "said_by"),
    [
        ("The Health Ministry said 12 people were killed.", "The Health Ministry"),
        ("Twelve people were killed, the Health Ministry said.", "the Health Ministry"),
        ("Twelve people were killed, according to the Red Cross.", "the Red Cross"),
        ("According to police, 12 people were killed.", "police"),
        ("Twelve people were killed on the road.", None),
    ],
)
def test_who_said_it(text: str, said_by: str | None) -> None:
    assert only(text, "killed").attribution == said_by


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Police said 8 people had died, while the rebels said 20 had been killed.", {8: "Police", 20: "the rebels"}),
        ("The ministry put the dead at 8, while the rebels said 20 had been killed.", {8: None, 20: "the rebels"}),
        (
            "The ministry said 8 people died and added that 9 more were killed later.",
            {8: "The ministry", 9: "The ministry"},
        ),
    ],
)
def test_each_figure_has_its_own_source(text: str, sources: dict[int, str | None]) -> None:
    assert {claim.best: claim.attribution for claim in claims_of(text) if claim.measure == "killed"} == sources


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Twelve people were killed.", "asserted"),
        ("The army denied that 12 people had been killed.", "denied"),
        ("The fall almost killed a climber.", "denied"),
        ("A quake could kill 500 people.", "hypothetical"),
        ("The rebels threatened to kill two envoys.", "hypothetical"),
        ("Rescuers fear that 20 people have died.", "hypothetical"),
        ("A gunman tried to murder three judges.", "hypothetical"),
    ],
)
def test_whether_the_harm_is_asserted_denied_or_only_thinkable(text: str, polarity: Polarity) -> None:
    assert {claim.polarity for claim in claims_of(text) if claim.measure == "killed"} <= {polarity}


@pytest.mark.parametrize(
    "text",
    ["No one was hurt in the fire.", "Nobody was hurt in the fire.", "There were no injuries in the fire."],
)
def test_nobody_is_a_figure_of_nought(text: str) -> None:
    claim = only(text, "injured")

    assert (claim.comparator, claim.low, claim.best, claim.high) == ("none", 0, 0, 0)
    assert claim.polarity == "asserted"


@pytest.mark.parametrize(
    ("text", "figure", "scope"),
    [
        ("Nineteen people were killed, including four children.", 19, "incident"),
        ("Nineteen people were killed, including four children.", 4, "subset"),
        ("Nineteen people were killed, among them four children.", 4, "subset"),
        ("Nineteen people were killed. Four of the dead were children.", 4, "subset"),
        ("Three died on Monday. Since January 500 people have been killed in the province.", 500, "cumulative"),
        ("The president spoke of the war, which has claimed 40 lives.", 40, "cumulative"),
        ("Three died on Monday. In 1998 a flood killed 40 people there.", 40, "background"),
        ("The front claimed responsibility for the attack that killed 40 people.", 40, "incident"),
        ("The raid was in answer to the attack that killed 40 people.", 40, "background"),
    ],
)
def test_how_a_figure_relates_to_its_event(text: str, figure: int, scope: Scope) -> None:
    found = [claim for claim in claims_of(text, dt.datetime(2012, 5, 18, tzinfo=dt.UTC)) if claim.best == figure]

    assert {claim.scope for claim in found} <= {scope}
    if scope == "incident":
        assert found


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Twelve people were killed, the ministry confirmed.", "confirmed"),
        ("Twelve people were killed, the ministry said.", "reported"),
        ("Rebels said 12 people were killed. That could not be independently verified.", "disputed"),
    ],
)
def test_how_certain_the_report_calls_it(text: str, certainty: Certainty) -> None:
    assert only(text, "killed").certainty == certainty


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Twelve villagers were killed.", "civilian"),
        ("Twelve policemen were killed.", "security"),
        ("Twelve guerrillas were killed.", "combatant"),
        ("The suicide bomber was killed.", "perpetrator"),
    ],
)
def test_who_the_victims_were(text: str, category: VictimCategory) -> None:
    assert only(text, "killed").victim_category == category


def test_names_of_victims_are_kept_for_counting() -> None:
    claim = only("Anwar Sadat was assassinated in Cairo.", "killed")

    assert claim.victim_names == ("Anwar Sadat",)
    assert claim.best == 1


def test_the_title_is_read_as_a_sentence_of_its_own() -> None:
    title = "Blast kills two in Osh"
    claims = claims_of(f"{title} Two people were killed by a blast in Osh.", title=title)

    assert [claim.quote for claim in claims] == [title, "Two people were killed by a blast in Osh."]


def test_a_text_without_harm_gives_nothing() -> None:
    assert claims_of("The council met on Monday and elected six members.") == []


def test_reports_come_back_in_order_each_with_its_own_claims() -> None:
    reports = [Report(report_id=f"r{n}", text=f"{n} people were killed.") for n in range(2, 80)]
    found = list(extract_all(iter(reports)))

    assert [report.report_id for report, _ in found] == [report.report_id for report in reports]
    assert all([claim.best for claim in claims] == [int(report.report_id[1:])] for report, claims in found)


def test_reading_a_report_again_gives_the_same_claims() -> None:
    text = "Two men were killed and six hurt in Talas on April 7, police said. Another man died in hospital."

    assert claims_of(text) == claims_of(text)


CLAUSES = st.sampled_from(
    [
        "TWO SOLDIERS WERE KILLED.",
        "killed 12 and wounded 40",
        "a woman and her two children died",
        "no one was hurt",
        "between 20 and 30 people were injured",
        "X, a judge, was shot dead",
        "himself and six others",
        "they were killed",
        "more than 1,500 of them",
        "including three of whom",
        "the bodies of",
        "one of the wounded died",
        "on April 7",
        "in Osh",
        "in 1998",
        "the toll rose to 85 from 81",
        "Killed: 3",
        "BISHKEK, April 15 (Wire) —",
        "dozens fled",
        "were",
        "and",
        "of",
        ",",
        ".",
        ". ",
        "\n",
        "\n\n",
        "–",
        '"',
        "(",
        "\u2028",
        "İ",
        "\x00",
        "💥",
    ]
)
ASSEMBLED = st.lists(CLAUSES, max_size=14).map(" ".join)
GLUED = st.lists(CLAUSES, max_size=8).map("".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ASSEMBLED | GLUED | st.text(max_size=150), st.none() | st.datetimes(timezones=st.just(dt.UTC)))
def test_any_text_gives_claims_that_lead_back_to_its_words(text: str, published: dt.datetime | None) -> None:
    claims = claims_of(text, published)

    assert len({claim.claim_id for claim in claims}) == len(claims)
    for claim in claims:
        assert 0 <= claim.span_start <= claim.figure_start < claim.figure_end <= claim.span_end <= len(text)
        assert text[claim.span_start : claim.span_end] == claim.quote
        assert text[claim.figure_start : claim.figure_end] == claim.quantity
        assert 0 <= claim.confidence <= 1
        bounds = [bound for bound in (claim.low, claim.best, claim.high) if bound is not None]
        assert bounds
        assert bounds == sorted(bounds)
        if claim.date_start is not None and claim.date_end is not None:
            assert claim.date_start <= claim.date_end
