"""The originals: every document's file under the name of its own hash, ``originals/ab/abcdef…``."""

import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO, NamedTuple

from schemas.errors import RejectCode, RejectedError

_CHUNK = 1 << 20
_INCOMING = ".incoming"


class Received(NamedTuple):
    """A private copy of an input; ``sha256`` in hex, ``size_bytes`` of the copy."""

    path: Path
    sha256: str
    size_bytes: int


class Originals:
    """A folder of originals. Two programs may share it: a file is written beside and renamed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def place(self, sha256: str) -> Path:
        """Where the file with this hash stands or would stand."""
        return self.root / sha256[:2] / sha256

    def receive(self, path: Path, max_bytes: int) -> Received:
        """Copy and hash an input once, without following a link.

        Raises:
            RejectedError: not a regular file, unreadable, empty, too big, or changed while it was read.
            OSError: the copy cannot be written.
        """
        source, before = _open_regular(path)
        with source:
            target = self._incoming(before)
            try:
                return self._copy(path, source, target, before, max_bytes)
            except BaseException:
                target.unlink(missing_ok=True)
                raise

    def keep(self, received: Received) -> Path:
        """Move a received copy to its place for good."""
        target = self.place(received.sha256)
        if target.exists() and target.stat().st_size == received.size_bytes:
            self.discard(received)
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        received.path.replace(target)
        _sync(target.parent)
        return target

    def discard(self, received: Received) -> None:
        """Throw a received copy away."""
        received.path.unlink(missing_ok=True)

    def _incoming(self, status: os.stat_result) -> Path:
        folder = self.root / _INCOMING
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{os.getpid()}-{status.st_dev}-{status.st_ino}"

    def _copy(self, path: Path, source: BinaryIO, target: Path, before: os.stat_result, max_bytes: int) -> Received:
        digest, size = hashlib.sha256(), 0
        with target.open("wb") as copy:
            while chunk := _read(source):
                size += len(chunk)
                if size > max_bytes:
                    raise RejectedError(RejectCode.TOO_BIG, f"Файл больше {max_bytes >> 20} МиБ: приказы такими не бывают, разделите его.")
                digest.update(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        _check_unchanged(source, before, size)
        return Received(target, digest.hexdigest(), size)


def _open_regular(path: Path) -> tuple[BinaryIO, os.stat_result]:
    """Look before opening: a pipe would wait for ever, a link may lead anywhere."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise RejectedError(RejectCode.NOT_REGULAR, "Это не обычный файл (ссылка, папка, канал или устройство): укажите сам документ.")
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise _unreadable(error) from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise RejectedError(RejectCode.NOT_REGULAR, "Это не обычный файл: укажите сам документ.")
    return os.fdopen(descriptor, "rb"), status


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(_CHUNK)
    except OSError as error:
        raise _unreadable(error) from error


def _check_unchanged(source: BinaryIO, before: os.stat_result, size: int) -> None:
    after = os.fstat(source.fileno())
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns) or size != after.st_size:
        raise RejectedError(RejectCode.UNREADABLE, "Файл менялся во время чтения: дождитесь, пока его допишут, и повторите команду.")


def _unreadable(error: Exception) -> RejectedError:
    reason = "файла нет" if isinstance(error, FileNotFoundError) else "нет доступа или сбой чтения"
    return RejectedError(RejectCode.UNREADABLE, f"Файл не читается ({reason}): проверьте, что он на месте и доступен.")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
