"""Reading one file so that whatever happens is a value."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from schemas.contract import Document
from schemas.errors import RejectCode, RejectedError

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


OUT_OF_MEMORY = refused(RejectCode.MEMORY, "Файлу не хватило отведённой памяти: разделите его или увеличьте предел PRIKAZ_MEMORY_MB.")


def read_safely(read: ReadFile, path: Path, name: str) -> Reading:
    """Read a file; a refusal or a fault of ours becomes a value."""
    began = time.perf_counter()
    try:
        reading = Reading(read(path, name))
    except RejectedError as error:
        reading = refused(error.code, error.message)
    except MemoryError:
        reading = OUT_OF_MEMORY
    except Exception as error:  # whatever a file does to us, the next one is read
        reading = Reading(message=f"Сбой программы ({type(error).__name__}: {error}). Сообщите о нём разработчикам.")
    return reading._replace(seconds=round(time.perf_counter() - began, 3))
