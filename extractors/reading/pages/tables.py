"""A table on a page: words dealt out to the cells of its grid."""

from dataclasses import dataclass, field

from extractors.reading.page import Page, Word
from extractors.reading.pages.grids import PAD, Grid
from extractors.reading.pages.lines import Row, rows_of
from extractors.reading.pages.wording import Wording
from schemas.source import BBox, Cell, Paragraph, Span, TableBlock


@dataclass
class PageTable:
    """A table while pages are being put together."""

    page: int
    xs: list[float]
    cells: list[Cell]
    spans: list[Span]
    rows: int
    repeated: list[Paragraph] = field(default_factory=list)
    header_rows: int = 0
    ruled: bool = True
    nested: bool = False  # stands in a cell of another table
    ends: dict[tuple[int, int], tuple[Row, Row, float]] = field(default_factory=dict)  # (row, column) → first and last line, right limit

    def row(self, index: int) -> list[Cell]:
        """Cells that start in a row, left to right."""
        return [c for c in self.cells if c.row == index]

    def block(self, index: int, table: int) -> TableBlock:
        """As the contract of the readers wants it."""
        return TableBlock(
            index=index,
            table=table,
            rows=self.rows,
            columns=len(self.xs) - 1,
            cells=sorted(self.cells, key=lambda c: (c.row, c.column)),
            ruled=self.ruled,
            header_rows=self.header_rows,
            repeated_headers=self.repeated,
            spans=self.spans,
        )


def table_of(grid: Grid, words: list[Word], page: Page, wording: Wording, nested: bool = False) -> PageTable:
    """Deal words out: a word belongs to the cell that holds its middle, else to the nearest cell of its height."""
    dealt: dict[int, list[Word]] = {i: [] for i in range(len(grid.cells))}
    for word in words:
        dealt[_cell_of(grid, word)].append(word)
    whole = Span(page=page.number, bbox=_rounded((grid.xs[0], grid.top, grid.xs[-1], grid.bottom)))
    table = PageTable(page.number, grid.xs, [], [whole], len(grid.ys) - 1, ruled=grid.ruled, nested=nested)
    for i, bbox in enumerate(grid.cells):
        row, column, row_span, column_span = grid.place(bbox)
        lines = rows_of(dealt[i])
        limit = bbox[2] - PAD if grid.ruled else max((w.x1 for w in words if bbox[0] <= w.x0 < bbox[2]), default=bbox[2])
        if lines:
            table.ends[row, column] = (lines[0], lines[-1], limit)
        span = Span(page=page.number, bbox=_rounded(bbox))
        paragraphs = _paragraphs(lines, limit, page.number, wording)
        table.cells.append(Cell(row=row, column=column, row_span=row_span, column_span=column_span, paragraphs=paragraphs, spans=[span]))
    return table


def _rounded(bbox: BBox) -> BBox:
    return (round(bbox[0], 1), round(bbox[1], 1), round(bbox[2], 1), round(bbox[3], 1))


def _cell_of(grid: Grid, word: Word) -> int:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    for i, (x0, top, x1, bottom) in enumerate(grid.cells):
        if x0 <= x <= x1 and top <= y <= bottom:
            return i
    return min(range(len(grid.cells)), key=lambda i: _distance(grid.cells[i], x, y))


def _distance(cell: BBox, x: float, y: float) -> float:
    return max(cell[0] - x, 0, x - cell[2]) + max(cell[1] - y, 0, y - cell[3])


def _paragraphs(rows: list[Row], right: float, page: int, wording: Wording) -> list[Paragraph]:
    """Lines of a cell: wrapped ones joined, those broken on purpose as paragraphs of their own."""
    if not rows:
        return []
    bold = sum(len(r.text) for r in rows if r.bold) * 2 > sum(len(r.text) for r in rows)
    box = (min(r.x0 for r in rows), rows[0].top, max(r.x1 for r in rows), rows[-1].bottom)
    spans = [Span(page=page, bbox=_rounded(box))]
    size = round(rows[0].size, 1)
    texts = (text.replace("\u00ad", "") for text in wording.lines(rows, right))
    return [Paragraph(text=text, bold=bold, size=size, spans=spans) for text in texts]
