"""Which way up a page lies, and how far it is skewed."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.engine import LINE, Engine, Gray
from extractors.reading.ocr.pictures import paper_of

_QUARTERS = {1: cv2.ROTATE_90_CLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_COUNTERCLOCKWISE}
_SURE = 0.8  # mean confidence of lines that are read the right way up
_MAX_SKEW = 6.0  # degrees
_SAMPLES = 3


def turned(picture: Gray, quarters: int) -> Gray:
    """The picture turned clockwise by quarters of a circle."""
    return cv2.rotate(picture, _QUARTERS[quarters % 4]).astype(np.uint8) if quarters % 4 else picture


def quarters_to_turn(gray: Gray, ink: Gray, engine: Engine, until: float | None) -> int:
    """By how many quarters clockwise the page must be turned to be read.

    Letters stand nearer to their neighbours in the line than to the line below, which tells sideways pages; a few lines read in
    either direction tell which way is up. tesseract's own test takes 1.2 s a page and refuses pages with few letters.
    """
    first = _lies_sideways(ink)
    trials: list[tuple[float, int]] = []
    for quarters in (first, first + 2, first + 1, first + 3):
        score = _legible(turned(gray, quarters), turned(ink, quarters), engine, until)
        if score >= _SURE or score < 0:
            return quarters % 4 if score >= 0 else 0
        trials.append((score, -len(trials)))
        if len(trials) == 2 and max(trials)[0] > 0.6:
            break
    order = (first, first + 2, first + 1, first + 3)
    return order[-max(trials)[1]] % 4


def _lies_sideways(ink: Gray) -> int:
    """1 where closing small gaps upright makes fewer pieces than closing them across."""
    small = _letters(ink)
    across = cv2.connectedComponents(cv2.dilate(small, np.ones((1, 9), np.uint8)))[0]
    upright = cv2.connectedComponents(cv2.dilate(small, np.ones((9, 1), np.uint8)))[0]
    return 1 if upright < 0.95 * across else 0


def _letters(ink: Gray) -> Gray:
    """Ink of the size of letters: no rules, no pictures."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    keep = (np.maximum(wide, high) <= 70) & (np.maximum(wide, high) >= 6)
    keep[0] = False
    letters: Gray = keep[labels].astype(np.uint8)
    return letters


def _legible(gray: Gray, ink: Gray, engine: Engine, until: float | None) -> float:
    """Mean confidence of a few lines; -1 where the page has none."""
    boxes = _sample_lines(ink)
    if not boxes:
        return -1.0
    words = [word for x, y, w, h in boxes for word in engine.read(gray[y : y + h, x : x + w], LINE, until=until)]
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _sample_lines(ink: Gray) -> list[tuple[int, int, int, int]]:
    """Boxes of lines that are good to read: x, y, width, height."""
    joined = cv2.dilate(_letters(ink), np.ones((1, 25), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    lines = [tuple(int(v) for v in row[:4]) for row in stats[1:] if 14 <= row[3] <= 70 and row[2] > 2.5 * row[3]]
    best = sorted(lines, key=lambda b: (-min(b[2], 500), b[1]))[:_SAMPLES]
    return [(max(x - 4, 0), max(y - 4, 0), min(w, 500) + 8, h + 8) for x, y, w, h in best]


def skew_of(ink: Gray) -> float:
    """Degrees by which lines fall to the right, to five hundredths; 0 where nothing tells."""
    found = np.nonzero(ink)
    if len(found[0]) < 500:
        return 0.0
    step = max(len(found[0]) // 60_000, 1)
    ys, xs = (axis[::step].astype(np.float32) for axis in found)
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
