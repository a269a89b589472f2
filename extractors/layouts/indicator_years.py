"""Target indicators set downwards: a row for each year, a column for each indicator («Год | Доля занимающихся, % | Число площадок»)."""

import re
from collections.abc import Sequence

from extractors.layouts.claims import claim
from extractors.layouts.grid import Grid, fold, one_line, tidy
from extractors.layouts.indicator_table import FIGURE, YEAR_LABEL, section_above
from extractors.layouts.item_numbers import words
from schemas.raw import RawIndicator, RawRecords
from schemas.source import ParagraphBlock


def runs_down(grid: Grid, above: Sequence[str]) -> bool:
    """«Год» over nothing but years, figures in all other columns; their headings or the titles ``above`` speak of indicators."""
    heads = grid.filled(0)
    if not any(re.search(words()["indicator_heading"], fold(text)) for text in (*above, *(c.text for c in heads))):
        return False
    if grid.rows < 3 or grid.columns < 2 or len(heads) != grid.columns or not re.fullmatch(words()["years_heading"], fold(heads[0].text)):
        return False
    body = [[grid.at(r, c) for c in range(grid.columns)] for r in range(1, grid.rows)]
    texts = [[one_line(cell.text) if cell else "" for cell in row] for row in body]
    years = all(re.match(YEAR_LABEL, fold(row[0])) for row in texts)
    return years and all(FIGURE.match(text) for row in texts for text in row[1:] if text)


def read_downwards(grid: Grid, heading: Sequence[ParagraphBlock], records: RawRecords) -> None:
    """Read every column but the first as one indicator."""
    claim(records, one_line(grid.filled(0)[0].text), grid.cell_locator(grid.filled(0)[0]), "structure")
    years = [c for r in range(1, grid.rows) if (c := grid.at(r, 0)) is not None]
    for head in grid.filled(0)[1:]:
        name = grid.raw_text(head)
        cells = {one_line(year.text): cell for year in years if (cell := grid.at(year.row, head.column)) is not None and tidy(cell.text)}
        values = {year: one_line(cell.text) for year, cell in cells.items()}
        if name is not None:
            section = section_above(heading)
            records.indicators.append(RawIndicator(name=name, section=section, values=values, locator=grid.cell_locator(head)))
        for cell in cells.values():
            claim(records, tidy(cell.text), grid.cell_locator(cell), "placed")
    for year in years:
        claim(records, tidy(year.text), grid.cell_locator(year), "placed")
