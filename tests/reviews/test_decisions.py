"""What each decision does, that it holds through later runs, and that withdrawing it brings back what was."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from dashboard import queries
from etl.errors import ReviewError
from etl.records import Decision
from etl.tables.lock import StoreBusy
from etl.tables.store import Store
from tests.reviews.conftest import Desk, Everything


def steps(desk: Desk, place: str, measure: str = "killed") -> list[int | None]:
    incident_id = desk.incidents[place].incident_id
    rows = [one for one in desk.tables.rows("tolls") if (one.incident_id, one.measure) == (incident_id, measure)]
    return [one.best for one in sorted(rows, key=lambda one: str(one.as_of))]


def test_the_stories_are_three_incidents(desk: Desk) -> None:
    found = {place: one.killed_best for place, one in desk.incidents.items()}
    assert found == {"Osh": 15, "Talas": 4, "Quetta": 21}
    assert steps(desk, "Osh") == [12, 15]
    assert all(one.review is None for one in desk.incidents.values())


# On claims


def test_a_corrected_claim_feeds_the_toll_at_once(desk: Desk) -> None:
    desk.decide("correct", desk.claim(15).claim_id, "figure=14")
    claim = desk.claim(15)
    assert (claim.low, claim.best, claim.high, claim.quantity) == (14, 14, 14, "15 people")
    assert (claim.review, claim.confidence) == ("corrected", 1.0)
    assert "A. Analyst" in (claim.review_note or "")
    assert "checked with the hospital" in (claim.review_note or "")
    assert json.loads(claim.review_replaced or "")["best"] == 15
    assert desk.incidents["Osh"].killed_best == 14
    assert steps(desk, "Osh") == [12, 14]


def test_a_rejected_claim_feeds_nothing_and_stays_beside_its_incident(desk: Desk) -> None:
    desk.decide("reject", desk.claim(12).claim_id)
    assert steps(desk, "Osh") == [15]
    assert desk.claim(12).review == "rejected"
    assert desk.claim(12).incident_id == desk.incidents["Osh"].incident_id


def test_an_incident_whose_only_claim_is_rejected_is_gone_until_that_is_withdrawn(desk: Desk) -> None:
    before = desk.incidents["Talas"]
    review = desk.decide("reject", desk.claim(4).claim_id)
    assert "Talas" not in desk.incidents
    assert steps(desk, "Osh") == [12, 15]
    desk.decide("withdraw", review.review_id)
    assert desk.incidents["Talas"] == before


def test_a_confirmed_claim_is_marked_and_sure(desk: Desk) -> None:
    desk.decide("confirm", desk.claim(4).claim_id)
    assert (desk.claim(4).review, desk.claim(4).confidence) == ("confirmed", 1.0)


def test_a_claim_set_to_background_counts_no_more(desk: Desk) -> None:
    desk.decide("correct", desk.claim(15).claim_id, "scope=background")
    assert steps(desk, "Osh") == [12]


# On incidents


def test_a_corrected_incident_keeps_its_history_and_what_the_program_had(desk: Desk) -> None:
    review = desk.decide("correct", desk.incidents["Osh"].incident_id, "killed=16/17/18", "date=2012-05-02/2012-05-03")
    osh = desk.incidents["Osh"]
    assert (osh.killed_low, osh.killed_best, osh.killed_high) == (16, 17, 18)
    assert (osh.date_start, osh.date_end, osh.date_precision) == (dt.date(2012, 5, 2), dt.date(2012, 5, 3), 2)
    assert osh.label.endswith("2-3 May 2012")
    assert osh.review == "corrected"
    replaced = json.loads(osh.review_replaced or "")
    assert (replaced["killed_best"], replaced["date_start"]) == (15, "2012-05-03")
    assert steps(desk, "Osh") == [12, 15, 17]
    (step,) = (one for one in desk.tables.rows("tolls") if one.report_id == review.review_id)
    assert step.as_of == review.reviewed_at


def test_a_place_is_corrected_by_its_name(desk: Desk) -> None:
    desk.decide("correct", desk.incidents["Talas"].incident_id, "place=Naryn, Kyrgyzstan")
    naryn = desk.incidents["Naryn"]
    assert (naryn.adm1_code, naryn.country_code, naryn.place_precision) == ("KG-N", "KG", 1)
    assert naryn.latitude == pytest.approx(41.43, abs=0.1)
    assert "Naryn" in naryn.label


def test_a_rejected_incident_is_in_no_table_but_its_claims_are(desk: Desk) -> None:
    quetta = desk.incidents["Quetta"].incident_id
    desk.decide("reject", quetta)
    assert "Quetta" not in desk.incidents
    assert all(one.incident_id != quetta for one in desk.tables.rows("tolls"))
    assert desk.claim(21).incident_id is None


def test_two_incidents_merged_are_one_with_a_redirect(desk: Desk) -> None:
    osh, talas = (desk.incidents[name].incident_id for name in ("Osh", "Talas"))
    desk.decide("merge", talas, osh)
    (merged,) = (one for one in desk.tables.rows("incidents") if one.country_code == "KG")
    assert merged.incident_id == osh
    assert merged.review == "merged"
    assert merged.n_reports == 3
    assert desk.tables.current_incident(talas) == osh


def test_a_split_takes_claims_out_into_an_incident_of_their_own(desk: Desk) -> None:
    osh = desk.incidents["Osh"].incident_id
    desk.decide("split", osh, desk.claim(15).claim_id)
    found = sorted((one.killed_best, one.review) for one in desk.incidents.values() if one.place_name == "Osh")
    assert found == [(12, "split"), (15, "split")]
    assert desk.claim(15).incident_id != desk.claim(12).incident_id


def test_a_split_within_one_report_parts_its_claims(desk: Desk) -> None:
    osh = desk.incidents["Osh"].incident_id
    assert desk.claim(30).report_id == desk.claim(12).report_id
    desk.decide("split", osh, desk.claim(30).claim_id)
    assert desk.claim(30).incident_id != desk.claim(12).incident_id
    assert desk.claim(12).incident_id == desk.claim(15).incident_id
    apart = next(one for one in desk.tables.rows("incidents") if one.incident_id == desk.claim(30).incident_id)
    assert (apart.killed_best, apart.injured_best) == (None, 30)


# Holding and taking back


def made_of_all_kinds(desk: Desk) -> list[str]:
    osh, talas = (desk.incidents[name].incident_id for name in ("Osh", "Talas"))
    return [
        desk.decide("correct", desk.claim(15).claim_id, "figure=14").review_id,
        desk.decide("split", osh, desk.claim(30).claim_id).review_id,
        desk.decide("merge", osh, talas).review_id,
        desk.decide("correct", osh, "killed=20", "place=Talas").review_id,
        desk.decide("reject", desk.incidents["Quetta"].incident_id).review_id,
    ]


def test_decisions_hold_through_later_runs(desk: Desk, everything: Everything) -> None:
    made_of_all_kinds(desk)
    before = everything(desk)
    desk.run()
    assert everything(desk) == before
    desk.report("05.md", "Hill News", "2012-07-01T10:00:00Z", "A landslide killed nine people near Cali on Saturday.")
    after = everything(desk)
    assert all(set(rows) <= set(after[name]) for name, rows in before.items())
    assert "Quetta" not in desk.incidents


def test_decisions_hold_where_a_run_looks_only_at_what_new_reports_touch(
    crowded_desk: Desk, everything: Everything
) -> None:
    desk, before = crowded_desk, everything(crowded_desk)
    made = made_of_all_kinds(desk)
    reviewed = everything(desk)
    desk.run()
    assert everything(desk) == reviewed
    desk.report(
        "05-osh.md", "Hill News", "2012-05-05T10:00:00Z",
        "OSH, Kyrgyzstan, May 5 - The bomb at a market in Osh on Thursday killed 16 people, the Health Ministry said.",
    )  # fmt: skip
    (merged,) = (one for one in desk.incidents.values() if one.review and "merged" in one.review)
    assert (merged.killed_best, merged.n_reports, merged.place_name) == (20, 4, "Talas")
    assert desk.claim(30).incident_id != merged.incident_id
    assert "Quetta" not in desk.incidents
    for review_id in made:
        desk.decide("withdraw", review_id, why="it was a slip")
    after = everything(desk)
    assert len(set(before["incidents"]) - set(after["incidents"])) == 1  # Osh, told once more
    assert desk.incidents["Osh"].killed_best == 16


def test_a_correction_stands_above_a_report_that_comes_later(desk: Desk) -> None:
    desk.decide("correct", desk.incidents["Osh"].incident_id, "killed=17")
    desk.report(
        "05-osh.md", "Hill News", "2012-05-05T10:00:00Z",
        "OSH, Kyrgyzstan, May 5 - The bomb at a market in Osh on Thursday killed 16 people, the Health Ministry said.",
    )  # fmt: skip
    osh = desk.incidents["Osh"]
    assert (osh.killed_best, osh.n_reports) == (17, 3)
    assert json.loads(osh.review_replaced or "")["killed_best"] == 16


def test_withdrawing_all_brings_back_what_was(desk: Desk, everything: Everything) -> None:
    before = everything(desk)
    made = made_of_all_kinds(desk)
    assert everything(desk) != before
    for review_id in made:
        desk.decide("withdraw", review_id, why="it was a slip")
    assert everything(desk) == before
    assert desk.tables.count("reviews") == 2 * len(made)


def test_a_withdrawal_can_be_withdrawn(desk: Desk) -> None:
    review = desk.decide("correct", desk.claim(15).claim_id, "figure=14")
    taken_back = desk.decide("withdraw", review.review_id)
    assert desk.incidents["Osh"].killed_best == 15
    with pytest.raises(ReviewError, match="withdrawn already"):
        desk.decide("withdraw", review.review_id)
    desk.decide("withdraw", taken_back.review_id)
    assert desk.incidents["Osh"].killed_best == 14
    with queries.connect(desk.tables) as database:
        incident_id = desk.incidents["Osh"].incident_id
        shown = queries.reviews_of(database, incident_id, [desk.claim(15).claim_id])
    assert [one["review_id"] for one in shown] == [review.review_id]


def test_the_later_of_two_decisions_holds(desk: Desk) -> None:
    talas, claim = desk.incidents["Talas"].incident_id, desk.claim(4).claim_id
    desk.decide("reject", claim)
    desk.decide("confirm", claim)
    assert desk.incidents["Talas"].incident_id == talas
    assert desk.claim(4).review == "confirmed"
    osh = desk.incidents["Osh"].incident_id
    desk.decide("split", osh, desk.claim(15).claim_id)
    desk.decide("merge", osh, desk.claim(15).incident_id or "")
    assert desk.incidents["Osh"].killed_best == 15
    assert "Osh 2" not in desk.incidents


def test_a_decision_interrupted_before_it_took_effect_does_so_with_the_next_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("etl.reviews.deciding.settle_with_reviews", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.decide("correct", desk.claim(15).claim_id, "figure=14")
    assert desk.incidents["Osh"].killed_best == 15
    desk.run()
    assert desk.incidents["Osh"].killed_best == 14


# Mistakes


def test_a_decision_can_only_be_withdrawn(desk: Desk) -> None:
    made = desk.decide("correct", desk.incidents["Osh"].incident_id, "killed=17")
    with pytest.raises(ReviewError, match="is a decision, and is withdrawn or left as it is"):
        desk.decide("confirm", made.review_id)


@pytest.mark.parametrize(
    ("decision", "subject", "given", "said"),
    [
        ("confirm", "none", (), "no claim or incident 'none'"),
        ("withdraw", "none", (), "'none' is no decision"),
        ("withdraw", "Osh", (), "only a decision is withdrawn"),
        ("merge", "Osh", ("none",), "no incident 'none'"),
        ("merge", "Osh", ("Osh",), "one incident already"),
        ("split", "Osh", ("none",), "holds no claim and no report 'none'"),
        ("split", "Talas", ("4",), "takes some claims out and leaves some"),
        ("correct", "Osh", (), "no correction is given"),
        ("correct", "Osh", ("killed",), "no correction"),
        ("correct", "Osh", ("killed=many",), "no figure of people"),
        ("correct", "Osh", ("killed=9/8/7",), "not in order"),
        ("correct", "Osh", ("killed=-3",), "no figure of people"),
        ("correct", "Osh", ("date=yesterday",), "no day"),
        ("correct", "Osh", ("date=2012-05-03/2012-05-01",), "ends before it begins"),
        ("correct", "Osh", ("date_end=2012-01-01",), "is after date_end"),
        ("correct", "Osh", ("place=Qwertzuiop",), "gazetteer has no place"),
        ("correct", "Osh", ("latitude=91",), "does not fit latitude"),
        ("correct", "Osh", ("latitude=0", "longitude=0"), "0, 0 is no place"),
        ("correct", "Osh", ("killed=1,000,000,000",), "more than one incident can bear"),
        ("correct", "4", ("figure=1000000000",), "more than one incident can bear"),
        ("correct", "Osh", ("incident_id=x",), "cannot be corrected"),
        ("correct", "Osh", ("label=x",), "cannot be corrected"),
        ("correct", "4", ("scope=none",), "is one of incident, subset"),
        ("correct", "4", ("killed=5",), "'killed' of a claim cannot be corrected"),
    ],
)  # fmt: skip
def test_a_review_that_does_not_fit_is_a_clear_error_and_changes_nothing(
    desk: Desk, everything: Everything, decision: Decision, subject: str, given: tuple[str, ...], said: str
) -> None:
    def real(name: str) -> str:
        if name in desk.incidents:
            return desk.incidents[name].incident_id
        return desk.claim(int(name)).claim_id if name.isdigit() else name

    before = everything(desk)
    with pytest.raises(ReviewError) as caught:
        desk.decide(decision, real(subject), *map(real, given))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert everything(desk) == before
    assert desk.tables.count("reviews") == 0


def test_what_cannot_be_true_is_flagged_and_can_be_decided_on(desk: Desk) -> None:
    text = "A fire killed 1,000,000,000 people in Naryn, Kyrgyzstan, between 9 May and 2 May 2012, officials said."
    desk.report("05-naryn.md", "Coast Daily", "2012-06-03T10:00:00Z", text)
    found = desk.incidents["Naryn"]
    assert found.killed_best is None
    assert "1,000,000,000 killed was left out as impossible" in found.status_reason
    assert "which is backwards" in found.status_reason
    desk.decide("correct", desk.claim(10**9).claim_id, "figure=10")
    assert desk.incidents["Naryn"].killed_best == 10
    desk.decide("reject", desk.claim(10**9).claim_id)
    assert "Naryn" not in desk.incidents


def test_a_decision_while_a_run_is_at_work_says_so(desk: Desk) -> None:
    with Store(desk.folder / "store").exclusive(), pytest.raises(StoreBusy, match="at work on this store"):
        desk.decide("confirm", desk.claim(4).claim_id)


def test_a_weekday_that_is_not_that_of_its_date_is_flagged(desk: Desk) -> None:
    text = "A fire killed six people in Naryn, Kyrgyzstan, on Friday, 7 May 2012, officials said."
    desk.report("05-naryn.md", "Coast Daily", "2012-05-09T10:00:00Z", text)
    found = desk.incidents["Naryn"]
    assert (found.date_start, found.killed_best) == (dt.date(2012, 5, 7), 6)
    assert "a report prints Friday for 2012-05-07, a Monday" in found.status_reason
