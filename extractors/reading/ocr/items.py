"""Item numbers run together with their first word («1)принимать»): tesseract makes one word of both, and loses the number."""

import re

import cv2
import numpy as np

from extractors.reading.ocr.engine import BLOCK, LINE, Engine, Gray, Seen
from lexicon.words import is_word

_SURE = 0.85  # a word read with more is not parted
_LEAST = 5  # letters
_PAD = 8  # pixels of paper
_TALL, _DEEP, _NARROW = 1.15, 0.1, 0.5
"""A bracket is taller than a figure and reaches below it (both of the figure's height); its width of its own height."""
_MARK = 8  # pixels of ink: less is dust

Box = tuple[int, int, int, int]
"""x, y, width, height in pixels."""


def part_items(seen: list[Seen], picture: Gray, paper: int, engine: Engine, until: float) -> None:
    """Read number and word apart where a doubtful word opens a line and begins with figures and a bracket, in place.

    «1)принимать» came as «Ппринимать», as «ТГ)принимать» or, surest of all, as «принимать».
    """
    for i, word in enumerate(seen):
        opens = i == 0 or (word.top + word.bottom) / 2 > seen[i - 1].bottom
        if opens and word.confidence < _SURE and len(word.text) >= _LEAST:
            _part(word, picture, paper, engine, until)


def _part(word: Seen, picture: Gray, paper: int, engine: Engine, until: float) -> None:
    top, bottom = max(round(word.top) - 2, 0), round(word.bottom) + 3
    left, right = max(round(word.x0) - 2, 0), round(word.x1) + 2
    part = picture[top:bottom, left:right]
    ink = cv2.threshold(part, paper - 70, 1, cv2.THRESH_BINARY_INV)[1]
    ends = _number_ends(ink.astype(np.uint8))
    if ends is None:
        return
    figures, bracket = ends
    number = _read(part[:, :figures], BLOCK, "0123456789", paper, engine, until)
    rest = _read(part[:, bracket:], LINE, "", paper, engine, until)
    if len(number) == 1 and len(rest) == 1 and number[0].text.isdigit() and is_word(rest[0].text.strip(".,;:")):
        word.text = f"{number[0].text}){rest[0].text}"
        word.confidence = max(word.confidence, min(number[0].confidence, rest[0].confidence))


def _number_ends(ink: Gray) -> tuple[int, int] | None:
    """Where the figures end and where the bracket does; None where the word begins with anything else."""
    stats = cv2.connectedComponentsWithStats(ink)[2][1:]
    marks: list[Box] = sorted((int(x), int(y), int(w), int(h)) for x, y, w, h, area in stats if area >= _MARK)
    for figures in (1, 2):
        if len(marks) > figures + 2 and _is_bracket(marks[figures], marks[:figures]):
            x, _, width, _ = marks[figures]
            last = marks[figures - 1]
            return last[0] + last[2] + 1, min(x + width + 1, marks[figures + 1][0])
    return None


def _is_bracket(mark: Box, figures: list[Box]) -> bool:
    _, y, width, height = mark
    tall = max(box[3] for box in figures)
    ground = max(box[1] + box[3] for box in figures)
    return height >= _TALL * tall and y + height >= ground + _DEEP * tall and width <= _NARROW * height


def _read(part: Gray, mode: int, only: str, paper: int, engine: Engine, until: float) -> list[Seen]:
    padded = cv2.copyMakeBorder(part, _PAD, _PAD, _PAD, _PAD, cv2.BORDER_CONSTANT, value=(paper,)).astype(np.uint8)
    seen = engine.read(padded, mode, only=only, until=until)
    return [word for word in seen if re.search(r"\w", word.text)]
