"""Files and folders as people have them: what is read, in which order, and what is set aside."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from etl.records import Report, SetAside
from etl.sources import Limits, read

PUBLISHED = "2010-04-08T10:00:00Z"


def split(paths: list[Path], limits: Limits | None = None) -> tuple[list[Report], list[SetAside]]:
    found = list(read(paths, limits))
    return [item for item in found if isinstance(item, Report)], [i for i in found if isinstance(i, SetAside)]


def errors(items: list[SetAside]) -> list[SetAside]:
    return [item for item in items if item.severity == "error"]


def test_folder_is_read_recursively_in_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.txt", "b/c.txt", ".hidden.txt"):
        (tmp_path / name).write_text(f"Report {name}.")
    reports, _ = split([tmp_path])
    assert [report.text for report in reports] == ["Report a.txt.", "Report z.txt.", "Report b/c.txt."]
    assert reports[0].source == str(tmp_path / "a.txt")


def test_files_of_other_kinds_are_counted_in_one_warning(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf", "c"):
        (tmp_path / name).write_bytes(b"x")
    reports, aside = split([tmp_path])
    assert not reports
    assert [item.severity for item in aside] == ["warning"]
    assert ".pdf 2" in aside[0].reason


def test_loop_of_links_ends_and_every_report_comes_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("One.")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "sub")
    reports, aside = split([tmp_path])
    assert len(reports) == 1
    assert sum("already read" in item.reason for item in aside) == 2


def test_broken_link_pipe_and_missing_path_are_set_aside(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    reports, aside = split([tmp_path, tmp_path / "missing"])
    assert not reports
    assert [Path(item.source).name for item in errors(aside)] == ["gone.txt", "pipe.txt", "missing"]


def test_unreadable_file_and_folder_are_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.txt").write_text("No.")
    (tmp_path / "b.txt").write_text("Yes.")
    opened, listed = Path.open, os.scandir

    # Tests may run as root, whom no permission stops; so the refusal is the file system's error itself.
    def refuse_open(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    def refuse_listing(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "open", refuse_open)
    monkeypatch.setattr(os, "scandir", refuse_listing)
    reports, aside = split([tmp_path])
    assert [report.text for report in reports] == ["Yes."]
    assert all("Permission denied" in item.reason for item in errors(aside))
    assert {Path(item.source).name for item in errors(aside)} == {"a.txt", "shut"}


def test_file_name_that_is_no_utf8_can_be_stored(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/r\xff.txt")).write_text("Words.")
    reports, _ = split([tmp_path])
    reports[0].source.encode("utf-8")


def test_report_without_a_time_is_kept_and_noted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "A."}\n{"text": "B.", "published": "04/05/2010"}\n')
    reports, aside = split([tmp_path])
    assert [report.published for report in reports] == [None, None]
    assert [(item.severity, item.row) for item in aside] == [("warning", 1), ("warning", 2)]
    assert "04/05/2010" in aside[1].reason


def test_text_at_the_limit_is_set_aside_below_it_is_read(tmp_path: Path) -> None:
    limits = Limits(max_text_bytes=1000)
    (tmp_path / "a.txt").write_text("x" * 999)
    (tmp_path / "b.txt").write_text("x" * 1000)
    (tmp_path / "c.jsonl").write_text(json.dumps({"text": "x" * 999}) + "\n" + json.dumps({"text": "ä" * 500}) + "\n")
    (tmp_path / "d.jsonl").write_text(
        json.dumps({"text": "x" * 100_000}) + "\n" + json.dumps({"text": "After."}) + "\n"
    )
    (tmp_path / "e.csv").write_text("text\n" + "x" * 100_000 + "\nAfter.\n")
    (tmp_path / "f.json").write_text(json.dumps([{"text": "x" * 100_000}, {"text": "After."}]))
    reports, aside = split([tmp_path], limits)
    assert [(Path(report.source).name, len(report.text)) for report in reports] == [
        ("a.txt", 999),
        ("c.jsonl", 999),
        ("d.jsonl", 6),
        ("e.csv", 6),
        ("f.json", 6),
    ]
    assert [(Path(item.source).name, item.row) for item in errors(aside)] == [
        ("b.txt", None),
        ("c.jsonl", 2),
        ("d.jsonl", 1),
        ("e.csv", 2),
        ("f.json", 1),
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b'{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."]),
        (b'\n [ {"text": "One."},\n {"text": "Two."} ]', ["One.", "Two."]),
        (b'{"articles": [{"text": "One."}]}\n', ["One."]),
        (b"id,text\n1,One.\n", ["One."]),
        (b"---\ntitle: T\n---\nOne.\n", ["One."]),
        (b"[Updated] One, two; text of three.\n", ["[Updated] One, two; text of three."]),
        (b"\xef\xbb\xbfOne.", ["One."]),
        (b"", []),
    ],
)
def test_standard_input_is_told_apart_by_its_look(
    data: bytes, text: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    reports, _ = split([Path("-")])
    assert [report.text for report in reports] == text
    assert all(report.source == "-" for report in reports)


def test_same_article_has_one_id_wherever_it_stands(tmp_path: Path) -> None:
    fields = {"title": "T", "publisher": "P", "published": PUBLISHED}
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "One.\r\n\r\nTwo.", "id": 1, **fields}) + "\n")
    (tmp_path / "b.json").write_text(json.dumps({"text": "One.\n\nTwo. ", "id": "x", **fields}))
    (tmp_path / "c.md").write_text(f"---\ntitle: T\npublisher: P\npublished: {PUBLISHED}\n---\n\nOne.\n\nTwo.\n")
    (tmp_path / "d.json").write_text(json.dumps({"text": "One.\n\nTwo.", **fields, "publisher": "Q"}))
    reports, _ = split([tmp_path])
    assert len({report.report_id for report in reports[:3]}) == 1
    assert reports[3].report_id != reports[0].report_id
    assert [report.source_id for report in reports] == ["1", "x", None, None]
    assert len(reports[0].report_id) == 16


def test_only_web_addresses_are_kept_as_urls(tmp_path: Path) -> None:
    rows = [
        {"text": "A.", "published": PUBLISHED, "url": url} for url in ("javascript:alert(1)", "https://a.example/x")
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    reports, aside = split([tmp_path])
    assert [report.url for report in reports] == [None, "https://a.example/x"]
    assert [item.row for item in aside] == [1]


def test_many_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "First."}\n' + '{"text": "Later."}\n' * 50_000)
    source = read([path])
    first = next(source)
    assert isinstance(first, Report)
    # The rest of the file is still unread: it can change under us.
    path.write_text("")
    assert sum(isinstance(item, Report) for item in source) < 50_000
