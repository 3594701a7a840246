"""The endpoint is asked as its interface says, tried again where that may help, and each fault is one typed error."""

from __future__ import annotations

import itertools

import pytest

from etl.second_reader import Endpoint, NoAnswer
from tests.second_reader.conftest import Stub, completion

REPORT = "A landslide killed five people near Cali."


def ask(stub: Stub, *, key: str | None = None, pauses: list[float] | None = None) -> str:
    endpoint = Endpoint(base_url=stub.base_url, model="tiny", key=key, timeout_seconds=10)
    return endpoint.ask("Read this.", REPORT, pause=(pauses if pauses is not None else []).append)


def test_the_question_holds_model_instructions_and_report(stub: Stub) -> None:
    stub.answers = [completion("an answer")]
    assert ask(stub, key="secret") == "an answer"
    (question,) = stub.asked
    assert question["path"] == "/v1/chat/completions"
    assert question["model"] == "tiny"
    assert [message["content"] for message in question["messages"]] == ["Read this.", REPORT]
    assert stub.keys == ["Bearer secret"]


def test_without_a_key_none_is_sent(stub: Stub) -> None:
    stub.answers = [completion("an answer")]
    ask(stub)
    assert stub.keys == [None]


def test_a_passing_fault_is_tried_again_after_the_pause_asked_for(stub: Stub) -> None:
    pauses: list[float] = []
    stub.answers = [(429, {"Retry-After": "7"}, b""), (503, {"Retry-After": "9999"}, b""), completion("at last")]
    assert ask(stub, pauses=pauses) == "at last"
    assert pauses == [7.0, 30.0]


def test_a_fault_that_stays_is_told_with_the_address(stub: Stub) -> None:
    stub.answers = [(500, {}, b"")]
    with pytest.raises(NoAnswer, match=r"127\.0\.0\.1.*status 500, 3 times; the claims stand as they are"):
        ask(stub)
    assert len(stub.asked) == 3


def test_a_refusal_is_not_tried_again(stub: Stub) -> None:
    stub.answers = [(401, {}, b"no")]
    with pytest.raises(NoAnswer, match=r"status 401; check base_url, model and key"):
        ask(stub)
    assert len(stub.asked) == 1


def test_a_redirect_is_not_followed(stub: Stub) -> None:
    stub.answers = [(302, {"Location": f"{stub.base_url}/elsewhere"}, b"")]
    with pytest.raises(NoAnswer, match="status 302"):
        ask(stub, key="secret")
    assert len(stub.asked) == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"choices": []}', b'{"choices": [{"message": {}}]}'])
def test_what_is_no_completion_is_named_so(stub: Stub, body: bytes) -> None:
    stub.answers = [(200, {}, body)]
    with pytest.raises(NoAnswer, match="no chat completion"):
        ask(stub)


def test_an_endless_answer_is_dropped(stub: Stub) -> None:
    stub.answers = [(200, {}, b" " * 2_500_000)]
    with pytest.raises(NoAnswer, match="more than 2,000,000 bytes"):
        ask(stub)


def test_an_answer_that_trickles_in_past_the_time_allowed_is_dropped(stub: Stub) -> None:
    stub.answers = [completion("an answer")]
    endpoint = Endpoint(base_url=stub.base_url, model="tiny", timeout_seconds=10)
    hours = itertools.count(0, 3600)
    with pytest.raises(NoAnswer, match="gave no answer in 10 s, 3 times"):
        endpoint.ask("Read this.", REPORT, pause=lambda _: None, clock=lambda: float(next(hours)))


def test_nobody_there_is_told() -> None:
    endpoint = Endpoint(base_url="http://127.0.0.1:9/v1", model="tiny", timeout_seconds=2)
    with pytest.raises(NoAnswer, match="could not be reached"):
        endpoint.ask("Read this.", REPORT, pause=lambda _: None)
