"""Alternatives put together by first letter match what they match apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.alternatives import by_first_letter

_PART = st.sampled_from(
    ["attack", "at", "A", "blast", "bl[ao]st", "b?last", "Blow", "kill|hurt", "(?:a|k)s", "si", "x", "\\w+s"]
)
_TEXT = st.text(alphabet=st.sampled_from("aAtTckKlLosSiIſıİ\u212abBxwh |"), max_size=40)


@given(st.lists(_PART, min_size=1, max_size=8), _TEXT)
def test_they_match_what_they_match_apart(parts: list[str], text: str) -> None:
    together, apart = by_first_letter(parts), f"(?:{'|'.join(parts)})"
    for around in ("{}", r"\b{}\b", "{}s?$"):
        found = [m.span() for m in re.finditer(around.format(together), text, re.IGNORECASE)]
        assert found == [m.span() for m in re.finditer(around.format(apart), text, re.IGNORECASE)]


@pytest.mark.parametrize("part", ["[|]a", "[]|]b", "[^]|]c", r"\|d", "(?:e|f)"])
def test_a_bar_in_a_set_or_a_group_parts_nothing(part: str) -> None:
    text = "|a |b xc |d e f"
    assert re.findall(by_first_letter([part, "z"]), text) == re.findall(f"(?:{part}|z)", text)
