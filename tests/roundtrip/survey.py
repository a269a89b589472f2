"""Counts what comes back otherwise: ``python -m tests.roundtrip.survey 300 docx|pdf [SEED]`` (a tool for people, not a test)."""

import re
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from pipeline.run import process_file
from tests.roundtrip.compare import differences
from tests.roundtrip.orders import documents
from tests.roundtrip.paper import write_pdf
from tests.roundtrip.sheet import Made
from tests.roundtrip.word import write_docx


def survey(count: int, medium: str, chance: int) -> None:
    """Read ``count`` random orders and print how often each field differs, with examples."""
    seen: Counter[str] = Counter()
    shown: dict[str, list[str]] = defaultdict(list)
    clean = []

    @settings(max_examples=count, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @seed(chance)
    @given(made=documents())
    def read(made: Made) -> None:
        found = reread(made, medium)
        clean.append(not found)
        for label in {_field(entry) for entry in found}:
            seen[label] += 1
        for entry in found:
            shown[_field(entry)].append(entry)

    read()
    sys.stdout.write(f"{medium}: {sum(clean)} of {len(clean)} come back whole\n")
    for label, times in seen.most_common():
        sys.stdout.write(f"{times:5} {label}\n")
        for entry in sorted(set(shown[label]), key=len)[:12]:
            sys.stdout.write(f"        {entry[:400]}\n")


def _field(entry: str) -> str:
    """«rows[3].deadline of 'Март'.kind: …» -> «rows.deadline.kind»."""
    return re.sub(r"\[\d+\]", "", re.sub(r" of '.*?'(?=(\.\w+)?: )", "", entry)).split(": ")[0]


def reread(made: Made, medium: str) -> list[str]:
    """Typeset, read, compare."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"order.{medium}"
        (write_docx if medium == "docx" else write_pdf)(made.sheet, path)
        try:
            return differences(made.truth, process_file(path))
        except Exception as error:
            return [f"crash: {type(error).__name__}: {error}"]


if __name__ == "__main__":
    survey(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 1)
