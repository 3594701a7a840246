"""Bytes to text, and text to the one form the store keeps.

Encodings, in this order: a byte order mark (UTF-8, UTF-16, UTF-32); UTF-8; Windows-1252 where at least eight bytes of
ten are ASCII, as in English text saved on an older Windows; else what charset-normalizer finds, where it is sure.
Anything but UTF-8 and a byte order mark is a guess, so the caller is told the encoding and notes it. Bytes that no rule
reads raise :class:`~etl.errors.SourceError`.

Text is normalised once, here, before anything counts its characters: every span of a claim points into the text that
:func:`clean` gave.
"""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from etl.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

# UTF-32 first: its little-endian mark starts with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD_BYTES = 8192
_SAMPLE_BYTES = 65_536
_LEAST_ASCII = 0.8
# charset-normalizer: share of letters that fit a language, and share of oddities it may have.
_LEAST_COHERENCE = 0.3
_MOST_CHAOS = 0.1

_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters but tab and line feed; soft hyphen; zero-width space; word joiner; byte order mark; the marks that
# turn the direction of writing, which can make a quote read other than it is.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# A no-break space that groups the digits of a number stays what it is; every other typographic space becomes plain.
_SPACE = re.compile(r"(?<!\d)[\u00a0\u2000-\u200a\u202f\u205f\u3000]|[\u00a0\u2000-\u200a\u202f\u205f\u3000](?!\d{3})")


class Decoded(NamedTuple):
    """A text and the encoding it was read by; ``guessed`` where the bytes did not say so themselves."""

    text: str
    encoding: str
    guessed: bool


def marked_encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark at the start announces, or null."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def refuse_binary(head: bytes) -> None:
    """Raise :class:`~etl.errors.SourceError` if the first bytes of a file cannot be text."""
    if marked_encoding(head) is None and b"\x00" in head[:_HEAD_BYTES]:
        raise SourceError(
            "NUL bytes: a binary file, or UTF-16 without a byte order mark", remedy="save it as text in UTF-8"
        )


def decode(data: bytes) -> Decoded:
    """The text of ``data``. Raises :class:`~etl.errors.SourceError` where the encoding cannot be told."""
    refuse_binary(data[:_HEAD_BYTES])
    marked = marked_encoding(data)
    if marked is not None:
        try:
            return Decoded(data.decode(marked), marked, guessed=False)
        except UnicodeDecodeError as error:
            raise SourceError(f"not the {marked} its byte order mark says", remedy="save it as UTF-8") from error
    try:
        return Decoded(data.decode("utf-8"), "utf-8", guessed=False)
    except UnicodeDecodeError as error:
        return _guess(data, error)


def recover(text: str) -> Decoded:
    """``text`` as read from UTF-8 with ``surrogateescape``: unharmed, or decoded anew where it held other bytes."""
    if text.isascii() or _ESCAPED_BYTE.search(text) is None:
        return Decoded(text, "utf-8", guessed=False)
    return decode(text.encode("utf-8", "surrogateescape"))


def clean(text: str) -> str:
    """``text`` in the form the store keeps: lines end in LF, no control or invisible characters, plain spaces, NFC."""
    if "\r" in text or not text.isprintable():
        text = _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text))
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _LONE_SURROGATE.sub("\ufffd", _SPACE.sub(" ", text)))


def text_stream(stream: BinaryIO, head: bytes) -> io.TextIOWrapper:
    """``stream`` as text, line ends kept; bytes that are not UTF-8 come through for :func:`recover` to judge."""
    refuse_binary(head)
    encoding = marked_encoding(head) or "utf-8"
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    return io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")


def numbered_lines(stream: io.TextIOWrapper, limit: int) -> Iterator[tuple[int, str | None]]:
    """Each line with its number from 1; null in place of a line of ``limit`` characters or more."""
    number = 0
    while line := stream.readline(limit):
        number += 1
        if len(line) < limit or line[-1] in "\r\n":
            yield number, line
            continue
        while (rest := stream.readline(limit)) and rest[-1] not in "\r\n":
            pass
        yield number, None


def _guess(data: bytes, broken: UnicodeDecodeError) -> Decoded:
    """The text of bytes that are not UTF-8; ``broken`` says where that shows."""
    start = max(0, broken.start - _SAMPLE_BYTES // 2)
    sample = data[start : start + _SAMPLE_BYTES]
    as_utf8 = sample.decode("utf-8", "replace")
    whole = sum(1 for character in as_utf8 if character > "\x7f" and character != "\ufffd")
    if whole > as_utf8.count("\ufffd"):
        raise SourceError(f"broken UTF-8 at byte {broken.start}", remedy="fetch or save it again")
    if sum(byte < 0x80 for byte in sample) >= _LEAST_ASCII * len(sample):
        try:
            return Decoded(data.decode("cp1252"), "cp1252", guessed=True)
        except UnicodeDecodeError:
            pass  # five bytes have no meaning in Windows-1252: another encoding then
    from charset_normalizer import from_bytes  # noqa: PLC0415 - takes 50 ms to load, and most runs never need it

    best = from_bytes(sample).best()
    if best is not None and best.coherence >= _LEAST_COHERENCE and best.chaos <= _MOST_CHAOS:
        try:
            return Decoded(data.decode(best.encoding), best.encoding, guessed=True)
        except UnicodeDecodeError:
            pass  # the sample read well, the rest of the bytes did not
    raise SourceError(f"not UTF-8 (byte {broken.start}), and no other encoding fits", remedy="save it as UTF-8")
