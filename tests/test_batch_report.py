"""The report has each input exactly once, whatever kind of input it is and whatever became of it."""

import csv
import json
import zipfile
from pathlib import Path

import pytest

from pipeline import cli_import
from pipeline.cli import run
from tests.test_chaos import ROOT

PATHS = ["2020.zip", "2020.zip/bad.docx", "2020.zip/new.docx", "2020.zip/twin.docx", "a.docx", "bad.docx", "link.docx", "twin.docx"]
STATUSES = ["ok", "rejected", "ok", "ok", "ok", "rejected", "rejected", "ok"]


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document, the same under another name, one that cannot be read, a link, and an archive with all but the link."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(cli_import, "READER", "tests.fake_reader:read")
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in {"a.docx": "order one", "twin.docx": "order one", "bad.docx": "bad"}.items():
        (folder / name).write_text(content)
    (folder / "link.docx").symlink_to("a.docx")
    with zipfile.ZipFile(folder / "2020.zip", "w") as archive:
        for name, content in {"new.docx": "order two", "twin.docx": "order one", "bad.docx": "bad two"}.items():
            archive.writestr(name, content)
    return folder


def reported(inbox: Path, *arguments: str) -> list[tuple[str, str]]:
    """Path below the folder and status, in the order of the report; ``arguments`` end with its name."""
    assert run(["import", *arguments[:-1], "--report", arguments[-1]]) == 1
    content = Path(arguments[-1]).read_text(encoding="utf-8")
    rows = json.loads(content) if arguments[-1].endswith("json") else list(csv.DictReader(content.splitlines()))
    return [(row["path"].removeprefix(f"{inbox}/"), row["status"]) for row in rows]


def test_each_input_once(inbox: Path) -> None:
    expected = list(zip(PATHS, STATUSES, strict=True))
    assert reported(inbox, "in", "r.csv") == expected
    assert reported(inbox, "in", "--again", "r.json") == expected


@pytest.mark.parametrize("arguments", [("in", "r.csv"), ("r.json",)], ids=["folder", "all"])
def test_a_retry_reports_what_it_tried(inbox: Path, arguments: tuple[str, ...]) -> None:
    """Of an archive all: it is unpacked as a whole."""
    reported(inbox, "in", "r.csv")
    tried = [(path, status) for path, status in zip(PATHS, STATUSES, strict=True) if path not in ("a.docx", "twin.docx")]
    assert reported(inbox, "--retry", "rejected", *arguments) == tried
