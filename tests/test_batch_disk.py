"""A full disk ends the run with exit code 4, wherever it fills; nothing is lost, and the run goes on when there is room."""

import errno
import json
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline import cli_import
from pipeline.cli import run
from storage.incoming import Incoming
from tests.test_chaos import LAUNCH, calm, export, litter, place, undisturbed  # noqa: F401 - fixtures


def test_a_full_disk_is_said_and_the_run_goes_on_later(
    undisturbed: bytes,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(cli_import, "READER", "tests.fake_reader:read")
    receive, calls = Incoming.receive, []

    def full(self: Incoming, path: Path, limit: object) -> object:
        calls.append(path)
        if len(calls) > 4:
            raise OSError(errno.ENOSPC, "No space left on device")
        return receive(self, path, limit)  # type: ignore[arg-type]

    monkeypatch.setattr(Incoming, "receive", full)
    assert run(["import", "in"]) == 4
    assert "На диске нет места" in capfd.readouterr().err
    monkeypatch.setattr(Incoming, "receive", receive)
    assert run(["import", "in"]) == 1
    assert export() == undisturbed
    assert litter() == []


def database() -> None:
    """Forty files of 20 KB on 600 KiB: the originals and the tables grow."""
    for number in range(40):
        Path("in", f"big{number}.docx").write_text(f"order {number} " + "x" * 20_000)


def worker() -> None:
    """A reader that writes 3 MiB into its temporary folder, as LibreOffice would."""
    Path("in", "5.docx").write_text("fill 3")


def unpacking() -> None:
    """An archive that does not fit when it is unpacked."""
    with zipfile.ZipFile(Path("in", "5.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.docx", b"order " + bytes(3 << 20))


@pytest.mark.parametrize("fill", [database, worker, unpacking])
def test_a_really_full_disk(undisturbed: bytes, fill: object) -> None:  # noqa: F811
    """On a file system of 600 KiB, where the machine lets us make one; then there is more room."""
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("this machine lets nobody mount")  # no package gives leave: a fault is injected above
    fill()  # type: ignore[operator]
    Path("small").mkdir()
    command = f"{shlex.quote(sys.executable)} -c {shlex.quote(LAUNCH)}"
    place_of = "--db sqlite:///small/x.db --originals small/o"
    steps = [
        "mount -t tmpfs -o size=600k none small",
        f"{command} import in {place_of} --report r1.json; echo first $?",
        "test -d small/o/.incoming && echo litter",
        "mount -o remount,size=64m small",
        f"{command} verify {place_of}; echo verify $?",
        f"{command} import in {place_of} --report r2.json; echo second $?",
        f"{command} verify {place_of}; echo verify $?",
    ]
    done = subprocess.run(["unshare", "-rm", "sh", "-c", "\n".join(steps)], capture_output=True, text=True, check=False)
    said = [line for line in done.stdout.splitlines() if line.startswith(("first", "second", "litter", "verify"))]
    assert (said[0], said[-2:]) == ("first 4", ["second 1", "verify 0"])
    assert "litter" not in said
    assert "На диске нет места" in done.stderr
    met = [[row["path"] for row in json.loads(Path(name).read_text(encoding="utf-8"))] for name in ("r1.json", "r2.json")]
    inputs = {str(path.absolute()) for path in Path("in").iterdir()}
    assert inputs <= set(met[0])
    assert inputs <= set(met[1])
    assert len(met[1]) == len(set(met[1]))
