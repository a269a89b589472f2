"""Rows outside tables become paragraphs."""

from collections.abc import Iterator, Sequence

from extractors.reading.page import Page
from extractors.reading.pages.grids import PAD, Grid
from extractors.reading.pages.lines import Row
from extractors.reading.pages.wording import Wording, fits, opens_item
from schemas.source import Align, Paragraph, Span


def paragraphs_of(rows: Sequence[Row], page: Page, grids: Sequence[Grid], wording: Wording) -> Iterator[tuple[Paragraph, float]]:
    """Paragraphs with their upper edge in points; no paragraph goes over a table, whose sides are margins too."""
    if not rows:
        return
    left = min([r.x0 for r in rows] + [g.xs[0] + PAD for g in grids])
    right = max([r.x1 for r in rows] + [g.xs[-1] - PAD for g in grids])
    bounds = [g.top for g in grids]
    group: list[Row] = []
    for row in rows:
        if group and not _goes_on(group, row, left, right, bounds):
            yield _paragraph(group, page, left, right, wording), group[0].top
            group = []
        group.append(row)
    yield _paragraph(group, page, left, right, wording), group[0].top


def align_of(row: Row, left: float, right: float) -> Align:
    """How a row is set between the margins."""
    width = right - left
    before, after = row.x0 - left, right - row.x1
    if abs(before - after) < 0.04 * width and before > 0.03 * width:
        return Align.CENTER
    if before > 0.3 * width and after < 0.12 * width:
        return Align.RIGHT
    return Align.LEFT


def _goes_on(group: Sequence[Row], row: Row, left: float, right: float, bounds: Sequence[float]) -> bool:
    last = group[-1]
    if any(last.top < bound < row.top for bound in bounds) or row.top - last.bottom > 0.9 * row.size:
        return False
    if "\t" in row.text or "\t" in last.text:
        return False
    above, below = _align(group, left, right), align_of(row, left, right)
    if Align.RIGHT in (above, below):
        return False
    if above is Align.CENTER:
        room = right - left
        first = row.words[0]
        full = (last.x1 - last.x0) + 0.3 * last.size + (first.x1 - first.x0) > room
        return full and (below is Align.CENTER or abs(row.x0 - left) < 3) and row.bold == last.bold
    if below is Align.CENTER and row.x0 - left > 30:
        return False
    if opens_item(row.text) and last.text.endswith((".", ";", ":", ",")):
        return False
    if row.x0 - left > 12 and len(group) > 1 and last.x0 - left < 5:
        return False  # a first-line indent opens a paragraph
    return not fits(last, row, right)


def _align(group: Sequence[Row], left: float, right: float) -> Align:
    return align_of(group[0], left, right)


def _paragraph(group: Sequence[Row], page: Page, left: float, right: float, wording: Wording) -> Paragraph:
    text = group[0].text
    for row in group[1:]:
        text = wording.glue(text, row.text)
    align = align_of(group[0], left, right)
    if len(group) > 1 and align is Align.LEFT:
        align = Align.JUSTIFY
    x0, x1 = min(r.x0 for r in group), max(r.x1 for r in group)
    span = Span(page=page.number, bbox=(round(x0, 1), round(group[0].top, 1), round(x1, 1), round(group[-1].bottom, 1)))
    return Paragraph(
        text=text.replace("\u00ad", ""),
        align=align,
        bold=group[0].bold,
        size=round(group[0].size, 1),
        indent=round(group[0].x0 - left, 1),
        spans=[span],
    )
