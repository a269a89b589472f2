"""Pairs of schools in prose: tests/cases/pairing_prose.tsv."""

from pathlib import Path

import pytest

from extractors.layouts.pairing_prose import find_pairings
from schemas.contract import Locator
from schemas.raw import RawText

LINES = (Path(__file__).parent / "cases" / "pairing_prose.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("text", "pairs", "why"), ROWS, ids=[r[2] for r in ROWS])
def test_pairs_in_prose(text: str, pairs: str, why: str) -> None:
    found = find_pairings(RawText(text=text.replace("\\n", "\n"), locator=Locator(block=0)))
    assert [f"{p.supported.text} > {p.leader.text}" for p in found] == [p for p in pairs.split(" ; ") if p], why
