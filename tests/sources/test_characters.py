"""Encodings, and the one form of a text that spans count in."""

from __future__ import annotations

import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.sources.characters import clean, decode

RUSSIAN = "По меньшей мере восемьдесят пять человек погибли, сообщило министерство здравоохранения. " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_that_say_what_they_are(encoding: str) -> None:
    found = decode(("Beşkek: 85 — " + RUSSIAN).encode(encoding))
    assert found.text == "Beşkek: 85 — " + RUSSIAN
    assert not found.guessed


def test_windows_encodings_are_found_and_said_to_be_guessed() -> None:
    western = "The ministry said “at least 85” people died in Málaga – so far."
    assert decode(western.encode("cp1252")) == (western, "cp1252", True)
    found = decode(RUSSIAN.encode("cp1251"))
    assert (found.text, found.guessed) == (RUSSIAN, True)


@pytest.mark.parametrize(
    "data", [b"\x00\x01binary", "Погиб é".encode() + b"\xff", b"\xef\xbb\xbf\xff", bytes(range(128, 256))]
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError):
        decode(data)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x07c\tnext", "abc\tnext"),
        ("cafe\u0301", "café"),
        ("17\u00a0people, 1\u00a0500 hurt, 12\u202f000", "17 people, 1\u00a0500 hurt, 12\u202f000"),
        ("soft\u00adhyphen \u202eevil\u202c \ufeffx", "softhyphen evil x"),
        ("lone \ud800", "lone \ufffd"),
    ],
)
def test_cleaning(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(st.text(st.characters(exclude_categories=[])))
def test_clean_text_can_be_stored_and_stays_as_it_is(raw: str) -> None:
    text = clean(raw)
    assert clean(text) == text
    text.encode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text)


@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    with contextlib.suppress(SourceError):
        decode(data).text.encode("utf-8")
