"""A table's header stands on every page it goes on over: readings of one header settle each other's doubts."""

from collections import defaultdict
from copy import copy
from difflib import SequenceMatcher

from extractors.reading.page import Page, Word
from extractors.reading.pages import Grid, find_grids
from schemas.source import BBox

_SAME_COLUMN = 4.0  # points
_ALIKE = 0.8  # «№ п/п Мероприятие Срок» and «№ п/л Мероприятие Срок»
_DEEPEST = 3  # rows of a header

Row = list[tuple[Page, BBox]]


def settle_headers(pages: list[Page]) -> None:
    """Give all readings of a header the best words, in place: for each cell the reading that is most often and most surely met."""
    groups: list[list[tuple[Page, Grid]]] = []
    for page in pages:
        for grid in find_grids(page):
            group = next((g for g in groups if _same_columns(g[0][1].xs, grid.xs)), None)
            if group is None:
                groups.append([(page, grid)])
            else:
                group.append((page, grid))
    for group in groups:
        for depth in range(_DEEPEST):
            group = _settle([(page, grid) for page, grid in group if depth < len(grid.ys) - 1], depth)


def _same_columns(a: list[float], b: list[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) < _SAME_COLUMN for x, y in zip(a, b, strict=True))


def _settle(group: list[tuple[Page, Grid]], depth: int) -> list[tuple[Page, Grid]]:
    """Settle one row; what comes back are the tables in which it is the header."""
    if len(group) < 2:
        return []
    rows = [_row(page, grid, depth) for page, grid in group]
    first = _row_text(rows[0])
    same = [i for i, row in enumerate(rows) if len(row) == len(rows[0]) and _alike(first, _row_text(row))]
    if len(same) < 2 or len(first) < 5:
        return []
    for column in range(len(rows[0])):
        _settle_cell([rows[i][column] for i in same])
    return [group[i] for i in same]


def _row(page: Page, grid: Grid, depth: int) -> Row:
    cells = [cell for cell in grid.cells if abs(cell[1] - grid.ys[depth]) < 2]
    return [(page, cell) for cell in sorted(cells)]


def _row_text(row: Row) -> str:
    return " ".join(word.text for page, cell in row for word in _words(page, cell))


def _alike(a: str, b: str) -> bool:
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def _words(page: Page, cell: BBox) -> list[Word]:
    x0, top, x1, bottom = cell
    return [w for w in page.words if x0 <= (w.x0 + w.x1) / 2 <= x1 and top <= (w.top + w.bottom) / 2 <= bottom]


def _settle_cell(cells: Row) -> None:
    readings: defaultdict[str, float] = defaultdict(float)
    found = [_words(page, cell) for page, cell in cells]
    for words in found:
        letters = sum(len(word.text) for word in words)
        readings[_text(words)] += sum((word.confidence or 0.0) * len(word.text) for word in words) / letters if letters else 0.0
    if len(readings) < 2:
        return
    best = max(readings, key=lambda text: (readings[text], text))
    source = next(i for i, words in enumerate(found) if _text(words) == best)
    if not all(_alike(best, _text(words)) or len(best) < 8 for words in found):
        return
    for (page, cell), words in zip(cells, found, strict=True):
        if _text(words) != best:
            _replace(page, words, [_moved(word, cells[source][1], cell) for word in found[source]])


def _text(words: list[Word]) -> str:
    return " ".join(word.text for word in words)


def _moved(word: Word, there: BBox, here: BBox) -> Word:
    moved = copy(word)
    right, down = here[0] - there[0], here[1] - there[1]
    moved.x0, moved.x1, moved.top, moved.bottom = word.x0 + right, word.x1 + right, word.top + down, word.bottom + down
    return moved


def _replace(page: Page, old: list[Word], new: list[Word]) -> None:
    gone = {id(word) for word in old}
    page.words = [word for word in page.words if id(word) not in gone] + new
