"""Tables without any lines: columns that white space alone keeps apart.

Such a table is taken for one only under a row that heads columns («№ п/п   Мероприятие   Срок   Ответственный»),
or where one of the page before goes on: two-column signatures, lists of dates and justified lines are none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.reading.column_words import head_columns
from extractors.reading.page import Word
from extractors.reading.pages.grids import Grid
from extractors.reading.pages.gutters import Columns, Strip, chunks_of, columns_of, open_at
from extractors.reading.pages.lines import Row
from extractors.reading.pages.member_lists import members_end, members_grid
from extractors.reading.pages.wording import opens_item
from schemas.source import BBox

_NUMBER = re.compile(r"^\d+(?:\.\d+)*[.)]?$")
_SECTION = re.compile(r"[А-ЯЁ][а-яё]{2,}(?: \d{4})?")  # «Март», «Июнь 2023»
_APART = 2.2  # font sizes: white space between two lines that ends a table
_HEAD_LINES = 4
_MIDDLE = 0.06  # share of the table's width: ragged text does not show where its middle is
_HEAD_SPACE = 0.5  # font sizes: white space between two headings is at least so wide
_EVEN, _EVEN_GAPS = 1.25, 3  # times the narrowest white space of a justified line, and how many make one
_LEAST_ROWS = 2  # rows under the heads
_ACROSS = 3  # lines: more of them that go across the columns end the table
_FILLED = 3  # columns: a line that fills so many goes on with the table of the page before


@dataclass(frozen=True)
class OpenTable:
    """A table found between two rows: ``start`` to ``end`` (exclusive) of the page's rows."""

    start: int
    end: int
    grid: Grid


def find_open_tables(rows: Sequence[Row], before: Grid | None = None) -> list[OpenTable]:
    """Tables without lines among the rows of a page, top to bottom; ``before`` ended the page before and may go on."""
    found: list[OpenTable] = []
    going_on = _going_on(rows, before) if before and rows else None
    if going_on:
        found.append(going_on)
    position = going_on.end if going_on else 0
    while position < len(rows):
        table = _table_at(rows, position) or _members_at(rows, position)
        if table:
            found.append(table)
        position = table.end if table else position + 1
    return found


def heads_table(chunks: Sequence[Sequence[Word]]) -> bool:
    """Three columns or more whose headings are known: «№», «Мероприятие», «Срок»."""
    texts = [" ".join(w.text for w in sorted(chunk, key=lambda w: (round(w.top), w.x0))) for chunk in chunks]
    return head_columns(texts)


def _table_at(rows: Sequence[Row], start: int) -> OpenTable | None:
    heads = _heads(rows, start)
    if not heads:
        return None
    spans = [(chunk[0].x0, max(w.x1 for w in chunk)) for chunk in heads]
    end = next((i for i in range(start + 1, len(rows)) if not _near(rows, i)), len(rows))
    end = start + _columns_end(rows[start:end], spans)
    columns = _with_sections(rows[start:end], columns_of([row.words for row in rows[start:end]], spans))
    if columns is None or not columns.clear(end - start):
        return None
    good = _with_last_section(rows, end)
    columns = Columns(columns.gutters, columns.crossing | frozenset(range(end - start, good - start)))
    bands = _bands(rows[start:good], columns)
    if len(bands) <= _LEAST_ROWS or not any(_fills(rows[start:good], columns, band) for band in bands[1:]):
        return None
    grid = _grid(rows[start:good], columns, bands)
    grid.head = tuple(row.text for row in rows[start : start + bands[0][1]])
    return OpenTable(start, good, grid)


def _members_at(rows: Sequence[Row], start: int) -> OpenTable | None:
    end, edge = members_end(rows, start)
    return OpenTable(start, end, members_grid(rows[start:end], edge)) if edge is not None else None


def _fills(rows: Sequence[Row], columns: Columns, band: tuple[int, int]) -> bool:
    """Half of the columns have text: under a line of prose there is none such."""
    words = [word for row in rows[slice(*band)] for word in row.words]
    return band[0] not in columns.crossing and 2 * len({_column(word, columns.edges) for word in words}) > len(columns.edges)


def _columns_end(rows: Sequence[Row], heads: Sequence[Strip]) -> int:
    """How many of the rows under the ``heads`` are the table's, and not the text below it."""
    columns = _with_sections(rows, columns_of([row.words for row in rows], heads))
    return _end(rows, columns) if columns else 0


def _heads(rows: Sequence[Row], start: int) -> list[list[Word]]:
    """The headings that begin on the line ``start``: on as many lines as part them best."""
    best: list[list[Word]] = []
    first = chunks_of(rows[start].words, _HEAD_SPACE)
    if len(first) < 2 or _justified(first):
        return best  # the last line of the title, or prose
    for end in range(start + 1, min(start + _HEAD_LINES, len(rows)) + 1):
        if end > start + 1 and (not _near(rows, end - 1) or _begins_anew(rows[start : end - 1], rows[end - 1])):
            break
        chunks = chunks_of([w for row in rows[start:end] for w in row.words], _HEAD_SPACE)
        if len(chunks) > len(best) and heads_table(chunks):
            best = chunks
    return best


def _begins_anew(heads: Sequence[Row], row: Row) -> bool:
    """«Изготовление изделий | до 10 апреля» under «Мероприятие | Срок»: no heading goes on with a capital letter or a figure."""
    above = chunks_of([word for head in heads for word in head.words], _HEAD_SPACE)
    caps = all(head.text.upper() == head.text for head in heads)
    under = [chunk for chunk in chunks_of(row.words, _HEAD_SPACE) if any(_over(chunk, head) for head in above)]
    anew = sum(chunk[0].text[:1].isupper() or chunk[0].text[:1].isdigit() for chunk in under)
    return not caps and anew * 2 > len(under)


def _over(chunk: Sequence[Word], head: Sequence[Word]) -> bool:
    return chunk[0].x0 < max(w.x1 for w in head) and head[0].x0 < max(w.x1 for w in chunk)


def _justified(chunks: Sequence[Sequence[Word]]) -> bool:
    """The white space is as wide everywhere: «1. Утвердить   план   мероприятий   по   подготовке», drawn out to the margin."""
    gaps = [right[0].x0 - max(word.x1 for word in left) for left, right in pairwise(chunks)]
    return len(gaps) >= _EVEN_GAPS and max(gaps) < _EVEN * min(gaps)


def _near(rows: Sequence[Row], at: int) -> bool:
    return rows[at].top - rows[at - 1].bottom <= _APART * rows[at].size


def _going_on(rows: Sequence[Row], before: Grid) -> OpenTable | None:
    """The columns of the page before go on where its first lines fill several of them."""
    edges = before.xs[1:-1]
    end = next((i for i in range(1, len(rows)) if not _near(rows, i)), len(rows))
    crossing = frozenset(i for i, row in enumerate(rows[:end]) if not open_at(row.words, edges))
    crossing |= _sections(rows[:end], edges, crossing, (before.xs[0], before.xs[-1]))
    end = _with_last_section(rows, _end(rows[:end], Columns([(edge, edge) for edge in edges], crossing)))
    first = [row for i, row in enumerate(rows[:end]) if i not in crossing][:_HEAD_LINES]
    if not any(_filled(row, edges) >= min(_FILLED, len(edges) + 1) for row in first) or 2 * len(crossing) > end:
        return None
    columns = Columns([(edge, edge) for edge in edges], crossing)
    again = len(before.head) if [row.text for row in rows[: len(before.head)]] == list(before.head) else 0
    grid = _grid(rows[:end], columns, _bands(rows[:end], columns, again), (before.xs[0], before.xs[-1]))
    grid.head = before.head
    return OpenTable(0, end, grid)


def _with_sections(rows: Sequence[Row], columns: Columns | None) -> Columns | None:
    if columns is None:
        return None
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    return Columns(columns.gutters, columns.crossing | _sections(rows, columns.edges, columns.crossing, (left, right)))


def _sections(rows: Sequence[Row], edges: Sequence[float], crossing: frozenset[int], sides: tuple[float, float]) -> frozenset[int]:
    """Short section rows: «Март» in the middle of the table, not where the text of its column begins, or in the column of numbers."""
    found = set()
    left, right = sides
    numbers = [i for i, row in enumerate(rows) if i not in crossing and _is_number(row.words[0], edges)]
    lone = {i for i, row in enumerate(rows) if i and _filled(row, edges) == 1 and _in_the_middle(row, left, right)}
    for i, row in enumerate(rows):
        column = _column(row.words[0], edges)
        month = column == 0 and len(numbers) > 1 and i > numbers[0] - 2 and _filled(row, edges) == 1 and _SECTION.fullmatch(row.text)
        if month or (i in lone and _heads_rows(rows, i, column, edges, crossing | lone)):
            found.add(i)
    return frozenset(found)


def _in_the_middle(row: Row, left: float, right: float) -> bool:
    return abs((row.x0 + row.x1) - (left + right)) / 2 < _MIDDLE * (right - left)


def _heads_rows(rows: Sequence[Row], at: int, column: int, edges: Sequence[float], apart: frozenset[int] | set[int]) -> bool:
    """The line does not begin where the text of its column begins, nor goes on with the line above it."""
    row = rows[at]
    others = [w.x0 for i, one in enumerate(rows) if i not in apart for w in one.words if _column(w, edges) == column]
    start = min(others, default=row.x0)
    over = [w for w in rows[at - 1].words if _column(w, edges) == column]
    return abs(row.x0 - start) >= row.size and (row.x0 < start or not over or _fits(rows, at, column, edges))


def _end(rows: Sequence[Row], columns: Columns) -> int:
    """Where the table ends: before lines that go across it and that no numbered row follows, where rows are numbered."""
    numbered = sum(i not in columns.crossing and _is_number(row.words[0], columns.edges) for i, row in enumerate(rows)) > 1
    good = 0
    for i, row in enumerate(rows):
        if i > _HEAD_LINES and (row.words[0].text.startswith("№") or row.text == rows[0].text) and _heads(rows, i):
            break  # the next table
        if i in columns.crossing:
            if i - good >= _ACROSS:
                break
            continue
        after = i - 1 in columns.crossing
        if after and numbered and not _is_number(row.words[0], columns.edges) and not _wraps(rows, i):
            break
        good = i + 1
    return good


def _with_last_section(rows: Sequence[Row], end: int) -> int:
    """«II. Мероприятия по …», the page ends, and its rows stand on the next page."""
    rest = range(end, len(rows))
    return len(rows) if 0 < len(rest) < _ACROSS and opens_item(rows[end].text) and all(_near(rows, i) for i in rest) else end


def _wraps(rows: Sequence[Row], at: int) -> bool:
    """The line is one stretch of text, and the line above had no room for its first word."""
    first, right = rows[at].words[0], max(row.x1 for row in rows)
    return len(chunks_of(rows[at].words, 1.0)) == 1 and rows[at - 1].x1 + 0.3 * rows[at].size + first.x1 - first.x0 > right


def _filled(row: Row, edges: Sequence[float]) -> int:
    return len({_column(word, edges) for word in row.words})


def _column(word: Word, edges: Sequence[float]) -> int:
    return sum(edge < (word.x0 + word.x1) / 2 for edge in edges)


def _bands(rows: Sequence[Row], columns: Columns, head: int = 0) -> list[tuple[int, int]]:
    """Rows of the table as ranges of lines; the first ``head`` lines are known to be its heading."""
    edges = columns.edges
    numbers = [i for i, row in enumerate(rows) if i not in columns.crossing and _is_number(row.words[0], edges)]
    starts = {0, head} if head < len(rows) else {0}
    wrapped = False
    for i in range(max(head, 1), len(rows)):
        wrapped = i not in columns.crossing and (wrapped or i - 1 in columns.crossing) and _wraps(rows, i)
        if wrapped:
            continue  # «1. Мероприятия, направленные на» / «развитие кадров»
        if (i in columns.crossing) != (i - 1 in columns.crossing):
            starts.add(i)
        elif i in columns.crossing:
            starts |= set() if _wraps(rows, i) else {i}
        elif i in numbers if len(numbers) > 1 else _begins(rows, i, max(starts), edges):
            starts.add(i)
    return [(a, b) for a, b in pairwise([*sorted(starts), len(rows)]) if b > a]


def _is_number(word: Word, edges: Sequence[float]) -> bool:
    return bool(_NUMBER.match(word.text)) and word.x1 <= edges[0]


def _begins(rows: Sequence[Row], at: int, start: int, edges: Sequence[float]) -> bool:
    """A line opens a row where a column that had ended has text again, after more white space than above, or under bold type."""
    gaps = [b.top - a.bottom for a, b in pairwise(rows)]
    if gaps[at - 1] > min(gaps) + 0.25 * rows[at].size or (rows[at - 1].bold and not rows[at].bold):
        return True
    here, above = ({_column(w, edges) for w in rows[i].words} for i in (at, at - 1))
    over = {_column(w, edges) for row in rows[start:at] for w in row.words}
    if (here & over) - above:
        return True
    if len(here) == len(edges) + 1 and (_opens_cells(rows[at], edges) or (0 in above and _fits(rows, at, 0, edges))):
        return True
    return 0 in here and len(here) > len(edges) / 2 and all(_fits(rows, at, column, edges) for column in here & above)


def _opens_cells(row: Row, edges: Sequence[float]) -> bool:
    """«Оформление стенда | 12 апреля | Резчик В.В.»: most cells, and the first, begin with a capital letter or a figure."""
    firsts = [next(w.text for w in row.words if _column(w, edges) == column) for column in range(len(edges) + 1)]
    opening = [bool(re.match(r"[«\"„(]?[А-ЯЁA-Z\d]", text)) for text in firsts]
    return opening[0] and 2 * sum(opening) > len(opening)


def _fits(rows: Sequence[Row], at: int, column: int, edges: Sequence[float]) -> bool:
    """The first word of the line's cell would have fitted on the line above it."""
    right = max(w.x1 for row in rows for w in row.words if _column(w, edges) == column)
    above = max(w.x1 for w in rows[at - 1].words if _column(w, edges) == column)
    first = next(w for w in rows[at].words if _column(w, edges) == column)
    return above + 0.3 * rows[at].size + first.x1 - first.x0 < right


def _grid(rows: Sequence[Row], columns: Columns, bands: Sequence[tuple[int, int]], sides: tuple[float, float] | None = None) -> Grid:
    left, right = sides or (min(r.x0 for r in rows) - 1, max(r.x1 for r in rows) + 1)
    xs = [left, *columns.edges, right]
    ys = [rows[0].top - 1, *((rows[a - 1].bottom + rows[a].top) / 2 for a, _ in bands[1:]), rows[-1].bottom + 1]
    cells: list[BBox] = []
    for (start, _), (top, bottom) in zip(bands, pairwise(ys), strict=True):
        across = [left, right] if start in columns.crossing else xs
        cells += [(x0, top, x1, bottom) for x0, x1 in pairwise(across)]
    return Grid(cells, xs, ys, ruled=False)
