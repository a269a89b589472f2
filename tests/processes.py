"""Which processes an import has started and left: known by the folder that their temporary files lie in."""

import os
import time
from pathlib import Path


def workers(parent: int) -> list[int]:
    """The children of a process."""
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def left_behind(folder: Path) -> list[str]:
    """Command lines of processes, not zombies, whose temporary folder lies below ``folder``."""
    mark = f"TMPDIR={folder}/".encode()
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if mark in Path(f"/proc/{name}/environ").read_bytes():
                found.append(Path(f"/proc/{name}/cmdline").read_bytes().decode(errors="replace"))
        except OSError:
            continue  # it ended, or is not ours
    return [command for command in found if command]


def gone(folder: Path, seconds: float = 10) -> bool:
    """Are they gone after a while?"""
    end = time.monotonic() + seconds
    while left_behind(folder):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
