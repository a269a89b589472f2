"""One page read: turned, deskewed, its lines found, its cells and its prose recognised."""

import time

import cv2
import numpy as np

from extractors.reading.ocr.dashes import settle_dashes
from extractors.reading.ocr.digits import figure_lines, reread_numbers, reread_page_number
from extractors.reading.ocr.engine import BLOCK, LINE, WORD, Engine, Gray, OutOfTimeError, Seen
from extractors.reading.ocr.items import part_items
from extractors.reading.ocr.pictures import WHITE, Sheet, ink_of, painted, pale_marks, paper_of, whitened, without_dirt
from extractors.reading.ocr.regions import Region, find_regions
from extractors.reading.ocr.ruling import Ruling, find_ruling
from extractors.reading.ocr.squaring import squared
from extractors.reading.ocr.traces import without_traces
from extractors.reading.ocr.upright import upright
from extractors.reading.page import Page, Rule, Word
from schemas.source import Reader

SECONDS_A_PAGE = 60.0
"""A page that takes longer is left unread, with a finding; a page of small print takes four."""
_PAD = 8  # pixels of paper around a piece: tesseract loses letters at the edge
_ONE_LINE = 46  # pixels: what is lower holds one line
_LEAST_LINE = 10  # pixels: what is lower is a dot, a dash or dust
_NOISE = 0.3  # marks without a letter or digit below this confidence are dirt


def see_sheet(sheet: Sheet, number: int, engine: Engine, seconds: float = SECONDS_A_PAGE) -> Page:
    """Read a sheet. Out of time, the page keeps the words read so far and says that it needs recognition."""
    until = time.monotonic() + seconds
    words: list[Seen] = []
    ruling = Ruling([], [], np.zeros((1, 1), np.uint8))
    gray, done = sheet.gray, True
    try:
        gray = upright(without_traces(gray), engine, until)
        gray, ink = squared(gray, ink_of(gray))
        ruling = find_ruling(gray, ink)
        _read_regions(gray, ink, ruling, number, engine, until, words)
    except OutOfTimeError:
        done = False
    return _page(number, gray, sheet.dpi, words, ruling, done)


def _read_regions(gray: Gray, ink: Gray, ruling: Ruling, number: int, engine: Engine, until: float, words: list[Seen]) -> None:
    """Words of all regions, added to ``words`` as they are read."""
    paper = paper_of(gray)
    lined = cv2.dilate(ruling.pixels, np.ones((3, 3), np.uint8)).astype(np.uint8)
    clean = painted(gray, lined, paper)
    sealed = pale_marks(clean)
    marks = painted(painted(ink, lined, 0), sealed, 0)
    dirt = cv2.subtract(marks, without_dirt(marks)).astype(np.uint8)
    marks = painted(marks, dirt, 0)
    clean = whitened(painted(clean, sealed | cv2.dilate(dirt, np.ones((5, 5), np.uint8)).astype(np.uint8), paper), paper)
    paper = WHITE
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
    if cv2.countNonZero(inked) < 12:
        return []
    x0, top, width, height = cv2.boundingRect(inked)
    x1, bottom = x0 + width, top + height
    picture, inked = gray[region.top : region.bottom, region.x0 : region.x1][top:bottom, x0:x1], inked[top:bottom, x0:x1]
    if region.shape is not None:
        picture = np.where(region.shape[top:bottom, x0:x1] > 0, picture, paper).astype(np.uint8)
    lines = _lines_of(inked)
    low = bottom - top <= _ONE_LINE and len(lines) < 2  # «еженедельн|о» in small print is no higher than a line of large
    mode = LINE if low else BLOCK
    seen = read_piece(picture, paper, engine, mode, until)
    if region.table is not None and mode == BLOCK:
        seen = _line_by_line(seen, lines, picture, paper, engine, until)
    if not seen and region.table is not None:
        seen = [Seen("", 0, 0, x1 - x0, bottom - top, 0.0, bottom - top)]  # «7.» that was not seen: its column may tell
    for word in seen:
        shift(word, region.x0 + x0, region.top + top)
    return [word for word in seen if not word.text or word.confidence >= _NOISE or any(c.isalnum() for c in word.text)]


def _line_by_line(seen: list[Seen], lines: list[tuple[int, int]], picture: Gray, paper: int, engine: Engine, until: float) -> list[Seen]:
    """The lines of a cell read one by one where the block was read with fewer: «еженедельн», «о»."""
    read = [any(word.top < (top + bottom) / 2 < word.bottom for word in seen) for top, bottom in lines]
    if all(read) or len(lines) < 2:
        return seen
    again: list[Seen] = []
    for top, bottom in lines:
        line = read_piece(picture[top:bottom], paper, engine, LINE, until)
        for word in line:
            shift(word, 0, top)
        again += line
    return max(seen, again, key=_certain)


def _certain(seen: list[Seen]) -> float:
    """Letters read, each as far as it is sure."""
    return sum(word.confidence * len(word.text) for word in seen)


def _lines_of(inked: Gray) -> list[tuple[int, int]]:
    """Top and bottom of each line of ink, dots and dust aside."""
    filled = np.flatnonzero(inked.any(axis=1))
    runs = np.split(filled, np.flatnonzero(np.diff(filled) > 1) + 1)
    return [(max(int(run[0]) - 2, 0), int(run[-1]) + 3) for run in runs if len(run) >= _LEAST_LINE]


def read_piece(picture: Gray, paper: int, engine: Engine, mode: int, until: float) -> list[Seen]:
    """Words of a picture cut to its ink; paper is put around it."""
    padded = cv2.copyMakeBorder(picture, _PAD, _PAD, _PAD, _PAD, cv2.BORDER_CONSTANT, value=paper).astype(np.uint8)
    seen = engine.read(padded, mode, until=until)
    if not seen and mode == LINE:
        seen = engine.read(padded, WORD, until=until)
    seen = settle_dashes(seen, padded, paper)
    part_items(seen, padded, paper, engine, until)
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
