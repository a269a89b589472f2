"""How a time is taken."""

from collections.abc import Callable
from dataclasses import dataclass
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


def milliseconds(work: Callable[[], object], units: int, rounds: int = 3) -> float:
    """Median time of ``work`` in milliseconds a unit; one round before that warms up."""
    work()
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return 1000 * median(times) / max(units, 1)
