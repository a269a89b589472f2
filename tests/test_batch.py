"""Workers: a file can hang, crash, eat memory or leave litter, and the others come in all the same."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from pipeline.batch import Batch, Outcome
from pipeline.inputs import Input, from_record, gather
from pipeline.pool import Pool
from pipeline.settings import VERSIONS, Settings
from pipeline.watch import Quiet
from schemas.limits import Limits
from storage.engine import open_database, session
from storage.incoming import ChangedError, Incoming
from storage.queries import list_documents
from storage.runs import list_runs
from storage.tables import FileRow

ROOT = Path(__file__).parent.parent
DEFAULT = Limits()


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def imported(
    inbox: Path, jobs: int = 2, limits: Limits = DEFAULT, expected: int = 0, key: str = "name", **files: str
) -> dict[str, Outcome]:
    for name, content in files.items():
        (inbox / name).write_text(content)
    url = f"sqlite:///{inbox.parent}/prikaz.db"
    settings = Settings(url, inbox.parent / "originals", limits)
    batch = Batch(open_database(url, write=True), settings, jobs=jobs, reader="tests.fake_reader:read")
    with batch:
        outcomes = list(batch.run(gather([inbox])))
    assert len({outcome.input.shown for outcome in outcomes}) == len(outcomes) == (expected or len(list(inbox.iterdir())))
    assert not (inbox.parent / "originals" / ".incoming").exists()
    return {getattr(outcome.input, key): outcome for outcome in outcomes}


def codes(outcomes: dict[str, Outcome]) -> dict[str, str]:
    return {name: outcome.result.code or outcome.result.status for name, outcome in outcomes.items()}


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("die", "worker_died"),
        ("crash", "worker_died"),
        ("exit", "worker_died"),
        ("gigabytes", "memory"),
        ("bad", "corrupt"),
        ("bug", "failed"),
    ],
)
def test_a_file_that_harms_its_worker(inbox: Path, word: str, code: str) -> None:
    assert codes(imported(inbox, a="order one", b=word, c="order two")) == {"a": "ok", "b": code, "c": "ok"}


def test_a_file_that_grows_in_memory(inbox: Path) -> None:
    outcomes = imported(inbox, limits=Limits(memory_mb=400), a="grow", b="order")
    assert codes(outcomes) == {"a": "memory", "b": "ok"}


def test_a_file_that_hangs_is_stopped_with_all_it_started(inbox: Path) -> None:
    mark = f"mark-{os.getpid()}-{time.monotonic_ns()}"
    outcomes = imported(inbox, limits=Limits(seconds=3), a=f"hang {mark}", b="order")
    assert codes(outcomes) == {"a": "timeout", "b": "ok"}
    assert outcomes["a"].result.seconds == pytest.approx(3, abs=2)
    assert mark not in _processes()


def test_what_a_library_prints_does_not_spoil_the_answer(inbox: Path) -> None:
    assert codes(imported(inbox, a="print")) == {"a": "ok"}


def test_a_workers_litter_is_removed(inbox: Path) -> None:
    imported(inbox, a="litter one")


def test_workers_are_replaced_after_so_many_documents(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Pool] = []
    start = Pool._start

    def counted(pool: Pool) -> object:
        started.append(pool)
        return start(pool)

    monkeypatch.setattr(Pool, "_start", counted)
    imported(inbox, jobs=1, limits=Limits(recycle=2), a="order 1", b="order 2", c="order 3", d="order 4", e="order 5")
    assert len(started) == 3


def test_limits_on_size(inbox: Path) -> None:
    big = "order " + "x" * (2 << 20)
    outcomes = imported(inbox, limits=Limits(max_mb=1, max_scan_mb=3), a=big, b="%PDF-1.4 " + big, c="order")
    assert codes(outcomes) == {"a": "too_big", "b": "ok", "c": "ok"}
    assert "PRIKAZ_MAX_MB" in (outcomes["a"].result.message or "")


def test_more_files_than_workers_come_in_once(inbox: Path) -> None:
    files = {f"{number:02}": f"order {number % 7}" for number in range(20)}
    for name, content in files.items():
        (inbox / name).write_text(content)
    assert set(codes(imported(inbox, jobs=3)).values()) == {"ok"}
    with session(open_database(f"sqlite:///{inbox.parent}/prikaz.db", write=False), write=False) as opened:
        assert len(list_documents(opened)) == 7


def test_a_file_that_is_being_written_is_tried_again(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    receive = Incoming.receive
    calls = []

    def changing(self: Incoming, path: Path, limit: object) -> object:
        calls.append(path.name)
        if calls.count("a") == 1 and path.name == "a":
            raise ChangedError
        return receive(self, path, limit)  # type: ignore[arg-type]

    monkeypatch.setattr(Incoming, "receive", changing)
    assert codes(imported(inbox, a="order one", b="order two")) == {"a": "ok", "b": "ok"}
    assert calls == ["a", "b", "a"]


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    root = tmp_path / ".incoming"
    dead, alive = root / "1-dead", Incoming(root)
    dead.mkdir(parents=True)
    (dead / "lock").touch()
    (dead / "1").write_text("half a copy")
    with alive, Incoming(root):
        assert not dead.exists()
        assert alive.folder.exists()
    assert not root.exists()


def test_workers_die_with_their_parent(inbox: Path) -> None:
    mark = f"mark-{os.getpid()}-{time.monotonic_ns()}"
    (inbox / "a").write_text(f"hang {mark}")
    code = f"from tests.test_batch import *; imported(Path({str(inbox)!r}))"
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        began = _wait_for(lambda: mark in _processes())
        parent.send_signal(signal.SIGKILL)
    assert began
    assert _wait_for(lambda: mark not in _processes())


def _processes() -> str:
    return subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def _wait_for(condition: object, seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False


def test_a_file_knows_its_run(inbox: Path) -> None:
    imported(inbox, a="order one", b="bad")
    imported(inbox, c="order three")
    with session(open_database(f"sqlite:///{inbox.parent}/prikaz.db", write=False), write=False) as opened:
        first, second = list_runs(opened)
        met = {Path(row.path).name: (row.run, row.attempts) for row in opened.scalars(select(FileRow))}
    assert (first.id, first.command, first.versions, first.counts) == (1, "import", VERSIONS, {"ok": 1, "rejected": 1})
    assert (second.id, second.counts) == (2, {"ok": 2, "rejected": 1})
    assert first.ended is not None
    assert met == {"a": (2, 2), "b": (2, 2), "c": (2, 1)}


def test_inputs_are_ordered_and_met_once(inbox: Path) -> None:
    for name in ("б", "a", "B"):
        (inbox / name).write_text("order")
    found = gather([inbox / "б", inbox, inbox / "a"])
    assert [item.path.name for item in found] == ["B", "a", "б"]
    assert [item.named for item in found] == [False, True, True]
    assert Input(Path("/x/ "), named=True).name == "' '"


def test_an_archive_is_its_files(inbox: Path) -> None:
    with zipfile.ZipFile(inbox / "2020.zip", "w") as archive:
        archive.writestr("приказы/5.docx", "order five")
        archive.writestr("приказы/6.docx", "bad")
        archive.writestr("пусто.docx", "")
    (inbox / "a.docx").write_text("order five")
    outcomes = imported(inbox, expected=5, key="shown")
    shown = {name.removeprefix(f"{inbox}/"): code for name, code in codes(outcomes).items()}
    assert shown == {
        "2020.zip": "ok",
        "2020.zip/приказы/5.docx": "ok",
        "2020.zip/приказы/6.docx": "corrupt",
        "2020.zip/пусто.docx": "empty",
        "a.docx": "ok",
    }
    assert outcomes[f"{inbox}/2020.zip"].result.message == "архив: файлов 3"
    assert from_record(f"{inbox}/2020.zip/приказы/6.docx").path == inbox / "2020.zip"


def test_a_file_is_taken_when_it_has_been_quiet(inbox: Path) -> None:
    path = inbox / "a.docx"
    path.write_text("half")
    item, quiet = Input(path, named=False), Quiet(5)
    assert quiet.ready([item], 0) == []
    assert quiet.ready([item], 4) == []
    path.write_text("half and half")
    assert quiet.ready([item], 6) == []
    assert quiet.ready([item], 10) == []
    assert quiet.ready([item], 11) == [item]
    assert quiet.ready([item], 20) == []
    path.write_text("another text altogether")
    assert quiet.ready([item], 21) == []
    assert quiet.ready([item], 26) == [item]
    path.unlink()
    assert quiet.ready([item], 40) == []
