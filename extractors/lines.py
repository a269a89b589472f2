"""The document as one stream of lines and tables: what the layouts walk over.

A paragraph with deliberate line breaks gives several lines; a table that only holds a page together (the
letterhead's date on the left and number on the right, СОГЛАСОВАНО beside УТВЕРЖДАЮ) is laid out as lines too.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lexicon import load
from schemas.contract import Locator, Span
from schemas.raw import RawRecords, RawText, Trace
from schemas.source import Align, Block, Cell, Paragraph, ParagraphBlock, Role, TableBlock

_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Fold every run of white space to one space."""
    return _SPACES.sub(" ", text).strip()


@dataclass(slots=True, frozen=True)
class Line:
    """One line set on purpose: ``text`` with white space folded (tabs kept), and where it stands."""

    text: str
    locator: Locator
    paragraph: Paragraph
    opens: bool = True  # the first line of its paragraph

    @property
    def words(self) -> str:
        """The text with tabs folded too."""
        return clean(self.text)

    @property
    def align(self) -> Align | None:
        """Alignment of the paragraph."""
        return self.paragraph.align

    @property
    def caps(self) -> bool:
        """All letters are capitals, and there are at least two."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) > 1 and all(c.isupper() for c in letters)


Item = Line | TableBlock


def locate(block: int, paragraph: Paragraph | None = None, table: int | None = None, cell: Cell | None = None) -> Locator:
    """A contract locator for a paragraph of the body, a cell, or a paragraph of a cell."""
    spans = (paragraph.spans if paragraph else []) or (cell.spans if cell else [])
    return Locator(
        block=block,
        table=table,
        row=cell.row if cell else None,
        column=cell.column if cell else None,
        spans=[Span(page=s.page, bbox=s.bbox) for s in spans],
        text=paragraph.raw if paragraph and paragraph.raw else None,
    )


def _paragraph_lines(paragraph: Paragraph, locator: Locator) -> Iterable[Line]:
    pieces = [re.sub(r"[^\S\t]+", " ", piece).strip() for piece in paragraph.text.split("\n")]
    for position, piece in enumerate(p for p in pieces if p):
        yield Line(piece, locator, paragraph, opens=position == 0)


_APPROVAL = re.compile(
    r"\W*(?:" + "|".join(w for words in load("structure")["approval"].values() for w in words) + r")(?!\w)", re.IGNORECASE
)
_FRAME_MARKS = re.compile(
    r"утверждаю|согласован(?!ию)|утвержд[её]н|приложение|№\s*[\d_]|\bот\s+[«\"\d_]|\d\d\.\d\d\.\d{4}|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+|[А-ЯЁ][а-яё]+\s[А-ЯЁ]\.\s?[А-ЯЁ]\.|^\W*(?:О|Об)\s",
    re.MULTILINE,
)
_FRAME_MARKS_ANY_CASE = re.compile(
    r"утверждаю|согласован(?!ию)|утвержд[её]н|приложение|п\s?р\s?и\s?к\s?а\s?з|постановлен|распоряжен", re.IGNORECASE
)
_PERSON_FIRST = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+(?:[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+(?:вич|вна|ична|ьич))")
_COUNTS = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?\)?")
_TITLE_LETTERS = 8  # letters of the shortest activity; a day and its month («14 | февраля | 2024») have seven
_LINES_BETWEEN = 3  # a table goes on though a section's title or two stand between its pages
_MARKER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\)?|[а-яё]\)|[-–—•]")
_DATA_HEADING = re.compile(r"мероприят|срок|ответствен|показател|исполнител|наименование|№\s*п", re.IGNORECASE)


def is_frame(table: TableBlock) -> bool:
    """Tell whether a table only arranges text on the page.

    «25.09.2020 | № 939», «СОГЛАСОВАНО … | УТВЕРЖДАЮ …», «Начальник управления | О.Н. Фамилия»: few rows, no
    visible grid, and text that belongs to a head, a corner or a signature. A single cell is a frame always.
    """
    if len([c for c in table.cells if c.text]) <= 1 or lists_points(table):
        return True
    if any(_counts_row([c.text for c in table.row_cells(r) if c.text]) for r in range(table.rows)):
        return False
    if table.rows > 8 or table.columns > 4 or (table.ruled and table.rows > 2) or _lists_people(table):
        return False
    text = "\n".join(c.text for c in table.cells)
    if _DATA_HEADING.search(text) and table.rows > 1 and not _APPROVAL.match(text):
        return False
    marks = _FRAME_MARKS.search(text) or _FRAME_MARKS_ANY_CASE.search(text)
    return bool(marks) or (not table.ruled and table.rows == 1)


def _counts_row(texts: list[str]) -> bool:
    """«1 | Беседы с жителями | май | Методист»: a row of a plan, be it alone on its page."""
    return len(texts) > 2 and bool(_COUNTS.fullmatch(texts[0])) and sum(c.isalpha() for c in texts[1]) >= _TITLE_LETTERS


def lists_points(table: TableBlock) -> bool:
    """«1. | Утвердить план.»: points set in a table without lines, number and text apart."""
    if table.ruled or table.columns != 2:
        return False
    firsts = [c.text for c in table.cells if c.column == 0 and c.text]
    return len(firsts) > 1 and all(_MARKER.fullmatch(text) for text in firsts)


def _lists_people(table: TableBlock) -> bool:
    """«Белова Анна Ивановна | – | начальник отдела, председатель комиссии»: the members of a commission, no signatures."""
    rows = [[c.text for c in table.row_cells(r) if re.search(r"\w", c.text)] for r in range(table.rows)]
    named = [r for r in rows if len(r) > 1 and _PERSON_FIRST.match(r[-2]) and re.match(r"[а-яё]{2}", r[-1].lstrip("-–— "))]
    return len(named) > 1


def frame_lines(table: TableBlock) -> list[Line]:
    """Lay a frame out as lines: column by column where approval blocks stand side by side, else row by row."""
    if lists_points(table):
        return [line for row in range(table.rows) for line in _point_lines(table, row)]
    cells = sorted(table.cells, key=lambda c: (c.row, c.column))
    if any(_APPROVAL.match(c.text) for c in cells):
        cells = sorted(cells, key=lambda c: (c.column, c.row))
    return [
        line
        for cell in cells
        for paragraph in cell.paragraphs
        for line in _paragraph_lines(paragraph, locate(table.index, paragraph, table.table, cell))
    ]


def _point_lines(table: TableBlock, row: int) -> list[Line]:
    """«2. | Утвердить план.» as one line that begins with its number."""
    cells = table.row_cells(row)
    paragraphs = [p for cell in cells for p in cell.paragraphs]
    place = Locator(block=table.index, table=table.table, row=row, spans=[s for c in cells for s in locate(table.index, cell=c).spans])
    lines = [line for paragraph in paragraphs for line in _paragraph_lines(paragraph, place)]
    if len(cells) < 2 or not cells[0].text or len(lines) < 2:
        return lines
    return [replace(lines[1], text=f"{lines[0].text} {lines[1].text}", opens=True), *lines[2:]]


def flow(blocks: Sequence[Block]) -> list[Item]:
    """Everything of the body in reading order, frames laid out as lines."""
    items: list[Item] = []
    for block in blocks:
        if block.role is not Role.BODY:
            continue
        if isinstance(block, ParagraphBlock):
            items += _paragraph_lines(block.paragraph, locate(block.index, block.paragraph))
        elif is_frame(block) and not _next_page(block, items):
            items += frame_lines(block)
        else:
            items.append(block)
    return items


def _next_page(table: TableBlock, before: Sequence[Item]) -> bool:
    """A ruled table right after one with as many columns («Доклад | декабрь | Усов П.И.» alone on its page) goes on with it."""
    above = next((x for x in reversed(before[-_LINES_BETWEEN:]) if isinstance(x, TableBlock)), None)
    return above is not None and above.ruled and table.ruled and above.columns == table.columns > 2 and _widest(table) > 2


def _widest(table: TableBlock) -> int:
    """The most cells that any row fills."""
    return max(sum(bool(c.text) for c in table.row_cells(r)) for r in range(table.rows))


def joined(lines: Sequence[Line], glue: str = " ") -> RawText | None:
    """Lines as one verbatim text, standing where the first of them stands."""
    words = [line.words for line in lines if line.words]
    if not words:
        return None
    first = lines[0].locator
    spans = [s for line in lines if line.opens or line is lines[0] for s in line.locator.spans]
    unique = list({(s.page, s.bbox): s for s in spans}.values())
    return RawText(text=_glued(words, glue), locator=first.model_copy(update={"spans": unique}))


def _glued(words: Sequence[str], glue: str) -> str:
    """«санитарно-» / «эпидемиологических» is one word whose line ended at its hyphen; «школ-» / «и садов» is none."""
    text = words[0]
    for before, after in pairwise(words):
        whole = any(re.search(rf"[{abc}]-$", before) and re.match(rf"[{abc}]{{3}}", after) for abc in ("а-яё", "А-ЯЁ"))
        text += after if whole else glue + after
    return text


def trace(lines: Sequence[Line], layout: str, records: RawRecords, refused: Sequence[tuple[str, str]] = ()) -> None:
    """Note for `prikaz explain` which layout took the blocks of these lines, and which refused them and why."""
    for block in dict.fromkeys(line.locator.block for line in lines):
        records.traces.append(Trace(block=block, layout=layout, refused=list(refused)))
