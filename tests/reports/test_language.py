"""The language of a text from its commonest words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reports.language import find_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("At least 17 people were killed in clashes in the capital, the ministry said on Wednesday.", "en"),
        ("POLICE SAID THAT TWO MEN WERE SHOT DEAD IN THE NORTH OF THE CITY.", "en"),
        ("Al menos 17 personas murieron en los enfrentamientos, según el ministerio de la salud.", "es"),
        ("Au moins 17 personnes ont été tuées dans les affrontements, selon le ministère de la santé.", "fr"),
        ("Mindestens 17 Menschen sind bei den Zusammenstößen in der Hauptstadt getötet worden.", "de"),
        ("По меньшей мере 17 человек погибли в столице и на юге, сообщило министерство.", "ru"),
        ("قال مسؤول إن سبعة عشر شخصا قتلوا في العاصمة على الأقل في هذا اليوم", "ar"),
        ("17人が死亡したと保健省は発表した。", "ja"),
        ("首都发生冲突，至少十七人死亡。", "zh"),
        ("TWO DEAD", None),
        ("", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert find_language(text) == language


@given(st.text())
def test_any_text_has_a_code_or_none(text: str) -> None:
    language = find_language(text)
    assert language is None or len(language) == 2
