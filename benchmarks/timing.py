"""How a time is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Measurement:
    """Milliseconds a unit (a page, a document) of something, and the same of its baseline."""

    what: str
    baseline: str
    unit: str
    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        """Ours over theirs: below 1 is faster than the baseline."""
        return self.ours / self.theirs if self.theirs else float("inf")


def milliseconds(work: Callable[[Path], object], files: list[Path], units: int, rounds: int = 3) -> float:
    """Median time of ``work`` over all ``files`` in milliseconds a unit; one round before that warms up."""
    times = []
    for _ in range(rounds + 1):
        start = perf_counter()
        for file in files:
            work(file)
        times.append(perf_counter() - start)
    return 1000 * median(times[1:]) / max(units, 1)
