"""Reading one file so that whatever happens is a value."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from schemas.contract import Document
from schemas.errors import NO_ROOM, RejectCode, RejectedError

ReadFile = Callable[[Path, str], Document]
"""Reads the file at a path into a document under a file name; raises `RejectedError`."""

DEFAULT_READER = "pipeline.run:process_file"


class Member(NamedTuple):
    """A file of an archive: unpacked to ``path``, or refused with ``code`` and ``message``. ``name``: as in the archive."""

    name: str
    path: str | None = None
    code: str | None = None
    message: str | None = None


class Reading(NamedTuple):
    """What came of reading a file: a document, or why there is none. ``status``: ``rejected`` or ``failed`` then.

    ``members`` of an archive, which is read by reading them. ``seconds`` of the clock, ``peak_mb`` of resident memory in MiB.
    """

    document: Document | None = None
    status: str = "failed"
    code: str | None = None
    message: str | None = None
    seconds: float | None = None
    peak_mb: float | None = None
    members: tuple[Member, ...] = ()


def refused(code: RejectCode, message: str) -> Reading:
    """The reading of a file that cannot be taken."""
    return Reading(None, "rejected", code.value, message)


NO_ROOM_LEFT = Reading(status="no_room")
"""The disk is full, which says nothing about the file: the run stops and goes on with it later."""

OUT_OF_MEMORY = refused(RejectCode.MEMORY, "Файлу не хватило отведённой памяти: разделите его или увеличьте предел PRIKAZ_MEMORY_MB.")


def read_safely(read: ReadFile, path: Path, name: str) -> Reading:
    """Read a file; a refusal or a fault of ours becomes a value."""
    return safely(lambda: Reading(read(path, name)))


def safely(read: Callable[[], Reading]) -> Reading:
    """What reading comes to, with the seconds it took; whatever a file does to us, the next one is read."""
    began = time.perf_counter()
    try:
        reading = read()
    except Exception as error:
        reading = _came_of(error)
    return reading._replace(seconds=round(time.perf_counter() - began, 3))


def _came_of(error: Exception) -> Reading:
    if isinstance(error, RejectedError):
        return refused(error.code, error.message)
    if isinstance(error, MemoryError):
        return OUT_OF_MEMORY
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return NO_ROOM_LEFT
    return Reading(message=f"Сбой программы ({type(error).__name__}: {error}). Сообщите о нём разработчикам.")
