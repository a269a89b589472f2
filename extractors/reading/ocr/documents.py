"""Scans as `SourceDocument`: the pages put together as those of a text PDF, the doubt written beside the words."""

from extractors.reading.detect import SourceFile
from extractors.reading.ocr import recognize_image, recognize_pages
from extractors.reading.ocr.doubt import mark_doubt
from extractors.reading.ocr.engine import needs_tesseract, tessdata_folder
from extractors.reading.page import Page
from extractors.reading.pages import assemble_pages
from extractors.reading.pdf import page_reading, read_pdf
from schemas.errors import RejectCode, RejectedError
from schemas.source import Reader, ReaderNote, SourceDocument

_TOO_SLOW = "страница не распознана за отведённое время: прочитано не всё."


def read_pdf_with_scans(file: SourceFile) -> SourceDocument:
    """Read a PDF; pages without text, or with text that lies, are recognised.

    Without tesseract a mixed file keeps its good pages, with a note on each of the others.

    Raises:
        RejectedError: as `read_pdf`; `needs_tesseract` where every page is a scan and there is no tesseract.
    """
    if tessdata_folder() is None:
        return _without_tesseract(file)
    seen: dict[int, Page] = {}

    def recognize(pdf: bytes, numbers: list[int]) -> dict[int, Page]:
        seen.update(recognize_pages(pdf, numbers))
        return seen

    document = read_pdf(file, recognize)
    mark_doubt(document, list(seen.values()))
    return document


def _without_tesseract(file: SourceFile) -> SourceDocument:
    try:
        return read_pdf(file)
    except RejectedError as error:
        if error.code is RejectCode.NO_TEXT:
            raise needs_tesseract() from error
        raise


def read_image(file: SourceFile) -> SourceDocument:
    """Read an image file as a scan.

    Raises:
        RejectedError: `needs_tesseract`, `corrupt`, `too_big`, `too_many_pages`; `no_text` where no words are found.
    """
    pages = recognize_image(file.path)
    blocks, remarks = assemble_pages(pages)
    if not legible(pages) or not blocks:
        raise RejectedError(RejectCode.NO_TEXT, "На изображении не нашлось текста: проверьте, что это снимок документа.")
    notes = [ReaderNote(code="page_needs_recognition", message=_TOO_SLOW, page=p.number) for p in pages if p.needs_recognition]
    document = SourceDocument(
        file_name=file.file_name,
        media_type=file.media_type,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        reader=Reader.OCR,
        page_count=len(pages),
        pages=[page_reading(page) for page in pages],
        blocks=blocks,
        notes=notes + remarks,
    )
    mark_doubt(document, pages)
    return document


def legible(pages: list[Page]) -> bool:
    """Some words were read with confidence: a cat's fur gives letters, but none that are sure."""
    return any(
        word.confidence is not None and word.confidence >= 0.7 and sum(map(str.isalpha, word.text)) > 2 for p in pages for word in p.words
    )
