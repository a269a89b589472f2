"""Ruled lines of a page, found by shape: broken ones mended, crooked ones taken as straight, strokes of letters left alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from extractors.reading.ocr.engine import Gray
from extractors.reading.ocr.pictures import places_of

_INCH = 200  # pixels an inch, to which the lengths below refer
_LONG = 40  # the shortest piece that is taken for a line
_SURE = 120  # no stroke of a letter or a seal is as long
_THICK = 14  # thicker is a black box
_THIN = 9  # the thickest pale line
_PALE = 14  # grey levels between a pale line and the paper: a scanner's noise makes five, along so many pixels
_APART = 4  # pieces of one line may stand so far from it
_GAP = 18  # a break so short is mended
_GAP_OF_LONG = 32  # and one between pieces that no letter is as long as
_BREAK_ACROSS, _BREAK_UPRIGHT = 240, 70  # one in the middle of a cell; tables stand apart from each other, one below the other
_FAR = 150  # a longer break is mended where something of the line is left
_TOUCH = 14  # the ends of a short line
_MEET = 14  # a line that ends so near another reaches it
_BOW = 0.8  # pixels by which a ruled line may be bent
_EDGE = 5  # at a crossing the ink is the other line's
_BESIDE = 9  # no letter stands so near a rule


@dataclass(frozen=True, slots=True)
class Line:
    """A ruled line in pixels: at height ``at`` from ``start`` to ``end`` (an upright one: at ``at`` from the left, from top to bottom)."""

    at: float
    start: float
    end: float
    width: float = 1.0

    @property
    def length(self) -> float:
        """Pixels."""
        return self.end - self.start


@dataclass(slots=True)
class Ruling:
    """Lines that belong to tables, and the pixels they are made of."""

    across: list[Line]
    upright: list[Line]
    pixels: Gray


def find_ruling(gray: Gray, ink: Gray) -> Ruling:
    """Lines that meet other lines: an underline or a dash on its own is text. ``ink`` of the page ``gray`` is 1."""
    black = _long_runs(ink), _long_runs(_on_side(ink))
    pale = _pale_runs(gray), _pale_runs(_on_side(gray))
    flat, steep = black[0] | pale[0], black[1] | pale[1]
    ink = ink | pale[0] | _on_side(pale[1])
    on_side = _on_side(ink)
    across = [line for line in _lines(flat, ink) if not _bends(line, ink)]
    upright = [line for line in _lines(steep, on_side) if not _bends(line, on_side)]
    across, upright = _kept(across, upright)
    across, upright = [_reaching(a, upright) for a in across], [_reaching(u, across) for u in upright]
    across, upright = _mended(across, upright, _BREAK_ACROSS), _mended(upright, across, _BREAK_UPRIGHT)
    upright += list(_in_low_rows(across, upright, on_side))
    upright = [part for line in upright for part in _unlettered(line, across, on_side)]
    pixels = _near(_drawn(black[0], pale[0]), across) | _near(_drawn(black[1], pale[1]), upright).T
    return Ruling(across, upright, np.ascontiguousarray(pixels))


def _on_side(picture: Gray) -> Gray:
    """Columns as rows."""
    return cv2.transpose(picture).astype(np.uint8)


def _pale_runs(gray: Gray) -> Gray:
    """Thin runs as long as a line that are only a little darker than the paper on both sides: too pale to be ink beside letters.

    What is shorter than a line along it is gone before anything is compared, so sharp letters and grain do not count; blurred
    letters run together, but not evenly.
    """
    wavy = cv2.erode(gray, np.ones((2, 1), np.uint8))
    long = cv2.morphologyEx(wavy, cv2.MORPH_CLOSE, np.ones((1, _LONG), np.uint8))
    thin = cv2.morphologyEx(long, cv2.MORPH_BLACKHAT, np.ones((_THIN, 1), np.uint8))
    depth = cv2.subtract(long, wavy)
    runs = ((thin > _PALE) & (depth < cv2.add(thin, np.full_like(thin, _PALE)))).astype(np.uint8)
    return cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, _LONG), np.uint8)).astype(np.uint8)


def _long_runs(ink: Gray) -> Gray:
    """Runs of ink as long as a line, a pixel of waver allowed."""
    wavy = cv2.dilate(ink, np.ones((2, 1), np.uint8))
    runs: Gray = cv2.morphologyEx(wavy, cv2.MORPH_OPEN, np.ones((1, _LONG), np.uint8)).astype(np.uint8)
    return runs


def _lines(runs: Gray, ink: Gray) -> list[Line]:
    """Runs as lines, those on one height joined."""
    pieces = []
    for x, y, w, h, area in _measured(runs):
        bent = w < _SURE and h - area / w > 1.5  # the side of a ring
        if area / w <= _THICK and h <= _THICK + 0.02 * w and not bent:
            pieces.append(Line(y, x, x + w, area / w))
    return _joined(pieces, ink)


def _measured(runs: Gray) -> Iterator[tuple[float, float, float, float, float]]:
    """Of each run its left end, the middle of its height, its width, height and pixels; few pixels are set, so opencv's own way is slow."""
    xs, ys = places_of(runs)
    run = cv2.connectedComponents(runs)[1][ys, xs]
    order = np.argsort(run, kind="stable")
    areas = np.bincount(run)[1:]
    for mine in np.split(order, np.cumsum(areas)[:-1]) if len(areas) else ():
        x0, top = int(xs[mine].min()), int(ys[mine].min())
        yield x0, float(ys[mine].mean()), int(xs[mine].max()) + 1 - x0, int(ys[mine].max()) + 1 - top, len(mine)


def _joined(pieces: list[Line], ink: Gray) -> list[Line]:
    out: list[Line] = []
    for piece in sorted(pieces, key=lambda p: (p.start, p.at)):
        before = [line for line in out if abs(line.at - piece.at) <= _APART and _goes_on(line, piece, ink)]
        if before:
            last = min(before, key=lambda line: (abs(line.at - piece.at), line.start))
            out[out.index(last)] = _union(last, piece)
        else:
            out.append(piece)
    return out


def _union(a: Line, b: Line) -> Line:
    whole = a.length + b.length
    return Line((a.at * a.length + b.at * b.length) / whole, a.start, max(a.end, b.end), max(a.width, b.width))


def _goes_on(line: Line, piece: Line, ink: Gray) -> bool:
    gap = piece.start - line.end
    if gap <= (_GAP_OF_LONG if min(line.length, piece.length) >= 2 * _LONG else _GAP):
        return True
    if gap > _FAR:
        return False
    top = max(round(min(line.at, piece.at)) - 3, 0)
    strip = ink[top : round(max(line.at, piece.at)) + 4, round(line.end) : round(piece.start)]
    return bool(strip.any(axis=0).mean() > 0.85)  # the stem of a «р» in a joined cell fills 0.6 of its height


def _kept(across: list[Line], upright: list[Line]) -> tuple[list[Line], list[Line]]:
    """Take away what meets nothing, until nothing changes."""
    while True:
        a = [line for line in across if _supported(line, upright, across)]
        u = [line for line in upright if _supported(line, a, upright)]
        if len(a) == len(across) and len(u) == len(upright):
            return a, u
        across, upright = a, u


def _supported(line: Line, others: list[Line], fellows: list[Line]) -> bool:
    """A short line is one only where it ends at others: the side of a seal's ring does not, or only nearly, and no line goes on with it."""
    met = [other for other in others if _meets(line, other)]
    if line.length >= _SURE:
        return bool(met)
    goes_on = any(other is not line and abs(other.at - line.at) <= _EDGE for other in fellows)
    near = _TOUCH if goes_on else _TOUCH // 2
    return any(abs(o.at - line.start) <= near for o in met) and any(abs(o.at - line.end) <= near for o in met)


def _meets(line: Line, other: Line) -> bool:
    return line.start - _MEET <= other.at <= line.end + _MEET and other.start - _MEET <= line.at <= other.end + _MEET


def _mended(lines: list[Line], others: list[Line], longest: int) -> list[Line]:
    """Pieces that end in the middle of a cell go on: where a cell is joined, a line ends at another line."""
    out: list[Line] = []
    for line in sorted(lines, key=lambda p: (p.start, p.at)):
        before = [b for b in out if abs(b.at - line.at) <= _APART and -_GAP <= line.start - b.end <= longest]
        last = max(before, key=lambda b: b.end, default=None)
        if last and (_is_free(last.end, last, others) or _is_free(line.start, line, others)):
            out[out.index(last)] = _union(last, line)
        else:
            out.append(line)
    return [_completed(line, others, longest) for line in out]


def _completed(line: Line, others: list[Line], longest: int) -> Line:
    """A long line that ends in the middle of a cell is drawn to the cell's side."""
    if line.length < 2 * _SURE:
        return line
    sides = [o.at for o in others if o.start - _MEET <= line.at <= o.end + _MEET]
    start = max((at for at in sides if 0 < line.start - at <= longest), default=line.start)
    end = min((at for at in sides if 0 < at - line.end <= longest), default=line.end)
    return replace(
        line,
        start=start if _is_free(line.start, line, others) else line.start,
        end=end if _is_free(line.end, line, others) else line.end,
    )


def _is_free(end: float, line: Line, others: list[Line]) -> bool:
    return not any(abs(o.at - end) <= _MEET and o.start - _MEET <= line.at <= o.end + _MEET for o in others)


def _reaching(line: Line, others: list[Line]) -> Line:
    """Both ends drawn to the line they nearly touch."""
    start = _end_at(line.start, line, others)
    end = _end_at(line.end, line, others)
    return replace(line, start=start, end=end) if end > start else line


def _end_at(end: float, line: Line, others: list[Line]) -> float:
    near = [o.at for o in others if abs(o.at - end) <= _MEET and o.start - _MEET <= line.at <= o.end + _MEET]
    return min(near, key=lambda at: (abs(at - end), at)) if near else end


def _bends(line: Line, ink: Gray) -> bool:
    """A short piece whose ends lie on one side of its middle: a seal's ring, where it runs from one rule to the next."""
    if line.length >= _SURE:
        return False
    middle, start, end = round(line.at), round(line.start), round(line.end)
    strip = ink[max(middle - 4, 0) : middle + 5, start:end]
    sixth = max((end - start) // 6, 1)
    centres = [_centre(part) for part in (strip[:, :sixth], strip[:, 2 * sixth : -2 * sixth], strip[:, -sixth:])]
    return abs(centres[1] - (centres[0] + centres[2]) / 2) > _BOW


def _centre(part: Gray) -> float:
    """Mean height of the ink."""
    ys = np.nonzero(part)[0]
    return float(ys.mean()) if len(ys) else part.shape[0] / 2


def _in_low_rows(across: list[Line], upright: list[Line], ink: Gray) -> Iterator[Line]:
    """Lines in rows lower than the shortest piece: where a column of the table has its line, and ink joins rule to rule.

    The header in one line of small type, over a joined row «Сентябрь». ``ink`` is turned.
    """
    found: list[Line] = []
    for x in sorted({line.at for line in upright}):
        met = sorted(line.at for line in across if line.start - _MEET <= x <= line.end + _MEET)
        for top, bottom in pairwise(met):
            taken = any(abs(u.at - x) <= _BESIDE and u.start < bottom - _EDGE and u.end > top + _EDGE for u in upright + found)
            if 2 * _EDGE < bottom - top < _LONG + 2 * _MEET and not taken and (at := _joined_at(x, top, bottom, ink)):
                found.append(Line(at, top, bottom, 3.0))
    yield from found


def _joined_at(x: float, top: float, bottom: float, ink: Gray) -> float | None:
    """Where, near ``x``, ink goes the whole way: no letter does."""
    strip = ink[max(round(x) - _EDGE, 0) : round(x) + _EDGE + 1, round(top) + 3 : round(bottom) - 2] > 0
    filled = [float(strip[y : y + 3].any(axis=0).mean()) for y in range(strip.shape[0] - 2)]
    best = max(range(len(filled)), key=lambda y: filled[y], default=0)
    return max(round(x) - _EDGE, 0) + best + 1.0 if filled and filled[best] > 0.95 else None


def _unlettered(line: Line, across: list[Line], ink: Gray) -> list[Line]:
    """The parts of an upright line between rows that only a letter carries it over: the «р» of «образования» in a joined cell.

    ``ink`` is turned, so that the line runs along its rows.
    """
    met = sorted(a.at for a in across if line.start < a.at < line.end and _meets(a, line))
    ends = [line.start, *met, line.end]
    parts: list[Line] = []
    for start, end in pairwise(ends):
        if _is_stem(line, start, end, ink):
            continue
        if parts and parts[-1].end == start:
            parts[-1] = replace(parts[-1], end=end)
        else:
            parts.append(replace(line, start=start, end=end))
    return parts


def _is_stem(line: Line, start: float, end: float, ink: Gray) -> bool:
    """Paper in the line, and the rest of a letter beside it: no text stands so near a rule."""
    left, right = round(start) + _EDGE, round(end) - _EDGE
    if right - left < _EDGE:
        return False
    middle = round(line.at)
    strip = ink[max(middle - _BESIDE, 0) : middle + _BESIDE + 1, left:right] > 0
    beside = np.delete(strip, range(_BESIDE - 3, min(_BESIDE + 4, strip.shape[0])), axis=0)
    if beside.any(axis=0).mean() <= 0.25:
        return False
    return max(float(strip[y : y + 3].any(axis=0).mean()) for y in range(2, max(strip.shape[0] - 4, 3))) < 0.85


def _drawn(black: Gray, pale: Gray) -> Gray:
    """The pixels of runs, without the pale edges of black ones: «ц» over a rule would lose its tail."""
    return black | cv2.subtract(pale, cv2.dilate(black, np.ones((_THIN, _THIN), np.uint8))).astype(np.uint8)


def _near(runs: Gray, lines: list[Line]) -> Gray:
    """Pixels of ``runs`` that belong to the lines."""
    zone = np.zeros_like(runs)
    for line in lines:
        half = round(line.width / 2) + 4
        zone[max(round(line.at) - half, 0) : round(line.at) + half + 1, max(round(line.start) - 3, 0) : round(line.end) + 4] = 1
    pixels: Gray = zone & runs
    return pixels


def tables_of(ruling: Ruling) -> Iterator[tuple[list[Line], list[Line]]]:
    """Lines that hang together, table by table, top to bottom."""
    lines = [(line, True) for line in ruling.across] + [(line, False) for line in ruling.upright]
    group = list(range(len(lines)))
    for i, (a, a_flat) in enumerate(lines):
        for j in range(i):
            b, b_flat = lines[j]
            if a_flat != b_flat and _meets(a, b) and group[i] != group[j]:
                old, new = group[i], group[j]
                group = [new if g == old else g for g in group]
    found = []
    for g in dict.fromkeys(group):
        mine = [lines[i] for i in range(len(lines)) if group[i] == g]
        found.append(([line for line, flat in mine if flat], [line for line, flat in mine if not flat]))
    yield from sorted((t for t in found if t[0] and t[1]), key=lambda t: min(line.at for line in t[0]))
