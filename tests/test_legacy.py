"""Old formats: the same text as the DOCX they were made from; and a LibreOffice that misbehaves."""

import contextlib
import os
import re
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from docx import Document

from extractors.reading import legacy
from extractors.reading.detect import MediaType, examine_file
from extractors.reading.doc_ending import close_last_table
from extractors.reading.document import read_document
from extractors.reading.legacy import find_soffice, read_legacy
from schemas.errors import RejectCode, RejectedError
from schemas.source import ParagraphBlock, SourceDocument
from tests.docx_maker import abstract, item, lvl, make_docx, num, p, tbl, tc, tr
from tests.needs import need_libreoffice
from tests.ole_maker import make_ole

BODY = (
    p("О плане мероприятий", '<w:jc w:val="center"/>')
    + item("Утвердить план (приложение).", 1)
    + item("Руководителям клубов:", 1)
    + item("составить графики;", 1, 1)
    + item("представить отчёты до 01.03.2023.", 1, 1)
    + tbl(
        tr("№", "Мероприятие", "Срок"),
        tr(tc("I. Организация", '<w:gridSpan w:val="3"/>')),
        tr("1", "Совещание", "март"),
        columns=3,
        properties='<w:tblBorders><w:insideH w:val="single"/><w:insideV w:val="single"/></w:tblBorders>',
    )
    + p("Начальник отдела\tИ.О. Петрова")
)
NUMBERING = abstract(0, lvl(0, "%1."), lvl(1, "%1.%2.")) + num(1, 0)
FILTERS = {".doc": "doc:MS Word 97", ".rtf": "rtf:Rich Text Format", ".odt": "odt:writer8"}


def convert(files: list[Path], suffix: str, folder: Path) -> None:
    """Save Word files in an old format, all at one start of LibreOffice."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(find_soffice()), profile, "--headless", "--convert-to", FILTERS[suffix], "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)


def texts(document: SourceDocument) -> list[str]:
    found = []
    for block in document.blocks:
        found += (
            [block.text] if isinstance(block, ParagraphBlock) else [f"{c.row}.{c.column}+{c.column_span} {c.text}" for c in block.cells]
        )
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_docx(tmp_path_factory.mktemp("made") / "a.docx", BODY, parts={"numbering": NUMBERING})


@pytest.mark.parametrize("suffix", list(FILTERS))
def test_an_old_file_reads_as_the_docx_it_was_made_from(suffix: str, made: Path, tmp_path: Path) -> None:
    need_libreoffice()
    convert([made], suffix, tmp_path)
    old = tmp_path / f"a{suffix}"
    document = read_document(old, file_name=f"План{suffix}")
    assert texts(document) == texts(read_document(made))
    assert document.file_name == f"План{suffix}"
    assert document.media_type == examine_file(old).media_type
    assert document.sha256 == examine_file(old).sha256


def ending_with_a_table(path: Path, header: str) -> Path:
    document = Document()
    document.sections[0].header.paragraphs[0].text = header
    document.add_paragraph("План")
    table = document.add_table(rows=0, cols=2)
    for row in (("№", "Мероприятие"), ("1", "Совещание")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def test_a_doc_that_ends_with_a_table_keeps_it(tmp_path: Path) -> None:
    """LibreOffice writes no paragraph behind the last table and would then read the table as running text."""
    need_libreoffice()
    convert([ending_with_a_table(tmp_path / "a.docx", ""), ending_with_a_table(tmp_path / "b.docx", "Колонтитул")], ".doc", tmp_path)
    body = ["План", "0.0+1 №", "0.1+1 Мероприятие", "1.0+1 1", "1.1+1 Совещание"]
    assert texts(read_document(tmp_path / "a.doc")) == body
    assert texts(read_document(tmp_path / "b.doc")) == [*body, "Колонтитул"]


def test_other_doc_files_are_left_as_they_are(tmp_path: Path) -> None:
    for number, data in enumerate((b"no container", make_ole({"WordDocument": bytes(12)}), make_ole({"WordDocument": b"\xff" * 5000}))):
        path = tmp_path / f"{number}.doc"
        path.write_bytes(data)
        assert not close_last_table(path)
        assert path.read_bytes() == data


RTF = (
    r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Times New Roman;}}{\*\listtable{\list\listtemplateid1\listhybrid"
    r"{\listlevel\levelnfc58\levelnfcn58\leveljc0\leveljcn0\levelfollow0\levelstartat1{\leveltext\'02\'00);}{\levelnumbers\'01;}"
    r"\fi-360\li720}{\listname ;}\listid1}}{\*\listoverridetable{\listoverride\listid1\listoverridecount0\ls1}}\pard\plain \f0 "
    r"Руководителям:\par {\listtext\pard\plain\f0 а)\tab}\pard\plain \fi-360\li720\ls1 \f0 составить план;\par "
    r"{\listtext\pard\plain\f0 б)\tab}доложить.\par \pard\plain \f0 Срок \endash  март.\par}"
)
"""As Word writes it: the second item goes on with the properties of the first."""


def test_russian_letters_of_a_list_in_rtf(tmp_path: Path) -> None:
    need_libreoffice()
    path = tmp_path / "a.rtf"
    path.write_text(re.sub(r"[а-яА-Я]", lambda letter: f"\\'{letter[0].encode('cp1251').hex()}", RTF))
    assert texts(read_document(path)) == ["Руководителям:", "а)\tсоставить план;", "б)\tдоложить.", "Срок – март."]


def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A LibreOffice of our own, and a file for it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(legacy, "find_soffice", lambda: str(program))
    path = tmp_path / "-a.rtf"
    path.write_bytes(b"{\\rtf1 text}")
    return path


@pytest.mark.parametrize(
    "script",
    ["exit 0", "exit 1", "kill -9 $$", 'mkdir -p "$9"; for d; do o=$p; p=$d; done; mkdir -p "$o"; echo no word file > "$o/in.docx"'],
    ids=["success_without_a_file", "failure", "killed", "rubbish"],
)
def test_no_usable_result(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said in Russian with what to do; nothing is left in the folder for temporary files."""
    rooms = tmp_path / "tmp"
    rooms.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(rooms))
    with pytest.raises(RejectedError) as caught:
        read_document(fake(tmp_path, monkeypatch, script))
    assert caught.value.code is RejectCode.CORRUPT
    assert caught.value.message == "LibreOffice не смогла преобразовать файл: откройте его в Word и сохраните как DOCX."
    assert list(rooms.iterdir()) == []


def test_what_a_libreoffice_leaves_running_is_ended(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It succeeds, but a child of its own outlives it."""
    length = f"62{os.getpid()}"
    script = f'sleep {length} & for d; do o=$p; p=$d; done; mkdir -p "$o"; cp {made} "$o/in.docx"'
    assert texts(read_document(fake(tmp_path, monkeypatch, script))) == texts(read_document(made))
    wait_until_gone(length)


def running(argument: str) -> bool:
    """Whether any process has ``argument`` on its command line."""
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if argument.encode() in line.read_bytes().split(b"\0"):
                return True
    return False


def wait_until_gone(argument: str) -> None:
    """A killed process may take a moment to go."""
    deadline = time.monotonic() + 10
    while running(argument):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("apart", [True, False], ids=["namespace", "process_group"])
def test_a_hanging_libreoffice_is_ended_with_all_its_children(apart: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not apart:
        monkeypatch.setattr(legacy, "_apart", tuple)
    rooms = tmp_path / "tmp"
    rooms.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(rooms))
    length = f"61{os.getpid()}{int(apart)}"
    path = fake(tmp_path, monkeypatch, f"sleep {length} & touch {tmp_path}/begun; wait")
    begun = time.monotonic()
    with pytest.raises(RejectedError) as caught:
        read_legacy(examine_file(path), timeout=2.0)
    assert caught.value.code is RejectCode.TIMEOUT
    assert "LibreOffice не преобразовала файл за 2 с" in caught.value.message
    assert "сохраните как DOCX" in caught.value.message
    assert list(rooms.iterdir()) == []
    assert time.monotonic() - begun < 30
    assert (tmp_path / "begun").exists()
    wait_until_gone(length)


def test_the_memory_limit_of_a_worker_does_not_stop_libreoffice(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    script = f'for d; do o=$p; p=$d; done; mkdir -p "$o"; [ "$(ulimit -S -v)" != 4000000 ] && cp {made} "$o/in.docx"'
    path = fake(tmp_path, monkeypatch, script)
    resource.setrlimit(resource.RLIMIT_AS, (4_000_000 << 10, hard))
    try:
        assert texts(read_document(path)) == texts(read_document(made))
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def test_a_second_start_may_succeed(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        f'for d; do o=$p; p=$d; done; [ -e {tmp_path}/once ] || {{ touch {tmp_path}/once; exit 0; }}; mkdir -p "$o"; cp {made} "$o/in.docx"'
    )
    assert texts(read_document(fake(tmp_path, monkeypatch, script))) == texts(read_document(made))


def test_without_libreoffice_the_message_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fake(tmp_path, monkeypatch, "exit 0")
    monkeypatch.setattr(legacy, "find_soffice", lambda: None)
    with pytest.raises(RejectedError) as caught:
        read_document(path)
    assert caught.value.code is RejectCode.NEEDS_LIBREOFFICE
    assert "apt-get install -y --no-install-recommends libreoffice-writer" in caught.value.message


def test_macros_and_templates_need_no_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "find_soffice", lambda: None)
    path = make_docx(tmp_path / "a.docm", p("Приказ"), main_type="application/vnd.ms-word.document.macroEnabled.main+xml")
    assert read_document(path).media_type == MediaType.DOCM
