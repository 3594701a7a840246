from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import BOUNDS, PERIODS, Filter, from_controls, read_query
from etl.records import MEASURES

codes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)
regions = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60)
filters = st.builds(
    Filter,
    date_from=st.none() | st.dates(),
    date_to=st.none() | st.dates(),
    countries=st.lists(codes, max_size=4, unique=True).map(tuple),
    regions=st.lists(regions, max_size=4, unique=True).map(tuple),
    causes=st.lists(st.sampled_from(["flood", "armed clash", "air_crash"]), unique=True).map(tuple),
    measure=st.sampled_from(MEASURES),
    bound=st.sampled_from(BOUNDS),
    per=st.sampled_from(PERIODS),
    incident=st.none() | st.from_regex(r"[a-f0-9]{1,40}", fullmatch=True),
)


@given(filters)
def test_an_address_brings_back_the_filter_it_was_made_from(chosen: Filter) -> None:
    reading = read_query("?" + chosen.to_query())
    assert reading is not None
    assert reading.filter == chosen
    assert reading.ignored == ()


@given(st.text(max_size=400))
def test_any_address_can_be_read(text: str) -> None:
    read_query(text)


def test_an_empty_address_stands_for_the_opening_view_and_no_filter_has_one() -> None:
    assert read_query("") is None
    assert read_query("?") is None
    assert read_query(None) is None
    assert read_query("?" + Filter().to_query()) is not None


def test_what_is_not_understood_is_left_out_and_named() -> None:
    reading = read_query("?from=yesterday&country=kg&country=KG&measure=angered&colour=red&cause=%00")
    assert reading is not None
    assert reading.filter == Filter(countries=("KG",))
    assert {part.split("=")[0] for part in reading.ignored} == {"from", "country", "measure", "colour", "cause"}


def test_an_endless_address_is_read_to_its_limit() -> None:
    reading = read_query(urlencode([("country", "KG"), *(("region", f"KG-{n}") for n in range(100_000))]))
    assert reading is not None
    assert reading.filter.countries == ("KG",)
    assert len(reading.filter.regions) <= 400
    assert any("after the first" in part for part in reading.ignored)


def test_controls_and_address_read_alike() -> None:
    chosen = from_controls(
        date_from="2010-04-07T00:00:00",
        date_to=None,
        countries=["KG"],
        regions=["KG-T"],
        causes=None,
        measure="injured",
        bound="high",
        per=None,
    )
    assert chosen == Filter(
        date_from=dt.date(2010, 4, 7), countries=("KG",), regions=("KG-T",), measure="injured", bound="high"
    )


def test_a_second_click_takes_a_region_out_again() -> None:
    once = Filter().with_region("KG-T").with_region("KG-GB")
    assert once.regions == ("KG-T", "KG-GB")
    assert once.with_region("KG-T").regions == ("KG-GB",)


def test_opening_an_incident_narrows_nothing() -> None:
    chosen = Filter(countries=("KG",))
    assert chosen.narrowed_to("talas").parameters() == chosen.parameters()
