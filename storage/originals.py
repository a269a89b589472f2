"""The originals: every document's file under the name of its own hash, ``originals/ab/abcdef…``."""

import os
from pathlib import Path

from storage.incoming import Incoming, Received


class Originals:
    """A folder of originals. Several programs may share it: a file is written beside and renamed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def place(self, sha256: str) -> Path:
        """Where the file with this hash stands or would stand."""
        return self.root / sha256[:2] / sha256

    def incoming(self) -> Incoming:
        """The folder of one run, on the same file system, so that a copy can be renamed to its place."""
        return Incoming(self.root / ".incoming")

    def keep(self, received: Received) -> Path:
        """Move a received copy to its place for good."""
        target = self.place(received.sha256)
        if target.exists() and target.stat().st_size == received.size_bytes:
            received.path.unlink(missing_ok=True)
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        received.path.replace(target)
        _sync(target.parent)
        return target


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
