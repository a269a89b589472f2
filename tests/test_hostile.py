"""Hostile and odd inputs: the batch ends by itself, every input is in the report once, and each has the outcome it must have."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.inputs import Input
from tests.hostile import DOCX, PDF, kinds


def report(folder: Path, *arguments: str) -> tuple[int, dict[str, dict[str, Any]], str]:
    """Import a folder in a process of its own; exit code, rows of the report by path, what was said."""
    place = folder.parent
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "import", str(folder), "--report", str(place / "r.json")]
    done = subprocess.run(
        [*command, "--db", f"sqlite:///{place}/h.db", *arguments], capture_output=True, text=True, timeout=900, check=False
    )
    rows = json.loads((place / "r.json").read_text(encoding="utf-8"))
    assert len({row["path"] for row in rows}) == len(rows)
    assert "Traceback" not in done.stderr
    assert not (place / "originals" / ".incoming").exists()
    return done.returncode, {row["path"]: row for row in rows}, done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "in"
    folder.mkdir()
    for name, content, _ in kinds():
        path = folder / name
        if callable(content):
            content(path)
        else:
            path.write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def outcomes(made: Path) -> dict[str, dict[str, Any]]:
    code, rows, _ = report(made)
    assert code == 1
    assert len(rows) == len(list(made.iterdir())) >= 100
    return rows


@pytest.mark.parametrize(("name", "expected"), [(name, expected) for name, _, expected in kinds()], ids=lambda text: ascii(text)[1:40])
def test_every_kind_has_its_outcome(made: Path, outcomes: dict[str, dict[str, Any]], name: str, expected: str) -> None:
    row = outcomes[Input(made / name, named=False).shown]
    found = "ok" if row["status"] in ("ok", "review") else row["code"] or f"{row['status']}: {row['message']}"
    assert found in expected.split("|"), row["message"]
    assert row["message"]


def test_nothing_escaped(outcomes: dict[str, dict[str, Any]]) -> None:
    assert not Path("/tmp/escaped").exists()
    assert not Path("/etc/escaped").exists()


def test_a_bomb_does_not_cost_memory(outcomes: dict[str, dict[str, Any]]) -> None:
    assert max(row["peak_mb"] or 0 for row in outcomes.values()) < 1100


def mutated(count: int, seed: int) -> dict[str, bytes]:
    """Good files with bytes changed, cut out, doubled or overwritten."""
    chance = random.Random(seed)
    files = {}
    for number in range(count):
        data = bytearray(DOCX if number % 2 else PDF)
        for _ in range(chance.choice([1, 3, 20, 200])):
            at, size = chance.randrange(len(data)), chance.choice([1, 1, 4, 64, 1024])
            match chance.randrange(4):
                case 0:
                    data[at : at + size] = chance.randbytes(size)
                case 1:
                    del data[at : at + size]
                case 2:
                    data[at:at] = data[at : at + size]
                case _:
                    data[at : at + size] = bytes(size)
        files[f"{number:04}.{'docx' if number % 2 else 'pdf'}"] = bytes(data)
    return files


def test_mutated_files_end_in_an_outcome(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    files = mutated(int(os.environ.get("PRIKAZ_MUTANTS", "200")), seed=5)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    _, rows, _ = report(folder)
    assert len(rows) == len(files)
    assert [row["message"] for row in rows.values() if row["status"] == "failed"] == []
    assert {row["code"] for row in rows.values()} & {"timeout", "memory"} == set()
