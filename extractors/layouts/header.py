"""The rows of headings over a table: found even where nothing marks them."""

import re
from dataclasses import replace
from itertools import pairwise

from extractors.layouts.columns import Column, ColumnRole, Header, heading_role, pairing_role, settle, with_role
from extractors.layouts.grid import Grid, fold, one_line, says_something, tidy
from extractors.layouts.item_numbers import cell_number, words
from schemas.source import Cell

_HEADER_SEARCH = 6  # rows: a title, a section and a header in two rows may stand above the first activity
_DEEPEST = 2  # rows of headings under the first: «Финансирование» over «в том числе по годам» over «2024»
_LONG_CELL = 240  # characters
_LONG_HEADING = 110  # characters


def find_header(grid: Grid) -> Header | None:
    """The header of a table, or null where no row of headings stands above the contents."""
    for row in range(min(_HEADER_SEARCH, grid.rows)):
        if is_header_row(grid, row):
            return _read_header(grid, row)
        if _is_content_row(grid, row):
            return None
    marked = grid.table.header_rows > 0 and grid.rows > 1 and len(grid.filled(0)) > 1
    return _read_header(grid, 0) if marked else None


def is_header_row(grid: Grid, row: int) -> bool:
    """A row of headings: at least two known meanings, and known cells prevail over unknown ones."""
    cells = [c for c in grid.starting(row) if says_something(c.text) or "№" in c.text]
    if len(cells) < 2 or any(_is_content(c.text) for c in cells):
        return False
    if _heads_pairing(cells) or re.fullmatch(r"(№|№? ?п ?/ ?п)\.?", one_line(cells[0].text)):
        return True  # «№ п/п» stands over numbers and nowhere else
    known = [meaning for c in cells if (meaning := _known(c.text))]
    if len(set(known)) < 2:
        return bool(grid.table.header_rows > row and known)
    return len(known) * 2 >= len(cells) or len(known) >= 3 or grid.table.header_rows > row or ColumnRole.NUMBER in known


def _heads_pairing(cells: list[Cell]) -> bool:
    """«ОО с низкими результатами | ОО – лидер», «№ | ШНОР | …»."""
    roles = {pairing_role(c.text) for c in cells} - {ColumnRole.UNKNOWN}
    return len(roles) >= 2 and not any(re.match(r"[-–—•]", c.text) for c in cells)


def _known(text: str) -> ColumnRole | None:
    if len(text) > _LONG_HEADING or re.match(r"[-–—•]", text):
        return None
    role, strength = heading_role(text)
    if role is not ColumnRole.UNKNOWN and strength:
        return role
    return ColumnRole.EXTRA if re.search(words()["period_heading"], fold(text)) and len(text) < 60 else None


def _is_content(text: str) -> bool:
    """A cell of the body: «15.09.2023», «Иванова А.П.», «1.2.», a long sentence."""
    plain = one_line(text)
    return bool(
        len(plain) > _LONG_CELL
        or re.search(words()["person"], plain)
        or re.match(words()["body_deadline"], fold(plain))
        or re.fullmatch(r"\d{1,2}\.\d{1,2}(\.\d{2,4})?\.?", plain)
        or (cell_number(plain) and not re.match(r"(19|20)\d\d", plain))
    )


def _is_content_row(grid: Grid, row: int) -> bool:
    """A numbered row with several cells: the body has begun."""
    cells = grid.filled(row)
    return len(cells) >= 3 and bool(cell_number(cells[0].text)) and not is_number_row(grid, row)


def is_number_row(grid: Grid, row: int) -> bool:
    """«1 | 2 | 3 | 4 | 5» under the headings."""
    texts = [one_line(c.text).rstrip(".") for c in grid.filled(row)]
    numbers = [int(t) for t in texts if re.fullmatch(r"\d{1,2}", t)]
    return len(numbers) == len(texts) >= 2 and numbers[0] in (1, 2) and all(b - a == 1 for a, b in pairwise(numbers))


def _read_header(grid: Grid, top: int) -> Header:
    rows = _header_rows(grid, top)
    columns = [with_role(c) for c in _logical_columns(grid, rows)]
    after = rows[-1] + 1
    number_row = after if after < grid.rows and is_number_row(grid, after) else None
    return Header(settle(columns), rows, number_row)


def _header_rows(grid: Grid, top: int) -> list[int]:
    """The header goes down as far as its merged cells, and one row more where a heading stands over several columns."""
    bottom = max(c.row + c.row_span for c in grid.starting(top)) - 1
    groups = [c for c in grid.covering(bottom) if c.column_span > 1]
    while groups and bottom + 1 < grid.rows and bottom - top < _DEEPEST and _is_lower_row(grid, bottom, groups):
        bottom += 1
        groups = [c for c in grid.starting(bottom) if c.column_span > 1]
    return list(range(top, min(bottom, grid.rows - 1) + 1))


def _is_lower_row(grid: Grid, top: int, groups: list[Cell]) -> bool:
    """Cells only under a group heading: the lower half of a header whose vertical merges are not marked."""
    below = [c for c in grid.starting(top + 1) if tidy(c.text)]
    if not below or is_number_row(grid, top + 1):
        return False
    wide = [
        g.column_span for g in groups for c in below if g.column <= c.column < g.column + g.column_span and c.column_span < g.column_span
    ]
    return len(below) >= 2 and len(wide) == len(below) and not any(_is_content(c.text) for c in below)


def _logical_columns(grid: Grid, rows: list[int]) -> list[Column]:
    """Neighbouring grid columns under one heading are one column."""
    columns: list[Column] = []
    previous: tuple[Cell | None, ...] | None = None
    for index in range(grid.columns):
        stack = tuple(grid.at(row, index) for row in rows)
        if previous is not None and stack == previous and any(c is not None for c in stack):
            columns[-1] = replace(columns[-1], last=index)
        else:
            columns.append(_column(index, stack))
        previous = stack
    return columns


def _column(index: int, stack: tuple[Cell | None, ...]) -> Column:
    texts: list[str] = []
    for cell in dict.fromkeys(id(c) for c in stack if c is not None):
        text = one_line(next(c.text for c in stack if c is not None and id(c) == cell))
        if text:
            texts.append(text)
    return Column(index, index, texts[-1] if texts else None, ", ".join(texts[:-1]) or None)
