"""Pages without text read by tesseract: PDF scans page by page, image files whole."""

from pathlib import Path

import cv2

from extractors.reading.ocr.engine import start_engine
from extractors.reading.ocr.headers import settle_headers
from extractors.reading.ocr.mentions import settle_mentions
from extractors.reading.ocr.pictures import Sheet, open_images, render_pages
from extractors.reading.ocr.sections import settle_sections
from extractors.reading.ocr.sight import SECONDS_A_PAGE, see_sheet
from extractors.reading.page import Page
from extractors.reading.progress import page_is_read
from extractors.reading.repair_ocr import repair_words

__all__ = ["SECONDS_A_PAGE", "recognize_image", "recognize_pages"]


def recognize_pages(pdf: bytes, page_numbers: list[int]) -> dict[int, Page]:
    """Read pages of a PDF that qpdf has checked (1-based numbers).

    A page that takes longer than `SECONDS_A_PAGE` comes back with what was read and ``needs_recognition``.

    Raises:
        RejectedError: `needs_tesseract`.
        MemoryError: a picture did not fit in the memory there is.
    """
    start_engine()  # a machine that cannot read says so before it renders
    pages = [_read(sheet, number) for number, sheet in render_pages(pdf, page_numbers)]
    settle_headers(pages)
    settle_sections(pages)
    settle_mentions(pages)
    return {page.number: page for page in pages}


def recognize_image(path: Path) -> list[Page]:
    """Read the pictures of an image file (JPEG, PNG, TIFF of several pages).

    Raises:
        RejectedError: `needs_tesseract`, `corrupt`, `too_big`, `too_many_pages`.
    """
    start_engine()
    pages = [_read(sheet, number) for number, sheet in open_images(path)]
    settle_headers(pages)
    settle_sections(pages)
    settle_mentions(pages)
    return pages


def _read(sheet: Sheet, number: int) -> Page:
    try:
        page = see_sheet(sheet, number, start_engine())
    except cv2.error as error:
        if error.code == cv2.Error.StsNoMem or "bad_alloc" in str(error):
            raise MemoryError from error
        raise
    page.words = repair_words(page.words)
    page_is_read()
    return page
