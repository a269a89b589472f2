"""What stands inside a paragraph: runs in document order, insertions kept, deletions dropped, each text once."""

import re
from collections.abc import Callable

from extractors.reading.docx.fields import FieldStack, is_page_field
from extractors.reading.docx.names import (
    ALTERNATE,
    DEL,
    DGM_NS,
    INS,
    M_NS,
    MATH_TEXT,
    MOVE_FROM,
    MOVE_TO,
    R_NS,
    R_PR,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    TEXTPATH,
    TXBX,
    Element,
    R,
    T,
    branch,
    is_on,
    w,
)
from extractors.reading.docx.numerals import superscript
from extractors.reading.docx.pictures import OLE_OBJECT, is_document_object, shows_page
from extractors.reading.docx.pieces import PAGE_BREAK, Inline, NoteMark, NoteNumbers, Piece, Tally
from extractors.reading.docx.styles import NO_RUN, RunLook, StyleSheet, read_run_look
from extractors.reading.docx.symbols import plain_symbols, symbol

_ID, _TYPE, _FONT, _CHAR, _INSTR = w("id"), w("type"), w("font"), w("char"), w("instr")
_LINE_END = re.compile(r"[\r\n]\s*")
_CUSTOM_MARK = w("customMarkFollows")
_PLACEHOLDER = w("showingPlcHdr")
_DIAGRAM_IDS, _DIAGRAM = f"{{{DGM_NS}}}relIds", f"{{{R_NS}}}dm"


class InlineReader:
    """Reads paragraphs of one story; holds what goes on from one paragraph to the next."""

    def __init__(
        self, styles: StyleSheet, numbers: NoteNumbers, tally: Tally, own_mark: str = "", fields: FieldStack | None = None
    ) -> None:
        self._styles, self._numbers, self._tally, self._own_mark = styles, numbers, tally, own_mark
        self._fields = fields or FieldStack()
        self._style: str | None = None
        self._simple_page_field = False
        self._into = Inline()

    def read(self, paragraph: Element, style: str | None, into: Inline) -> None:
        """Append the content of ``paragraph`` to ``into``. ``style``: id of its paragraph style."""
        self._style, self._into = style, into
        self._children(paragraph)

    def _children(self, element: Element) -> None:
        for child in element:
            handler = _INLINE.get(child.tag)
            if handler is not None:
                handler(self, child)

    def _inserted(self, element: Element) -> None:
        self._tally.insertions += 1
        self._children(element)

    def _deleted(self, element: Element) -> None:
        self._tally.deletions += 1
        self._skipped_fields(element)

    def _skipped_fields(self, element: Element) -> None:
        """A field's marks count even where its text was deleted, else its other half would swallow what follows."""
        for char in element.iter(w("fldChar")):
            self._fields.mark(char)

    def _content_control(self, sdt: Element) -> None:
        content = sdt.find(SDT_CONTENT)
        if content is not None and not is_placeholder(sdt):
            self._children(content)

    def _simple_field(self, element: Element) -> None:
        before = self._simple_page_field
        self._simple_page_field = before or is_page_field(element.get(_INSTR, ""))
        self._children(element)
        self._simple_page_field = before

    def _alternate(self, element: Element) -> None:
        chosen = branch(element)
        if chosen is not None:
            self._children(chosen)

    def _math(self, element: Element) -> None:
        text = "".join(t.text or "" for t in element.iter(MATH_TEXT))
        self._put(text, self._styles.run(NO_RUN, self._style))

    def _run(self, run: Element) -> None:
        look: RunLook | None = None
        for child in run:
            tag = child.tag
            if tag == R_PR:
                look = self._styles.run(read_run_look(child), self._style)
                continue
            look = look or self._styles.run(NO_RUN, self._style)
            if tag == T:
                self._text(child.text, look)
            elif tag in _SIGNS:
                self._put(_SIGNS[tag], look)
            elif (handler := _IN_RUN.get(tag)) is not None:
                handler(self, child, look)

    def _text(self, text: str | None, look: RunLook) -> None:
        if not text:
            return
        if "\n" in text or "\r" in text:  # from indented XML: Word writes w:br and prints a space here
            text = _LINE_END.sub(" ", text)
        if not text.isascii():
            text = plain_symbols(text, look.font)
        if look.raised and text.strip().isdecimal():  # «в 10⁰⁰», «м²»: plain digits would make 1000 of it
            text = superscript(text)
        self._put(text.upper() if look.caps else text, look)

    def _put(self, text: str, look: RunLook) -> None:
        if text and self._fields.visible:
            page = self._simple_page_field or self._fields.page_number
            hidden = look.hidden is True
            self._into.pieces.append(Piece(text, look.bold is True, look.size or 0.0, hidden, page))
            if hidden or page or text == PAGE_BREAK:
                self._into.plain = False

    def _break(self, element: Element, look: RunLook) -> None:
        self._put(PAGE_BREAK if element.get(_TYPE) == "page" else "\n", look)

    def _symbol(self, element: Element, look: RunLook) -> None:
        try:
            self._put(symbol(int(element.get(_CHAR, ""), 16), element.get(_FONT)), look)
        except (ValueError, OverflowError):
            return

    def _field_char(self, element: Element, look: RunLook) -> None:
        self._put(self._fields.mark(element), look)

    def _instruction(self, element: Element, look: RunLook) -> None:
        self._fields.instruct(element.text or "")

    def _note_reference(self, element: Element, look: RunLook) -> None:
        if not self._fields.visible:
            return
        kind = "footnote" if element.tag == w("footnoteReference") else "endnote"
        custom = is_on_attribute(element.get(_CUSTOM_MARK))  # the mark itself («*») follows as text
        mark = "" if custom else self._numbers.next(kind)
        self._into.notes.append(NoteMark(kind, element.get(_ID, ""), mark))
        self._put(mark, look)

    def _own_note_mark(self, element: Element, look: RunLook) -> None:
        self._put(self._own_mark, look)

    def _picture(self, element: Element, look: RunLook) -> None:
        self._tally.pictures += 1
        self._tally.big_pictures += shows_page(element)
        self._drawing(element, look)

    def _drawing(self, element: Element, look: RunLook) -> None:
        """Queue what is written inside a drawing: it is read after its paragraph."""
        for child in element:
            if child.tag == ALTERNATE:
                chosen = branch(child)
                if chosen is not None:
                    self._drawing(chosen, look)
            elif child.tag in (TXBX, TEXTPATH, _DIAGRAM_IDS):
                self._into.boxes.append(child)
            elif child.tag == OLE_OBJECT:
                self._tally.embedded += is_document_object(child)
            elif isinstance(child.tag, str):
                self._drawing(child, look)

    def _alternate_in_run(self, element: Element, look: RunLook) -> None:
        chosen = branch(element)
        for child in () if chosen is None else chosen:
            if (handler := _IN_RUN.get(child.tag)) is not None:
                handler(self, child, look)
            elif child.tag == T:
                self._text(child.text, look)

    def _ruby(self, element: Element, look: RunLook) -> None:
        base = element.find(w("rubyBase"))
        if base is not None:
            self._children(base)


def diagram_id(element: Element) -> str | None:
    """The relation of the data part of a SmartArt drawing; None for other elements."""
    return element.get(_DIAGRAM) if element.tag == _DIAGRAM_IDS else None


def is_placeholder(sdt: Element) -> bool:
    """Whether a content control shows its prompt («Место для ввода текста») and nobody has written in it."""
    properties = sdt.find(SDT_PR)
    return properties is not None and is_on(properties.find(_PLACEHOLDER))


def is_on_attribute(value: str | None) -> bool:
    """An on/off attribute."""
    return value is not None and value.lower() in ("1", "true", "on")


_SIGNS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
}

_INLINE: dict[object, Callable[[InlineReader, Element], None]] = {
    R: InlineReader._run,
    INS: InlineReader._inserted,
    MOVE_TO: InlineReader._inserted,
    DEL: InlineReader._deleted,
    MOVE_FROM: InlineReader._deleted,
    SDT: InlineReader._content_control,
    ALTERNATE: InlineReader._alternate,
    w("fldSimple"): InlineReader._simple_field,
    f"{{{M_NS}}}oMath": InlineReader._math,
    f"{{{M_NS}}}oMathPara": InlineReader._math,
    **dict.fromkeys((w("hyperlink"), w("smartTag"), w("customXml"), w("dir"), w("bdo")), InlineReader._children),
}
INLINE_TAGS = frozenset(_INLINE) - {SDT, ALTERNATE, w("customXml"), INS, DEL, MOVE_TO, MOVE_FROM}
"""Elements that may only stand inside a paragraph; found outside one, they are read as a paragraph."""

_IN_RUN: dict[object, Callable[[InlineReader, Element, RunLook], None]] = {
    w("br"): InlineReader._break,
    w("sym"): InlineReader._symbol,
    w("fldChar"): InlineReader._field_char,
    w("instrText"): InlineReader._instruction,
    w("footnoteReference"): InlineReader._note_reference,
    w("endnoteReference"): InlineReader._note_reference,
    w("footnoteRef"): InlineReader._own_note_mark,
    w("endnoteRef"): InlineReader._own_note_mark,
    w("drawing"): InlineReader._picture,
    w("pict"): InlineReader._picture,
    w("object"): InlineReader._drawing,
    w("ruby"): InlineReader._ruby,
    ALTERNATE: InlineReader._alternate_in_run,
}
