"""Section rows: which rows name a section, and how sections nest."""

import re
from dataclasses import dataclass, field

from extractors.layouts.columns import Column, ColumnRole
from extractors.layouts.grid import Grid, fold, one_line, tidy
from extractors.layouts.item_numbers import Label, cell_number, number_label, ordinals, section_label, typed_number, words
from schemas.source import Align, Cell

_LONG_TITLE = 500  # characters: a longer merged row is prose
_RANK = {"year": 0, "quarter": 1, "month": 2, "roman": 4, "decimal": 5, "letter": 6}


@dataclass
class Section:
    """A section that is open."""

    label: Label
    title: str
    look: tuple[bool, bool, bool] = (False, False, False)  # bold, centred, in capitals
    rows: int = 0  # activities under it so far
    opener: bool = False  # the first of several section rows in a row


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
    number = next((cell_number(c.text) for c in filled if _column_of(c, columns).role is ColumnRole.NUMBER and c.column_span == 1), None)
    texts = [c for c in filled if not (number and _column_of(c, columns).role is ColumnRole.NUMBER and cell_number(c.text))]
    first = texts[0] if texts else None
    wide = first is not None and _is_wide(first, columns, grid)
    covered = [c for c in grid.covering(row) if c.row < row and tidy(c.text) and _column_of(c, columns).role is not ColumnRole.NUMBER]
    return RowView(
        row=row,
        filled=filled,
        number=number,
        title=tidy(first.text) if first else "",
        rest=len(texts) > 1 or bool(covered),
        wide=wide,
        bold=first is not None and all(p.bold for p in first.paragraphs if p.text.strip()),
        look=_look(first),
    )


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
    return {v.row: _section_row(v) for i, v in enumerate(views) if _is_section(i, v, context)}


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
    if any(c.role in (ColumnRole.DEADLINE, ColumnRole.RESPONSIBLE) for c in context.columns):
        return _stands_alone(index, v, context)
    return v.bold and context.bold_is_rare()


def _stands_alone(index: int, v: RowView, context: _Context) -> bool:
    """Only a title is filled. A section, unless its number runs on among activities or nothing follows it."""
    text = one_line(v.title)
    label = _row_label(v)
    following = context.views[index + 1 :]
    if not following or len(text) > _LONG_TITLE:
        return False
    if label.kind in ("month", "quarter", "year", "roman") or label.kind in words()["section_words"]:
        return True
    if _deadline_cell_alone(v, context):
        return False
    if label.kind == "decimal":
        return _numbered_section(index, label, v, context)
    if v.bold and context.bold_is_rare():
        return True
    return _bare_section(index, v, context)


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
    if _follows(label.ordinals, after) or _follows(label.ordinals, next_full):
        return False
    if next_full and next_full[-1] == 1 and (label.ordinals != next_full or first_of_all):
        return True
    last = context.last_full(index)
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


def _section_row(v: RowView) -> SectionRow:
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


def is_note_row(title: str) -> bool:
    """«Цель: …», «Итого по разделу», or prose as long as a page."""
    return (
        bool(re.match(words()["note_row"], fold(title) if ":" not in title[:40] else title.lower().replace("ё", "е")))
        or len(title) > _LONG_TITLE
    )


class SectionStack:
    """The open sections, outermost first."""

    def __init__(self, sections: list[Section] | None = None) -> None:
        self.sections = sections or []
        self._fresh = False  # the row above was a section row

    @property
    def titles(self) -> list[str]:
        """Titles of the open sections, outermost first."""
        return [s.title for s in self.sections]

    def activity(self) -> None:
        """An activity stands under the open sections."""
        for section in self.sections:
            section.rows += 1
        self._fresh = False

    def open(self, row: SectionRow, later: list[SectionRow], followed: bool) -> None:
        """Open a section: siblings and deeper ones close. ``later`` = section rows still to come, nearest first;
        ``followed`` = the next row is a section row too."""
        keep = self._kept(row, later, followed)
        opener = not self._fresh and followed
        self.sections = self.sections[:keep]
        self.sections.append(Section(row.label, one_line(row.title), row.look, 0, opener))
        self._fresh = True

    def _kept(self, row: SectionRow, later: list[SectionRow], followed: bool) -> int:
        kinds = [s.label.kind for s in self.sections]
        kind = row.label.kind
        if kind == "bare":
            return self._kept_for_bare(row, later, followed)
        if kind == "decimal":
            return self._kept_for_decimal(row.label.ordinals)
        if kind in kinds:
            return kinds.index(kind)
        rank = _rank(kind)
        return next(
            (i for i, s in enumerate(self.sections) if _rank(s.label.kind) > rank and (s.rows or s.label.kind != "bare")), len(kinds)
        )

    def _kept_for_decimal(self, numbers: tuple[int, ...]) -> int:
        """«3.2.1» stays under «3.2»; a «4» closes both; a bare row in between stays while it is empty."""
        keep = 0
        for i, section in enumerate(self.sections):
            parts = section.label.ordinals
            if section.label.kind == "decimal" and not (len(parts) < len(numbers) and numbers[: len(parts)] == parts):
                return i
            if section.label.kind == "letter":
                return i
            if section.label.kind == "bare" and section.rows and any(s.label.kind == "decimal" for s in self.sections[:i]):
                return i
            if (
                section.label.kind == "bare"
                and section.rows
                and _restarted(self.sections[i + 1 :], numbers) is False
                and not self.sections[i + 1 :]
            ):
                return i if numbers[-1] != 1 else i + 1
            keep = i + 1
        return keep

    def _kept_for_bare(self, row: SectionRow, later: list[SectionRow], followed: bool) -> int:
        """A bare row stands over numbered ones whose numbers begin anew under it, else under the open ones."""
        numbered = [i for i, s in enumerate(self.sections) if s.label.ordinals]
        if numbered:
            outer = self.sections[numbered[0]]
            coming = next(
                (r for r in later if r.label.kind == outer.label.kind and len(r.label.ordinals) == len(outer.label.ordinals)), None
            )
            if coming and coming.label.ordinals[-1] == 1:
                return next((i for i, s in enumerate(self.sections) if s.label.kind == "bare"), 0) if numbered[0] else 0
            if (
                coming is None
                and followed is False
                and self.sections[0].label.kind == "bare"
                and self.sections[0].look == row.look
                and numbered[0] > 0
            ):
                return 0
        start = (numbered[-1] + 1) if numbered else 0
        bare = [i for i in range(start, len(self.sections)) if self.sections[i].label.kind == "bare"]
        if not bare or (self._fresh and self.sections[-1].label.kind == "bare"):
            return len(self.sections)
        return self._sibling_of_bare(bare, row, followed)

    def _sibling_of_bare(self, bare: list[int], row: SectionRow, followed: bool) -> int:
        """Among bare rows: the one set alike; an opener of a group takes the place of the last opener."""
        alike = [i for i in bare if self.sections[i].look == row.look]
        if len(alike) == 1:
            return alike[0]
        openers = [i for i in bare if self.sections[i].opener]
        if followed and openers:
            return openers[0]
        if alike:
            return alike[-1]
        return bare[-1]


def _restarted(inner: list[Section], numbers: tuple[int, ...]) -> bool:
    return any(s.label.kind == "decimal" for s in inner) and numbers[-1] == 1


def _rank(kind: str) -> float:
    if kind in words()["section_words"]:
        return 3 + words()["section_words"].index(kind) / 100
    return _RANK.get(kind, 7)
