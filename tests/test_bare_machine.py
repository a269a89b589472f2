"""A machine without tesseract and LibreOffice: what it refuses it takes once they are there."""

import json
from pathlib import Path
from typing import Any

import pytest

from extractors.reading.ocr import engine, recognize_image
from extractors.reading.ocr.engine import tessdata_folder
from extractors.reading.progress import told_of_pages
from pipeline import cli_import
from pipeline.batch import Batch
from pipeline.cli import run
from pipeline.inputs import gather
from pipeline.settings import Settings
from storage.engine import open_database
from tests.docx_maker import make_docx, p
from tests.test_ocr import PROSE, paper, reads, written

ROOT = Path(__file__).parent.parent


def outcomes(arguments: list[str], report: Path) -> tuple[int, dict[str, dict[str, Any]]]:
    """Exit code and lines of the report by file name."""
    code = run(["import", *arguments, "--jobs", "1", "--report", str(report)])
    return code, {Path(row["path"]).name: row for row in json.loads(report.read_text(encoding="utf-8"))}


@reads
def test_what_lacks_a_tool_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PRIKAZ_DATABASE_URL", raising=False)
    monkeypatch.setattr(cli_import, "READER", "tests.bare_machine:read")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    programs, inbox = tmp_path / "bin", tmp_path / "in"
    for folder in (programs, inbox):
        folder.mkdir()
    (inbox / "a.rtf").write_bytes(b"{\\rtf1 text}")
    written(paper(), PROSE).save(inbox / "b.png", dpi=(200, 200))
    make_docx(inbox / "c.docx", p("Уважаемые коллеги!"))
    model = tessdata_folder()

    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("BARE", "1")
    monkeypatch.setattr(engine, "_FOLDERS", ())
    code, found = outcomes(["in"], tmp_path / "1.json")
    assert code == 1
    assert [(found[name]["status"], found[name]["code"]) for name in ("a.rtf", "b.png")] == [
        ("rejected", "needs_libreoffice"),
        ("rejected", "needs_tesseract"),
    ]
    assert "libreoffice-writer" in found["a.rtf"]["message"]
    assert "tesseract-ocr-rus" in found["b.png"]["message"]
    assert found["c.docx"]["status"] == "review"

    capsys.readouterr()
    assert run(["doctor"]) == 1
    said = capsys.readouterr().out
    assert said.count("НЕТ") == 2
    assert said.count("prikaz import --retry rejected") == 2

    office = programs / "soffice"
    office.write_text(f'#!/bin/sh\nfor d; do o=$p; p=$d; done; /bin/mkdir -p "$o"; /bin/cp {inbox}/c.docx "$o/in.docx"\n')
    office.chmod(0o755)
    monkeypatch.delenv("BARE")
    monkeypatch.setattr(engine, "_FOLDERS", (str(model),))
    code, found = outcomes(["--retry", "rejected"], tmp_path / "2.json")
    assert code == 0
    assert {name: row["status"] for name, row in found.items()} == {"a.rtf": "review", "b.png": "review"}
    assert run(["doctor"]) == 0


def test_pages_of_a_scan_are_told_as_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    make_docx(tmp_path / "скан.docx", p("Уважаемые коллеги!"))
    settings = Settings(f"sqlite:///{tmp_path}/a.db", tmp_path / "originals")
    told = []
    batch = Batch(
        open_database(settings.database_url, write=True),
        settings,
        reader="tests.bare_machine:read_three_pages",
        on_page=lambda item, number, pages: told.append((item.name, number, pages)),
    )
    with batch:
        assert [outcome.result.status for outcome in batch.run(gather([tmp_path / "скан.docx"]))] == ["review"]
    assert told == [("скан.docx", 1, 1), ("скан.docx", 2, 2), ("скан.docx", 3, 3)]


@reads
def test_each_recognised_page_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    paper().save(path, save_all=True, append_images=[paper(), paper()])
    told = []
    with told_of_pages(lambda: told.append("page")):
        recognize_image(path)
    assert len(told) == 3
