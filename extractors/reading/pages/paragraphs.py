"""Rows outside tables become paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.reading.page import Page
from extractors.reading.pages.columns import Segment
from extractors.reading.pages.grids import PAD, Grid
from extractors.reading.pages.lines import Row
from extractors.reading.pages.wording import Wording, fits, opens_item
from schemas.source import Align, Paragraph, Span

_FEW = 3  # lines
_SET = 0.7  # points: a line set further in than so does not stand at the margin
_MARGIN = 57.0  # points: 2 cm, where nothing shows the margin


@dataclass(frozen=True)
class Margins:
    """Left and right limit of the text in points, and the heights that no paragraph goes over (tables)."""

    left: float
    right: float
    bounds: tuple[float, ...] = ()
    side: int = 0
    last: bool = False  # the rightmost of blocks beside each other
    indents: tuple[float, ...] = ()  # left edges that several lines share: first lines of paragraphs
    flush: bool = False  # lines stand at the left margin: the text itself shows it


def margins_of(rows: Sequence[Row], grids: Sequence[Grid], page: Page) -> Margins:
    """Margins of a page: a table's sides are margins too; a few lines do not show the right one."""
    left = min([r.x0 for r in rows] + [g.xs[0] + PAD for g in grids], default=0.0)
    right = max([r.x1 for r in rows] + [g.xs[-1] - PAD for g in grids], default=0.0)
    if len(rows) <= _FEW:
        right = max(right, page.width - max(left, _MARGIN))
    edges = Counter(round(r.x0) for r in rows)
    indents = tuple(float(x) for x, count in edges.items() if count >= _FEW and x - left > 3)
    flush = sum(r.x0 - left < _SET for r in rows) >= _FEW
    return Margins(left, right, tuple(g.top for g in grids), indents=indents, flush=flush)


def paragraphs_of(rows: Segment, page: Page, margins: Margins, wording: Wording) -> Iterator[tuple[Paragraph, float]]:
    """Paragraphs of a segment with their upper edge in points."""
    if rows.side:
        margins = Margins(min(r.x0 for r in rows), max(r.x1 for r in rows), margins.bounds, rows.side, last=rows.last)
    group: list[Row] = []
    for row in rows:
        if group and not _goes_on(group, row, margins):
            yield _paragraph(group, page, margins, wording), group[0].top
            group = []
        group.append(row)
    if group:
        yield _paragraph(group, page, margins, wording), group[0].top


def align_of(row: Row, margins: Margins) -> Align:
    """How a row is set between the margins; a block beside another is set left or right as a whole."""
    if margins.side:
        return Align.RIGHT if margins.last else Align.LEFT
    width = margins.right - margins.left
    before, after = row.x0 - margins.left, margins.right - row.x1
    indented = any(abs(row.x0 - indent) < 1 for indent in margins.indents)
    if not indented and abs(before - after) < 0.04 * width and before > 0.03 * width:
        return Align.CENTER
    if margins.flush and abs(before - after) < 2 * _SET and before > _SET:
        return Align.CENTER  # a line of a heading that nearly fills the page
    if (before > 0.3 * width and after < 0.12 * width) or before > 0.45 * width:
        return Align.RIGHT
    return Align.LEFT


def _goes_on(group: Sequence[Row], row: Row, margins: Margins) -> bool:
    if margins.side:
        return False  # lines of a letterhead or an approval block were broken on purpose
    last = group[-1]
    if any(last.top < bound < row.top for bound in margins.bounds) or row.top - last.bottom > 0.9 * row.size:
        return False
    if _blank_or_number_goes_on(last.text, row) and not fits(last, row, margins.right):
        return True
    if "\t" in row.text or "\t" in last.text:
        return False
    above, below = align_of(group[0], margins), align_of(row, margins)
    if Align.RIGHT in (above, below):
        return False
    if above is Align.CENTER:
        room = margins.right - margins.left
        first = row.words[0]
        full = (last.x1 - last.x0) + 0.3 * last.size + (first.x1 - first.x0) > room
        hyphened = re.search(r"\w-$", last.text) and row.text[:1].isalnum()
        return bool(full or hyphened) and (below is Align.CENTER or abs(row.x0 - margins.left) < 3) and row.bold == last.bold
    if below is Align.CENTER and row.x0 - margins.left > 30:
        return False
    if opens_item(row.text) and last.text.endswith((".", ";", ":", ",")):
        return False
    if row.x0 - margins.left > 12 and len(group) > 1 and last.x0 - margins.left < 5:
        return False  # a first-line indent opens a paragraph
    return not fits(last, row, margins.right)


def _blank_or_number_goes_on(above: str, row: Row) -> bool:
    """«№ 17-» / «па», «№ 01-» / «04/512», «от 11.01.2024 №» / «17-па»; «____» / «А.А. Белова», «« ___ » _____» / «2019 г.»."""
    if re.search(r"№\s?(?:[\w/-]*[-/])?$", above):
        return len(row.words) == 1
    return above.endswith("___") and len(row.words) < _FEW


def _paragraph(group: Sequence[Row], page: Page, margins: Margins, wording: Wording) -> Paragraph:
    text = group[0].text
    for row in group[1:]:
        text = wording.glue(text, row.text)
    align = align_of(group[0], margins)
    if len(group) > 1 and align is Align.LEFT:
        align = Align.JUSTIFY
    x0, x1 = min(r.x0 for r in group), max(r.x1 for r in group)
    span = Span(page=page.number, bbox=(round(x0, 1), round(group[0].top, 1), round(x1, 1), round(group[-1].bottom, 1)))
    return Paragraph(
        text=text.replace("\u00ad", ""),
        align=align,
        bold=group[0].bold,
        size=round(group[0].size, 1),
        indent=round(group[0].x0 - margins.left, 1),
        spans=[span],
    )
