from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from etl.__main__ import main
from etl.tables.store import Store
from tests.wire_folder import write_broken_lines, write_folder

ROOT = Path(__file__).parents[1]
COMMANDS = ("run", "schedule", "extract", "review", "reprocess", "export", "status")


def etl(*arguments: str | Path, given: str | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **more,
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store filled from the command line."""
    folder = tmp_path_factory.mktemp("filled")
    ended = etl("run", "--source", write_folder(folder / "reports"), "--store", folder / "store")
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    for said in ("reports    4 read: 4 new, 0 known already", "claims ", "incidents  2", "set aside  0", "tables     "):
        assert said in ended.stdout
    return folder / "store"


# Help and mistakes


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_is_in_the_readme(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "usage: python -m etl " + command in said
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"python -m etl {command}" in readme


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert set(COMMANDS) <= {line.split()[0] for line in said.splitlines() if line.startswith("    ")}


def test_help_and_extract_start_without_the_store_and_pages() -> None:
    script = (
        "import sys, runpy; sys.argv = ['etl', *sys.argv[1:]]\n"
        "try: runpy.run_module('etl', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "print(*sorted({'deltalake', 'dash', 'duckdb', 'apscheduler', 'spacy'} & set(sys.modules)), file=sys.stderr)"
    )
    for arguments, loaded in ((["--help"], ""), (["extract", "-", "--published", "2012-05-03"], "spacy")):
        ended = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            cwd=ROOT,
            input="A fire killed two people.",
            capture_output=True,
            text=True,
            check=True,
        )
        assert ended.stderr.strip() == loaded


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["publish"],
        ["run", "--no-such"],
        ["run", "--year-window", "2010"],
        ["extract"],
        ["extract", "-", "--per", "word"],
        ["extract", "-", "--published", "yesterday"],
        ["export", "deaths"],
        ["export", "claims", "--format", "docx"],
        ["export", "--format", "docx"],
        ["review"],
        ["review", "confirm", "some-id"],
        ["review", "believe", "some-id", "--why", "so"],
        ["schedule", "--every", "15m", "--cron", "* * * * *"],
    ],
)
def test_a_wrong_command_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "error: " in capsys.readouterr().err


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr().err
    assert said.count("\n") == 1, said
    assert said.startswith("error: ")
    return said


def test_what_goes_wrong_is_one_line(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["status", "--store", str(tmp_path / "none")]) == 1
    assert "no run has been published yet" in one_line(capsys)
    assert main(["run", "--store", str(tmp_path / "none")]) == 2
    assert "no source to read" in one_line(capsys)
    assert main(["run", "--config", str(tmp_path / "none.toml")]) == 2
    assert "no such file" in one_line(capsys)
    assert main(["export", "claims", "--store", str(store), "--where", "deaths > 3"]) == 2
    assert "deaths" in one_line(capsys)
    assert main(["export", "claims", "--store", str(store), "--run", "none"]) == 1
    assert "no run 'none' was published" in one_line(capsys)
    assert main(["export", "claims", "--store", str(store), "-o", str(tmp_path / "no" / "file")]) == 2
    assert "cannot be written" in one_line(capsys)
    assert main(["schedule", "--store", str(store), "--source", "x"]) == 1
    assert "--every" in one_line(capsys)
    assert main(["review", "confirm", "none", "--why", "seen", "--store", str(store)]) == 1
    assert "no claim or incident 'none'" in one_line(capsys)
    assert main(["export", "--store", str(store)]) == 2
    assert "no table to export" in one_line(capsys)
    assert main(["export", "tolls", "--format", "geojson", "--store", str(store)]) == 2
    assert "tolls cannot be written as geojson" in one_line(capsys)
    assert main(["reprocess", "--where", "deaths > 3", "--store", str(store)]) == 2
    assert "deaths" in one_line(capsys)
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["run", "--store", str(tmp_path / "file"), "--source", str(tmp_path)]) == 1
    one_line(capsys)


# run


def test_inputs_set_aside_are_a_warning_and_with_strict_a_failure(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = str(write_broken_lines(tmp_path / "lines.jsonl"))
    assert main(["run", "--store", str(tmp_path / "store"), "--source", lines]) == 0
    said = capfd.readouterr()
    assert "warning: 2 inputs set aside, 1 noted" in said.err
    assert f"set aside: {lines}:2: " in said.out
    assert main(["run", "--strict", "--store", str(tmp_path / "store"), "--source", lines]) == 1
    assert "error: 2 inputs set aside" in capfd.readouterr().err


def test_a_terminal_sees_a_progress_bar_and_a_log_does_not(tmp_path: Path) -> None:
    reader, terminal = pty.openpty()
    command = [sys.executable, "-m", "etl", "run", "--store", str(tmp_path / "store")]
    command += ["--source", str(write_folder(tmp_path / "reports"))]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=terminal)
    os.close(terminal)
    seen = b""
    # Linux ends a terminal nobody writes to any more with an error instead of an end of file.
    with contextlib.suppress(OSError):
        while piece := os.read(reader, 4096):
            seen += piece
    os.close(reader)
    assert process.wait() == 0
    assert b"reading: 100%" in seen
    assert b"4/4" in seen


def test_nothing_that_could_be_read_is_a_failure(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--store", str(tmp_path / "store"), "--source", str(tmp_path / "absent")]) == 1
    assert "nothing could be read" in capfd.readouterr().err


def test_settings_come_from_a_file_and_the_command_line_wins(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_folder(tmp_path / "in", ["03-ferry.md"])
    config = tmp_path / "my.toml"
    config.write_text('[store]\npath = "tables"\n[sources]\npaths = ["in"]\n', encoding="utf-8")
    assert main(["run", "--config", str(config)]) == 0
    assert Store(tmp_path / "tables").snapshot().count("reports") == 1
    assert main(["run", "--config", str(config), "--store", str(tmp_path / "other")]) == 0
    assert Store(tmp_path / "other").snapshot().count("reports") == 1
    assert "1 read: 1 new" in capfd.readouterr().out


@pytest.mark.parametrize("jobs", [1, 2])
def test_sigterm_ends_a_run_and_the_next_one_carries_on(tmp_path: Path, jobs: int) -> None:
    source = tmp_path / "many.jsonl"
    with source.open("w", encoding="utf-8") as out:
        for number in range(6_000):
            row = {"text": f"A blast in Quetta killed {number + 2} people on Monday.", "published": "2012-05-03"}
            out.write(json.dumps(row) + "\n")
    config = tmp_path / "etl.toml"
    config.write_text("[run]\nbatch_reports = 50\n", encoding="utf-8")
    store = tmp_path / "store"
    command = ["run", "--config", str(config), "--store", str(store), "--source", str(source), "--jobs", str(jobs)]
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", *command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while process.poll() is None and not (store / "reports" / "_delta_log").is_dir():
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate()
    assert process.returncode == 128 + signal.SIGTERM
    assert "reports are kept; run again to carry on" in said
    kept = Store(store).latest()
    assert 0 < kept.count("reports") < 6_000
    told = set(kept.arrow("claims", ["report_id"]).column("report_id").to_pylist())
    assert told <= set(kept.arrow("reports", ["report_id"]).column("report_id").to_pylist())


# status and export


def test_status_tells_runs_counts_and_versions(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--store", str(store)]) == 0
    said = capsys.readouterr().out
    run = Store(store).snapshot().run
    assert f"run {run.run_id}" in said
    assert "4 reports read, 4 new" in said
    assert any(
        line.split() == ["reports", "4", str(Store(store).snapshot().versions["reports"])] for line in said.splitlines()
    )


def test_status_of_a_run_lists_what_it_set_aside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = write_broken_lines(tmp_path / "lines.jsonl")
    main(["run", "--store", str(tmp_path / "store"), "--source", str(lines)])
    run_id = Store(tmp_path / "store").snapshot().run.run_id
    capsys.readouterr()
    assert main(["status", "--store", str(tmp_path / "store"), "--run", run_id]) == 0
    assert f"set aside: {lines}:2: " in capsys.readouterr().out


def test_export_to_standard_output_and_to_a_file(store: Path, tmp_path: Path) -> None:
    ended = etl("export", "incidents", "--store", store, "--where", "country_code = 'KG'")
    assert ended.returncode == 0, ended.stderr
    (row,) = csv.DictReader(io.StringIO(ended.stdout))
    assert row["killed_best"] == "68"
    path = tmp_path / "claims.parquet"
    assert etl("export", "claims", "--store", store, "--format", "parquet", "-o", path).returncode == 0
    assert pq.read_table(path).num_rows == Store(store).snapshot().count("claims")
    ended = etl("export", "reports", "--store", store, "--format", "jsonl")
    assert len([json.loads(line) for line in ended.stdout.splitlines()]) == 4


def test_an_export_that_fails_leaves_the_file_before_as_it_was(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("before", encoding="utf-8")
    assert main(["export", "claims", "--store", str(store), "--where", "low = 'x'", "-o", str(path)]) == 2
    assert path.read_text(encoding="utf-8") == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["claims.csv"]


# extract


def test_extract_writes_claims_as_lines() -> None:
    ended = etl(
        "extract", "-", "--published", "2010-06-11", given="A bus crash killed at least 15 people in Osh on Friday."
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    (row,) = map(json.loads, ended.stdout.splitlines())
    assert (row["measure"], row["low"], row["high"], row["comparator"]) == ("killed", 15, None, "at_least")
    assert row["date_start"] == "2010-06-11"
    assert "victim_names" not in row


def test_extract_per_report_is_what_the_scorer_reads() -> None:
    given = "".join(
        json.dumps(row) + "\n"
        for row in (
            {"id": "a", "text": "A flood killed 12 people in Lahore. Four were injured.", "published": "2010-07-30"},
            {"id": "b", "text": "The council met on Tuesday.", "published": "2010-07-30"},
            {"text": "A fire killed two people in Cairo.", "published": "2010-07-30"},
        )
    )
    ended = etl("extract", "-", "--per", "report", given=given)
    first, second, third = map(json.loads, ended.stdout.splitlines())
    assert first["id"] == "a"
    main_one = first["incidents"][0]
    assert main_one["killed"] == {"low": 12, "best": 12, "high": 12}
    assert main_one["injured"]["best"] == 4
    assert {"missing", "displaced", "detained", "abducted"} <= set(main_one)
    assert main_one["abducted"] is None
    assert main_one["country"] == "Pakistan"
    assert first["mentions"] == []
    assert second == {"id": "b", "incidents": [], "mentions": []}
    assert len(third["id"]) == 16


def test_extract_notes_what_every_report_lacks_once_in_all() -> None:
    given = "".join(json.dumps({"text": f"A fire killed {n} people in Cairo."}) + "\n" for n in range(2, 12))
    ended = etl("extract", "-", given=given)
    noted = [line for line in ended.stderr.splitlines() if "no publication time" in line]
    assert [":1: " in noted[0], ":3: " in noted[2], "noted of 10 reports in all" in noted[3]] == [True] * 3
    assert len(noted) == 4


def test_extract_as_csv_has_one_header_for_all(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    claims = list(csv.DictReader(io.StringIO(etl("extract", folder, "--format", "csv").stdout)))
    assert {row["quantity"] for row in claims} >= {"17", "68"} or {row["best"] for row in claims} >= {"17", "68"}
    incidents = list(csv.DictReader(io.StringIO(etl("extract", folder, "--format", "csv", "--per", "report").stdout)))
    assert [row["killed_best"] for row in incidents] == ["17", "68", "12"]
    assert {row["mention"] for row in incidents} == {"false"}


def test_extract_gives_a_row_as_soon_as_its_report_is_there() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", "extract", "-", "--per", "report"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for number in range(3):
        process.stdin.write(
            json.dumps({"id": str(number), "text": "A fire killed two people.", "published": "2010"}) + "\n"
        )
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == str(number)
    process.stdin.close()
    assert process.wait() == 0
    process.stdout.close()


def test_extract_sets_aside_and_goes_on(tmp_path: Path) -> None:
    ended = etl("extract", write_broken_lines(tmp_path / "lines.jsonl"), "--per", "report")
    assert ended.returncode == 0
    assert len(ended.stdout.splitlines()) == 2
    assert "set aside: " in ended.stderr
    assert "lines.jsonl:2: " in ended.stderr
    ended = etl("extract", tmp_path / "absent")
    assert ended.returncode == 1
    assert "absent: no such file" in ended.stderr


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    source = tmp_path / "many.jsonl"
    row = json.dumps({"text": "A blast killed ten people in Quetta.", "published": "2012-05-03"})
    source.write_text((row + "\n") * 3_000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", "extract", str(source)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), said) == (0, b"")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_an_output_that_takes_no_more_is_one_line(store: Path, form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "etl", "export", "claims", "--store", str(store), "--format", form],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (1, "error: No space left on device\n")


def test_rows_are_utf8_whatever_the_terminal_is() -> None:
    ended = etl(
        "extract",
        "-",
        given="A fire in Malmö killed two people — both Swedes.",
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"},
    )
    assert "Malmö" in ended.stdout, ended.stderr
