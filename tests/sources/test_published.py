"""Publication times as sources write them."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.sources.published import parse_published


@pytest.mark.parametrize(
    ("words", "utc"),
    [
        ("2010-04-15", "2010-04-15T00:00"),
        ("20100415", "2010-04-15T00:00"),
        ("2010/4/5", "2010-04-05T00:00"),
        ("2010-04-15T14:05:00+06:00", "2010-04-15T08:05"),
        ("2010-04-15 14:05 +0600", "2010-04-15T08:05"),
        ("2010-04-15 08:05", "2010-04-15T08:05"),
        ("2010-04-15T08:05:00Z", "2010-04-15T08:05"),
        ("2010-04-15 08:05 UTC", "2010-04-15T08:05"),
        ("Thu, 15 Apr 2010 08:05:00 GMT", "2010-04-15T08:05"),
        ("Thu, 15 Apr 2010 14:05:00 +0600", "2010-04-15T08:05"),
        ("April 15, 2010", "2010-04-15T00:00"),
        ("15 Apr 2010", "2010-04-15T00:00"),
        (dt.date(2010, 4, 15), "2010-04-15T00:00"),
        (dt.datetime(2010, 4, 15, 8, 5), "2010-04-15T08:05"),  # noqa: DTZ001 - YAML gives times without a zone
    ],
)
def test_time_is_read_as_utc(words: object, utc: str) -> None:
    assert parse_published(words) == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "words",
    [
        "04/05/2010",
        "yesterday",
        "2010-13-01",
        "2010-04",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31",
        "",
        5,
        [],
        "1" * 99,
    ],
)
def test_what_is_no_time_is_refused(words: object) -> None:
    with pytest.raises(SourceError):
        parse_published(words)


@given(
    st.one_of(st.text(), st.from_regex(r"[0-9TZ:+ ,/-]{1,30}"), st.datetimes(), st.dates(), st.integers(), st.none())
)
def test_anything_is_read_in_utc_or_refused(value: object) -> None:
    with contextlib.suppress(SourceError):
        assert parse_published(value).tzinfo is dt.UTC
