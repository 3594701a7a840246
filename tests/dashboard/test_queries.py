from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from dashboard import queries
from dashboard.filters import Filter
from etl.records import MEASURES, Claim, Incident
from etl.tables.store import Store
from tests.dashboard.kyrgyzstan_2010 import HOSTILE_NAME, INCIDENTS, moment, run

KG = Filter(countries=("KG",))


def ids(database: duckdb.DuckDBPyConnection, chosen: Filter) -> set[str]:
    return {row["incident_id"] for row in queries.incident_page(database, chosen, count=100)}


def test_a_broader_incident_and_its_parts_are_counted_once(database: duckdb.DuckDBPyConnection) -> None:
    killed = queries.totals(database, KG)["killed"]
    # unrest 86 stands for bishkek 81 and talas 4; naryn's 0 was said and counts as an incident
    assert (killed.incidents, killed.best) == (5, 86 + 0 + 418 + 30 + 12)
    assert (killed.low, killed.high) == (81 + 0 + 393 + 30 + 12, 90 + 0 + 470 + 30 + 12)


def test_parts_count_where_the_broader_incident_says_nothing_of_the_measure(
    database: duckdb.DuckDBPyConnection,
) -> None:
    assert queries.totals(database, KG)["injured"].best == 400 + 30 + 3 + 1900 + 80


def test_parts_count_where_the_broader_incident_is_not_chosen(database: duckdb.DuckDBPyConnection) -> None:
    chosen = Filter(regions=("KG-GB", "KG-T"))
    assert queries.totals(database, chosen)["killed"].best == 81 + 4


def test_a_sum_says_of_how_many_incidents_the_upper_end_is_open(database: duckdb.DuckDBPyConnection) -> None:
    sums = queries.totals(database, KG)
    assert sums["killed"].open == 1
    assert sums["displaced"].open == 0
    assert sums["missing"].open == 1


def test_missing_is_not_nought(database: duckdb.DuckDBPyConnection) -> None:
    sums = queries.totals(database, KG)
    assert (sums["abducted"].incidents, sums["abducted"].best, sums["abducted"].as_of) == (0, None, None)
    tokmok = queries.totals(database, Filter(regions=("KG-C",)))["killed"]
    assert (tokmok.incidents, tokmok.best) == (0, None)
    naryn = queries.totals(database, Filter(regions=("KG-N",)))["killed"]
    assert (naryn.incidents, naryn.low, naryn.best, naryn.high) == (1, 0, 0, 0)


def test_a_sum_carries_the_date_of_its_latest_report(database: duckdb.DuckDBPyConnection) -> None:
    assert queries.totals(database, Filter(regions=("KG-GB",)))["killed"].as_of == moment(4, 20)


@pytest.mark.parametrize("chosen", [Filter(), KG, Filter(causes=("protest",)), Filter(regions=("KG-O",))])
def test_every_sum_is_ordered(database: duckdb.DuckDBPyConnection, chosen: Filter) -> None:
    for total in queries.totals(database, chosen).values():
        if total.incidents:
            assert (total.low or 0) <= (total.best or 0) <= (total.high or 0)


def test_the_last_day_of_a_filter_belongs_to_it(database: duckdb.DuckDBPyConnection) -> None:
    until = Filter(countries=("KG",), date_to=dt.date(2010, 6, 12))
    assert "jalal-abad" in ids(database, until)
    before = Filter(countries=("KG",), date_to=dt.date(2010, 6, 11))
    assert "jalal-abad" not in ids(database, before)


def test_an_incident_that_may_have_lasted_into_the_first_day_is_chosen(database: duckdb.DuckDBPyConnection) -> None:
    assert ids(database, Filter(date_from=dt.date(2010, 6, 15))) == {"jalal-abad"}
    assert ids(database, Filter(date_from=dt.date(2010, 6, 16))) == set()


def test_incidents_without_a_date_are_left_out_of_a_filter_by_date_and_counted(
    database: duckdb.DuckDBPyConnection,
) -> None:
    assert "undated" in ids(database, KG)
    dated = Filter(countries=("KG",), date_from=dt.date(2010, 1, 1))
    assert "undated" not in ids(database, dated)
    assert queries.selection(database, dated).undated == 1
    assert queries.selection(database, KG).undated == 0


def test_the_series_adds_up_to_the_total_of_dated_incidents(database: duckdb.DuckDBPyConnection) -> None:
    by_month = queries.by_period(database, KG, "month")
    assert [(p.start, p.end, p.total.best) for p in by_month] == [
        (dt.date(2010, 4, 1), dt.date(2010, 4, 30), 86),
        (dt.date(2010, 6, 1), dt.date(2010, 6, 30), 418 + 30),
    ]
    by_day = queries.by_period(database, KG, "day")
    assert sum(p.total.best or 0 for p in by_day) == 86 + 418 + 30
    assert all(p.start == p.end for p in by_day)


def test_each_region_sums_as_if_it_were_the_filter(database: duckdb.DuckDBPyConnection) -> None:
    regions = {region.code: region.total.best for region in queries.by_region(database, KG)}
    assert regions == {"KG-O": 430, "KG-GB": 81, "KG-T": 4, "KG-J": 30, "KG-N": 0, None: 86}
    for code, best in regions.items():
        if code:
            assert queries.totals(database, Filter(countries=("KG",), regions=(code,)))["killed"].best == best


def test_talas_and_bishkek_stand_on_the_map(database: duckdb.DuckDBPyConnection) -> None:
    places = {place.name: place for place in queries.by_place(database, KG)}
    assert places["Bishkek"].total.best == 81
    assert places["Talas"].region == "KG-T"
    assert places["Kyrgyzstan"].precision == 6


def test_pages_of_rows_never_overlap_and_follow_the_order_asked_for(database: duckdb.DuckDBPyConnection) -> None:
    order = [("n_sources", True), ("no_such_column; DROP TABLE incidents", False)]
    pages = [queries.incident_page(database, Filter(), first=n, count=2, order=order) for n in range(0, 10, 2)]
    rows = [row for page in pages for row in page]
    assert len(rows) == len({row["incident_id"] for row in rows}) == len(INCIDENTS)
    assert [row["n_sources"] for row in rows] == sorted((row["n_sources"] for row in rows), reverse=True)


def test_values_of_a_filter_are_never_sql(database: duckdb.DuckDBPyConnection) -> None:
    hostile = Filter(regions=("'; DROP TABLE incidents; --",), causes=("x' OR '1'='1",))
    assert queries.selection(database, hostile).incidents == 0
    assert queries.counts(database)["incidents"] == len(INCIDENTS)


def test_a_download_has_every_chosen_incident_with_every_column(database: duckdb.DuckDBPyConnection) -> None:
    table = queries.incident_batches(database, KG).read_all()
    assert table.column_names == [*Incident.__slots__]
    assert set(table.column("incident_id").to_pylist()) == ids(database, KG)


def test_names_of_victims_leave_the_tables_only_when_asked_for(database: duckdb.DuckDBPyConnection) -> None:
    public = queries.claim_batches(database, KG).read_all()
    assert set(public.column_names) == set(Claim.__slots__) - {"victim_names"}
    assert HOSTILE_NAME not in str(public.to_pylist()) + str(queries.claims_of(database, "undated"))
    assert HOSTILE_NAME in str(queries.claim_batches(database, KG, private=True).read_all().to_pylist())


def test_an_incident_comes_with_its_steps_and_its_claims(database: duckdb.DuckDBPyConnection) -> None:
    steps = [step for step in queries.toll_steps(database, "bishkek") if step["measure"] == "killed"]
    assert [step["best"] for step in steps] == [17, 40, 65, 75, 81, 81]
    assert all(step["publisher"] for step in steps)
    claims = queries.claims_of(database, "bishkek")
    assert [claim["published"] for claim in claims] == sorted((claim["published"] for claim in claims), reverse=True)
    assert queries.incident(database, "nobody") is None


def test_an_old_incident_id_leads_to_the_incident_it_became(database: duckdb.DuckDBPyConnection) -> None:
    found = queries.incident(database, "bishkek-before-a-merge")
    assert found is not None
    assert found["incident_id"] == "bishkek"
    assert queries.incident(database, "told-by-nobody-now") is None


def test_the_page_opens_on_the_country_most_reports_tell_of(database: duckdb.DuckDBPyConnection) -> None:
    assert queries.opening(database) == KG


def test_the_filter_bar_offers_what_the_tables_hold(database: duckdb.DuckDBPyConnection) -> None:
    assert [option.label for option in queries.countries(database)] == ["Kyrgyzstan", "Russia"]
    assert {option.value for option in queries.regions(database, ["RU"])} == {"RU-SMO"}
    assert [option.value for option in queries.causes(database)] == ["air crash", "armed clash", "protest", "shooting"]


def test_tables_without_any_rows_answer_every_question(tmp_path: object) -> None:
    store = Store(f"{tmp_path}/store")
    with queries.connect(store.publish(run())) as empty:
        assert queries.opening(empty) == Filter()
        assert queries.selection(empty, Filter()).incidents == 0
        assert all(queries.totals(empty, Filter())[measure].incidents == 0 for measure in MEASURES)
        assert queries.by_period(empty, Filter(), "month") == []
        assert queries.by_region(empty, Filter()) == []
        assert queries.by_place(empty, Filter()) == []
        assert queries.incident_batches(empty, Filter()).read_all().num_rows == 0
