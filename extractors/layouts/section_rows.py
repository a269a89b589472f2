"""Section rows: which rows name a section, and how sections nest."""

import re
from dataclasses import dataclass, field

from extractors.layouts.columns import Column, ColumnRole
from extractors.layouts.grid import Grid, one_line, tidy
from extractors.layouts.item_numbers import Label, cell_number, number_label, ordinals, section_label, typed_number, words
from schemas.source import Align, Cell

_LONG_TITLE = 500  # characters: a longer merged row is prose
_LONG_FOOT = 150  # characters: a longer row under the last activity is a remark


@dataclass
class RowView:
    """A row as the section rules see it."""

    row: int
    filled: list[Cell]
    number: str | None
    title: str
    rest: bool  # whether a column beside number and title is filled
    wide: bool  # one cell over (nearly) the whole width
    bold: bool
    look: tuple[bool, bool, bool]


@dataclass
class SectionRow:
    """A row that names a section."""

    row: int
    label: Label
    title: str
    notes: list[str] = field(default_factory=list)
    look: tuple[bool, bool, bool] = (False, False, False)


def view(grid: Grid, row: int, columns: list[Column]) -> RowView:
    """Look at a row: number, title, whether anything else is filled, how it is set."""
    filled = grid.filled(row)
    numbers = [c for c in filled if _is_number_cell(c, columns) and _section_number(c.text)]
    texts = [c for c in filled if not any(c is n for n in numbers)]
    first = texts[0] if texts else None
    wide = first is not None and _is_wide(first, columns, grid)
    covered = [c for c in grid.covering(row) if c.row < row and tidy(c.text) and _column_of(c, columns).role is not ColumnRole.NUMBER]
    return RowView(
        row=row,
        filled=filled,
        number=_section_number(numbers[0].text) if numbers else None,
        title=tidy(first.text) if first else "",
        rest=len(texts) > 1 or bool(covered),
        wide=wide,
        bold=first is not None and all(p.bold for p in first.paragraphs if p.text.strip()),
        look=_look(first),
    )


def _section_number(text: str) -> str | None:
    """«1.», «II.», also «Раздел I» in the number column."""
    label = section_label(f"{one_line(text).rstrip('.')}. Х")
    return cell_number(text) or (label.printed if label.printed and label.rest == "Х" else None)


def _is_number_cell(cell: Cell, columns: list[Column]) -> bool:
    """The cell stands in the number column and in no other."""
    column = _column_of(cell, columns)
    return column.role is ColumnRole.NUMBER and cell.column + cell.column_span - 1 <= column.last


def _look(cell: Cell | None) -> tuple[bool, bool, bool]:
    paragraphs = [p for p in cell.paragraphs if p.text.strip()] if cell else []
    if not paragraphs:
        return (False, False, False)
    first = paragraphs[0]
    return (first.bold, first.align is Align.CENTER, first.text.upper() == first.text)


def _column_of(cell: Cell, columns: list[Column]) -> Column:
    return max(columns, key=lambda c: min(c.last, cell.column + cell.column_span - 1) - max(c.first, cell.column))


def _is_wide(cell: Cell, columns: list[Column], grid: Grid) -> bool:
    """One cell over all columns, or over all from the title on, or over title, deadline and people."""
    last = cell.column + cell.column_span - 1
    covered = [c for c in columns if c.first >= cell.column and c.last <= last]
    if len(covered) < 2 or len(covered) < len(columns) - 2:
        return False
    beyond = [c for c in columns if c.first > last]
    return not any((other := grid.at(cell.row, c.first)) is not None and tidy(other.text) for c in beyond)


def find_sections(grid: Grid, rows: list[int], columns: list[Column]) -> dict[int, SectionRow]:
    """The rows that name a section, by row."""
    views = [view(grid, row, columns) for row in rows]
    views = [v for v in views if v.filled]
    context = _Context(views, columns)
    return {v.row: section_row(v) for i, v in enumerate(views) if _is_section(i, v, context)}


@dataclass
class _Context:
    views: list[RowView]
    columns: list[Column]

    def next_full(self, index: int) -> RowView | None:
        """The next row that is an activity beyond doubt."""
        return next((v for v in self.views[index + 1 :] if v.rest), None)

    def last_full(self, index: int) -> RowView | None:
        """The last activity above."""
        return next((v for v in reversed(self.views[:index]) if v.rest), None)

    def mostly_filled(self) -> bool:
        """Whether the plan has columns beside the title, and rows usually fill them."""
        return sum(v.rest for v in self.views) * 2 >= len([v for v in self.views if not v.wide])

    def bold_marks_sections(self) -> bool:
        """Some lone rows are bold, so a plain lone row is none of them."""
        return self.bold_is_rare() and any(v.bold and not v.rest for v in self.views)

    def bold_is_rare(self) -> bool:
        """Activities are not set in bold."""
        full = [v for v in self.views if v.rest]
        return bool(full) and sum(v.bold for v in full) * 4 <= len(full)


def _is_section(index: int, v: RowView, context: _Context) -> bool:
    if v.rest or not v.title:
        return False
    if v.wide:
        return True
    if any(
        c.role in (ColumnRole.DEADLINE, ColumnRole.START, ColumnRole.RESPONSIBLE, ColumnRole.DEADLINE_RESPONSIBLE) for c in context.columns
    ):
        return _stands_alone(index, v, context)
    return v.bold and context.bold_is_rare()


def _stands_alone(index: int, v: RowView, context: _Context) -> bool:
    """Only a title is filled. A section, unless its number runs on among activities or nothing follows it."""
    text = one_line(v.title)
    label = _row_label(v)
    following = context.views[index + 1 :]
    if len(text) > _LONG_TITLE:
        return False
    if not following:
        return _ends_page(index, label, context)
    if label.kind in ("month", "quarter", "year", "span", "roman") or label.kind in words()["section_words"]:
        return True
    if _deadline_cell_alone(v, context):
        return False
    if label.kind == "decimal":
        return _numbered_section(index, label, v, context)
    if v.bold and context.bold_is_rare():
        return True
    return _bare_section(index, v, context)


def _ends_page(index: int, label: Label, context: _Context) -> bool:
    """«III. Просвещение» in the last row of a page, whose activities stand in the next table: sections above are labelled alike."""
    unsure = label.kind in ("bare", "decimal", "letter")
    return not unsure and any(v.title and not v.rest and _row_label(v).kind == label.kind for v in context.views[:index])


def _deadline_cell_alone(v: RowView, context: _Context) -> bool:
    """The only filled cell is a deadline or a name: the row goes on with the one above."""
    role = _column_of(v.filled[-1], context.columns).role
    return role in (ColumnRole.RESPONSIBLE, ColumnRole.DEADLINE) and len(v.filled) == 1


def _numbered_section(index: int, label: Label, v: RowView, context: _Context) -> bool:
    """«2.» is a section where «2.1» or a new «1» follows, an activity where «3» does."""
    following = context.views[index + 1]
    after = _ordinals_of(following)
    if after and after[: len(label.ordinals)] == label.ordinals and len(after) > len(label.ordinals):
        return True
    if v.bold and context.bold_is_rare():
        return True
    full = context.next_full(index)
    next_full = _ordinals_of(full) if full else ()
    first_of_all = label.ordinals == (1,) == after and following.rest
    last = context.last_full(index)
    if last and _follows(_ordinals_of(last), next_full):
        return True  # «2 | Работа с детьми» between the activities «5» and «6» is not counted with them
    if _follows(label.ordinals, after) or _follows(label.ordinals, next_full):
        return False
    if next_full and next_full[-1] == 1 and (label.ordinals != next_full or first_of_all):
        return True
    if last and _follows(_ordinals_of(last), label.ordinals):
        return False
    return bool(full) and not next_full and context.mostly_filled()


def _ordinals_of(v: RowView) -> tuple[int, ...]:
    if v.number:
        return ordinals(v.number)
    typed = typed_number(v.title)
    return ordinals(typed[0]) if typed else ()


def _follows(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """«2.3» → «2.4»."""
    return bool(a) and len(a) == len(b) and a[:-1] == b[:-1] and b[-1] == a[-1] + 1


def _bare_section(index: int, v: RowView, context: _Context) -> bool:
    """A lone title without a number: a section where rows usually fill more, and an activity follows it."""
    following = context.views[index + 1]
    if re.match(r"[-–—•]|[а-яё]", v.title) or not context.mostly_filled() or context.bold_marks_sections():
        return False
    if following.rest or following.wide:
        return True
    return _row_label(following).kind != "bare" or following.bold


def _row_label(v: RowView) -> Label:
    if v.number:
        return number_label(v.number, v.title)
    return section_label(v.title)


def section_row(v: RowView) -> SectionRow:
    """First line = title; further lines are notes, unless the line was only broken in its middle."""
    lines = v.title.split("\n")
    title = lines.pop(0)
    while lines and _runs_on(title, lines[0]):
        title = f"{title} {lines.pop(0)}"
    label = number_label(v.number, title) if v.number else section_label(title)
    return SectionRow(v.row, label, label.rest.strip() or title, lines, v.look)


def _runs_on(title: str, line: str) -> bool:
    """«Мероприятия по\\nорганизации»: a line break in the middle of a phrase; «Раздел 1.\\nКадры» too."""
    bare_number = section_label(title + " Х").rest == "Х"
    return (
        bare_number
        or (bool(re.match(r"[а-яё(«]", line)) and not re.search(r"[.;:!?]$", title))
        or bool(re.search(r"(,|\b(и|по|в|на|с|о|об|для))$", title))
    )


def is_note_row(title: str, trailing: bool = False) -> bool:
    """«Цель: …», «Итого по разделу», prose as long as a page; under the last activity also «* по согласованию»."""
    if len(title) > _LONG_TITLE or re.match(words()["note_row"], re.sub(r"[«»]", "", title.lower().replace("ё", "е"))):
        return True
    return (
        trailing and section_label(title).kind == "bare" and (len(title) > _LONG_FOOT or bool(re.match(r"\*|.*[.;:]$", title, re.DOTALL)))
    )
