"""Heads of acts: each row of cases/heads.tsv is a head as printed and what a person reads in it."""

import csv
from pathlib import Path

import pytest

from extractors.extract import extract_records
from tests.builders import source

_CASES = Path(__file__).parent / "cases" / "heads.tsv"
_ROWS = list(csv.DictReader(_CASES.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _lines(cell: str) -> list[str]:
    return cell.replace("~", "\t").split("|")


@pytest.mark.parametrize("row", _ROWS, ids=[f"{i}-{r['why']}" for i, r in enumerate(_ROWS, start=2)])
def test_head(row: dict[str, str]) -> None:
    head = extract_records(source(_lines(row["lines"]))).head
    read = {
        "kind": head.kind.value,
        **{name: (text.text if (text := getattr(head, name)) else "") for name in ("number", "date", "place", "title", "issuer")},
    }
    assert read == {name: row[name] for name in read}
