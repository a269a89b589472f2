"""A roadmap: one row, one activity, under the section rows above it."""

import re
from dataclasses import dataclass, field

from extractors.layouts.columns import Column, ColumnRole, Header, is_header_row, is_number_row, looks_like_deadline, looks_like_party
from extractors.layouts.grid import Grid, fold, one_line, says_something, tidy
from extractors.layouts.item_numbers import cell_number, ordinals, typed_number, words
from extractors.layouts.parallel_lists import Item, deal, title_items
from extractors.layouts.section_rows import SectionRow, SectionStack, find_sections, is_note_row
from schemas.contract import Locator
from schemas.raw import Claim, RawActivity, RawExtra, RawFinding, RawNote, RawRecords, RawText
from schemas.source import Cell

_FIELDS = (ColumnRole.FORM, ColumnRole.EXPECTED_RESULT, ColumnRole.EVIDENCE, ColumnRole.COMPLETION)


@dataclass
class Values:
    """The cells of a row by what they mean."""

    number: Cell | None = None
    title: RawText | None = None
    fields: dict[ColumnRole, RawText] = field(default_factory=dict)  # form, deadline, responsible, …
    extra: list[tuple[str | None, RawText]] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)  # from columns of directions


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
    used: set[int] = field(default_factory=set)  # cells merged downwards whose text is claimed already


def read_activities(plan: Plan, rows: list[int]) -> None:
    """Read the body rows of a roadmap into records."""
    sections = find_sections(plan.grid, rows, plan.header.columns)
    order = sorted(sections)
    for position, row in enumerate(rows):
        if not plan.grid.filled(row):
            continue
        if row in sections:
            later = [sections[r] for r in order if r > row]
            followed = position + 1 < len(rows) and rows[position + 1] in sections
            _open_section(plan, sections[row], later, followed)
        elif is_number_row(plan.grid, row) or _repeats_header(plan, row):
            claim_row(plan.grid, row, plan.records, "structure")
        else:
            _read_row(plan, row)


def claim_row(grid: Grid, row: int, records: RawRecords, category: str) -> None:
    """Say of every cell of a row what it is."""
    for cell in grid.filled(row):
        claim(records, tidy(cell.text), grid.cell_locator(cell), category)


def claim(records: RawRecords, text: str, locator: Locator, category: str) -> None:
    """Say of a text what it is; a text without letters and digits needs no claim."""
    if says_something(text):
        records.claims.append(Claim.model_validate({"text": text, "locator": locator, "category": category}))


def _repeats_header(plan: Plan, row: int) -> bool:
    headings = {fold(c.heading) for c in plan.header.columns if c.heading} | {fold(c.group) for c in plan.header.columns if c.group}
    texts = [fold(c.text) for c in plan.grid.filled(row)]
    return bool(headings) and len(texts) > 1 and all(t in headings for t in texts)


def _open_section(plan: Plan, row: SectionRow, later: list[SectionRow], followed: bool) -> None:
    cell = plan.grid.filled(row.row)[-1]
    locator = plan.grid.cell_locator(cell)
    if is_note_row(row.title):
        text = RawText(text=tidy("\n".join(c.text for c in plan.grid.filled(row.row))), locator=locator)
        heading = plan.stack.titles[-1] if plan.stack.sections else None
        plan.records.notes.append(RawNote(heading=heading, text=text, locator=locator))
        return
    plan.items.clear()
    plan.stack.open(row, [r for r in later if not is_note_row(r.title)], followed and bool(later) and not is_note_row(later[0].title))
    claim(plan.records, row.label.printed, plan.grid.cell_locator(plan.grid.filled(row.row)[0]), "structure")
    claim(plan.records, row.title, locator, "placed" if plan.header else "structure")
    if row.notes:
        note = RawText(text="\n".join(row.notes), locator=locator)
        plan.records.notes.append(RawNote(heading=one_line(row.title), text=note, locator=locator))


def _read_row(plan: Plan, row: int) -> None:
    values = _values(plan, row)
    if values.title is None:
        _without_title(plan, row, values)
        return
    number = cell_number(values.number.text) if values.number else None
    if values.number and number is None and says_something(values.number.text):
        values.extra.insert(0, (_heading_of(plan, values.number), _must(plan.grid.raw_text(values.number))))
    items = title_items(values.title.text, _text(values, ColumnRole.DEADLINE), _text(values, ColumnRole.RESPONSIBLE))
    if values.number and number is not None:
        claim(plan.records, tidy(values.number.text), plan.grid.cell_locator(values.number), "placed")
    if items:
        _several(plan, row, values, number, items)
    else:
        _one(plan, row, values, number)


def _must(text: RawText | None) -> RawText:
    assert text is not None
    return text


def _text(values: Values, role: ColumnRole) -> str | None:
    found = values.fields.get(role)
    return found.text if found else None


def _values(plan: Plan, row: int) -> Values:
    """Sort the cells that cover a row by column; several cells in one column are joined."""
    values = Values()
    cells: dict[int, list[Cell]] = {}
    for cell in plan.grid.covering(row):
        if tidy(cell.text):
            cells.setdefault(_column_index(cell, plan.header.columns), []).append(cell)
    for index, found in sorted(cells.items()):
        _put(plan, row, values, plan.header.columns[index], found)
    _join_span(values)
    return values


def _column_index(cell: Cell, columns: list[Column]) -> int:
    """The column that a cell stands in; a cell over several stands in the first, people over «срок | ответственный» in the second."""
    last = cell.column + cell.column_span - 1
    touched = [i for i, c in enumerate(columns) if c.first <= last and c.last >= cell.column]
    if len(touched) > 1:
        return _of_several(cell, columns, touched)
    return touched[0] if touched else len(columns) - 1


def _of_several(cell: Cell, columns: list[Column], touched: list[int]) -> int:
    text = one_line(cell.text)
    roles = [columns[i].role for i in touched]
    if ColumnRole.TITLE in roles:
        return touched[roles.index(ColumnRole.TITLE)]
    if ColumnRole.RESPONSIBLE in roles and looks_like_party(text) and not looks_like_deadline(text):
        return touched[roles.index(ColumnRole.RESPONSIBLE)]
    if ColumnRole.DEADLINE in roles:
        return touched[roles.index(ColumnRole.DEADLINE)]
    return touched[0]


def _put(plan: Plan, row: int, values: Values, column: Column, cells: list[Cell]) -> None:
    text = tidy("\n".join(c.text for c in cells))
    locator = plan.grid.locator(cells, cells[0].row, cells[0].column)
    raw = RawText(text=text, locator=locator)
    role = column.role
    if role is ColumnRole.NUMBER:
        values.number = cells[0]
    elif role is ColumnRole.TITLE:
        values.title = raw
    elif role is ColumnRole.DIRECTION and cells[0].row_span > 1:
        _direction(plan, values, cells[0], raw)
    elif role is ColumnRole.DEADLINE_RESPONSIBLE:
        _split_combined(plan, values, raw)
    elif role is ColumnRole.DEADLINE and column.group and re.match(words()["mark"], text.lower()):
        _add(values, role, RawText(text=column.heading or text, locator=locator), ", ")
    elif role in (ColumnRole.DEADLINE, ColumnRole.RESPONSIBLE, ColumnRole.START, ColumnRole.END, ColumnRole.POSITION, *_FIELDS):
        _add(values, role, raw, "\n")
    else:
        values.extra.append((column.full_heading, raw))


def _add(values: Values, role: ColumnRole, raw: RawText, glue: str) -> None:
    before = values.fields.get(role)
    values.fields[role] = raw if before is None else _joined(before, raw, glue)


def _joined(a: RawText, b: RawText, glue: str) -> RawText:
    spans = [*a.locator.spans, *(s for s in b.locator.spans if s not in a.locator.spans)]
    return RawText(text=f"{a.text}{glue}{b.text}", locator=a.locator.model_copy(update={"spans": spans}))


def _direction(plan: Plan, values: Values, cell: Cell, raw: RawText) -> None:
    """A direction merged over several rows is their section."""
    typed = typed_number(raw.text)
    values.sections.append(one_line(typed[1] if typed else raw.text))
    if id(cell) not in plan.used:
        plan.used.add(id(cell))
        claim(plan.records, raw.text, raw.locator, "placed")


def _join_span(values: Values) -> None:
    """«Начало | окончание» is one deadline, «ФИО | должность» one responsible."""
    start, end = values.fields.pop(ColumnRole.START, None), values.fields.pop(ColumnRole.END, None)
    if start or end:
        _add(values, ColumnRole.DEADLINE, _span_text(start, end), "\n")
    position = values.fields.pop(ColumnRole.POSITION, None)
    if position:
        who = values.fields.get(ColumnRole.RESPONSIBLE)
        values.fields[ColumnRole.RESPONSIBLE] = _with_posts(who, position) if who else position


def _span_text(start: RawText | None, end: RawText | None) -> RawText:
    if start is None or end is None:
        return _must(start or end)
    return _joined(start, end, " " if re.match(r"(?i)(по|до)\s", end.text) else " – ")


def _with_posts(who: RawText, position: RawText) -> RawText:
    """Names and posts line by line where their counts match."""
    names, posts = who.text.split("\n"), position.text.split("\n")
    if len(names) == len(posts):
        both = "\n".join(f"{n.rstrip(',')}, {p}" for n, p in zip(names, posts, strict=True))
        return _joined(who, position, "").model_copy(update={"text": both})
    return _joined(who, position, ", ")


def _split_combined(plan: Plan, values: Values, raw: RawText) -> None:
    """«Срок, ответственный»: leading lines or parts that say when, then who."""
    parts = raw.text.split("\n") if "\n" in raw.text else re.split(r"(?<=[,;])\s+", raw.text)
    glue = "\n" if "\n" in raw.text else " "
    when = 0
    while when < len(parts) and looks_like_deadline(parts[when]) and not re.search(words()["person"], parts[when]):
        when += 1
    first, second = glue.join(parts[:when]).rstrip(" ,;"), glue.join(parts[when:])
    if not first and looks_like_deadline(parts[-1]):
        first, second = parts[-1], glue.join(parts[:-1]).rstrip(" ,;")
    if first:
        _add(values, ColumnRole.DEADLINE, raw.model_copy(update={"text": first}), "\n")
    if second:
        _add(values, ColumnRole.RESPONSIBLE, raw.model_copy(update={"text": second}), "\n")


def _heading_of(plan: Plan, cell: Cell) -> str | None:
    return plan.header.columns[_column_index(cell, plan.header.columns)].full_heading


def _one(plan: Plan, row: int, values: Values, number: str | None) -> None:
    title = _must(values.title)
    typed = typed_number(title.text)
    if typed and (number is None or typed[0].rstrip(".)") == number.rstrip(".)")):
        claim(plan.records, typed[0], title.locator, "placed")
        number, title = number or typed[0], title.model_copy(update={"text": typed[1]})
    _append(plan, row, values, number, title, values.fields)


def _several(plan: Plan, row: int, values: Values, number: str | None, items: list[Item]) -> None:
    """Deal the lists of a row out among the items of its title."""
    dealt = {role: deal(raw.text, len(items)) for role, raw in values.fields.items()}
    extras = [(heading, raw, deal(raw.text, len(items))) for heading, raw in values.extra]
    numbers = plain_numbers(values.number.text, len(items)) if values.number else None
    title = _must(values.title)
    first = len(plan.records.activities)
    for position, item in enumerate(items):
        fields = {role: raw.model_copy(update={"text": texts[position]}) for role, raw in values.fields.items() if (texts := dealt[role])}
        own = item.number or (numbers[position] if numbers else None if values.number else number)
        if item.number:
            claim(plan.records, item.number, title.locator, "placed")
        part = Values(None, title, fields, [(h, raw.model_copy(update={"text": t[position]})) for h, raw, t in extras if t], values.sections)
        _append(plan, row, part, own, title.model_copy(update={"text": item.text}), fields)
    for role, raw in values.fields.items():
        if dealt[role] is None:
            _unmatched(plan, raw, role, len(items), first)
    for _, raw, texts in extras:
        if texts is None:
            _unmatched(plan, raw, ColumnRole.EXTRA, len(items), first)


def plain_numbers(text: str, count: int) -> list[str | None] | None:
    """Numbers one a line beside the items of a title."""
    lines = tidy(text).split("\n")
    return [cell_number(line) for line in lines] if len(lines) == count else None


def _unmatched(plan: Plan, raw: RawText, role: ColumnRole, count: int, first: int) -> None:
    message = f"В строке {count} мероприятий, а в ячейке другое число пунктов; её текст: «{one_line(raw.text)}»."
    name = "responsibles" if role is ColumnRole.RESPONSIBLE else role.value
    plan.records.findings.append(RawFinding(code="lists_do_not_match", message=message, locator=raw.locator, record=f"activities/{first}", field=name))
    claim(plan.records, raw.text, raw.locator, "placed")


def _append(plan: Plan, row: int, values: Values, number: str | None, title: RawText, fields: dict[ColumnRole, RawText]) -> None:
    parts = ordinals(number)
    while plan.items and not (len(plan.items[-1][0]) < len(parts) and parts[: len(plan.items[-1][0])] == plan.items[-1][0]):
        plan.items.pop()
    section = [*plan.stack.titles, *values.sections, *(t for _, t in plan.items)]
    plan.records.activities.append(
        RawActivity(
            number=number,
            section=section,
            title=title,
            deadline=fields.get(ColumnRole.DEADLINE),
            responsibles=fields.get(ColumnRole.RESPONSIBLE),
            form=fields.get(ColumnRole.FORM),
            expected_result=fields.get(ColumnRole.EXPECTED_RESULT),
            evidence=fields.get(ColumnRole.EVIDENCE),
            completion=fields.get(ColumnRole.COMPLETION),
            extra=[RawExtra(heading=h, text=t) for h, t in values.extra],
            annex=plan.annex,
            plan=plan.plan,
            locator=plan.grid.row_locator(row),
        )
    )
    plan.stack.activity()
    if parts:
        plan.items.append((parts, one_line(title.text)))


def _without_title(plan: Plan, row: int, values: Values) -> None:
    """A row without a title goes on with the activity above it; without one it is a note."""
    cells = plan.grid.filled(row)
    locator = plan.grid.row_locator(row)
    last = plan.records.activities[-1] if plan.records.activities else None
    if last is None or last.locator.block != locator.block:
        text = RawText(text=tidy("\n".join(c.text for c in cells)), locator=locator)
        plan.records.notes.append(RawNote(text=text, locator=locator))
        return
    for role, raw in values.fields.items():
        name = {"responsible": "responsibles"}.get(role.value, role.value)
        before = getattr(last, name)
        setattr(last, name, raw if before is None else _joined(before, raw, "\n"))
    last.extra += [RawExtra(heading=h, text=t) for h, t in values.extra]
    if values.number and says_something(values.number.text):
        last.extra.append(RawExtra(heading=_heading_of(plan, values.number), text=_must(plan.grid.raw_text(values.number))))
    message = "Строка без названия мероприятия присоединена к строке над ней."
    plan.records.findings.append(RawFinding(code="row_join_doubtful", message=message, locator=locator, record=f"activities/{len(plan.records.activities) - 1}"))


def table_says_plan(texts: list[str]) -> bool:
    """Whether the lines above a table say that a plan follows."""
    return any(re.search(words()["plan_heading"], fold(t)) for t in texts)


__all__ = ["Plan", "claim", "claim_row", "is_header_row", "read_activities", "table_says_plan"]
