"""What stands on a page of a PDF: characters with their boxes, and ruled lines, as pdfium sees them.

pdfium is asked for characters because it is some ten times faster than pdfminer and knows the widths of fonts
that are not embedded (pdfminer gives Cyrillic letters of a bare «Times-Bold» no width at all: the letters of a
word then fall over each other). Tables are found from the rules by pdfplumber (`extractors.reading.pages.grids`).
"""

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.reading.page import Page, Rule, Word
from extractors.reading.pdf.chars import Char, Turn, see_chars
from schemas.source import BBox, Reader

_WORD_GAP, _WORD_GAP_SIZE = 1.6, 0.22  # points, and font sizes: characters further apart belong to two words
_THIN = 2.5  # points: a filled rectangle no thicker is a ruled line
_SHORT = 4.0  # points: nothing shorter rules a table
_LAYER = 5  # an OCR layer has so many times the characters that are drawn

_MARK, _LEAST_NOTED = 0.75, 4  # share of the font size below which a figure is small, and letters of a word that a note refers to
_FIGURES = "0123456789i"
_RAISED = str.maketrans(_FIGURES, "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱ")

Segment = tuple[tuple[float, float], tuple[float, float]]


def see_page(page: pdfium.PdfPage, number: int) -> Page:
    """Words and rules of one page, upright; words that nobody sees, or that a watermark lays over the page, are marked as hidden."""
    width, height = page.get_size()
    turn = _turn(page)
    chars, removed = see_chars(page, turn)
    seen = _is_layer(chars, page)
    words = _words([c for c in chars if c.upright], seen) + _turned_words([c for c in chars if not c.upright], seen)
    if any(word.hidden for word in words):
        _show_on_dark(words, page, turn)
    for word in words:
        word.hidden = word.hidden or not (0 < (word.x0 + word.x1) / 2 < width and 0 < (word.top + word.bottom) / 2 < height)
    return Page(number, width, height, words, list(_rules(page, turn)), Reader.PDF, removed_characters=removed)


def _is_layer(chars: list[Char], page: pdfium.PdfPage) -> bool:
    """Invisible characters are the text of a scanned page: they lie over its picture, and hardly anything else is drawn."""
    unseen = sum(c.unseen for c in chars)
    drawn = sum(not c.unseen and not c.space for c in chars)
    return unseen > _LAYER * drawn and any(True for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4))


def _show_on_dark(words: list[Word], page: pdfium.PdfPage, turn: Turn) -> None:
    """White words on a coloured ground or on a picture are seen («№ | Мероприятие» in a dark heading row)."""
    grounds = [_box(turn, *item.get_bounds()) for item in page.get_objects(max_depth=4) if _is_ground(item)]
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if word.hidden and any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in grounds):
            word.hidden = False


def _is_ground(item: pdfium.PdfObject) -> bool:
    if item.type != raw.FPDF_PAGEOBJ_PATH:
        return bool(item.type == raw.FPDF_PAGEOBJ_IMAGE)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, fill, stroke)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha)
    return bool(fill.value) and alpha.value > 0 and min(red.value, green.value, blue.value) < 200


def _turn(page: pdfium.PdfPage) -> Turn:
    """The transformation of the page's box and /Rotate."""
    (x0, y0, x1, y1), whole = page.get_cropbox(), page.get_mediabox()
    x0, y0, x1, y1 = max(x0, whole[0]), max(y0, whole[1]), min(x1, whole[2]), min(y1, whole[3])
    width, height = x1 - x0, y1 - y0
    turns: dict[int, Turn] = {
        0: lambda x, y: (x - x0, height - (y - y0)),
        90: lambda x, y: (y - y0, x - x0),
        180: lambda x, y: (width - (x - x0), y - y0),
        270: lambda x, y: (height - (y - y0), width - (x - x0)),
    }
    return turns[page.get_rotation() % 360]


def _box(turn: Turn, x0: float, y0: float, x1: float, y1: float) -> BBox:
    (ax, ay), (bx, by) = turn(x0, y0), turn(x1, y1)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _words(chars: list[Char], seen: bool) -> list[Word]:
    """Words of upright characters: a space of the text layer, a gap or a new line ends a word.

    A word printed twice on one spot (bold made by overprinting) stands once.
    """
    words: dict[tuple[str, int, int], Word] = {}
    for run in _runs(chars):
        for group in _unbroken(run):
            word = _line_word(group, seen)
            x, y = round(word.x0 / 2), round(word.top / 2)
            if not any((word.text, x + dx, y + dy) in words for dx in (0, -1, 1) for dy in (0, -1, 1)):
                words[word.text, x, y] = word
    return list(words.values())


def _unbroken(run: list[Char]) -> Iterator[list[Char]]:
    group = run[:1]
    for before, char in pairwise(run):
        if abs(char.top - before.top) > before.size * 0.5 or not -before.size < char.x0 - before.x1 < max(
            _WORD_GAP, _WORD_GAP_SIZE * char.size
        ):
            yield group
            group = []
        group.append(char)
    yield group


def _runs(chars: list[Char]) -> Iterator[list[Char]]:
    run: list[Char] = []
    for char in chars:
        if not char.space:
            run.append(char)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _turned_words(chars: list[Char], seen: bool) -> list[Word]:
    """Text that runs upwards or downwards (headings of narrow columns): each run of characters is one word."""
    words = []
    for run in _runs([c for c in chars if not c.space]):
        lines: list[list[Char]] = []
        for char in run:
            if lines and abs(char.x0 - lines[-1][-1].x0) < 2:
                lines[-1].append(char)
            else:
                lines.append([char])
        words += [_line_word(line, seen) for line in lines]
    return words


def _line_word(line: list[Char], seen: bool) -> Word:
    box = (min(c.x0 for c in line), min(c.top for c in line), max(c.x1 for c in line), max(c.bottom for c in line))
    bold = sum(c.bold for c in line) * 2 > len(line)
    hidden = line[0].white or line[0].slanted or (line[0].unseen and not seen)
    small = line[-1].size < _MARK * line[0].size
    text = _with_note_mark(line) if small else "".join([c.text for c in line])
    return Word(text, *box, line[0].size, bold, line[0].font, hidden=hidden)


def _with_note_mark(line: list[Char]) -> str:
    """«безопасности¹»: the raised small figures that end a word refer to a footnote; the «2» of «м2» belongs to its word."""
    first = line[0]
    body = list(line)
    while body and body[-1].size < _MARK * first.size and body[-1].bottom < first.bottom - 0.1 * first.size:
        body.pop()
    word, mark = ("".join([c.text for c in part]) for part in (body, line[len(body) :]))
    if len(word) < _LEAST_NOTED or not set(mark) <= set(_FIGURES):
        return word + mark
    return word + mark.translate(_RAISED)


def _rules(page: pdfium.PdfPage, turn: Turn) -> Iterator[Rule]:
    """Straight lines and thin rectangles, and the sides of larger ones that are drawn, not merely filled."""
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=4):
        for (ax, ay), (bx, by) in _visible(item):
            x0, top, x1, bottom = _box(turn, ax, ay, bx, by)
            across, down = x1 - x0, bottom - top
            if (across >= _SHORT and down <= _THIN) or (down >= _SHORT and across <= _THIN):
                yield Rule(x0, top, x1, bottom)


def _visible(item: pdfium.PdfObject) -> list[Segment]:
    """The segments that a person takes for lines: shading behind a line of text has no sides of its own."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, fill, stroke)
    segments = list(_points(item))
    if stroke.value or len(segments) > 5:
        return segments
    xs, ys = [x for segment in segments for x, _ in segment], [y for segment in segments for _, y in segment]
    return segments if segments and min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN else []


def _points(item: pdfium.PdfObject) -> Iterator[Segment]:
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
