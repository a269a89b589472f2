"""A Word table as a grid: merged cells once, at their top left, with their spans."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.reading.docx.inline import is_placeholder
from extractors.reading.docx.names import (
    ALTERNATE,
    DEL,
    INS,
    MOVE_FROM,
    P_PR,
    R_PR,
    SDT,
    SDT_CONTENT,
    TBL_PR,
    TC,
    TC_PR,
    TR,
    TR_PR,
    VAL,
    Element,
    P,
    branch,
    is_on,
    value_of,
    w,
    whole,
)
from extractors.reading.docx.story import Item, StoryReader, TableItem, TextItem
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


def read_table(table: Element, reader: StoryReader) -> TableItem | None:
    """The table's grid; None where every row was deleted."""
    grid = _Grid(len(table.findall(_GRID)))
    rows = list(_rows(table, reader))
    borders = _borders(table, reader)
    for number, row in enumerate(rows):
        _read_row(row, number, grid, reader, borders, number == len(rows) - 1)
    if not rows:
        return None
    grid.cells.sort(key=lambda c: (c.row, c.column))
    ruled = grid.sides >= 1.5 * len(grid.cells)
    return TableItem(len(rows), grid.columns, grid.cells, ruled, _header_rows(rows), grid.nested, grid.after)


def _rows(element: Element, reader: StoryReader) -> Iterator[Element]:
    """The rows that are left when all changes are accepted."""
    for child in element:
        if child.tag == TR:
            if not _row_deleted(child, reader):
                yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(_content(child), reader)


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


def _cells(element: Element) -> Iterator[tuple[Element, bool]]:
    """The cells of a row, each with whether it shows a mere prompt."""
    for child in element:
        if child.tag == TC:
            properties = child.find(TC_PR)
            if properties is None or properties.find(_CELL_DEL) is None:
                yield child, False
        elif child.tag in _WRAPPERS:
            prompt = child.tag == SDT and is_placeholder(child)
            yield from ((cell, prompt or inner) for cell, inner in _cells(_content(child)))


def _read_row(row: Element, number: int, grid: _Grid, reader: StoryReader, borders: dict[str, bool], last: bool) -> None:
    properties = row.find(TR_PR)
    column = _span(properties, _GRID_BEFORE, 0)
    hidden = properties is not None and is_on(properties.find(_HIDDEN))
    for cell, prompt in _cells(row):
        span = _span(cell.find(TC_PR), _GRID_SPAN, 1)
        _read_cell(cell, Cell(row=number, column=column, column_span=span), grid, reader, hidden=hidden, prompt=prompt)
        grid.sides += _ruled_sides(cell, borders, number == 0, last, column == 0)
        column += span
    for start in [c for c in grid.open_merges if grid.open_merges[c].row + grid.open_merges[c].row_span <= number]:
        del grid.open_merges[start]  # the merge did not go on in this row
    grid.columns = max(grid.columns, column + _span(properties, _GRID_AFTER, 0))


def _span(properties: Element | None, name: str, default: int) -> int:
    value = whole(value_of(properties, name))
    return default if value is None else min(max(value, default), _MAX_SPAN)


def _read_cell(element: Element, cell: Cell, grid: _Grid, reader: StoryReader, *, hidden: bool, prompt: bool) -> None:
    covered = _covering(element.find(TC_PR), cell, grid)
    if covered is not None:  # Word shows nothing of a covered cell, but its words are in the file
        _hide(reader.read_unnumbered(element), grid, reader)
        return
    items = [] if prompt else reader.read_unnumbered(element) if hidden else reader.read(element)
    grid.cells.append(cell)
    if hidden:
        _hide(items, grid, reader)
    else:
        _fill(cell, items, grid)


def _covering(properties: Element | None, cell: Cell, grid: _Grid) -> Cell | None:
    """The merged cell to which this one belongs, made larger; None where the cell stands for itself."""
    if properties is None:
        return None
    across = properties.find(_H_MERGE)
    if across is not None and across.get(VAL) != "restart" and grid.cells and grid.cells[-1].row == cell.row:
        grid.cells[-1].column_span += cell.column_span
        return grid.cells[-1]
    down = properties.find(_V_MERGE)
    if down is None:
        return None
    above = grid.open_merges.get(cell.column)
    if down.get(VAL) != "restart" and above is not None:
        above.row_span = cell.row - above.row + 1
        return above
    grid.open_merges[cell.column] = cell
    return None


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


def _borders(table: Element, reader: StoryReader) -> dict[str, bool]:
    properties = table.find(TBL_PR)
    styles = reader.shared.styles
    style = styles.style(value_of(properties, w("tblStyle")) or styles.default_table)
    return dict(style.borders) | read_borders(properties, w("tblBorders"))


def _ruled_sides(cell: Element, borders: dict[str, bool], first_row: bool, last_row: bool, first_column: bool) -> int:
    """How many of the four sides of a cell are drawn; the right side as the column before sees it."""
    own = read_borders(cell.find(TC_PR), _TC_BORDERS)
    last_column = cell.getnext() is None
    outer = {
        "top": borders.get("top" if first_row else "insideH", False),
        "bottom": borders.get("bottom" if last_row else "insideH", False),
        "left": borders.get("left" if first_column else "insideV", False),
        "right": borders.get("right" if last_column else "insideV", False),
    }
    return sum((outer | {side: drawn for side, drawn in own.items() if side in outer}).values())
