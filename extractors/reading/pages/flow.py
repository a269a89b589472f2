"""Paragraphs that go on over a page end: one paragraph with a span on both pages."""

import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Any

from extractors.reading.page import Page
from extractors.reading.pages.lines import Row, rows_of
from extractors.reading.pages.tables import PageTable
from extractors.reading.pages.wording import Wording, fits, opens_item
from schemas.source import Align, Paragraph, Role, Span

_INDENT = 12.0  # points: a line set further in than so opens a paragraph
_FLUSH = 1.5  # points: a line that ends so near the margin was stretched to it
_RUNNING = (Role.HEADER, Role.FOOTER, Role.PAGE_NUMBER, Role.STAMP, Role.HIDDEN, Role.FOOTNOTE)


def join_paragraphs(pieces: Sequence[Any], pages: Sequence[Page], wording: Wording) -> list[Any]:
    """Join the last paragraph of a page with the first of the next where its last line was merely wrapped.

    ``pieces`` are `PageTable`s and ``(role, paragraph)`` pairs in reading order; running text between the two halves
    («- 2 -») stays where it is.
    """
    sheets = _Sheets(pieces, pages)
    out: list[Any] = []
    for piece in pieces:
        at = None if isinstance(piece, PageTable) or piece[0] is not Role.BODY else _open_at(out, piece[1])
        if at is not None and _goes_on(out[at][1], piece[1], sheets):
            out[at] = (Role.BODY, _joined(out[at][1], piece[1], wording))
        else:
            out.append(piece)
    return out


class _Sheets:
    """Words and text margins of the pages, told by the blocks that stand on them."""

    def __init__(self, pieces: Sequence[Any], pages: Sequence[Page]) -> None:
        self._pages = {page.number: page for page in pages}
        sides: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for piece in pieces:
            if not isinstance(piece, PageTable) and piece[0] is Role.BODY:
                for span in piece[1].spans:
                    sides[span.page].append((span.bbox[0], span.bbox[2]))
        self._sides = {number: (min(x for x, _ in found), max(x for _, x in found)) for number, found in sides.items()}

    def left(self, number: int) -> float:
        """Left text margin in points: as far out as on other pages of this width."""
        return min(self._sides[number][0], median(self._alike(number, 0)))

    def right(self, number: int) -> float:
        """Right text margin in points."""
        return max(self._sides[number][1], median(self._alike(number, 1)))

    def _alike(self, number: int, side: int) -> list[float]:
        width = self._pages[number].width
        return [sides[side] for other, sides in self._sides.items() if abs(self._pages[other].width - width) < 2]

    def rows(self, span: Span) -> list[Row]:
        """Lines of print within ``span``."""
        x0, top, x1, bottom = span.bbox
        words = [w for w in self._pages[span.page].words if not w.hidden]
        return rows_of([w for w in words if x0 - 1 <= (w.x0 + w.x1) / 2 <= x1 + 1 and top - 1 <= (w.top + w.bottom) / 2 <= bottom + 1])


def _open_at(out: Sequence[Any], paragraph: Paragraph) -> int | None:
    """Index of the paragraph that ends the page before."""
    for at in range(len(out) - 1, -1, -1):
        piece = out[at]
        if isinstance(piece, PageTable):
            return None
        if piece[0] in _RUNNING:
            continue
        ends = piece[1].spans and paragraph.spans and piece[1].spans[-1].page + 1 == paragraph.spans[0].page
        return at if ends and piece[0] is Role.BODY else None
    return None


def _goes_on(head: Paragraph, tail: Paragraph, sheets: _Sheets) -> bool:
    if not _alike(head, tail) or opens_item(tail.text):
        return False
    above, below = sheets.rows(head.spans[-1]), sheets.rows(tail.spans[0])
    if not above or not below or "\t" in above[-1].text or "\t" in below[0].text:
        return False
    right = sheets.right(head.spans[-1].page)
    if fits(above[-1], below[0], right) or below[0].x0 - sheets.left(tail.spans[0].page) > _INDENT:
        return False
    if tail.text[:1].islower() or not re.search(r"[.;:!?]$", head.text):
        return True
    indented = above[0].x0 - sheets.left(head.spans[-1].page) > _INDENT
    return head.text.endswith(".") and indented and right - above[-1].x1 < _FLUSH  # a stretched line ends no paragraph


def _alike(head: Paragraph, tail: Paragraph) -> bool:
    plain = {Align.LEFT, Align.JUSTIFY, None}
    if head.align not in plain or tail.align not in plain or head.bold != tail.bold:
        return False
    return head.size is None or tail.size is None or abs(head.size - tail.size) <= 1


def _joined(head: Paragraph, tail: Paragraph, wording: Wording) -> Paragraph:
    text = wording.glue(head.text, tail.text)
    return head.model_copy(update={"text": text, "align": Align.JUSTIFY, "spans": head.spans + tail.spans})
