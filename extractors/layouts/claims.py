"""Saying of a piece of the source what it is, where no record shows it verbatim."""

from typing import Literal

from extractors.layouts.grid import Grid, says_something, tidy
from schemas.contract import Locator
from schemas.raw import Claim, RawRecords

Category = Literal["placed", "structure", "noise"]


def claim(records: RawRecords, text: str, locator: Locator, category: Category) -> None:
    """Say of a text what it is; a text without letters and digits needs no claim."""
    if says_something(text):
        records.claims.append(Claim(text=text, locator=locator, category=category))


def claim_row(grid: Grid, row: int, records: RawRecords, category: Category) -> None:
    """Say of every cell of a row what it is."""
    for cell in grid.filled(row):
        claim(records, tidy(cell.text), grid.cell_locator(cell), category)
