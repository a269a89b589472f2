"""A page as marks on paper: words and ruled lines, whether they came from a PDF's text layer or from OCR.

This is the seam between those who *see* a page (`extractors.reading.pdf`, `extractors.reading.ocr`) and the one
who puts pages together (`extractors.reading.pages`): lines, paragraphs, tables, rows cut by page ends.
All lengths are PDF points, origin at the top left of the page as a person holds it (upright, deskewed).
"""

from dataclasses import dataclass, field

from schemas.source import BBox, Reader


@dataclass(slots=True)
class Word:
    """A run of characters without white space."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    bold: bool = False
    font: str = ""  # its name in a text layer
    confidence: float | None = None  # OCR only, 0–1
    raw: str | None = None  # OCR: the reading before repair, where it differs
    settled: bool = False  # OCR: read as another mention in the same file reads
    like: tuple[str, ...] = ()  # OCR: doubtful, and like these words of the same file
    hidden: bool = False  # invisible: render mode 3, white on white

    @property
    def bbox(self) -> BBox:
        """``(x0, top, x1, bottom)``."""
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(slots=True)
class Rule:
    """A straight ruled line, horizontal or vertical; its thickness is ignored."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Page:
    """One page: what stands on it, nothing about what it means."""

    number: int  # 1-based
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    reader: Reader = Reader.PDF
    confidence: float | None = None
    needs_recognition: bool = False
    removed_characters: int = 0  # controls and halves of surrogate pairs, which are no text
