"""The page over the sample reports, in a real browser: load, filter, drill down, download, compare with the tables."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from etl.records import MEASURES, Incident
from etl.tables.store import Store
from tests.browser.conftest import OpenPage, until

HEADING = "#heading h1"


@pytest.fixture(scope="module")
def incidents(sample_store: Path) -> pd.DataFrame:
    return Store(sample_store).snapshot().frame("incidents").set_index("incident_id", drop=False)


def summed(rows: pd.DataFrame, measure: str) -> tuple[int, int, int, int]:
    """Incidents, low, best and high of a measure, by the rule of the totals but another way of counting."""
    said = rows[rows[[f"{measure}_{bound}" for bound in ("low", "best", "high")]].notna().any(axis=1)]

    def told_by_an_ancestor(row: pd.Series) -> bool:
        parent, seen = row["parent_incident_id"], set()
        while pd.notna(parent) and parent not in seen:
            if parent in said.index:
                return True
            seen.add(parent)
            parent = rows["parent_incident_id"].get(parent)
        return False

    counted = said[~said.apply(told_by_an_ancestor, axis=1)] if len(said) else said
    highs = counted[f"{measure}_high"].fillna(counted[f"{measure}_best"]).fillna(counted[f"{measure}_low"])
    return len(counted), int(counted[f"{measure}_low"].sum()), int(counted[f"{measure}_best"].sum()), int(highs.sum())


def assert_totals(page: Page, rows: pd.DataFrame, shown: str = "best") -> None:
    for measure in MEASURES:
        count, low, best, high = summed(rows, measure)
        card = page.locator(f'[data-measure="{measure}"]')
        if not count:
            expect(page.locator(f'[data-measure="{measure}"][data-best]:not([data-best=""])')).to_have_count(0)
            continue
        expect(card).to_have_attribute("data-best", str(best))
        expect(card).to_have_attribute("data-high", str(high))
        assert card.get_attribute("data-low") in (str(low), "" if low == 0 else str(low))
        words = card.inner_text()
        assert f"{ {'low': low, 'best': best, 'high': high}[shown]:,}" in words
        assert "as of" in words or "date of report not said" in words


def downloaded(page: Page) -> tuple[str, list[dict[str, str]]]:
    with page.expect_download() as waiting:
        page.locator("#download").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    return waiting.value.suggested_filename, list(csv.DictReader(io.StringIO(text)))


def choose(page: Page, control: str, label: str) -> None:
    page.locator(f"#{control}").click()
    page.get_by_role("option", name=label, exact=True).click()
    page.keyboard.press("Escape")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_demo_opens_on_kyrgyzstan_with_talas_and_bishkek_seen_at_once(
    samples: str, open_page: OpenPage, incidents: pd.DataFrame
) -> None:
    page = open_page(samples)
    expect(page.locator(HEADING)).to_contain_text("Kyrgyzstan")
    expect(page.locator(HEADING)).to_contain_text("2010")
    assert_totals(page, incidents[incidents["country_code"] == "KG"])
    bars = page.locator("#region-chart .ytick text")
    expect(bars.filter(has_text="Talas")).to_have_count(1)
    expect(bars.filter(has_text="Bishkek")).to_have_count(1)
    expect(page.locator("#map canvas").first).to_be_visible()
    drawn = page.evaluate(
        "document.querySelector('#map .js-plotly-plot').data"
        ".filter(t => t.type === 'scattermap').flatMap(t => Array.from(t.text))"
    )
    assert {"Talas", "Bishkek"} <= set(drawn)
    expect(page.locator(".ag-cell", has_text="Bishkek").first).to_be_visible()
    expect(page.locator("#revision-note")).to_contain_text("published")


def test_the_map_is_really_drawn(samples: str, open_page: OpenPage) -> None:
    page = open_page(samples)
    until(page, "document.querySelector('#map .js-plotly-plot')?._fullLayout?.map?._subplot?.map?.loaded()")
    regions = page.evaluate(
        "document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map"
        ".queryRenderedFeatures().map(f => f.id ?? f.properties?.id).length"
    )
    assert regions > 8


def test_one_filter_drives_totals_table_download_and_address(
    samples: str, open_page: OpenPage, incidents: pd.DataFrame
) -> None:
    page = open_page(samples)
    expect(page.locator(HEADING)).to_contain_text("Kyrgyzstan")
    choose(page, "region", "Talas")
    expect(page.locator(HEADING)).to_contain_text("Talas")
    assert query(page)["region"] == ["KG-T"]
    talas = incidents[incidents["adm1_code"] == "KG-T"]
    assert_totals(page, talas)
    expect(page.locator(".ag-center-cols-container .ag-row .open-incident")).to_have_count(len(talas))
    name, rows = downloaded(page)
    assert {row["incident_id"] for row in rows} == set(talas["incident_id"])
    assert list(rows[0]) == list(Incident.__slots__)
    assert name.startswith("tollbook-incidents-")
    assert "-v" in name

    choose(page, "region", "Bishkek")
    expect(page.locator(HEADING)).to_contain_text("Bishkek")
    assert_totals(page, incidents[incidents["adm1_code"].isin(["KG-T", "KG-GB"])])

    page.go_back()
    expect(page.locator(HEADING)).not_to_contain_text("Bishkek")
    assert query(page)["region"] == ["KG-T"]
    assert_totals(page, talas)
    expect(page.locator("#region").locator("xpath=..")).to_contain_text("Talas")


def test_days_are_filtered_with_the_last_one_included(
    samples: str, open_page: OpenPage, incidents: pd.DataFrame
) -> None:
    page = open_page(f"{samples}/?country=KG&from=2010-04-06&to=2010-04-07&measure=killed")
    first, last = dt.date(2010, 4, 6), dt.date(2010, 4, 7)
    ends = incidents["date_end"].fillna(incidents["date_start"])
    chosen = incidents[(incidents["country_code"] == "KG") & (incidents["date_start"] <= last) & (ends >= first)]
    assert (chosen["date_start"] == last).any()
    assert_totals(page, chosen)
    _, rows = downloaded(page)
    assert {row["incident_id"] for row in rows} == set(chosen["incident_id"])


def test_everything_at_once_agrees_with_the_tables(samples: str, open_page: OpenPage, incidents: pd.DataFrame) -> None:
    page = open_page(f"{samples}/?measure=injured&figure=high")
    expect(page.locator(HEADING)).to_contain_text("All countries")
    assert_totals(page, incidents, shown="high")
    _, rows = downloaded(page)
    assert len(rows) == len(incidents)
    by_id = {row["incident_id"]: row for row in rows}
    for incident_id, row in incidents.iterrows():
        best = row["killed_best"]
        assert by_id[str(incident_id)]["killed_best"] == ("" if pd.isna(best) else str(best))


def test_a_region_is_chosen_by_clicking_its_bar(samples: str, open_page: OpenPage) -> None:
    page = open_page(samples)
    label = page.locator("#region-chart .ytick text", has_text="Bishkek")
    expect(label).to_have_count(1)
    row = label.bounding_box()
    plot = page.locator("#region-chart .nsewdrag").first.bounding_box()
    assert row
    assert plot
    page.mouse.click(plot["x"] + 6, row["y"] + row["height"] / 2)
    expect(page.locator(HEADING)).to_contain_text("Bishkek")
    assert query(page)["region"] == ["KG-GB"]


def test_an_incident_opens_with_its_sentences_and_closes_by_key_and_by_going_back(
    samples: str, open_page: OpenPage, sample_store: Path, incidents: pd.DataFrame
) -> None:
    page = open_page(f"{samples}/?country=KG&measure=killed")
    first = page.locator(".open-incident").first
    first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("mark").first).to_be_visible()
    incident_id = query(page)["incident"][0]
    expect(drawer.locator("#incident-title")).to_contain_text(str(incidents["label"][incident_id]))
    claims = Store(sample_store).snapshot().frame("claims")
    own = claims[claims["incident_id"] == incident_id]
    expect(drawer.locator(".claim")).to_have_count(len(own))
    marked = {mark.inner_text() for mark in drawer.locator("mark").all() if mark.is_visible()}
    assert marked <= set(own["quantity"])
    expect(drawer.locator(".js-plotly-plot").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    assert "incident" not in query(page)
    page.go_back()
    expect(drawer).to_be_visible()
    page.go_back()
    expect(drawer).to_be_hidden()


def test_an_incident_opens_from_the_keyboard(samples: str, open_page: OpenPage) -> None:
    page = open_page(f"{samples}/?country=KG&measure=killed")
    expect(page.locator(".open-incident").first).to_be_visible()
    page.locator(".ag-row .ag-cell").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("#incident-title")).to_be_visible()
    assert query(page)["incident"]


def test_a_link_opens_the_same_view_elsewhere(samples: str, open_page: OpenPage) -> None:
    address = f"{samples}/?country=KG&region=KG-T&measure=injured&figure=low&per=day"
    page = open_page(address)
    expect(page.locator(HEADING)).to_contain_text("Talas")
    expect(page.locator("#measure")).to_have_value("Injured")
    expect(page.locator("#bound input[value=low]")).to_be_checked()
    expect(page.locator("#per input[value=day]")).to_be_checked()
    assert page.url == address
