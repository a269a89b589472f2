"""What the kernel knows of a group of processes (Linux)."""

import os
from pathlib import Path

_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


def largest_resident_mb(group: int) -> float:
    """Resident memory in MiB of the largest process of a process group; 0 where it is gone."""
    return max((_resident_mb(pid) for pid in _members(group)), default=0.0)


def _members(group: int) -> list[int]:
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if os.getpgid(int(name)) == group:
                    found.append(int(name))
            except ProcessLookupError:
                continue
    return found


def _resident_mb(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_MB
    except (OSError, IndexError):
        return 0.0
