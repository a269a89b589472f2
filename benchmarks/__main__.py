"""Prints the table of measurements. No test rests on these times: machines differ."""

import sys
from pathlib import Path

from benchmarks.pages import measure_pages
from benchmarks.scans import measure_scans
from benchmarks.timing import Measurement
from benchmarks.whole_way import measure_whole_way
from benchmarks.word_files import measure_word

ORDERS = Path(__file__).parent.parent / "fixtures" / "orders"


def _line(measurement: Measurement) -> str:
    m = measurement
    return f"{m.what:22}{m.unit:10}{m.ours:9.1f} мс   {m.baseline:30}{m.theirs:9.1f} мс   × {m.ratio:.2f}\n"


def main() -> None:
    """Measure everything on the fixture orders, or on the files of a folder given as argument."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ORDERS
    word, pdf = sorted(folder.rglob("*.docx")), sorted(folder.rglob("*.pdf"))
    sys.stdout.write(f"{len(word)} DOCX, {len(pdf)} PDF; × меньше 1: быстрее эталона\n")
    for measurement in [*measure_word(word), *measure_pages(pdf), *measure_whole_way([*word, *pdf]), *measure_scans(ORDERS)]:
        sys.stdout.write(_line(measurement))


if __name__ == "__main__":
    main()
