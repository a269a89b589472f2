"""Word's and typists' habits: the same text on paper, another XML under it."""

import re

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

SOFT_HYPHEN = "\u00ad"
NO_BREAK_SPACE = "\u00a0"


def spell(text: str, habits: frozenset[str]) -> str:
    """Put in the characters that nobody sees."""
    if "no-break spaces" in habits:
        text = re.sub(r"(№|\bг\.|[А-ЯЁ]\.) ", rf"\1{NO_BREAK_SPACE}", text)
    if "soft hyphens" in habits:
        text = re.sub(r"(мероприя)(тий)", rf"\1{SOFT_HYPHEN}\2", text)
    return text


def write_text(paragraph: Paragraph, text: str, bold: bool, habits: frozenset[str]) -> None:
    """Add ``text`` as one run, or cut into several, tracked, tagged."""
    text = spell(text, habits)
    pieces = re.split(r"(?<=[а-яё]{4})(?=[а-яё]{3})", text, maxsplit=2) if "split runs" in habits else [text]
    for index, piece in enumerate(pieces):
        run = paragraph.add_run(piece)
        run.bold = bold or None
        run.italic = bool(index % 2) or None
    if "tracked" in habits and len(text) > 30:
        _track(paragraph)
    if "smart tags" in habits and len(text) > 30:
        _wrap_last_run(paragraph, f'<w:smartTag {nsdecls("w")} w:uri="urn:schemas-microsoft-com" w:element="date"/>')


def _track(paragraph: Paragraph) -> None:
    """The last run was inserted; something else was deleted before it."""
    author = 'w:id="1" w:author="Автор" w:date="2020-01-01T00:00:00Z"'
    _wrap_last_run(paragraph, f"<w:ins {nsdecls('w')} {author}/>")
    deleted = f'<w:del {nsdecls("w")} {author}><w:r><w:delText xml:space="preserve">удалённые слова </w:delText></w:r></w:del>'
    paragraph._p.insert(len(paragraph._p) - 1, parse_xml(deleted))


def _wrap_last_run(paragraph: Paragraph, wrapper: str) -> None:
    last = paragraph._p[-1]
    outer = parse_xml(wrapper)
    paragraph._p.replace(last, outer)
    outer.append(last)


def wrap_in_controls(document: WordDocument) -> None:
    """Every third paragraph and every table in a content control of its own."""
    body = document.element.body
    for index, child in enumerate(list(body)):
        if child.tag == qn("w:tbl") or (child.tag == qn("w:p") and index % 3 == 0):
            control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
            body.replace(child, control)
            control[-1].append(child)
