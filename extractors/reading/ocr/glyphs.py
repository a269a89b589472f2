"""The marks of a number counted: figures and points, where tesseract loses the points («12» for «1.2»)."""

import re

import cv2

from extractors.reading.ocr.engine import Gray

_TALL, _LOW = 0.75, 0.42  # of the tallest mark: a figure, a point
_WIDE = 0.9  # of its height: a wider mark is two figures that touch


def marks_of(picture: Gray, paper: int) -> str:
    """«3.2.1» as «0.0.0»: a nought for every figure, a point or comma for every low mark; empty where a mark is neither."""
    if not picture.size:
        return ""
    ink = cv2.threshold(picture, paper - 70, 1, cv2.THRESH_BINARY_INV)[1]
    stats = cv2.connectedComponentsWithStats(ink.astype("uint8"))[2][1:]
    boxes = sorted((int(x), int(y), int(w), int(h)) for x, y, w, h, area in stats if area > 3)
    if not boxes:
        return ""
    tallest = max(h for _, _, _, h in boxes)
    ground = min(y + h for _, y, _, h in boxes if h >= _TALL * tallest)
    return "" if not all(marks := [_mark(box, tallest, ground) for box in boxes]) else "".join(marks)


def _mark(box: tuple[int, int, int, int], tallest: int, ground: int) -> str:
    _, y, w, h = box
    if h >= _TALL * tallest:
        return "0" if w <= _WIDE * tallest else ""
    if h > _LOW * tallest or w > _LOW * tallest or y + h < ground - 0.15 * tallest:
        return ""
    return "," if y + h > ground + 0.12 * tallest else "."


def pointed(text: str, marks: str) -> str:
    """The figures of a reading with the points that stand among them: «12» whose marks are «0.0» is «1.2».

    A reading with as many points keeps its own signs; one with another number of figures stays as it is.
    """
    figures = re.findall(r"\d", text)
    if not re.fullmatch(r"[\d.,]+", text) or len(figures) != marks.count("0"):
        return text
    if re.sub(r"\d", "0", text).replace(",", ".") == marks.replace(",", "."):
        return text
    left = iter(figures)
    return "".join(next(left) if mark == "0" else mark for mark in marks)
