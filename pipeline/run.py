"""The whole way of one order, on one screen."""

from pathlib import Path

from extractors.extract import extract_records
from extractors.reading.document import read_document
from normalizers.normalize import normalize_records
from pipeline.check import check_document
from schemas.contract import Document


def process_file(path: Path, file_name: str | None = None) -> Document:
    """Read one file into a checked, validated document.

    Raises:
        RejectedError: the file cannot be taken; its code and Russian message say why.
    """
    source = read_document(path, file_name=file_name)
    raw = extract_records(source)
    document = normalize_records(source, raw)
    return check_document(source, raw, document)
