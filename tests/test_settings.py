from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import SettingsError
from etl.settings import Settings, interval_seconds, load, year_window

EXAMPLE = Path(__file__).parents[1] / "etl.example.toml"


def write(folder: Path, text: str) -> Path:
    path = folder / "etl.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(environ={}) == Settings()
    write(tmp_path, "[store]\nkeep_runs = 7\n")
    assert load(environ={}).store.keep_runs == 7


def test_the_example_is_valid_and_names_every_setting() -> None:
    load(EXAMPLE, {})
    text = EXAMPLE.read_text(encoding="utf-8")
    for section, kind in get_type_hints(Settings).items():
        assert f"[{section}" in text
        for each in dataclasses.fields(kind):
            assert f"{each.name} = " in text or f"[{section}.{each.name}]" in text, (section, each.name)


def test_the_example_shows_the_defaults() -> None:
    for section, given_values in tomllib.loads(EXAMPLE.read_text(encoding="utf-8")).items():
        for name, value in given_values.items():
            if name != "paths":
                assert value == getattr(getattr(Settings(), section), name)


def test_paths_are_relative_to_the_file_and_addresses_stay(tmp_path: Path) -> None:
    path = write(tmp_path, '[store]\npath = "s3://b/t"\n[sources]\npaths = ["in", "/abs"]\n')
    chosen = load(path, {})
    assert chosen.store.path == "s3://b/t"
    assert chosen.sources.paths == (str(tmp_path / "in"), "/abs")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, '[store]\npath = "a"\nkeep_runs = 5\n[run]\nstrict = false\n')
    chosen = load(
        path,
        {
            "TOLLBOOK_STORE_PATH": "/b",
            "TOLLBOOK_RUN_STRICT": "true",
            "TOLLBOOK_EXTRACTION_YEAR_WINDOW": "1990-2026",
            "TOLLBOOK_SOURCES_PATHS": "/one:/two",
            "TOLLBOOK_SCHEDULE_EVERY": "15m",
            "OTHER_STORE_PATH": "no",
        },
    )
    assert (chosen.store.path, chosen.store.keep_runs, chosen.run.strict) == ("/b", 5, True)
    assert chosen.extraction.year_window == (1990, 2026)
    assert chosen.sources.paths == ("/one", "/two")
    assert chosen.schedule.every == "15m"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[stroe]\npath = 'a'", r"no section \[stroe\]; the sections are \[store\], \[sources\]"),
        ("[store]\npaht = 'a'", r"no setting 'paht' in \[store\]; there are path, options"),
        ("path = 'a'", "path stands outside any section"),
        ("[store]\npath = 3", r"\[store\] path must be words"),
        ("[store]\npath = ' '", r"\[store\] path is empty"),
        ("[store]\nkeep_runs = 0", r"\[store\] keep_runs must be between 1 and"),
        ("[store]\nkeep_runs = true", r"\[store\] keep_runs must be a whole number"),
        ("[run]\nstrict = 1", r"\[run\] strict must be true or false"),
        ("[sources]\npaths = 'a'", r"\[sources\] paths must be a list of words"),
        ("[sources]\npaths = [1]", r"\[sources\] paths must be a list of words"),
        ("[extraction]\nyear_window = [2010]", "year_window must be two years"),
        ("[extraction]\nyear_window = [2010, 1990]", "is no span of years"),
        ("[schedule]\nevery = 'often'", "'often' is no time between runs"),
        ("[store.options]\nAWS_REGION = 1", r"\[store\] options must be a table of words"),
        ("[store", "is not TOML"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_file_and_setting(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError, match=said) as caught:
        load(path, {})
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "words"),
    [
        ("TOLLBOOK_STORE_KEEP_RUNS", "many"),
        ("TOLLBOOK_STORE_KEEP_RUNS", "0"),
        ("TOLLBOOK_RUN_STRICT", "perhaps"),
        ("TOLLBOOK_EXTRACTION_YEAR_WINDOW", "2026"),
        ("TOLLBOOK_SCHEDULE_EVERY", ""),
    ],
)
def test_a_wrong_variable_is_named(variable: str, words: str) -> None:
    with pytest.raises(SettingsError, match=variable):
        load(EXAMPLE, {variable: words})


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"absent.toml: no such file; copy etl.example.toml there"):
        load(tmp_path / "absent.toml", {})
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path, {})
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="is not TOML"):
        load(tmp_path / "x.toml", {})


@pytest.mark.parametrize(("words", "seconds"), [("90s", 90), ("15m", 900), ("6h", 21_600), (" 1d ", 86_400)])
def test_times_between_runs(words: str, seconds: int) -> None:
    assert interval_seconds(words) == seconds


@given(st.text(max_size=30))
def test_any_words_are_a_value_or_a_value_error(words: str) -> None:
    for parse in (interval_seconds, year_window):
        try:
            parse(words)
        except ValueError as error:
            assert repr(words) in str(error)
