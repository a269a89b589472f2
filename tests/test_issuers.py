"""The letterhead in sentence case; region and municipality."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.issuers import read_issuer


@pytest.mark.parametrize(
    ("letterhead", "title", "expected"),
    [
        (
            "УПРАВЛЕНИЕ ПО ОБРАЗОВАНИЮ И НАУКЕ АДМИНИСТРАЦИИ ГОРОДА ТОМСКА ТОМСКОЙ ОБЛАСТИ",
            None,
            ("Управление по образованию и науке администрации города Томска Томской области", "Томская область", "город Томск"),
        ),
        (
            "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ МУНИЦИПАЛЬНОГО ОБРАЗОВАНИЯ ГОРОД ЛЕСНОЙ",
            "О работе школ муниципального образования город Лесной Приморского края",
            (
                "Управление образования администрации муниципального образования город Лесной",
                "Приморский край",
                "муниципальное образование город Лесной",
            ),
        ),
        (
            "КОМИТЕТ ПО ДЕЛАМ МОЛОДЕЖИ АДМИНИСТРАЦИИ КИРОВСКОГО МУНИЦИПАЛЬНОГО РАЙОНА",
            None,
            ("Комитет по делам молодежи администрации Кировского муниципального района", None, "Кировский муниципальный район"),
        ),
        ("МБОУ СОШ № 5 ГОРОДА ЗАРЕЧНЫЙ", None, ("МБОУ СОШ № 5 города Заречный", None, "город Заречный")),
        (
            "МИНИСТЕРСТВО ЗДРАВООХРАНЕНИЯ УДМУРТСКОЙ РЕСПУБЛИКИ",
            None,
            ("Министерство здравоохранения Удмуртской Республики", "Удмуртская Республика", None),
        ),
        (
            "Администрация Вяземского района Смоленской области",
            None,
            ("Администрация Вяземского района Смоленской области", "Смоленская область", "Вяземский район"),
        ),
        (
            "ОТДЕЛ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ УСТЬ-ЛЕСНОГО РАЙОНА 352330, ул. Лесная, 5, тел. 5-55-55",
            None,
            ("Отдел образования администрации Усть-Лесного района", None, "Усть-Лесной район"),
        ),
        (
            "БАШҠОРТОСТАН РЕСПУБЛИКАҺЫ МӘҒАРИФ МИНИСТРЛЫҒЫ МИНИСТЕРСТВО ОБРАЗОВАНИЯ РЕСПУБЛИКИ БАШКОРТОСТАН",
            None,
            ("Министерство образования Республики Башкортостан", "Республика Башкортостан", None),
        ),
    ],
)
def test_a_letterhead(letterhead: str, title: str | None, expected: tuple[str, str | None, str | None]) -> None:
    issuer = read_issuer(letterhead, title, [])
    assert issuer is not None
    assert (issuer.name, issuer.region, issuer.municipality) == expected


def test_a_proper_name_is_learnt_from_the_text() -> None:
    issuer = read_issuer("МБУК «ЦЕНТР ДОСУГА» СЛОБОДЫ КАРМАЛКА", None, ["жители слободы Кармалка приглашены"])
    assert issuer is not None
    assert issuer.name == "МБУК «Центр досуга» слободы Кармалка"


@pytest.mark.parametrize("letterhead", ["", "* * *", "___"])
def test_nobody_is_named(letterhead: str) -> None:
    assert read_issuer(letterhead, None, []) is None


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=60), st.none() | st.text(max_size=30), st.lists(st.text(max_size=40), max_size=2))
def test_no_text_breaks_the_reader(letterhead: str, title: str | None, texts: list[str]) -> None:
    read_issuer(letterhead, title, texts)
