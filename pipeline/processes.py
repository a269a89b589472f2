"""What the kernel knows of a worker and all that it started: one session (Linux)."""

import os
import signal
from contextlib import suppress
from pathlib import Path

_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


def largest_resident_mb(session: int) -> float:
    """Resident memory in MiB of the largest process of a session; 0 where it is gone."""
    return max((_resident_mb(pid) for pid in _members(session)), default=0.0)


def kill_session(session: int) -> None:
    """Kill every process of a session, the caller last: what a worker started may have made groups of its own."""
    for pid in sorted(_members(session), key=lambda pid: pid == os.getpid()):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _members(session: int) -> list[int]:
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if os.getsid(int(name)) == session:
                    found.append(int(name))
            except ProcessLookupError:
                continue
    return found


def _resident_mb(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_MB
    except (OSError, IndexError):
        return 0.0
