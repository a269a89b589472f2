"""Columns that white space alone keeps apart: the gutters between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.reading.page import Word

Strip = tuple[float, float]
"""Left and right limit of a strip of the page in points."""

_SPACE = 0.45  # font sizes: white space between words of one column is narrower
_LEAST = 0.55  # font sizes: a gutter is wider, justified lines apart
_CROSSING = 0.45  # share of the bands that may go across all columns: section rows
_AROUND = 2.0  # points: a band whose words keep so near to a gutter's limits leaves it open


@dataclass(frozen=True)
class Columns:
    """Gutters of a table, left to right, and which of its bands go across them."""

    gutters: list[Strip]
    crossing: frozenset[int]

    @property
    def edges(self) -> list[float]:
        """Inner column edges in points: the middles of the gutters."""
        return [(a + b) / 2 for a, b in self.gutters]

    def clear(self, bands: int) -> bool:
        """Few of so many ``bands`` go across, and never the headings."""
        return 0 not in self.crossing and len(self.crossing) <= _CROSSING * bands


def chunks_of(words: Sequence[Word], space: float = _SPACE) -> list[list[Word]]:
    """Words of one or several lines that stand over each other, or closer than ``space`` font sizes; left to right."""
    chunks: list[list[Word]] = []
    reach = 0.0
    for word in sorted(words, key=lambda w: w.x0):
        if not chunks or word.x0 - reach > space * (word.size or 10):
            chunks.append([])
        chunks[-1].append(word)
        reach = max(reach, word.x1) if len(chunks[-1]) > 1 else word.x1
    return chunks


def columns_of(bands: Sequence[Sequence[Word]], heads: Sequence[Strip]) -> Columns | None:
    """The gutters between ``heads`` (what each heading covers): where most bands have white space wider than between words."""
    gutters: list[Strip] = []
    crossing: set[int] = set()
    least = _LEAST * max((w.size or 10 for band in bands for w in band), default=10)
    for (low, left), (right, high) in pairwise(heads):
        free = [[s for s in _free(band, low, high) if s[1] - s[0] > least] for band in bands]
        middles = {(max(a, left) + min(b, right)) / 2 for strips in free for a, b in strips if a < right and b > left}
        gutter = max((_common(free, x) for x in sorted(middles)), key=lambda g: (len(g[1]), g[0][1] - g[0][0]), default=None)
        if gutter is None:
            return None
        gutters.append(gutter[0])
        crossing |= set(range(len(bands))) - gutter[1]
    return Columns(gutters, frozenset(crossing))


def _common(free: Sequence[Sequence[Strip]], x: float) -> tuple[Strip, set[int]]:
    """The strip around ``x`` that is white in all bands that are white there, and those bands."""
    around = {i: next(((a, b) for a, b in strips if a < x < b), None) for i, strips in enumerate(free)}
    found = {i: strip for i, strip in around.items() if strip}
    return (max((a for a, _ in found.values()), default=x), min((b for _, b in found.values()), default=x)), set(found)


def open_at(words: Sequence[Word], edges: Sequence[float]) -> bool:
    """No word stands on one of the column edges."""
    return not any(word.x0 + _AROUND < edge < word.x1 - _AROUND for word in words for edge in edges)


def _free(words: Sequence[Word], low: float, high: float) -> list[Strip]:
    """White strips between ``low`` and ``high`` that no word touches."""
    strips, reach = [], low
    for word in sorted((w for w in words if w.x1 > low and w.x0 < high), key=lambda w: w.x0):
        if word.x0 > reach:
            strips.append((reach, word.x0))
        reach = max(reach, word.x1)
    return [*strips, (reach, high)] if reach < high else strips
