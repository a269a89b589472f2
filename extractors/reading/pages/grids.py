"""Ruled tables: from ruled lines to the cells a person sees."""

from dataclasses import dataclass

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from extractors.reading.page import Page, Rule, Word
from schemas.source import BBox

PAD = 5.4  # points between a cell's border and its text in Word and LibreOffice
_SHORTEST = 6.0  # points: no row of a table is lower, no column narrower
SNAP = 3.0  # points: lines closer than this are one
JOIN = 4.0  # points: a gap in a line that is no end
_MEET = 4.0  # points: lines that nearly touch cross


@dataclass(slots=True)
class Grid:
    """Cells of one table on one page: ``xs`` and ``ys`` are its column and row edges in points."""

    cells: list[BBox]
    xs: list[float]
    ys: list[float]
    ruled: bool = True
    head: tuple[str, ...] = ()  # lines of the heading, where white space alone tells the rows

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.ys[-1]

    def holds(self, word: Word) -> bool:
        """The word's middle lies within the grid."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1

    def holds_grid(self, other: "Grid") -> bool:
        """The other one stands in a cell of this one."""
        x0, top, x1, bottom = other.xs[0], other.ys[0], other.xs[-1], other.ys[-1]
        return other is not self and any(c[0] - 1 < x0 and c[1] - 1 < top and x1 < c[2] + 1 and bottom < c[3] + 1 for c in self.cells)

    def place(self, bbox: BBox) -> tuple[int, int, int, int]:
        """Row, column, row span and column span of a cell."""
        column, right = _nearest(self.xs, bbox[0]), _nearest(self.xs, bbox[2])
        row, bottom = _nearest(self.ys, bbox[1]), _nearest(self.ys, bbox[3])
        return row, column, max(bottom - row, 1), max(right - column, 1)


def _nearest(values: list[float], value: float) -> int:
    return min(range(len(values)), key=lambda i: abs(values[i] - value))


def find_grids(page: Page) -> list[Grid]:
    """The ruled tables of a page, top to bottom. A grid of one cell is a frame, not a table."""
    edges = [edge_of(rule) for rule in _closed(page)]
    merged = merge_edges(edges, SNAP, SNAP, JOIN, JOIN)
    merged = [e for e in merged if (e["x1"] - e["x0"]) + (e["bottom"] - e["top"]) > _SHORTEST]
    intersections = edges_to_intersections(merged, _MEET, _MEET)
    tables = cells_to_tables(intersections_to_cells(intersections))
    grids = [grid for cells in tables for grid in _split(_grid(cells)) if len(grid.cells) > 1]
    return sorted(grids, key=lambda g: (g.top, g.xs[0]))


def edge_of(rule: Rule) -> dict[str, object]:
    """A rule as pdfplumber wants its edges."""
    upright = abs(rule.x1 - rule.x0) >= abs(rule.bottom - rule.top)
    y, x = (rule.top + rule.bottom) / 2, (rule.x0 + rule.x1) / 2
    if upright:
        return _line("h", rule.x0, y, rule.x1, y)
    return _line("v", x, rule.top, x, rule.bottom)


def _line(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, object]:
    return {
        "orientation": orientation,
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "object_type": "line",
    }


def _closed(page: Page) -> list[Rule]:
    """The rules, and lines along their ends where a page's edge has swallowed the border, or a table has none around it."""
    upright = [r for r in page.rules if abs(r.bottom - r.top) > abs(r.x1 - r.x0)]
    across = [r for r in page.rules if abs(r.bottom - r.top) <= abs(r.x1 - r.x0)]
    sides = [side for ladder in _ladders_with_uprights(across, upright) for side in _sides(ladder, upright)]
    upright += sides
    rules = page.rules + sides
    for edge in ("top", "bottom"):
        for at in sorted({round(getattr(r, edge)) for r in upright}):
            ends = [r for r in upright if abs(getattr(r, edge) - at) < SNAP]
            x0, x1 = min(r.x0 for r in ends), max(r.x1 for r in ends)
            ruled = any(abs(r.top - at) < 2 * SNAP and r.x0 < x1 - 5 and r.x1 > x0 + 5 for r in across)
            crossed = any(r.top < at - SNAP and r.bottom > at + SNAP for r in upright)
            if len(ends) > 1 and not ruled and not crossed and x1 - x0 > 20:
                rules.append(Rule(x0, at, x1, at))
    return rules


def _ladders_with_uprights(across: list[Rule], upright: list[Rule]) -> list[list[Rule]]:
    """Rules across that begin and end at the same places, one under the other, with upright ones between their ends."""
    ladders: list[list[Rule]] = []
    for rule in sorted(across, key=lambda r: r.top):
        last = ladders[-1][-1] if ladders else None
        if last and abs(last.x0 - rule.x0) < SNAP and abs(last.x1 - rule.x1) < SNAP:
            ladders[-1].append(rule)
        else:
            ladders.append([rule])
    return [ladder for ladder in ladders if len(ladder) > 1 and any(_meets(r, ladder) for r in upright)]


def _meets(upright: Rule, ladder: list[Rule]) -> bool:
    inside = ladder[0].x0 + 2 * SNAP < upright.x0 < ladder[0].x1 - 2 * SNAP
    return inside and upright.top < ladder[-1].top + SNAP and upright.bottom > ladder[0].top - SNAP


def _sides(ladder: list[Rule], upright: list[Rule]) -> list[Rule]:
    """The sides that a ladder lacks, as high as the upright rules that meet it."""
    met = [r for r in upright if _meets(r, ladder)]
    top, bottom = min([ladder[0].top, *(r.top for r in met)]), max([ladder[-1].top, *(r.bottom for r in met)])
    ends = (ladder[0].x0, ladder[0].x1)
    return [
        Rule(x, top, x, bottom) for x in ends if not any(abs(r.x0 - x) < 3 * SNAP and r.top < bottom and r.bottom > top for r in upright)
    ]


def _grid(cells: list[BBox]) -> Grid:
    return Grid(cells, _values([c[0] for c in cells] + [c[2] for c in cells]), _values([c[1] for c in cells] + [c[3] for c in cells]))


def _values(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2:
            out.append(value)
    return out


def _split(grid: Grid) -> list[Grid]:
    """Two tables that touch: where the columns above and below a line have nothing in common but the sides."""
    for y in grid.ys[1:-1]:
        above = [c for c in grid.cells if c[3] <= y + 2]
        below = [c for c in grid.cells if c[1] >= y - 2]
        if len(above) + len(below) < len(grid.cells):
            continue
        left, right = _inner_edges(above, y, 3), _inner_edges(below, y, 1)
        shared = sum(any(abs(a - b) < 2 for b in right) for a in left)
        if min(len(left), len(right)) > 1 and shared <= min(len(left), len(right)) / 2 and max(len(left), len(right)) > 2:
            return [*_split(_grid(above)), *_split(_grid(below))]
    return [grid]


def _inner_edges(cells: list[BBox], y: float, side: int) -> list[float]:
    """Column edges of the row that touches ``y``, without the table's sides."""
    row = [c for c in cells if abs(c[side] - y) < 2]
    return _values([c[0] for c in row])[1:]
