"""A story (body, cell, text box, footnote, running head) as the items it prints, in order."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.reading.docx.fields import FieldStack, unended_fields
from extractors.reading.docx.inline import INLINE_TAGS, InlineReader, diagram_id, is_placeholder
from extractors.reading.docx.items import Item, TableItem, TextItem, as_role
from extractors.reading.docx.names import (
    A_NS,
    ALTERNATE,
    DEL,
    INS,
    MOVE_FROM,
    MOVE_TO,
    P_PR,
    SDT,
    SDT_CONTENT,
    TBL,
    TEXTPATH,
    Element,
    P,
    branch,
    w,
)
from extractors.reading.docx.numbering import Label, Level, Numbering
from extractors.reading.docx.package import WordPackage
from extractors.reading.docx.paragraph import make_paragraph, split_pages
from extractors.reading.docx.pieces import Inline, NoteMark, NoteNumbers, Piece, Tally
from extractors.reading.docx.styles import NO_PARAGRAPH, ParagraphLook, Style, StyleSheet, read_paragraph_look
from schemas.source import Role


@dataclass(slots=True)
class Shared:
    """What all stories of a file have in common."""

    package: WordPackage
    styles: StyleSheet
    numbering: Numbering
    numbers: NoteNumbers
    tally: Tally
    notes: dict[str, dict[str, Element]]  # kind → id → w:footnote or w:endnote
    used_notes: set[tuple[str, str]] = field(default_factory=set)


_TRANSPARENT = frozenset({w("customXml"), w("smartTag"), MOVE_TO})
_ALT_CHUNK = w("altChunk")


@dataclass(slots=True)
class _Carried:
    """What waits for the next paragraph of a container."""

    inline: Inline | None = None  # text whose paragraph mark was deleted
    break_before: bool = False


class StoryReader:
    """Reads one story. Cells and text boxes of the story are read by the same reader, in place."""

    def __init__(self, shared: Shared, story: Element, own_mark: str = "") -> None:
        self.shared = shared
        self._story = story
        self._inline = InlineReader(shared.styles, shared.numbers, shared.tally, own_mark, FieldStack(unended_fields(story)))
        self._counting = True

    def read_all(self) -> list[Item]:
        """The items of the whole story in document order."""
        return self.read(self._story)

    def read(self, container: Iterable[Element]) -> list[Item]:
        """The items of a container in document order."""
        carried, items = _Carried(), []
        for element in container:
            items += self._block(element, carried)
        return items if carried.inline is None else items + self._leftover(carried)

    def read_unnumbered(self, container: Iterable[Element]) -> list[Item]:
        """As `read`, without advancing automatic numbers: for cells that a merge covers."""
        before, self._counting = self._counting, False
        items = self.read(container)
        self._counting = before
        return items

    def _block(self, element: Element, carried: _Carried) -> list[Item]:
        tag = element.tag
        if tag == P:
            return self._paragraph(element, carried)
        if tag == TBL:
            return self._table(element, carried)
        if tag in INLINE_TAGS:  # a run outside any paragraph: some converters write it
            return self._paragraph(_wrapped(element), carried)
        if tag == _ALT_CHUNK:
            self.shared.tally.embedded += 1
        return [item for child in self._inside(element) for item in self._block(child, carried)]

    def _inside(self, element: Element) -> Iterable[Element]:
        """The blocks inside a wrapper; nothing for what holds no text or was deleted."""
        tag = element.tag
        if tag == SDT:
            content = element.find(SDT_CONTENT)
            return () if content is None or is_placeholder(element) else content
        if tag == ALTERNATE:
            chosen = branch(element)
            return () if chosen is None else chosen
        if tag == INS:
            self.shared.tally.insertions += 1
            return element
        if tag in (DEL, MOVE_FROM):
            self.shared.tally.deletions += 1
        return element if tag in _TRANSPARENT else ()

    def _table(self, element: Element, carried: _Carried) -> list[Item]:
        from extractors.reading.docx.table import frame_cells, read_table  # noqa: PLC0415  # tables hold stories, stories hold tables

        before = self._leftover(carried)
        framed = frame_cells(element, self)
        if framed is not None:
            return [*before, *(item for cell in framed for item in self.read(cell))]
        table = read_table(element, self)
        if table is None:
            return before
        if carried.break_before:
            _first_on_page(table)
        carried.break_before = False
        return [*before, table]

    def _paragraph(self, element: Element, carried: _Carried) -> list[Item]:
        first = element[0] if len(element) else None
        direct = NO_PARAGRAPH if first is None else read_paragraph_look(first if first.tag == P_PR else element.find(P_PR))
        style = self.shared.styles.paragraph(direct)
        inline, carried.inline = carried.inline or Inline(), None
        self._inline.read(element, direct.style, inline)
        if direct.mark_deleted:  # accepting the change lets the text run on into the next paragraph
            self.shared.tally.deletions += 1
            carried.inline = inline
            return []
        items = self._finish(inline, direct, style, carried)
        if direct.section not in (None, "continuous", "nextColumn"):
            carried.break_before = True
        return items

    def _leftover(self, carried: _Carried) -> list[Item]:
        """Text whose deleted mark has no paragraph after it to join."""
        inline, carried.inline = carried.inline, None
        if inline is None or not (inline.pieces or inline.boxes):
            return []
        look = ParagraphLook()
        return self._finish(inline, look, self.shared.styles.paragraph(look), carried)

    def _finish(self, inline: Inline, direct: ParagraphLook, style: Style, carried: _Carried) -> list[Item]:
        shown, hidden = (inline.pieces, []) if inline.plain else _parted(inline.pieces)
        look = style.paragraph
        label, level = None, None
        if look.num_id is not None and not (hidden and not shown):  # a paragraph that nobody sees is not counted
            label, level = self._label(direct, style)
            look = _with_indent(look, direct, level)
        carried.break_before |= bool(look.break_before)
        pages = [shown] if inline.plain else split_pages(shown)
        items = self._pages(pages, look, label, level, carried)
        if hidden:
            items += self._hidden(hidden, look)
        for box in inline.boxes:
            items += self._box(box)
        for note in inline.notes:
            items += self._note(note)
        return items

    def _pages(
        self, pages: list[list[Piece]], look: ParagraphLook, label: Label | None, level: Level | None, carried: _Carried
    ) -> list[Item]:
        items: list[Item] = []
        labelled = _first_with_text(pages)
        for number, pieces in enumerate(pages):
            carried.break_before = carried.break_before or number > 0
            paragraph = make_paragraph(pieces, look, label if number == labelled else None, level, self.shared.tally)
            if paragraph is not None:
                if carried.break_before:
                    paragraph.page_break_before, carried.break_before = True, False
                items.append(TextItem(paragraph, page_only=_page_only(pieces)))
        return items

    def _label(self, direct: ParagraphLook, style: Style) -> tuple[Label | None, Level | None]:
        num_id = style.paragraph.num_id
        definition = self.shared.numbering.definition(num_id) if self._counting else None
        if definition is None or num_id is None:
            return None, None
        ilvl = direct.ilvl
        if ilvl is None and direct.num_id is None:  # the list comes from the style, and so does the level
            ilvl = style.paragraph.ilvl
            if ilvl is None:
                ilvl = self.shared.numbering.level_for_style(definition, style.chain)
        return self.shared.numbering.advance(num_id, definition, ilvl or 0), definition.level(ilvl or 0)

    def _hidden(self, pieces: list[Piece], look: ParagraphLook) -> list[Item]:
        paragraph = make_paragraph(pieces, look, None, None, self.shared.tally) if pieces else None
        if paragraph is None:
            return []
        self.shared.tally.hidden += 1
        return [TextItem(paragraph, Role.HIDDEN)]

    def _box(self, box: Element) -> list[Item]:
        """A text box, a word of WordArt, or a SmartArt drawing."""
        if box.tag == TEXTPATH:
            return _plain(box.get("string", ""), self.shared.tally)
        diagram = diagram_id(box)
        if diagram is None:
            return StoryReader(self.shared, box).read_all()
        model = self.shared.package.diagrams.get(diagram)
        return [] if model is None else [item for text in _diagram_texts(model) for item in _plain(text, self.shared.tally)]

    def _note(self, note: NoteMark) -> list[Item]:
        element = self.shared.notes[note.kind].get(note.id)
        if element is None or (note.kind, note.id) in self.shared.used_notes:
            return []
        self.shared.used_notes.add((note.kind, note.id))
        items = StoryReader(self.shared, element, note.mark).read_all()
        return list(as_role(items, Role.FOOTNOTE))


def _parted(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """What is seen and what is hidden."""
    return [p for p in pieces if not p.hidden], [p for p in pieces if p.hidden and p.text.strip()]


def _first_with_text(pages: list[list[Piece]]) -> int:
    """The page on which the label stands: with the first text, or with the last page of an empty paragraph."""
    if len(pages) == 1:
        return 0
    return next((n for n, pieces in enumerate(pages) if any(p.text.strip() for p in pieces)), len(pages) - 1)


def _page_only(pieces: list[Piece]) -> bool:
    """«3», «стр. 3 из 7»: page fields, and no other digits or words but those that go with them."""
    if not any(p.page_number for p in pieces):
        return False
    rest = "".join(p.text for p in pieces if not p.page_number).lower()
    return not {*"".join(c if c.isalnum() else " " for c in rest).split()} - {"стр", "страница", "с", "лист", "из", "листов", "page", "of"}


def _with_indent(look: ParagraphLook, direct: ParagraphLook, level: Level | None) -> ParagraphLook:
    """A list given directly sets the indents over those of the style."""
    if level is None or direct.num_id is None:
        return look
    left = direct.left if direct.left is not None else level.left
    first = direct.first if direct.first is not None else level.first
    return look._replace(left=look.left if left is None else left, first=look.first if first is None else first)


def _first_on_page(table: TableItem) -> None:
    """A table carries no page break: its first paragraph does, as Word writes it."""
    first = next((paragraph for cell in table.cells for paragraph in cell.paragraphs), None)
    if first is not None:
        first.page_break_before = True


def _wrapped(element: Element) -> Element:
    paragraph: Element = element.makeelement(P)
    element.addprevious(paragraph)
    paragraph.append(element)
    return paragraph


def _plain(text: str, tally: Tally) -> list[Item]:
    paragraph = make_paragraph([Piece(text, False, 0.0, False, False)], ParagraphLook(), None, None, tally)
    return [] if paragraph is None else [TextItem(paragraph)]


def _diagram_texts(model: Element) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{{{A_NS}}}t")) for p in model.iter(f"{{{A_NS}}}p")]
