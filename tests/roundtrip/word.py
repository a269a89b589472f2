"""Typesets a sheet as DOCX."""

from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from tests.roundtrip.habits import wrap_in_controls, write_text
from tests.roundtrip.sheet import MERGED_LEFT, MERGED_UP, Grid, Line, Para, Sheet

ALIGN = {"center": WD_ALIGN_PARAGRAPH.CENTER, "body": WD_ALIGN_PARAGRAPH.JUSTIFY}
POINTS, ROWS = 91, 92  # abstractNumId


def write_docx(sheet: Sheet, path: Path) -> None:
    """Write ``sheet`` to ``path``."""
    document = Document()
    second = "%1.%2." if sheet.dotted else "%2)"
    points = _add_list(document, POINTS, ["%1.", second, "%1.%2.%3."])
    for block in sheet.blocks:
        if isinstance(block, Para):
            _write_para(document, block, points, sheet.habits)
        else:
            _write_grid(document, block, sheet.habits)
    if sheet.running_head:
        document.sections[0].header.paragraphs[0].text = sheet.running_head
    if "control" in sheet.habits:
        wrap_in_controls(document)
    if sheet.page_numbers:
        field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        document.sections[0].footer.paragraphs[0]._p.append(parse_xml(field))
    document.save(str(path))


def _add_list(document: WordDocument, ident: int, templates: list[str]) -> int:
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, text in enumerate(templates)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{ident}">{levels}</w:abstractNum>'))
    return int(numbering.add_num(ident).numId)


def _number(paragraph: Paragraph, num_id: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # type: ignore[attr-defined]
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = num_id


def _write_para(document: WordDocument, para: Para, points: int, habits: frozenset[str]) -> None:
    if "empty paragraphs" in habits:
        document.add_paragraph()
    paragraph = document.add_paragraph()
    if para.align in ALIGN:
        paragraph.alignment = ALIGN[para.align]
    paragraph.paragraph_format.page_break_before = para.page_break or None
    if para.align == "side":
        paragraph.paragraph_format.left_indent = Cm(9)
    if "\t" in para.text:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(10))
    text = para.text
    if para.auto:
        _number(paragraph, points, para.level)
    elif para.label:
        gap = "" if para.glued else "\t" if "tab after number" in habits else " "
        text = f"{para.label}{gap}{text}"
    write_text(paragraph, text, para.bold, habits)


def _write_grid(document: WordDocument, grid: Grid, habits: frozenset[str]) -> None:
    table = document.add_table(rows=0, cols=len(grid.widths))
    if grid.ruled:
        table.style = "Table Grid"
    rows = _add_list(document, ROWS + len(document.tables), ["%1."]) if grid.auto_column else None
    for line in grid.lines:
        _write_line(table, line, rows, habits)
    if grid.repeat_header:
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for tr in table._tbl.tr_lst:
        for tc in tr.tc_lst:
            tc.width = Cm(sum(grid.widths[tc.left : tc.right]))


def _write_line(table: Table, line: Line, rows: int | None, habits: frozenset[str]) -> None:
    cells = table.add_row().cells  # type: ignore[no-untyped-call]
    if line.section:
        _write_section(cells, line, habits)
        return
    for index, (cell, text) in enumerate(zip(cells, line.cells, strict=True)):
        if text == MERGED_UP:
            table.cell(len(table.rows) - 2, index).merge(cell)
        elif text == MERGED_LEFT:
            cells[index - 1].merge(cell)
        elif rows is not None and index == 0 and not line.bold:
            _number(cell.paragraphs[0], rows, 0)
        else:
            _fill(cell, text, line.bold, habits)


def _write_section(cells: tuple[_Cell, ...], line: Line, habits: frozenset[str]) -> None:
    """A section's title over the whole row, or in the second cell; its number may have the first cell."""
    if len(line.cells) == 2:
        _fill(cells[0], line.cells[0], True, habits)
        _fill(cells[1].merge(cells[-1]) if line.merged else cells[1], line.cells[1], True, habits)
        return
    _fill(cells[0].merge(cells[-1]) if line.merged else cells[1], line.cells[0], True, habits)


def _fill(cell: _Cell, text: str, bold: bool, habits: frozenset[str]) -> None:
    for index, piece in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        write_text(paragraph, piece, bold, habits)
