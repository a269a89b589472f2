"""From the pieces of a paragraph to the `Paragraph` that a person sees."""

import re
from collections import Counter

from extractors.reading.characters import clean_text
from extractors.reading.docx.numbering import Label, Level
from extractors.reading.docx.pieces import PAGE_BREAK, Piece, Tally
from extractors.reading.docx.styles import ParagraphLook
from schemas.source import Align, Paragraph

_GAP = re.compile(r" {4,}| *\t *")
"""Four spaces and more are typed to make a gap («Начальник управления        И.О. Фамилия»): a tab stop, as on paper."""

_DOUBLE = re.compile(r"  +")
"""Two or three are one that was typed twice («Л.А.  Берестова»)."""


def split_pages(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces before and after each page break."""
    pages: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == PAGE_BREAK:
            pages.append([])
        else:
            pages[-1].append(piece)
    return pages


def printed_text(pieces: list[Piece], tally: Tally) -> str:
    """The pieces as one clean text without outer white space."""
    text, removed = clean_text(pieces[0].text if len(pieces) == 1 else "".join([p.text for p in pieces]))
    tally.controls += removed
    if "\n" in text:
        text = "\n".join([line.strip(" \t") for line in text.split("\n")])
    if "\t" in text or "  " in text:
        text = _DOUBLE.sub(" ", _GAP.sub("\t", text))
    return text.strip()


def make_paragraph(pieces: list[Piece], look: ParagraphLook, label: Label | None, level: Level | None, tally: Tally) -> Paragraph | None:
    """The paragraph as printed; None where nothing is."""
    text = printed_text(pieces, tally)
    if label is not None:
        text = f"{label.text}{'' if label.glued else ' '}{text}".rstrip()
    if not text:
        return None
    return Paragraph(
        text=text,
        label=label.text if label else None,
        level=label.level if label else None,
        list_id=label.list_id if label else None,
        heading=look.outline if look.outline is not None and 0 <= look.outline < 9 else None,
        align=look.align or Align.LEFT,
        bold=_mostly_bold(pieces),
        size=_usual_size(pieces),
        indent=_indent(look, level),
        spans=[],  # said outright: a default list is copied deeply, which costs more than all the rest
        weak_words=[],
    )


def _mostly_bold(pieces: list[Piece]) -> bool:
    if len(pieces) == 1:
        return pieces[0].bold
    bold = sum(len(p.text) for p in pieces if p.bold)
    return bold * 2 > sum(len(p.text) for p in pieces)


def _usual_size(pieces: list[Piece]) -> float | None:
    if len(pieces) == 1:
        return pieces[0].size or None
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[piece.size] += len(piece.text.strip())
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else None


def _indent(look: ParagraphLook, level: Level | None) -> float:
    """Left edge of the first line in points; a list level says it where the paragraph does not."""
    left = look.left if look.left is not None else level.left if level else None
    first = look.first if look.first is not None else level.first if level else None
    return round((left or 0.0) + (first or 0.0), 2)
