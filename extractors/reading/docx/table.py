"""A Word table as a grid: merged cells once, at their top left, with their spans."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.reading.docx.inline import is_placeholder
from extractors.reading.docx.items import Item, TableItem, TextItem
from extractors.reading.docx.names import (
    ALTERNATE,
    DEL,
    INS,
    MOVE_FROM,
    P_PR,
    R_PR,
    SDT,
    SDT_CONTENT,
    TBL,
    TBL_PR,
    TC,
    TC_PR,
    TR,
    TR_PR,
    VAL,
    Element,
    P,
    T,
    branch,
    is_on,
    value_of,
    w,
    whole,
)
from extractors.reading.docx.story import StoryReader
from extractors.reading.docx.styles import read_borders
from schemas.source import Cell, Paragraph, Role

_GRID_SPAN, _V_MERGE, _H_MERGE = w("gridSpan"), w("vMerge"), w("hMerge")
_GRID_BEFORE, _GRID_AFTER, _HEADER, _HIDDEN = w("gridBefore"), w("gridAfter"), w("tblHeader"), w("hidden")
_CELL_DEL, _TC_BORDERS, _GRID = w("cellDel"), w("tcBorders"), f"{w('tblGrid')}/{w('gridCol')}"
_WRAPPERS = frozenset({SDT, INS, ALTERNATE, w("customXml"), w("moveTo"), w("smartTag")})
_MAX_SPAN = 1_000  # Word allows 63 columns; a damaged span must not make a grid of millions


@dataclass(slots=True)
class _Grid:
    """A table while it is read. ``open_merges``: column → the cell that a vertical merge goes on with."""

    columns: int
    cells: list[Cell] = field(default_factory=list)
    open_merges: dict[int, Cell] = field(default_factory=dict)
    nested: list[tuple[int, int, TableItem]] = field(default_factory=list)
    after: list[TextItem] = field(default_factory=list)
    sides: int = 0  # ruled sides of all cells


class _Borders:
    """The lines of a table: where a cell says nothing, the table or its style does."""

    def __init__(self, table: Element, reader: StoryReader, rows: int) -> None:
        properties, styles = table.find(TBL_PR), reader.shared.styles
        style = styles.style(value_of(properties, w("tblStyle")) or styles.default_table)
        self._sides = dict(style.borders) | read_borders(None if properties is None else properties.find(w("tblBorders")))
        self._last = rows - 1
        self._counts: dict[tuple[bool, bool, bool, bool], int] = {}

    def drawn(self, own: Element | None, row: int, first: bool, last: bool) -> int:
        """How many of the four sides of a cell are drawn."""
        place = (row == 0, row == self._last, first, last)
        if own is not None:
            sides = self._around(*place)
            return sum((sides | {side: drawn for side, drawn in read_borders(own).items() if side in sides}).values())
        if place not in self._counts:
            self._counts[place] = sum(self._around(*place).values())
        return self._counts[place]

    def _around(self, top: bool, bottom: bool, left: bool, right: bool) -> dict[str, bool]:
        """The sides of a cell at the given edges of the table."""
        return {
            "top": self._sides.get("top" if top else "insideH", False),
            "bottom": self._sides.get("bottom" if bottom else "insideH", False),
            "left": self._sides.get("left" if left else "insideV", False),
            "right": self._sides.get("right" if right else "insideV", False),
        }


def read_table(table: Element, reader: StoryReader) -> TableItem | None:
    """The table's grid; None where every row was deleted."""
    grid = _Grid(len(table.findall(_GRID)))
    rows = list(_rows(table, reader))
    borders = _Borders(table, reader, len(rows))
    for number, row in enumerate(rows):
        _read_row(row, number, grid, reader, borders)
    if not rows:
        return None
    grid.cells.sort(key=lambda c: (c.row, c.column))
    ruled = grid.sides >= 1.5 * len(grid.cells)
    return TableItem(len(rows), grid.columns, grid.cells, ruled, _header_rows(rows), grid.nested, grid.after)


def frame_cells(table: Element, reader: StoryReader) -> list[Element] | None:
    """The filled cells of a table that only frames the page; None for any other.

    «The whole order typed into one cell»: other tables stand inside, and no row fills two cells. What stands in such cells is
    read on as if the frame were not there, in its order.
    """
    if next((t for t in table.iter(TBL) if t is not table), None) is None or not all(_frames(row) for row in _every_row(table)):
        return None
    return [cell for row in _rows(table, reader) for cell in _filled(row)]


def _frames(row: Element) -> bool:
    """At most one cell is filled, and none is merged or hidden."""
    properties = row.find(TR_PR)
    plain = not any(shape.down or shape.across for _, shape, _ in _cells(row))
    return plain and len(_filled(row)) < 2 and (properties is None or properties.find(_HIDDEN) is None)


def _filled(row: Element) -> list[Element]:
    return [cell for cell, _, prompt in _cells(row) if not prompt and any((t.text or "").strip() for t in cell.iter(T))]


def _rows(element: Element, reader: StoryReader) -> Iterator[Element]:
    """The rows that are left when all changes are accepted."""
    return (row for row in _every_row(element) if not _row_deleted(row, reader))


def _every_row(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == TR:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _every_row(_content(child))


def _content(wrapper: Element) -> Element:
    """Where the rows or cells of a wrapper are."""
    found = wrapper.find(SDT_CONTENT) if wrapper.tag == SDT else branch(wrapper) if wrapper.tag == ALTERNATE else wrapper
    return wrapper.makeelement("nothing") if found is None else found


def _row_deleted(row: Element, reader: StoryReader) -> bool:
    properties = row.find(TR_PR)
    if properties is not None and properties.find(INS) is not None:
        reader.shared.tally.insertions += 1
    deleted = (properties is not None and properties.find(DEL) is not None) or _moved_away(row)
    reader.shared.tally.deletions += deleted
    return deleted


def _moved_away(row: Element) -> bool:
    """Whether every paragraph of the row was moved elsewhere, its mark included."""
    if next(row.iter(MOVE_FROM), None) is None:
        return False
    return all(p.find(f"{P_PR}/{R_PR}/{MOVE_FROM}") is not None for p in row.iter(P))


class _Shape(NamedTuple):
    """What a ``w:tcPr`` says. ``across`` and ``down``: «restart», «continue» or None."""

    span: int = 1
    across: str | None = None
    down: str | None = None
    deleted: bool = False
    borders: Element | None = None


_PLAIN = _Shape()


def _shape(cell: Element) -> _Shape:
    first = next(iter(cell), None)
    if first is None or first.tag != TC_PR:
        return _PLAIN
    found: dict[str, object] = {}
    for child in first:
        tag = child.tag
        if tag == _GRID_SPAN:
            found["span"] = _bounded(child.get(VAL), 1)
        elif tag == _V_MERGE:
            found["down"] = child.get(VAL, "continue")
        elif tag == _H_MERGE:
            found["across"] = child.get(VAL, "continue")
        elif tag == _CELL_DEL:
            found["deleted"] = True
        elif tag == _TC_BORDERS:
            found["borders"] = child
    return _Shape(**found) if found else _PLAIN  # type: ignore[arg-type]


def _cells(element: Element) -> Iterator[tuple[Element, _Shape, bool]]:
    """The cells of a row, each with whether it shows a mere prompt."""
    for child in element:
        if child.tag == TC:
            shape = _shape(child)
            if not shape.deleted:
                yield child, shape, False
        elif child.tag in _WRAPPERS:
            prompt = child.tag == SDT and is_placeholder(child)
            yield from ((cell, shape, prompt or inner) for cell, shape, inner in _cells(_content(child)))


def _read_row(row: Element, number: int, grid: _Grid, reader: StoryReader, borders: _Borders) -> None:
    properties = row.find(TR_PR)
    column = _bounded(value_of(properties, _GRID_BEFORE), 0)
    hidden = properties is not None and is_on(properties.find(_HIDDEN))
    cells = list(_cells(row))
    for position, (element, shape, prompt) in enumerate(cells):
        cell = Cell(row=number, column=column, column_span=shape.span, paragraphs=[], spans=[])
        _read_cell(element, shape, cell, grid, reader, hidden=hidden, prompt=prompt)
        grid.sides += borders.drawn(shape.borders, number, position == 0, position == len(cells) - 1)
        column += shape.span
    for start in [c for c, above in grid.open_merges.items() if above.row + above.row_span <= number]:
        del grid.open_merges[start]  # the merge did not go on in this row
    grid.columns = max(grid.columns, column + _bounded(value_of(properties, _GRID_AFTER), 0))


def _bounded(text: str | None, least: int) -> int:
    value = whole(text)
    return least if value is None else min(max(value, least), _MAX_SPAN)


def _read_cell(element: Element, shape: _Shape, cell: Cell, grid: _Grid, reader: StoryReader, *, hidden: bool, prompt: bool) -> None:
    if _covered(shape, cell, grid):  # Word shows nothing of a covered cell, but its words are in the file
        _hide(reader.read_unnumbered(element), grid, reader)
        return
    items = [] if prompt else reader.read_unnumbered(element) if hidden else reader.read(element)
    grid.cells.append(cell)
    if hidden:
        _hide(items, grid, reader)
    else:
        _fill(cell, items, grid)


def _covered(shape: _Shape, cell: Cell, grid: _Grid) -> bool:
    """Whether a merged cell before or above takes this one in; it is made larger then."""
    if shape.across not in (None, "restart") and grid.cells and grid.cells[-1].row == cell.row:
        grid.cells[-1].column_span += cell.column_span
        return True
    if shape.down is None:
        return False
    above = grid.open_merges.get(cell.column)
    if shape.down != "restart" and above is not None:
        above.row_span = cell.row - above.row + 1
        return True
    grid.open_merges[cell.column] = cell
    return False


def _fill(cell: Cell, items: list[Item], grid: _Grid) -> None:
    for item in items:
        if isinstance(item, TableItem):
            grid.nested.append((cell.row, cell.column, item))
        elif item.role is Role.BODY:
            cell.paragraphs.append(item.paragraph)
        else:
            grid.after.append(item)


def _hide(items: list[Item], grid: _Grid, reader: StoryReader) -> None:
    for paragraph in _paragraphs(items):
        reader.shared.tally.hidden += 1
        grid.after.append(TextItem(paragraph, Role.HIDDEN))


def _paragraphs(items: list[Item]) -> Iterator[Paragraph]:
    for item in items:
        if isinstance(item, TextItem):
            yield item.paragraph
        else:
            for cell in item.cells:
                yield from cell.paragraphs
            yield from _paragraphs([table for _, _, table in item.nested])


def _header_rows(rows: list[Element]) -> int:
    """How many rows at the top repeat on each page."""
    count = 0
    for row in rows:
        properties = row.find(TR_PR)
        if properties is None or not is_on(properties.find(_HEADER)):
            break
        count += 1
    return count
