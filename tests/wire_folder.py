"""A folder of short reports for tests that run the whole way, written for them."""

from __future__ import annotations

import json
from pathlib import Path

REPORTS = {
    "01-first-count.md": (
        "First count after clashes in Bishkek",
        "North Wire",
        "2010-04-07T12:00:00Z",
        "BISHKEK, April 7 - At least 17 people were killed in clashes in Bishkek on Wednesday, the ministry said.",
    ),
    "02-next-day.md": (
        "Toll of the Bishkek clashes rises",
        "North Wire",
        "2010-04-08T09:00:00Z",
        "BISHKEK, April 8 - The clashes in Bishkek on Wednesday killed 68 people. More than 400 people were injured.",
    ),
    "03-ferry.md": (
        "Ferry sinks off Mombasa",
        "Coast Daily",
        "2010-04-09T06:30:00Z",
        "A ferry sank off Mombasa on Thursday and 12 people drowned. Another 30 passengers are missing.",
    ),
    "04-nobody-hurt.md": (
        "Market reopens",
        "Coast Daily",
        "2010-04-10T06:30:00Z",
        "The market of Nakuru reopened on Friday after a month of repairs. Traders said business was good.",
    ),
}


def write_report(folder: Path, name: str, title: str, publisher: str, published: str, text: str) -> None:
    """One report as a Markdown file with front matter."""
    folder.mkdir(parents=True, exist_ok=True)
    head = f"---\ntitle: {title}\npublisher: {publisher}\npublished: {published}\n---\n"
    (folder / name).write_text(f"{head}\n{text}\n", encoding="utf-8")


def write_folder(folder: Path, names: list[str] | None = None) -> Path:
    """The reports (those of ``names``) below ``folder``."""
    for name, (title, publisher, published, text) in REPORTS.items():
        if names is None or name in names:
            write_report(folder, name, title, publisher, published, text)
    return folder


def write_broken_lines(path: Path) -> Path:
    """A JSON lines file with one good report, one broken line, one without text and one without a time."""
    rows = [
        json.dumps({"text": "A blast killed two people in Lahore.", "published": "2012-05-03"}),
        '{"text": "cut off',
        json.dumps({"text": "   ", "published": "2012-05-03"}),
        json.dumps({"text": "A landslide killed five people near Cali."}),
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
