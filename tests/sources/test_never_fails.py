"""Whatever a file holds, reading it ends, raises nothing, and gives reports that can be stored."""

from __future__ import annotations

import contextlib
import io
import json
from typing import BinaryIO, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.records import Report, SetAside
from etl.sources.json_stream import Records
from etl.sources.kinds import READERS
from etl.sources.limits import Limits

LIMITS = Limits(max_text_bytes=5000, max_page_bytes=5000)
CELLS = st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=20), st.lists(st.integers(), max_size=2))
ROWS = st.dictionaries(
    st.sampled_from(["text", "id", "title", "published", "publisher", "url", "language", "x"]), CELLS
)
PIECES = st.sampled_from(
    [
        "{",
        "}",
        "[",
        "]",
        '"',
        "\\",
        ",",
        ";",
        ":",
        "\n",
        "\r",
        "\t",
        "text",
        "reports",
        "---",
        "<p>",
        "<",
        "&",
        "85",
        "é",
        "\x00",
    ]
)
CONTENT = st.one_of(
    st.binary(max_size=200),
    st.lists(PIECES, max_size=60).map(lambda pieces: "".join(pieces).encode()),
    st.lists(PIECES, max_size=60).map(lambda pieces: ("text,id\n" + "".join(pieces)).encode("cp1252")),
    st.lists(ROWS, max_size=4).map(lambda rows: json.dumps(rows).encode()),
    st.lists(ROWS, max_size=4).map(lambda rows: "\n".join(json.dumps(row) for row in rows).encode()),
)


@pytest.mark.parametrize("suffix", sorted(READERS))
@given(data=CONTENT)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reader_never_fails(suffix: str, data: bytes) -> None:
    stream = cast("BinaryIO", io.BufferedReader(io.BytesIO(data)))
    with contextlib.suppress(SourceError):
        for item in READERS[suffix](stream, data[:8192], "a" + suffix, LIMITS):
            assert isinstance(item, Report | SetAside)
            if isinstance(item, Report):
                assert item.text.strip()
                "".join(filter(None, (item.text, item.title, item.publisher, item.source_id))).encode()


@given(
    st.lists(st.dictionaries(st.text(max_size=4), CELLS, max_size=3), max_size=5),
    st.integers(1, 7),
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_records_are_cut_the_same_however_the_file_arrives(
    rows: list[dict[str, object]], step: int, indent: int | None, wrapped: bool
) -> None:
    text = json.dumps({"reports": rows} if wrapped else rows, indent=indent, ensure_ascii=False)
    chunks = [text[at : at + step] for at in range(0, len(text), step)]
    cuts = list(Records(10_000).cut(chunks))
    assert [cut.problem for cut in cuts] == [None] * len(rows)
    assert json.dumps([json.loads(cut.text) for cut in cuts]) == json.dumps(rows)
