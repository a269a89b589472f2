"""An order laid apart: head, points, signature, annexes, and what follows them in the same file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.layouts import marks
from extractors.layouts.approvals import names_approving_act
from extractors.layouts.body import tables_of
from extractors.layouts.directives import read_item
from extractors.layouts.signatures import join_broken_names, signature_start
from extractors.lines import Item, Line
from schemas.contract import Kind, SignatoryRole
from schemas.raw import Claim, RawRecords
from schemas.source import TableBlock

_CORNER_LINES, _CORNER_WIDTH = 6, 160  # lines of «Утверждены приказом … от … № …», and characters of each
_HEAD_LINES = 120  # the operative word stands within so many lines, or the document is no order


@dataclass
class Act:
    """An order laid apart."""

    kind: Kind | None
    head: list[Line] = field(default_factory=list)
    lead_in: Line | None = None  # what stands before the operative word on its line
    points: list[Line] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    loose: list[TableBlock] = field(default_factory=list)  # tables among the points
    annexes: list[list[Item]] = field(default_factory=list)
    others: list[Item] = field(default_factory=list)  # a second order in the same file


def split_act(items: Sequence[Item], records: RawRecords) -> Act | None:
    """Lay an act apart at its operative word; None where the document has none and no kind word either."""
    named = False
    for position, item in enumerate(items[:_HEAD_LINES]):
        if not isinstance(item, Line):
            continue
        named = named or marks.kind_word(item.words) is not None
        if marks.opens_minutes(item.words) and not named:
            return None
        hit = marks.operative(item.words)
        if hit:
            return _act_at(items, position, hit[0], hit[1].start(), hit[1].end(), records)
    return _act_without_operative(items, records)


def _act_at(items: Sequence[Item], position: int, kind: Kind, start: int, end: int, records: RawRecords) -> Act:
    line = items[position]
    assert isinstance(line, Line)
    words = line.words
    records.claims.append(Claim(text=words[start:end], locator=line.locator, category="structure"))
    act = Act(kind, head=[x for x in items[:position] if isinstance(x, Line)])
    act.loose += tables_of(items[:position])
    before, after = words[:start].strip(), words[end:].strip(" :")
    if before:
        act.lead_in = Line(before, line.locator, line.paragraph, line.opens)
    rest: list[Item] = [Line(after, line.locator, line.paragraph, opens=False)] if after else []
    _deal_rest(act, [*rest, *items[position + 1 :]], records)
    return act


def _act_without_operative(items: Sequence[Item], records: RawRecords) -> Act | None:
    """«ПРИКАЗ … № 15 … 1. Утвердить…»: a kind word with a date or number, but no «приказываю»."""
    lines = [x for x in items[:_HEAD_LINES] if isinstance(x, Line)]
    at = next((i for i, x in enumerate(lines[:25]) if marks.kind_word(x.words) and not names_approving_act(lines, i)), None)
    if at is None or any(marks.heading_kind(x.words) for x in lines[:at]):
        return None
    first = next((i for i, x in enumerate(lines) if i > at and _first_point(x)), None)
    if first is None:
        return None
    cut = next(i for i, x in enumerate(items) if x is lines[first])
    act = Act(None, head=[x for x in items[:cut] if isinstance(x, Line)], loose=tables_of(items[:cut]))
    _deal_rest(act, items[cut:], records)
    return act


def _first_point(line: Line) -> bool:
    item = read_item(line)
    return item is not None and item.number in ("1", "1)", "I") and bool(item.text)


def _deal_rest(act: Act, items: Sequence[Item], records: RawRecords) -> None:
    """Points until the signature, then annexes, each from its opening line to the next."""
    points: list[Line] = []
    position = 0
    while position < len(items) and not _opens_annex(items, position, bool(points)) and not _opens_order(items, position):
        item = items[position]
        if isinstance(item, Line):
            points.append(item)
        else:
            act.loose.append(item)
        position += 1
    points = join_broken_names(points, records)
    cut = signature_start(points)
    act.points, act.tail = points[:cut], points[cut:]
    _deal_annexes(act, items[position:])


def _opens_annex(items: Sequence[Item], position: int, after_points: bool) -> bool:
    item = items[position]
    if not isinstance(item, Line) or not after_points:
        return False
    words = item.words
    if marks.opens_annex(words) and not read_item(item):
        return True
    signed = any(isinstance(x, Line) and marks.NAME.search(x.words) and len(x.words) < 140 for x in items[max(0, position - 8) : position])
    if not signed:
        return False
    corner = marks.approval_role(words) is SignatoryRole.APPROVED and len(words) < 160
    return corner or (marks.heading_kind(words) is not None and len(words) < 300 and not read_item(item))


def _deal_annexes(act: Act, items: Sequence[Item]) -> None:
    for position, item in enumerate(items):
        if act.others or _opens_order(items, position):
            act.others.append(item)
        elif not act.annexes or (_heads_annex(items, position) and not _still_corner(act.annexes[-1])):
            act.annexes.append([item])
        else:
            act.annexes[-1].append(item)


def _heads_annex(items: Sequence[Item], position: int) -> bool:
    """«Приложение № 2», or «Утверждены \\ приказом … \\ от … № …» over a further annex that has no number."""
    item = items[position]
    if not isinstance(item, Line) or marks.opens_annex(item.words):
        return isinstance(item, Line)
    corner = [x.words for x in items[position : position + _CORNER_LINES] if isinstance(x, Line)]
    return (
        marks.approval_role(item.words) is SignatoryRole.APPROVED
        and any(marks.names_act(words) for words in corner)
        and any(marks.NUMBER.search(words) for words in corner)
        and all(len(words) < _CORNER_WIDTH for words in corner[:2])
    )


def _still_corner(annex: Sequence[Item]) -> bool:
    """«УТВЕРЖДЕН приказом … \\ Приложение № 1» is the corner of one annex, not of two."""
    return (
        all(isinstance(x, Line) and len(x.words) < 120 for x in annex)
        and len(annex) <= 6
        and not any(isinstance(x, Line) and marks.heading_kind(x.words) for x in annex)
    )


def _opens_order(items: Sequence[Item], position: int) -> bool:
    """A second order: its kind word, and its operative word further down."""
    item = items[position]
    if not isinstance(item, Line) or not marks.kind_word(item.words):
        return False
    return any(isinstance(x, Line) and marks.operative(x.words) for x in items[position + 1 : position + 60])
