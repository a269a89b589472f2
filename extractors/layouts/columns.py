"""What a column of a table means, by its heading."""

import re
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache

from extractors.layouts.grid import fold
from lexicon import load

_LONG_HEADING = 160  # characters
_LEAST_GARBLED, _MOST_GARBLED = 4, 50  # characters of a heading that may be compared letter by letter


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


@lru_cache(maxsize=4096)
def heading_role(heading: str) -> tuple[ColumnRole, int]:
    """What a heading means in a plan or an indicator table, and how strongly; UNKNOWN where no phrase fits."""
    folded = fold(heading)
    if len(folded) > _LONG_HEADING:
        return ColumnRole.UNKNOWN, 0
    for role, pattern, strength in _entries("heading"):
        if pattern.search(folded) and (folded or (role is ColumnRole.NUMBER and heading.strip())):
            return role, strength
    return _broken_heading_role(folded)


def _broken_heading_role(folded: str) -> tuple[ColumnRole, int]:
    """«Ответст венный», «Наимено-вание мероприя тия»: the narrow cells of a PDF tear words."""
    squeezed = re.sub(r"[^а-яa-z]", "", folded)
    torn = {"ответствен": ColumnRole.RESPONSIBLE, "исполнител": ColumnRole.RESPONSIBLE, "мероприят": ColumnRole.TITLE}
    for stem, role in torn.items():
        if stem in squeezed and len(folded) < 60:
            return role, 3
    if re.match(r"срок", squeezed) and len(folded) < 40:
        return ColumnRole.DEADLINE, 2
    return _garbled_heading_role(folded)


def _garbled_heading_role(folded: str) -> tuple[ColumnRole, int]:
    """«Мероприятня», «Отметка об нсполненни»: OCR garbles a letter or two of a common heading."""
    if not _LEAST_GARBLED < len(folded) < _MOST_GARBLED:
        return ColumnRole.UNKNOWN, 0
    close = get_close_matches(folded, list(_common()), n=1, cutoff=0.8)
    return _common()[close[0]] if close else (ColumnRole.UNKNOWN, 0)


@cache
def _common() -> dict[str, tuple[ColumnRole, int]]:
    """Common headings as they should read, and what they mean."""
    headings = [fold(h) for h in load("columns")["common"]]
    return {h: next((role, strength) for role, pattern, strength in _entries("heading") if pattern.search(h)) for h in headings}


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


def with_role(column: Column) -> Column:
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
        kept = role in (ColumnRole.START, ColumnRole.END, ColumnRole.RESPONSIBLE)
        return (role if kept else ColumnRole.DEADLINE), max(strength, upper_strength)
    if upper is ColumnRole.RESPONSIBLE:  # «ФИО | должность», «основной | участники»
        kept = role in (ColumnRole.POSITION, ColumnRole.EXTRA)
        return (role if kept else ColumnRole.RESPONSIBLE), max(strength, upper_strength)
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
    return ColumnRole.DIRECTION if column.role is ColumnRole.DEADLINE and _names_time(column) else ColumnRole.EXTRA


def _names_time(column: Column) -> bool:
    return bool(re.match(r"(месяц|кварта|год)", fold(column.heading or "")))


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
    directions = [i for i, c in enumerate(columns) if c.role is ColumnRole.DIRECTION and not _names_time(c)]
    if not directions:
        return columns
    last = directions[-1]
    return [replace(c, role=ColumnRole.TITLE, strength=1) if i == last else c for i, c in enumerate(columns)]
