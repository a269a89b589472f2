"""Tables ruled across only: rules tell the rows, white space the columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pdfplumber.table import merge_edges

from extractors.reading.page import Page, Word
from extractors.reading.pages.grids import JOIN, SNAP, Grid, edge_of
from extractors.reading.pages.gutters import Columns, chunks_of, columns_of, open_at
from extractors.reading.pages.open_tables import heads_table
from schemas.source import BBox

_ALIKE = 4.0  # points: rules of one table begin and end at the same place
_RUNGS = 3
_SHORTEST = 100.0  # points: nothing shorter rules a whole table
_OPEN = 0.5  # share of the rows of a continuation that keep to the columns of the page before


@dataclass(frozen=True)
class _Ladder:
    x0: float
    x1: float
    ys: list[float]


def find_ladders(page: Page, grids: Sequence[Grid], before: Grid | None) -> list[Grid]:
    """Tables of a page that are ruled across only; ``before`` is the last such table of the page before, whose columns may go on."""
    found = []
    words = [w for w in page.words if not w.hidden]
    for ladder in _ladders(page, grids):
        bands = [_band(words, ladder, top, bottom) for top, bottom in pairwise(ladder.ys)]
        if not all(bands):
            continue
        grid = _going_on(ladder, bands, before) or _headed(ladder, bands)
        if grid:
            found.append(grid)
    return found


def _ladders(page: Page, grids: Sequence[Grid]) -> list[_Ladder]:
    edges = merge_edges([edge_of(rule) for rule in page.rules], SNAP, SNAP, JOIN, JOIN)
    across = sorted((e for e in edges if e["orientation"] == "h" and e["x1"] - e["x0"] > _SHORTEST), key=lambda e: e["top"])
    across = [e for e in across if not any(g.top - SNAP < e["top"] < g.bottom + SNAP for g in grids)]
    ladders: list[_Ladder] = []
    for edge in across:
        last = ladders[-1] if ladders else None
        if last and abs(last.x0 - edge["x0"]) < _ALIKE and abs(last.x1 - edge["x1"]) < _ALIKE:
            last.ys.append(edge["top"])
        else:
            ladders.append(_Ladder(edge["x0"], edge["x1"], [edge["top"]]))
    return [ladder for ladder in ladders if len(ladder.ys) >= _RUNGS]


def _band(words: Sequence[Word], ladder: _Ladder, top: float, bottom: float) -> list[Word]:
    return [w for w in words if top < (w.top + w.bottom) / 2 < bottom and ladder.x0 - 1 < (w.x0 + w.x1) / 2 < ladder.x1 + 1]


def _going_on(ladder: _Ladder, bands: Sequence[Sequence[Word]], before: Grid | None) -> Grid | None:
    if before is None or abs(before.xs[0] - ladder.x0) > _ALIKE or abs(before.xs[-1] - ladder.x1) > _ALIKE:
        return None
    crossing = frozenset(i for i, band in enumerate(bands) if not open_at(band, before.xs[1:-1]))
    return _grid(ladder, before.xs[1:-1], crossing) if len(crossing) <= _OPEN * len(bands) else None


def _headed(ladder: _Ladder, bands: Sequence[Sequence[Word]]) -> Grid | None:
    chunks = chunks_of(bands[0])
    if not heads_table(chunks):
        return None
    heads = [(chunk[0].x0, max(w.x1 for w in chunk)) for chunk in chunks]
    columns: Columns | None = columns_of(bands, heads)
    return _grid(ladder, columns.edges, columns.crossing) if columns and columns.clear(len(bands)) else None


def _grid(ladder: _Ladder, inner: Sequence[float], crossing: frozenset[int]) -> Grid:
    xs = [ladder.x0, *inner, ladder.x1]
    cells: list[BBox] = []
    for index, (top, bottom) in enumerate(pairwise(ladder.ys)):
        sides = pairwise([xs[0], xs[-1]] if index in crossing else xs)
        cells += [(x0, top, x1, bottom) for x0, x1 in sides]
    return Grid(cells, xs, ladder.ys, ruled=False)
