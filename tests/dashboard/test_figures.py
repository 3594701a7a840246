from __future__ import annotations

import datetime as dt
import json
from typing import get_args

import duckdb
import pytest

from dashboard import figures, outlines, queries
from dashboard.answers import PeriodSum, PlaceSum, RegionSum, Sum
from dashboard.filters import Filter
from tests.dashboard.kyrgyzstan_2010 import moment

KG = Filter(countries=("KG",))
THEMES: tuple[figures.Theme, ...] = get_args(figures.Theme)


def place_map(database: duckdb.DuckDBPyConnection, theme: figures.Theme = "light") -> figures.Figure:
    return figures.place_map(
        queries.by_place(database, KG),
        queries.by_region(database, KG),
        figures.Ground(
            countries=["KG"],
            chosen=("KG-T",),
            outlines={name: outlines.regions_of(name) for name in ("KG", "world")},
            box=outlines.box_of("KG") or outlines.WORLD,
            wide=True,
        ),
        measure="Killed",
        bound="best",
        theme=theme,
    )


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_a_figure_draws_is_fetched_from_elsewhere(
    database: duckdb.DuckDBPyConnection, theme: figures.Theme
) -> None:
    text = place_map(database, theme).to_json()
    assert "http" not in text
    assert "glyphs" not in text
    assert "sprite" not in text


def test_the_map_draws_every_place_with_its_figure_range_and_date(database: duckdb.DuckDBPyConnection) -> None:
    bubbles = [trace for trace in place_map(database).data if trace.type == "scattermap"]
    hovers = {hover.split("</b>")[0].removeprefix("<b>"): hover for trace in bubbles for hover in trace.hovertext}
    assert "81 (74 to 85), as of 20 Apr 2010" in hovers["Bishkek"]
    assert "4 (2 to 4), as of 9 Apr 2010" in hovers["Talas"]
    assert "country only" in hovers["Kyrgyzstan"]


def test_bubbles_grow_with_their_area(database: duckdb.DuckDBPyConnection) -> None:
    sizes = {
        name: size
        for trace in place_map(database).data
        if trace.type == "scattermap"
        for name, size in zip(trace.text, trace.marker.size, strict=True)
    }
    assert sizes["Osh"] / sizes["Bishkek"] == pytest.approx((430 / 81) ** 0.5)


def test_the_outlines_are_those_of_the_regions_the_tables_name(database: duckdb.DuckDBPyConnection) -> None:
    drawn = {code for trace in place_map(database).data if trace.name == "KG" for code in trace.locations}
    assert {region.code for region in queries.by_region(database, KG) if region.code} <= drawn


def test_names_from_reports_cannot_become_markup() -> None:
    evil = '<a href="javascript:alert(1)">x</a>'
    total = Sum(incidents=1, low=1, best=1, high=1, as_of=moment(4, 7))
    drawn = figures.place_map(
        [PlaceSum(evil, "KG-T", evil, "KG", 42.0, 72.0, 1, total)],
        [RegionSum("KG-T", evil, "KG", evil, total)],
        figures.Ground(
            countries=["KG"], chosen=(), outlines={"KG": outlines.regions_of("KG")}, box=outlines.WORLD, wide=False
        ),
        measure="Killed",
        bound="best",
        theme="light",
    )
    bars = figures.by_region(
        [RegionSum("KG-T", evil, "KG", evil, total)], measure="Killed", bound="best", chosen=(), theme="light"
    )
    toll = figures.toll(
        [{"as_of": moment(4, 7), "low": 1, "best": 1, "high": 1, "publisher": evil}], measure="Killed", theme="light"
    )
    for figure in (drawn, bars, toll):
        assert "<a" not in json.dumps(json.loads(figure.to_json())["data"])


def test_whiskers_run_from_the_low_to_the_high_figure(database: duckdb.DuckDBPyConnection) -> None:
    bars = figures.by_region(
        queries.by_region(database, KG), measure="Killed", bound="best", chosen=(), theme="light"
    ).data[0]
    osh = list(bars.y).index("Osh")
    assert (bars.x[osh], bars.error_x.arrayminus[osh], bars.error_x.array[osh]) == (430, 25, 52)


def test_the_latest_period_is_marked_until_the_reports_have_reached_its_end() -> None:
    total = Sum(incidents=1, low=1, best=1, high=1)
    may = PeriodSum(dt.date(2010, 5, 1), dt.date(2010, 5, 31), total)
    june = PeriodSum(dt.date(2010, 6, 1), dt.date(2010, 6, 30), total)
    drawn = figures.over_time(
        [may, june], per="month", span=None, measure="Killed", bound="best", until=moment(6, 30), theme="light"
    )
    assert list(drawn.data[0].marker.pattern.shape) == ["", "/"]
    assert "Incomplete" in drawn.data[0].hovertext[1]
    assert not figures.is_unfinished(june, moment(7, 1))


def test_a_toll_climbs_in_steps_and_an_unknown_moment_is_not_drawn(database: duckdb.DuckDBPyConnection) -> None:
    steps = [step for step in queries.toll_steps(database, "bishkek") if step["measure"] == "killed"]
    drawn = figures.toll([*steps, {**steps[0], "as_of": None}], measure="Killed", theme="dark")
    best = next(trace for trace in drawn.data if trace.name == "best")
    assert best.line.shape == "hv"
    assert list(best.y) == [17, 40, 65, 75, 81, 81]
    assert "75 (65–75)" in best.hovertext[3]


def test_empty_answers_make_empty_figures() -> None:
    assert (
        len(
            figures.over_time([], per="day", span=None, measure="Killed", bound="best", until=None, theme="dark")
            .data[0]
            .x
        )
        == 0
    )
    assert len(figures.by_region([], measure="Killed", bound="best", chosen=(), theme="dark").data[0].x) == 0


def test_the_axis_of_days_shows_quiet_days_too() -> None:
    total = Sum(incidents=1, low=1, best=1, high=1)
    day = dt.date(2010, 4, 20)
    drawn = figures.over_time(
        [PeriodSum(day, day, total)],
        per="day",
        span=(dt.date(2010, 4, 1), dt.date(2010, 4, 30)),
        measure="Killed",
        bound="best",
        until=None,
        theme="light",
    )
    first, last = drawn.layout.xaxis.range
    assert first <= dt.date(2010, 4, 1)
    assert last >= dt.date(2010, 4, 30)
