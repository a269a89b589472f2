"""A run that is killed, or that shares its folder with others, ends up where an undisturbed run does.

`make chaos` (``PRIKAZ_CHAOS``) has 30 moments instead of 5 and 5,000 documents instead of 300; the figures are printed at the end.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.cli import run
from storage.engine import open_database, session
from tests.docx_maker import make_docx, p
from tests.figures import count, tell
from tests.kill_at import MOMENTS
from tests.processes import gone, left_behind

ROOT = Path(__file__).parent.parent
LAUNCH = "from pipeline import cli, cli_import; cli_import.READER = 'tests.fake_reader:read'; cli.main()"
LONG = bool(os.environ.get("PRIKAZ_CHAOS"))

FILES = 40 if LONG else 10
BAD = 3
"""The number of the file that cannot be read."""
DOCUMENTS, EARLY = (5000, 500) if LONG else (200, 50)
GROWTH = 20
"""MiB that the parent may grow from the document `EARLY` on."""


def moments(numbers: list[int]) -> list[tuple[str, int]]:
    """Six kinds of moment: each at every number, or each once with one number after the other."""
    if LONG:
        return [(moment, number) for moment in MOMENTS for number in numbers]
    return list(zip(MOMENTS, numbers, strict=False))


KILLS = moments([1, 8, 17, 26, 38] if LONG else [2, 5, 1, 7, 9])


def fill(folder: Path) -> None:
    folder.mkdir()
    for number in range(FILES):
        word = "bad" if number == BAD else "slow 0.05"
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


def start(*arguments: str, launch: tuple[str, ...] = ("-c", LAUNCH)) -> "subprocess.Popen[str]":
    command = [sys.executable, *launch, "import", "in", "--jobs", "2", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(*arguments: str) -> int:
    with start(*arguments) as process:
        process.communicate(timeout=300)
    return process.returncode


def export(database: str = "prikaz.db") -> bytes:
    assert run(["export", "--db", f"sqlite:///{database}", "-o", "e.json"]) == 0
    return Path("e.json").read_bytes()


def lines(process: "subprocess.Popen[str]", number: int) -> None:
    """Wait for so many files to be done: moments of the run, not of the clock."""
    assert process.stdout
    for _ in range(number):
        assert process.stdout.readline()


def litter() -> list[Path]:
    """Files that a run makes for itself and must take away."""
    found = [Path("originals/.incoming"), Path("prikaz.db-journal"), *Path().rglob("*.tmp"), *Path().rglob("worker-*")]
    return [path for path in found if path.exists()]


def stored() -> dict[str, int]:
    """What stands in the database, counted by it."""
    queries = {"documents": "SELECT count(*) FROM documents", "files": "SELECT count(*) FROM files"}
    with session(open_database("sqlite:///prikaz.db", write=False), write=False) as opened:
        return {name: opened.execute(text(query)).scalar_one() for name, query in queries.items()}


def check_all_is_as_undisturbed(undisturbed: bytes, words: str) -> None:
    """Byte for byte the same export, nothing lost, nothing doubled, nothing left over, and `prikaz verify` finds nothing."""
    assert export() == undisturbed
    count(f"{words}: export byte-identical", len(KILLS))
    assert stored() == {"documents": FILES - 1, "files": FILES}
    assert run(["verify"]) == 0
    count("  nothing lost, nothing doubled, verified", 2 * len(KILLS))
    assert litter() == []
    assert left_behind(Path.cwd()) == []
    count("  no temporary file, no process left", 2 * len(KILLS))


@pytest.mark.parametrize(("moment", "number"), KILLS)
def test_a_run_that_is_killed_goes_on(undisturbed: bytes, moment: str, number: int) -> None:
    with start(launch=("-m", "tests.kill_at", f"parent:{moment}:{number}")) as process:
        process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL
    assert gone(Path.cwd())
    assert finish() == 1
    check_all_is_as_undisturbed(undisturbed, "kill -9 of the parent")


@pytest.mark.parametrize(("moment", "number"), [(moment, max(number, 2)) for moment, number in KILLS])  # before, there is no worker yet
def test_a_worker_that_is_killed_is_replaced(undisturbed: bytes, moment: str, number: int) -> None:
    with start(launch=("-m", "tests.kill_at", f"worker:{moment}:{number}")) as process:
        _, said = process.communicate(timeout=300)
    assert "killed 1" in said
    assert process.returncode == 1
    check_all_is_as_undisturbed(undisturbed, "kill -9 of a worker")


def test_four_importers_on_one_folder(undisturbed: bytes) -> None:
    processes = [start() for _ in range(4)]
    for process in processes:
        process.communicate(timeout=300)
    assert [process.returncode for process in processes] == [1, 1, 1, 1]
    assert export() == undisturbed
    assert stored() == {"documents": FILES - 1, "files": FILES}
    assert run(["verify"]) == 0
    assert litter() == []


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Many short documents: real ones for `make chaos`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    Path("in").mkdir()
    for number in range(DOCUMENTS):
        path = Path("in", f"{number:05}.docx")
        if LONG:
            make_docx(path, p(f"Уважаемые коллеги, письмо {number}."))
        else:
            path.write_text(f"order many {number}")
    return tmp_path


def test_the_parent_does_not_grow(letters: Path) -> None:
    launch = ("-c", "from pipeline.cli import main; main()") if LONG else ("-c", LAUNCH)
    with start("--report", "r.json", launch=launch) as process:
        lines(process, EARLY)
        early = _resident_mb(process.pid)
        peak = max(_sampled(process, DOCUMENTS - EARLY - 20))
        process.communicate(timeout=600)
    tell("documents in one run", DOCUMENTS)
    tell(f"  parent at document {EARLY}, MiB", f"{early:.1f}")
    tell("  parent at most after that, MiB", f"{peak:.1f}", f"+{GROWTH}: {early + GROWTH:.1f}")
    assert process.returncode == 0
    assert len({row["path"] for row in json.loads(Path("r.json").read_text())}) == DOCUMENTS
    assert peak - early <= GROWTH


def _sampled(process: "subprocess.Popen[str]", number: int) -> Iterator[float]:
    """Resident memory of the parent, MiB, every tenth document."""
    for _ in range(number // 10):
        lines(process, 10)
        yield _resident_mb(process.pid)


def _resident_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
