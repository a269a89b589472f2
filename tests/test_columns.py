"""Headings, numbers and section titles: tests/cases/columns.tsv, numbers.tsv, section_rows.tsv."""

from pathlib import Path

import pytest

from extractors.layouts.columns import heading_role
from extractors.layouts.item_numbers import cell_number, section_label

CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[list[str]]:
    lines = (CASES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("heading", "role"), rows("columns"))
def test_heading_means(heading: str, role: str) -> None:
    assert heading_role(heading)[0].value == role


@pytest.mark.parametrize(("cell", "number"), rows("numbers"))
def test_number_cell(cell: str, number: str) -> None:
    assert (cell_number(cell) or "") == number


@pytest.mark.parametrize(("text", "kind", "ordinals", "printed", "title"), rows("section_rows"))
def test_section_title(text: str, kind: str, ordinals: str, printed: str, title: str) -> None:
    label = section_label(text)
    assert (label.kind, ".".join(map(str, label.ordinals)), label.printed, label.rest) == (kind, ordinals, printed, title)
