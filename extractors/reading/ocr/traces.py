"""Traces of the scanner: black margins and punch holes painted as paper, dithered and speckled pages smoothed."""

import cv2
import numpy as np

from extractors.reading.ocr.engine import Gray
from extractors.reading.ocr.pictures import painted, paper_of, without_specks

_BLACK = 0.4  # of the paper's grey: the open lid, and the hole in the sheet
_SOLID = 13  # pixels: no stroke of a letter and no rule is as thick
_HOLE = 20, 90  # pixels across
_ROUND = 0.7  # of its box that a hole fills: a circle fills 0.785
_HALO = 9  # pixels of half-dark edge around a blot
_SPECKLED = 0.003  # of the page: dirt makes a tenth of it, dithering ten times as much


def without_traces(gray: Gray) -> Gray:
    """The page as it would come from a better scanner."""
    return without_blots(smoothed(gray))


def without_blots(gray: Gray) -> Gray:
    """Thick black that touches the edge of the picture, and round black as large as a punch hole, painted as paper."""
    paper = paper_of(gray)
    dark = cv2.threshold(gray, _BLACK * paper, 1, cv2.THRESH_BINARY_INV)[1].astype(np.uint8)
    framed = cv2.copyMakeBorder(dark, _SOLID, _SOLID, _SOLID, _SOLID, cv2.BORDER_REPLICATE)
    solid = cv2.morphologyEx(framed, cv2.MORPH_OPEN, np.ones((_SOLID, _SOLID), np.uint8))[_SOLID:-_SOLID, _SOLID:-_SOLID]
    if not cv2.countNonZero(solid):
        return gray
    _, labels, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(solid))
    gone = np.array([False, *(_is_blot(*map(int, row), *gray.shape) for row in stats[1:])], dtype=np.uint8)
    return painted(gray, cv2.dilate(gone[labels], np.ones((_HALO, _HALO), np.uint8)).astype(np.uint8), paper)


def _is_blot(x: int, y: int, w: int, h: int, area: int, height: int, width: int) -> bool:
    at_edge = x == 0 or y == 0 or x + w == width or y + h == height
    least, most = _HOLE
    return at_edge or (least <= min(w, h) and max(w, h) <= most and 0.8 < w / h < 1.25 and area > _ROUND * w * h)


def smoothed(gray: Gray) -> Gray:
    """A page whose greys are dots of black and white, its dots run together; any other page as it is."""
    dots = _lone_dots(gray)
    return cv2.GaussianBlur(gray, (0, 0), 1.3).astype(np.uint8) if dots > _SPECKLED else gray


def _lone_dots(gray: Gray) -> float:
    """The share of a strip across a page's middle that is darker than paper in specks smaller than a full stop."""
    height = gray.shape[0]
    middle = np.ascontiguousarray(gray[height * 4 // 9 : height * 5 // 9])
    dark = cv2.threshold(middle, 0.75 * paper_of(gray), 1, cv2.THRESH_BINARY_INV)[1].astype(np.uint8)
    return float(np.mean(cv2.subtract(dark, without_specks(dark, 6))))
