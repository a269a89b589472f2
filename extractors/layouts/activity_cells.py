"""The cells of a roadmap's row, sorted by what their columns mean."""

import re
from dataclasses import dataclass, field

from extractors.layouts.column_contents import looks_like_deadline, looks_like_party
from extractors.layouts.columns import Column, ColumnRole
from extractors.layouts.grid import Grid, fold, one_line, says_something, tidy
from extractors.layouts.item_numbers import cell_number, words
from schemas.raw import RawText
from schemas.source import Cell

_PART = re.compile(r"[^,;\n]+(?:[,;\n]+|$)")
_COUNTED = re.compile(r"(?P<number>\d{1,3})\s+(?P<title>[«\"„А-ЯЁ].*)", re.DOTALL)
_FEWEST_COUNTED = 2  # titles
_JOINED = (
    ColumnRole.DEADLINE,
    ColumnRole.RESPONSIBLE,
    ColumnRole.START,
    ColumnRole.END,
    ColumnRole.POSITION,
    ColumnRole.FORM,
    ColumnRole.EXPECTED_RESULT,
    ColumnRole.EVIDENCE,
    ColumnRole.COMPLETION,
)


@dataclass
class Values:
    """The cells of a row by what they mean."""

    number: RawText | None = None
    title: RawText | None = None
    fields: dict[ColumnRole, RawText] = field(default_factory=dict)  # form, deadline, responsible, …
    extra: list[tuple[str | None, RawText]] = field(default_factory=list)
    directions: dict[int, RawText] = field(default_factory=dict)  # by index of the column
    title_cell: Cell | None = None
    number_cell: Cell | None = None
    joined: list[RawText] = field(default_factory=list)  # texts that are only part of a field: «начало», «окончание»

    def text(self, role: ColumnRole) -> str | None:
        """The text of a field, or null."""
        found = self.fields.get(role)
        return found.text if found else None


def sort_cells(grid: Grid, row: int, columns: list[Column], new_only: bool = False) -> Values:
    """The cells that cover a row (``new_only``: that begin in it); several cells in one column are joined."""
    values = Values()
    found: dict[int, list[Cell]] = {}
    for cell in grid.starting(row) if new_only else grid.covering(row):
        if tidy(cell.text):
            found.setdefault(_column_index(cell, columns), []).append(cell)
    for index, cells in sorted(found.items()):
        _put(grid, values, columns, index, cells)
    _join_spans(values)
    _number_or_extra(values, columns)
    return values


def _column_index(cell: Cell, columns: list[Column]) -> int:
    """The column that a cell stands in; one over several stands where its contents belong."""
    last = cell.column + cell.column_span - 1
    touched = [i for i, c in enumerate(columns) if c.first <= last and c.last >= cell.column]
    if len(touched) > 1:
        return _of_several(cell, columns, touched)
    return touched[0] if touched else len(columns) - 1


def _of_several(cell: Cell, columns: list[Column], touched: list[int]) -> int:
    """The title first; people over «срок | ответственный» are no deadline."""
    text = one_line(cell.text)
    roles = [columns[i].role for i in touched]
    if ColumnRole.TITLE in roles:
        return touched[roles.index(ColumnRole.TITLE)]
    if ColumnRole.RESPONSIBLE in roles and looks_like_party(text) and not looks_like_deadline(text):
        return touched[roles.index(ColumnRole.RESPONSIBLE)]
    if ColumnRole.DEADLINE in roles:
        return touched[roles.index(ColumnRole.DEADLINE)]
    return touched[0]


def _put(grid: Grid, values: Values, columns: list[Column], index: int, cells: list[Cell]) -> None:
    column = columns[index]
    raw = _raw(grid, column, cells)
    role = column.role
    if role is ColumnRole.NUMBER:
        values.number, values.number_cell = raw, cells[0]
    elif role is ColumnRole.TITLE:
        values.title, values.title_cell = raw, max(cells, key=lambda c: c.row)
    elif role is ColumnRole.DIRECTION:
        values.directions[index] = raw
    elif role is ColumnRole.DEADLINE_RESPONSIBLE:
        _split_combined(values, raw)
    elif role is ColumnRole.DEADLINE and column.group and re.match(words()["mark"], raw.text.lower()):
        _add(values, role, raw.model_copy(update={"text": _period_of(column) or raw.text}), ", ")
        values.joined.append(raw)
    elif role in _JOINED:
        _add(values, role, raw, "\n")
    else:
        values.extra.append((column.full_heading, raw))


def _period_of(column: Column) -> str | None:
    """«II квартал»: a mark under «II» says when only with the word of the heading above, «Срок исполнения (квартал)»."""
    bare = re.fullmatch(r"[ivx]{1,4}|\d", fold(column.heading or ""))
    said = re.search(words()["period_of_marks"], fold(column.group or ""))
    return f"{column.heading} {said[0]}" if bare and said else column.heading


def _raw(grid: Grid, column: Column, cells: list[Cell]) -> RawText:
    """Several cells under one heading are joined; «1.1 | Разработка» under «Мероприятия» by a blank."""
    texts = [tidy(c.text) for c in cells]
    numbered = column.role is ColumnRole.TITLE and len(texts) > 1 and cell_number(texts[0])
    text = f"{texts[0]} " + "\n".join(texts[1:]) if numbered else "\n".join(texts)
    return RawText(text=text, locator=grid.locator(cells, cells[0].row, cells[0].column))


def _add(values: Values, role: ColumnRole, raw: RawText, glue: str) -> None:
    before = values.fields.get(role)
    values.fields[role] = raw if before is None else join_texts(before, raw, glue)
    values.joined += [raw] if before is not None or role in (ColumnRole.START, ColumnRole.END, ColumnRole.POSITION) else []


def join_texts(a: RawText, b: RawText, glue: str) -> RawText:
    """Two texts as one, with the places of both."""
    spans = [*a.locator.spans, *(s for s in b.locator.spans if s not in a.locator.spans)]
    return RawText(text=f"{a.text}{glue}{b.text}", locator=a.locator.model_copy(update={"spans": spans}))


def _join_spans(values: Values) -> None:
    """«Начало | окончание» is one deadline, «ФИО | должность» one responsible."""
    start, end = values.fields.pop(ColumnRole.START, None), values.fields.pop(ColumnRole.END, None)
    if start and end:
        _add(values, ColumnRole.DEADLINE, join_texts(start, end, " " if re.match(r"(?i)(по|до)\s", end.text) else " – "), "\n")
    elif start or end:
        _add(values, ColumnRole.DEADLINE, start or end or values.fields[ColumnRole.DEADLINE], "\n")
    position = values.fields.pop(ColumnRole.POSITION, None)
    if position:
        who = values.fields.get(ColumnRole.RESPONSIBLE)
        values.joined += [who] if who else []
        values.fields[ColumnRole.RESPONSIBLE] = _with_posts(who, position) if who else position


def _with_posts(who: RawText, position: RawText) -> RawText:
    """Names and posts line by line where their counts match."""
    names, posts = who.text.split("\n"), position.text.split("\n")
    if len(names) == len(posts):
        both = "\n".join(f"{n.rstrip(',')}, {p}" for n, p in zip(names, posts, strict=True))
        return join_texts(who, position, "").model_copy(update={"text": both})
    return join_texts(who, position, ", ")


def _split_combined(values: Values, raw: RawText) -> None:
    """«Срок, ответственный»: lines or parts that say when, then who (or the other way round)."""
    parts = [m.span() for m in _PART.finditer(raw.text)]
    words_of = [raw.text[a:b].strip() for a, b in parts]
    when = 0
    while when < len(parts) and _says_when(raw.text[: parts[when][0]], words_of[when]):
        when += 1
    cut = parts[when][0] if when < len(parts) else len(raw.text)
    first, second = raw.text[:cut].rstrip(" ,;\n"), raw.text[cut:].strip()
    if not first and looks_like_deadline(words_of[-1]):
        first, second = words_of[-1], raw.text[: parts[-1][0]].rstrip(" ,;\n")
    if first:
        _add(values, ColumnRole.DEADLINE, raw.model_copy(update={"text": first}), "\n")
    if second:
        _add(values, ColumnRole.RESPONSIBLE, raw.model_copy(update={"text": second}), "\n")


def _says_when(before: str, words_here: str) -> bool:
    """A part that is a deadline, or goes on with one over a line end: «По мере поступления \\ информации, комиссия»."""
    if looks_like_deadline(words_here):
        return not re.search(words()["person"], words_here)
    return bool(re.search(r"[^,;\n]\n$", before)) and words_here[:1].islower() and not looks_like_party(words_here)


def _number_or_extra(values: Values, columns: list[Column]) -> None:
    """A number cell that holds words («январь») is no number."""
    if values.number is None or not says_something(values.number.text):
        values.number = None
        return
    lines = values.number.text.split("\n")
    if cell_number(values.number.text) or all(cell_number(line) for line in lines):
        return
    heading = next(c.full_heading for c in columns if c.role is ColumnRole.NUMBER)
    values.extra.insert(0, (heading, values.number))
    values.number = None


def sectional(grid: Grid, rows: list[int], columns: list[Column]) -> set[int]:
    """Indexes of direction columns that group rows: merged downwards, or printed once for several rows."""
    found: set[int] = set()
    for index, column in enumerate(columns):
        if column.role is not ColumnRole.DIRECTION:
            continue
        cells = [grid.at(row, column.first) for row in rows if len(grid.filled(row)) > 1]
        if any(c is not None and (c.row_span > 1 or not tidy(c.text)) for c in cells) or _names_time(column):
            found.add(index)
    return found


def _names_time(column: Column) -> bool:
    return bool(re.match(r"(месяц|кварта|год)", fold(column.heading or "")))


def counted_titles(grid: Grid, rows: list[int], columns: list[Column]) -> dict[int, tuple[str, str]]:
    """«1 Разработка инструкций», «2 Обход зданий»: titles that count all rows from 1 on, without a full stop; row → number and title.

    One such title alone («9 классы») counts nothing, nor do titles beside a column of numbers.
    """
    title = next((c for c in columns if c.role is ColumnRole.TITLE), None)
    if title is None or any(c.role is ColumnRole.NUMBER for c in columns):
        return {}
    cells = {row: cell for row in rows if (cell := grid.at(row, title.first)) is not None and cell.row == row and tidy(cell.text)}
    found = {row: _COUNTED.match(tidy(cell.text)) for row, cell in cells.items()}
    numbers = [int(m["number"]) for m in found.values() if m]
    if len(numbers) < _FEWEST_COUNTED or len(numbers) < len(cells) or numbers != list(range(1, len(numbers) + 1)):
        return {}
    return {row: (m["number"], m["title"]) for row, m in found.items() if m}
