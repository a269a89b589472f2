"""SIGINT, SIGTERM and SIGHUP: the run ends soon in whatever phase it is, leaves nobody and nothing behind, and goes on later."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.figures import tell
from tests.processes import gone, left_behind
from tests.test_chaos import FILES, LONG, calm, export, finish, lines, litter, place, start, undisturbed  # noqa: F401 - fixtures

SECONDS = 5
"""How long a stop may take: told as a figure, and a must of `make chaos` only, so that no test fails on a busy machine."""
_SLOWEST = [0.0]


def check_stopped(process: "subprocess.Popen[str]", asked: float) -> None:
    _SLOWEST.append(time.monotonic() - asked)
    tell("slowest stop", f"{max(_SLOWEST):.1f} s", f"{SECONDS} s")
    assert process.returncode == 130
    assert not LONG or max(_SLOWEST) < SECONDS
    assert gone(Path.cwd())
    assert litter() == []


MOMENTS = [("SIGINT", "given", 4), ("SIGTERM", "saved", 6), ("SIGHUP", "shown", 1)]
if LONG:
    MOMENTS += [("SIGINT", "received", 30), ("SIGTERM", "kept", 20), ("SIGINT", "recorded", 9)]


@pytest.mark.parametrize(("name", "moment", "number"), MOMENTS)
def test_a_run_that_is_stopped_goes_on(undisturbed: bytes, name: str, moment: str, number: int) -> None:  # noqa: F811
    with start("--report", "r.json", launch=("-m", "tests.kill_at", f"{name}:{moment}:{number}")) as process:
        _, said = process.communicate(timeout=120)
    check_stopped(process, float(next(line for line in said.splitlines() if line.startswith("asked at")).split()[2]))
    rows = json.loads(Path("r.json").read_text(encoding="utf-8"))
    assert [Path(row["path"]).name for row in rows] == [f"{n:02}.docx" for n in range(FILES)]
    assert {row["status"] for row in rows} <= {"ok", "review", "rejected", "not_reached"}
    assert finish() == 1
    assert export() == undisturbed


@pytest.mark.parametrize("word", ["hang", "child"])
def test_what_a_worker_started_is_stopped_with_it(place: Path, word: str) -> None:  # noqa: F811
    """A child in the group of the worker, and one in a group of its own."""
    for file in (place / "in").iterdir():
        file.write_text(f"{word} mark {file.name}")
    with start() as process:
        wait_for(lambda: any("time.sleep(600)" in command for command in left_behind(place)))
        process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        process.communicate(timeout=120)
    check_stopped(process, asked)


FAKE_OFFICE = """#!/bin/sh
touch {folder}/started
setsid sleep 600 &
sleep 600
"""


@pytest.mark.parametrize("apart", [True, False], ids=["unshare", "no unshare"])
def test_libreoffice_is_stopped_with_its_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: bool) -> None:
    """A LibreOffice that never ends; where the system grants no namespaces, too."""
    monkeypatch.chdir(tmp_path)
    script(tmp_path / "bin" / "soffice", FAKE_OFFICE.format(folder=tmp_path).replace("setsid ", "setsid " * apart))
    if not apart:
        script(tmp_path / "bin" / "unshare", "#!/bin/sh\nexit 1\n")
    monkeypatch.setenv("PATH", f"{tmp_path}/bin{os.pathsep}{os.environ['PATH']}")
    Path("in").mkdir()
    Path("in", "a.rtf").write_bytes(rb"{\rtf1 Order}")
    with start(launch=("-c", "from pipeline.cli import main; main()")) as process:
        wait_for(Path("started").exists)
        process.send_signal(signal.SIGINT)
        asked = time.monotonic()
        process.communicate(timeout=120)
    check_stopped(process, asked)


def script(path: Path, content: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)
    path.chmod(0o755)


def wait_for(condition: object, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


def test_files_are_taken_as_they_arrive(place: Path) -> None:  # noqa: F811
    with start("--watch") as process:
        lines(process, FILES)
        (place / "in" / "late.docx").write_text("order late")
        assert process.stdout
        assert "late.docx" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        process.communicate(timeout=120)
    check_stopped(process, asked)


def test_a_file_that_is_written_while_it_is_read_comes_in_whole(place: Path) -> None:  # noqa: F811
    """Another program appends to the file for a second: what is stored is the whole of it."""
    growing = place / "in" / "growing.docx"
    code = f"import time\nfile = open({str(growing)!r}, 'ab', 0)\nfor n in range(40): file.write(b'order ' * 9); time.sleep(0.05)"
    with subprocess.Popen([sys.executable, "-c", code]) as writer:
        wait_for(growing.exists)
        assert finish("--report", "r.json") in (0, 1)
        writer.wait(60)
    (row,) = [row for row in json.loads(Path("r.json").read_text(encoding="utf-8")) if row["path"] == str(growing)]
    assert row["status"] in ("ok", "rejected")
    if row["status"] == "rejected":  # it was still growing when it was tried again: said so, and taken the next time
        assert "менялся" in row["message"]
        assert finish("--report", "r.json") == 1
        (row,) = [row for row in json.loads(Path("r.json").read_text(encoding="utf-8")) if row["path"] == str(growing)]
        assert row["status"] == "ok"
