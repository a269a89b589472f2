"""A table as a grid that can be asked: which cell covers a square, where a value stands, what a row holds."""

import re
from collections.abc import Iterable

from schemas.contract import Locator, Span
from schemas.raw import RawText
from schemas.source import BBox, Cell, TableBlock
from schemas.source import Span as SourceSpan


def fold(text: str) -> str:
    """Lower case, «ё» → «е», no quotes, one space for any white space, no punctuation at the ends."""
    plain = re.sub(r"[«»„“”\"']", "", text.lower().replace("ё", "е").replace("\u00ad", ""))
    return re.sub(r"\s+", " ", plain).strip(" .,;:–—-")


def tidy(text: str) -> str:
    """The text without blanks at line ends and without blank lines; line breaks stay."""
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """The text with line breaks turned into blanks."""
    return " ".join(text.split())


def says_something(text: str) -> bool:
    """Whether a letter or a digit stands in the text."""
    return any(c.isalnum() for c in text)


class Grid:
    """The squares of a `TableBlock`; a merged cell covers several."""

    def __init__(self, table: TableBlock) -> None:
        self.table = table
        self._cover: dict[tuple[int, int], Cell] = {}
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    self._cover.setdefault((row, column), cell)
        self.rows = max([table.rows, *(c.row + c.row_span for c in table.cells)], default=0)
        self.columns = max([table.columns, *(c.column + c.column_span for c in table.cells)], default=0)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a square."""
        return self._cover.get((row, column))

    def covering(self, row: int) -> list[Cell]:
        """The cells that cover a row, left to right, each once."""
        found: list[Cell] = []
        for column in range(self.columns):
            cell = self.at(row, column)
            if cell is not None and (not found or found[-1] is not cell):
                found.append(cell)
        return found

    def starting(self, row: int) -> list[Cell]:
        """The cells that begin in a row, left to right."""
        return [c for c in self.covering(row) if c.row == row]

    def filled(self, row: int) -> list[Cell]:
        """The cells that begin in a row and hold any sign."""
        return [c for c in self.starting(row) if tidy(c.text)]

    def locator(self, cells: Iterable[Cell], row: int, column: int | None) -> Locator:
        """Where cells stand; ``column`` null for a record that takes a whole row."""
        chosen = list(cells)
        raws = [p.raw for c in chosen for p in c.paragraphs if p.raw and p.raw.strip()]
        return Locator(
            block=self.table.index,
            table=self.table.table,
            row=row,
            column=column,
            spans=merge_spans(s for c in chosen for s in (c.spans or [p for para in c.paragraphs for p in para.spans])),
            text="\n".join(raws) or None,
        )

    def cell_locator(self, cell: Cell) -> Locator:
        """Where one cell stands."""
        return self.locator([cell], cell.row, cell.column)

    def row_locator(self, row: int) -> Locator:
        """Where a row stands: a rectangle a page, without cells merged in from rows above."""
        found = self.locator(self.starting(row) or self.covering(row), row, None)
        return found.model_copy(update={"text": None})

    def table_locator(self) -> Locator:
        """Where the table stands."""
        spans = self.table.spans or [s for c in self.table.cells for s in c.spans]
        return Locator(block=self.table.index, table=self.table.table, spans=merge_spans(spans))

    def raw_text(self, cell: Cell, text: str | None = None) -> RawText | None:
        """The cell's text, or a part of it, with its place; null where nothing stands."""
        value = tidy(cell.text if text is None else text)
        return RawText(text=value, locator=self.cell_locator(cell)) if value else None


def merge_spans(spans: Iterable[SourceSpan]) -> list[Span]:
    """One rectangle a page around all spans given."""
    pages: dict[int, BBox] = {}
    for span in spans:
        a, b = pages.get(span.page, span.bbox), span.bbox
        pages[span.page] = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
    return [Span(page=page, bbox=bbox) for page, bbox in sorted(pages.items())]
