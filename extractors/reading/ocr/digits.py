"""Cells of one or two digits: the weakest field of every recogniser, read again larger and as digits only."""

import re

import cv2
import numpy as np

from extractors.reading.ocr.engine import LINE, Engine, Gray, Seen
from extractors.reading.ocr.regions import Region

_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,3})*[.,)%]?")
_ALLOWED = "0123456789.,-"
_SURE = 0.93  # a digit read with less is read again
_ACCEPTED = 0.6  # a second reading with less does not replace words
_SHORT = 4  # characters: what is longer is no number gone wrong
_SAME = 12  # pixels: cells that begin so near each other stand in one column
_PAD = 20

CellSeen = tuple[Region, list[Seen]]


def reread_numbers(cells: list[CellSeen], gray: Gray, paper: int, engine: Engine, until: float) -> None:
    """Replace doubtful readings in columns of numbers, in place. «З», «в», «+» under 1, 2 are figures."""
    for column in _columns(cells):
        short = [(region, seen) for region, seen in column if len(_text(seen)) <= _SHORT]
        numbers = sum(bool(_NUMBER.fullmatch(_text(seen))) for _, seen in short)
        if numbers < 2 or numbers * 2 < len(short):
            continue
        for region, seen in short:
            if _doubtful(seen):
                _reread(region, seen, gray, paper, engine, until)


def _columns(cells: list[CellSeen]) -> list[list[CellSeen]]:
    """Cells with ink, those of one table that begin at the same height from the left together."""
    columns: list[list[CellSeen]] = []
    for cell in sorted((c for c in cells if c[1]), key=lambda c: (c[0].table or 0, c[0].x0, c[0].top)):
        last = columns[-1][-1][0] if columns else None
        if last and last.table == cell[0].table and cell[0].x0 - last.x0 <= _SAME:
            columns[-1].append(cell)
        else:
            columns.append([cell])
    return columns


def _text(seen: list[Seen]) -> str:
    return "".join(word.text for word in seen)


def _doubtful(seen: list[Seen]) -> bool:
    return not _NUMBER.fullmatch(_text(seen)) or min(word.confidence for word in seen) < _SURE


def _reread(region: Region, seen: list[Seen], gray: Gray, paper: int, engine: Engine, until: float) -> None:
    x0, x1 = round(min(w.x0 for w in seen)) - 2, round(max(w.x1 for w in seen)) + 2
    part = gray[region.top + 3 : region.bottom - 2, max(x0, region.x0 + 2) : min(x1, region.x1 - 2)]
    rows = np.flatnonzero((part < paper - 60).any(axis=1))
    if not len(rows):
        return
    part = part[rows[0] : rows[-1] + 1]
    larger = cv2.resize(part, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    larger = cv2.copyMakeBorder(larger, _PAD, _PAD, _PAD, _PAD, cv2.BORDER_CONSTANT, value=paper)
    again = engine.read(larger.astype(np.uint8), LINE, dpi=400, only=_ALLOWED, until=until)
    text = _text(again)
    if not _NUMBER.fullmatch(text):
        return
    confidence = min(word.confidence for word in again)
    before = _text(seen)
    if text == before or confidence > (min(w.confidence for w in seen) if _NUMBER.fullmatch(before) else _ACCEPTED):
        first = seen[0]
        kept = max(confidence, min(w.confidence for w in seen)) if text == before else confidence
        seen[:] = [Seen(text, first.x0, first.top, seen[-1].x1, first.bottom, kept, first.size)]


