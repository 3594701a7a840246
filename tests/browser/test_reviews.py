"""Decisions in the drawer, made in a real browser where the operator allows it; and the menu of formats."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from etl import pipeline
from etl.settings import Settings, SourceSettings, StoreSettings
from etl.tables.store import Store
from tests.browser.conftest import OpenPage, serving
from tests.dashboard.conftest import fill
from tests.dashboard.kyrgyzstan_2010 import run
from tests.wire_folder import write_folder


def test_a_figure_is_corrected_in_the_drawer_and_marked_in_the_table(tmp_path: Path, open_page: OpenPage) -> None:
    reports = write_folder(tmp_path / "reports")
    settings = Settings(
        store=StoreSettings(path=str(tmp_path / "store")), sources=SourceSettings(paths=(str(reports),))
    )
    pipeline.run(settings)
    (bishkek,) = (one for one in Store(tmp_path / "store").snapshot().rows("incidents") if one.country_code == "KG")
    with serving(tmp_path / "store", reviewing=settings) as address:
        page = open_page(f"{address}/?country=KG&measure=killed&incident={bishkek.incident_id}")
        grid = page.get_by_role("grid")
        expect(page.locator(".ag-row").first).to_contain_text("68")
        columns = int(grid.get_attribute("aria-colcount") or 0)
        page.locator(".review > summary").click()
        page.locator("#review-decision").click()
        page.get_by_role("option", name="Correct a figure, day or place").click()
        page.locator("#review-by").fill("<b>A. Analyst</b>")
        page.locator("#review-why").fill("list of the hospital")
        page.locator("#review-given").fill("killed=many")
        page.locator("#review-send").click()
        expect(page.locator(".review-problem")).to_contain_text("'many' is no figure of people")
        page.locator("#review-given").fill("killed=70/71/75")
        page.locator("#review-send").click()
        note = page.locator(".review-note").first
        expect(note).to_contain_text("corrected by <b>A. Analyst</b>")
        expect(note).to_contain_text("The program had killed 68")
        expect(page.locator(".toll-figure").first).to_have_text("71 (70–75)")
        expect(page.locator(".ag-row").first).to_contain_text("71 (70–75) ✎")
        # The column of reviews comes with the first of them.
        expect(grid).to_have_attribute("aria-colcount", str(columns + 1))
        # And back: the decision to take back is picked, then the figure is the program's again.
        page.locator(".review > summary").click()
        page.locator("#review-decision").click()
        page.get_by_role("option", name="Withdraw an earlier decision").click()
        page.locator("#review-by").fill("B. Analyst")
        page.locator("#review-why").fill("the list was of another day")
        page.locator("#review-send").click()
        expect(page.locator(".review-problem")).to_contain_text("Choose the decision to take back under What.")
        page.locator("#review-subject").click()
        page.get_by_role("option", name="Decision: correct by <b>A. Analyst</b>").click()
        page.locator("#review-send").click()
        expect(page.locator(".toll-figure").first).to_contain_text("68")
        expect(page.locator(".review-note")).to_have_count(0)


def test_claims_ticked_in_the_drawer_are_split_off(tmp_path: Path, open_page: OpenPage) -> None:
    fill(tmp_path).publish(run())
    with serving(tmp_path, reviewing=Settings(store=StoreSettings(path=str(tmp_path)))) as address:
        page = open_page(f"{address}/?country=KG&measure=killed&incident=bishkek")
        page.locator("summary", has_text="read but not counted").click()
        claims = page.get_by_role("dialog").locator(".claim")
        expect(claims.filter(has_text="Two soldiers").get_by_role("checkbox")).to_have_count(0)
        claims.filter(has_text="500").get_by_label("Split off").check()
        page.locator(".review > summary").click()
        page.locator("#review-decision").click()
        page.get_by_role("option", name="Split the ticked claims off").click()
        page.locator("#review-by").fill("A. Analyst")
        page.locator("#review-why").fill("another day")
        page.locator("#review-send").click()
        expect(claims.filter(has_text="500")).to_have_count(0)
    (review,) = Store(tmp_path).snapshot().rows("reviews")
    assert (review.decision, review.subject_id, json.loads(review.correction or "")) == (
        "split",
        "bishkek",
        {"claims": ["c3"]},
    )


def test_without_the_operators_word_there_is_no_form(samples: str, open_page: OpenPage) -> None:
    page = open_page(samples)
    page.locator(".open-incident").first.click()
    expect(page.locator("#incident-title")).to_be_visible()
    expect(page.locator(".review, .tick")).to_have_count(0)


def test_the_menu_of_formats_downloads_what_is_filtered(samples: str, open_page: OpenPage) -> None:
    page = open_page(f"{samples}/?country=KG&measure=killed")
    menu = page.locator(".more > summary")
    menu.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Incidents · GeoJSON")).to_be_hidden()
    expect(menu).to_be_focused()
    menu.click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Incidents · GeoJSON").click()
    assert waiting.value.suggested_filename.endswith(".geojson")
