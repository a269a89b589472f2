"""One page read: turned, deskewed, its lines found, its cells and its prose recognised."""

import time

import cv2
import numpy as np

from extractors.reading.ocr.digits import figure_lines, reread_numbers, reread_page_number
from extractors.reading.ocr.engine import BLOCK, LINE, WORD, Engine, Gray, OutOfTimeError, Seen
from extractors.reading.ocr.pictures import Sheet, ink_of, pale_marks, paper_of, without_dirt
from extractors.reading.ocr.regions import Region, find_regions
from extractors.reading.ocr.ruling import Ruling, find_ruling
from extractors.reading.ocr.upright import deskewed, quarters_to_turn, skew_of, turned
from extractors.reading.page import Page, Rule, Word
from schemas.source import Reader

SECONDS_A_PAGE = 60.0
"""A page that takes longer is left unread, with a finding; a page of small print takes four."""
_PAD = 8  # pixels of paper around a piece: tesseract loses letters at the edge
_ONE_LINE = 46  # pixels: what is lower holds one line
_LETTER = 9  # pixels: a lower mark is an accent or dirt
_NOISE = 0.3  # marks without a letter or digit below this confidence are dirt


def see_sheet(sheet: Sheet, number: int, engine: Engine, seconds: float = SECONDS_A_PAGE) -> Page:
    """Read a sheet. Out of time, the page keeps the words read so far and says that it needs recognition."""
    until = time.monotonic() + seconds
    words: list[Seen] = []
    ruling = Ruling([], [], np.zeros((1, 1), np.uint8))
    gray, done = sheet.gray, True
    try:
        gray = _upright(gray, engine, until)
        ink = ink_of(gray)
        ruling = find_ruling(ink)
        _read_regions(gray, ink, ruling, number, engine, until, words)
    except OutOfTimeError:
        done = False
    return _page(number, gray, sheet.dpi, words, ruling, done)


def _upright(gray: Gray, engine: Engine, until: float) -> Gray:
    ink = ink_of(gray)
    if np.count_nonzero(ink) < 50:
        return gray
    quarters = quarters_to_turn(gray, ink, engine, until)
    return deskewed(turned(gray, quarters), skew_of(turned(ink, quarters)))


def _read_regions(gray: Gray, ink: Gray, ruling: Ruling, number: int, engine: Engine, until: float, words: list[Seen]) -> None:
    """Words of all regions, added to ``words`` as they are read."""
    lined = cv2.dilate(ruling.pixels, np.ones((3, 3), np.uint8)) > 0
    clean, marks = gray.copy(), ink.copy()
    paper = paper_of(gray)
    clean[lined] = paper
    sealed = pale_marks(clean) > 0
    clean[sealed] = paper
    marks[lined | sealed] = 0
    dirt = cv2.subtract(marks, without_dirt(marks))
    clean[cv2.dilate(dirt, np.ones((5, 5), np.uint8)) > 0] = paper
    marks[dirt > 0] = 0
    cells: list[tuple[Region, list[Seen]]] = []
    for region in find_regions(ruling, *gray.shape):
        seen = _read_region(region, clean, marks, paper, engine, until)
        if region.table is None:
            words += seen
        else:
            cells += [(region, line) for line in figure_lines(seen)]
    reread_page_number(words, clean, paper, number, engine, until)
    reread_numbers(cells, clean, paper, engine, until)
    for _, seen in cells:
        words += [word for word in seen if word.text]


def _read_region(region: Region, gray: Gray, marks: Gray, paper: int, engine: Engine, until: float) -> list[Seen]:
    inked = marks[region.top : region.bottom, region.x0 : region.x1]
    if region.shape is not None:
        inked = inked * region.shape
    ys, xs = np.nonzero(inked)
    if len(xs) < 12:
        return []
    x0, x1 = int(xs.min()), int(xs.max()) + 1
    top, bottom = int(ys.min()), int(ys.max()) + 1
    picture = gray[region.top + top : region.top + bottom, region.x0 + x0 : region.x0 + x1]
    if region.shape is not None:
        picture = np.where(region.shape[top:bottom, x0:x1] > 0, picture, paper).astype(np.uint8)
    mode = LINE if bottom - top <= _ONE_LINE and not _is_parted(inked[top:bottom]) else BLOCK
    seen = read_piece(picture, paper, engine, mode, until)
    if not seen and region.table is not None:
        seen = [Seen("", 0, 0, x1 - x0, bottom - top, 0.0, bottom - top)]  # «7.» that was not seen: its column may tell
    for word in seen:
        shift(word, region.x0 + x0, region.top + top)
    return [word for word in seen if not word.text or word.confidence >= _NOISE or any(c.isalnum() for c in word.text)]


def _is_parted(inked: Gray) -> bool:
    """Paper between two lines of small print: «еженедельн|о» is no higher than a line of large."""
    empty = np.flatnonzero(np.count_nonzero(inked, axis=1) == 0)
    return len(empty) > 0 and int(empty[0]) >= _LETTER and len(inked) - int(empty[-1]) > _LETTER


def read_piece(picture: Gray, paper: int, engine: Engine, mode: int, until: float) -> list[Seen]:
    """Words of a picture cut to its ink; paper is put around it."""
    padded = cv2.copyMakeBorder(picture, _PAD, _PAD, _PAD, _PAD, cv2.BORDER_CONSTANT, value=paper).astype(np.uint8)
    seen = engine.read(padded, mode, until=until)
    if not seen and mode == LINE:
        seen = engine.read(padded, WORD, until=until)
    for word in seen:
        shift(word, -_PAD, -_PAD)
    return seen


def shift(word: Seen, x: float, y: float) -> None:
    """Move a word's box."""
    word.x0, word.x1, word.top, word.bottom = word.x0 + x, word.x1 + x, word.top + y, word.bottom + y


def _page(number: int, gray: Gray, dpi: float, seen: list[Seen], ruling: Ruling, done: bool) -> Page:
    k = 72 / dpi
    sizes = [word.size for word in seen for _ in word.text]
    common = float(np.median(sizes)) if sizes else 0.0
    words = [_word(word, k, common) for word in seen]
    rules = [Rule(r.start * k, r.at * k, r.end * k, r.at * k) for r in ruling.across]
    rules += [Rule(r.at * k, r.start * k, r.at * k, r.end * k) for r in ruling.upright]
    letters = sum(len(word.text) for word in seen)
    mean = sum(word.confidence * len(word.text) for word in seen) / letters if letters else None
    height, width = gray.shape
    return Page(
        number,
        round(width * k, 1),
        round(height * k, 1),
        words,
        rules,
        Reader.OCR,
        round(mean, 3) if mean is not None else None,
        needs_recognition=not done,
    )


def _word(seen: Seen, k: float, common: float) -> Word:
    """In points. Lines of nearly the usual height are of the usual size: one line's height is measured only roughly."""
    size = common if common and abs(seen.size - common) < 0.2 * common else seen.size
    confidence = round(min(max(seen.confidence, 0.0), 1.0), 3)
    return Word(seen.text, seen.x0 * k, seen.top * k, seen.x1 * k, seen.bottom * k, round(size * k, 1), confidence=confidence)
