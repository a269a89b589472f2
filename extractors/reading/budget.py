"""How much time a file deserves: pages that hold no text must be recognised, and that takes long."""

from pathlib import Path

import pypdfium2
from PIL import Image

from extractors.reading.detect import IMAGE_TYPES, MediaType, examine_file
from extractors.reading.pdf.opening import check_pdf

_ENOUGH = 50
"""Characters of a text layer that make a page one that need not be recognised."""


def pages_to_recognise(path: Path) -> int:
    """Pages without a text layer of a PDF, or pictures in an image file; 0 for every other kind.

    Raises:
        RejectedError: the file cannot be taken.
    """
    kind = examine_file(path).media_type
    if kind == MediaType.PDF:
        check_pdf(path)
        return _bare_pages(path)
    if kind in IMAGE_TYPES:
        with Image.open(path) as image:
            return int(getattr(image, "n_frames", 1))
    return 0


def _bare_pages(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return sum(_is_bare(document, number) for number in range(len(document)))
    finally:
        document.close()


def _is_bare(document: pypdfium2.PdfDocument, number: int) -> bool:
    page = document[number]
    text = page.get_textpage()
    bare = bool(text.count_chars() < _ENOUGH)
    text.close()
    page.close()
    return bare
