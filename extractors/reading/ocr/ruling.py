"""Ruled lines of a page, found by shape: broken ones mended, crooked ones taken as straight, strokes of letters left alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from extractors.reading.ocr.engine import Gray
from extractors.reading.ocr.strokes import APART, GAP, LONG, SURE, Line, lines_of, runs_of, union

_BREAK_ACROSS, _BREAK_UPRIGHT = 240, 70  # one in the middle of a cell; tables stand apart from each other, one below the other
_TOUCH = 14  # the ends of a short line
_MEET = 14  # a line that ends so near another reaches it
_EDGE = 5  # at a crossing the ink is the other line's
_SOME = 0.3  # of the lines: where so many end there is a side of the table
_BESIDE = 9  # no letter stands so near a rule


@dataclass(slots=True)
class Ruling:
    """Lines that belong to tables, and the pixels they are made of."""

    across: list[Line]
    upright: list[Line]
    pixels: Gray


def find_ruling(gray: Gray, ink: Gray) -> Ruling:
    """Lines that meet other lines: an underline or a dash on its own is text. ``ink`` of the page ``gray`` is 1."""
    flat, steep = runs_of(gray, ink), runs_of(_on_side(gray), _on_side(ink))
    ink = ink | flat.pale | _on_side(steep.pale)
    on_side = _on_side(ink)
    pieces = lines_of(flat, ink), lines_of(steep, on_side)
    across, upright = _kept(*pieces)
    loose = [piece for piece in pieces[0] if piece not in across], [piece for piece in pieces[1] if piece not in upright]
    across, upright = [_reaching(a, upright) for a in across], [_reaching(u, across) for u in upright]
    across, upright = _mended(across, loose[0], upright, _BREAK_ACROSS), _mended(upright, loose[1], across, _BREAK_UPRIGHT)
    across = [line for line in (_ending(line, across, upright) for line in across) if line.length > _MEET]
    upright += list(_in_low_rows(across, upright, on_side))
    upright = [part for line in upright for part in _parts(line, across, upright, on_side)]
    pixels = _near(flat.drawn(), across) | _near(steep.drawn(), upright).T
    return Ruling(across, upright, np.ascontiguousarray(pixels))


def _on_side(picture: Gray) -> Gray:
    """Columns as rows."""
    return cv2.transpose(picture).astype(np.uint8)


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
    if line.length >= SURE:
        return bool(met)
    goes_on = any(other is not line and abs(other.at - line.at) <= _EDGE for other in fellows)
    near = _TOUCH if goes_on else _TOUCH // 2
    return any(abs(o.at - line.start) <= near for o in met) and any(abs(o.at - line.end) <= near for o in met)


def _meets(line: Line, other: Line) -> bool:
    return line.start - _MEET <= other.at <= line.end + _MEET and other.start - _MEET <= line.at <= other.end + _MEET


def _mended(lines: list[Line], loose: list[Line], others: list[Line], longest: int) -> list[Line]:
    """Pieces that end in the middle of a cell go on: where a cell is joined, a line ends at another line.

    ``loose`` pieces, which meet nothing, are parts of a line or nothing: two dashes in one row of text are no line.
    """
    out: list[Line] = []
    for line in sorted((_grown(line, loose, others, longest) for line in lines), key=lambda p: (p.start, p.at)):
        before = [b for b in out if abs(b.at - line.at) <= APART and line.start - b.end <= longest]
        last = max(before, key=lambda b: b.end, default=None)
        if last and (_is_free(last.end, last, others) or _is_free(line.start, line, others)):
            out[out.index(last)] = union(last, line)
        else:
            out.append(line)
    return [_completed(line, others, longest) for line in out]


def _grown(line: Line, loose: list[Line], others: list[Line], longest: int) -> Line:
    """The line with the loose pieces that lie on it beyond its free ends, from the nearest on."""
    level = [piece for piece in loose if abs(piece.at - line.at) <= APART]
    for piece in sorted(level, key=lambda p: p.start):
        if -GAP <= piece.start - line.end <= longest and _is_free(line.end, line, others):
            line = union(line, piece)
    for piece in sorted(level, key=lambda p: -p.end):
        if -GAP <= line.start - piece.end <= longest and _is_free(line.start, line, others):
            line = union(piece, line)
    return line


def _completed(line: Line, others: list[Line], longest: int) -> Line:
    """A long line that ends in the middle of a cell is drawn to the cell's side."""
    if line.length < 2 * SURE:
        return line
    sides = [o.at for o in others if o.start - _MEET <= line.at <= o.end + _MEET]
    start = max((at for at in sides if 0 < line.start - at <= longest), default=line.start)
    end = min((at for at in sides if 0 < at - line.end <= longest), default=line.end)
    return replace(
        line,
        start=start if _is_free(line.start, line, others) else line.start,
        end=end if _is_free(line.end, line, others) else line.end,
    )


def _ending(line: Line, fellows: list[Line], others: list[Line]) -> Line:
    """Cut where many lines of the table end: what goes on beyond the table's side shines through from the page's back."""
    sides = [o for o in others if _meets(line, o)]
    if not sides:
        return line
    left, right = min(sides, key=lambda o: o.at), max(sides, key=lambda o: o.at)
    at_left = [abs(f.start - left.at) <= _MEET for f in fellows if _meets(f, left)]
    at_right = [abs(f.end - right.at) <= _MEET for f in fellows if _meets(f, right)]
    start = max(line.start, left.at) if sum(at_left) > _SOME * len(at_left) else line.start
    end = min(line.end, right.at) if sum(at_right) > _SOME * len(at_right) else line.end
    return replace(line, start=start, end=end)


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


def _in_low_rows(across: list[Line], upright: list[Line], ink: Gray) -> Iterator[Line]:
    """Lines in rows lower than the shortest piece: where a column of the table has its line, and ink joins rule to rule.

    The header in one line of small type, over a joined row «Сентябрь». ``ink`` is turned.
    """
    found: list[Line] = []
    for x in sorted({line.at for line in upright}):
        met = sorted(line.at for line in across if line.start - _MEET <= x <= line.end + _MEET)
        for top, bottom in pairwise(met):
            taken = any(abs(u.at - x) <= _BESIDE and u.start < bottom - _EDGE and u.end > top + _EDGE for u in upright + found)
            if 2 * _EDGE < bottom - top < LONG + 2 * _MEET and not taken and (at := _joined_at(x, top, bottom, ink)):
                found.append(Line(at, top, bottom, 3.0))
    yield from found


def _joined_at(x: float, top: float, bottom: float, ink: Gray) -> float | None:
    """Where, near ``x``, ink goes the whole way: no letter does."""
    strip = ink[max(round(x) - _EDGE, 0) : round(x) + _EDGE + 1, round(top) + 3 : round(bottom) - 2] > 0
    filled = [float(strip[y : y + 3].any(axis=0).mean()) for y in range(strip.shape[0] - 2)]
    best = max(range(len(filled)), key=lambda y: filled[y], default=0)
    return max(round(x) - _EDGE, 0) + best + 1.0 if filled and filled[best] > 0.95 else None


def _parts(line: Line, across: list[Line], upright: list[Line], ink: Gray) -> list[Line]:
    """An upright line without what only a letter or a seal carries it over: a «р» in a joined cell, a ring between two tables.

    ``ink`` is turned, so that the line runs along its rows.
    """
    met = sorted((a for a in across if line.start < a.at < line.end and _meets(a, line)), key=lambda a: a.at)
    ends = [line.start, *(a.at for a in met), line.end]
    apart = {a.at for a, b in pairwise(met) if _are_apart(a, b, line, upright)}
    parts: list[Line] = []
    for start, end in pairwise(ends):
        if start in apart or _is_stem(line, start, end, ink):
            continue
        if parts and parts[-1].end == start:
            parts[-1] = replace(parts[-1], end=end)
        else:
            parts.append(replace(line, start=start, end=end))
    return parts


def _are_apart(above: Line, below: Line, line: Line, upright: list[Line]) -> bool:
    """The last rule of a table and the first of the next: both have sides, and between them there is none."""
    ends = (above.start, above.end)
    sides = [u for u in upright if u is not line and any(abs(u.at - end) <= _MEET for end in ends)]
    before = any(u.start < above.at - _MEET and u.end > above.at - _MEET for u in sides)
    after = any(u.start < below.at + _MEET and u.end > below.at + _MEET for u in sides)
    middle = (above.at + below.at) / 2
    return before and after and not any(u.start < middle < u.end for u in sides)


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
