"""How much time a file deserves: pages that hold no text, or one that lies, must be recognised, and that takes long."""

from pathlib import Path

from PIL import Image

from extractors.reading.detect import IMAGE_TYPES, MediaType, examine_file
from extractors.reading.pdf import unread_pages
from extractors.reading.pdf.opening import checked_pdf


def pages_to_recognise(path: Path) -> int:
    """Pages of a PDF without a text layer that can be believed, or pictures in an image file; 0 for every other kind.

    Raises:
        RejectedError: the file cannot be taken.
    """
    kind = examine_file(path).media_type
    if kind == MediaType.PDF:
        return len(unread_pages(checked_pdf(path).content))
    if kind in IMAGE_TYPES:
        with Image.open(path) as image:
            return int(getattr(image, "n_frames", 1))
    return 0
