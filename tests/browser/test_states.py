"""What is hostile, missing, small or dark: every state of the page is made on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serving, until
from tests.dashboard.conftest import fill
from tests.dashboard.kyrgyzstan_2010 import HOSTILE_NAME, HOSTILE_QUOTE, run


def test_a_hostile_report_is_only_text(told: str, open_page: OpenPage) -> None:
    page = open_page(f"{told}/?measure=killed&incident=undated")
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("blockquote")).to_have_text(HOSTILE_QUOTE)
    expect(drawer.locator("mark")).to_have_text("12 people")
    assert page.evaluate("window.stolen") is None
    assert drawer.locator("a[href^=javascript]").count() == 0
    assert drawer.locator("script, img").count() == 0
    assert HOSTILE_NAME not in page.content()


def test_a_link_to_a_report_tells_it_nothing(told: str, open_page: OpenPage) -> None:
    page = open_page(f"{told}/?measure=killed&incident=bishkek")
    link = page.get_by_role("dialog").locator("blockquote ~ p a").first
    expect(link).to_have_attribute("href", "https://example.org/r-bishkek-4")
    assert "noreferrer" in (link.get_attribute("rel") or "")


def test_what_was_not_said_is_never_shown_as_nought(told: str, open_page: OpenPage) -> None:
    page = open_page(f"{told}/?country=KG&region=KG-C&measure=killed")
    expect(page.locator('[data-measure="killed"]')).to_contain_text("not said")
    expect(page.locator('[data-measure="injured"]')).to_contain_text("3 to 5")
    page.goto(f"{told}/?country=KG&region=KG-N&measure=killed")
    expect(page.locator('[data-measure="killed"]')).to_contain_text("exactly 0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_sideways_scrolling(told: str, open_page: OpenPage, scheme: str) -> None:
    for address in (told, f"{told}/?measure=killed&incident=bishkek", f"{told}/codebook"):
        page = open_page(address, width=390, height=844, scheme=scheme)
        expect(page.locator("h1").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_page_follows_the_system_s_scheme_and_the_button_overrides_it(told: str, open_page: OpenPage) -> None:
    page = open_page(told, scheme="dark")
    ink = "document.querySelector('#region-chart .js-plotly-plot')?.layout?.font?.color"
    until(page, f"{ink} === '#e6e9ec'")
    page.locator("#scheme-toggle").click()
    until(page, f"{ink} === '#1f2933'")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(246, 245, 241)"


def test_a_filter_that_matches_nothing_says_why_and_leads_out(told: str, open_page: OpenPage) -> None:
    page = open_page(f"{told}/?country=KG&from=2010-05-01&to=2010-05-02&measure=killed")
    expect(page.locator("#nothing-matches")).to_contain_text("no known date")
    page.get_by_role("link", name="Show everything").click()
    expect(page.locator("#heading h1")).to_contain_text("All countries")
    expect(page.locator("#nothing-matches")).to_have_count(0)


def test_a_link_that_cannot_be_understood_is_read_in_part(told: str, open_page: OpenPage) -> None:
    page = open_page(f"{told}/?country=KG&from=yesterday&measure=killed")
    expect(page.locator("#alerts")).to_contain_text("from=yesterday")
    expect(page.locator("#heading h1")).to_contain_text("Kyrgyzstan")


def test_an_incident_that_is_gone_is_said_to_be_gone(told: str, open_page: OpenPage) -> None:
    page = open_page(f"{told}/?measure=killed&incident=nobody")
    expect(page.get_by_role("dialog")).to_contain_text("not in the tables")


def test_a_link_with_an_old_incident_id_opens_what_it_became(told: str, open_page: OpenPage) -> None:
    page = open_page(f"{told}/?measure=killed&incident=bishkek-before-a-merge")
    expect(page.locator("#incident-title")).to_have_text("Protest, Bishkek, 7 April 2010")


def test_a_linked_incident_stays_open_when_a_control_writes_its_value_late(told: str, open_page: OpenPage) -> None:
    page = open_page(f"{told}/?country=KG&measure=killed&incident=bishkek")
    expect(page.locator("#incident-title")).to_be_visible()
    expect(page.locator(".open-incident").first).to_be_visible()
    # What a list of choices does when it is put on the page, if the answer to the link is faster than it.
    page.evaluate("dash_clientside.set_props('cause', {value: ['protest']})")
    until(page, "location.search.includes('cause=protest')")
    expect(page.locator("#incident-title")).to_be_visible()
    assert page.url.endswith("incident=bishkek")


def test_the_second_reader_s_word_stands_by_the_claims_and_its_own_are_not_counted(
    told: str, open_page: OpenPage
) -> None:
    page = open_page(f"{told}/?measure=killed&incident=bishkek")
    claims = page.get_by_role("dialog").locator(".claim")
    expect(claims.filter(has_text="about 400 people").first).to_contain_text("second reader agrees")
    expect(claims.filter(has_text="81 were killed").first).to_contain_text("second reader reads it otherwise")
    expect(claims.filter(has_text="Two soldiers")).to_be_hidden()
    page.locator("summary", has_text="read but not counted").click()
    expect(claims.filter(has_text="Two soldiers")).to_contain_text("found by the second reader alone (test-model)")
    expect(claims.filter(has_text="81 to 84")).to_contain_text("the second reader's figure (test-model)")
    page.goto(f"{told}/?measure=killed&incident=osh")
    expect(page.locator(".claim").first).to_contain_text("not found by the second reader")


def test_the_codebook_explains_every_column(told: str, open_page: OpenPage) -> None:
    page = open_page(told)
    page.get_by_role("link", name="Codebook").first.click()
    expect(page.locator("h1")).to_have_text("Codebook")
    expect(page.get_by_role("row").filter(has_text="killed_best")).to_contain_text("people")
    page.go_back()
    expect(page.locator("#heading h1")).to_contain_text("Kyrgyzstan")


def test_without_tables_the_page_waits_for_the_first_run(
    tmp_path: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.app.SECONDS_BETWEEN_LOOKS", 1)
    with serving(tmp_path / "store") as address:
        page = open_page(address)
        expect(page.locator("main")).to_contain_text("No tables yet")
        expect(page.locator("main")).to_contain_text("python -m etl run")
        fill(tmp_path / "store").publish(run())
        expect(page.locator("#heading h1")).to_contain_text("Kyrgyzstan")
        expect(page.locator("#revision-note")).to_contain_text("run-0001")
        page.context.close()


def test_the_printed_page_leaves_the_controls_out(told: str, open_page: OpenPage) -> None:
    page = open_page(told)
    expect(page.locator('[data-measure="killed"]')).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".filter-bar")).to_be_hidden()
    expect(page.locator('[data-measure="killed"]')).to_be_visible()
    expect(page.locator("#revision-note")).to_be_visible()


def test_every_column_of_the_table_is_printed(told: str, open_page: OpenPage) -> None:
    page = open_page(told)
    expect(page.locator(".open-incident").first).to_be_visible()
    page.emulate_media(media="print")
    printed = page.locator("table.on-paper")
    expect(printed).to_be_visible()
    expect(printed.locator("th").last).to_have_text("Status")
    assert printed.locator("tbody tr").count() == page.locator(".open-incident").count()
    page.emulate_media(media="screen")
    expect(printed).to_have_count(0)


def test_an_address_that_is_no_page_says_so(told: str, open_page: OpenPage) -> None:
    page = open_page(f"{told}/nosuch")
    expect(page.locator("main")).to_contain_text("There is no such page")
    page.get_by_role("link", name="Incidents").last.click()
    expect(page.locator("#heading h1")).to_contain_text("Kyrgyzstan")


def test_an_open_incident_is_what_is_printed(told: str, open_page: OpenPage) -> None:
    page = open_page(f"{told}/?measure=killed&incident=bishkek")
    expect(page.locator("#incident .claim").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("main")).to_be_hidden()
    expect(page.locator(".mantine-Drawer-overlay")).to_be_hidden()
    expect(page.locator("#incident .claim").first).to_be_visible()
