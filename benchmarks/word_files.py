"""A DOCX: our reader against unzip + lxml (the floor) and python-docx (every cell's text)."""

import zipfile
from pathlib import Path

import docx
from lxml import etree

from benchmarks.timing import Measurement, milliseconds
from extractors.reading.document import read_document


def measure_word(files: list[Path]) -> list[Measurement]:
    """Milliseconds a document over all ``files``."""
    ours = milliseconds(read_document, files, len(files))
    floor = milliseconds(_by_lxml, files, len(files))
    rows = milliseconds(_by_python_docx, files, len(files))
    return [
        Measurement("DOCX: чтение", "python-docx: row.cells", "документ", ours, rows),
        Measurement("DOCX: чтение", "unzip + lxml", "документ", ours, floor),
    ]


def _by_lxml(file: Path) -> None:
    with zipfile.ZipFile(file) as package:
        etree.fromstring(package.read("word/document.xml"))


def _by_python_docx(file: Path) -> None:
    document = docx.Document(str(file))
    _ = [paragraph.text for paragraph in document.paragraphs]
    _ = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
