"""What `prikaz doctor` is told about the machine."""

from pathlib import Path

import pytest

from pipeline import doctor
from schemas.errors import RejectCode


def test_each_tool_names_what_is_lost_and_how_to_get_it() -> None:
    checks = {check.name: check for check in doctor.examine_machine()}
    assert set(checks) == {"tesseract", "LibreOffice"}
    assert checks["tesseract"].install == "apt-get install tesseract-ocr tesseract-ocr-rus"
    assert checks["tesseract"].code is RejectCode.NEEDS_TESSERACT
    assert "скан" in checks["tesseract"].lost
    assert "libreoffice" in checks["LibreOffice"].install
    assert checks["LibreOffice"].code is RejectCode.NEEDS_LIBREOFFICE
    assert ".doc" in checks["LibreOffice"].lost


def test_a_machine_without_the_russian_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    monkeypatch.setattr("extractors.reading.ocr.engine._FOLDERS", ())
    check = doctor.check_tesseract()
    assert not check.ok
    assert "rus" in check.found


def test_the_languages_found_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("rus", "eng"):
        (tmp_path / f"{name}.traineddata").write_bytes(b"")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    check = doctor.check_tesseract()
    assert check.ok
    assert "eng, rus" in check.found


def test_a_machine_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_soffice", lambda: None)
    check = doctor.check_libreoffice()
    assert not check.ok
    assert "не найден" in check.found


def test_a_libreoffice_that_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(doctor, "find_soffice", lambda: str(program))
    check = doctor.check_libreoffice()
    assert check.ok
    assert "версия неизвестна" in check.found
