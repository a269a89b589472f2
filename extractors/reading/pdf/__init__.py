"""PDF with a text layer: words and ruled lines of every page, put together by `extractors.reading.pages`."""

from collections.abc import Callable

import pypdfium2 as pdfium

from extractors.reading.detect import SourceFile
from extractors.reading.lookalikes import repair_blocks
from extractors.reading.page import Page
from extractors.reading.pages import assemble_pages
from extractors.reading.pdf.marks import see_page
from extractors.reading.pdf.opening import DAMAGED, checked_pdf
from extractors.reading.pdf.scoring import pages_with_lying_fonts, truthful
from schemas.errors import RejectCode, RejectedError
from schemas.source import PageReading, Reader, ReaderNote, SourceDocument

_NEEDS = "страница без текста или с ложным текстовым слоем: нужно распознавание."
Recognizer = Callable[[bytes, list[int]], dict[int, Page]]
"""Takes the checked PDF and the 1-based numbers of the pages to recognise."""


def read_pdf(file: SourceFile, recognize: Recognizer | None = None) -> SourceDocument:
    """Read a PDF.

    Raises:
        RejectedError: `encrypted`, `corrupt`, `too_many_pages`, `bomb`, or `no_text` where no page has readable text.
    """
    content, mended = checked_pdf(file.path)
    pages = _see_pages(content)
    lacking = [page.number for page in pages if page.needs_recognition]
    if lacking and recognize is not None:
        seen = recognize(content, lacking)
        pages = [seen.get(page.number, page) for page in pages]
    elif len(lacking) == len(pages):
        raise RejectedError(RejectCode.NO_TEXT, "В файле страницы без текста: нужно распознавание.")
    notes = [ReaderNote(code="page_needs_recognition", message=_NEEDS, page=p.number) for p in pages if p.needs_recognition]
    if mended:
        notes.append(ReaderNote(code="file_mended", message="файл PDF повреждён и прочитан после восстановления: сверьте его с исходным."))
    if removed := sum(page.removed_characters for page in pages):
        notes.append(ReaderNote(code="control_characters", message=f"Из текста убраны недопустимые символы: {removed}."))
    blocks, remarks = assemble_pages(pages)
    remarks += repair_blocks(blocks, {page.number for page in pages if page.reader is Reader.PDF})
    if not blocks:
        raise RejectedError(RejectCode.NO_TEXT, "В файле не нашлось текста: страницы пусты или не распознаны.")
    return SourceDocument(
        file_name=file.file_name,
        media_type=file.media_type,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        reader=_reader(pages),
        page_count=len(pages),
        pages=[page_reading(page) for page in pages],
        blocks=blocks,
        notes=notes + remarks,
    )


def _reader(pages: list[Page]) -> Reader:
    readers = {page.reader for page in pages}
    return readers.pop() if len(readers) == 1 else Reader.MIXED


def page_reading(page: Page) -> PageReading:
    """How a page was read, for the document's list of pages."""
    return PageReading(
        page=page.number,
        reader=page.reader,
        confidence=page.confidence,
        width=page.width,
        height=page.height,
        needs_recognition=page.needs_recognition,
    )


def unread_pages(content: bytes) -> list[int]:
    """1-based numbers of the pages of a checked PDF that have no text, or whose text lies."""
    return [page.number for page in _see_pages(content) if page.needs_recognition]


def _see_pages(content: bytes) -> list[Page]:
    pages = []
    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise RejectedError(RejectCode.CORRUPT, DAMAGED) from error
    try:
        for number, handle in enumerate(pdf, start=1):
            page = see_page(handle, number)
            page.needs_recognition = not truthful(page.words)
            pages.append(page)
            handle.close()
    except pdfium.PdfiumError as error:
        raise RejectedError(RejectCode.CORRUPT, DAMAGED) from error
    finally:
        pdf.close()
    for page, lies in zip(pages, pages_with_lying_fonts([page.words for page in pages]), strict=True):
        page.needs_recognition |= lies
    return pages
