"""Look-alike letters: expected words by reading."""

import pytest

from extractors.reading.repair import repair_lookalikes


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("MБOУ COШ № 5", "МБОУ COШ № 5".replace("COШ", "СОШ")),
        ("Л.В. Черnодубская", "Л.В. Чернодубская"),
        ("Миnистерство культуры", "Министерство культуры"),
        ("Cтеnанова", "Степанова"),
        ("oтдел oбразования", "отдел образования"),
    ],
)
def test_latin_letters_inside_a_cyrillic_word_are_replaced(printed: str, meant: str) -> None:
    assert repair_lookalikes(printed).text == meant


@pytest.mark.parametrize("text", ["IT-куб", "QR-код на стенде", "ЯClass", "Сферum", "глава XI", "WhatsApp и MAX", "Plan", "отдел"])
def test_words_that_are_foreign_on_purpose_stay(text: str) -> None:
    assert repair_lookalikes(text) == (text, [])


def test_what_changed_is_said() -> None:
    assert repair_lookalikes("директор MБOУ Иванова").changed == ["МБОУ"]
