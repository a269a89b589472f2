"""What the columns of a table mean, by their headings; the header is found even where nothing marks it."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from extractors.layouts.grid import Grid, fold, one_line, says_something, tidy
from extractors.layouts.item_numbers import cell_number, words
from lexicon import load
from schemas.source import Cell

_HEADER_SEARCH = 6  # rows: a title, a section and a header in two rows may stand above the first activity
_LONG_HEADING = 160


class ColumnRole(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    TITLE = "title"
    DIRECTION = "direction"
    FORM = "form"
    DEADLINE = "deadline"
    START = "start"
    END = "end"
    DEADLINE_RESPONSIBLE = "deadline_responsible"
    RESPONSIBLE = "responsible"
    POSITION = "position"
    EXPECTED_RESULT = "expected_result"
    EVIDENCE = "evidence"
    COMPLETION = "completion"
    INDICATOR = "indicator"
    UNIT = "unit"
    SUPPORTED = "supported"
    LEADER = "leader"
    EXTRA = "extra"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Column:
    """A column as its heading makes it: grid columns ``first`` … ``last``, both inclusive."""

    first: int
    last: int
    heading: str | None = None  # as printed, on one line; the lower one of two
    group: str | None = None  # the heading over several columns
    role: ColumnRole = ColumnRole.UNKNOWN
    strength: int = 0

    @property
    def full_heading(self) -> str | None:
        """«Объём финансирования, 2023»: group and heading."""
        return ", ".join(x for x in (self.group, self.heading) if x) or None


@dataclass(frozen=True)
class Header:
    """The columns of a table and the rows that say so."""

    columns: list[Column]
    rows: list[int] = field(default_factory=list)
    number_row: int | None = None
    inferred: bool = False  # read from the contents, not from headings

    def roles(self) -> set[ColumnRole]:
        """The roles there are."""
        return {c.role for c in self.columns}

    def find(self, role: ColumnRole) -> Column | None:
        """The strongest column of a role, among equals the leftmost."""
        found = [c for c in self.columns if c.role is role]
        return max(found, key=lambda c: c.strength) if found else None


@cache
def _entries(table: str) -> list[tuple[ColumnRole, re.Pattern[str], int]]:
    return [(ColumnRole(e["role"]), re.compile(e["match"]), e.get("strength", 3)) for e in load("columns")[table]]


def heading_role(heading: str) -> tuple[ColumnRole, int]:
    """What a heading means in a plan or an indicator table, and how strongly; UNKNOWN where no phrase fits."""
    folded = fold(heading)
    if len(folded) > _LONG_HEADING:
        return ColumnRole.UNKNOWN, 0
    for role, pattern, strength in _entries("heading"):
        if pattern.search(folded) and (folded or role is ColumnRole.NUMBER and heading.strip()):
            return role, strength
    return _broken_heading_role(folded)


def _broken_heading_role(folded: str) -> tuple[ColumnRole, int]:
    """«Ответст венный», «Наимено-вание мероприя тия»: the narrow cells of a PDF tear words."""
    squeezed = re.sub(r"[^а-яa-z]", "", folded)
    torn = {"ответствен": ColumnRole.RESPONSIBLE, "исполнител": ColumnRole.RESPONSIBLE, "мероприят": ColumnRole.TITLE}
    for stem, role in torn.items():
        if stem in squeezed and len(folded) < 60:
            return role, 2
    return (ColumnRole.DEADLINE, 2) if re.match(r"срок", squeezed) and len(folded) < 40 else (ColumnRole.UNKNOWN, 0)


def pairing_role(heading: str) -> ColumnRole:
    """What a heading means in a pairing scheme."""
    folded = fold(heading)
    if ColumnRole.NUMBER is heading_role(heading)[0] and folded != "":
        return ColumnRole.NUMBER
    fitting = {role for role, pattern, _ in _entries("pairing") if pattern.search(folded)}
    if fitting == {ColumnRole.LEADER, ColumnRole.SUPPORTED}:
        return next(r for r, p, _ in sorted(_entries("pairing"), key=lambda e: _first(e[1], folded)) if p.search(folded))
    return fitting.pop() if fitting else ColumnRole.UNKNOWN


def _first(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return found.start() if found else len(text)


def find_header(grid: Grid) -> Header | None:
    """The header of a table, or null where no row of headings stands above the contents."""
    for row in range(min(_HEADER_SEARCH, grid.rows)):
        if is_header_row(grid, row):
            return _read_header(grid, row)
        if _is_content_row(grid, row):
            return None
    return None


def is_header_row(grid: Grid, row: int) -> bool:
    """A row of headings: at least two known meanings, and known cells prevail over unknown ones."""
    cells = [c for c in grid.starting(row) if says_something(c.text) or "№" in c.text]
    if len(cells) < 2 or any(_is_content(c.text) for c in cells):
        return False
    known = [meaning for c in cells if (meaning := _known(c.text))]
    distinct = set(known) - {ColumnRole.NUMBER}
    if len(set(known)) < 2 or not distinct:
        return bool(grid.table.header_rows > row and len(cells) >= 2 and known)
    return len(known) * 2 >= len(cells) or len(known) >= 3 or grid.table.header_rows > row or ColumnRole.NUMBER in known


def _known(text: str) -> ColumnRole | None:
    role, _ = heading_role(text)
    if role is not ColumnRole.UNKNOWN:
        return role
    paired = pairing_role(text) if len(text) < 200 else ColumnRole.UNKNOWN
    if paired is not ColumnRole.UNKNOWN:
        return paired
    return ColumnRole.EXTRA if re.search(words()["period_heading"], fold(text)) and len(text) < 60 else None


def _is_content(text: str) -> bool:
    """A cell of the body: «15.09.2023», «Иванова А.П.», «1.2.», a long sentence."""
    plain = one_line(text)
    return bool(
        len(plain) > _LONG_HEADING * 1.5
        or re.search(words()["person"], plain)
        or re.fullmatch(r"\d{1,2}\.\d{1,2}(\.\d{2,4})?\.?", plain)
        or (cell_number(plain) and not re.fullmatch(r"(19|20)\d\d", plain))
    )


def _is_content_row(grid: Grid, row: int) -> bool:
    """A numbered row with several cells: the body has begun."""
    cells = grid.filled(row)
    return len(cells) >= 3 and bool(cell_number(cells[0].text)) and not is_number_row(grid, row)


def is_number_row(grid: Grid, row: int) -> bool:
    """«1 | 2 | 3 | 4 | 5» under the headings."""
    texts = [one_line(c.text).rstrip(".") for c in grid.filled(row)]
    numbers = [int(t) for t in texts if re.fullmatch(r"\d{1,2}", t)]
    return len(numbers) == len(texts) >= 2 and all(b - a == 1 for a, b in zip(numbers, numbers[1:], strict=False)) and numbers[0] in (1, 2)


def _read_header(grid: Grid, top: int) -> Header:
    rows = _header_rows(grid, top)
    columns = [_with_role(c) for c in _logical_columns(grid, rows)]
    after = rows[-1] + 1
    number_row = after if after < grid.rows and is_number_row(grid, after) else None
    return Header(settle(columns), rows, number_row)


def _header_rows(grid: Grid, top: int) -> list[int]:
    """The header goes down as far as its merged cells, and one row more where a heading stands over several columns."""
    bottom = max(c.row + c.row_span for c in grid.starting(top)) - 1
    groups = [c for c in grid.covering(top) if c.column_span > 1 and c.row + c.row_span - 1 < bottom + 1]
    if bottom == top and groups and top + 1 < grid.rows and _is_lower_row(grid, top, groups):
        bottom = top + 1
    return list(range(top, min(bottom, grid.rows - 1) + 1))


def _is_lower_row(grid: Grid, top: int, groups: list[Cell]) -> bool:
    """Cells only under a group heading: the lower half of a header whose vertical merges are not marked."""
    under = {column for g in groups for column in range(g.column, g.column + g.column_span)}
    below = [c for c in grid.starting(top + 1) if tidy(c.text)]
    if not below or is_number_row(grid, top + 1):
        return False
    narrow = [c for c in below if c.column in under and any(c.column_span < g.column_span for g in groups if g.column <= c.column < g.column + g.column_span)]
    return len(narrow) >= 2 and len(narrow) == len(below) and not any(_is_content(c.text) for c in below)


def _logical_columns(grid: Grid, rows: list[int]) -> list[Column]:
    """Neighbouring grid columns under one heading are one column."""
    columns: list[Column] = []
    previous: tuple[Cell | None, ...] | None = None
    for index in range(grid.columns):
        stack = tuple(grid.at(row, index) for row in rows)
        if previous is not None and stack == previous and any(c is not None for c in stack):
            columns[-1] = replace(columns[-1], last=index)
        else:
            columns.append(_column(index, stack))
        previous = stack
    return columns


def _column(index: int, stack: tuple[Cell | None, ...]) -> Column:
    texts: list[str] = []
    for cell in dict.fromkeys(id(c) for c in stack if c is not None):
        text = one_line(next(c.text for c in stack if c is not None and id(c) == cell))
        if text:
            texts.append(text)
    return Column(index, index, texts[-1] if texts else None, ", ".join(texts[:-1]) or None)


def _with_role(column: Column) -> Column:
    """The lower heading speaks first; «план | факт» under «Срок» and «ФИО | должность» need the upper one."""
    role, strength = heading_role(column.heading) if column.heading else (ColumnRole.UNKNOWN, 0)
    if column.group:
        upper, upper_strength = heading_role(column.group)
        role, strength = _under_group(column, role, strength, upper, upper_strength)
    return replace(column, role=role, strength=strength)


def _under_group(column: Column, role: ColumnRole, strength: int, upper: ColumnRole, upper_strength: int) -> tuple[ColumnRole, int]:
    heading = fold(column.heading or "")
    if upper is ColumnRole.DEADLINE:
        if re.match(r"факт", heading):
            return ColumnRole.COMPLETION, 2
        return (role if role in (ColumnRole.START, ColumnRole.END, ColumnRole.RESPONSIBLE) else ColumnRole.DEADLINE), max(strength, upper_strength)
    if upper is ColumnRole.RESPONSIBLE:
        return (ColumnRole.POSITION if role is ColumnRole.POSITION else ColumnRole.RESPONSIBLE), max(strength, upper_strength)
    if upper in (ColumnRole.EXPECTED_RESULT, ColumnRole.EVIDENCE, ColumnRole.COMPLETION) and role is ColumnRole.UNKNOWN:
        return ColumnRole.EXTRA, upper_strength
    if role is ColumnRole.UNKNOWN and upper is ColumnRole.EXTRA:
        return ColumnRole.EXTRA, upper_strength
    return role, strength


_SINGLE = (
    ColumnRole.NUMBER,
    ColumnRole.TITLE,
    ColumnRole.FORM,
    ColumnRole.DEADLINE,
    ColumnRole.EXPECTED_RESULT,
    ColumnRole.EVIDENCE,
    ColumnRole.COMPLETION,
)


def settle(columns: list[Column]) -> list[Column]:
    """One column a field: of two that mean the same the stronger one is the field, the other is `extra`."""
    settled = list(columns)
    for role in _SINGLE:
        same = [i for i, c in enumerate(settled) if c.role is role]
        best = max(same, key=lambda i: (settled[i].strength, -i), default=None)
        for i in same:
            if i != best and not _deadline_slot(settled, i):
                settled[i] = replace(settled[i], role=_second(settled[i]))
    settled = _position_alone(settled)
    return _title_of_last_resort(settled)


def _second(column: Column) -> ColumnRole:
    """A month column beside a column of dates is what the rows stand under."""
    if column.role is ColumnRole.DEADLINE and re.match(r"(месяц|кварта|год)", fold(column.heading or "")):
        return ColumnRole.DIRECTION
    return ColumnRole.EXTRA


def _deadline_slot(columns: list[Column], index: int) -> bool:
    """Several columns under one «Срок»: «I кв. | II кв. | …»."""
    column = columns[index]
    return column.role is ColumnRole.DEADLINE and bool(column.group) and heading_role(column.group or "")[0] is ColumnRole.DEADLINE


def _position_alone(columns: list[Column]) -> list[Column]:
    """«Должность» beside a column of names belongs to it; alone it is no responsible."""
    if any(c.role is ColumnRole.RESPONSIBLE for c in columns):
        return columns
    return [replace(c, role=ColumnRole.EXTRA) if c.role is ColumnRole.POSITION else c for c in columns]


def _title_of_last_resort(columns: list[Column]) -> list[Column]:
    """«Направления работы | Сроки | Ответственные»: with no better column the direction is the title."""
    if any(c.role is ColumnRole.TITLE for c in columns):
        return columns
    directions = [i for i, c in enumerate(columns) if c.role is ColumnRole.DIRECTION and not re.match(r"(месяц|квартал|год)", fold(c.heading or ""))]
    if not directions:
        return columns
    last = directions[-1]
    return [replace(c, role=ColumnRole.TITLE, strength=1) if i == last else c for i, c in enumerate(columns)]


def infer_columns(grid: Grid, rows: list[int]) -> Header | None:
    """Columns of a table without headings, from what its cells look like; null where that does not make a plan."""
    widths = Counter(tuple((c.column, c.column + c.column_span - 1) for c in grid.covering(r)) for r in rows if len(grid.filled(r)) > 1)
    if not widths:
        return None
    bounds = max(widths.items(), key=lambda item: (item[1], len(item[0])))[0]
    columns = [Column(first, last, None, None, *_content_role(grid, rows, first)) for first, last in bounds]
    columns = _longest_is_title(grid, rows, _first_only(columns))
    header = Header(columns, [], None, inferred=True)
    wanted = {ColumnRole.DEADLINE, ColumnRole.RESPONSIBLE} & header.roles()
    return header if wanted and ColumnRole.TITLE in header.roles() else None


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
    return bool(re.search(words()["person"], text)) or (len(text) < 160 and bool(re.match(r"(\S+ ){0,2}?" + words()["party_cell"], fold(text))))


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
    return [
        replace(c, role=ColumnRole.TITLE if i == best else ColumnRole.EXTRA) if c.role is ColumnRole.UNKNOWN else c for i, c in enumerate(columns)
    ]
