"""A roadmap: one row, one activity, under the section rows above it."""

import re
from dataclasses import dataclass, field

from extractors.layouts.activity_cells import Values, counted_titles, join_texts, sectional, sort_cells
from extractors.layouts.claims import claim, claim_row
from extractors.layouts.columns import ColumnRole, Header
from extractors.layouts.grid import Grid, fold, one_line, tidy
from extractors.layouts.header import is_number_row
from extractors.layouts.item_numbers import cell_number, ordinals, section_label, typed_number, words
from extractors.layouts.parallel_lists import Item, deal, title_items
from extractors.layouts.section_rows import SectionRow, find_sections, is_note_row
from extractors.layouts.section_stack import SectionStack
from schemas.contract import Locator
from schemas.raw import RawActivity, RawExtra, RawFinding, RawNote, RawRecords, RawText
from schemas.source import Cell

_LONG_TOTAL = 80  # characters: «Итого по разделу 1», «Всего, в том числе»
_NAMES = {ColumnRole.RESPONSIBLE: "responsibles"}


@dataclass
class Plan:
    """What the reading of one table carries along."""

    grid: Grid
    header: Header
    records: RawRecords
    annex: int | None
    plan: int | None
    stack: SectionStack
    items: list[tuple[tuple[int, ...], str]] = field(default_factory=list)  # numbered activities that may have sub-items
    directions: dict[int, str] = field(default_factory=dict)  # what a direction column says now, by index of the column
    grouping: set[int] = field(default_factory=set)  # direction columns that group rows
    last_title: Cell | None = None
    counted: dict[int, tuple[str, str]] = field(
        default_factory=dict
    )  # row → number and title, of titles that count their rows without a full stop


def read_activities(plan: Plan, rows: list[int]) -> None:
    """Read the body rows of a roadmap into records."""
    sections = find_sections(plan.grid, rows, plan.header.columns)
    plan.grouping = sectional(plan.grid, [r for r in rows if r not in sections], plan.header.columns)
    order = sorted(sections)
    plan.counted = counted_titles(plan.grid, [r for r in rows if r not in sections], plan.header.columns)
    for position, row in enumerate(rows):
        if not plan.grid.filled(row):
            continue
        if row in sections:
            later = [sections[r] for r in order if r > row]
            followed = position + 1 < len(rows) and rows[position + 1] in sections
            trailing = all(r in sections or not plan.grid.filled(r) for r in rows[position:])
            open_section(plan, sections[row], later, followed, trailing)
        elif is_number_row(plan.grid, row) or _repeats_header(plan, row):
            claim_row(plan.grid, row, plan.records, "structure")
        elif _is_total(plan, row):
            _keep_row(plan, row)
        else:
            _read_row(plan, row)


def _is_total(plan: Plan, row: int) -> bool:
    """«Итого: | … | 20,0 | 25,0»: sums of money under the activities are no activity."""
    first = next((fold(c.text) for c in plan.grid.filled(row) if not cell_number(c.text)), "")
    return len(first) < _LONG_TOTAL and bool(re.match(words()["total_row"], first))


def _keep_row(plan: Plan, row: int) -> None:
    """A row that is no activity, as a note."""
    text = tidy("\n".join(c.text for c in plan.grid.filled(row)))
    locator = plan.grid.row_locator(row)
    plan.records.notes.append(RawNote(text=RawText(text=text, locator=locator), locator=locator))


def _repeats_header(plan: Plan, row: int) -> bool:
    headings = {fold(c.heading) for c in plan.header.columns if c.heading} | {fold(c.group) for c in plan.header.columns if c.group}
    texts = [fold(c.text) for c in plan.grid.filled(row)]
    return bool(headings) and len(texts) > 1 and all(t in headings for t in texts)


def open_section(plan: Plan, row: SectionRow, later: list[SectionRow], followed: bool = True, trailing: bool = False) -> None:
    """Open the section that a row names; an aim or a remark is a note. ``trailing``: no activity follows in this table."""
    cells = plan.grid.filled(row.row)
    locator = plan.grid.cell_locator(cells[-1])
    if is_note_row(row.title, trailing):
        text = RawText(text=tidy("\n".join(c.text for c in cells)), locator=locator)
        heading = plan.stack.titles[-1] if plan.stack.sections else None
        plan.records.notes.append(RawNote(heading=heading, text=text, locator=locator))
        return
    plan.items.clear()
    plan.directions.clear()
    named = [r for r in later if not is_note_row(r.title)]
    text = RawText(text=row.title, locator=locator)
    closed = plan.stack.open(row, named, followed and later[:1] == named[:1], text)
    plan.records.notes += [RawNote(text=s.text, locator=s.text.locator) for s in closed if s.text]
    claim(plan.records, row.label.printed, plan.grid.cell_locator(cells[0]), "structure")
    claim(plan.records, row.title, locator, "placed")
    if row.notes:
        note = RawText(text="\n".join(row.notes), locator=locator)
        plan.records.notes.append(RawNote(heading=one_line(row.title), text=note, locator=locator))


def _read_row(plan: Plan, row: int) -> None:
    values = sort_cells(plan.grid, row, plan.header.columns)
    for part in values.joined:
        claim(plan.records, part.text, part.locator, "placed")
    _directions(plan, values)
    if values.title is None or values.title_cell is None:
        _without_title(plan, row, values)
    elif _same_item(plan, values):
        _more_of_item(plan, row)
    else:
        _read_titled(plan, row, values, values.title)
        plan.last_title = values.title_cell


def _read_titled(plan: Plan, row: int, values: Values, title: RawText) -> None:
    numbers = values.number.text if values.number else None
    items = title_items(title.text, numbers, values.text(ColumnRole.DEADLINE), values.text(ColumnRole.RESPONSIBLE))
    if values.number:
        claim(plan.records, values.number.text, values.number.locator, "placed")
    if items:
        _several(plan, row, values, title, items)
    else:
        _one(plan, row, values, title)


def _directions(plan: Plan, values: Values) -> None:
    """A direction that groups rows is their section until the next one; another is a column without a field."""
    for index, raw in values.directions.items():
        if index not in plan.grouping:
            values.extra.append((plan.header.columns[index].full_heading, raw))
            continue
        plan.directions[index] = section_label(one_line(raw.text)).rest
        claim(plan.records, raw.text, raw.locator, "placed")


def _same_item(plan: Plan, values: Values) -> bool:
    """Number and title are merged over several rows: one activity with several deadlines or people."""
    cell, number = values.title_cell, values.number_cell
    return cell is not None and cell is plan.last_title and (number is None or number.row <= cell.row)


def _more_of_item(plan: Plan, row: int) -> None:
    """Add what a further row under a merged title says to the activity."""
    last = plan.records.activities[-1]
    values = sort_cells(plan.grid, row, plan.header.columns, new_only=True)
    for role, raw in values.fields.items():
        name = _NAMES.get(role, role.value)
        before = getattr(last, name)
        setattr(last, name, raw if before is None else join_texts(before, raw, "\n"))
        for part in (before, raw):
            if part is not None:
                claim(plan.records, part.text, part.locator, "placed")
    last.extra += [RawExtra(heading=h, text=t) for h, t in values.extra]
    for part in (values.number, *values.joined, *values.directions.values()):
        if part is not None:
            claim(plan.records, part.text, part.locator, "placed")


def _one(plan: Plan, row: int, values: Values, title: RawText) -> None:
    number = cell_number(values.number.text) if values.number else None
    typed = typed_number(title.text) or plan.counted.get(row)
    if typed and (number is None or typed[0].rstrip(".)") == number.rstrip(".)")):
        claim(plan.records, typed[0], title.locator, "placed")
        number, title = number or typed[0], title.model_copy(update={"text": typed[1]})
    _append(plan, row, values, number, title)


def _several(plan: Plan, row: int, values: Values, title: RawText, items: list[Item]) -> None:
    """Deal the lists of a row out among the items of its title."""
    count, first = len(items), len(plan.records.activities)
    fields = {role: (raw, deal(raw.text, count)) for role, raw in values.fields.items()}
    extras = [(heading, raw, deal(raw.text, count)) for heading, raw in values.extra]
    numbers = deal(values.number.text, count) if values.number and "\n" in values.number.text else None
    for i, item in enumerate(items):
        part = Values(
            fields={role: raw.model_copy(update={"text": texts[i]}) for role, (raw, texts) in fields.items() if texts},
            extra=[(heading, raw.model_copy(update={"text": texts[i]})) for heading, raw, texts in extras if texts],
        )
        if item.number:
            claim(plan.records, item.number, title.locator, "placed")
        number = item.number or (cell_number(numbers[i]) if numbers else None)
        _append(plan, row, part, number, title.model_copy(update={"text": item.text}))
    unmatched = [(role, raw) for role, (raw, texts) in fields.items() if texts is None]
    for role, raw in [*unmatched, *((ColumnRole.EXTRA, raw) for _, raw, texts in extras if texts is None)]:
        _say_unmatched(plan, raw, role, count, first)


def _say_unmatched(plan: Plan, raw: RawText, role: ColumnRole, count: int, first: int) -> None:
    message = f"В строке {count} мероприятий, а в ячейке другое число пунктов; её текст: «{one_line(raw.text)}»."
    found = RawFinding(code="lists_do_not_match", message=message, locator=raw.locator)
    name = _NAMES.get(role, role.value)
    plan.records.findings.append(found.model_copy(update={"record": f"activities/{first}", "field": name}))
    claim(plan.records, raw.text, raw.locator, "placed")


def _append(plan: Plan, row: int, values: Values, number: str | None, title: RawText) -> None:
    parts = ordinals(number)
    plan.stack.before_activity(parts)
    _close_items(plan, parts, title.text)
    directions = [text for _, text in sorted(plan.directions.items())]
    plan.records.activities.append(
        RawActivity(
            number=number,
            section=[*plan.stack.titles, *directions, *(text for _, text in plan.items)],
            title=title,
            form=values.fields.get(ColumnRole.FORM),
            deadline=values.fields.get(ColumnRole.DEADLINE),
            responsibles=values.fields.get(ColumnRole.RESPONSIBLE),
            expected_result=values.fields.get(ColumnRole.EXPECTED_RESULT),
            evidence=values.fields.get(ColumnRole.EVIDENCE),
            completion=values.fields.get(ColumnRole.COMPLETION),
            extra=[RawExtra(heading=h, text=t) for h, t in values.extra],
            annex=plan.annex,
            plan=plan.plan,
            locator=plan.grid.row_locator(row),
        )
    )
    plan.stack.activity(parts)
    if parts or title.text.rstrip().endswith(":"):
        plan.items.append((parts, one_line(title.text)))


def _close_items(plan: Plan, parts: tuple[int, ...], title: str) -> None:
    """«1.1» stays under «1», a dash without a number under «Провести:»; anything else ends the items above."""
    while plan.items:
        number, text = plan.items[-1]
        under_number = bool(number) and len(number) < len(parts) and parts[: len(number)] == number
        under_lead = not parts and text.endswith(":") and re.match(r"[-–—•]", title)
        if under_number or under_lead:
            return
        plan.items.pop()


def _without_title(plan: Plan, row: int, values: Values) -> None:
    """A row without a title goes on with the activity above it; where there is none it is a note."""
    locator = plan.grid.row_locator(row)
    last = plan.records.activities[-1] if plan.records.activities else None
    if last is None or last.locator.block != locator.block:
        _keep_row(plan, row)
        return
    _more_of_item(plan, row)
    if values.number and values.number.locator.row == row:
        last.extra.append(RawExtra(heading=None, text=values.number))
    _say_joined(plan, locator)


def _say_joined(plan: Plan, locator: Locator) -> None:
    message = "Строка без названия мероприятия присоединена к строке над ней."
    record = f"activities/{len(plan.records.activities) - 1}"
    plan.records.findings.append(RawFinding(code="row_join_doubtful", message=message, locator=locator, record=record))
