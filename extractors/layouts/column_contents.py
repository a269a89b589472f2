"""What a column holds, told by the look of its cells: numbers, days, people."""

import re
from collections import Counter
from dataclasses import replace

from extractors.layouts.columns import Column, ColumnRole, Header, heading_role, settle
from extractors.layouts.grid import Grid, fold, one_line, tidy
from extractors.layouts.item_numbers import cell_number, words

_SHORT_HEADING = 6  # characters: «№ п/п», however garbled
_SHORT_DATE = 40  # characters: «30 июня 2024 года»
_SHORT_TITLE = 20  # characters: «Физика», «Кабинет 5» are no activities
_MOST_FIGURES = 3  # columns of numbers and days in a plan: «№», «Начало», «Окончание»


def infer_columns(grid: Grid, rows: list[int], header: Header | None = None) -> Header | None:
    """Columns from what their cells look like (``header``: headings that say nothing); null where that makes no plan."""
    if header is None:
        columns = [Column(first, last, None, None, *_content_role(grid, rows, first)) for first, last in _bounds(grid, rows)]
    else:
        told = [_content_role(grid, rows, c.first) for c in header.columns]
        columns = [replace(c, role=role, strength=strength) for c, (role, strength) in zip(header.columns, told, strict=True)]
    if not columns or _only_figures(columns):
        return None
    columns = _longest_is_title(grid, rows, _first_only(columns))
    found = Header(columns, header.rows if header else [], header.number_row if header else None, inferred=True)
    wanted = {ColumnRole.DEADLINE, ColumnRole.RESPONSIBLE} & found.roles()
    return found if wanted and ColumnRole.TITLE in found.roles() else None


def _only_figures(columns: list[Column]) -> bool:
    """«Физика | 75 | 3 | 4 | 25»: results, though «25» may be a day; with people beside them the figures may be sums of money."""
    roles = [c.role for c in columns]
    figures = roles.count(ColumnRole.NUMBER) + roles.count(ColumnRole.DEADLINE)
    return figures > _MOST_FIGURES and ColumnRole.RESPONSIBLE not in roles


def _bounds(grid: Grid, rows: list[int]) -> tuple[tuple[int, int], ...]:
    """First and last grid column of each column, as most rows have them."""
    widths = Counter(tuple((c.column, c.column + c.column_span - 1) for c in grid.covering(r)) for r in rows if len(grid.filled(r)) > 1)
    return max(widths.items(), key=lambda item: (item[1], len(item[0])))[0] if widths else ()


def is_unlike_body(grid: Grid, header: Header, rows: list[int]) -> bool:
    """The first row has no number, date or person where the rows below have them: headings that nobody knows."""
    first = {c.column: one_line(c.text) for c in grid.filled(rows[0])}
    told = [(first[c.first], c.role) for c in header.columns if c.first in first]
    return len(rows) > 2 and len(told) >= 3 and not any(_looks_like(text, role) for text, role in told)


def _looks_like(text: str, role: ColumnRole) -> bool:
    if role is ColumnRole.NUMBER:
        return cell_number(text) is not None
    if role is ColumnRole.DEADLINE:
        return looks_like_deadline(text)
    return role is ColumnRole.RESPONSIBLE and looks_like_party(text)


def with_headings(grid: Grid, header: Header, row: int) -> Header:
    """The columns with the texts of a row as their headings."""
    texts = {c.column: one_line(c.text) for c in grid.filled(row)}
    return replace(header, columns=[replace(c, heading=texts.get(c.first)) for c in header.columns], rows=[row])


def fits(grid: Grid, header: Header, rows: list[int]) -> bool:
    """Whether a row holds what the columns of the table before hold: a number or a deadline in its place."""
    telling = [c for c in header.columns if c.role in (ColumnRole.NUMBER, ColumnRole.DEADLINE)]
    telling = telling or [c for c in header.columns if c.role is ColumnRole.RESPONSIBLE]
    return not telling or any(_looks_like(text, c.role) for c in telling for text in _texts(grid, rows, c.first))


def _texts(grid: Grid, rows: list[int], column: int) -> list[str]:
    cells = [grid.at(row, column) for row in rows]
    return [one_line(c.text) for c in cells if c is not None and tidy(c.text)]


def _content_role(grid: Grid, rows: list[int], column: int) -> tuple[ColumnRole, int]:
    """Numbers, dates and people are known by their look."""
    texts = _texts(grid, rows, column)
    if not texts:
        return ColumnRole.EXTRA, 0
    if sum(cell_number(t) is not None for t in texts) >= 0.7 * len(texts):
        return ColumnRole.NUMBER, 1
    if sum(looks_like_deadline(t) for t in texts) >= 0.6 * len(texts):
        return ColumnRole.DEADLINE, 1
    if sum(looks_like_party(t) for t in texts) >= 0.6 * len(texts):
        return ColumnRole.RESPONSIBLE, 1
    return ColumnRole.UNKNOWN, 0


def looks_like_deadline(text: str) -> bool:
    """A short text with a month, a date, a frequency or «по плану»."""
    folded = fold(text)
    return len(folded) < 80 and bool(re.search(words()["deadline_cell"], folded) or re.fullmatch(words()["bare_day"], folded))


def looks_like_party(text: str) -> bool:
    """A person, a post or a body."""
    if re.search(words()["person"], text):
        return True
    return len(text) < 160 and bool(re.match(r"(\S+ ){0,2}?" + words()["party_cell"], fold(text)))


def _first_only(columns: list[Column]) -> list[Column]:
    """Of several columns of dates or numbers the first one is meant."""
    seen: set[ColumnRole] = set()
    settled: list[Column] = []
    for column in columns:
        again = column.role in seen and column.role in (ColumnRole.NUMBER, ColumnRole.DEADLINE, ColumnRole.RESPONSIBLE)
        settled.append(replace(column, role=ColumnRole.EXTRA) if again else column)
        seen.add(column.role)
    return settled


def _longest_is_title(grid: Grid, rows: list[int], columns: list[Column]) -> list[Column]:
    """The longest column before the first date or name is the title; what cannot be told is `extra`."""
    unknown = [i for i, c in enumerate(columns) if c.role is ColumnRole.UNKNOWN]
    if not unknown:
        return columns
    lengths = {i: sum(map(len, _texts(grid, rows, columns[i].first))) for i in unknown}
    first = unknown[0]
    best = first if lengths[first] * 2 >= max(lengths.values()) else max(unknown, key=lambda i: lengths[i])
    chosen = {i: ColumnRole.TITLE if i == best else ColumnRole.EXTRA for i in unknown}
    return [replace(c, role=chosen[i]) if i in chosen else c for i, c in enumerate(columns)]


def refine(grid: Grid, header: Header, rows: list[int]) -> tuple[Header, list[str]]:
    """Settle by contents what headings leave open; also the headings (or contents) whose meaning was a guess."""
    columns = _merged_title_is_direction(grid, rows, _blank_number(grid, rows, header.columns))
    columns = _dated_title(grid, rows, _marked_periods(grid, rows, columns))
    guessed: list[str] = []
    for role in (ColumnRole.DEADLINE, ColumnRole.RESPONSIBLE):
        columns = _guess(grid, rows, columns, role, guessed)
    columns = _guess_title(grid, rows, columns, guessed)
    return replace(header, columns=columns), guessed


def _dated_title(grid: Grid, rows: list[int], columns: list[Column]) -> list[Column]:
    """«Задача | Контрольная точка»: a title that holds nothing but dates says when."""
    title = next((i for i, c in enumerate(columns) if c.role is ColumnRole.TITLE), None)
    if title is None or any(c.role in (ColumnRole.DEADLINE, ColumnRole.START, ColumnRole.END) for c in columns):
        return columns
    texts = _texts(grid, rows, columns[title].first)
    if not texts or not all(len(t) < _SHORT_DATE and looks_like_deadline(t) for t in texts):
        return columns
    return settle([replace(c, role=ColumnRole.DEADLINE) if i == title else c for i, c in enumerate(columns)])


def _marked_periods(grid: Grid, rows: list[int], columns: list[Column]) -> list[Column]:
    """«Январь | Февраль | …» with crosses under them: the crosses say when."""
    if any(c.role is ColumnRole.DEADLINE for c in columns):
        return columns
    slots = [i for i, c in enumerate(columns) if re.match(words()["period_column"], fold(c.heading or "")) and _only_marks(grid, rows, c)]
    if len(slots) < 2:
        return columns
    return [replace(c, role=ColumnRole.DEADLINE, group=c.group or c.heading) if i in slots else c for i, c in enumerate(columns)]


def _only_marks(grid: Grid, rows: list[int], column: Column) -> bool:
    return all(re.match(words()["mark"], text.lower()) for text in _texts(grid, rows, column.first) if len(text) < _SHORT_TITLE)


def _blank_number(grid: Grid, rows: list[int], columns: list[Column]) -> list[Column]:
    """A first column of numbers under an empty heading, or under one that OCR made unreadable («М |»)."""
    first = columns[0]
    short = len(first.heading or "") <= _SHORT_HEADING and not any(c.role is ColumnRole.NUMBER for c in columns)
    if not short or first.role is not ColumnRole.UNKNOWN or _content_role(grid, rows, first.first)[0] is not ColumnRole.NUMBER:
        return columns
    return [replace(first, role=ColumnRole.NUMBER), *columns[1:]]


def _merged_title_is_direction(grid: Grid, rows: list[int], columns: list[Column]) -> list[Column]:
    """«Мероприятия | Содержание работы»: where the first is merged over rows that the second tells apart, the second is the title."""
    title = next((i for i, c in enumerate(columns) if c.role is ColumnRole.TITLE), None)
    if title is None:
        return columns
    cells = {
        id(c): c for r in rows if (c := grid.at(r, columns[title].first)) is not None and tidy(c.text) and c.column_span < len(columns)
    }
    merged = [c for c in cells.values() if c.row_span > 1]
    second = next(
        (
            i
            for i, c in enumerate(columns)
            if i != title and c.role is ColumnRole.EXTRA and heading_role(c.heading or "")[0] is ColumnRole.TITLE
        ),
        None,
    )
    blank = [
        r for r in rows if second is not None and not _texts(grid, [r], columns[title].first) and _texts(grid, [r], columns[second].first)
    ]
    if second is None or (len(merged) + len(blank)) * 2 < len(cells):
        return columns
    swapped = {title: ColumnRole.DIRECTION, second: ColumnRole.TITLE}
    return [replace(c, role=swapped.get(i, c.role)) for i, c in enumerate(columns)]


def _guess(grid: Grid, rows: list[int], columns: list[Column], role: ColumnRole, guessed: list[str]) -> list[Column]:
    """No heading names deadlines (or people): a column of an unknown heading that holds them is the one."""
    alike = {role, ColumnRole.DEADLINE_RESPONSIBLE, *((ColumnRole.START, ColumnRole.END) if role is ColumnRole.DEADLINE else ())}
    if any(c.role in alike for c in columns) or not any(c.role is ColumnRole.TITLE for c in columns):
        return columns
    for i, column in enumerate(columns):
        if column.role is ColumnRole.UNKNOWN and _content_role(grid, rows, column.first)[0] is role:
            guessed.append(column.heading or "без заголовка")
            return [replace(c, role=role) if k == i else c for k, c in enumerate(columns)]
    return columns


def _guess_title(grid: Grid, rows: list[int], columns: list[Column], guessed: list[str]) -> list[Column]:
    """Deadlines and people, but no heading of activities: the longest column of an unknown heading is the title."""
    roles = {c.role for c in columns}
    if ColumnRole.TITLE in roles or not {ColumnRole.DEADLINE, ColumnRole.RESPONSIBLE} <= roles:
        return columns
    lengths = {
        i: sum(map(len, texts)) / len(texts)
        for i, c in enumerate(columns)
        if c.role is ColumnRole.UNKNOWN and (texts := _texts(grid, rows, c.first))
    }
    best = max(lengths, key=lambda i: lengths[i], default=None)
    if best is None or lengths[best] < _SHORT_TITLE:
        return columns
    guessed.append(columns[best].heading or "без заголовка")
    return [replace(c, role=ColumnRole.TITLE, strength=1) if k == best else c for k, c in enumerate(columns)]
