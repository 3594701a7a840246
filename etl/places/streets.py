"""Streets that bear the names of towns, as local news gives them: "the 300 block of Salem", "Lapeer and Adams Roads".

A name with a word for a street right behind it is left to ``etl.places.company``; here are those that are streets by
the words further off.
"""

from __future__ import annotations

import re

_KIND = r"(?:[Ss]treets|[Aa]venues|[Rr]oads|[Dd]rives|[Bb]oulevards|[Ll]anes|[Hh]ighways|[Pp]arkways|[Pp]ikes)"
_ORDINAL = r"\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)"
_POINT = r"(?:(?:[NSEW]|[NS][EW])\.?|(?:[Nn]orth|[Ss]outh)(?:[Ee]ast|[Ww]est)?|[Ee]ast|[Ww]est)"
_WORD = r"[\w.'’-]{1,20}"
_BEHIND = re.compile(rf"(?:\s[A-Z]{_WORD}){{0,2}}\s(?:and|&)\s(?:(?:{_WORD}\s){{1,3}}{_KIND}|{_POINT}?\s?{_ORDINAL})\b")
_BEFORE = re.compile(
    rf"(?:\b[Bb]lock\sof\s(?:the\s)?(?:{_POINT}\s)?"
    rf"|\b(?:intersection|corner)\sof\s(?:(?:[A-Z0-9]{_WORD}|and|&)\s){{0,5}}"
    rf"|\b{_ORDINAL}\s(?:and|&)\s(?:{_POINT}\s)?"
    rf"|\b(?:and|&)\s)$"
)
_PLURAL = re.compile(rf"(?:\s[A-Z]{_WORD}){{0,1}}\s{_KIND}\b")
_REACH = 90


def is_street(text: str, start: int, end: int) -> bool:
    """Whether the name ``text[start:end]`` is that of a street by the words around it."""
    if _BEHIND.match(text, end):
        return True
    before = _BEFORE.search(text, max(0, start - _REACH), start)
    if before is None:
        return False
    return not before.group().startswith(("and", "&")) or _PLURAL.match(text, end) is not None
