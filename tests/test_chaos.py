"""A run that is stopped, killed or shares its folder with others ends up where an undisturbed run does."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import cli_import
from pipeline.cli import run
from storage.incoming import Incoming

ROOT = Path(__file__).parent.parent
LAUNCH = "from pipeline import cli, cli_import; cli_import.READER = 'tests.fake_reader:read'; cli.main()"
LONG = bool(os.environ.get("PRIKAZ_CHAOS"))
"""`make chaos`: many more moments, many more documents."""

FILES = 40 if LONG else 10
KILLS = list(range(1, 31)) if LONG else [1, 3, 5, 7, 9]


def fill(folder: Path) -> None:
    folder.mkdir()
    for number in range(FILES):
        word = "bad" if number == 3 else "slow 0.05"
        (folder / f"{number:02}.docx").write_text(f"{word} {number}")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    fill(tmp_path / "in")
    return tmp_path


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What an undisturbed run exports."""
    folder = tmp_path_factory.mktemp("calm")
    fill(folder / "in")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("PYTHONPATH", str(ROOT))
        assert finish() == 1
        return export()


@pytest.fixture
def undisturbed(calm: bytes, place: Path) -> bytes:
    return calm


def start(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", LAUNCH, "import", "in", "--jobs", "2", *arguments], stdout=subprocess.PIPE, text=True)


def finish(*arguments: str) -> int:
    with start(*arguments) as process:
        process.communicate(timeout=120)
    return process.returncode


def export(database: str = "prikaz.db") -> bytes:
    assert run(["export", "--db", f"sqlite:///{database}", "-o", "e.json"]) == 0
    return Path("e.json").read_bytes()


def lines(process: "subprocess.Popen[str]", count: int) -> None:
    """Wait for so many files to be done: moments of the run, not of the clock."""
    assert process.stdout
    for _ in range(count):
        assert process.stdout.readline()


def workers(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(child) for child in children]


def gone(processes: list[int]) -> bool:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in processes):
            return True
        time.sleep(0.05)
    return False


def is_clean() -> bool:
    left = [Path("originals/.incoming"), Path("prikaz.db-journal"), *Path().rglob("*.tmp")]
    return not any(path.exists() for path in left)


@pytest.mark.parametrize(("number", "moment"), [(signal.SIGINT, 1), (signal.SIGTERM, 5), (signal.SIGHUP, 8)])
def test_a_run_that_is_stopped_goes_on(undisturbed: bytes, number: signal.Signals, moment: int) -> None:
    with start() as process:
        lines(process, moment)
        children = workers(process.pid)
        began = time.monotonic()
        process.send_signal(number)
        process.communicate(timeout=30)
    assert time.monotonic() - began < 5
    assert process.returncode == 130
    assert gone(children)
    assert is_clean()
    assert finish() == 1
    assert export() == undisturbed


@pytest.mark.parametrize("moment", KILLS)
def test_a_run_that_is_killed_goes_on(undisturbed: bytes, moment: int) -> None:
    with start() as process:
        lines(process, moment)
        children = workers(process.pid)
        process.kill()
    assert gone(children)
    assert finish() == 1
    assert export() == undisturbed
    assert is_clean()


@pytest.mark.parametrize("moment", KILLS)
def test_a_worker_that_is_killed_is_replaced(undisturbed: bytes, moment: int) -> None:
    with start() as process:
        lines(process, moment)
        for worker in workers(process.pid):
            os.kill(worker, signal.SIGKILL)
        process.communicate(timeout=60)
    assert process.returncode == 1
    assert export() == undisturbed
    assert is_clean()


def test_four_importers_on_one_folder(undisturbed: bytes) -> None:
    processes = [start() for _ in range(4)]
    for process in processes:
        process.communicate(timeout=120)
    assert [process.returncode for process in processes] == [1, 1, 1, 1]
    assert export() == undisturbed
    assert is_clean()


def test_a_full_disk_is_said_and_the_run_goes_on_later(
    undisturbed: bytes, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
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
    assert is_clean()


def test_a_really_full_disk(undisturbed: bytes) -> None:
    """On a file system of 1 MiB, where the machine lets us make one."""
    command = f'{sys.executable} -c "{LAUNCH}" import in --db sqlite:///small/x.db --originals small/o'
    script = f"mount -t tmpfs -o size=600k none small && {command}; echo code $?"
    Path("small").mkdir()
    for number in range(40):
        Path("in", f"big{number}.docx").write_text(f"order {number} " + "x" * 20_000)
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("this machine lets nobody mount")
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False)
    assert "code 4" in done.stdout
    assert "На диске нет места" in done.stderr


def test_files_are_taken_as_they_arrive(place: Path) -> None:
    with start("--watch") as process:
        lines(process, FILES)
        (place / "in" / "late.docx").write_text("order late")
        assert process.stdout
        assert "late.docx" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == 130
    assert is_clean()


def test_the_parent_does_not_grow(place: Path) -> None:
    """Resident memory from the first tenth of the documents to the last: at most 20 MiB more."""
    documents = 5000 if LONG else 300
    for number in range(documents):
        (place / "in" / f"many{number:05}.docx").write_text(f"order many {number}")
    with start() as process:
        lines(process, documents // 10)
        early = _resident_mb(process.pid)
        lines(process, documents - documents // 10 - 20)
        late = _resident_mb(process.pid)
        process.communicate(timeout=600)
    assert process.returncode == 1
    assert late - early <= 20


def _resident_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
