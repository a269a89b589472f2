"""The whole way of a document: all stages against the reading alone."""

from pathlib import Path

from benchmarks.timing import Measurement, milliseconds
from extractors.reading.document import read_document
from pipeline.run import process_file


def measure_whole_way(files: list[Path]) -> list[Measurement]:
    """Milliseconds a document, medium by medium."""
    return [_measured(suffix, [file for file in files if file.suffix == suffix]) for suffix in (".docx", ".pdf")]


def _measured(suffix: str, files: list[Path]) -> Measurement:
    ours = milliseconds(process_file, files, len(files))
    reading = milliseconds(read_document, files, len(files))
    return Measurement(f"{suffix[1:].upper()}: все ступени", "только чтение", "документ", ours, reading)
