"""Tables that go on over a page end: one grid, repeated headers taken out, cut rows joined."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from extractors.reading.pages.tables import PageTable
from extractors.reading.pages.wording import Wording, fits, opens_item
from schemas.source import Cell, Paragraph, ReaderNote, Role

_SAME_COLUMN = 4.0  # points
_JOIN, _DOUBT = 1.5, 1.0  # weights of evidence
_TELLING, _ALIKE = 25, 0.94  # letters of a header that tell it from another, and how many of them two readings share


def join_tables(pieces: Sequence[Any], wording: Wording) -> tuple[list[Any], list[ReaderNote]]:
    """Join a table with its continuation on the next page where nothing but running heads stands between."""
    out: list[Any] = []
    notes: list[ReaderNote] = []
    for piece in pieces:
        if isinstance(piece, PageTable) and any(c.row_span > 1 for c in piece.row(0)):
            _take_out_headers(piece)  # the second row of such a heading is told by the first alone
        before = _table_before(out) if isinstance(piece, PageTable) and not piece.nested else None
        if before is not None and _continues(before, piece):
            _append(before, piece, wording, notes)
        else:
            out.append(piece)
    for piece in out:
        if isinstance(piece, PageTable):
            _take_out_headers(piece)
    return out, notes


def _take_out_headers(table: PageTable) -> None:
    """A row that says again what the header says («№ п/п | Мероприятие | Срок») is a repeated header wherever it stands."""
    head = _texts(table.row(0))
    deep = max((c.row_span for c in table.row(0)), default=1)
    below = [_texts(table.row(r)) for r in range(1, deep)]
    again: list[int] = []
    for r in range(deep, table.rows):
        lower = range(r + 1, r + deep)
        if len(list(filter(None, head))) > 2 and _same(_texts(table.row(r)), head) and [_texts(table.row(i)) for i in lower] == below:
            again += range(r, r + deep)
    table.repeated += [p for r in again for c in table.row(r) for p in c.paragraphs]
    table.cells = [c for c in table.cells if c.row not in again]
    for cell in table.cells:
        cell.row -= sum(r < cell.row for r in again)
    table.ends = {(row - sum(r < row for r in again), column): ends for (row, column), ends in table.ends.items() if row not in again}
    table.rows -= len(again)


def _table_before(out: Sequence[Any]) -> PageTable | None:
    for piece in reversed(out):
        if isinstance(piece, PageTable):
            if piece.nested:
                continue
            return piece
        if piece[0] not in (Role.HEADER, Role.FOOTER, Role.PAGE_NUMBER, Role.STAMP, Role.HIDDEN, Role.FOOTNOTE):
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
    while first < after.rows and first < 3 and _is_repeat(before, after, first):
        before.repeated += [p for cell in after.row(first) for p in cell.paragraphs]
        first += 1
    before.header_rows = max(before.header_rows, first)
    if first < after.rows and _is_cut_header(before, after.row(first)):
        before.repeated += [p for cell in [*before.row(before.rows - 1), *after.row(first)] for p in cell.paragraphs]
        before.cells = [c for c in before.cells if c.row < before.rows - 1]
        before.rows -= 1
        first += 1
    shift = before.rows - first
    weight = _cut_weight(before, after, first) if first < after.rows else 0.0
    if weight >= _JOIN:
        _join_row(before, after, after.row(first), wording)
        before.ends.update({(before.rows - 1, column): ends for (row, column), ends in after.ends.items() if row == first})
        notes.append(ReaderNote(code="row_joined", message="строка таблицы разорвана концом страницы и соединена.", page=after.page))
        first += 1
        shift -= 1
    elif weight >= _DOUBT:
        message = "первая строка страницы, возможно, продолжает строку прошлой страницы: оставлена отдельной."
        notes.append(ReaderNote(code="row_join_doubtful", message=message, page=after.page))
    before.ends.update({(row + shift, column): ends for (row, column), ends in after.ends.items() if row >= first})
    for cell in after.cells:
        if cell.row >= first:
            cell.row += shift
            before.cells.append(cell)
    before.rows += after.rows - first
    before.spans += after.spans
    before.repeated += after.repeated


def _same(row: list[str], head: list[str]) -> bool:
    """The cells of the header, or another reading of them: «С рок» on a scan, «Срок» on a page with text."""
    if len(row) != len(head) or not any(head):
        return False
    whole, right = ("|".join(re.sub(r"\s", "", text).lower() for text in cells) for cells in (row, head))
    if whole == right:
        return True
    figures = [re.sub(r"\D", "", text) for text in (whole, right)]
    return len(right) > _TELLING and figures[0] == figures[1] and SequenceMatcher(None, whole, right, autojunk=False).ratio() > _ALIKE


def _is_repeat(before: PageTable, after: PageTable, row: int) -> bool:
    head = _texts(before.row(row))
    if not any(head) or not _same(head, _texts(after.row(row))):
        return False
    return row == 0 or all(_texts(before.row(r)) != head for r in range(row + 1, before.rows))  # equal rows of the body are no header


def _is_cut_header(before: PageTable, cells: Sequence[Cell]) -> bool:
    """The header of a second table of the same columns, set again and cut by the page end."""
    if before.rows < 2:
        return False
    both = [" ".join(filter(None, pair)) for pair in zip(_texts(before.row(before.rows - 1)), _texts(cells), strict=False)]
    return len(both) > 1 and _same(both, _texts(before.row(0)))


def _cut_weight(before: PageTable, after: PageTable, first: int) -> float:
    """Evidence that a row goes on with the last row of the page before: at least `_JOIN` = sure."""
    row = before.rows - 1
    above, below = before.row(row), after.row(first)
    if [c.column for c in above] != [c.column for c in below] or len(below) < 2 or not any(c.text for c in below):
        return 0.0
    numbered = _numbered_column(before)
    if numbered is None and _is_row_of_its_own(before, below):
        return 0.0
    weight = 0.0
    for up, down in zip(above, below, strict=True):
        if up.column == numbered:
            if down.text.strip():
                return 0.0
            weight += 2 if up.text.strip() else 0
            continue
        weight += _column_weight(before, after, up, down)
    return weight


def _is_row_of_its_own(before: PageTable, cells: Sequence[Cell]) -> bool:
    """Every column has text, and each begins as the cells above it begin: «Наблюдение за водой | апрель | Дежурная смена | журнал»."""
    texts = [c.text.strip() for c in cells]
    return len(texts) > 2 and all(texts) and all(_begins_alike(before, c.column, t) for c, t in zip(cells, texts, strict=True))


def _begins_alike(before: PageTable, column: int, text: str) -> bool:
    if not text[:1].islower():
        return True
    below_head = [c.text.strip() for c in before.cells if c.column == column and c.row > 0 and c.text.strip()]
    return 2 * sum(t[:1].islower() for t in below_head) > len(below_head)


def _column_weight(before: PageTable, after: PageTable, up: Cell, down: Cell) -> float:
    """One column's evidence: text that was merely wrapped goes on; text that would have fitted begins anew."""
    upper, lower = up.text.strip(), down.text.strip()
    if not upper and not lower:
        return 0.0
    if not lower:
        if up.column == 0 and down.row_span == 1 and _always_filled(before):
            return _JOIN  # «Задачи | …»: a passport's row without its name has none of its own
        return 0.5 if _mostly_filled(before, up.column) else 0.0
    if not upper:
        return -2.0
    small = lower[:1].islower() or lower[:1] in ",;)»"
    ended = bool(re.search(r"[.;:!?]$", upper))
    first, last = after.ends[down.row, down.column][0], before.ends[up.row, up.column]
    if _lowest(before, up.row) - last[1].bottom > 3 * last[1].size:
        return -2.0  # this cell was full before the page ended (widow control keeps two lines back): what stands below begins anew
    if fits(last[1], first, last[2]):
        if small and not ended:
            return 0.5
        return 0.0 if opens_item(lower) and opens_item(up.paragraphs[-1].text) else -1.0
    return 2.0 if small else 0.25 if ended else 1.0


def _lowest(table: PageTable, row: int) -> float:
    """Lower edge of the last line of a row in points: the cell that reaches it is the one a page end cut."""
    return max((ends[1].bottom for (r, _), ends in table.ends.items() if r == row), default=0.0)


def _always_filled(table: PageTable) -> bool:
    texts = [c.text.strip() for c in table.cells if c.column == 0 and c.column_span == 1]
    return len(texts) > 2 and all(texts)


def _mostly_filled(table: PageTable, column: int) -> bool:
    texts = [c.text.strip() for c in table.cells if c.column == column and c.column_span == 1]
    return sum(map(bool, texts)) > 0.8 * len(texts)


def _numbered_column(table: PageTable) -> int | None:
    """The column that holds numbers in most rows."""
    for column in range(min(2, len(table.xs) - 1)):
        texts = [c.text.strip() for c in table.cells if c.column == column and c.column_span == 1]
        filled = [t for t in texts if t]  # a section row that is not merged leaves the number out
        numbers = sum(bool(re.match(r"^\d+(?:\.\d+)*[.)]?$", t)) for t in filled)
        if numbers >= 0.6 * max(len(filled) - 1, 1) and numbers > 1 and 2 * len(filled) >= len(texts):
            return column
    return None


def _join_row(before: PageTable, after: PageTable, cells: Sequence[Cell], wording: Wording) -> None:
    for up, down in zip(before.row(before.rows - 1), cells, strict=True):
        up.spans += down.spans
        if not down.paragraphs:
            continue
        if up.paragraphs and _same_sentence(up.paragraphs[-1], down.paragraphs[0]):
            head, tail = up.paragraphs[-1], down.paragraphs[0]
            _, last, right = before.ends[up.row, up.column]
            cut = wording.cut_word([last, after.ends[down.row, down.column][0]], right, head.text)
            text = head.text + tail.text if cut else wording.glue(head.text, tail.text)
            up.paragraphs[-1] = head.model_copy(update={"text": text, "spans": head.spans + tail.spans})
            up.paragraphs += down.paragraphs[1:]
        else:
            up.paragraphs += down.paragraphs


def _same_sentence(head: Paragraph, tail: Paragraph) -> bool:
    return not re.search(r"[.;:]$", head.text) or tail.text[:1].islower()
