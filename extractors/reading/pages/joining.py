"""Tables that go on over a page end: one grid, repeated headers taken out, cut rows joined."""

import re
from collections.abc import Sequence
from typing import Any

from extractors.reading.pages.tables import PageTable
from extractors.reading.pages.wording import Wording
from schemas.source import Cell, Paragraph, ReaderNote, Role

_SAME_COLUMN = 4.0  # points


def join_tables(pieces: Sequence[Any], wording: Wording) -> tuple[list[Any], list[ReaderNote]]:
    """Join a table with its continuation on the next page where nothing but running heads stands between."""
    out: list[Any] = []
    notes: list[ReaderNote] = []
    for piece in pieces:
        before = _table_before(out) if isinstance(piece, PageTable) else None
        if before is not None and _continues(before, piece):
            _append(before, piece, wording, notes)
        else:
            out.append(piece)
    return out, notes


def _table_before(out: Sequence[Any]) -> PageTable | None:
    for piece in reversed(out):
        if isinstance(piece, PageTable):
            return piece
        if piece[0] not in (Role.HEADER, Role.FOOTER, Role.PAGE_NUMBER, Role.STAMP):
            return None
    return None


def _continues(before: PageTable, after: PageTable) -> bool:
    last_page = before.spans[-1].page
    if after.page != last_page + 1:
        return False
    return len(before.xs) == len(after.xs) and all(abs(a - b) < _SAME_COLUMN for a, b in zip(before.xs, after.xs, strict=True))


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [re.sub(r"\s+", " ", c.text) for c in cells]


def _append(before: PageTable, after: PageTable, wording: Wording, notes: list[ReaderNote]) -> None:
    first = 0
    while first < after.rows and first < max(before.header_rows, 3) and _is_repeat(before, after, first):
        before.repeated += [p for cell in after.row(first) for p in cell.paragraphs]
        first += 1
    before.header_rows = max(before.header_rows, first)
    shift = before.rows - first
    joined = first < after.rows and _is_cut(before, after.row(first))
    if joined:
        _join_row(before, after.row(first), wording)
        notes.append(ReaderNote(code="row_joined", message="строка таблицы разорвана концом страницы и соединена.", page=after.page))
        first += 1
        shift -= 1
    for cell in after.cells:
        if cell.row >= first:
            cell.row += shift
            before.cells.append(cell)
    before.rows += after.rows - first
    before.spans += after.spans


def _is_repeat(before: PageTable, after: PageTable, row: int) -> bool:
    head = _texts(before.row(row))
    return any(head) and head == _texts(after.row(row))


def _is_cut(before: PageTable, cells: Sequence[Cell]) -> bool:
    """Evidence that the first row of a page goes on with the last row of the page before."""
    last = before.row(before.rows - 1)
    if len(cells) != len(last) or len(cells) < 2 or not any(c.text for c in cells):
        return False
    numbered = _numbered_column(before)
    above, below = [c.text.strip() for c in last], [c.text.strip() for c in cells]
    if numbered is not None and below[numbered]:
        return False
    score = 2 if numbered is not None and above[numbered] and not below[numbered] else 0
    for up, down in zip(above, below, strict=True):
        if up and down and down[:1].islower():
            score += 2
        elif (up and down and not re.search(r"[.;:!?)»]$", up)) or (up and not down):
            score += 1
        elif down and not up:
            score -= 1
    return score >= 2


def _numbered_column(table: PageTable) -> int | None:
    """The column that holds numbers in most rows."""
    for column in range(min(2, len(table.xs) - 1)):
        texts = [c.text.strip() for c in table.cells if c.column == column and c.column_span == 1]
        numbers = sum(bool(re.match(r"^\d+(?:\.\d+)*[.)]?$", t)) for t in texts)
        if numbers >= 0.6 * max(len(texts) - 1, 1) and numbers > 1:
            return column
    return None


def _join_row(before: PageTable, cells: Sequence[Cell], wording: Wording) -> None:
    for up, down in zip(before.row(before.rows - 1), cells, strict=True):
        up.spans += down.spans
        if not down.paragraphs:
            continue
        if up.paragraphs and _same_sentence(up.paragraphs[-1], down.paragraphs[0]):
            head, tail = up.paragraphs[-1], down.paragraphs[0]
            text = wording.glue(head.text, tail.text)
            up.paragraphs[-1] = head.model_copy(update={"text": text, "spans": head.spans + tail.spans})
            up.paragraphs += down.paragraphs[1:]
        else:
            up.paragraphs += down.paragraphs


def _same_sentence(head: Paragraph, tail: Paragraph) -> bool:
    return not re.search(r"[.;:]$", head.text) or tail.text[:1].islower()
