"""Of what the second reader answers only that stands which the report's own words bear out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.records import Report
from etl.second_reader.answers import claims_in
from tests.second_reader.conftest import row

QUOTE = "A landslide killed five people near Cali, and two of\nthem were children."
REPORT = Report(report_id="r", text=f"Rain fell for days. {QUOTE} Roads are closed.")


def read(*rows: Any) -> tuple[list[Any], list[str]]:
    return claims_in(json.dumps({"claims": rows}), REPORT, "tiny")


def test_a_claim_whose_words_stand_in_the_report_is_taken() -> None:
    (claim,), reasons = read(row(QUOTE, "five people", 5))
    assert not reasons
    assert REPORT.text[claim.span_start : claim.span_end] == QUOTE
    assert REPORT.text[claim.figure_start : claim.figure_end] == "five people"
    assert (claim.low, claim.best, claim.high, claim.measure) == (5, 5, 5, "killed")
    assert claim.extractor_version == "second reader: tiny"


def test_white_space_may_differ() -> None:
    (claim,), _ = read(row(QUOTE.replace("\n", " "), "five  people", 5))
    assert claim.quote == QUOTE


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"quote": "A landslide killed fifty people near Cali."}, "the quote does not stand"),
        ({"quantity": "Roads"}, "the quantity does not stand"),
        ({"measure": "eaten"}, "'eaten' is none of"),
        ({"polarity": "perhaps"}, "'perhaps' is none of"),
        ({"low": 6}, "no figure"),
        ({"best": -5, "low": None, "high": None}, "no figure"),
        ({"best": 5.5}, "no figure"),
        ({"best": True, "low": None, "high": None}, "no figure"),
        ({"low": None, "best": None, "high": None}, "no figure"),
        ({"quote": 7}, "lacks a member"),
    ],
)
def test_any_other_is_turned_down_with_the_reason(changed: dict[str, Any], said: str) -> None:
    claims, (reason,) = read({**row(QUOTE, "five people", 5), **changed})
    assert not claims
    assert said in reason


def test_the_same_claim_twice_is_one() -> None:
    claims, _ = read(row(QUOTE, "five people", 5), row(QUOTE, "five people", 5))
    assert len(claims) == 1


def test_a_fenced_answer_is_read_too() -> None:
    answer = f"```json\n{json.dumps({'claims': [row(QUOTE, 'five people', 5)]})}\n```"
    claims, _ = claims_in(answer, REPORT, "tiny")
    assert len(claims) == 1


def test_more_claims_than_a_report_can_hold_are_cut_and_told() -> None:
    _, reasons = read(*[row(QUOTE, "five people", 5)] * 250)
    assert reasons == ["50 claims more than 200"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*row("", "", 1), "claims"]), inner),
    max_leaves=20,
)


@given(st.one_of(st.text(), _JSON.map(json.dumps), _JSON.map(lambda given: json.dumps({"claims": [given]}))))
def test_no_answer_breaks_it_and_spans_lie_in_the_text(answer: str) -> None:
    claims, _ = claims_in(answer, REPORT, "tiny")
    for claim in claims:
        assert 0 <= claim.span_start <= claim.figure_start < claim.figure_end <= claim.span_end <= len(REPORT.text)
        known = [bound for bound in (claim.low, claim.best, claim.high) if bound is not None]
        assert known == sorted(known)
