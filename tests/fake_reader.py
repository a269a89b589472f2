"""Readers for tests of the batch: a file says in its words what is to happen to it."""

import ctypes
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from schemas.contract import Document
from schemas.errors import RejectCode, RejectedError
from tests.documents import in_review, sample


def read(path: Path, name: str) -> Document:
    """An order, or what the first word says."""
    content = path.read_bytes()
    words = content.split() or [b""]
    _obey(words)
    sha = hashlib.sha256(content).hexdigest()
    base = in_review() if words[0] == b"doubt" else sample()
    source = base.source.model_copy(update={"sha256": sha, "file_name": name, "names": [name], "size_bytes": len(content)})
    return base.model_copy(update={"id": f"sha256:{sha}", "source": source})


def read_eighteen(path: Path, name: str) -> Document:
    """As `read`, but every order is number 18: another version of the program."""
    return read(path, name).model_copy(update={"number": "18"})


def _obey(words: list[bytes]) -> None:
    match words[0]:
        case b"bad":
            raise RejectedError(RejectCode.CORRUPT, "Файл повреждён: попросите прислать его ещё раз.")
        case b"text":
            raise RejectedError(RejectCode.UNKNOWN_TYPE, "Это не документ.")
        case b"bug":
            raise ZeroDivisionError("division by zero")
        case b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"crash":
            ctypes.string_at(0)
        case b"exit":
            os._exit(3)
        case b"hang":
            subprocess.Popen([sys.executable, "-c", f"import time; time.sleep(600)  # {words[1].decode()}"])
            time.sleep(600)
        case b"child":
            subprocess.Popen([sys.executable, "-c", f"import time; time.sleep(600)  # {words[1].decode()}"], process_group=0)
            time.sleep(600)
        case b"fill":
            _fill(int(words[1]))
        case b"slow":
            time.sleep(float(words[1]))
        case b"print":
            print("to stdout, where answers go")  # noqa: T201
        case b"grow":
            _grow()
        case b"gigabytes":
            bytearray(8 << 30)
        case b"litter":
            Path(os.environ["TMPDIR"], "litter").write_text("left behind")
        case _:
            return


def _fill(mebibytes: int) -> None:
    """As LibreOffice does with its profile: so much in the temporary folder."""
    with Path(os.environ["TMPDIR"], "much").open("wb") as much:
        for _ in range(mebibytes):
            much.write(bytes(1 << 20))


def _grow() -> None:
    heap = []
    while True:
        heap.append(bytearray(16 << 20))
        time.sleep(0.01)
