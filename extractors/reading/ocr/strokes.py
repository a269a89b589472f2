"""Straight strokes of ink as long as a ruled line: black ones and pale ones, pieces of one line joined."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.reading.ocr.engine import Gray
from extractors.reading.ocr.pictures import places_of

_INCH = 200  # pixels an inch, to which the lengths below refer
LONG = 40  # the shortest piece that is taken for a line
SURE = 120  # no stroke of a letter or a seal is as long
_THICK = 14  # thicker is a black box
_THIN = 9  # the thickest pale line
_PALE = 14  # grey levels between a pale line and the paper: a scanner's noise makes five, along so many pixels
_HALO = 27  # a row is higher than half of it
APART = 4  # pieces of one line may stand so far from it
GAP = 18  # a break so short is mended
_GAP_OF_LONG = 32  # and one between pieces that no letter is as long as
_FAR = 150  # a longer break is mended where something of the line is left
_SEAL = 180  # the side of the largest seal is shorter
_HIGH, _LEAN = 1.5, 0.025  # pixels, and pixels a pixel, by which it is higher than it is thick
_BOW = 0.8  # pixels by which a ruled line may be bent
_SIDE = 16  # pixels beyond its ends, and beside it, where a bent one goes on


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
class Runs:
    """Pixels as 1 that lie in rows as long as a line: of ink, and of pale rules."""

    black: Gray
    pale: Gray

    def drawn(self) -> Gray:
        """Both, without the pale edges of black ones: «ц» over a rule would lose its tail."""
        edges = cv2.dilate(self.black, np.ones((_THIN, _THIN), np.uint8))
        return self.black | cv2.subtract(self.pale, edges).astype(np.uint8)


def runs_of(gray: Gray, ink: Gray) -> Runs:
    """Runs across the page. A pale one beside a black one is its halo: JPEG leaves them eight pixels from every edge."""
    black = _long_runs(ink)
    half = _every_other(black, 0)
    halo = cv2.subtract(_thicker(half, _HALO), _thicker(half, _THIN))
    pale = cv2.subtract(_pale_runs(_lighter_of_pairs(gray)), halo)
    return Runs(black, cv2.resize(pale, gray.shape[::-1], interpolation=cv2.INTER_NEAREST).astype(np.uint8))


def _lighter_of_pairs(picture: Gray) -> Gray:
    """The picture at half its width: a gap of one pixel in a line stays a gap."""
    return cv2.max(_every_other(picture, 0), _every_other(picture, 1)).astype(np.uint8)


def _every_other(picture: Gray, first: int) -> Gray:
    """Half of the columns, as many of the even as of the odd ones."""
    return np.ascontiguousarray(picture[:, first : picture.shape[1] // 2 * 2 : 2])


def _thicker(runs: Gray, height: int) -> Gray:
    return cv2.dilate(runs, np.ones((height, 1), np.uint8)).astype(np.uint8)


def _pale_runs(half: Gray) -> Gray:
    """Thin runs as long as a line that are only a little darker than the paper on both sides: too pale to be ink beside letters.

    What is shorter than a line along it is gone before anything is compared, so sharp letters and grain do not count; blurred
    letters run together, but not evenly. ``half`` is the page at half its width.
    """
    wavy = cv2.erode(half, np.ones((2, 1), np.uint8))
    long = cv2.morphologyEx(wavy, cv2.MORPH_CLOSE, np.ones((1, LONG // 2), np.uint8))
    thin = cv2.morphologyEx(long, cv2.MORPH_BLACKHAT, np.ones((_THIN, 1), np.uint8))
    uneven = cv2.threshold(cv2.subtract(cv2.subtract(long, wavy), thin), _PALE, 1, cv2.THRESH_BINARY)[1]
    pale = cv2.subtract(cv2.threshold(thin, _PALE, 1, cv2.THRESH_BINARY)[1], uneven)
    return cv2.morphologyEx(pale, cv2.MORPH_OPEN, np.ones((1, LONG // 2), np.uint8)).astype(np.uint8)


def _long_runs(ink: Gray) -> Gray:
    """Runs of ink as long as a line, a pixel of waver allowed."""
    wavy = cv2.dilate(ink, np.ones((2, 1), np.uint8))
    runs: Gray = cv2.morphologyEx(wavy, cv2.MORPH_OPEN, np.ones((1, LONG), np.uint8)).astype(np.uint8)
    return runs


def lines_of(runs: Runs, ink: Gray) -> list[Line]:
    """Runs as lines, those on one height joined; ``ink`` with the pale runs in it."""
    pieces, rings = [], []
    for x, y, w, h, area in _measured(runs.black | runs.pale):
        piece = Line(y, x, x + w, area / w)
        if w < _SEAL and h - piece.width > max(_HIGH, _LEAN * w):
            rings.append(piece)
        elif piece.width <= _THICK and h <= _THICK + 0.02 * w:
            pieces.append(piece)
    lines = _joined(pieces, ink)
    rings += [line for line in lines if _bends(line, ink)]
    return [line for line in lines if line not in rings and not any(_is_beside(line, ring) for ring in rings)]


def _is_beside(line: Line, ring: Line) -> bool:
    """The inner ring of a seal beside the outer one."""
    return line.length < SURE and abs(line.at - ring.at) < _SIDE and line.start < ring.end and ring.start < line.end


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
        before = [line for line in out if abs(line.at - piece.at) <= APART and _goes_on(line, piece, ink)]
        if before:
            last = min(before, key=lambda line: (abs(line.at - piece.at), line.start))
            out[out.index(last)] = union(last, piece)
        else:
            out.append(piece)
    return out


def union(a: Line, b: Line) -> Line:
    """One line from the start of ``a`` to the further end."""
    whole = a.length + b.length
    return Line((a.at * a.length + b.at * b.length) / whole, a.start, max(a.end, b.end), max(a.width, b.width))


def _goes_on(line: Line, piece: Line, ink: Gray) -> bool:
    gap = piece.start - line.end
    if gap <= (_GAP_OF_LONG if min(line.length, piece.length) >= 2 * LONG else GAP):
        return True
    if gap > _FAR:
        return False
    top = max(round(min(line.at, piece.at)) - 3, 0)
    strip = ink[top : round(max(line.at, piece.at)) + 4, round(line.end) : round(piece.start)]
    return bool(strip.any(axis=0).mean() > 0.85)  # the stem of a «р» in a joined cell fills 0.6 of its height


def _bends(line: Line, ink: Gray) -> bool:
    """A short piece whose ends lie on one side of its middle: a seal's ring, where it runs from one rule to the next."""
    if line.length >= SURE:
        return False
    middle, start, end = round(line.at), round(line.start), round(line.end)
    strip = ink[max(middle - 4, 0) : middle + 5, start:end]
    sixth = max((end - start) // 6, 1)
    centres = [_centre(part) for part in (strip[:, :sixth], strip[:, 2 * sixth : -2 * sixth], strip[:, -sixth:])]
    return abs(centres[1] - (centres[0] + centres[2]) / 2) > _BOW or _goes_on_bent(
        ink[max(middle - _SIDE, 0) : middle + _SIDE + 1], start, end
    )


def _goes_on_bent(strip: Gray, start: int, end: int) -> bool:
    """Ink goes on beyond both ends, to one side: the rules between which the ring was straight do not end it."""
    beyond = strip[:, max(start - _SIDE, 0) : max(start - 2, 0)], strip[:, end + 2 : end + _SIDE]
    if not all(part.size and part.any(axis=0).mean() > 0.9 for part in beyond):
        return False
    before, after = (_centre(part) - strip.shape[0] // 2 for part in beyond)
    return bool(before * after > 0 and min(abs(before), abs(after)) > 2 * _BOW)


def _centre(part: Gray) -> float:
    """Mean height of the ink."""
    ys = np.nonzero(part)[0]
    return float(ys.mean()) if len(ys) else part.shape[0] / 2
