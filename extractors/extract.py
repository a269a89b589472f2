"""From blocks to raw records: an order is read once, top to bottom."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.layouts import marks
from extractors.layouts.annexes import corner_end, read_annex
from extractors.layouts.approvals import names_approving_act, read_approval, split_approvals
from extractors.layouts.body import read_body, tables_of
from extractors.layouts.captions import set_captions_aside
from extractors.layouts.directives import read_directives, read_item
from extractors.layouts.headings import heading_end, split_heading
from extractors.layouts.letterhead import read_letterhead
from extractors.layouts.notes import read_notes
from extractors.layouts.pairing_prose import find_pairings
from extractors.layouts.signatures import join_broken_names, read_signatures, signature_start
from extractors.layouts.title_rows import lift_titles
from extractors.lines import Item, Line, flow, joined, locate, trace
from schemas.contract import Kind, SignatoryRole
from schemas.raw import Claim, RawFinding, RawNote, RawRecords, RawText
from schemas.source import Block, Role, SourceDocument, TableBlock

_SHORT_HEAD = 20  # lines above the first table of a plan; more make a programme or another book
_HEAD_LINES = 120  # the operative word stands within so many lines, or the document is no order


def extract_records(document: SourceDocument) -> RawRecords:
    """Find where everything stands: head, points, annexes, tables, prose. Nothing is interpreted."""
    records = RawRecords()
    _claim_noise(document.blocks, records)
    items = lift_titles(set_captions_aside(flow(document.blocks), records))
    act = _split_act(items, records)
    if act is not None:
        _read_act(act, records)
    else:
        _read_standalone(items, records)
    _keep_footnotes(document.blocks, records)
    _find_prose_pairings(records)
    return records


@dataclass
class _Act:
    """An order laid apart."""

    kind: Kind | None
    head: list[Line] = field(default_factory=list)
    lead_in: Line | None = None  # what stands before the operative word on its line
    points: list[Line] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    loose: list[TableBlock] = field(default_factory=list)  # tables among the points
    annexes: list[list[Item]] = field(default_factory=list)
    others: list[Item] = field(default_factory=list)  # a second order in the same file


def _split_act(items: Sequence[Item], records: RawRecords) -> _Act | None:
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


def _act_at(items: Sequence[Item], position: int, kind: Kind, start: int, end: int, records: RawRecords) -> _Act:
    line = items[position]
    assert isinstance(line, Line)
    words = line.words
    records.claims.append(Claim(text=words[start:end], locator=line.locator, category="structure"))
    act = _Act(kind, head=[x for x in items[:position] if isinstance(x, Line)])
    act.loose += tables_of(items[:position])
    before, after = words[:start].strip(), words[end:].strip(" :")
    if before:
        act.lead_in = Line(before, line.locator, line.paragraph, line.opens)
    rest: list[Item] = [Line(after, line.locator, line.paragraph, opens=False)] if after else []
    _deal_rest(act, [*rest, *items[position + 1 :]], records)
    return act


def _act_without_operative(items: Sequence[Item], records: RawRecords) -> _Act | None:
    """«ПРИКАЗ … № 15 … 1. Утвердить…»: a kind word with a date or number, but no «приказываю»."""
    lines = [x for x in items[:_HEAD_LINES] if isinstance(x, Line)]
    at = next((i for i, x in enumerate(lines[:25]) if marks.kind_word(x.words) and not names_approving_act(lines, i)), None)
    if at is None or any(marks.heading_kind(x.words) for x in lines[:at]):
        return None
    first = next((i for i, x in enumerate(lines) if i > at and _first_point(x)), None)
    if first is None:
        return None
    cut = next(i for i, x in enumerate(items) if x is lines[first])
    act = _Act(None, head=[x for x in items[:cut] if isinstance(x, Line)], loose=tables_of(items[:cut]))
    _deal_rest(act, items[cut:], records)
    return act


def _first_point(line: Line) -> bool:
    item = read_item(line)
    return item is not None and item.number in ("1", "1)", "I") and bool(item.text)


def _deal_rest(act: _Act, items: Sequence[Item], records: RawRecords) -> None:
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


def _deal_annexes(act: _Act, items: Sequence[Item]) -> None:
    for position, item in enumerate(items):
        if act.others or _opens_order(items, position):
            act.others.append(item)
        elif not act.annexes or (isinstance(item, Line) and marks.opens_annex(item.words) and not _still_corner(act.annexes[-1])):
            act.annexes.append([item])
        else:
            act.annexes[-1].append(item)


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


def _read_act(act: _Act, records: RawRecords) -> None:
    for lines, layout in ((act.head, "letterhead"), (act.points, "directives"), (act.tail, "signatures")):
        trace(lines, layout, records)
    head = split_approvals(act.head, records)
    read_letterhead(head, act.kind, records, act.lead_in)
    read_directives(act.points, records)
    left = read_signatures(act.tail, records)
    for table in act.loose:
        read_body([table], None, records)
    read_notes(left, records)
    for annex in act.annexes:
        read_annex(annex, records)
    if act.others:
        _several_orders(act.others, records)


def _several_orders(items: Sequence[Item], records: RawRecords) -> None:
    first = items[0]
    locator = first.locator if isinstance(first, Line) else locate(first.index)
    records.findings.append(
        RawFinding(
            code="several_orders", message="В файле несколько приказов: прочитан первый, остальные оставлены примечаниями.", locator=locator
        )
    )
    read_notes([x for x in items if isinstance(x, Line)], records)
    for table in tables_of(items):
        _keep_whole(table, records)


def _keep_whole(table: TableBlock, records: RawRecords) -> None:
    for cell in table.cells:
        if cell.text:
            locator = locate(table.index, None, table.table, cell)
            records.notes.append(RawNote(text=RawText(text=cell.text, locator=locator), locator=locator))


def _read_standalone(items: Sequence[Item], records: RawRecords) -> None:
    """A roadmap or plan without its order, or a document that is neither."""
    table_at = next((i for i, x in enumerate(items) if not isinstance(x, Line)), len(items))
    lines = [x for x in items[:table_at] if isinstance(x, Line)]
    lines = _take_corner(lines, records)
    lines = split_approvals(lines, records)
    start = next((i for i, x in enumerate(lines[:40]) if _is_plan_title(x)), None)
    no_act = ("act", "нет ни слова «приказываю», ни слова «приказ» с пунктами под ним")
    if start is None:
        _read_unnamed([*lines, *items[table_at:]], records)
        trace(lines, "notes", records, [no_act, ("plan", "нет заголовка дорожной карты или плана")])
        _say_what_it_is(items, lines, records)
        return
    end = heading_end(lines, start)
    trace(lines[:end], "plan", records, [no_act])
    records.head.title = joined(lines[start:end])
    records.head.kind = Kind.ROADMAP if _is_roadmap(lines[start:end]) else Kind.PLAN
    upper = [x for x in lines[:start] if not marks.is_small(x.words)]
    if upper and sum(len(x.words) for x in upper) < 500:
        records.head.issuer = joined(upper)
        records.claims += [Claim(text=x.words, locator=x.locator, category="placed") for x in upper]
        records.claims += [Claim(text=x.words, locator=x.locator, category="structure") for x in lines[:start] if marks.is_small(x.words)]
    else:
        read_notes(lines[:start], records)
    read_body([*lines[end:], *items[table_at:]], None, records)


def _read_unnamed(body: Sequence[Item], records: RawRecords) -> None:
    """A body under no known heading: a plan where it holds activities; where it holds none, its figures are no target indicators."""
    found = RawRecords(head=records.head, signatures=records.signatures)
    read_body(body, None, found)
    if not found.activities and (found.indicators or found.pairings):
        found = RawRecords(head=records.head, signatures=records.signatures)
        read_body(body, None, found, whole=True)
    records.signatures = found.signatures
    for name in ("plans", "activities", "pairings", "indicators", "tables", "notes", "claims", "traces", "findings"):
        getattr(records, name).extend(getattr(found, name))


def _take_corner(lines: list[Line], records: RawRecords) -> list[Line]:
    """«Приложение № 1 к приказу … от … № …» over a roadmap whose order is not in the file."""
    if not lines or not marks.opens_annex(lines[0].words):
        return lines
    end = corner_end(lines)
    read_approval(lines[:end], SignatoryRole.APPROVED, records)
    return lines[end:]


def _is_plan_title(line: Line) -> bool:
    return marks.heading_kind(line.words) in ("roadmap", "plan") and len(line.words) < 400 and not line.words.endswith((";", ","))


def _is_roadmap(lines: Sequence[Line]) -> bool:
    """«Дорожная карта (план мероприятий)», «План мероприятий («дорожная карта»)»."""
    return any(marks.heading_kind(line.words) == "roadmap" or marks.NAMES_ROADMAP.search(line.words) for line in lines)


def _say_what_it_is(items: Sequence[Item], lines: Sequence[Line], records: RawRecords) -> None:
    """A table of activities under a heading of its own («Антикоррупционные мероприятия на 2023 год») is a plan; a report on one is none."""
    if records.activities and len(lines) <= _SHORT_HEAD and not any(marks.opens_report(line.words) for line in lines):
        records.head.kind = Kind.PLAN
        _take_title(split_heading(lines)[1], records)
        return
    first = items[0] if items else None
    locator = first.locator if isinstance(first, Line) else locate(first.index) if first is not None else None
    records.findings.append(
        RawFinding(
            code="not_an_order",
            message="Документ не похож на приказ, дорожную карту или план: его текст оставлен примечаниями.",
            locator=locator,
        )
    )


def _take_title(heading: Sequence[Line], records: RawRecords) -> None:
    """The heading over the first table is the title of a plan whose kind word nobody knows; it is no note any more."""
    records.head.title = joined(heading)
    blocks = {line.locator.block for line in heading}
    records.notes = [n for n in records.notes if n.locator.block not in blocks]
    records.claims += [Claim(text=line.words, locator=line.locator, category="placed") for line in heading]


def _claim_noise(blocks: Sequence[Block], records: RawRecords) -> None:
    """Running heads, page numbers, stamps and invisible text are noise."""
    for block in blocks:
        if block.role in (Role.BODY, Role.FOOTNOTE):
            continue
        if isinstance(block, TableBlock):
            pieces = [(c.text, locate(block.index, None, block.table, c)) for c in block.cells if c.text]
        else:
            pieces = [(block.paragraph.text, locate(block.index, block.paragraph))]
        records.claims += [Claim(text=text, locator=locator, category="noise") for text, locator in pieces if text]


def _keep_footnotes(blocks: Sequence[Block], records: RawRecords) -> None:
    for block in blocks:
        if block.role is Role.FOOTNOTE and not isinstance(block, TableBlock) and block.paragraph.text.strip():
            locator = locate(block.index, block.paragraph)
            records.notes.append(RawNote(heading="Сноска", text=RawText(text=block.paragraph.text, locator=locator), locator=locator))


def _find_prose_pairings(records: RawRecords) -> None:
    if records.pairings:
        return
    for text in [*(d.text for d in records.directives), *(n.text for n in records.notes), *(a.title for a in records.activities)]:
        records.pairings += find_pairings(text)
