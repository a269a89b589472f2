"""What OCR was not sure of, written to the paragraphs it went into: confidence, weak words, the reading before repair."""

import re
from collections.abc import Iterator

from extractors.reading.page import Page, Word
from schemas.source import Paragraph, ReaderNote, SourceDocument, TableBlock

WEAK = 0.6
"""A word read with less confidence is named in a finding. tesseract gives 0.9 and more to what it reads well."""
_WEAK_FIGURES = 0.8
"""No dictionary knows figures: «27» under a stamp came as «7» with 0.78. A lone 3 is 0.7 where it is right: it may be a «З»."""
_NAME = re.compile(r"[«(]?[А-ЯЁ](?:\.|[а-яё]{2})")
_SHOWN = 5  # words quoted in one note


def mark_doubt(document: SourceDocument, pages: list[Page]) -> None:
    """Fill `confidence`, `weak_words` and `raw` of the paragraphs that stand on ``pages``; add notes to the document."""
    words = {page.number: page.words for page in pages}
    for index, paragraph in _paragraphs(document):
        mine = [word for span in paragraph.spans for word in words.get(span.page, []) if _inside(word, span.bbox)]
        mine = [word for word in mine if word.text.strip("-\u00ad") in paragraph.text]
        if mine:
            _mark(document, index, paragraph, mine)


def _paragraphs(document: SourceDocument) -> Iterator[tuple[int, Paragraph]]:
    for block in document.blocks:
        if isinstance(block, TableBlock):
            for cell in block.cells:
                yield from ((block.index, paragraph) for paragraph in cell.paragraphs)
        else:
            yield block.index, block.paragraph


def _inside(word: Word, box: tuple[float, float, float, float]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _mark(document: SourceDocument, index: int, paragraph: Paragraph, words: list[Word]) -> None:
    letters = sum(len(word.text) for word in words)
    paragraph.confidence = round(sum((word.confidence or 0.0) * len(word.text) for word in words) / letters, 3)
    weak = [word for word in words if _is_weak(word)]
    paragraph.weak_words = list(dict.fromkeys(word.text for word in weak))
    if paragraph.weak_words:
        document.notes.append(_note("weak_words", "слова распознаны неуверенно", paragraph.weak_words, index, paragraph))
    like = [f"{word.text.strip('.,;:()«»')} ~ {', '.join(word.like)}" for word in words if word.like]
    if like:
        document.notes.append(
            _note("weak_words", "распознано неуверенно и похоже на слово в другом месте документа", like, index, paragraph)
        )
    repaired = [word for word in words if word.raw is not None and word.raw != word.text]
    if repaired:
        paragraph.raw = _as_read(paragraph.text, repaired)
    settled = [f"{w.raw} → {w.text}" for w in repaired if w.settled]
    if settled:
        document.notes.append(_note("settled_reading", "прочитано по другому месту документа", settled, index, paragraph))
    names = list(dict.fromkeys(f"{w.raw} → {w.text}" for w in repaired if _NAME.match(w.text) and not w.settled))
    if names:
        document.notes.append(_note("repaired_name", "в имени исправлены похожие буквы", names, index, paragraph))


def _is_weak(word: Word) -> bool:
    if word.confidence is None or not any(c.isalnum() for c in word.text):
        return False
    figures = any(c.isdigit() for c in word.text) and word.text.strip(".,)") != "3"
    return word.confidence < (_WEAK_FIGURES if figures else WEAK)


def _note(code: str, message: str, words: list[str], index: int, paragraph: Paragraph) -> ReaderNote:
    shown = ", ".join(f"«{word}»" for word in words[:_SHOWN]) + (" и др." if len(words) > _SHOWN else "")
    return ReaderNote(code=code, message=f"{message}: {shown}.", block=index, page=paragraph.spans[0].page)


def _as_read(text: str, repaired: list[Word]) -> str:
    """The paragraph with the readings before repair put back, left to right."""
    out, at = "", 0
    for word in repaired:
        found = text.find(word.text, at)
        if found < 0:
            continue
        out += text[at:found] + (word.raw or "")
        at = found + len(word.text)
    return out + text[at:]
