"""Small source documents, written as lines: «^» centres a line, «>» sets it right, «*» makes it bold."""

from collections.abc import Sequence

from schemas.source import Align, Block, Paragraph, ParagraphBlock, Reader, SourceDocument

_ALIGN = {"^": Align.CENTER, ">": Align.RIGHT}


def paragraph(line: str) -> Paragraph:
    align, bold = None, False
    while line[:1] in ("^", ">", "*"):
        align, bold = _ALIGN.get(line[0], align), bold or line[0] == "*"
        line = line[1:]
    return Paragraph(text=line, align=align, bold=bold)


def source(lines: Sequence[str], blocks: Sequence[Block] = ()) -> SourceDocument:
    made: list[Block] = [ParagraphBlock(index=i, paragraph=paragraph(line)) for i, line in enumerate(lines)]
    return SourceDocument(
        file_name="order.docx", media_type="application/test", sha256="0" * 64, size_bytes=1, reader=Reader.DOCX, blocks=[*made, *blocks]
    )
