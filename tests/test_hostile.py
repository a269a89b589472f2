"""Hostile and odd inputs: the batch ends by itself, every input is in the report once, and each has the outcome it must have."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.inputs import Input
from schemas.limits import Limits
from tests.figures import tell
from tests.hostile import kinds
from tests.mutants import mutants

PAGES = 6
"""More than any of the files has: each may have to be recognised."""
LIMIT = Limits().seconds + PAGES * Limits().seconds_a_page


def report(folder: Path, *arguments: str) -> tuple[int, dict[str, dict[str, Any]], str]:
    """Import a folder in a process of its own; exit code, rows of the report by path, what was said."""
    place = folder.parent
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "import", str(folder), "--report", str(place / "r.json")]
    done = subprocess.run(
        [*command, "--db", f"sqlite:///{place}/h.db", *arguments], capture_output=True, text=True, timeout=7200, check=False
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


MUTANTS = int(os.environ.get("PRIKAZ_MUTANTS", "200"))


def test_mutated_files_end_in_an_outcome(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    files = mutants(MUTANTS, seed=5, thorough=MUTANTS >= 1000)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    code, rows, _ = report(folder)
    met = {Path(path.removeprefix(f"{folder}/")).parts[0] for path in rows}
    late = [path for path, row in rows.items() if (row["seconds"] or 0) > LIMIT + 1]
    tell("mutated files", len(files))
    tell("  of them in the report", len(met), len(files))
    tell("  hangs past the limit", len(late), 0)
    tell("  crashes of the parent", int(code not in (0, 1)), 0)
    tell("  longest", f"{max(row['seconds'] or 0 for row in rows.values()):.1f} s", f"{LIMIT} s")
    for outcome, number in sorted(Counter(row["code"] or row["status"] for row in rows.values()).items()):
        tell(f"  outcome {outcome}", number)
    assert met == set(files)
    assert late == []
    assert [f"{path}: {row['message']}" for path, row in rows.items() if row["status"] == "failed"] == []
    assert {row["code"] for row in rows.values()} & {"memory", "worker_died"} == set()
