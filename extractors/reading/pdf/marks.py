"""What stands on a page of a PDF: characters with their boxes, and ruled lines, as pdfium sees them.

pdfium is asked for characters because it is some ten times faster than pdfminer and knows the widths of fonts
that are not embedded (pdfminer gives Cyrillic letters of a bare «Times-Bold» no width at all: the letters of a
word then fall over each other). Tables are found from the rules by pdfplumber (`extractors.reading.pages.grids`).
"""

import ctypes
import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.reading.page import Page, Rule, Word
from schemas.source import Reader

_WORD_GAP = 1.6  # points: characters further apart belong to two words
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u00a0": " "}  # pdfium's marks for a hyphen at a line end; no-break space
_THIN = 2.5  # points: a filled rectangle no thicker is a ruled line
_DESCENT = 0.22  # share of the font size below the baseline
_SHORT = 4.0  # points: nothing shorter rules a table

Turn = Callable[[float, float], tuple[float, float]]
"""From PDF user space (origin bottom left, before /Rotate) to the upright page (origin top left)."""


def see_page(page: pdfium.PdfPage, number: int) -> Page:
    """Words and rules of one page, upright."""
    width, height = page.get_size()
    turn = _turn(page)
    text_page = page.get_textpage()
    chars = list(_chars(text_page, turn))
    text_page.close()
    words = _words([c for c in chars if c["upright"]]) + _turned_words([c for c in chars if not c["upright"]])
    return Page(number, width, height, words, list(_rules(page, turn)), Reader.PDF)


def _turn(page: pdfium.PdfPage) -> Turn:
    """The transformation of the page's box and /Rotate."""
    x0, y0, x1, y1 = page.get_cropbox()
    width, height = x1 - x0, y1 - y0
    turns: dict[int, Turn] = {
        0: lambda x, y: (x - x0, height - (y - y0)),
        90: lambda x, y: (y - y0, x - x0),
        180: lambda x, y: (width - (x - x0), y - y0),
        270: lambda x, y: (height - (y - y0), width - (x - x0)),
    }
    return turns[page.get_rotation() % 360]


def _chars(text_page: pdfium.PdfTextPage, turn: Turn) -> Iterator[dict[str, Any]]:
    handle = text_page.raw
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    font, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    for i in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, i)
        text = _HYPHENS.get(chr(code), chr(code)) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not text or (text in "\r\n") or text.isspace() or text < " ":
            if text in (" ", "\t", "\r", "\n"):
                yield {"space": True, "text": " ", "upright": True}
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, i, box):
            continue
        raw.FPDFText_GetCharOrigin(handle, i, x, y)
        raw.FPDFText_GetFontInfo(handle, i, font, 128, flags)
        size, angle = raw.FPDFText_GetFontSize(handle, i), raw.FPDFText_GetCharAngle(handle, i)
        x0, y0, x1, y1 = _box(turn, *_drawn(box, x.value, y.value, size, angle))
        yield {
            "text": text,
            "x0": x0,
            "x1": x1,
            "top": y0,
            "bottom": y1,
            "doctop": y0,
            "size": round(size, 1),
            "bold": b"bold" in font.value.lower() or raw.FPDFText_GetFontWeight(handle, i) >= 600,
            "fontname": "",
            "upright": _is_upright(angle, turn),
        }


def _drawn(box: Any, x: float, y: float, size: float, angle: float) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a character in user space, its height told by baseline and font size.

    The boxes that fonts give differ from letter to letter («б», «й», «ф» stand higher): on them a line falls apart.
    """
    across, up = math.sin(angle) * size, math.cos(angle) * size
    if abs(up) > abs(across):
        return box.left, y - _DESCENT * up, box.right, y + (1 - _DESCENT) * up
    if across:
        return x - _DESCENT * across, box.bottom, x + (1 - _DESCENT) * across, box.top
    return box.left, box.bottom, box.right, box.top


def _is_upright(angle: float, turn: Turn) -> bool:
    """Whether text drawn at ``angle`` (radians, clockwise as pdfium has it) reads left to right on the upright page."""
    start, along = turn(0, 0)[0], turn(math.cos(angle), -math.sin(angle))[0]
    return along - start > 0.7


def _box(turn: Turn, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    (ax, ay), (bx, by) = turn(x0, y0), turn(x1, y1)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _words(chars: list[dict[str, Any]]) -> list[Word]:
    """Words of upright characters: a space of the text layer, a gap or a new line ends a word.

    A word printed twice on one spot (bold made by overprinting) stands once.
    """
    words: dict[tuple[str, int, int], Word] = {}
    for run in _runs(chars):
        for group in _unbroken(run):
            word = _line_word(group)
            near = [(word.text, round(word.x0 / 2) + dx, round(word.top / 2) + dy) for dx in (0, -1, 1) for dy in (0, -1, 1)]
            if not any(key in words for key in near):
                words[near[0]] = word
    return list(words.values())


def _unbroken(run: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group = run[:1]
    for before, char in pairwise(run):
        if abs(char["top"] - before["top"]) > before["size"] * 0.5 or not -before["size"] < char["x0"] - before["x1"] < _WORD_GAP:
            yield group
            group = []
        group.append(char)
    yield group


def _runs(chars: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    run: list[dict[str, Any]] = []
    for char in chars:
        if char.get("space"):
            if run:
                yield run
            run = []
        else:
            run.append(char)
    if run:
        yield run


def _turned_words(chars: list[dict[str, Any]]) -> list[Word]:
    """Text that runs upwards or downwards (headings of narrow columns): each run of characters is one word."""
    words = []
    for run in _runs([c for c in chars if not c.get("space")]):
        lines: list[list[dict[str, Any]]] = []
        for char in run:
            if lines and abs(char["x0"] - lines[-1][-1]["x0"]) < 2:
                lines[-1].append(char)
            else:
                lines.append([char])
        words += [_line_word(line) for line in lines]
    return words


def _line_word(line: list[dict[str, Any]]) -> Word:
    box = (min(c["x0"] for c in line), min(c["top"] for c in line), max(c["x1"] for c in line), max(c["bottom"] for c in line))
    bold = sum(c["bold"] for c in line) * 2 > len(line)
    return Word("".join(c["text"] for c in line), *box, line[0]["size"], bold)


def _rules(page: pdfium.PdfPage, turn: Turn) -> Iterator[Rule]:
    """Straight lines and thin rectangles, and the sides of larger ones."""
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=4):
        points = list(_points(item))
        for (ax, ay), (bx, by) in points:
            x0, top, x1, bottom = _box(turn, ax, ay, bx, by)
            across, down = x1 - x0, bottom - top
            if (across >= _SHORT and down <= _THIN) or (down >= _SHORT and across <= _THIN):
                yield Rule(x0, top, x1, bottom)


def _points(item: pdfium.PdfObject) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The segments of a path in user space."""
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for i in range(raw.FPDFPath_CountSegments(item.raw)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield point, start
            last = start
