"""Old formats: the same text as the DOCX they were made from; and a LibreOffice that misbehaves."""

import contextlib
import os
import resource
import subprocess
import time
from pathlib import Path

import pytest

from extractors.reading import legacy
from extractors.reading.detect import MediaType, examine_file
from extractors.reading.document import read_document
from extractors.reading.legacy import find_soffice, read_legacy
from schemas.errors import RejectCode, RejectedError
from schemas.source import ParagraphBlock, SourceDocument
from tests.docx_maker import abstract, item, lvl, make_docx, num, p, tbl, tc, tr

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


def need_libreoffice() -> None:
    if find_soffice() is None:
        reason = f"LibreOffice is not installed: {legacy.INSTALL_COMMAND}"
        if os.environ.get("PRIKAZ_REQUIRE") == "all":
            pytest.fail(reason)
        pytest.skip(reason)


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
    command = [
        str(find_soffice()),
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        FILTERS[suffix],
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(made)], check=True, capture_output=True, timeout=120)
    old = tmp_path / f"a{suffix}"
    document = read_document(old, file_name=f"План{suffix}")
    assert texts(document) == texts(read_document(made))
    assert document.file_name == f"План{suffix}"
    assert document.media_type == examine_file(old).media_type
    assert document.sha256 == examine_file(old).sha256


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
    with pytest.raises(RejectedError) as caught:
        read_document(fake(tmp_path, monkeypatch, script))
    assert caught.value.code is RejectCode.CORRUPT


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
    length = f"61{os.getpid()}{int(apart)}"
    path = fake(tmp_path, monkeypatch, f"sleep {length} & touch {tmp_path}/begun; wait")
    begun = time.monotonic()
    with pytest.raises(RejectedError) as caught:
        read_legacy(examine_file(path), timeout=2.0)
    assert caught.value.code is RejectCode.TIMEOUT
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
