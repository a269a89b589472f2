"""Archives: each member as a file of its own, with its name as a Russian Windows wrote it."""

import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from extractors.reading.detect import MediaType, encrypted, examine_file
from extractors.reading.leftovers import is_leftover
from extractors.reading.zips import CountedBytes, check_directory, damage_refused, read_counted
from schemas.errors import RejectCode, RejectedError
from schemas.limits import beyond, present_limits

_UTF8_NAME = 0x800
_UNICODE_PATH = 0x7075


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A member: unpacked to ``path``, or refused with ``error``.

    ``name``: as in the archive, behind the names of the archives it lies in («2020.zip/приказы/5.docx»).
    """

    name: str
    path: Path | None = None
    error: RejectedError | None = None


@dataclass(slots=True)
class _Room:
    """Where members are unpacked, and how much may still come: of the archives inside too."""

    folder: Path
    bytes: CountedBytes
    count: int = 0


def archive_members(path: Path, folder: Path) -> Iterator[ArchiveMember]:
    """Unpack an archive one member at a time; one bad member never stops the others.

    Args:
        path: a zip (`detect.MediaType.ZIP`).
        folder: an empty folder of the caller's; what is unpacked stays there until the caller deletes it. A member's
            path is a number with the member's suffix: no name of an archive ever reaches the file system.

    Raises:
        RejectedError: the archive itself is damaged or beyond the limits.
    """
    yield from _members(path, "", 1, _Room(folder, CountedBytes("Архив")))


def _members(path: Path, prefix: str, depth: int, room: _Room) -> Iterator[ArchiveMember]:
    with damage_refused("Архив повреждён или скачан не до конца: скачайте или создайте его заново."):
        archive = zipfile.ZipFile(path)
    with archive:
        check_directory(archive, "Архив", member_name)
        for info in archive.infolist():
            name = member_name(info)
            if info.is_dir() or is_leftover(name):
                continue
            yield from _member(archive, info, prefix + name, depth, room)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int, room: _Room) -> Iterator[ArchiveMember]:
    limits = present_limits()
    room.count += 1
    if room.count > limits.max_members:
        raise beyond(RejectCode.BOMB, f"В архиве больше {limits.max_members} файлов: разделите его", "max_members")
    try:
        target = _unpack(archive, info, name, room)
        if _is_archive(target):
            if depth == limits.max_depth:
                words = f"Архив вложен глубже {depth} уровней: распакуйте его и передайте сами документы"
                raise beyond(RejectCode.UNKNOWN_TYPE, words, "max_depth")
            yield from _members(target, f"{name}/", depth + 1, room)
            return
    except RejectedError as error:
        if error.code is RejectCode.BOMB:
            raise
        yield ArchiveMember(name, error=error)
        return
    yield ArchiveMember(name, target)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, room: _Room) -> Path:
    if info.flag_bits & 1:
        raise encrypted()
    target = room.folder / f"{room.count:05d}{_suffix(name)}"
    with target.open("wb") as sink, damage_refused("Файл в архиве повреждён: создайте архив заново."):
        for piece in read_counted(archive, info, room.bytes):
            sink.write(piece)
    return target


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ""


def _is_archive(path: Path) -> bool:
    """By content; whatever else is wrong with the member is said when it is read."""
    try:
        return examine_file(path).media_type == MediaType.ZIP
    except RejectedError:
        return False


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name with forward slashes, without a leading one.

    Without the UTF-8 flag the bytes are the code page of the machine that packed: cp866 in Russian Windows,
    cp1251 or bare UTF-8 from some programs.
    """
    name = _unicode_path(info.extra)
    if name is None:
        name = info.orig_filename if info.flag_bits & _UTF8_NAME else _decoded(info.orig_filename)
    return name.partition("\0")[0].replace("\\", "/").lstrip("/") or "без имени"


def _decoded(name: str) -> str:
    try:
        raw = name.encode("cp437")  # what zipfile took the bytes for
    except UnicodeEncodeError:
        return name
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return max((raw.decode(page, "replace") for page in ("cp866", "cp1251")), key=_russian_letters)


def _russian_letters(name: str) -> int:
    return sum("а" <= c <= "я" or c in "ёЁ" or "А" <= c <= "Я" for c in name)


def _unicode_path(extra: bytes) -> str | None:
    """The name from the Info-ZIP Unicode Path field: id, size, version (1 byte), CRC (4 bytes), UTF-8."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return None
