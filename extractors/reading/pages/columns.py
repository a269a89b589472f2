"""Blocks of text set beside each other: «СОГЛАСОВАНО … | УТВЕРЖДАЮ …», a letterhead beside a corner."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.reading.pages.lines import TAB, Row

_NAME = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]?\.?\s?[А-ЯЁ]?[а-яё]*$|[А-ЯЁ][а-яё]+\s[А-ЯЁ]\.\s?[А-ЯЁ]?\.?$")
_LEAST = 3  # lines that blocks beside each other have


class Segment(list[Row]):
    """Rows that are read together; ``side`` is 0 across the page, 1 in a left block, 2 in a right block."""

    def __init__(self, rows: Sequence[Row] = (), side: int = 0) -> None:
        super().__init__(rows)
        self.side = side


def split_columns(rows: Sequence[Row]) -> list[Segment]:
    """Rows in reading order: where blocks stand side by side, the left one whole, then the right one."""
    segments: list[Segment] = []
    position = 0
    while position < len(rows):
        end, gutter = _beside(rows, position)
        if gutter is not None:
            left, right = _halves(rows[position:end], gutter)
            segments += [Segment(left, 1), Segment(right, 2)]
            position = end
            continue
        if not segments or segments[-1].side:
            segments.append(Segment())
        segments[-1].append(rows[position])
        position += 1
    return segments


def _beside(rows: Sequence[Row], start: int) -> tuple[int, float | None]:
    """End of the blocks side by side that begin at ``start``, and the gutter between them."""
    gap = _gap(rows[start])
    if gap is None:
        return start, None
    low, high = gap
    end, split, right_only = start, 0, 0
    while end < len(rows) and (end == start or rows[end].top - rows[end - 1].bottom < 2.5 * rows[end].size):
        row, own = rows[end], _gap(rows[end])
        if own is not None:
            if max(low, own[0]) >= min(high, own[1]) - row.size:
                break
            low, high = max(low, own[0]), min(high, own[1])
            split += 1
        elif row.x0 >= high - 1:
            right_only += 1
        elif row.x1 > low + 1:
            break
        end += 1
    block = rows[start:end]
    named = sum(bool(_NAME.search(_halves([row], (low + high) / 2)[1][0].text)) for row in block if _gap(row))
    if split < 2 or split + right_only < _LEAST or named * 2 >= split:
        return start, None
    return end, (low + high) / 2


def _gap(row: Row) -> tuple[float, float] | None:
    """The widest gap of a row that is as wide as a tab stop."""
    gaps = [(a.x1, b.x0) for a, b in pairwise(row.words) if b.x0 - a.x1 > TAB * row.size]
    return max(gaps, key=lambda g: g[1] - g[0]) if gaps else None


def _halves(rows: Sequence[Row], gutter: float) -> tuple[list[Row], list[Row]]:
    left = [Row([w for w in row.words if w.x0 < gutter]) for row in rows]
    right = [Row([w for w in row.words if w.x0 >= gutter]) for row in rows]
    return [r for r in left if r.words], [r for r in right if r.words]
