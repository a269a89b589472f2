"""A scanned page: our reader against bare tesseract (the whole page, no cells, no turning), in seconds of one core."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from benchmarks.timing import Measurement
from extractors.reading.ocr import recognize_pages
from extractors.reading.ocr.engine import BLOCK, start_engine, tessdata_folder
from extractors.reading.ocr.pictures import render_pages
from fixtures.make_scans import make_scan

_AUTO = 3
_SLUGS = ("bereznikovsky", "zarechnobor-school")


def measure_scans(orders: Path) -> list[Measurement]:
    """Milliseconds a page over scans of our own orders, none sideways; nothing where there is no tesseract."""
    if tessdata_folder() is None:
        return []
    with TemporaryDirectory() as folder:
        scans = [_scan(orders / slug / "order.pdf", Path(folder) / f"{slug}.pdf") for slug in _SLUGS]
        return _measured(scans)


def measure_given(scans: list[Path]) -> list[Measurement]:
    """The same over scans that are there."""
    return _measured(scans) if scans and tessdata_folder() is not None else []


def _measured(scans: list[Path]) -> list[Measurement]:
    """Scan by scan in turn, so that a machine that is busy for a while is so for all."""
    works: list[Callable[[Path], None]] = [_by_us, lambda scan: _bare(scan, BLOCK), lambda scan: _bare(scan, _AUTO)]
    for work in works:
        work(scans[0])  # warms up
    spent = [0.0] * len(works)
    for scan in scans:
        for i, work in enumerate(works):
            start = process_time()  # of this process alone, whatever else the machine does
            work(scan)
            spent[i] += process_time() - start
    pages = sum(len(_numbers(scan)) for scan in scans)
    ours, block, auto = (1000 * seconds / pages for seconds in spent)
    return [
        Measurement("Скан: распознавание", "tesseract: страница, psm 6", "страница", ours, block),
        Measurement("Скан: распознавание", "tesseract: страница, psm 3", "страница", ours, auto),
    ]


def _scan(pdf: Path, path: Path) -> Path:
    path.write_bytes(make_scan(pdf, seed=1, sideways=None))
    return path


def _numbers(scan: Path) -> list[int]:
    with pdfium.PdfDocument(scan) as document:
        return list(range(1, len(document) + 1))


def _by_us(scan: Path) -> None:
    recognize_pages(scan.read_bytes(), _numbers(scan))


def _bare(scan: Path, mode: int) -> None:
    for _, sheet in render_pages(scan.read_bytes(), _numbers(scan)):
        start_engine().read(sheet.gray, mode)
