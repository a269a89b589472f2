"""A PDF page: our reader against pdfplumber (text and tables) and pypdfium2 (bare text: the floor)."""

from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium  # type: ignore[import-untyped]

from benchmarks.timing import Measurement, milliseconds
from extractors.reading.document import read_document


def measure_pages(pdfs: list[Path]) -> list[Measurement]:
    """Milliseconds a page over all ``pdfs``."""
    pages = sum(_count(pdf) for pdf in pdfs)
    ours = milliseconds(read_document, pdfs, pages)
    plumber = milliseconds(_by_pdfplumber, pdfs, pages)
    floor = milliseconds(_by_pdfium, pdfs, pages)
    return [
        Measurement("PDF: чтение", "pdfplumber: текст и таблицы", "страница", ours, plumber),
        Measurement("PDF: чтение", "pypdfium2: голый текст", "страница", ours, floor),
    ]


def _count(pdf: Path) -> int:
    with pdfium.PdfDocument(pdf) as document:
        return len(document)


def _by_pdfplumber(pdf: Path) -> None:
    with pdfplumber.open(pdf) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def _by_pdfium(pdf: Path) -> None:
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            page.get_textpage().get_text_range()
