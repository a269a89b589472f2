"""Which layout a table takes: pairing scheme, indicators, roadmap, or kept whole."""

import re
from dataclasses import dataclass, field, replace

from extractors.layouts.activity_table import Plan, open_section, read_activities
from extractors.layouts.claims import claim, claim_row
from extractors.layouts.column_contents import fits, infer_columns, is_unlike_body, refine, with_headings
from extractors.layouts.columns import Column, ColumnRole, Header
from extractors.layouts.grid import Grid, fold, one_line, tidy
from extractors.layouts.header import find_header, is_header_row, is_number_row
from extractors.layouts.indicator_table import is_indicator_table, is_named_above, read_indicators, read_named_above, value_columns
from extractors.layouts.indicator_years import read_downwards, runs_down
from extractors.layouts.item_numbers import words
from extractors.layouts.kept_table import keep_table
from extractors.layouts.pairing_table import guessed_columns, is_institution, pairing_columns, read_pairings
from extractors.layouts.section_lines import line_section, names_plan, section_lines
from extractors.layouts.section_rows import section_row, view
from extractors.layouts.section_stack import Section, SectionStack
from schemas.contract import AnnexKind, Kind
from schemas.raw import RawFinding, RawNote, RawRecords, RawText, Trace
from schemas.source import Cell, ParagraphBlock, TableBlock

_GUESSED = (ColumnRole.TITLE, ColumnRole.DEADLINE, ColumnRole.RESPONSIBLE)


@dataclass
class Carried:
    """What a table hands to one that follows it at once: its layout, columns and open sections."""

    layout: str
    header: Header
    sections: list[Section] = field(default_factory=list)
    pairing: tuple[Column, Column] | None = None
    section: str | None = None  # of an indicator named above its table


@dataclass
class TableContext:
    """What stands around a table."""

    heading: list[ParagraphBlock] = field(default_factory=list)  # the paragraphs right above it, nearest last
    annex: int | None = None  # index into records.annexes
    plan: int | None = None  # index into records.plans
    kind_hint: AnnexKind | None = None  # what the annex title says
    sectioned: bool = False  # every table of the plan stands under a heading line of its own
    carried: Carried | None = None  # from the table before, where nothing but headings stood between
    whole: bool = False  # keep the table whole: the document is no order and no plan


@dataclass
class _Reading:
    grid: Grid
    context: TableContext
    records: RawRecords
    refused: list[tuple[str, str]] = field(default_factory=list)


def read_table(table: TableBlock, context: TableContext, records: RawRecords) -> Carried | None:
    """Read a table into records; returns what a table that follows at once goes on with, or null."""
    reading = _Reading(Grid(table), context, records)
    for paragraph in table.repeated_headers:
        claim(records, tidy(paragraph.text), reading.grid.table_locator(), "structure")
    header = find_header(reading.grid)
    taken, carried = _take(reading, header)
    records.traces.append(Trace(block=table.index, layout=taken, refused=reading.refused))
    return carried


def _take(reading: _Reading, header: Header | None) -> tuple[str, Carried | None]:
    """Ask the layouts in order; the first that does not refuse takes the table."""
    if is_named_above(reading.grid, reading.context.heading):
        return _take_named_above(reading)
    if reading.context.whole:
        return _keep(reading, "документ не приказ и не план")
    if runs_down(reading.grid, _titles_above(reading)):
        read_downwards(reading.grid, reading.context.heading, reading.records)
        return "indicator_table", None
    if header is None:
        return _take_headerless(reading)
    rows = _body(reading.grid, header)
    columns = pairing_columns(reading.grid, header, rows) if ColumnRole.DEADLINE not in header.roles() else None
    if columns:
        return _take_pairings(reading, header, columns, rows)
    if (guess := _guess_pairings(reading, header, rows)) is not None:
        return guess
    reading.refused.append(("pairing_table", "нет двух столбцов школ"))
    why = is_indicator_table(reading.grid, header, rows)
    if why is None:
        _claim_header(reading, header)
        _note_above(reading, header)
        read_indicators(reading.grid, header, rows, reading.context.heading, reading.records)
        return "indicator_table", Carried("indicator_table", header)
    reading.refused.append(("indicator_table", why))
    return _take_plan(reading, header, rows)


def _take_named_above(reading: _Reading) -> tuple[str, Carried]:
    """An indicator whose name is the line above; those that follow stay in its section."""
    carried = reading.context.carried
    before = carried.section if carried else None
    section = read_named_above(reading.grid, reading.context.heading, before, reading.records)
    return "indicator_table", Carried("named_indicator", Header([]), section=section)


def _titles_above(reading: _Reading) -> list[str]:
    annex = reading.records.annexes[reading.context.annex].title if reading.context.annex is not None else None
    return [*(b.text for b in reading.context.heading), *([annex.text] if annex else [])]


def _take_pairings(reading: _Reading, header: Header, columns: tuple[Column, Column], rows: list[int]) -> tuple[str, Carried]:
    _claim_header(reading, header)
    _note_above(reading, header)
    read_pairings(reading.grid, header, columns, rows, reading.records)
    return "pairing_table", Carried("pairing_table", header, [], columns)


def _guess_pairings(reading: _Reading, header: Header, rows: list[int]) -> tuple[str, Carried] | None:
    """The lines above say «закрепление», the headings do not say who helps: read in the order «X за Y», with a finding."""
    said = any(re.search(words()["pairing_heading"], fold(b.text)) for b in reading.context.heading)
    if not said and reading.context.kind_hint is not AnnexKind.PAIRINGS:
        return None
    columns = guessed_columns(reading.grid, header, rows)
    if columns is None:
        return None
    _say_unclear(reading, "Из заголовков не ясно, какая школа помогает: первой взята та, которой помогают.")
    return _take_pairings(reading, header, columns, rows)


def _take_plan(reading: _Reading, header: Header, rows: list[int]) -> tuple[str, Carried | None]:
    """A roadmap by its headings; where they say nothing but the lines above say «план», by its contents."""
    header, guessed = refine(reading.grid, header, rows)
    refusal = _no_plan(reading, header)
    if refusal is not None and header.find(ColumnRole.TITLE) is None and _says_plan(reading):
        inferred = infer_columns(reading.grid, rows, header)
        if inferred is not None:
            header, guessed, refusal = inferred, [c.full_heading or "без заголовка" for c in inferred.columns if c.role in _GUESSED], None
    if refusal is not None:
        return _keep(reading, refusal)
    if guessed:
        names = ", ".join(f"«{heading}»" for heading in guessed)
        _say_unclear(reading, f"Что стоит в столбцах {names}, определено по содержанию.")
    return _read_plan(reading, header, rows)


def _body(grid: Grid, header: Header) -> list[int]:
    above = set(header.rows) | ({header.number_row} if header.number_row is not None else set())
    return [r for r in range(grid.rows) if r not in above and r > max(header.rows, default=-1)]


def _keep(reading: _Reading, refusal: str) -> tuple[str, None]:
    reading.refused.append(("activity_table", refusal))
    keep_table(reading.grid, reading.context.heading, reading.records)
    return "kept_table", None


def _says_plan(reading: _Reading) -> bool:
    """The lines above, the annex or the document say that a plan follows."""
    head = reading.records.head.kind in (Kind.ROADMAP, Kind.PLAN) and not reading.context.heading
    hint = reading.context.kind_hint is AnnexKind.ROADMAP
    return head or hint or any(re.search(words()["plan_heading"], fold(b.text)) for b in reading.context.heading)


def _no_plan(reading: _Reading, header: Header) -> str | None:
    """Null where a column of activities stands beside deadlines or people, else why this is no plan."""
    title = header.find(ColumnRole.TITLE)
    roles = header.roles()
    when = bool(roles & {ColumnRole.DEADLINE, ColumnRole.START, ColumnRole.END, ColumnRole.DEADLINE_RESPONSIBLE})
    who = bool(roles & {ColumnRole.RESPONSIBLE, ColumnRole.DEADLINE_RESPONSIBLE})
    if title is None:
        return "нет столбца мероприятий"
    if title.strength >= 3 and (when or who):
        return None
    if when and who:
        return None
    if title.strength >= 4 and _says_plan(reading):
        return None
    if (when or who) and _says_plan(reading):
        return None
    return "у мероприятий нет ни сроков, ни ответственных"


def _claim_header(reading: _Reading, header: Header) -> None:
    """Headings and column numbers are structure."""
    for row in [*header.rows, *([header.number_row] if header.number_row is not None else [])]:
        claim_row(reading.grid, row, reading.records, "structure")


def _note_above(reading: _Reading, header: Header) -> None:
    """What stands above the headings inside the table is a note."""
    for row in range(header.rows[0] if header.rows else 0):
        for cell in reading.grid.filled(row):
            _note(reading, cell)


def _note(reading: _Reading, cell: Cell) -> None:
    locator = reading.grid.cell_locator(cell)
    reading.records.notes.append(RawNote(text=RawText(text=tidy(cell.text), locator=locator), locator=locator))


def _open_above(reading: _Reading, header: Header, plan: Plan) -> None:
    """«Раздел 1. Кадры» above the table or above its headings is a section; a plan's title is none."""
    above = [line_section(block) for block in section_lines(reading.context.heading, reading.context.sectioned)]
    for position, (row, locator) in enumerate(above):
        later = [r for r, _ in above[position + 1 :]]
        plan.stack.open(row, later, bool(later))
        claim(reading.records, row.label.printed, locator, "structure")
        claim(reading.records, row.label.rest, locator, "placed")
    for row_index in range(header.rows[0] if header.rows else 0):
        cells = reading.grid.filled(row_index)
        if len(cells) == 1 and not names_plan(cells[0].text):
            open_section(plan, section_row(view(reading.grid, row_index, header.columns)), [])
        else:
            for cell in cells:
                _note(reading, cell)


def _read_plan(reading: _Reading, header: Header, rows: list[int]) -> tuple[str, Carried]:
    """Read a roadmap; a table that goes on from the one before goes on with its open sections."""
    carried = reading.context.carried
    heading = reading.context.heading
    same = carried is not None and carried.layout == "activity_table" and _same_columns(carried.header, header)
    goes_on = same and len(section_lines(heading, reading.context.sectioned)) == len(heading)
    stack = SectionStack(list(carried.sections) if goes_on and carried else [])
    _claim_header(reading, header)
    plan = Plan(reading.grid, header, reading.records, reading.context.annex, reading.context.plan, stack)
    if heading or not goes_on:
        _open_above(reading, header, plan)
    read_activities(plan, rows)
    return "activity_table", Carried("activity_table", header, stack.sections)


def _same_columns(a: Header, b: Header) -> bool:
    return [(c.role, fold(c.heading or "")) for c in a.columns] == [(c.role, fold(c.heading or "")) for c in b.columns]


def _say_unclear(reading: _Reading, message: str) -> None:
    reading.records.findings.append(RawFinding(code="columns_unclear", message=message, locator=reading.grid.table_locator()))


def _take_headerless(reading: _Reading) -> tuple[str, Carried | None]:
    """No headings: the table goes on from the one before, or its columns are told by what they hold."""
    grid, carried = reading.grid, reading.context.carried
    rows = list(range(grid.rows))
    header = _carried_header(grid, carried) if carried else None
    if header is not None and carried is not None and _goes_on(grid, carried, header, rows):
        return _go_on(reading, carried, header, rows)
    bare = Header([Column(i, i) for i in range(grid.columns)])
    if (guess := _guess_pairings(reading, bare, rows)) is not None:
        return guess
    reading.refused += [("pairing_table", "нет заголовков столбцов"), ("indicator_table", "нет заголовков столбцов")]
    body = [r for r in rows if not is_number_row(grid, r) and not is_header_row(grid, r)]
    inferred = infer_columns(grid, body)
    below = infer_columns(grid, body[1:])
    if below is not None and is_unlike_body(grid, below, rows):
        inferred, rows = with_headings(grid, below, rows[0]), rows[1:]
    if inferred is None or not _trusted(reading, inferred, body):
        return _keep(reading, "нет заголовков столбцов, и по содержанию это не план")
    _say_unclear(reading, "Заголовки столбцов не найдены: что в столбцах стоит, определено по содержанию.")
    return _read_plan(reading, inferred, rows)


def _carried_header(grid: Grid, carried: Carried) -> Header | None:
    """The columns of the table before, where this one has as many."""
    columns = carried.header.columns
    if not columns:
        return None
    if grid.columns == max(c.last for c in columns) + 1:
        return replace(carried.header, rows=[], number_row=None)
    shapes = {tuple(c.column for c in grid.starting(r)) for r in range(grid.rows)}
    fitting = [s for s in shapes if len(s) == len(columns)]
    if len(fitting) != 1:
        return None
    firsts = fitting[0]
    lasts = [*(f - 1 for f in firsts[1:]), grid.columns - 1]
    moved = [replace(c, first=a, last=b) for c, a, b in zip(columns, firsts, lasts, strict=True)]
    return replace(carried.header, columns=moved, rows=[], number_row=None)


def _goes_on(grid: Grid, carried: Carried, header: Header, rows: list[int]) -> bool:
    """The cells look like those of the table before; a table of signatures does not."""
    if carried.layout == "pairing_table":
        return any(is_institution(one_line(c.text)) for c in grid.table.cells)
    if carried.layout == "indicator_table":
        return bool(value_columns(grid, header, rows))
    return fits(grid, header, rows)


def _go_on(reading: _Reading, carried: Carried, header: Header, rows: list[int]) -> tuple[str, Carried]:
    if carried.layout == "pairing_table" and carried.pairing:
        at = [carried.header.columns.index(c) for c in carried.pairing]
        columns = (header.columns[at[0]], header.columns[at[1]])
        read_pairings(reading.grid, header, columns, rows, reading.records)
        return "pairing_table", replace(carried, header=header, pairing=columns)
    if carried.layout == "indicator_table":
        read_indicators(reading.grid, header, rows, reading.context.heading, reading.records)
        return "indicator_table", replace(carried, header=header)
    return _read_plan(reading, replace(header, inferred=False), rows)


def _trusted(reading: _Reading, header: Header, rows: list[int]) -> bool:
    """Columns told by contents make a plan where something says so, or where number, title and date are all there."""
    if len(rows) < 2:
        return _says_plan(reading) and len(header.columns) >= 3
    if _says_plan(reading):
        return True
    besides = header.roles() & {ColumnRole.NUMBER, ColumnRole.RESPONSIBLE}
    return ColumnRole.DEADLINE in header.roles() and bool(besides) and len(header.columns) >= 3
