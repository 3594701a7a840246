"""Reports read one after another: every input has its own row."""

from __future__ import annotations

import json
from pathlib import Path

from etl.report_rows import extract
from etl.settings import Settings


def test_two_inputs_of_the_same_content_are_two_rows_each_with_its_own_id(tmp_path: Path) -> None:
    text = "Three people were killed in a fire in Lyon on Monday."
    source = tmp_path / "rows.jsonl"
    rows = [{"id": name, "text": text, "published": "2015-03-03"} for name in ("first", "second")]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    with out.open("w", encoding="utf-8") as file:
        assert extract(str(source), file, Settings(), per="report", note=lambda _: None) == 2
    got = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in got] == ["first", "second"]
    assert all(row["incidents"][0]["killed"]["best"] == 3 for row in got)
