"""Settings: what a run reads, where it keeps the tables, and its bounds; from ``etl.toml`` and the environment.

A setting is looked for on the command line, then in the environment (``TOLLBOOK_STORE_PATH`` is ``path`` of
``[store]``), then in the file, then in the defaults below. ``etl.example.toml`` shows every setting with its meaning. A
wrong one is one :class:`~etl.errors.SettingsError` that names the file or variable, the setting, and what would do.
"""

from __future__ import annotations

import os
import re
import tomllib
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from etl.errors import SettingsError

DEFAULT_FILE = "etl.toml"
PREFIX = "TOLLBOOK_"

_INTERVAL = re.compile(r"([0-9]{1,6})\s?(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LONGEST_INTERVAL = 366 * 86400
MOST_JOBS = 256
"""Processes that may be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """``[store]``: where the tables are, and how long old versions of them stay."""

    path: str = "data/store"
    """Folder, or an address such as ``s3://bucket/tables``."""
    options: dict[str, str] = field(default_factory=dict)
    """Credentials and endpoint of an object store, as Delta names them (``AWS_REGION``, ...)."""
    keep_runs: int = 30
    """Published runs that stay readable, and as many that only put a decision in place."""
    keep_hours: int = 24
    """Hours that files only older runs need stay on disk."""
    wait_seconds: int = 600
    """How long a run waits for another run on the same store to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """``[sources]``: what is read, and the bounds on one input."""

    paths: tuple[str, ...] = ()
    """Files and folders of reports."""
    max_text_bytes: int = 10_000_000
    """Bytes of text, as UTF-8, above which a report is set aside."""
    max_page_bytes: int = 10_000_000
    """Bytes of an HTML file above which it is set aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionSettings:
    """``[extraction]``: how reports are read for claims."""

    model: str | None = None
    """spaCy model package; null takes the small English model that is installed."""
    year_window: tuple[int, int] | None = None
    """First and last year a weekday may settle a date without a year in; null for any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """``[run]``: how a run goes about it."""

    batch_reports: int = 2_000
    """Reports written to the tables together."""
    batch_bytes: int = 32_000_000
    """Bytes of text after which they are written, however few reports that is."""
    strict: bool = False
    """True: an input set aside, or read with a lack, makes the run end with 1."""
    jobs: int = 0
    """Processes that read reports; 0 for one a core where the input is large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSettings:
    """``[schedule]``: when ``python -m etl schedule`` runs; one of the two."""

    every: str | None = None
    """Time between two runs: ``90s``, ``15m``, ``6h``, ``1d``."""
    cron: str | None = None
    """Five fields of a cron line, in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacySettings:
    """``[privacy]``: what leaves the store."""

    show_private: bool = False
    """True: exports hold the private columns (names of victims) too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReaderSettings:
    """``[second_reader]``: a language model that reads each report again; off unless address and model are given."""

    base_url: str | None = None
    """Address of an OpenAI-compatible API, up to and including its version: ``http://127.0.0.1:8000/v1``."""
    model: str | None = None
    """Name of the model, as the endpoint knows it."""
    key: str | None = field(default=None, repr=False)
    """Key of the endpoint; best given in the environment."""
    timeout_seconds: int = 60
    """How long one answer may take."""
    most_characters: int = 20_000
    """Characters of a report above which it is not read a second time."""
    at_once: int = 4
    """Questions under way at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardSettings:
    """``[dashboard]``: what the page may do."""

    reviews: bool = False
    """True: whoever reaches the page may keep reviews; it knows no users, so leave this off where others reach it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of them, by section."""

    store: StoreSettings = field(default_factory=StoreSettings)
    sources: SourceSettings = field(default_factory=SourceSettings)
    extraction: ExtractionSettings = field(default_factory=ExtractionSettings)
    run: RunSettings = field(default_factory=RunSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    privacy: PrivacySettings = field(default_factory=PrivacySettings)
    second_reader: SecondReaderSettings = field(default_factory=SecondReaderSettings)
    dashboard: DashboardSettings = field(default_factory=DashboardSettings)


# Least and most a number may be; every number is here.
_BOUNDS: dict[str, tuple[int, int]] = {
    "store.keep_runs": (1, 100_000),
    "store.keep_hours": (0, 24 * 3660),
    "store.wait_seconds": (0, 7 * 86400),
    "sources.max_text_bytes": (1_000, 1_000_000_000),
    "sources.max_page_bytes": (1_000, 1_000_000_000),
    "run.batch_reports": (1, 1_000_000),
    "run.batch_bytes": (1_000, 10_000_000_000),
    "run.jobs": (0, MOST_JOBS),
    "second_reader.timeout_seconds": (1, 3600),
    "second_reader.most_characters": (100, 10_000_000),
    "second_reader.at_once": (1, 64),
}


def load(path: str | Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of the file ``path`` under those of ``environ`` (the process's own where null).

    Without ``path``, ``etl.toml`` in the current folder is read where there is one. A relative path in the file is
    relative to the file's folder. :class:`SettingsError` for a file that cannot be read and for any setting that is
    unknown, of the wrong type or out of range.
    """
    file = Path(path) if path is not None else Path(DEFAULT_FILE)
    values = _read(file) if path is not None or file.is_file() else {}
    chosen = {
        section: {name: _from_file(file, section, name, value) for name, value in given.items()}
        for section, given in values.items()
    }
    for (section, name), (variable, text) in _from_environment(os.environ if environ is None else environ).items():
        chosen.setdefault(section, {})[name] = _from_words(variable, section, name, text)
    hints = get_type_hints(Settings)
    return Settings(**{section: hints[section](**given) for section, given in chosen.items()})


def interval_seconds(words: str) -> int:
    """Seconds in *90s*, *15m*, *6h* or *1d*; ``ValueError`` for anything else, for none and for more than a year."""
    match = _INTERVAL.fullmatch(words.strip())
    seconds = int(match[1]) * _SECONDS[match[2]] if match else 0
    if not 0 < seconds <= _LONGEST_INTERVAL:
        raise ValueError(f"{words!r} is no time between runs; write it like 90s, 15m, 6h or 1d")
    return seconds


def year_window(words: str) -> tuple[int, int]:
    """The two years of *1990-2026*; ``ValueError`` for anything else."""
    match = re.fullmatch(r"([0-9]{4})\s{0,3}-\s{0,3}([0-9]{4})", words.strip())
    if not match or int(match[1]) > int(match[2]) or int(match[1]) < 1:
        raise ValueError(f"{words!r} is no span of years; write it like 1990-2026")
    return int(match[1]), int(match[2])


def _read(file: Path) -> dict[str, dict[str, Any]]:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError("no such file", where=file, remedy="copy etl.example.toml there") from None
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=file) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"is not TOML ({error})", where=file) from error
    for section, given in values.items():
        if not isinstance(given, dict):
            raise SettingsError(f"{section} stands outside any section", where=file, remedy=_sections())
    return values


def _from_environment(environ: Mapping[str, str]) -> dict[tuple[str, str], tuple[str, str]]:
    """Section and name of each setting the environment holds, with the variable and its words."""
    known = {
        f"{PREFIX}{section}_{each.name}".upper(): (section, each.name)
        for section, kind in get_type_hints(Settings).items()
        for each in fields(kind)
        if each.name != "options"
    }
    return {known[variable]: (variable, words) for variable, words in environ.items() if variable in known}


def _kind(where: str | Path, section: str, name: str) -> Any:
    sections = get_type_hints(Settings)
    if section not in sections:
        raise SettingsError(f"no section [{section}]", where=where, remedy=_sections())
    kinds = get_type_hints(sections[section])
    if name not in kinds:
        raise SettingsError(f"no setting {name!r} in [{section}]", where=where, remedy=f"there are {', '.join(kinds)}")
    return kinds[name]


def _sections() -> str:
    return f"the sections are {', '.join(f'[{each.name}]' for each in fields(Settings))}"


def _from_file(file: Path, section: str, name: str, value: Any) -> Any:
    kind = _kind(file, section, name)
    checked = _checked(file, section, name, kind, tuple(value) if isinstance(value, list) else value)
    if (section, name) == ("store", "path"):
        return _beside(file, checked)
    if (section, name) == ("sources", "paths"):
        return tuple(_beside(file, each) for each in checked)
    return checked


def _beside(file: Path, path: str) -> str:
    return path if "://" in path else str(file.parent / Path(path).expanduser())


def _from_words(variable: str, section: str, name: str, words: str) -> Any:
    kind = _bare(_kind(variable, section, name))
    value: Any = words
    if kind is int:
        if not re.fullmatch(r"-?[0-9]{1,18}", words.strip()):
            raise SettingsError(f"{words!r} is no whole number", where=variable)
        value = int(words)
    elif kind is bool:
        if words.strip().lower() not in {"true", "false"}:
            raise SettingsError(f"{words!r} is neither true nor false", where=variable)
        value = words.strip().lower() == "true"
    elif get_origin(kind) is tuple and name == "year_window":
        value = _parsed(variable, year_window, words)
    elif get_origin(kind) is tuple:
        value = tuple(each for each in words.split(os.pathsep) if each)
    return _checked(variable, section, name, kind, value)


def _bare(kind: Any) -> Any:
    """``kind`` without its *or null*."""
    if get_origin(kind) in {Union, types.UnionType}:
        return next(part for part in get_args(kind) if part is not type(None))
    return kind


def _checked(where: str | Path, section: str, name: str, kind: Any, value: Any) -> Any:
    kind = _bare(kind)
    inner = get_args(kind)
    fits: Callable[[Any], bool]
    if get_origin(kind) is tuple:
        of = inner[0]
        fits = lambda v: type(v) is tuple and all(type(each) is of for each in v)  # noqa: E731
        wanted = "a list of words" if of is str else "two whole numbers"
    elif get_origin(kind) is dict:
        fits = lambda v: type(v) is dict and all(type(each) is str for each in v.values())  # noqa: E731
        wanted = "a table of words"
    else:
        fits = lambda v: type(v) is kind  # noqa: E731
        wanted = {str: "words", int: "a whole number", bool: "true or false"}[kind]
    if not fits(value):
        raise SettingsError(f"[{section}] {name} must be {wanted}", where=where)
    return _in_range(where, section, name, value)


def _in_range(where: str | Path, section: str, name: str, value: Any) -> Any:
    least, most = _BOUNDS.get(f"{section}.{name}", (0, 0))
    if type(value) is int and not least <= value <= most:
        raise SettingsError(f"[{section}] {name} must be between {least} and {most}, not {value}", where=where)
    if name == "year_window":
        if len(value) != 2:
            raise SettingsError(f"[{section}] year_window must be two years", where=where)
        _parsed(where, year_window, f"{value[0]}-{value[1]}")
    if name == "every":
        _parsed(where, interval_seconds, value)
    if name == "base_url" and not re.fullmatch(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?", value):
        raise SettingsError(
            f"[{section}] base_url is no web address", where=where, remedy="write it like https://host/v1"
        )
    if type(value) is str and not value.strip():
        raise SettingsError(f"[{section}] {name} is empty", where=where, remedy="leave it out for the default")
    return value


def _parsed(where: str | Path, parse: Callable[[str], Any], words: str) -> Any:
    try:
        return parse(words)
    except ValueError as error:
        raise SettingsError(str(error), where=where) from None
