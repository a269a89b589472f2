"""Characters of a page as pdfium sees them: where they stand, how they are drawn, whether anybody sees them.

Font, size, direction and colour are asked once for each text object, not for each character: that halves the time.
"""

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from schemas.source import BBox

Turn = Callable[[float, float], tuple[float, float]]
"""From PDF user space (origin bottom left, before /Rotate) to the upright page (origin top left)."""

UNKNOWN = "\ufffd"
"""Stands for a character that the font does not tell («(cid:12)»)."""

_MARKS = {"\x02": "-", "\ufffe": "-", "\u00a0": " "}  # pdfium's marks for a hyphen at a line end; no-break space
_DESCENT = 0.22  # share of the font size below the baseline
_INVISIBLE, _CLIP = 3, 7  # text render modes
_WHITE = 250  # of 255
_SLANT = 0.2  # sine and cosine of the angle of a watermark: 12° off the page's sides and more
_BOLD = 600  # font weight


@dataclass(slots=True)
class Char:
    """A character on the upright page; lengths in points."""

    text: str
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    bold: bool = False
    font: str = ""
    upright: bool = True
    space: bool = False
    unseen: bool = False  # render mode 3: an OCR layer under the page's picture, or hidden text
    white: bool = False
    slanted: bool = False  # runs neither along nor across the page: a watermark


@dataclass(slots=True)
class _Style:
    """What the characters of one text object have in common; in user space ``base`` lies on the baseline, ``up`` points up."""

    size: float
    base: tuple[float, float]
    up: tuple[float, float]
    bold: bool
    font: str
    upright: bool
    unseen: bool
    white: bool
    slanted: bool


def see_chars(page: pdfium.PdfPage, turn: Turn) -> tuple[list[Char], int]:
    """All characters in the order of the content stream, as pdfium sorts it; and how many were taken out because they are no text."""
    text_page = page.get_textpage()
    try:
        chars = list(_chars(text_page.raw, turn))
    finally:
        text_page.close()
    kept = [char for char in chars if char.text]
    return kept, len(chars) - len(kept)


def _chars(handle: ctypes.Array[ctypes.c_char], turn: Turn) -> Iterator[Char]:
    box = raw.FS_RECTF()
    styles: dict[int | None, _Style] = {}
    for i in range(raw.FPDFText_CountChars(handle)):
        text = _character(raw.FPDFText_GetUnicode(handle, i))
        if not text or text.isspace():
            yield Char(" ", space=True) if text else Char("")
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, i, box):
            continue
        item = raw.FPDFText_GetTextObject(handle, i)
        key = ctypes.cast(item, ctypes.c_void_p).value
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(handle, i, item, turn)
        bbox = _upright_box(turn, *_drawn(box, *style.base, style.up))
        yield Char(
            text, *bbox, style.size, style.bold, style.font, style.upright, unseen=style.unseen, white=style.white, slanted=style.slanted
        )


def _character(code: int) -> str:
    if code == 0:
        return UNKNOWN
    if code >= 0x110000 or 0xD800 <= code < 0xE000:
        return ""
    text = _MARKS.get(chr(code), chr(code))
    return text if text >= " " or text in "\t\r\n" else ""


def _style(handle: ctypes.Array[ctypes.c_char], i: int, item: object, turn: Turn) -> _Style:
    matrix, flags = raw.FS_MATRIX(), ctypes.c_int()
    raw.FPDFText_GetMatrix(handle, i, matrix)
    font = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(handle, i, font, 128, flags)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, i, x, y)
    nominal = raw.FPDFText_GetFontSize(handle, i) or 1.0
    up = (matrix.c * nominal, matrix.d * nominal)
    bold = b"bold" in font.value.lower() or raw.FPDFText_GetFontWeight(handle, i) >= _BOLD
    mode = raw.FPDFTextObj_GetTextRenderMode(item) if item else 0
    upright = _is_upright(matrix.a, matrix.b, turn)
    slanted = min(abs(matrix.a), abs(matrix.b)) > _SLANT * math.hypot(matrix.a, matrix.b)
    return _Style(
        round(math.hypot(*up), 1),
        (x.value, y.value),
        up,
        bold,
        font.value.decode("utf-8", "replace"),
        upright,
        mode in (_INVISIBLE, _CLIP),
        bool(item) and _is_white(item),
        slanted,
    )


def _is_white(item: object) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= _WHITE or alpha.value == 0


def _drawn(box: raw.FS_RECTF, x: float, y: float, up: tuple[float, float]) -> BBox:
    """Left, bottom, right, top of a character in user space, its height told by baseline and font size.

    The boxes that fonts give differ from letter to letter («б», «й», «ф» stand higher): on them a line falls apart.
    """
    across, height = up
    if abs(height) > abs(across):
        return box.left, y - _DESCENT * height, box.right, y + (1 - _DESCENT) * height
    if across:
        return x - _DESCENT * across, box.bottom, x + (1 - _DESCENT) * across, box.top
    return box.left, box.bottom, box.right, box.top


def _is_upright(a: float, b: float, turn: Turn) -> bool:
    """Whether text that runs along ``(a, b)`` in user space reads left to right on the upright page."""
    length = math.hypot(a, b) or 1.0
    return turn(a / length, b / length)[0] - turn(0, 0)[0] > 0.7


def _upright_box(turn: Turn, x0: float, y0: float, x1: float, y1: float) -> BBox:
    (ax, ay), (bx, by) = turn(x0, y0), turn(x1, y1)
    return (ax if ax < bx else bx, ay if ay < by else by, bx if bx > ax else ax, by if by > ay else ay)
