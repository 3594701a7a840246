"""Make sure a Chromium that starts is there for the browser tests, and say in one line which it is or what was done.

In this order: one on ``PATH``, one Playwright has downloaded before, Playwright's download, Debian's package. Each is
started once (``--version``) before it counts, since a stub on ``PATH`` or a browser without its libraries would fail
only inside the tests. Exit status 1, with what to do, where none could be had. Run as
``python -m scripts.ensure_chromium``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from scripts.system_package import installed, succeeds

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""Names a Chromium goes by on ``PATH``; tests/browser looks for the same ones."""

DOWNLOAD_SECONDS = 300


def version_of(browser: str | Path) -> str | None:
    """Return what ``browser --version`` prints, or None where it does not start within a minute."""
    try:
        answer = subprocess.run([str(browser), "--version"], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip() or None


def on_path() -> Path | None:
    """Return the first Chromium on ``PATH`` that starts."""
    for name in NAMES:
        found = shutil.which(name)
        if found and version_of(found):
            return Path(found)
    return None


def of_playwright() -> Path | None:
    """Return the Chromium that Playwright has downloaded for the release installed here, where it starts."""
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    found = Path(answer.stdout.strip()) if answer.returncode == 0 else None
    return found if found and found.is_file() and version_of(found) else None


def download() -> Path | None:
    """Let Playwright download its Chromium; a host that cannot be reached is given up on the second time."""
    succeeds([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_SECONDS, attempts=2)
    return of_playwright()


def install_package() -> Path | None:
    """Install Debian's package and return the browser it brought."""
    installed("chromium")
    return on_path()


WAYS: tuple[tuple[str, Callable[[], Path | None]], ...] = (
    ("found on PATH", on_path),
    ("downloaded by Playwright before", of_playwright),
    ("downloaded by Playwright now", download),
    ("installed now from Debian's package", install_package),
)


def main() -> int:
    """Try each way in turn; print one line and return the exit status."""
    for how, way in WAYS:
        browser = way()
        if browser:
            print(f"Chromium {how}: {browser} ({version_of(browser)})")
            return 0
    print(
        "No Chromium: it is not on PATH, and neither Playwright's download nor apt-get could bring one. "
        "Install the package chromium (or google-chrome) and run make test again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
