"""A photographed page made square: its rules lead to two vanishing points, as the camera stood."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.engine import Gray
from extractors.reading.ocr.pictures import ink_of, paper_of
from extractors.reading.ocr.upright import DRAFT, skew_of

_LONG = 24  # pixels of the draft: no stem of a letter is as long
_TRIALS = 4
_ASLANT = 0.15  # degrees: a ruled line on a page may lean so far


def squared(gray: Gray, ink: Gray) -> tuple[Gray, Gray]:
    """The page, and its ink as 1, with level and upright rules; the same where they are so, or where there are none."""
    if _step(_draft(ink, 2 * DRAFT), _LONG // 2) is None:
        return gray, ink
    draft = _draft(ink, DRAFT)
    camera = np.eye(3)
    for _ in range(_TRIALS):
        step = _step(_through(camera, draft, 0, cv2.INTER_NEAREST), _LONG)
        if step is None:
            break
        camera = camera @ step
    to_page = np.diag([DRAFT, DRAFT, 1.0])
    page = _through(to_page @ camera @ np.linalg.inv(to_page), gray, paper_of(gray), cv2.INTER_LINEAR)
    return page, ink_of(page)


def _through(camera: NDArray[np.float64], picture: Gray, paper: int, how: int) -> Gray:
    """The picture as it is without the ``camera``, which takes places of the page to places of the picture."""
    size, flags = picture.shape[::-1], how | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(picture, camera, size, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=paper).astype(np.uint8)


def _draft(ink: Gray, scale: int) -> Gray:
    """The ink, ``scale`` pixels to a pixel."""
    return np.ascontiguousarray(cv2.dilate(ink, np.ones((scale, scale), np.uint8), anchor=(0, 0))[::scale, ::scale]).astype(np.uint8)


def _step(draft: Gray, long: int) -> NDArray[np.float64] | None:
    """The camera that makes the rules lean as they do; None where they do not. Near it: the angles are means over half a page."""
    (top, bottom), (left, right) = _slants(draft, long), _slants(np.ascontiguousarray(draft.T), long)
    if max(map(abs, (top, bottom, left, right))) < _ASLANT:
        return None
    height, width = draft.shape
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    seen = [
        (x + _between(left, right, x / width) * (y - height / 2), y + _between(top, bottom, y / height) * (x - width / 2))
        for x, y in corners
    ]
    return cv2.getPerspectiveTransform(np.array(corners, np.float32), np.array(seen, np.float32)).astype(np.float64)


def _slants(draft: Gray, long: int) -> tuple[float, float]:
    """Degrees by which rules fall to the right in the upper and the lower half; a half without rules is as the other."""
    runs = cv2.morphologyEx(cv2.dilate(draft, np.ones((3, 1), np.uint8)), cv2.MORPH_OPEN, np.ones((1, long), np.uint8)).astype(np.uint8)
    middle = draft.shape[0] // 2
    upper, lower = (skew_of(half) if cv2.countNonZero(half) else None for half in (runs[:middle], runs[middle:]))
    upper, lower = upper if upper is not None else lower, lower if lower is not None else upper
    return upper or 0.0, lower or 0.0


def _between(first: float, last: float, place: float) -> float:
    """The slope, in pixels a pixel, at a place from 0 to 1, of angles measured at a quarter and at three quarters."""
    return float(np.tan(np.radians(first + (last - first) * (place - 0.25) / 0.5)))
