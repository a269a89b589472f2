"""Inputs are copied before anybody looks into them, into a folder that belongs to one run of the program."""

import fcntl
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple

from schemas.errors import NO_ROOM, DatabaseError, RejectCode, RejectedError
from schemas.limits import beyond

_CHUNK = 1 << 20


class Received(NamedTuple):
    """A private copy of an input; ``sha256`` in hex, ``size_bytes`` of the copy."""

    path: Path
    sha256: str
    size_bytes: int


class ChangedError(RejectedError):
    """The input was written to while it was copied; a little later it may be whole."""

    def __init__(self) -> None:
        super().__init__(RejectCode.UNREADABLE, "Файл менялся во время чтения: дождитесь, пока его допишут, и повторите команду.")


class Incoming:
    """A run's own folder below ``root``, held by a lock; folders of runs that were killed are removed.

    The lock, not the process id, tells who lives: ids come round again.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / f"{os.getpid()}-{os.urandom(4).hex()}"
        self._lock: BinaryIO | None = None
        self._count = 0

    def __enter__(self) -> "Incoming":
        try:
            self.folder.mkdir(parents=True)
            self._lock = (self.folder / "lock").open("wb")
        except OSError as error:
            if error.errno in NO_ROOM:
                raise
            folder = self.root.parent
            raise DatabaseError(
                f"В хранилище исходных файлов {folder} нельзя писать. Дайте право записи или укажите --originals"
            ) from error
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._remove_dead()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._lock
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.close()
        try:
            self.root.rmdir()
        except OSError:
            return  # another run is at work

    def receive(self, path: Path, limit_of: Callable[[bytes], tuple[str, int]]) -> Received:
        """Copy and hash an input once, without following a link.

        Args:
            path: the input.
            limit_of: from the first bytes of a file to the limit that holds for it, by name and in MiB.

        Raises:
            RejectedError: not a regular file, unreadable, empty, or too big; `ChangedError`: try again later.
            OSError: the copy cannot be written.
        """
        source, before = _open_regular(path)
        with source:
            self._count += 1
            target = self.folder / str(self._count)
            try:
                received = _copy(source, target, limit_of)
                _check_unchanged(source, before, received.size_bytes)
            except BaseException:
                target.unlink(missing_ok=True)
                raise
        return received

    def discard(self, received: Received) -> None:
        """Throw a received copy away."""
        received.path.unlink(missing_ok=True)

    def _remove_dead(self) -> None:
        for folder in abandoned_folders(self.root):
            shutil.rmtree(folder, ignore_errors=True)


def abandoned_folders(root: Path) -> Iterator[Path]:
    """Folders of runs that were killed: nobody holds their lock. While one is yielded its lock is held."""
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        try:
            with (folder / "lock").open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield folder
        except OSError:
            continue  # alive, or only just made


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


def _copy(source: BinaryIO, target: Path, limit_of: Callable[[bytes], tuple[str, int]]) -> Received:
    digest, size, limit = hashlib.sha256(), 0, None
    with target.open("wb") as copy:
        while chunk := _read(source):
            size += len(chunk)
            name, megabytes = limit = limit or limit_of(chunk)
            if size > megabytes << 20:
                raise beyond(RejectCode.TOO_BIG, f"Файл больше {megabytes} МиБ: приказы такими не бывают, разделите его", name)
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    if not size:
        raise RejectedError(RejectCode.EMPTY, "Файл пуст (0 байт): проверьте, что он скачан или скопирован до конца.")
    return Received(target, digest.hexdigest(), size)


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(_CHUNK)
    except OSError as error:
        raise _unreadable(error) from error


def _check_unchanged(source: BinaryIO, before: os.stat_result, size: int) -> None:
    after = os.fstat(source.fileno())
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns) or size != after.st_size:
        raise ChangedError


def _unreadable(error: Exception) -> RejectedError:
    reason = "файла нет" if isinstance(error, FileNotFoundError) else "нет доступа или сбой чтения"
    return RejectedError(RejectCode.UNREADABLE, f"Файл не читается ({reason}): проверьте, что он на месте и доступен.")
