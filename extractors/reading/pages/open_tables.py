"""Tables without any lines: columns that white space alone keeps apart.

Such a table is taken for one only under a row that heads columns («№ п/п   Мероприятие   Срок   Ответственный»):
two-column signatures, lists of dates and justified lines are none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.reading.page import Word
from extractors.reading.pages.grids import Grid
from extractors.reading.pages.lines import Row
from lexicon import load
from schemas.source import BBox

_COLUMN_WORD = re.compile("|".join(load("running")["tables"]["columns"]), re.IGNORECASE)
_GAP = 1.2  # font sizes: white space between two columns is at least so wide
_LEAST_ROWS = 2  # rows under the heads


@dataclass(frozen=True)
class OpenTable:
    """A table found between two rows: ``start`` to ``end`` (exclusive) of the page's rows."""

    start: int
    end: int
    grid: Grid


def find_open_tables(rows: Sequence[Row]) -> list[OpenTable]:
    """Tables without lines among the rows of a page, top to bottom."""
    found: list[OpenTable] = []
    position = 0
    while position < len(rows):
        heads = _chunks(rows[position])
        table = _table_at(rows, position, heads) if _are_heads(heads) else None
        if table:
            found.append(table)
        position = table.end if table else position + 1
    return found


def _chunks(row: Row) -> list[list[Word]]:
    """Words of a row that stand close together."""
    chunks = [[row.words[0]]]
    for before, word in pairwise(row.words):
        if word.x0 - before.x1 > _GAP * row.size:
            chunks.append([])
        chunks[-1].append(word)
    return chunks


def _are_heads(chunks: Sequence[Sequence[Word]]) -> bool:
    texts = [" ".join(w.text for w in chunk) for chunk in chunks]
    return len(chunks) > 2 and sum(bool(_COLUMN_WORD.search(t)) for t in texts) >= 2 and all(len(t) < 60 for t in texts)


def _table_at(rows: Sequence[Row], start: int, heads: Sequence[Sequence[Word]]) -> OpenTable | None:
    end, gutters = start + 1, _gutters(rows[start : start + 1], heads)
    while end < len(rows) and gutters:
        row = rows[end]
        if row.top - rows[end - 1].bottom > 2.2 * row.size:
            break
        narrowed = _gutters(rows[start : end + 1], heads)
        if len(narrowed) < len(heads) - 1:
            break
        gutters, end = narrowed, end + 1
    bands = _bands(rows[start:end], gutters) if len(gutters) == len(heads) - 1 else []
    if len(bands) <= _LEAST_ROWS:
        return None
    return OpenTable(start, end, _grid(rows[start:end], gutters, bands))


def _gutters(rows: Sequence[Row], heads: Sequence[Sequence[Word]]) -> list[tuple[float, float]]:
    """White strips between neighbouring heads that no word of the rows crosses."""
    words = [w for row in rows for w in row.words]
    gutters = []
    for left, right in pairwise(heads):
        low, high = left[0].x0, right[-1].x1
        free = _widest_free([w for w in words if w.x1 > low and w.x0 < high], low, high)
        if free and free[1] - free[0] > 0.5 * rows[0].size:
            gutters.append(free)
    return gutters


def _widest_free(words: Sequence[Word], low: float, high: float) -> tuple[float, float] | None:
    best, reach = None, low
    for word in sorted(words, key=lambda w: w.x0):
        if word.x0 > reach and (best is None or word.x0 - reach > best[1] - best[0]) and reach > low:
            best = (reach, word.x0)
        reach = max(reach, word.x1)
    return best


def _bands(rows: Sequence[Row], gutters: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Rows of the table as ranges of lines: a number in the first column, or white space above, opens a row."""
    limit = gutters[0][0]
    numbers = [i for i, row in enumerate(rows) if re.match(r"^\d+(?:\.\d+)*[.)]?$", row.words[0].text) and row.words[0].x0 <= limit]
    if len(numbers) >= 2:
        starts = [0, *(i for i in numbers if i)]
    else:
        gaps = [b.top - a.bottom for a, b in pairwise(rows)]
        usual = min(gaps, default=0.0)
        starts = [0, *(i + 1 for i, gap in enumerate(gaps) if gap > usual + 0.25 * rows[0].size)]
        if len(starts) <= _LEAST_ROWS:
            starts = [i for i, row in enumerate(rows) if row.words[0].x0 <= limit]
    return [(a, b) for a, b in pairwise([*starts, len(rows)]) if b > a]


def _grid(rows: Sequence[Row], gutters: Sequence[tuple[float, float]], bands: Sequence[tuple[int, int]]) -> Grid:
    left, right = min(r.x0 for r in rows) - 1, max(r.x1 for r in rows) + 1
    xs = [left, *((a + b) / 2 for a, b in gutters), right]
    ys = [rows[0].top - 1, *((rows[a - 1].bottom + rows[a].top) / 2 for a, _ in bands[1:]), rows[-1].bottom + 1]
    cells: list[BBox] = [(x0, top, x1, bottom) for top, bottom in pairwise(ys) for x0, x1 in pairwise(xs)]
    return Grid(cells, xs, ys, ruled=False)
