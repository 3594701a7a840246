"""The set-up scripts on machines that lack something: each says in one line what it found or what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def program(folder: Path, name: str, script: str) -> Path:
    """Put an executable shell script on a PATH of its own."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def ensure_chromium(path: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(path), "HOME": str(home), "PLAYWRIGHT_BROWSERS_PATH": str(home)}
    return ensure("chromium", environment)


def ensure(what: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"scripts.ensure_{what}"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def install(venv: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "scripts" / "install.sh"), str(venv), "-r", "requirements.txt"]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_a_chromium_on_path_is_taken_and_named(tmp_path: Path) -> None:
    browser = program(tmp_path, "chromium", 'echo "Chromium 150.0"')
    answer = ensure_chromium(tmp_path, tmp_path)
    assert answer.returncode == 0
    assert answer.stdout == f"Chromium found on PATH: {browser} (Chromium 150.0)\n"


def test_a_stub_that_does_not_start_is_passed_over_for_the_next_name(tmp_path: Path) -> None:
    program(tmp_path, "chromium", "exit 1")
    browser = program(tmp_path, "google-chrome", 'echo "Google Chrome 150.0"')
    assert f"found on PATH: {browser} " in ensure_chromium(tmp_path, tmp_path).stdout


def test_a_postgresql_on_path_is_taken_and_named(tmp_path: Path) -> None:
    for name in ("initdb", "pg_ctl"):
        program(tmp_path, name, "exit 0")
    program(tmp_path, "postgres", 'echo "postgres (PostgreSQL) 99.1"')
    answer = ensure("postgres", {"PATH": str(tmp_path)})
    assert answer.returncode == 0
    assert answer.stdout == f"PostgreSQL found: {tmp_path} (postgres (PostgreSQL) 99.1)\n"


def test_a_python_that_is_too_old_or_missing_is_named_in_one_line(tmp_path: Path) -> None:
    answer = install(tmp_path / "venv", PYTHON=str(tmp_path / "no-python"))
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "Python 3.11 or later" in answer.stderr


def test_a_python_without_venv_says_which_package_to_install(tmp_path: Path) -> None:
    python = program(
        tmp_path,
        "python3.11",
        f'[ "$2" = venv ] && echo "ensurepip is not available" && exit 1\nexec {sys.executable} "$@"',
    )
    answer = install(tmp_path / "venv", PYTHON=str(python))
    assert answer.returncode == 1
    assert "python3-venv" in answer.stderr
    assert "ensurepip is not available" in answer.stderr
    assert not (tmp_path / "venv").exists()
