"""What a paragraph is made of, before it is put together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.reading.docx.names import Element
from extractors.reading.docx.numerals import superscript

PAGE_BREAK = "\f"
"""Stands in the text of a piece where a page ends inside a paragraph."""


class Piece(NamedTuple):
    """A stretch of text that looks alike."""

    text: str
    bold: bool
    size: float
    hidden: bool
    page_number: bool


class NoteMark(NamedTuple):
    """A reference to a footnote or endnote. ``kind``: ``footnote`` or ``endnote``."""

    kind: str
    id: str
    mark: str


@dataclass(slots=True)
class Tally:
    """What a person should be told about the file."""

    insertions: int = 0
    deletions: int = 0
    hidden: int = 0
    controls: int = 0
    embedded: int = 0
    pictures: int = 0
    big_pictures: int = 0


@dataclass(slots=True)
class Inline:
    """The content of one paragraph. ``plain``: no piece is hidden, a page break, or a page number."""

    plain: bool = True
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)  # w:txbxContent, v:textpath, dgm:relIds in order
    notes: list[NoteMark] = field(default_factory=list)


class NoteNumbers:
    """Numbers of footnotes and endnotes in the order in which the text refers to them."""

    def __init__(self, printed: Callable[[str, int], str]) -> None:
        self._printed = printed  # (kind, number) → as printed
        self._count = {"footnote": 0, "endnote": 0}

    def next(self, kind: str) -> str:
        """The mark of the next note of this kind."""
        self._count[kind] += 1
        return superscript(self._printed(kind, self._count[kind]))
