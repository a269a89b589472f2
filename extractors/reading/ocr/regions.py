"""What is read as one piece: a cell of a ruled table, or a stretch of prose between tables."""

from dataclasses import dataclass

import cv2
import numpy as np

from extractors.reading.ocr.engine import Gray
from extractors.reading.ocr.ruling import Ruling, tables_of
from extractors.reading.ocr.strokes import Line

_SMALLEST = 12  # pixels: narrower than a letter


@dataclass(slots=True)
class Region:
    """A rectangle in pixels. ``table`` counts the tables of the page from 0; None for prose."""

    x0: int
    top: int
    x1: int
    bottom: int
    table: int | None = None
    shape: Gray | None = None  # where the region is no rectangle: its pixels as 1


def find_regions(ruling: Ruling, height: int, width: int) -> list[Region]:
    """Cells and prose, top to bottom."""
    cells: list[Region] = []
    frames: list[Region] = []
    for number, (across, upright) in enumerate(tables_of(ruling)):
        frame = _frame(across, upright, height, width)
        frames.append(frame)
        cells += _cells(frame, across, upright, number)
    return [*_prose(frames, height, width), *cells]


def _frame(across: list[Line], upright: list[Line], height: int, width: int) -> Region:
    x0 = min([line.start for line in across] + [line.at for line in upright])
    x1 = max([line.end for line in across] + [line.at for line in upright])
    top = min([line.start for line in upright] + [line.at for line in across])
    bottom = max([line.end for line in upright] + [line.at for line in across])
    return Region(max(round(x0), 0), max(round(top), 0), min(round(x1), width - 1), min(round(bottom), height - 1))


def _cells(frame: Region, across: list[Line], upright: list[Line], table: int) -> list[Region]:
    """Pieces into which the lines cut the table; a broken line that leaves a hole makes one piece of two cells, and nothing is lost."""
    paper = np.ones((frame.bottom - frame.top + 1, frame.x1 - frame.x0 + 1), np.uint8)
    paper[[0, -1], :] = 0
    paper[:, [0, -1]] = 0
    for line in across:
        y = min(max(round(line.at) - frame.top, 0), paper.shape[0] - 1)
        paper[y, max(round(line.start) - frame.x0, 0) : max(round(line.end) - frame.x0, 0) + 1] = 0
    for line in upright:
        x = min(max(round(line.at) - frame.x0, 0), paper.shape[1] - 1)
        paper[max(round(line.start) - frame.top, 0) : max(round(line.end) - frame.top, 0) + 1, x] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    cells = []
    for i in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[i])
        if w < _SMALLEST or h < _SMALLEST:
            continue
        shape = (labels[y : y + h, x : x + w] == i).astype(np.uint8) if area < 0.97 * w * h else None
        cells.append(Region(frame.x0 + x, frame.top + y, frame.x0 + x + w, frame.top + y + h, table, shape))
    return sorted(cells, key=lambda c: (c.top, c.x0))


def _prose(frames: list[Region], height: int, width: int) -> list[Region]:
    """Full-width stretches above, between and below the tables; what stands beside a table is read with a stretch of its own."""
    out: list[Region] = []
    at = 0
    for frame in sorted(frames, key=lambda f: f.top):
        if frame.top > at:
            out.append(Region(0, at, width, frame.top))
        out += [Region(0, max(frame.top, at), frame.x0, frame.bottom), Region(frame.x1 + 1, max(frame.top, at), width, frame.bottom)]
        at = max(at, frame.bottom + 1)
    out.append(Region(0, at, width, height))
    return [r for r in out if r.x1 - r.x0 >= _SMALLEST and r.bottom - r.top >= _SMALLEST]
