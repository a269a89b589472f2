"""Blocks of text set beside each other: «СОГЛАСОВАНО … | УТВЕРЖДАЮ …», a letterhead beside a corner."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.reading.page import Word
from extractors.reading.pages.lines import TAB, Row

_NAME = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]?\.?\s?[А-ЯЁ]?[а-яё]*$|[А-ЯЁ][а-яё]+\s[А-ЯЁ]\.\s?[А-ЯЁ]?\.?$")
_LEAST, _SPLIT = 3, 2  # lines that blocks beside each other have, and those of them with text in two blocks
_ALIGNED = 2.0  # points: lines of one block begin so near to each other
_NEAR = 2.5  # font sizes: white space between two lines of one block

Strip = tuple[float, float]
"""Left and right limit of white space in points."""


class Segment(list[Row]):
    """Rows that are read together; ``side``: 0 across the page, 1 in a left block, 2 and more to its right; ``last``: the rightmost."""

    def __init__(self, rows: Sequence[Row] = (), side: int = 0, last: bool = False) -> None:
        super().__init__(rows)
        self.side = side
        self.last = last


def split_columns(rows: Sequence[Row]) -> list[Segment]:
    """Rows in reading order: where blocks stand side by side, the left one whole, then those to its right."""
    segments: list[Segment] = []
    position = 0
    while position < len(rows):
        end, gutters = _beside(rows, position)
        if gutters:
            above = _corner_above(segments, rows[position], gutters[-1])
            blocks = _blocks([*above, *rows[position:end]], gutters)
            segments += [Segment(block, side, side == len(blocks)) for side, block in enumerate(blocks, 1) if block]
            position = end
            continue
        if not segments or segments[-1].side:
            segments.append(Segment())
        segments[-1].append(rows[position])
        position += 1
    return segments


def _corner_above(segments: Sequence[Segment], first: Row, gutter: float) -> list[Row]:
    """«Приложение» over «План мероприятий   к приказу …»: lines of the right block above the left one, taken from the text before."""
    above: list[Row] = []
    text = segments[-1] if segments and not segments[-1].side else Segment()
    x0 = next(w.x0 for w in first.words if w.x0 >= gutter)
    while text and abs(text[-1].x0 - x0) < _ALIGNED and (above or [first])[0].top - text[-1].bottom < text[-1].size:
        above.insert(0, text.pop())
    return above


def _beside(rows: Sequence[Row], start: int) -> tuple[int, list[float]]:
    """End of the blocks side by side that begin at ``start``, and the middles of the gutters between them, left to right."""
    gutters = _gaps(rows[start])
    if not gutters:
        return start, []
    end = start
    while end < len(rows) and (end == start or rows[end].top - rows[end - 1].bottom < _NEAR * rows[end].size):
        narrowed = [common for gutter in gutters if (common := _common(gutter, rows[end]))]
        if not narrowed or (end > start and _stands_between(rows[end], rows[end - 1], narrowed)):
            break
        gutters = narrowed
        end += 1
    middles = [(low + high) / 2 for low, high in gutters]
    return (end, middles) if _are_blocks(rows[start:end], middles) else (start, [])


def _stands_between(row: Row, above: Row, gutters: Sequence[Strip]) -> bool:
    """«ПЛАН» in the middle of the page, white space above it: the title under three blocks, not the second of them."""
    inner = gutters[0][0] < row.x0 and row.x1 < gutters[-1][1]
    return len(gutters) > 1 and inner and row.top - above.bottom > 0.9 * row.size


def _common(gutter: Strip, row: Row) -> Strip | None:
    """What a gutter and the white space of a row share, as wide as a letter at least; the page beside the row is white too."""
    if row.x0 >= gutter[1] - 1 or row.x1 <= gutter[0] + 1:
        return gutter
    shared = [(max(gutter[0], low), min(gutter[1], high)) for low, high in _gaps(row, least=1.0)]
    low, high = max(shared, key=lambda s: s[1] - s[0], default=(0.0, 0.0))
    return (low, high) if high - low > row.size else None


def _are_blocks(rows: Sequence[Row], gutters: Sequence[float]) -> bool:
    """Lines enough, and no column of names at the right: «Директор   А.А. Белова» is one line of a signature."""
    cells = [[_text(words) for words in _dealt(row, gutters)] for row in rows]
    split = [texts for texts in cells if sum(map(bool, texts)) > 1]
    beside = [texts for texts in cells if not texts[0] or texts in split]
    named = sum(bool(_NAME.search(texts[-1])) for texts in split)
    return len(split) >= _SPLIT and len(beside) >= _LEAST and named * 2 < len(split)


def _gaps(row: Row, least: float = TAB) -> list[Strip]:
    """The gaps of a row that are wider than ``least`` font sizes: as wide as a tab stop."""
    return [(a.x1, b.x0) for a, b in pairwise(row.words) if b.x0 - a.x1 > least * row.size]


def _dealt(row: Row, gutters: Sequence[float]) -> list[list[Word]]:
    """The words of a row between the gutters."""
    limits = [-math.inf, *gutters, math.inf]
    return [[w for w in row.words if low <= w.x0 < high] for low, high in pairwise(limits)]


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _blocks(rows: Sequence[Row], gutters: Sequence[float]) -> list[list[Row]]:
    parted = [_dealt(row, gutters) for row in rows]
    return [[Row(words[side]) for words in parted if words[side]] for side in range(len(gutters) + 1)]
