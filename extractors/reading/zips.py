"""Zip files from strangers: their directory is checked before anything is unpacked, and what comes out is counted."""

import errno
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from schemas.errors import RejectCode, RejectedError
from schemas.limits import beyond, present_limits

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What `zipfile` raises on damage, on unknown methods and on a password."""
_HEADER = 30
"""Bytes of a local header without its name and extra field."""


@contextmanager
def damage_refused(message: str) -> Iterator[None]:
    """Within, damage that `zipfile` meets is a refusal; so is a seek to before the file's beginning.

    Raises:
        RejectedError: `corrupt`, with ``message``.
    """
    try:
        yield
    except _BROKEN as error:
        raise RejectedError(RejectCode.CORRUPT, message) from error
    except OSError as error:
        if error.errno == errno.EINVAL:
            raise RejectedError(RejectCode.CORRUPT, message) from error
        raise


class CountedBytes:
    """How many bytes may still come out of a zip; ``what`` names it in the refusal («Архив»)."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.megabytes = present_limits().max_inflated_mb
        self.left = self.megabytes << 20

    def take(self, count: int) -> None:
        """Note so many bytes.

        Raises:
            RejectedError: `bomb`.
        """
        self.left -= count
        if self.left < 0:
            words = f"{self.what} при распаковке больше {self.megabytes} МиБ, похоже на zip-бомбу: разделите его"
            raise beyond(RejectCode.BOMB, words, "max_inflated_mb")


def check_directory(archive: zipfile.ZipFile, what: str, name_of: Callable[[zipfile.ZipInfo], str]) -> None:
    """Refuse what no honest program writes; nothing is unpacked for it.

    Raises:
        RejectedError: `bomb` (too many members, or two on the same bytes) or `corrupt` (two under one name).
    """
    infos = archive.infolist()
    limit = present_limits().max_members
    if len(infos) > limit:
        raise beyond(RejectCode.BOMB, f"{what}: внутри больше {limit} файлов, похоже на zip-бомбу. Разделите его", "max_members")
    if _overlap(archive, infos):
        raise RejectedError(RejectCode.BOMB, f"{what}: файлы внутри лежат друг на друге, это zip-бомба. Файл не читается.")
    names = [name_of(info) for info in infos if not info.is_dir()]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise RejectedError(RejectCode.CORRUPT, f"{what}: внутри два файла с одним именем ({twice}). Создайте его заново.")


def _overlap(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> bool:
    """Does the data of one member reach into the next one or into the directory?"""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    starts = [*(info.header_offset for info in ordered), archive.start_dir]
    ends = [info.header_offset + _HEADER + len(info.orig_filename) + info.compress_size for info in ordered]
    return any(end > after for end, (_, after) in zip(ends, pairwise(starts), strict=True))


def read_counted(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: CountedBytes) -> Iterator[bytes]:
    """The bytes of a member piece by piece, counted as they come: the sizes that a zip states may lie.

    Raises:
        RejectedError: `bomb`.
        zipfile.BadZipFile: or whatever else `damage_refused` knows.
    """
    with archive.open(info) as stream:
        while piece := stream.read(1 << 20):
            room.take(len(piece))
            yield piece
