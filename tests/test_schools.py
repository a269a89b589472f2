"""Schools: type, number, name, legal form, lists."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.schools import read_school, read_schools

CASES = Path(__file__).parent / "cases" / "schools.tsv"


def rows() -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(cells[0], cells[1]) for cells in lines]


@pytest.mark.parametrize(("text", "expected"), rows())
def test_schools_of_a_text(text: str, expected: str) -> None:
    shown = [f"{s.type or '-'}/{s.number or '-'}/{s.name or '-'}/{s.legal_form or '-'}" for s in read_schools(text)]
    assert " | ".join(shown) == expected


def test_the_first_school_as_printed() -> None:
    school = read_school("МАОУ-СОШ № 1 «Светлая», лицей № 2")
    assert school is not None
    assert school.text == "МАОУ-СОШ № 1 «Светлая»"
    assert read_school("управление образования") is None


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=80) | st.text(alphabet="МБОУСШ№«»,и 0123456789()-имназ", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_schools(text)
