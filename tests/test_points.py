"""Points of an order: each row of cases/points.tsv is a list as printed and the tree a person sees.

«3.1<4» = a point numbered 3.1 that stands under 4; «-» = a point without a number.
"""

import csv
from pathlib import Path

import pytest

from extractors.extract import extract_records
from schemas.raw import RawRecords
from tests.builders import source

_CASES = Path(__file__).parent / "cases" / "points.tsv"
_ROWS = list(csv.DictReader(_CASES.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
_SIGNATURE = ["Начальник отдела", "А.А. Белова"]


def _read(lines: list[str]) -> RawRecords:
    return extract_records(source(["^ПРИКАЗ", "01.02.2020 № 5", "О плане", "приказываю:", *lines, *_SIGNATURE]))


def _tree(records: RawRecords) -> str:
    points = records.directives
    return " ".join(f"{p.number or '-'}" + (f"<{points[p.parent].number or '-'}" if p.parent is not None else "") for p in points)


@pytest.mark.parametrize("row", _ROWS, ids=[f"{i}-{r['why']}" for i, r in enumerate(_ROWS, start=2)])
def test_points(row: dict[str, str]) -> None:
    records = _read(row["lines"].split("|"))
    assert _tree(records) == row["points"]
    assert [s.person.text for s in records.signatures if s.person] == ["А.А. Белова"]


@pytest.mark.parametrize(
    ("lines", "code", "number"),
    [
        ("4. Школам:|3.1. Провести.", "point_misnumbered", "3.1"),
        ("1. Утвердить.|3. Сдать.", "point_misnumbered", "3"),
        ("1. Утвердить.|1. Сдать.", "point_number_repeated", "1"),
        ("2. Утвердить.", "point_misnumbered", "2"),
    ],
)
def test_misnumbering_is_said(lines: str, code: str, number: str) -> None:
    records = _read(lines.split("|"))
    assert [(f.code, f"«{number}»" in f.message) for f in records.findings if f.code == code][-1] == (code, True)


def test_a_well_numbered_order_has_no_finding() -> None:
    assert not _read(["1. Школам:", "1.1. Провести.", "1.2. Сдать.", "2. Контроль."]).findings


def test_text_of_a_point_is_verbatim_without_its_number() -> None:
    records = _read(["1.Утвердить план.", "Далее по тексту."])
    assert records.directives[0].text.text == "Утвердить план.\nДалее по тексту."
