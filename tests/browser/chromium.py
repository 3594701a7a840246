"""The Chromium the browser tests drive: one on PATH, else the one Playwright has downloaded."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The map needs WebGL, which a machine without a graphics card draws in software.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium; as root it runs without its sandbox, which root may not use."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return playwright.chromium.launch(executable_path=found, headless=True, args=[*ARGUMENTS, *as_root])
