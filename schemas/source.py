"""What a reader hands over: the text of a file in reading order, every piece with its place.

Nothing here is interpreted. A reader (``extractors/reading``) makes a `SourceDocument`; the layouts
(``extractors/layouts``) only ever see this, so they know nothing of DOCX, PDF or OCR.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

BBox = tuple[float, float, float, float]
"""``(x0, top, x1, bottom)`` in PDF points (1/72 inch), origin at the top left of the upright page."""


class SourceModel(BaseModel):
    """Base of the reader's models: unknown fields are a programming error."""

    model_config = ConfigDict(extra="forbid")


class Reader(StrEnum):
    """Who read the text."""

    DOCX = "docx"
    PDF = "pdf"
    OCR = "ocr"
    MIXED = "mixed"


class Align(StrEnum):
    """Horizontal alignment of a paragraph."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Role(StrEnum):
    """What a block is on its page. Only `BODY` and `FOOTNOTE` blocks carry content for the layouts."""

    BODY = "body"
    HEADER = "header"  # running head
    FOOTER = "footer"  # running foot
    PAGE_NUMBER = "page_number"
    FOOTNOTE = "footnote"
    STAMP = "stamp"  # e-signature stamp, registration stamp
    HIDDEN = "hidden"  # invisible text: w:vanish, white on white, text under a picture


class Span(SourceModel):
    """A rectangle on one page."""

    page: int = Field(ge=1, description="1-based")
    bbox: BBox


class Paragraph(SourceModel):
    """A paragraph of the body or of a cell.

    ``text`` is what a person sees, once: Unicode NFC, automatic list label included («1. Утвердить…»),
    line-end hyphens and soft hyphens resolved, lines that were merely wrapped joined by one space. A line
    break that was set on purpose is ``\\n``; a tab stop, or on a PDF a gap as wide as one, is ``\\t``.
    """

    text: str
    label: str | None = Field(default=None, description="automatic list label as Word prints it («1.», «а)», «-»); it also opens `text`")
    level: int | None = Field(default=None, description="0-based level of the automatic list")
    list_id: str | None = Field(default=None, description="which automatic list, opaque")
    heading: int | None = Field(default=None, description="0-based outline level, from the style")
    align: Align | None = None
    bold: bool = False
    size: float | None = Field(default=None, description="font size in points of most characters")
    indent: float | None = Field(default=None, description="left edge of the first line in points from the text margin")
    page_break_before: bool = False
    spans: list[Span] = []
    raw: str | None = Field(default=None, description="the raw reading where repair changed it")
    confidence: float | None = Field(default=None, ge=0, le=1, description="OCR: mean confidence of the words")
    weak_words: list[str] = Field(default=[], description="OCR: words under the stated confidence, as they stand in `text`")


class Cell(SourceModel):
    """A table cell; a merged cell stands once, at its top left."""

    row: int = Field(ge=0)
    column: int = Field(ge=0)
    row_span: int = Field(default=1, ge=1)
    column_span: int = Field(default=1, ge=1)
    paragraphs: list[Paragraph] = []
    spans: list[Span] = []

    @property
    def text(self) -> str:
        """The cell's paragraphs joined by line breaks."""
        return "\n".join(p.text for p in self.paragraphs if p.text)


class ParagraphBlock(SourceModel):
    """A paragraph of the page."""

    kind: Literal["paragraph"] = "paragraph"
    index: int = Field(ge=0, description="0-based, in reading order over the whole document")
    role: Role = Role.BODY
    paragraph: Paragraph

    @property
    def text(self) -> str:
        """The paragraph's text."""
        return self.paragraph.text


class TableBlock(SourceModel):
    """A table: one grid even where it goes on over several pages.

    A row cut by a page end is one row here. Headers repeated on later pages are taken out of the grid and
    kept in `repeated_headers`. A nested table is a block of its own that follows its outer table.
    """

    kind: Literal["table"] = "table"
    index: int = Field(ge=0)
    role: Role = Role.BODY
    table: int = Field(ge=0, description="0-based, among the tables of the document")
    rows: int = Field(ge=0)
    columns: int = Field(ge=0)
    cells: list[Cell] = Field(description="in row-major order")
    ruled: bool = Field(default=True, description="false where the grid is drawn by white space only (or without visible borders)")
    header_rows: int = Field(default=0, ge=0, description="rows marked as repeating header by the file (Word) or seen to repeat (PDF)")
    repeated_headers: list[Paragraph] = []
    nested_in: tuple[int, int, int] | None = Field(default=None, description="(table, row, column) of the enclosing cell")
    spans: list[Span] = []

    def row_cells(self, row: int) -> list[Cell]:
        """Cells that start in ``row``, left to right."""
        return [c for c in self.cells if c.row == row]


Block = Annotated[ParagraphBlock | TableBlock, Field(discriminator="kind")]


class PageReading(SourceModel):
    """How one page was read."""

    page: int = Field(ge=1)
    reader: Reader
    confidence: float | None = Field(default=None, ge=0, le=1, description="OCR only: mean word confidence")
    width: float = Field(default=0, description="points, upright")
    height: float = 0
    needs_recognition: bool = Field(default=False, description="no text layer, or one that lies")


class ReaderNote(SourceModel):
    """Something a reader wants a person to know; becomes a finding with the same code."""

    code: str = Field(description="a code of `schemas.findings.CATALOGUE`")
    message: str = Field(description="in Russian")
    block: int | None = None
    page: int | None = None


class SourceDocument(SourceModel):
    """A file as read. ``pages`` is empty for DOCX."""

    file_name: str
    media_type: str
    sha256: str
    size_bytes: int
    reader: Reader
    page_count: int | None = None
    pages: list[PageReading] = []
    blocks: list[Block] = []
    notes: list[ReaderNote] = []
