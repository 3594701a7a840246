from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from dashboard.app import create
from dashboard.published import Published
from etl import pipeline
from etl.settings import Settings, SourceSettings, StoreSettings
from tests.browser.chromium import launch
from tests.dashboard.conftest import fill
from tests.dashboard.kyrgyzstan_2010 import run

# Generous, since a shared machine draws maps in software; a test that passes never waits this long.
PATIENCE_MS = 45_000
expect.set_options(timeout=PATIENCE_MS)

REPORTS = Path(__file__).parents[2] / "data" / "reports"


@contextlib.contextmanager
def serving(store: Path, *, private: bool = False, reviewing: Settings | None = None) -> Iterator[str]:
    """The dashboard over ``store`` on a free port, as ``python -m dashboard`` serves it; gives its address."""
    published = Published(store, private=private, reviewing=reviewing)
    server = waitress.create_server(create(published).server, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(timeout=10)
        published.close()


def until(page: Page, question: str) -> None:
    """Wait until JavaScript answers ``question`` with yes; the page's own policy forbids Playwright's way of asking."""
    for _ in range(PATIENCE_MS // 100):
        if page.evaluate(f"Boolean({question})"):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"the page never came to: {question}")


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one run of the ETL makes of the sample reports."""
    folder = tmp_path_factory.mktemp("samples")
    pipeline.run(Settings(store=StoreSettings(path=str(folder)), sources=SourceSettings(paths=(str(REPORTS),))))
    return folder


@pytest.fixture(scope="session")
def samples(sample_store: Path) -> Iterator[str]:
    """The address of the dashboard over the sample reports."""
    with serving(sample_store) as address:
        yield address


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard over the rows of ``kyrgyzstan_2010``, a hostile report among them."""
    folder = tmp_path_factory.mktemp("told")
    fill(folder).publish(run())
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page, and what it did that it must not do."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Open an address in a context of its own; afterwards no request may have left 127.0.0.1, no error been logged."""
    opened: list[Watched] = []

    def visit(address: str, *, width: int = 1280, height: int = 900, scheme: str = "light") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            accept_downloads=True,
        )
        watched = Watched(context.new_page())
        opened.append(watched)

        def on_request(request: Request) -> None:
            if not request.url.startswith(("http://127.0.0.1:", "blob:", "data:")):
                watched.outside.append(request.url)

        watched.page.on("request", on_request)
        watched.page.on("pageerror", lambda error: watched.errors.append(str(error)))
        watched.page.on(
            "console", lambda message: watched.errors.append(message.text) if message.type == "error" else None
        )
        watched.page.set_default_timeout(PATIENCE_MS)
        watched.page.goto(address)
        return watched.page

    yield visit
    for watched in opened:
        watched.page.context.close()
        assert watched.outside == []
        assert watched.errors == []
