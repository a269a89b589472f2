"""Complex fields: what stands between ``begin`` and ``separate`` is an instruction, what follows is seen."""

import re
from dataclasses import dataclass, field

from extractors.reading.docx.names import Element, value_of, w, whole

_CHAR, _TYPE = w("fldChar"), w("fldCharType")
_DROP_DOWN = f"{w('ffData')}/{w('ddList')}"
_PAGE = re.compile(r"^\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """An open field. ``outer_visible``, ``outer_page``: what held where it began."""

    outer_visible: bool
    outer_page: bool
    chosen: str = ""
    instruction: list[str] = field(default_factory=list)
    in_result: bool = False


def is_page_field(instruction: str) -> bool:
    """Whether a field shows the number of a page or of pages."""
    return _PAGE.match(instruction) is not None


def unended_fields(story: Element) -> frozenset[Element]:
    """Marks that begin a field which never ends: taken at their word they would swallow the rest of the document."""
    begun: list[Element] = []
    for char in story.iter(_CHAR):
        if char.get(_TYPE) == "begin":
            begun.append(char)
        elif char.get(_TYPE) == "end" and begun:
            begun.pop()
    return frozenset(begun)


class FieldStack:
    """The open fields of a story; a field may go on over several paragraphs, as a table of contents does."""

    def __init__(self, unended: frozenset[Element] = frozenset()) -> None:
        self._open: list[_Open] = []
        self._unended = unended
        self.visible = True
        """Whether text here is printed."""
        self.page_number = False
        """Whether text here is the result of a page-number field."""

    def mark(self, char: Element) -> str:
        """Take a ``w:fldChar``; the text that it prints by itself (the choice of a drop-down form field)."""
        kind = char.get(_TYPE)
        if kind == "begin" and char not in self._unended:
            self._open.append(_Open(self.visible, self.page_number, _drop_down(char)))
            self.visible = False
        elif kind == "separate" and self._open:
            current = self._open[-1]
            current.in_result = True
            self.visible = current.outer_visible
            self.page_number = current.outer_page or is_page_field("".join(current.instruction))
        elif kind == "end" and self._open:
            closed = self._open.pop()
            self.visible, self.page_number = closed.outer_visible, closed.outer_page
            return closed.chosen if self.visible and not closed.in_result else ""
        return ""

    def instruct(self, text: str) -> None:
        """Take a piece of an instruction."""
        if self._open:
            self._open[-1].instruction.append(text)


def _drop_down(char: Element) -> str:
    choices = char.find(_DROP_DOWN)
    if choices is None:
        return ""
    entries = [e.get(w("val"), "") for e in choices.iterchildren(w("listEntry"))]
    result, default = whole(value_of(choices, w("result"))), whole(value_of(choices, w("default")))
    index = result if result is not None else default or 0
    return entries[index] if 0 <= index < len(entries) else ""
