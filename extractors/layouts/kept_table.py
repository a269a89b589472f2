"""A table that is none of the others is kept whole."""

from collections.abc import Sequence

from extractors.layouts.claims import claim_row
from extractors.layouts.grid import Grid, one_line, tidy
from schemas.raw import RawRecords, RawTable
from schemas.source import ParagraphBlock

_LONG_TITLE = 400  # characters: longer is prose, no title


def keep_table(grid: Grid, heading: Sequence[ParagraphBlock], records: RawRecords) -> None:
    """Keep the table cell by cell; a merged cell stands once, null elsewhere; rows without any sign are dropped."""
    rows: list[list[str | None]] = []
    for row in range(grid.rows):
        if grid.filled(row):
            rows.append([_text_at(grid, row, column) for column in range(grid.columns)])
            claim_row(grid, row, records, "placed")
    if rows:
        records.tables.append(RawTable(title=table_title(heading), rows=rows, locator=grid.table_locator()))


def _text_at(grid: Grid, row: int, column: int) -> str | None:
    cell = grid.at(row, column)
    return (tidy(cell.text) or None) if cell is not None and (cell.row, cell.column) == (row, column) else None


def table_title(heading: Sequence[ParagraphBlock]) -> str | None:
    """The lines right above the table as its title."""
    lines = [one_line(b.text) for b in heading if b.text.strip()]
    title = ""
    for line in reversed(lines):
        if len(line) + len(title) > _LONG_TITLE:
            break
        title = f"{line} {title}".strip()
    return title or None
