"""Markdown, HTML, JSON, JSON lines and CSV: good records are read and broken ones named by line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from etl.records import Report, SetAside
from etl.sources import read


def lines_set_aside(found: list[Report | SetAside]) -> list[int | None]:
    return [item.row for item in found if isinstance(item, SetAside) and item.severity == "error"]


def texts(found: list[Report | SetAside]) -> list[str]:
    return [item.text for item in found if isinstance(item, Report)]


def read_as(tmp_path: Path, name: str, content: str | bytes) -> list[Report | SetAside]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read([path]))


def test_markdown_gives_front_matter_and_the_text_a_reader_sees(tmp_path: Path) -> None:
    body = "# Toll rises\n\nAt least **85** people [died](https://a.example/b_c).\n\n85. Not a list.\n- one\n- two\n"
    front = (
        "---\npublisher: Paper\npublished: 2010-04-15 14:05:00 +06:00\nurl: https://a.example\nlanguage: en-GB\n---\n"
    )
    (report,) = read_as(tmp_path, "a.md", front + body)
    assert isinstance(report, Report)
    assert report.text == "At least 85 people died.\n\n85. Not a list.\n\n- one\n\n- two"
    assert (report.title, report.publisher, report.language) == ("Toll rises", "Paper", "en")
    assert report.published == dt.datetime(2010, 4, 15, 8, 5, tzinfo=dt.UTC)


def test_markdown_with_broken_front_matter_names_the_line(tmp_path: Path) -> None:
    found = read_as(tmp_path, "a.md", "---\ntitle: a\nurl: [b\n---\nText.\n")
    assert not texts(found)
    assert lines_set_aside(found) == [3]


@pytest.mark.parametrize(
    "content", ["---\n" + "a: &a [" * 3000 + "\n---\nText.", "---\n" + "x" * 70_000 + "\n---\nText."]
)
def test_hostile_front_matter_is_set_aside(tmp_path: Path, content: str) -> None:
    assert not texts(read_as(tmp_path, "a.md", content))


def test_page_gives_article_and_metadata_without_menus(tmp_path: Path) -> None:
    page = """<html lang="en"><head><title>Clashes | Paper</title>
      <meta property="og:site_name" content="Paper"><link rel="canonical" href="https://paper.example/clashes">
      <meta property="article:published_time" content="2010-04-08T10:00:00+06:00"></head>
      <body><nav><a href="/">Home menu</a></nav><article><h1>Clashes in the capital</h1>
      <p>At least 17 people were killed in Bishkek on Wednesday, the Health Ministry said.</p>
      <p>Another 180 were hurt as crowds stormed government offices.</p></article>
      <footer>Copyright 1999</footer></body></html>"""
    (report,) = read_as(tmp_path, "a.html", page)
    assert isinstance(report, Report)
    assert "At least 17 people were killed" in report.text
    assert "menu" not in report.text
    assert (report.publisher, report.url, report.language) == ("Paper", "https://paper.example/clashes", "en")
    assert report.published == dt.datetime(2010, 4, 8, 4, tzinfo=dt.UTC)


def test_page_encoding_comes_from_its_own_declaration(tmp_path: Path) -> None:
    head = "<html><head><meta charset='windows-1251'></head>"
    page = head + "<body><article><p>Погибли 17 человек.</p></article></body></html>"
    assert "Погибли 17 человек." in texts(read_as(tmp_path, "a.html", page.encode("cp1251")))[0]


@pytest.mark.parametrize(
    "page",
    ["", "<html></html>", "<div>" * 50_000, "<p>" * 300_000, "<html><script type='application/ld+json'>[[[</script>"],
)
def test_page_without_article_is_set_aside(tmp_path: Path, page: str) -> None:
    found = read_as(tmp_path, "a.html", page)
    assert not texts(found)
    assert len(lines_set_aside(found)) == 1


def test_json_record_of_every_shape(tmp_path: Path) -> None:
    one, two = {"text": 'One {[" \\'}, {"text": "Two"}
    for value in ([one, two], {"reports": [one, two]}, {"meta": {"reports": [1]}, "articles": [one, two], "z": [3]}):
        for indent in (None, 2):
            assert texts(read_as(tmp_path, "a.json", json.dumps(value, indent=indent))) == ['One {[" \\', "Two"]
    assert texts(read_as(tmp_path, "a.json", json.dumps(one))) == ['One {[" \\']


def test_json_goes_on_after_a_broken_record(tmp_path: Path) -> None:
    found = read_as(tmp_path, "a.json", '[\n{"text": "One"},\n{"text": },\n5,\n{"text": "Two"},\n{"text": "Thr')
    assert texts(found) == ["One", "Two"]
    assert lines_set_aside(found) == [3, 3, 6]


def test_json_lines_go_on_after_a_broken_line(tmp_path: Path) -> None:
    deep = "[" * 200_000
    huge = '{"text": "x", "n": ' + "9" * 10_000 + "}"
    broken = ["{bad", "[1]", "", deep, huge, '{"text": ""}', '{"title": "x"}', '{"text": 5}']
    content = "\n".join(['{"text": "One"}', *broken, '{"text": "Two"}'])
    found = read_as(tmp_path, "a.jsonl", content)
    assert texts(found) == ["One", "Two"]
    assert lines_set_aside(found) == [2, 3, 5, 6, 7, 8, 9]


def test_json_lines_with_one_line_of_another_encoding(tmp_path: Path) -> None:
    lines = [
        b'{"text": "One"}',
        '{"text": "It said “85” were dead on that day."}'.encode("cp1252"),
        '{"text": "Dé"}'.encode(),
    ]
    found = read_as(tmp_path, "a.jsonl", b"\n".join(lines))
    assert texts(found) == ["One", "It said “85” were dead on that day.", "Dé"]
    assert any("cp1252" in item.reason for item in found if isinstance(item, SetAside))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_with_quotes_and_line_breaks(tmp_path: Path, delimiter: str, end: str) -> None:
    rows = [
        ("Id", "TEXT", "published"),
        ("1", f'"He said ""85{delimiter} dead"".{end}Next."', "2010-04-08"),
        ("2", "Two.", ""),
    ]
    found = read_as(tmp_path, "a.csv", end.join(delimiter.join(row) for row in rows))
    reports = [item for item in found if isinstance(item, Report)]
    assert [report.text for report in reports] == [f'He said "85{delimiter} dead".\nNext.', "Two."]
    assert [(report.source_id, report.source_row) for report in reports] == [("1", 2), ("2", 4)]
    assert reports[0].published == dt.datetime(2010, 4, 8, tzinfo=dt.UTC)


def test_csv_goes_on_after_a_broken_row(tmp_path: Path) -> None:
    found = read_as(tmp_path, "a.csv", 'text,id\nOne,1\nlost, quotes, here\n"a"b,3\n\nTwo\n"never closed,5\n')
    assert texts(found) == ["One", "Two"]
    assert lines_set_aside(found) == [3, 4, 7]


def test_csv_without_a_text_column_is_set_aside(tmp_path: Path) -> None:
    found = read_as(tmp_path, "a.csv", "id,body\n1,One\n")
    assert lines_set_aside(found) == [1]
    assert "`text`" in str(found[0])


def test_csv_of_another_encoding(tmp_path: Path) -> None:
    found = read_as(tmp_path, "a.csv", "text\nThe mayor of Málaga said three people were hurt.\n".encode("cp1252"))
    assert texts(found) == ["The mayor of Málaga said three people were hurt."]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.json", "a.jsonl", "a.csv"])
@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\xff\xfe\x00\xd8", b"\xc3\xa9\xc3\xa9 \xff"]
)
def test_empty_and_binary_files_are_set_aside_once(tmp_path: Path, name: str, content: bytes) -> None:
    found = read_as(tmp_path, name, content)
    assert not texts(found) or content.startswith(b"\xff\xfe")
    assert len([item for item in found if isinstance(item, SetAside)]) == 1


def test_long_line_is_read_whole(tmp_path: Path) -> None:
    text = "Ten were hurt. " * 700_000
    assert texts(read_as(tmp_path, "a.txt", text))[0] == text.strip()
    assert texts(read_as(tmp_path, "a.jsonl", json.dumps({"text": text})))[0] == text.strip()
    assert texts(read_as(tmp_path, "a.csv", f"text\n{text}\n"))[0] == text.strip()
