"""Lone dashes measured on the picture: tesseract tells «-», «–» and «—» apart badly, and reads one into a wide gap."""

from itertools import pairwise

import cv2

from extractors.reading.ocr.engine import Gray, Seen

_DASHES = frozenset("-–—")
_LENGTHS = ((0.65, "-"), (1.3, "–"))
"""Up to so many letters' widths: a hyphen is 0.45–0.6 of a letter wide, an en dash 0.7–1.1, an em dash 1.5–2.1."""
_BAR = 0.95  # confidence in a bar that lies between two words
_FLAT = 0.2  # of the line's height: a dash is no higher
_DUST = 4  # pixels of ink: less is nothing


def settle_dashes(seen: list[Seen], picture: Gray, paper: int) -> list[Seen]:
    """Name lone dashes by their length, in place; those without ink are left out.

    «структурных   подразделений» of a justified line comes as «структурных — подразделений»; «2019 – март» came without its dash, too
    doubtful to keep.

    Args:
        seen: words of ``picture``, in its pixels.
        picture: dark on light.
        paper: its grey.
    """
    letter = _letter_width(seen)
    between = {id(word) for before, word, after in zip(seen, seen[1:], seen[2:], strict=False) if _on_line(before, word, after)}
    return [word for word in seen if word.text not in _DASHES or _settle(word, letter, id(word) in between, picture, paper)]


def _settle(word: Seen, letter: float, between: bool, picture: Gray, paper: int) -> bool:
    """Whether there is any ink; a bar gets its sign."""
    x0, x1, top, bottom = max(round(word.x0), 0), round(word.x1) + 1, max(round(word.top), 0), round(word.bottom) + 1
    ink = cv2.threshold(picture[top:bottom, x0:x1], paper - 60, 1, cv2.THRESH_BINARY_INV)[1]
    if cv2.countNonZero(ink) < _DUST:
        return False
    stats = cv2.connectedComponentsWithStats(ink.astype("uint8"))[2][1:]
    _, y, width, height, _ = max(stats, key=lambda box: box[2])
    flat = height <= _FLAT * (bottom - top) and width >= 2 * height and 0.3 < (y + height / 2) / (bottom - top) < 0.8
    if flat and letter and between:
        word.text = next((sign for most, sign in _LENGTHS if width < most * letter), "—")
        word.confidence = max(word.confidence, _BAR)
    return True


def _on_line(*words: Seen) -> bool:
    return all((a.top + a.bottom) / 2 < b.bottom and (b.top + b.bottom) / 2 < a.bottom for a, b in pairwise(words))


def _letter_width(seen: list[Seen]) -> float:
    """Mean width of the small letters, in pixels; 0 where there are too few."""
    words = [word for word in seen if len(word.text) > 2 and word.text.isalpha() and word.text.islower()]
    return sum(word.x1 - word.x0 for word in words) / sum(len(word.text) for word in words) if words else 0.0
