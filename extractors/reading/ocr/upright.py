"""Which way up a page lies, and how far it is skewed."""

from functools import cached_property
from statistics import fmean

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.engine import LINE, Engine, Gray
from extractors.reading.ocr.pictures import ink_of, paper_of, pieces_between, places_of

_QUARTERS = {1: cv2.ROTATE_90_CLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_COUNTERCLOCKWISE}
_SURE = 0.8  # mean confidence of lines that are read the right way up
_BEYOND_DOUBT = 0.9
_LIKELY = 0.6  # better than any line read upside down or on its side
_ENOUGH = 15  # letters
_MAX_SKEW = 6.0  # degrees
_SAMPLES = 3
DRAFT = 2
"""Pixels of the page to a pixel of the draft."""
_ENOUGH_INK = 200  # pixels of the draft


def turned(picture: Gray, quarters: int) -> Gray:
    """The picture turned clockwise by quarters of a circle."""
    return cv2.rotate(picture, _QUARTERS[quarters % 4]).astype(np.uint8) if quarters % 4 else picture


def draft_of(gray: Gray) -> Gray:
    """The ink of the page at half its size: enough to see how it lies."""
    return ink_of(cv2.resize(gray, None, fx=1 / DRAFT, fy=1 / DRAFT, interpolation=cv2.INTER_AREA).astype(np.uint8))


def upright(gray: Gray, engine: Engine, until: float | None) -> Gray:
    """The page as it is read: turned by quarters of a circle, and by its skew.

    Letters stand nearer to their neighbours in the line than to the line below, which tells sideways pages; a few lines read in
    either direction tell which way is up. tesseract's own test takes 1.2 s a page and refuses pages with few letters. The skew goes
    first: at two degrees a line five hundred pixels long falls by its own height.
    """
    draft = draft_of(gray)
    poses = [_Pose(turned(gray, quarters), turned(draft, quarters)) for quarters in (0, 1)]
    first = 1 if _pieces(poses[1].letters) < 0.95 * _pieces(poses[0].letters) else 0
    trials: list[tuple[float, int, int]] = []
    for nth, quarters in enumerate((first, first + 2, first + 1, first + 3)):
        pose, flip = poses[quarters % 2], quarters % 4 - quarters % 2
        score = _legible(turned(pose.gray, flip), turned(pose.letters, flip), engine, until)
        if score < 0:
            return poses[0].gray
        trials.append((score, -nth, quarters))
        if score >= _SURE or (nth == 1 and max(trials)[0] > _LIKELY):
            break
    quarters = max(trials)[2]
    return turned(poses[quarters % 2].gray, quarters % 4 - quarters % 2)


class _Pose:
    """The page on its feet or on its side, deskewed as if its lines lay level, and a draft of its letters."""

    def __init__(self, page: Gray, draft: Gray) -> None:
        self._page, self._skew = page, skew_of(draft)
        self.letters = deskewed(pieces_between(draft, 6 // DRAFT, 70 // DRAFT), self._skew)  # no rules, no pictures

    @cached_property
    def gray(self) -> Gray:
        """Deskewed when it is asked for: most pages are read in one pose."""
        return deskewed(self._page, self._skew)


def _pieces(letters: Gray) -> int:
    """Pieces that are left where small gaps along the lines are closed."""
    return int(cv2.connectedComponents(cv2.dilate(letters, np.ones((1, 5), np.uint8)))[0])


def _legible(gray: Gray, letters: Gray, engine: Engine, until: float | None) -> float:
    """Mean confidence of the letters of a few lines; of fewer where they are beyond doubt; -1 where the page has none."""
    boxes = _sample_lines(letters)
    if not boxes:
        return -1.0
    confidences: list[float] = []
    for x, y, w, h in boxes:
        words = engine.read(gray[y : y + h, x : x + w], LINE, until=until)
        confidences += [word.confidence for word in words for _ in word.text]
        if len(confidences) >= _ENOUGH and fmean(confidences) >= _BEYOND_DOUBT:
            break
    return fmean(confidences) if confidences else 0.0


def _sample_lines(letters: Gray) -> list[tuple[int, int, int, int]]:
    """Boxes of lines that are good to read: x, y, width, height in pixels of the page."""
    joined = cv2.dilate(letters, np.ones((1, 13), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    lines = [tuple(int(v) * DRAFT for v in row[:4]) for row in stats[1:] if 14 <= row[3] * DRAFT <= 70 and row[2] > 2.5 * row[3]]
    best = sorted(lines, key=lambda b: (-min(b[2], 500), b[1]))[:_SAMPLES]
    return [(max(x - 4, 0), max(y - 4, 0), min(w, 500) + 8, h + 8) for x, y, w, h in best]


def skew_of(ink: Gray) -> float:
    """Degrees by which lines fall to the right, to five hundredths; 0 where nothing tells."""
    places = places_of(ink)
    if places.shape[1] < _ENOUGH_INK:
        return 0.0
    xs, ys = places[:, :: max(places.shape[1] // 40_000, 1)].astype(np.float32)
    xs -= ink.shape[1] / 2
    best, width = 0.0, _MAX_SKEW
    for fine in (0.5, 0.1, 0.05):
        angles = [best + k * fine for k in range(-round(width / fine), round(width / fine) + 1)]
        best = max(angles, key=lambda a: (_sharpness(xs, ys, a), -abs(a)))
        width = fine
    return best if abs(best) < _MAX_SKEW else 0.0


def _sharpness(xs: NDArray[np.float32], ys: NDArray[np.float32], angle: float) -> float:
    """How sharply rows of ink and rows of paper differ when the page is turned by ``angle`` degrees."""
    rows = (ys - xs * np.float32(np.tan(np.radians(angle)))).round().astype(np.int64)
    profile = np.bincount(rows - rows.min()).astype(np.float64)
    return float((profile**2).sum())


def deskewed(gray: Gray, degrees: float) -> Gray:
    """The page turned back by its skew, same size, paper at the corners."""
    if abs(degrees) < 0.02:
        return gray
    height, width = gray.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    paper = paper_of(gray)
    return cv2.warpAffine(gray, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=paper).astype(
        np.uint8
    )
