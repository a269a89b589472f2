"""A plan set as a numbered list: «1. Провести фестиваль. Срок: июнь 2024 года. Ответственный: Орлова С.Н.»"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.layouts.columns import ColumnRole, heading_role
from extractors.layouts.directives import read_item
from extractors.layouts.headings import is_heading
from extractors.layouts.item_numbers import ordinals, section_label
from extractors.layouts.section_rows import SectionRow
from extractors.layouts.section_stack import SectionStack
from extractors.lines import Line, trace
from schemas.contract import Locator
from schemas.raw import Claim, RawActivity, RawRecords, RawText
from schemas.source import Align

_FIELDS = {
    ColumnRole.DEADLINE: "deadline",
    ColumnRole.RESPONSIBLE: "responsibles",
    ColumnRole.FORM: "form",
    ColumnRole.EXPECTED_RESULT: "expected_result",
    ColumnRole.EVIDENCE: "evidence",
    ColumnRole.COMPLETION: "completion",
}
_LABEL = re.compile(r"(?:^|(?<=[.;,(\n]))\s*(?P<label>[А-ЯЁа-яё][А-ЯЁа-яё ]{2,50}?\.?)(?:\s*:|\s+[–—-](?=\s))\s*")
_END = re.compile(r"(?<=\w{4})\.$|(?<=\d)\.$")
_FEWEST = 2  # items that say when or who


@dataclass
class _Item:
    """An item with the lines that go on with it; ``starts``: where each line begins in the text."""

    number: str
    kind: str  # the style of the number: «dot», «paren», «roman», «letter»
    lines: list[Line]
    text: str
    starts: list[int] = field(default_factory=lambda: [0])

    def add(self, line: Line) -> None:
        """Go on with a further line."""
        self.text += "\n"
        self.starts.append(len(self.text))
        self.lines.append(line)
        self.text += line.words

    def place(self, at: int) -> Locator:
        """Where a character of the text stands."""
        return self.lines[bisect_right(self.starts, at) - 1].locator

    def labels(self) -> list[tuple[ColumnRole, re.Match[str]]]:
        """«Срок:», «Отв. –», «Ожидаемый результат:» inside the text."""
        return _labels(self.text)


def _labels(text: str) -> list[tuple[ColumnRole, re.Match[str]]]:
    found = [(heading_role(m["label"]), m) for m in _LABEL.finditer(text)]
    return [(role, m) for (role, strength), m in found if role in _FIELDS and strength > 1]


@dataclass
class _Heading:
    """A line that may head the items below it."""

    line: Line


Entry = _Item | _Heading | Line  # a line is prose


def list_end(lines: Sequence[Line]) -> int:
    """Index after the last line that says when or who: only what follows it can be a signature.

    «Исполнитель: Усов П.И.» ends an item, a second one under the same item says who prepared the plan; 0 where nothing is a list.
    """
    end, known = 0, True
    for position, line in enumerate(lines):
        item = read_item(line)
        roles = {role for role, _ in _labels(line.words)}
        known = known and not (item and item.number)
        if roles and not (known and ColumnRole.RESPONSIBLE in roles):
            end = position + 1
        known = known or ColumnRole.RESPONSIBLE in roles
    return end


def read_activity_list(lines: Sequence[Line], annex: int | None, plan: int | None, records: RawRecords) -> list[Line]:
    """Read the items that say when and who; returns the lines that are none of them, all where this is no such list."""
    before, entries = _entries(lines)
    items = [e for e in entries if isinstance(e, _Item)]
    saying = [e for e in items if {role for role, _ in e.labels()} & {ColumnRole.DEADLINE, ColumnRole.RESPONSIBLE}]
    roles = {role for e in saying for role, _ in e.labels()}
    if len(saying) < _FEWEST or not roles >= {ColumnRole.DEADLINE, ColumnRole.RESPONSIBLE}:
        return list(lines)
    stack = SectionStack()
    rows = [_section(e) if e not in saying and _heads(e, entries[i + 1 :], saying) else None for i, e in enumerate(entries)]
    for position, (entry, row) in enumerate(zip(entries, rows, strict=True)):
        if row is not None:
            _open(entry, row, [r for r in rows[position + 1 :] if r], rows[position + 1 : position + 2] != [None], stack, records)
        elif isinstance(entry, _Item):
            records.activities.append(_activity(entry, stack, annex, plan, records))
    trace([line for e in items for line in e.lines], "activity_list", records)
    left = [_line(e) for e, row in zip(entries, rows, strict=True) if row is None and not isinstance(e, _Item)]
    return [*before, *left]


def _entries(lines: Sequence[Line]) -> tuple[list[Line], list[Entry]]:
    """The lines above the first item or heading, and the items and headings in their order."""
    before: list[Line] = []
    entries: list[Entry] = []
    for position, line in enumerate(lines):
        item = read_item(line)
        heads = is_heading(lines, position) and not any(_labels(x.words) for x in lines[position : position + 2])
        if item is not None and item.number and item.text and not heads:
            entries.append(_Item(item.number, item.style[0], [line], item.text))
        elif heads:
            entries.append(_Heading(line))
        elif entries and isinstance(entries[-1], _Item):
            entries[-1].add(line)
        elif entries:
            entries.append(line)
        else:
            before.append(line)
    return before, entries


def _heads(entry: Entry, later: Sequence[Entry], saying: Sequence[_Item]) -> bool:
    """A heading with nothing but headings between it and an item, or an item over «1.1» or a new «1»: «1. Кадры \\ 1.1. Провести…»."""
    following = next((e for e in later if not isinstance(e, _Heading)), None)
    if not isinstance(following, _Item) or isinstance(entry, Line):
        return False
    if isinstance(entry, _Heading):
        return True
    if entry.kind != following.kind:
        return entry.kind == "roman"
    own, below = ordinals(entry.number), ordinals(following.number)
    return "\n" not in entry.text and (len(below) > len(own) or (following in saying and below == (1,) != own))


def _line(entry: Entry) -> Line:
    return entry.lines[0] if isinstance(entry, _Item) else entry.line if isinstance(entry, _Heading) else entry


def _section(entry: Entry) -> SectionRow:
    line = _line(entry)
    label = section_label(line.words)
    look = (line.paragraph.bold, line.align is Align.CENTER, line.caps)
    return SectionRow(0, label, label.rest, look=look)


def _open(entry: Entry, row: SectionRow, later: list[SectionRow], followed: bool, stack: SectionStack, records: RawRecords) -> None:
    locator = _line(entry).locator
    stack.open(row, later, followed)
    records.claims.append(Claim(text=row.label.rest, locator=locator, category="placed"))
    if row.label.printed:
        records.claims.append(Claim(text=row.label.printed, locator=locator, category="structure"))


def _activity(item: _Item, stack: SectionStack, annex: int | None, plan: int | None, records: RawRecords) -> RawActivity:
    """One item: its title up to the first label, and what stands behind each label."""
    labels = item.labels()
    stops = [m.start() for _, m in labels] + [len(item.text)]
    values: dict[str, RawText] = {}
    for (role, match), stop in zip(labels, stops[1:], strict=True):
        text = _END.sub("", item.text[match.end() : stop].strip(" ,;)\n"))
        records.claims.append(Claim(text=match["label"], locator=item.place(match.start("label")), category="structure"))
        if text and _FIELDS[role] not in values:
            values[_FIELDS[role]] = RawText(text=text, locator=item.place(match.end()))
    title = item.text[: stops[0]].strip(" ,;(–—-\n") or item.text
    parts = ordinals(item.number)
    stack.before_activity(parts)
    sections = list(stack.titles)
    stack.activity(parts)
    place = item.place(0)
    return RawActivity(
        number=item.number, section=sections, title=RawText(text=title, locator=place), annex=annex, plan=plan, locator=place, **values
    )
