"""Lists of members without lines: «Белова Анна Ивановна   – начальник отдела, председатель», the post on one line or several."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.reading.page import Word
from extractors.reading.pages.grids import Grid
from extractors.reading.pages.gutters import open_at
from extractors.reading.pages.lines import Row
from schemas.source import BBox

_FIRST, _INITIALS = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?", r"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?"
_NAME = re.compile(rf"{_FIRST}(?:\s|$)|{_INITIALS}{_FIRST}|[А-ЯЁ]{{3,}}")  # «Белова Анна», «А.А. Белова», «БЕЛОВА»
_DASH = re.compile(r"[-–—](?=\s|$|[а-яё])")
_GAP = 1.0  # font sizes: white space before the dash is wider
_SAME = 3.0  # points: dashes of one list stand so exactly under each other
_NEAR = 2.5  # font sizes: white space between two lines of the list
_CLOSE = 0.6  # font sizes: white space between two lines of one member
_FEWEST = 2  # members


def members_end(rows: Sequence[Row], start: int) -> tuple[int, float | None]:
    """Index after the list that begins at ``start``, and where its second column begins in points; ``(start, None)`` where none does."""
    edge = _dash_at(rows[start])
    if edge is None:
        return start, None
    end = start + 1
    while (
        end < len(rows) and rows[end].top - rows[end - 1].bottom < _NEAR * rows[end].size and _keeps_apart(rows[end], rows[end - 1], edge)
    ):
        end += 1
    firsts = [i for i in range(start, end) if _opens(rows[i], edge)]
    while end > firsts[-1] + 1 and not _goes_on(rows[end - 1], rows[end - 2], edge):
        end -= 1
    named = sum(bool(_NAME.match(_left(rows[i], edge))) for i in firsts)
    return (end, edge) if len(firsts) >= _FEWEST and named == len(firsts) else (start, None)


def members_grid(rows: Sequence[Row], edge: float) -> Grid:
    """The grid of such a list: a row for each dash, a line that ends in a colon («Члены комиссии:») over both columns."""
    starts = [i for i, row in enumerate(rows) if _opens(row, edge) or _heads(row, edge) or (i and _heads(rows[i - 1], edge))]
    left, right = min(r.x0 for r in rows) - 1, max(r.x1 for r in rows) + 1
    ys = [rows[0].top - 1, *((rows[i - 1].bottom + rows[i].top) / 2 for i in starts[1:]), rows[-1].bottom + 1]
    cells: list[BBox] = []
    for start, (top, bottom) in zip(starts, pairwise(ys), strict=True):
        xs = [left, right] if _heads(rows[start], edge) else [left, edge - 1, right]
        cells += [(x0, top, x1, bottom) for x0, x1 in pairwise(xs)]
    return Grid(cells, [left, edge - 1, right], ys, ruled=False)


def _dash_at(row: Row) -> float | None:
    """Where the dash stands that opens the second column."""
    return next((b.x0 for a, b in pairwise(row.words) if _DASH.match(b.text) and b.x0 - a.x1 > _GAP * row.size), None)


def _opens(row: Row, edge: float) -> bool:
    at = _dash_at(row)
    return at is not None and abs(at - edge) < _SAME


def _keeps_apart(row: Row, above: Row, edge: float) -> bool:
    """A member, one side alone, or both sides going on close under the line above; text that no dash parts is none of them."""
    if row.top - above.bottom > _NEAR * row.size:
        return False
    if _opens(row, edge):
        return True
    both = bool(_left(row, edge)) and row.words[-1].x0 >= edge - _SAME
    return open_at(row.words, [edge]) and (not both or row.top - above.bottom < _CLOSE * row.size)


def _goes_on(row: Row, above: Row, edge: float) -> bool:
    """The last line: at the right of the edge, or what is left of a name («Анна Ивановна»), close under the line above."""
    if _opens(row, edge):
        return True
    close = row.top - above.bottom < _CLOSE * row.size
    return close and (row.x0 >= edge - _SAME or bool(re.fullmatch(r"(?:[А-ЯЁ][а-яё]+\s?){1,2}", row.text)))


def _heads(row: Row, edge: float) -> bool:
    return row.text.endswith(":") and not _opens(row, edge) and row.x0 < edge - _SAME


def _left(row: Row, edge: float) -> str:
    words: list[Word] = [w for w in row.words if w.x0 < edge - _SAME]
    return " ".join(w.text for w in words)
