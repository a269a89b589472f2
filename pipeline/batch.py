"""Many files: each is received, read by a worker and stored on its own; what goes wrong with one never stops the others.

Workers read, one writer stores: this process.
"""

import time
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from pipeline.inputs import Input
from pipeline.pool import Done, OnPage, Pool, Task
from pipeline.reading import DEFAULT_READER, NO_ROOM_LEFT, Reading
from pipeline.settings import PROGRAM_VERSION, VERSIONS, Settings
from pipeline.summary import describe
from schemas.errors import DatabaseError, RejectedError
from storage.engine import DiskFullError, Engine, Session, session
from storage.files import FileResult, record_file
from storage.incoming import ChangedError, Incoming, Received
from storage.originals import Originals
from storage.runs import begin_run, end_run
from storage.save import add_name, extractor_of, save_document, status_of

_LATER_SECONDS = 1.0
"""How long to wait for a file that was being written; it is tried once more when all others are done."""


class Change(StrEnum):
    """What an input changed in the database."""

    NEW = "new"
    REREAD = "reread"
    NAMED = "named"  # bytes known before, under another name
    NONE = "none"
    NOT_TAKEN = "not_taken"


class Outcome(NamedTuple):
    """What became of one input. ``findings``: code → how many, of a document that was read now."""

    input: Input
    result: FileResult
    change: Change
    findings: tuple[str, ...] = ()


@dataclass
class Batch(AbstractContextManager["Batch"]):
    """One run: the database, the folder of originals, the workers. ``again``: read known files anew.

    ``command`` is what the table ``runs`` says of it; ``reader`` is «module:function» for the workers; ``on_page`` is told of each
    page that was recognised.
    """

    engine: Engine
    settings: Settings
    again: bool = False
    jobs: int = 1
    reader: str = DEFAULT_READER
    command: str = "import"
    on_page: OnPage | None = None
    _incoming: Incoming = field(init=False)
    _number: int = field(init=False)
    _counts: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        self.originals = Originals(self.settings.originals)

    def __enter__(self) -> "Batch":
        with session(self.engine, write=True) as opened:
            self._number = begin_run(opened, self.command, VERSIONS)
        self._counts = Counter()
        self._incoming = self.originals.incoming().__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._incoming.__exit__(kind, error, trace)
        if not isinstance(error, DatabaseError | OSError):  # then nothing can be written
            with session(self.engine, write=True) as opened:
                end_run(opened, self._number, self._counts)

    def run(self, inputs: Sequence[Input]) -> Generator[Outcome, None, None]:
        """Import the inputs; outcomes come as they are ready, each input exactly once."""
        with closing(self._outcomes(inputs)) as outcomes:
            for outcome in outcomes:
                self._counts[outcome.result.status] += 1
                yield outcome

    def _outcomes(self, inputs: Sequence[Input]) -> Generator[Outcome, None, None]:
        while inputs:
            desk = _Desk(self, inputs)
            pool = Pool(self.jobs, self.settings.limits, self._incoming.folder, self.reader, self.on_page)
            for done in pool.read_all(desk.tasks()):
                yield from desk.finished()
                if done is not None:
                    yield from self._settle(done, desk)
            yield from desk.finished()
            inputs = desk.members  # of archives: files of their own, now that they are unpacked

    def _settle(self, done: Done, desk: "_Desk") -> Iterator[Outcome]:
        item, received = done.task
        if done.reading.status == NO_ROOM_LEFT.status:
            raise DiskFullError
        if done.reading.members:
            yield self._opened(item, received, done.reading)
            for member in done.reading.members:
                inside = Input(Path(member.path or ""), named=False, label=f"{item.label or item.path}/{member.name}")
                if member.path:
                    desk.members.append(inside)
                else:
                    yield self._not_taken(inside, Reading(None, "rejected", member.code, member.message), None)
        else:
            yield self.store(item, received, done.reading)
        yield from desk.twins(done.task, done.reading)

    def _opened(self, item: Input, received: Received, reading: Reading) -> Outcome:
        """The outcome of an archive: its members follow."""
        self._incoming.discard(received)
        said = f"архив: файлов {len(reading.members)}"
        result = _result(item, received, "ok", said, None, reading)
        with session(self.engine, write=True) as opened:
            self._record(opened, item, result)
        return Outcome(item, result, Change.NEW)

    def receive(self, item: Input) -> Received | Outcome:
        """Copy and hash an input; an outcome where there is nothing left to do.

        Raises:
            ChangedError: it was being written to.
        """
        try:
            received = self._incoming.receive(item.path, self._limit_of)
        except ChangedError:
            raise
        except RejectedError as error:
            return self.refuse(item, error)
        if not self.again and (known := self.known(item, received)):
            return known
        return received

    def store(self, item: Input, received: Received, reading: Reading) -> Outcome:
        """Store what was read, or why nothing was; one transaction."""
        document = reading.document
        if document is None:
            return self._not_taken(item, reading, received)
        self.originals.keep(received)
        with session(self.engine, write=True) as opened:
            change = Change.REREAD if status_of(opened, document.id) else Change.NEW
            save_document(opened, document, PROGRAM_VERSION)
            status = status_of(opened, document.id) or document.status.value
            result = _result(item, received, status, describe(document), document.id, reading)
            self._record(opened, item, result)
        return Outcome(item, result, change, tuple(finding.code for finding in document.findings))

    def known(self, item: Input, received: Received) -> Outcome | None:
        """The outcome of a file whose bytes are in the database already; None where they are not."""
        document_id = f"sha256:{received.sha256}"
        with session(self.engine, write=True) as opened:
            status = status_of(opened, document_id)
            if status is None:
                return None
            change = Change.NAMED if add_name(opened, document_id, item.name) else Change.NONE
            said = _known_words(change, extractor_of(opened, document_id))
            result = _result(item, received, status, said, document_id, Reading())
            self._record(opened, item, result)
        self._incoming.discard(received)
        return Outcome(item, result, change)

    def refuse(self, item: Input, error: RejectedError) -> Outcome:
        """The outcome of a file that cannot even be received."""
        return self._not_taken(item, Reading(None, "rejected", error.code.value, error.message), None)

    def twin(self, item: Input, received: Received, reading: Reading) -> Outcome:
        """The outcome of a file with the same bytes as one that was read just now."""
        if reading.members:
            return self._opened(item, received, reading)
        if reading.document is not None and (known := self.known(item, received)):
            return known
        return self._not_taken(item, reading, received)

    def _record(self, opened: Session, item: Input, result: FileResult) -> None:
        if not item.kept:
            record_file(opened, result, VERSIONS, self._number)

    def _limit_of(self, head: bytes) -> tuple[str, int]:
        scan = b"%PDF-" in head[:1024] or head.startswith((b"II*\0", b"MM\0*"))
        name = "max_scan_mb" if scan else "max_mb"
        return name, getattr(self.settings.limits, name)

    def _not_taken(self, item: Input, reading: Reading, received: Received | None) -> Outcome:
        if received:
            self._incoming.discard(received)
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
            self._record(opened, item, result)
        return Outcome(item, result, Change.NOT_TAKEN)


class _Desk:
    """Receives inputs as workers become free, and remembers those that need no worker of their own."""

    def __init__(self, batch: Batch, inputs: Iterable[Input]) -> None:
        self.batch = batch
        self.inputs = inputs
        self.members: list[Input] = []
        self._finished: deque[Outcome] = deque()
        self._twins: dict[str, list[Task]] = {}

    def tasks(self) -> Iterator[Task | None]:
        """A task for every input that must be read; None where an input was done with at once."""
        later = []
        for item in self.inputs:
            try:
                yield self._task(item)
            except ChangedError:
                later.append(item)
        for item in later:
            time.sleep(_LATER_SECONDS)
            try:
                yield self._task(item)
            except ChangedError as error:
                self._finished.append(self.batch.refuse(item, error))
                yield None

    def finished(self) -> Iterator[Outcome]:
        """Outcomes that needed no worker."""
        while self._finished:
            yield self._finished.popleft()

    def twins(self, task: Task, reading: Reading) -> Iterator[Outcome]:
        """Outcomes of the files that have the same bytes."""
        for twin in self._twins.pop(task.received.sha256):
            yield self.batch.twin(twin.item, twin.received, reading)

    def _task(self, item: Input) -> Task | None:
        received = self.batch.receive(item)
        if isinstance(received, Outcome):
            self._finished.append(received)
            return None
        task = Task(item, received)
        if received.sha256 in self._twins:
            self._twins[received.sha256].append(task)
            return None
        self._twins[received.sha256] = []
        return task


def _known_words(change: Change, extractor: str | None) -> str:
    said = "тот же файл под другим именем: имя записано" if change is Change.NAMED else "уже в базе, ничего не изменилось"
    if extractor != PROGRAM_VERSION:
        said += f" (прочитан версией {extractor}; прочитать заново: prikaz outdated --again)"
    return said


def _result(item: Input, received: Received, status: str, message: str, document_id: str | None, reading: Reading) -> FileResult:
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
