"""Make sure PostgreSQL's server programs are there for the tests of the export, and say in one line what was done.

In this order: those on ``PATH``, those where Debian puts them, Debian's package. ``postgres --version`` must answer
before they count. Exit status 1, with what to do, where none could be had. Run as
``python -m scripts.ensure_postgres``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from scripts.system_package import installed

PROGRAMS = ("initdb", "pg_ctl", "postgres")
DEBIAN = Path("/usr/lib/postgresql")


def version_of(folder: Path) -> str | None:
    """Return what ``postgres --version`` of a folder prints, or None where a program is missing or does not start."""
    if not all((folder / program).is_file() for program in PROGRAMS):
        return None
    try:
        answer = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip() or None


def on_path() -> Path | None:
    """Return the folder of the server programs on ``PATH``, links followed."""
    found = shutil.which("postgres")
    folder = Path(found).resolve().parent if found else None
    return folder if folder and version_of(folder) else None


def where_debian_puts_it() -> Path | None:
    """Return the folder of the newest server that Debian's packages installed."""
    numbered = [folder for folder in DEBIAN.glob("*/bin") if folder.parent.name.isdigit()]
    newest_first = sorted(numbered, key=lambda folder: -int(folder.parent.name))
    return next((folder for folder in newest_first if version_of(folder)), None)


def found() -> Path | None:
    """Return the folder of PostgreSQL's server programs on this machine, nothing installed."""
    return on_path() or where_debian_puts_it()


def install_package() -> Path | None:
    """Install Debian's package and return where it put the programs."""
    installed("postgresql")
    return found()


WAYS: tuple[tuple[str, Callable[[], Path | None]], ...] = (
    ("found", found),
    ("installed now from Debian's package", install_package),
)


def main() -> int:
    """Try each way in turn; print one line and return the exit status."""
    for how, way in WAYS:
        folder = way()
        if folder:
            print(f"PostgreSQL {how}: {folder} ({version_of(folder)})")
            return 0
    print(
        "No PostgreSQL server: it is not on PATH, and apt-get could not bring one. "
        "Install the package postgresql and run make test again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
