"""Workers: every file is read in a process of its own group, under a clock and a memory limit, and killed when it breaks them."""

import json
import os
import resource
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.inputs import Input
from pipeline.processes import kill_session, largest_resident_mb
from pipeline.reading import OUT_OF_MEMORY, Member, Reading, refused
from schemas.contract import Document
from schemas.errors import RejectCode
from schemas.limits import Limits, as_environment
from storage.incoming import Received

_START = 60
"""Seconds that a new worker may take to load what it needs; the clock of a file begins after that."""

_TICK = 0.2
"""Seconds between looks at clocks and memory."""

_NEAR, _NEAR_ABORTED = 0.5, 0.2
"""Shares of the memory limit from which on a sudden death is laid to memory: libraries in C abort where Python raises,
and what they failed to get is often much more than they had."""

_ABORTED = (-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL)
"""How C libraries end a process of their own accord."""

_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}


OnPage = Callable[[Input, int, int], None]
"""Told of each page that was recognised: of which input, how many now, of how many."""


class Task(NamedTuple):
    """A received file to be read."""

    item: Input
    received: Received


class Done(NamedTuple):
    """A task and what came of it."""

    task: Task
    reading: Reading


@dataclass(slots=True)
class _Worker:
    """One process; ``deadline`` on the monotonic clock while it is busy."""

    process: "subprocess.Popen[bytes]"
    folder: Path
    task: Task | None = None
    began: float = 0.0
    deadline: float = 0.0
    peak_mb: float = 0.0
    documents: int = 0
    tries: int = 0
    pages: int = 0
    read_pages: int = 0
    buffer: bytearray = field(default_factory=bytearray)


class Pool:
    """Up to ``jobs`` workers; ``reader`` is «module:function», ``folder`` holds their temporary folders."""

    def __init__(self, jobs: int, limits: Limits, folder: Path, reader: str, on_page: OnPage | None = None) -> None:
        self.jobs, self.limits, self.folder, self.reader, self.on_page = jobs, limits, folder, reader, on_page
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._selector = selectors.DefaultSelector()
        self._started = 0

    def read_all(self, tasks: Iterable[Task | None]) -> Iterator[Done | None]:
        """Read every task; ``None`` among the tasks comes back as it is. Results come as they are ready."""
        waiting = iter(tasks)
        more = True
        try:
            while more or self._again or self._busy():
                while self._has_room() and (more or self._again):
                    task = self._again.popleft() if self._again else next(waiting, ...)
                    if task is ...:
                        more = False
                    elif task is None:
                        yield None
                    else:
                        self._give(task)
                yield from self._collect()
        finally:
            self.close()

    def close(self) -> None:
        """Kill every worker and what it started; remove their folders."""
        for worker in list(self._workers):
            self._end(worker)

    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.task]

    def _has_room(self) -> bool:
        return len(self._busy()) < self.jobs

    def _give(self, task: Task, tries: int = 0) -> None:
        worker = next((worker for worker in self._workers if not worker.task), None) or self._start()
        job = {
            "path": str(task.received.path),
            "name": task.item.name,
            "seconds": self.limits.seconds,
            "seconds_a_page": self.limits.seconds_a_page,
        }
        worker.task, worker.began, worker.peak_mb, worker.tries = task, time.monotonic(), 0.0, tries
        worker.deadline = worker.began + _START + self.limits.seconds
        assert worker.process.stdin
        try:
            worker.process.stdin.write(json.dumps(job).encode() + b"\n")
            worker.process.stdin.flush()
        except BrokenPipeError:
            return  # it died idle; the end of its output says so in a moment

    def _start(self) -> _Worker:
        self._started += 1
        folder = self.folder / f"worker-{self._started}"
        folder.mkdir(parents=True)
        command = [sys.executable, "-m", "pipeline.worker", self.reader, str(self.limits.memory_mb)]
        environment = os.environ | _ONE_THREAD | as_environment(self.limits) | {"TMPDIR": str(folder)}
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        worker = _Worker(process, folder)
        self._workers.append(worker)
        assert process.stdout
        os.set_blocking(process.stdout.fileno(), False)
        self._selector.register(process.stdout, selectors.EVENT_READ, worker)
        return worker

    def _end(self, worker: _Worker) -> None:
        """Kill the worker and all that it started, reap it, remove its folder."""
        self._workers.remove(worker)
        assert worker.process.stdout
        assert worker.process.stdin
        self._selector.unregister(worker.process.stdout)
        kill_session(worker.process.pid)
        _reap(worker)
        worker.process.stdout.close()
        with suppress(BrokenPipeError):
            worker.process.stdin.close()
        shutil.rmtree(worker.folder, ignore_errors=True)

    def _collect(self) -> Iterator[Done]:
        for key, _ in self._selector.select(_TICK):
            yield from self._hear(key.data)
        now = time.monotonic()
        for worker in self._busy():
            if reading := self._broken_limit(worker, now):
                yield self._finish(worker, reading)
                self._end(worker)

    def _hear(self, worker: _Worker) -> Iterator[Done]:
        assert worker.process.stdout
        data = worker.process.stdout.read(1 << 20)
        if data == b"":
            yield from self._bury(worker)
            return
        worker.buffer += data or b""
        while (end := worker.buffer.find(b"\n")) >= 0:
            line = bytes(worker.buffer[:end])
            del worker.buffer[: end + 1]
            yield from self._answer(worker, json.loads(line))

    def _answer(self, worker: _Worker, message: dict[str, Any]) -> Iterator[Done]:
        if "began" in message:
            worker.began = time.monotonic()
            worker.deadline = worker.began + self.limits.seconds
            return
        if "budget" in message:
            worker.deadline = worker.began + message["budget"]
            worker.pages, worker.read_pages = message["pages"], 0
            return
        if "page" in message:
            worker.read_pages += 1
            if self.on_page and worker.task:
                self.on_page(worker.task.item, worker.read_pages, max(worker.pages, worker.read_pages))
            return
        reading = Reading(**message["reading"])
        reading = reading._replace(members=tuple(Member(*member) for member in reading.members))
        if message["document"] is not None:
            reading = _validated(reading, message["document"])
        yield self._finish(worker, reading)
        worker.documents += 1
        if worker.documents >= self.limits.recycle:
            self._end(worker)

    def _finish(self, worker: _Worker, reading: Reading) -> Done:
        assert worker.task
        task, worker.task = worker.task, None
        peak = max(worker.peak_mb, reading.peak_mb or 0.0)
        seconds = reading.seconds if reading.seconds is not None else round(time.monotonic() - worker.began, 3)
        return Done(task, reading._replace(peak_mb=round(peak, 1), seconds=seconds))

    def _bury(self, worker: _Worker) -> Iterator[Done]:
        """The worker is gone. What it was reading is tried once more: the fault may not have been the file's."""
        self._end(worker)
        near = _NEAR_ABORTED if worker.process.returncode in _ABORTED else _NEAR
        near_limit = worker.peak_mb > near * self.limits.memory_mb
        if worker.task and (worker.tries or near_limit):
            yield self._finish(worker, OUT_OF_MEMORY if near_limit else _DIED)
        elif worker.task:
            self._give(worker.task, worker.tries + 1)

    def _broken_limit(self, worker: _Worker, now: float) -> Reading | None:
        worker.peak_mb = max(worker.peak_mb, largest_resident_mb(worker.process.pid))
        if worker.peak_mb > self.limits.memory_mb:
            return OUT_OF_MEMORY
        if now > worker.deadline:
            limit = round(worker.deadline - worker.began)
            return refused(RejectCode.TIMEOUT, f"Файл не прочитан за {limit} с: разделите его или увеличьте предел PRIKAZ_SECONDS.")
        return None


def _reap(worker: _Worker) -> None:
    """Wait for the process; the kernel knows its peak of memory better than looks at it from time to time.

    A process inherits the peak of the one that started it: what does not exceed ours may be ours.
    """
    _, status, usage = os.wait4(worker.process.pid, 0)
    worker.process.returncode = os.waitstatus_to_exitcode(status)
    if usage.ru_maxrss > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss:
        worker.peak_mb = max(worker.peak_mb, usage.ru_maxrss / 1024)


_DIED = refused(RejectCode.WORKER_DIED, "Программа чтения дважды упала на этом файле: пересохраните его в исходной программе.")


def _validated(reading: Reading, text: str) -> Reading:
    try:
        return reading._replace(document=Document.model_validate_json(text))
    except ValueError as error:
        return reading._replace(message=f"Сбой программы: запись не прошла проверку ({error}). Сообщите о нём разработчикам.")
