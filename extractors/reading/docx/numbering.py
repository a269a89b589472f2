"""Automatic numbering as Word prints it: which counter a paragraph advances, and the label that comes of it."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.reading.characters import clean_text
from extractors.reading.docx.names import ALTERNATE, P_PR, R_PR, Element, branch, is_on, value_of, w, whole
from extractors.reading.docx.numerals import numeral
from extractors.reading.docx.styles import StyleSheet, read_paragraph_look, read_run_look
from extractors.reading.docx.symbols import bullet, plain_symbols

_LEVELS = 9
_ILVL, _NUM_FMT, _START = w("ilvl"), w("numFmt"), w("start")
_PLACE = re.compile(r"%([1-9])")


class Level(NamedTuple):
    """One level of a list. ``left`` and ``first`` in points."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    font: str | None = None
    left: float | None = None
    first: float | None = None
    style: str | None = None


class Label(NamedTuple):
    """What stands before a paragraph. ``glued``: nothing between label and text."""

    text: str
    level: int
    list_id: str
    glued: bool


@dataclass(slots=True)
class ListDefinition:
    """A ``w:num``: the levels it prints, its own starts, and the counters it shares with its abstract list."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]
    list_id: str

    def level(self, ilvl: int) -> Level:
        """The level, or one that prints nothing where the list does not define it."""
        return self.levels.get(ilvl, Level())

    def start(self, ilvl: int) -> int:
        """The number a level begins with."""
        return self.starts.get(ilvl, self.level(ilvl).start)


@dataclass(slots=True)
class Counters:
    """The numbers that an abstract list has reached; None = not begun since its last restart."""

    values: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """``numbering.xml`` and the state of its counters. Paragraphs must come in document order."""

    def __init__(self, numbering: Element | None, styles: StyleSheet) -> None:
        self._abstract: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._definitions: dict[str, ListDefinition | None] = {}
        self._counters: dict[str, Counters] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styles = styles
        if numbering is not None:
            self._abstract = {e.get(w("abstractNumId"), ""): e for e in numbering.iterchildren(w("abstractNum"))}
            self._nums = {e.get(w("numId"), ""): e for e in numbering.iterchildren(w("num"))}

    def definition(self, num_id: str | None) -> ListDefinition | None:
        """The list ``num_id``; None for 0 («no list») and for lists that the file does not define."""
        if num_id is None or num_id == "0":
            return None
        if num_id not in self._definitions:
            self._definitions[num_id] = self._define(num_id)
        return self._definitions[num_id]

    def _define(self, num_id: str) -> ListDefinition | None:
        num = self._nums.get(num_id)
        if num is None:
            return None
        abstract_id = self._resolve_abstract(value_of(num, w("abstractNumId")) or "", frozenset())
        abstract = self._abstract.get(abstract_id)
        if abstract is None:
            return None
        levels = {ilvl: read_level(e) for e in abstract.iterchildren(w("lvl")) if (ilvl := whole(e.get(_ILVL))) is not None}
        starts: dict[int, int] = {}
        for override in num.iterchildren(w("lvlOverride")):
            _override(override, levels, starts)
        return ListDefinition(abstract_id, levels, starts, f"{abstract_id}:{num_id}" if starts else abstract_id)

    def _resolve_abstract(self, abstract_id: str, seen: frozenset[str]) -> str:
        """Follow ``w:numStyleLink``: a list that says only «as in that list style»."""
        abstract = self._abstract.get(abstract_id)
        link = value_of(abstract, w("numStyleLink"))
        if abstract is None or link is None or abstract_id in seen:
            return abstract_id
        num = self._nums.get(self._styles.style(link).paragraph.num_id or "")
        if num is not None:
            return self._resolve_abstract(value_of(num, w("abstractNumId")) or "", seen | {abstract_id})
        owners = (i for i, e in self._abstract.items() if value_of(e, w("styleLink")) == link)
        return next(owners, abstract_id)

    def level_for_style(self, definition: ListDefinition, chain: tuple[str, ...]) -> int:
        """The level that a numbered style stands for: ``w:pStyle`` of a level names the style."""
        for style_id in chain:
            for ilvl, level in definition.levels.items():
                if level.style == style_id:
                    return ilvl
        return 0

    def advance(self, num_id: str, definition: ListDefinition, ilvl: int) -> Label | None:
        """Count one paragraph; its label, or None where nothing is printed before it."""
        ilvl = min(max(ilvl, 0), _LEVELS - 1)
        counters = self._counters.setdefault(definition.abstract, Counters())
        self._count(num_id, definition, ilvl, counters)
        level = definition.level(ilvl)
        text = "" if level.hidden else _label_text(definition, level, counters)
        return Label(text, ilvl, definition.list_id, level.suffix == "nothing") if text else None

    def _count(self, num_id: str, definition: ListDefinition, ilvl: int, counters: Counters) -> None:
        values = counters.values
        if self._begins(num_id, definition, ilvl) or (reached := values[ilvl]) is None:
            values[ilvl] = definition.start(ilvl)
        else:
            values[ilvl] = reached + 1
        for upper in range(ilvl):  # «2.1» with no paragraph «2» before it: the upper level stands at its start
            if self._begins(num_id, definition, upper) or values[upper] is None:
                values[upper] = definition.start(upper)
        for lower in range(ilvl + 1, _LEVELS):
            if _restarts(definition.level(lower), lower, ilvl):
                values[lower] = None

    def _begins(self, num_id: str, definition: ListDefinition, ilvl: int) -> bool:
        """Whether the list's own start («начать заново с 1») applies: only the first time its level is met."""
        if ilvl not in definition.starts or (num_id, ilvl) in self._begun:
            return False
        self._begun.add((num_id, ilvl))
        return True


def _override(override: Element, levels: dict[int, Level], starts: dict[int, int]) -> None:
    ilvl = whole(override.get(_ILVL))
    if ilvl is None:
        return
    replacement = override.find(w("lvl"))
    if replacement is not None:
        levels[ilvl] = read_level(replacement)
    start = whole(value_of(override, w("startOverride")))
    if start is not None:
        starts[ilvl] = start


def read_level(element: Element) -> Level:
    """A ``w:lvl``."""
    look = read_paragraph_look(element.find(P_PR))
    run = read_run_look(element.find(R_PR))
    restart = whole(value_of(element, w("lvlRestart")))
    start = whole(value_of(element, _START))
    return Level(
        start=0 if start is None else start,
        number_format=_number_format(element),
        text=value_of(element, w("lvlText")) or "",
        suffix=value_of(element, w("suff")) or "tab",
        restart=restart,
        legal=is_on(element.find(w("isLgl"))),
        hidden=bool(run.hidden),
        font=run.font,
        left=look.left,
        first=look.first,
        style=value_of(element, w("pStyle")),
    )


def _number_format(level: Element) -> str:
    found = level.find(_NUM_FMT)
    alternate = level.find(ALTERNATE)
    if alternate is not None:  # a format that only newer programs know, with a fallback for the others
        chosen = next((b for b in alternate if b.find(_NUM_FMT) is not None), branch(alternate))
        found = found if chosen is None else chosen.find(_NUM_FMT)
    if found is None:
        return "decimal"
    return found.get(w("format"), "") if found.get(w("val")) == "custom" else found.get(w("val"), "decimal")


def _restarts(level: Level, lower: int, used: int) -> bool:
    """Whether using level ``used`` begins ``lower`` anew: ``w:lvlRestart`` 0 = never, n = only after level n (1-based) or one above it."""
    if level.restart is None:
        return used < lower
    return level.restart > 0 and used <= level.restart - 1


def _label_text(definition: ListDefinition, level: Level, counters: Counters) -> str:
    if level.number_format == "bullet":
        return bullet(level.text, level.font)

    def number(match: re.Match[str]) -> str:
        ilvl = int(match[1]) - 1
        value = counters.values[ilvl]
        number_format = definition.level(ilvl).number_format
        if level.legal and number_format not in ("none", "bullet"):
            number_format = "decimal"
        return "" if value is None else numeral(value, number_format)

    return clean_text(plain_symbols(_PLACE.sub(number, level.text), level.font))[0].strip()
