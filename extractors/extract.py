"""From blocks to raw records: an order is read once, top to bottom."""

from collections.abc import Sequence

from extractors.layouts.act_parts import Act, split_act
from extractors.layouts.annexes import read_annex
from extractors.layouts.approvals import split_approvals
from extractors.layouts.body import read_body, tables_of
from extractors.layouts.captions import set_captions_aside
from extractors.layouts.directives import read_directives
from extractors.layouts.letterhead import read_letterhead
from extractors.layouts.notes import read_notes
from extractors.layouts.pairing_prose import find_pairings
from extractors.layouts.signatures import read_signatures
from extractors.layouts.standalone import read_standalone
from extractors.layouts.title_rows import lift_titles
from extractors.lines import Item, Line, flow, locate, trace
from schemas.raw import Claim, RawFinding, RawNote, RawRecords, RawText
from schemas.source import Block, Role, SourceDocument, TableBlock


def extract_records(document: SourceDocument) -> RawRecords:
    """Find where everything stands: head, points, annexes, tables, prose. Nothing is interpreted."""
    records = RawRecords()
    _claim_noise(document.blocks, records)
    items = lift_titles(set_captions_aside(flow(document.blocks), records))
    act = split_act(items, records)
    if act is not None:
        _read_act(act, records)
    else:
        read_standalone(items, records)
    _keep_footnotes(document.blocks, records)
    _find_prose_pairings(records)
    return records


def _read_act(act: Act, records: RawRecords) -> None:
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
