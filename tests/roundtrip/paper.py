"""Typesets a sheet as PDF, by reportlab, in Roboto."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import font_roboto  # type: ignore[import-untyped]
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import cm  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle  # type: ignore[import-untyped]

from tests.roundtrip.sheet import MERGED_LEFT, MERGED_UP, Grid, Line, Para, Sheet

SIZE, LEADING, CELL_SIZE = 11.0, 13.5, 10.0
PADDING = 6.5  # points left and right of a cell's text
ROOM = A4[0] - 4 * cm


@cache
def _fonts() -> None:
    pdfmetrics.registerFont(TTFont("Roboto", font_roboto.font_files["Roboto"]))
    pdfmetrics.registerFont(TTFont("Roboto-Bold", font_roboto.font_files["RobotoBold"]))


def write_pdf(sheet: Sheet, path: Path) -> None:
    """Write ``sheet`` to ``path``; no clock gets in."""
    _fonts()
    flow: list[Any] = []
    for block in sheet.blocks:
        flow += [Spacer(1, LEADING)] if "empty paragraphs" in sheet.habits else []
        flow += _para(block) if isinstance(block, Para) else [Spacer(1, 6), _grid(block), Spacer(1, 6)]
    furnish = _furniture(sheet)
    template = SimpleDocTemplate(
        str(path), pagesize=A4, leftMargin=2 * cm, rightMargin=2 * cm, topMargin=2 * cm, bottomMargin=2 * cm, invariant=1
    )
    template.build(flow, onFirstPage=furnish, onLaterPages=furnish)


def _furniture(sheet: Sheet) -> Callable[[Canvas, object], None]:
    """What stands on every page."""

    def draw(canvas: Canvas, _: object) -> None:
        canvas.setFont("Roboto", 9)
        if sheet.page_numbers:
            canvas.drawCentredString(A4[0] / 2, 1 * cm, str(canvas.getPageNumber()))
        if sheet.running_head:
            canvas.drawString(2 * cm, A4[1] - 1.2 * cm, sheet.running_head)

    return draw


def _style(align: str, bold: bool, size: float = SIZE) -> ParagraphStyle:
    alignment = {"center": TA_CENTER, "body": TA_JUSTIFY}.get(align, TA_LEFT)
    return ParagraphStyle(
        "any",
        fontName="Roboto-Bold" if bold else "Roboto",
        fontSize=size,
        leading=size * LEADING / SIZE,
        alignment=alignment,
        leftIndent=9 * cm if align == "side" else 0,
        firstLineIndent=1.25 * cm if align == "body" else 0,
    )


def _para(para: Para) -> list[Any]:
    label = f"{para.label}{'' if para.glued else ' '}" if para.label else ""
    flow: list[Any] = [PageBreak()] if para.page_break else []
    if not para.text:
        return [*flow, Spacer(1, LEADING)]
    if "\t" in para.text:
        left, right = para.text.split("\t")
        return [*flow, _grid(Grid((6.0, 6.0), (Line((left, right), bold=False),), ruled=False))]
    return [*flow, Paragraph(escape(label + para.text), _style(para.align, para.bold))]


def _grid(grid: Grid) -> Table:
    widths = [ROOM * width / sum(grid.widths) for width in grid.widths]
    commands: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if grid.ruled:
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    data = []
    for index, line in enumerate(grid.lines):
        if line.bold:
            commands += _merged_header(line, index)
        data.append(_line(_without_marks(grid.lines, index), widths))
        if line.section and line.merged:
            commands.append(("SPAN", (len(line.cells) - 1, index), (-1, index)))
    return Table(
        data, colWidths=widths, repeatRows=_header_rows(grid) if grid.repeat_header else 0, style=TableStyle(commands), splitInRow=1
    )


def _header_rows(grid: Grid) -> int:
    return 2 if len(grid.lines) > 1 and MERGED_UP in grid.lines[1].cells and grid.lines[1].bold else 1


def _merged_header(line: Line, index: int) -> list[tuple[Any, ...]]:
    up = [("SPAN", (column, index - 1), (column, index)) for column, text in enumerate(line.cells) if text == MERGED_UP]
    left = [("SPAN", (column - 1, index), (column, index)) for column, text in enumerate(line.cells) if text == MERGED_LEFT]
    return [*up, *left]


def _without_marks(lines: tuple[Line, ...], index: int) -> Line:
    """A merged header cell is empty here; a merged body cell is printed again in every row, as a page would need it."""
    line = lines[index]
    cells = list(line.cells)
    for column, text in enumerate(cells):
        above = next((one.cells[column] for one in lines[index::-1] if column < len(one.cells) and one.cells[column] != MERGED_UP), "")
        cells[column] = "" if text == MERGED_LEFT or (text == MERGED_UP and line.bold) else above if text == MERGED_UP else text
    return replace(line, cells=tuple(cells))


def _line(line: Line, widths: list[float]) -> list[Any]:
    opening = list(line.cells)
    if line.section and not line.merged and len(opening) == 1:
        opening.insert(0, "")
    rooms = widths[: len(opening)]
    if line.section and line.merged:
        rooms[-1] = sum(widths[len(opening) - 1 :])
    cells: list[Any] = [_cell(text, room - 2 * PADDING, line.bold) for text, room in zip(opening, rooms, strict=True)]
    return [*cells, *[""] * (len(widths) - len(opening))]


def _cell(text: str, room: float, bold: bool) -> list[Paragraph]:
    style = _style("left", bold, CELL_SIZE)
    pieces = [wrapped(piece, room, style.fontName, CELL_SIZE) for piece in text.split("\n")]
    return [Paragraph("<br/>".join(escape(line) for line in lines), style) for lines in pieces]


def wrapped(text: str, room: float, font: str, size: float) -> list[str]:
    """Break as Word does: between words, after a hyphen inside one, and inside a word only where it is wider than the column."""
    lines = [""]
    for word in re.findall(r"[^\s-]*-+|[^\s-]+|\s+", text):
        if stringWidth((lines[-1] + word).rstrip(), font, size) > room and lines[-1].strip():
            lines.append("")
        for letter in word:
            if stringWidth((lines[-1] + letter).rstrip(), font, size) > room:
                lines.append("")
            lines[-1] += letter if lines[-1] or not letter.isspace() else ""
    return [line.rstrip() for line in lines]
