"""The command line in a process that kills itself, or one of its workers, with SIGKILL, or stops itself, at a moment of the run.

``python -m tests.kill_at parent:saved:7 import …``: when the seventh document is saved and not yet committed. Moments are
events of the run, so that they are the same on every machine.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from pipeline import batch, cli, cli_import, cli_progress, pool
from storage import incoming, originals

MOMENTS: dict[str, tuple[Any, str]] = {
    "received": (incoming.Incoming, "receive"),  # copied and hashed, nobody has read it
    "given": (pool.Pool, "_give"),  # a worker has it
    "kept": (originals.Originals, "keep"),  # the original in its place, not a row in the database
    "saved": (batch, "save_document"),  # every row written, nothing committed
    "recorded": (batch, "record_file"),  # as above, with the row of the input
    "shown": (cli_progress.Screen, "show"),  # committed, and said so
}


def main() -> None:
    """Run."""
    victim, moment, number = sys.argv[1].split(":")
    cli_import.READER = "tests.fake_reader:read"
    _watch(moment, int(number), {"parent": _kill_parent, "worker": _kill_worker}.get(victim) or partial(_stop, victim))
    sys.exit(cli.run(sys.argv[2:]))


def _watch(moment: str, number: int, kill: Callable[[], None]) -> None:
    """Count how often the moment comes; kill when it has come so often."""
    owner, name = MOMENTS[moment]
    original, seen = getattr(owner, name), []

    def counted(*arguments: Any, **named: Any) -> Any:
        result = original(*arguments, **named)
        seen.append(None)
        if len(seen) == number:
            kill()
        return result

    setattr(owner, name, counted)


def _stop(name: str) -> None:
    """By a signal that asks for an end: SIGINT, SIGTERM, SIGHUP."""
    print(f"asked at {time.monotonic()}", file=sys.stderr, flush=True)  # noqa: T201 - the test reads it
    os.kill(os.getpid(), signal.Signals[name])


def _kill_parent() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _kill_worker() -> None:
    """The first child: a worker, busy or idle."""
    with open(f"/proc/self/task/{os.getpid()}/children") as children:
        workers = [int(child) for child in children.read().split()]
    print(f"killed {len(workers[:1])}", file=sys.stderr)  # noqa: T201 - the test reads it
    for worker in workers[:1]:
        os.kill(worker, signal.SIGKILL)


if __name__ == "__main__":
    main()
