"""Many files: each is received, read and stored on its own; what goes wrong with one never stops the others."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from pipeline.inputs import Input
from pipeline.settings import PROGRAM_VERSION, VERSIONS, Settings
from pipeline.summary import describe
from schemas.contract import Document
from schemas.errors import RejectedError
from storage.engine import Engine, session
from storage.files import FileResult, record_file
from storage.originals import Originals, Received
from storage.save import add_name, save_document, status_of

ReadFile = Callable[[Path, str], Document]
"""Reads the file at a path into a document under a file name; raises `RejectedError`."""


class Change(StrEnum):
    """What an input changed in the database."""

    NEW = "new"
    REREAD = "reread"
    NAMED = "named"  # bytes known before, under another name
    NONE = "none"
    NOT_TAKEN = "not_taken"


class Outcome(NamedTuple):
    """What became of one input."""

    input: Input
    result: FileResult
    change: Change


class Reading(NamedTuple):
    """What came of reading a file: a document, or why there is none. ``status``: ``rejected`` or ``failed`` then."""

    document: Document | None = None
    status: str = "failed"
    code: str | None = None
    message: str | None = None
    seconds: float | None = None
    peak_mb: float | None = None


def read_safely(read: ReadFile, path: Path, name: str) -> Reading:
    """Read a file; a refusal or a fault of ours becomes a value."""
    began = time.perf_counter()
    try:
        return Reading(read(path, name), seconds=_since(began))
    except RejectedError as error:
        return Reading(None, "rejected", error.code.value, error.message, _since(began))
    except Exception as error:  # whatever a file does to us, the next one is read
        return Reading(
            None, "failed", None, f"Сбой программы ({type(error).__name__}: {error}). Сообщите о нём разработчикам.", _since(began)
        )


def _since(began: float) -> float:
    return round(time.perf_counter() - began, 3)


@dataclass(frozen=True, slots=True)
class Batch:
    """The database and the folder of originals that files are imported into. ``again``: read known files anew."""

    engine: Engine
    settings: Settings
    again: bool = False

    @property
    def originals(self) -> Originals:
        """The folder of originals."""
        return Originals(self.settings.originals)

    def run(self, inputs: Iterable[Input], read: ReadFile) -> Iterator[Outcome]:
        """Import the inputs one by one."""
        for item in inputs:
            received = self.receive(item)
            if isinstance(received, Outcome):
                yield received
            else:
                yield self.store(item, received, read_safely(read, received.path, item.name))

    def receive(self, item: Input) -> Received | Outcome:
        """Copy and hash an input; an outcome where there is nothing left to do."""
        try:
            received = self.originals.receive(item.path, self.settings.max_bytes)
        except RejectedError as error:
            return self._not_taken(item, Reading(None, "rejected", error.code.value, error.message), None)
        if not self.again and (known := self._known(item, received)):
            self.originals.discard(received)
            return known
        return received

    def store(self, item: Input, received: Received, reading: Reading) -> Outcome:
        """Store what was read, or why nothing was; one transaction."""
        document = reading.document
        if document is None:
            self.originals.discard(received)
            return self._not_taken(item, reading, received)
        self.originals.keep(received)
        with session(self.engine, write=True) as opened:
            change = Change.REREAD if status_of(opened, document.id) else Change.NEW
            save_document(opened, document, PROGRAM_VERSION)
            result = _result(item, received, document.status.value, describe(document), document.id, reading)
            record_file(opened, result, VERSIONS)
        return Outcome(item, result, change)

    def _known(self, item: Input, received: Received) -> Outcome | None:
        document_id = f"sha256:{received.sha256}"
        with session(self.engine, write=True) as opened:
            status = status_of(opened, document_id)
            if status is None:
                return None
            change = Change.NAMED if add_name(opened, document_id, item.name) else Change.NONE
            said = "тот же файл под другим именем: имя записано" if change is Change.NAMED else "уже в базе, ничего не изменилось"
            result = _result(item, received, status, said, document_id, Reading())
            record_file(opened, result, VERSIONS)
        return Outcome(item, result, change)

    def _not_taken(self, item: Input, reading: Reading, received: Received | None) -> Outcome:
        result = FileResult(
            path=item.shown,
            status=reading.status,
            sha256=received.sha256 if received else None,
            size_bytes=received.size_bytes if received else None,
            code=reading.code,
            message=reading.message,
            seconds=reading.seconds,
            peak_mb=reading.peak_mb,
        )
        with session(self.engine, write=True) as opened:
            record_file(opened, result, VERSIONS)
        return Outcome(item, result, Change.NOT_TAKEN)


def _result(item: Input, received: Received, status: str, message: str, document_id: str, reading: Reading) -> FileResult:
    return FileResult(
        path=item.shown,
        status=status,
        sha256=received.sha256,
        size_bytes=received.size_bytes,
        message=message,
        document_id=document_id,
        seconds=reading.seconds,
        peak_mb=reading.peak_mb,
    )
