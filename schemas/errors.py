"""The error family. Messages are Russian sentences: what is wrong and what to do."""

import errno
from enum import StrEnum

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
"""Error numbers of a full disk or quota: no fault of the file that was being read."""


class RejectCode(StrEnum):
    """Why a file was not taken. Stable: reports and other tools rely on the words."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    NOT_REGULAR = "not_regular"
    UNREADABLE = "unreadable"
    UNKNOWN_TYPE = "unknown_type"
    TYPE_MISMATCH = "type_mismatch"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    BOMB = "bomb"
    DTD = "dtd"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    WORKER_DIED = "worker_died"
    NO_TEXT = "no_text"
    TOO_MANY_PAGES = "too_many_pages"
    NEEDS_TESSERACT = "needs_tesseract"
    NEEDS_LIBREOFFICE = "needs_libreoffice"


class PrikazError(Exception):
    """Base of all errors that a user may see; ``str(error)`` is a Russian sentence."""


class RejectedError(PrikazError):
    """The file cannot be taken. One file's `RejectedError` never stops a batch."""

    def __init__(self, code: RejectCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class UsageError(PrikazError):
    """The command line asks for something that cannot be done (exit code 2)."""


class DatabaseError(PrikazError):
    """The database cannot be opened, read or written (exit code 3)."""
