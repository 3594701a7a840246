"""Every error is one line that says what, where and what to do, and survives the way back from a worker process."""

from __future__ import annotations

import pickle

from etl.errors import EtlError, SourceError


def test_error_is_one_line_with_place_and_remedy() -> None:
    error = SourceError("broken\nJSON", where="a.jsonl", row=7, remedy="correct this line")
    assert str(error) == "a.jsonl:7: broken JSON; correct this line"
    assert str(EtlError("gone")) == "gone"


def test_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(SourceError("x", where="a", row=2, remedy="y")))  # noqa: S301 - our own bytes
    assert isinstance(error, SourceError)
    assert str(error) == "a:2: x; y"
