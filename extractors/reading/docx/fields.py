"""Complex fields: what stands between ``begin`` and ``separate`` is an instruction, what follows is seen."""

import re
from dataclasses import dataclass, field

from extractors.reading.docx.names import Element, value_of, w, whole

_TYPE = w("fldCharType")
_DROP_DOWN = f"{w('ffData')}/{w('ddList')}"
_PAGE = re.compile(r"^\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    instruction: list[str] = field(default_factory=list)
    in_result: bool = False
    chosen: str = ""


def is_page_field(instruction: str) -> bool:
    """Whether a field shows the number of a page or of pages."""
    return _PAGE.match(instruction) is not None


class FieldStack:
    """The open fields of a story; a field may go on over several paragraphs, as a table of contents does."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self.visible = True
        """Whether text here is printed."""
        self.page_number = False
        """Whether text here is the result of a page-number field."""

    def mark(self, char: Element) -> str:
        """Take a ``w:fldChar``; the text that it prints by itself (the choice of a drop-down form field)."""
        printed = self._take(char, char.get(_TYPE))
        self.visible = all(f.in_result for f in self._open)
        self.page_number = any(is_page_field("".join(f.instruction)) for f in self._open)
        return printed if self.visible else ""

    def _take(self, char: Element, kind: str | None) -> str:
        if kind == "begin":
            self._open.append(_Open(chosen=_drop_down(char)))
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            closed = self._open.pop()
            return "" if closed.in_result else closed.chosen
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
