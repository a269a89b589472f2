"""Old formats (``.doc``, ``.rtf``, ``.odt``) through headless LibreOffice to DOCX, then the DOCX reader.

To DOCX and never to text: LibreOffice's text export keeps what was deleted and loses the tables.
"""

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from extractors.reading.detect import WORD_TYPES, MediaType, SourceFile, examine_file
from extractors.reading.doc_ending import close_last_table
from extractors.reading.docx import read_docx
from extractors.reading.docx.xml import refuse_dtd
from extractors.reading.rtf_numbers import spell_out_letters
from extractors.reading.zips import CountedBytes, check_directory, damage_refused, read_counted
from schemas.errors import RejectCode, RejectedError
from schemas.limits import beyond, present_limits
from schemas.source import SourceDocument

INSTALL_COMMAND = "apt-get install -y --no-install-recommends libreoffice-writer"
_SHARE = 5 / 6
"""Of the time that the batch allows a file, so that the message can say who was slow; a plain order takes 3–6 s."""
_FREE = 32 << 20
"""Bytes that LibreOffice needs on the disk: a profile and the result. It does not say when there are fewer."""
_ATTEMPTS = 2
"""LibreOffice ends without a file and without an error now and then (6 of 110): a second, fresh start often succeeds."""
_SUFFIX = {MediaType.DOC: ".doc", MediaType.RTF: ".rtf", MediaType.ODT: ".odt"}
_MENDED = {MediaType.DOC: close_last_table, MediaType.RTF: spell_out_letters}
"""What LibreOffice would read wrongly is put right before."""
_OUTPUT = "docx:MS Word 2007 XML"
_MEMORY = 6 << 20
"""KiB of address space: the limit of a worker of the batch (for Python) would stop LibreOffice from starting."""
_BOUNDED = ("/bin/sh", "-c", f'ulimit -S -v {_MEMORY} 2>/dev/null || ulimit -S -v "$(ulimit -H -v)"; exec "$@"', "sh")


def find_soffice() -> str | None:
    """Where LibreOffice is, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def read_legacy(source: SourceFile, *, timeout: float | None = None) -> SourceDocument:
    """Read an old word-processor file; the result names the original, not the conversion.

    Args:
        source: a file of one of `detect.LEGACY_TYPES`.
        timeout: seconds for LibreOffice, a second start included.

    Raises:
        RejectedError: LibreOffice is missing, took too long, or made no Word file of it; or the file is a bomb.
        OSError: there is no room left on the disk.
    """
    soffice = find_soffice()
    if soffice is None:
        message = f"Старый формат читается через LibreOffice, а её нет: установите её («{INSTALL_COMMAND}») либо сохраните файл как DOCX."
        raise RejectedError(RejectCode.NEEDS_LIBREOFFICE, message)
    if source.media_type == MediaType.ODT:
        _check_package(source.path)
    timeout = timeout or present_limits().seconds * _SHARE
    with tempfile.TemporaryDirectory(prefix="prikaz-") as folder:
        converted = _convert(soffice, source, Path(folder), timeout)
        return read_docx(replace(source, path=converted))


def _check_package(path: Path) -> None:
    """LibreOffice would inflate whatever it is given and follow what a DTD says; pictures are not looked at."""
    room = CountedBytes("Документ")
    message = "Документ повреждён: откройте его в исходной программе и сохраните заново."
    with damage_refused(message), zipfile.ZipFile(path) as package:
        check_directory(package, "Документ", lambda info: info.filename)
        for info in package.infolist():
            if info.filename.endswith(".xml"):
                refuse_dtd(b"".join(read_counted(package, info, room)))


def _convert(soffice: str, source: SourceFile, folder: Path, timeout: float) -> Path:
    deadline = time.monotonic() + timeout
    for attempt in range(_ATTEMPTS):
        room = folder / str(attempt)
        room.mkdir()
        _run(_command(soffice, source, room), room, deadline, timeout)
        result = _checked(room / "out" / "in.docx")
        if result is not None:
            return result
    if shutil.disk_usage(folder).free < _FREE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    message = "LibreOffice не смогла преобразовать файл: откройте его в Word и сохраните как DOCX."
    raise RejectedError(RejectCode.CORRUPT, message)


def _command(soffice: str, source: SourceFile, room: Path) -> list[str]:
    """The call, in a room of its own: two runs on one profile would send one of them away."""
    # A name of our own: the file's might begin with a dash or carry no suffix, by which LibreOffice picks the filter.
    given = room / f"in{_SUFFIX[MediaType(source.media_type)]}"
    shutil.copyfile(source.path, given)
    if mend := _MENDED.get(MediaType(source.media_type)):
        mend(given)
    profile = f"-env:UserInstallation={(room / 'profile').as_uri()}"
    options = ["--headless", "--norestore", "--nodefault", "--nologo", "--convert-to", _OUTPUT, "--outdir", str(room / "out")]
    return [*_BOUNDED, *_apart(), soffice, profile, *options, str(given)]


def _run(command: list[str], home: Path, deadline: float, timeout: float) -> None:
    """Run to the end or end it with everything that it started: ``soffice`` is a script that starts further processes."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(home), "SAL_USE_VCLPLUGIN": "svp"},
        process_group=None if _apart() else 0,  # in the session of the worker, which is ended as a whole
    )
    try:
        process.wait(max(deadline - time.monotonic(), 0.0))
    except subprocess.TimeoutExpired as error:
        words = f"LibreOffice не преобразовала файл за {timeout:.0f} с: откройте его в Word и сохраните как DOCX"
        raise beyond(RejectCode.TIMEOUT, words, "seconds") from error
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Also after a normal end and after Ctrl-C: a child may have outlived its script."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if _apart():
            process.kill()  # and with it the whole namespace
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _checked(result: Path) -> Path | None:
    """The result where it is there and is a Word file: LibreOffice reports success without one."""
    try:
        return result if examine_file(result).media_type in WORD_TYPES else None
    except RejectedError:
        return None


@cache
def _apart() -> tuple[str, ...]:
    """``unshare`` where the system allows it: without a network, because LibreOffice fetches linked pictures, and with process numbers
    of its own, so that whoever kills the call (or the batch's worker with its group) kills all that it started."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    command = (unshare, "-rnpf", "--kill-child=KILL")
    try:
        allowed = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if allowed else ()
