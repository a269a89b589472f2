"""Acts that a text names."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.references import find_references, merge_references

CASES = Path(__file__).parent / "cases" / "references.tsv"


def rows() -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(cells[0], cells[1]) for cells in lines]


@pytest.mark.parametrize(("text", "expected"), rows())
def test_acts_of_a_text(text: str, expected: str) -> None:
    found = find_references(text)
    shown = [f"{r.kind.value}/{r.number or '-'}/{r.date or '-'}/{r.issuer or '-'}/{r.title or '-'}" for r in found]
    assert " | ".join(shown) == expected


def test_one_act_named_twice_keeps_what_each_mention_tells() -> None:
    first = find_references("приказом управления № 1709")
    second = find_references("приказ от 26.11.2019 № 1709 «Об утверждении плана»")
    (act,) = merge_references([*first, *second])
    assert (act.number, str(act.date), act.issuer, act.title) == ("1709", "2019-11-26", "Управление", "Об утверждении плана")


def test_one_number_on_two_days_is_two_acts() -> None:
    assert len(find_references("приказ от 01.02.2020 № 5, приказ от 01.02.2021 № 5")) == 2


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=80) | st.text(alphabet="приказ от№ 0123456789.«»-ФЗгода", max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    find_references(text)
