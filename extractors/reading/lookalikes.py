"""Latin look-alikes inside the Cyrillic words of a file («Черnодубская», «MБOУ») put right; the raw reading stays beside it."""

import re
from collections.abc import Container, Iterable, Iterator

from extractors.reading.repair import repair_lookalikes
from schemas.source import Block, Paragraph, ReaderNote, TableBlock

_NAME = re.compile(r"[А-ЯЁ][а-яё]{2}")
_SHOWN = 5


def repair_blocks(blocks: Iterable[Block], pages: Container[int] | None = None) -> list[ReaderNote]:
    """Repair the paragraphs that stand on ``pages`` (None: all), in place; a note for each that holds a name."""
    notes = []
    for block in blocks:
        for paragraph in _paragraphs(block):
            number = paragraph.spans[0].page if paragraph.spans else None
            if pages is not None and number not in pages:
                continue
            repaired = repair_lookalikes(paragraph.text)
            if repaired.changed:
                paragraph.raw, paragraph.text = paragraph.text, repaired.text
                notes += _notes(repaired.changed, block.index, number)
    return notes


def _paragraphs(block: Block) -> Iterator[Paragraph]:
    if isinstance(block, TableBlock):
        yield from (paragraph for cell in block.cells for paragraph in cell.paragraphs)
        yield from block.repeated_headers
    else:
        yield block.paragraph


def _notes(changed: list[str], index: int, page: int | None) -> list[ReaderNote]:
    names = [f"«{word}»" for word in dict.fromkeys(changed) if _NAME.match(word)]
    if not names:
        return []
    shown = ", ".join(names[:_SHOWN]) + (" и др." if len(names) > _SHOWN else "")
    return [ReaderNote(code="repaired_name", message=f"в имени исправлены похожие буквы: {shown}.", block=index, page=page)]
