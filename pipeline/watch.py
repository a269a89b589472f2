"""Files as they arrive in a folder: each once it has been quiet for a while."""

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.inputs import Input, gather

QUIET_SECONDS = 5.0
_LOOK_SECONDS = 1.0

State = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds."""


class Quiet:
    """Remembers how files looked and since when."""

    def __init__(self, seconds: float = QUIET_SECONDS) -> None:
        self.seconds = seconds
        self._seen: dict[Path, tuple[State, float]] = {}
        self._taken: dict[Path, State] = {}

    def ready(self, inputs: Iterable[Input], now: float) -> list[Input]:
        """Those that have not changed for so many seconds and were not handed out in this state; ``now`` in seconds."""
        found = []
        for item in inputs:
            state = _state(item.path)
            if state is None or self._taken.get(item.path) == state:
                continue
            before, since = self._seen.get(item.path, (None, now))
            if before != state:
                self._seen[item.path] = (state, now)
            elif now - since >= self.seconds:
                self._taken[item.path] = state
                del self._seen[item.path]
                found.append(item)
        return found


def _state(path: Path) -> State | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None  # gone again
    return status.st_size, status.st_mtime_ns


def arrivals(folders: list[Path]) -> Iterator[list[Input]]:
    """Batches of files as they become quiet, for ever."""
    quiet = Quiet()
    while True:
        if found := quiet.ready(gather(folders), time.monotonic()):
            yield found
        time.sleep(_LOOK_SECONDS)
