"""A worker: a process that reads files it is told to, one at a time, and may die without harm to anybody else.

Spoken line by line as JSON. In: ``{"path", "name", "seconds", "seconds_a_page"}``. Out: ``{"began": true}`` when it turns to the
file, ``{"budget": seconds, "pages": number}`` once it is known how many pages must be recognised, ``{"page": true}`` after each of them,
then ``{"reading": {…}}``. When the parent is gone (the input ends), the worker ends its whole session, so that no tesseract or
LibreOffice lives on.
"""

import faulthandler
import json
import os
import resource
import sys
import tempfile
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from extractors.reading.progress import told_of_pages
from pipeline.processes import kill_session
from pipeline.reading import Member, ReadFile, Reading, read_safely, refused, safely
from schemas.contract import Document
from schemas.errors import RejectCode

_GRACE = 30
"""Seconds after its limit when a worker that nobody stopped stops itself (its parent was killed)."""


def main() -> None:
    """Serve until the input ends. Arguments: the reader («module:function»), the memory limit in MiB."""
    reader, memory_mb = sys.argv[1], int(sys.argv[2])
    tempfile.tempdir = os.environ.get("TMPDIR")  # never another folder, also where this one has no room
    jobs: SimpleQueue[dict[str, Any]] = SimpleQueue()
    answers = _own_output()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, jobs), daemon=True).start()
    limit_memory(memory_mb)
    read = _reader(reader)
    while True:
        _serve(jobs.get(), read, answers)


def load_reader(name: str) -> ReadFile:
    """The function that «module:function» names."""
    module, function = name.split(":")
    found: ReadFile = getattr(import_module(module), function)
    return found


def _reader(name: str) -> ReadFile:
    try:
        return load_reader(name)
    except Exception as error:  # an installation that is broken: said with every file, not by dying without a word
        return _raiser(error)


def _raiser(error: Exception) -> ReadFile:
    def read(path: Path, name: str) -> Document:
        raise error

    return read


def limit_memory(mebibytes: int) -> None:
    """Bound the address space; no core dumps."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _own_output() -> BinaryIO:
    """Keep the pipe to the parent for answers; whatever a library prints goes to stderr."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _listen(orders: BinaryIO, jobs: "SimpleQueue[dict[str, Any]]") -> None:
    for line in orders:
        jobs.put(json.loads(line))
    kill_session(os.getsid(0))


def _serve(job: dict[str, Any], read: ReadFile, answers: BinaryIO) -> None:
    _answer(answers, {"began": True})
    path, seconds = Path(job["path"]), job["seconds"]
    faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=sys.stderr)
    if pages := _scanned_pages(path):
        seconds += pages * job["seconds_a_page"]
        faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=sys.stderr)
        _answer(answers, {"budget": seconds, "pages": pages})
    _forget_peak()
    with told_of_pages(lambda: _answer(answers, {"page": True})):
        reading = safely(lambda: _unpacked(path)) if _is_archive(path) else read_safely(read, path, job["name"])
    faulthandler.cancel_dump_traceback_later()
    document = reading.document.model_dump_json() if reading.document else None
    _answer(answers, {"reading": reading._replace(document=None, peak_mb=_peak_mb())._asdict(), "document": document})


def _unpacked(path: Path) -> Reading:
    """The members of an archive, unpacked beside it."""
    folder = path.with_name(f"{path.name}.members")
    folder.mkdir(exist_ok=True)
    members = import_module("extractors.reading.archive").archive_members(path, folder)
    found = tuple(_member(member) for member in members)
    return Reading(status="ok", members=found) if found else refused(RejectCode.EMPTY, "В архиве нет ни одного документа.")


def _is_archive(path: Path) -> bool:
    detect = import_module("extractors.reading.detect")
    try:
        return bool(detect.examine_file(path).media_type == detect.MediaType.ZIP)
    except Exception:  # a damaged file: the reader will say so
        return False


def _member(member: Any) -> Member:
    code = member.error.code.value if member.error else None
    return Member(member.name, os.fspath(member.path) if member.path else None, code, member.error.message if member.error else None)


def _answer(answers: BinaryIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message).encode() + b"\n")
    answers.flush()


def _scanned_pages(path: Path) -> int:
    counter: Callable[[Path], int] = import_module("extractors.reading.budget").pages_to_recognise
    try:
        return counter(path)
    except Exception:  # a damaged file: the reader will say so
        return 0


def _forget_peak() -> None:
    """Let the kernel measure the peak of this document, not of those before (Linux)."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def _peak_mb() -> float:
    """Most resident memory since `_forget_peak`, MiB."""
    status = Path("/proc/self/status").read_text()
    return round(next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024, 1)


if __name__ == "__main__":
    main()
