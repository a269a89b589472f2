"""A reader on a machine without the Russian model, as long as BARE is set; workers import it by name."""

import os
from pathlib import Path

from extractors.reading.ocr import engine
from extractors.reading.progress import page_is_read
from pipeline.run import process_file
from schemas.contract import Document


def read(path: Path, name: str) -> Document:
    """As the program reads, but tesseract's own folders are not looked at."""
    if os.environ.get("BARE"):
        engine._FOLDERS = ()
    return process_file(path, name)


def read_three_pages(path: Path, name: str) -> Document:
    """A scan of three pages."""
    for _ in range(3):
        page_is_read()
    return process_file(path, name)
