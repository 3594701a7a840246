"""Write what the documentation says of the tables from their schema: README.md, docs/tables.md and datapackage.json.

python -m scripts.write_docs            write the files that are out of date, and name them
python -m scripts.write_docs --check    write nothing; exit 1 and name the files that are out of date
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from etl.records import TABLES
from etl.tables import schema

ROOT = Path(__file__).resolve().parent.parent
BEGIN = "<!-- tables: written by scripts/write_docs.py -->"
END = "<!-- end of tables -->"
EQUIVALENTS = {"ged": "UCDP GED", "acled": "ACLED", "emdat": "EM-DAT / GTD", "hxl": "HXL"}

PREFACE = """\
Written by `scripts/write_docs.py` from `etl/records.py`. Null means *not said*; 0 stands only where a report says
nobody. An equivalent is the column of another codebook that holds the same thing, filled by that codebook's own rules:
EM-DAT counts missing people among the dead and GTD counts attackers, while here `missing` stays apart and attackers
carry `victim_category` `perpetrator`. A private column is left out of pages and downloads unless the operator turns it
on."""


def table_of(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table; a ``|`` inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def summary() -> str:
    """Return the README's table of tables."""
    rows = []
    for name, row in TABLES.items():
        keys = ", ".join(f"`{key}`" for key in schema.KEYS[name])
        rows.append([f"[`{name}`](docs/tables.md#{name})", _a_row_is(row), keys, str(len(schema.codebook(name)))])
    return table_of(["table", "a row is", "key", "columns"], rows)


def codebook() -> str:
    """Return docs/tables.md: every column of every table with its type, unit, meaning and equivalents."""
    parts = ["# The tables, column by column", PREFACE]
    for name, row in TABLES.items():
        parts += [f"## {name}", f"A row is {_a_row_is(row)}.", _columns(schema.codebook(name))]
    return "\n\n".join(parts) + "\n"


def _a_row_is(row: type) -> str:
    sentence = (row.__doc__ or "").split("\n", 1)[0].strip().rstrip(".")
    return sentence[:1].lower() + sentence[1:]


def _columns(rows: list[dict[str, Any]]) -> str:
    lines = []
    for row in rows:
        marks = [mark for mark in ("key", "private") if row[mark]]
        name = f"`{row['column']}`" + (f" ({', '.join(marks)})" if marks else "")
        unit = row["unit"] or "-"
        equivalents = "; ".join(f"{title}: {row[key]}" for key, title in EQUIVALENTS.items() if row[key])
        lines.append([name, row["type"], unit, row["meaning"], equivalents or "-"])
    return table_of(["column", "type", "unit", "meaning", "equivalents"], lines)


def with_tables(readme: str) -> str:
    """Return ``readme`` with the part between the two markers written anew; ValueError where a marker is missing."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md lacks the line {BEGIN if not begin else END}")
    return f"{before}{BEGIN}\n\n{summary()}\n\n{END}{after}"


def documents(root: Path = ROOT) -> dict[Path, str]:
    """Return each document that comes from the schema with the text it should hold."""
    readme = root / "README.md"
    return {
        readme: with_tables(readme.read_text(encoding="utf-8")),
        root / "docs" / "tables.md": codebook(),
        root / "datapackage.json": schema.datapackage_text(),
    }


def stale(root: Path = ROOT) -> dict[Path, str]:
    """Return the documents whose file does not hold the text it should."""
    return {
        path: text
        for path, text in documents(root).items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    }


def main() -> int:
    """Write or check the documents; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file is out of date")
    args = parser.parse_args()
    old = stale()
    for path, text in old.items():
        print(f"{path.relative_to(ROOT)}: {'out of date' if args.check else 'written'}")
        if not args.check:
            path.write_text(text, encoding="utf-8")
    return 1 if args.check and old else 0


if __name__ == "__main__":
    sys.exit(main())
