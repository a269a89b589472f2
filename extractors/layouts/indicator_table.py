"""A table of target indicators: name, unit, values by period."""

import re
from collections.abc import Sequence

from extractors.layouts.claims import claim, claim_row
from extractors.layouts.columns import Column, ColumnRole, Header
from extractors.layouts.grid import Grid, fold, merge_spans, one_line, says_something, tidy
from extractors.layouts.header import is_number_row
from extractors.layouts.item_numbers import cell_number, section_label, typed_number, words
from schemas.contract import Locator
from schemas.raw import RawIndicator, RawNote, RawRecords, RawText
from schemas.source import Cell, ParagraphBlock

_LONG_SECTION = 250  # characters
_STRONG_TITLE = 4  # «Мероприятия», not «Наименование»
FIGURE = re.compile(r"(не (менее|более|ниже) |до |[<>≥≤]=? ?)?\d[\d ]*([.,]\d+)?( ?%)?$|[-–—]$")
_UNIT_IN_HEADING = re.compile(r"\bед(иниц\w*|\.)? ?изм")
_UNIT_BEHIND = re.compile(r"(?:,\s*|\s*\()(?P<unit>[^,()]{1,20})\)?$")  # «Охват оповещением, %», «Число площадок (ед.)»
YEAR_LABEL = r"(19|20)\d\d([/–-](19|20)?\d\d)?( ?(учебный )?(год|г))?$"
_TIMES = {ColumnRole.DEADLINE, ColumnRole.START, ColumnRole.END, ColumnRole.DEADLINE_RESPONSIBLE}


def value_columns(grid: Grid, header: Header, rows: list[int]) -> list[Column]:
    """Columns of values: headed by a period, or filled with figures."""
    taken = {ColumnRole.NUMBER, ColumnRole.INDICATOR, ColumnRole.UNIT, ColumnRole.TITLE, ColumnRole.RESPONSIBLE, ColumnRole.DEADLINE}
    candidates = [c for c in header.columns if c.heading and (c.role not in taken or _is_period(c))]
    return [c for c in candidates if (_is_period(c) or _is_numeric(grid, rows, c)) and not _is_prose(grid, rows, c)]


def _is_period(column: Column) -> bool:
    return bool(re.search(words()["period_heading"], fold(column.heading or "")))


def _texts(grid: Grid, rows: list[int], column: Column) -> list[str]:
    cells = [c for r in rows if (c := grid.at(r, column.first)) is not None and tidy(c.text)]
    return [one_line(c.text) for c in cells if c.column_span <= column.last - column.first + 1]


def _is_numeric(grid: Grid, rows: list[int], column: Column) -> bool:
    texts = _texts(grid, rows, column)
    return bool(texts) and sum(bool(FIGURE.match(t)) for t in texts) >= 0.6 * len(texts)


def _is_prose(grid: Grid, rows: list[int], column: Column) -> bool:
    texts = _texts(grid, rows, column)
    return bool(texts) and sum(len(t) > 60 for t in texts) * 2 > len(texts)


def is_indicator_table(grid: Grid, header: Header, rows: list[int]) -> str | None:
    """Null where each row looks like an indicator, else why not."""
    roles = header.roles()
    values = value_columns(grid, header, rows)
    title = max((c.strength for c in header.columns if c.role is ColumnRole.TITLE), default=0)
    if title >= _STRONG_TITLE and roles & {*_TIMES, ColumnRole.RESPONSIBLE}:
        return "есть столбец мероприятий"
    if roles & _TIMES and not any(_is_period(c) for c in values):
        return "есть столбец сроков"
    if not values:
        return "нет столбцов со значениями"
    years = [c for c in values if _is_period(c)]
    if ColumnRole.INDICATOR in roles:
        return None if years or ColumnRole.UNIT in roles else "у показателей нет ни единиц, ни периодов"
    if ColumnRole.UNIT in roles and 0 < title < _STRONG_TITLE and len(years) >= 2 and ColumnRole.RESPONSIBLE not in roles:
        return None
    return "нет столбца показателей"


def read_indicators(grid: Grid, header: Header, rows: list[int], heading: Sequence[ParagraphBlock], records: RawRecords) -> None:
    """Read each row that has a name and a value; a row with a name alone is the section of those below."""
    name = header.find(ColumnRole.INDICATOR) or header.find(ColumnRole.TITLE)
    if name is None:
        return
    values = value_columns(grid, header, rows)
    section = section_above(heading)
    for row in rows:
        if not grid.filled(row):
            continue
        if is_number_row(grid, row) and row <= rows[0]:
            claim_row(grid, row, records, "structure")
        elif new := _section_row(grid, row, header, values):
            section = new
            claim_row(grid, row, records, "placed")
        else:
            _read_row(grid, row, header, name, values, section, records)


def is_named_above(grid: Grid, heading: Sequence[ParagraphBlock]) -> bool:
    """«1. Увеличение числа посещений (процентов):» over «2021 год | 2022 год» and one row of figures."""
    if grid.rows != 2 or grid.columns < 2 or not heading:
        return False
    labels, figures = ([one_line(c.text) for c in grid.filled(r)] for r in (0, 1))
    years = len(labels) > 1 and all(re.match(YEAR_LABEL, fold(t)) for t in labels)
    return years and bool(figures) and len(figures) <= len(labels) and all(FIGURE.match(t) for t in figures)


def read_named_above(grid: Grid, heading: Sequence[ParagraphBlock], section: str | None, records: RawRecords) -> str | None:
    """Read the one indicator whose name stands above its table; returns its section for the tables that follow."""
    block = heading[-1]
    label = section_label(one_line(block.text))
    locator = Locator(block=block.index, spans=merge_spans(block.paragraph.spans))
    section = section_above(heading[:-1]) or section
    values = {one_line(a.text): one_line(b.text) for a in grid.filled(0) if (b := grid.at(1, a.column)) is not None and tidy(b.text)}
    name = RawText(text=label.rest.rstrip(" :."), locator=locator)
    records.indicators.append(RawIndicator(name=name, section=section, values=values, locator=grid.row_locator(1)))
    claim(records, label.printed, locator, "structure")
    claim(records, label.rest, locator, "placed")
    claim_row(grid, 0, records, "placed")
    claim_row(grid, 1, records, "placed")
    return section


def section_above(heading: Sequence[ParagraphBlock]) -> str | None:
    """The nearest line above the table without its number; a line that was broken in its middle is joined."""
    lines = [one_line(b.text) for b in heading if b.text.strip()]
    if not lines:
        return None
    start = len(lines) - 1
    while start > 0 and (re.match(r"[а-яё(]", lines[start]) or (lines[start].isupper() and lines[start - 1].isupper())):
        start -= 1
    title = section_label(" ".join(lines[start:])).rest
    return title.rstrip(" .:") if title and len(title) <= _LONG_SECTION else None


def _at(grid: Grid, row: int, column: Column | None) -> Cell | None:
    if column is None:
        return None
    return next((c for i in range(column.first, column.last + 1) if (c := grid.at(row, i)) is not None and tidy(c.text)), None)


def _section_row(grid: Grid, row: int, header: Header, values: list[Column]) -> str | None:
    """A row over the whole width, or with a name and nothing else."""
    number = header.find(ColumnRole.NUMBER)
    texts = [c for c in grid.filled(row) if not (number and number.first <= c.column <= number.last and cell_number(c.text))]
    covered = [c for v in values if (c := _at(grid, row, v)) is not None and c not in texts]
    if len(texts) != 1 or covered or len(texts[0].text) > _LONG_SECTION:
        return None
    if any(v.first == texts[0].column for v in values) and texts[0].column_span == 1:
        return None
    return section_label(tidy(texts[0].text).split("\n")[0]).rest.rstrip(" .:") or None


def _read_row(grid: Grid, row: int, header: Header, name: Column, values: list[Column], section: str | None, records: RawRecords) -> None:
    cell = _at(grid, row, name)
    if cell is None or not says_something(cell.text):
        _note_row(grid, row, records)
        return
    typed = typed_number(tidy(cell.text))
    title = RawText(text=typed[1] if typed else tidy(cell.text), locator=grid.cell_locator(cell))
    found = {label: text for v in values if (text := _value(grid, row, v)) and (label := _label(v, values))}
    unit = _at(grid, row, header.find(ColumnRole.UNIT))
    said = one_line(unit.text) if unit else None
    if unit is None and _UNIT_IN_HEADING.search(fold(name.heading or "")):
        title, said = _parted(title, records)
    records.indicators.append(RawIndicator(name=title, unit=said, section=section, values=found, locator=grid.row_locator(row)))
    known = [name, *values, *(c for c in header.columns if c.role in (ColumnRole.UNIT, ColumnRole.NUMBER))]
    for other in grid.filled(row):
        column = next((c for c in header.columns if c.first <= other.column <= c.last), name)
        _account(grid, other, column, known, records, is_name=other is cell)
    if typed:
        claim(records, typed[0], title.locator, "structure")


def _parted(title: RawText, records: RawRecords) -> tuple[RawText, str | None]:
    """«Охват оповещением, %» under «Показатель, единица измерения» is a name and its unit."""
    tail = _UNIT_BEHIND.search(title.text)
    if tail is None:
        return title, None
    claim(records, tail["unit"], title.locator, "placed")
    return title.model_copy(update={"text": title.text[: tail.start()]}), tail["unit"]


def _account(grid: Grid, cell: Cell, column: Column, known: list[Column], records: RawRecords, is_name: bool) -> None:
    """Unit, values and number are in the record; a further column («Источник данных») is a note."""
    text = grid.raw_text(cell)
    if text is None or is_name or not says_something(text.text):
        return
    if column in known:
        claim(records, text.text, text.locator, "structure" if column.role is ColumnRole.NUMBER else "placed")
    else:
        records.notes.append(RawNote(heading=column.full_heading, text=text, locator=text.locator))


def _value(grid: Grid, row: int, column: Column) -> str | None:
    cell = _at(grid, row, column)
    return one_line(cell.text) if cell is not None and cell.column <= column.last and cell.column >= column.first else None


def _label(column: Column, values: list[Column]) -> str:
    """«2018/2019»; «2023 год, план» where «план» stands under several years."""
    heading = column.heading or ""
    same = [v for v in values if v.heading == column.heading]
    return (column.full_heading or heading) if len(same) > 1 else heading


def _note_row(grid: Grid, row: int, records: RawRecords) -> None:
    locator = grid.row_locator(row)
    text = RawText(text=tidy("\n".join(c.text for c in grid.filled(row))), locator=locator)
    records.notes.append(RawNote(text=text, locator=locator))
