"""The command line: what it says, what it leaves behind, and its exit codes. Reading itself is stubbed."""

import csv
import hashlib
import io
import json
import os
from pathlib import Path

import pytest

from pipeline import cli_import, cli_progress
from pipeline.cli import run
from pipeline.pool import Pool
from schemas.contract import Document
from schemas.errors import RejectCode

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PRIKAZ_DATABASE_URL", raising=False)
    monkeypatch.delenv("PRIKAZ_ORIGINALS", raising=False)
    monkeypatch.setattr(cli_import, "READER", "tests.fake_reader:read")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    inbox = tmp_path / "in"
    inbox.mkdir()
    return inbox


def put(folder: Path, **files: str) -> None:
    for name, content in files.items():
        (folder / f"{name}.docx").write_text(content)


def exported(capfd: pytest.CaptureFixture[str], *arguments: str) -> list[Document]:
    capfd.readouterr()
    assert run(["export", *arguments]) == 0
    plain = json.loads(capfd.readouterr().out)
    return [Document.model_validate(document) for document in plain["documents"]]


def test_files_come_in_and_go_out(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one", b="doubt two")
    assert run(["import", "in"]) == 0
    out = capfd.readouterr().out.splitlines()
    out.sort()
    assert [line.split()[:2] for line in out] == [["ok", "in/a.docx:"], ["review", "in/b.docx:"]]
    assert "приказ № 17-о от 03.02.2023" in out[0]
    assert "срок не разобран" in out[1]
    documents = exported(capfd)
    assert [document.id for document in documents] == sorted(document.id for document in documents)
    assert {document.source.file_name for document in documents} == {"a.docx", "b.docx"}


def test_importing_again_changes_nothing_and_says_so(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one")
    run(["import", "in"])
    before = exported(capfd)
    assert run(["import", "in"]) == 0
    assert "уже в базе, ничего не изменилось" in capfd.readouterr().out
    assert exported(capfd) == before


def test_again_reads_anew(folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, a="order one")
    run(["import", "in"])
    monkeypatch.setattr(cli_import, "READER", "tests.fake_reader:read_eighteen")
    assert run(["import", "in", "--again"]) == 0
    assert [document.number for document in exported(capfd)] == ["18"]


def test_the_same_bytes_under_two_names(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, b="order one", a="order one")
    assert run(["import", "in/b.docx", "in/a.docx", "--jobs", "2"]) == 0
    assert "под другим именем" in capfd.readouterr().out
    (document,) = exported(capfd)
    assert (document.source.file_name, document.source.names) == ("a.docx", ["a.docx", "b.docx"])


def test_the_order_of_arguments_does_not_matter(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one", b="doubt two", c="order three")
    names = ["in/c.docx", "in/a.docx", "in/b.docx"]
    for number, arguments in enumerate((names, names[::-1], ["in"])):
        run(["import", *arguments, "--db", f"sqlite:///{number}.db"])
        run(["export", "--db", f"sqlite:///{number}.db", "-o", f"{number}.json"])
    assert Path("0.json").read_bytes() == Path("1.json").read_bytes() == Path("2.json").read_bytes()


def test_one_bad_file_does_not_stop_the_others(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="bad", b="bug", c="order")
    assert run(["import", "in", "in/none.pdf"]) == 1
    captured = capfd.readouterr()
    lines = sorted(captured.out.splitlines())
    assert [line.split()[0] for line in lines] == ["failed", "ok", "rejected", "rejected"]
    assert "ZeroDivisionError" in lines[0]
    assert "[corrupt]: Файл повреждён: попросите" in lines[2]
    assert "[unreadable]" in lines[3]
    assert "Traceback" not in captured.out + captured.err
    assert len(exported(capfd)) == 1


def test_a_link_and_a_pipe_are_no_files(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order")
    (folder / "link.docx").symlink_to(folder / "a.docx")
    os.mkfifo(folder / "pipe.docx")
    assert run(["import", "in"]) == 1
    assert capfd.readouterr().out.count("[not_regular]") == 2


def test_originals_are_kept_under_their_hash(folder: Path, tmp_path: Path) -> None:
    put(folder, a="order one", b="bad")
    run(["import", "in"])
    sha = hashlib.sha256(b"order one").hexdigest()
    assert (tmp_path / "originals" / sha[:2] / sha).read_bytes() == b"order one"
    assert [path.name for path in (tmp_path / "originals").rglob("*") if path.is_file()] == [sha]


def test_a_name_that_is_no_text(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff\n.docx"))).write_text("order")
    assert run(["import", "in"]) == 0
    assert exported(capfd)[0].source.file_name == "\\xff\\n.docx"


def test_files_of_other_kinds_in_a_folder_are_no_failure(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order")
    (folder / "about.toml").write_text("text")
    assert run(["import", "in"]) == 0
    assert "не документы" in capfd.readouterr().err
    assert run(["import", "in/about.toml"]) == 1  # but named by hand it is


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "in"], "Нечего загружать"),
        (["import", "in", "--quick"], "Нет такого параметра: --quick"),
        (["import"], "Не хватает"),
        (["exprot"], "Нет такой команды: exprot"),
        (["export", "--format", "xml"], "Нет формата xml"),
        (["export", "--format"], "нужно значение"),
        (["show"], "Не хватает"),
    ],
)
def test_usage_errors(folder: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert run(arguments) == 2
    captured = capfd.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_a_folder_without_any_document(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "notes.txt").write_text("text")
    assert run(["import", "in"]) == 2
    assert "Ни одного документа" in capfd.readouterr().err


@pytest.mark.parametrize("arguments", [["import", "in"], ["export"], ["list"], ["show", "12"]])
def test_a_damaged_database_is_said_before_any_reading(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    put(folder, a="order")
    Path("prikaz.db").write_bytes(b"rubbish" * 1000)
    monkeypatch.setattr(Pool, "read_all", lambda *_: pytest.fail("read before the database was opened"))
    assert run(arguments) == 3
    assert "не база данных" in capfd.readouterr().err


def test_the_database_comes_from_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIKAZ_DATABASE_URL", "sqlite:///other.db")
    put(folder, a="order")
    assert run(["import", "in"]) == 0
    assert Path("other.db").exists()
    assert not Path("prikaz.db").exists()


def test_export_of_one_by_the_beginning_of_its_id(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one", b="order two")
    run(["import", "in"])
    sha = hashlib.sha256(b"order two").hexdigest()
    assert [document.id for document in exported(capfd, sha[:8])] == [f"sha256:{sha}"]
    assert run(["export", "zz"]) == 2
    assert "Документа zz нет" in capfd.readouterr().err


def test_an_export_that_cannot_be_written(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one")
    run(["import", "in"])
    assert run(["export", "-o", "no/such/folder.json"]) == 2
    assert "нельзя записать (нет такой папки)" in capfd.readouterr().err
    assert run(["export", "-o", str(folder)]) == 2
    assert "нельзя записать (это папка)" in capfd.readouterr().err


def test_a_report_has_no_place_in_a_watch(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "in", "--watch", "--report", "r.csv"]) == 2
    assert "--report и --watch" in capfd.readouterr().err


def test_a_store_that_cannot_be_written_is_said(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one")
    Path("store").write_text("a file where the folder should be")
    assert run(["import", "in", "--originals", "store"]) == 3
    assert "нельзя писать" in capfd.readouterr().err


def test_jsonl(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one", b="order two")
    run(["import", "in"])
    capfd.readouterr()
    assert run(["export", "--format", "jsonl"]) == 0
    assert len([json.loads(line) for line in capfd.readouterr().out.splitlines()]) == 2


def test_list_and_review(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one", b="doubt two")
    run(["import", "in"])
    capfd.readouterr()
    assert run(["list"]) == 0
    rows = [line.split("\t") for line in capfd.readouterr().out.splitlines()]
    assert sorted((row[1], row[2], row[3], row[6]) for row in rows) == [
        ("ok", "приказ", "17-о", "a.docx"),
        ("review", "приказ", "17-о", "b.docx"),
    ]
    assert run(["list", "--review"]) == 0
    out = capfd.readouterr().out
    assert "a.docx" not in out
    assert [line.split("\t")[1:] for line in out.splitlines()] == [
        [
            "b.docx",
            "warning",
            "deadline_unparsed",
            "activity-2",
            "мероприятие 2 «Отчёт»",
            "таблица 1, строка 3, столбец 2",
            "срок не разобран: «к весне»",
        ]
    ]


def test_what_was_not_taken_is_listed_and_why(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one", b="bad")
    (folder / "Thumbs.db").write_text("bad")
    run(["import", "in"])
    capfd.readouterr()
    assert run(["list", "--rejected"]) == 0
    rows = [line.split("\t") for line in capfd.readouterr().out.splitlines()]
    assert (str(folder / "b.docx"), "rejected", "corrupt") in [tuple(row[:3]) for row in rows]
    assert all(row[3] for row in rows)


def test_show_marks_what_a_person_changed(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one", b="order two")
    run(["import", "in"])
    document = hashlib.sha256(b"order one").hexdigest()[:12]
    assert run(["correct", document, "activity-2", "title", "Сводный отчёт", "--why", "так в бумаге", "--by", "Ветрова"]) == 0
    capfd.readouterr()
    assert run(["show", document, "--ids"]) == 0
    out = " ".join(capfd.readouterr().out.split())
    for words in (
        "Сводный отчёт ✎ activity-2",
        "activity-2 title: «Отчёт» → «Сводный отчёт»",
        "Ветрова, ",
        "так в бумаге",
        "directive-2.1",
        f"Носитель a.docx {document}",
    ):
        assert words in out


def test_show_reads_like_a_roadmap(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one")
    run(["import", "in"])
    capfd.readouterr()
    assert run(["show", hashlib.sha256(b"order one").hexdigest()[:12]]) == 0
    out = capfd.readouterr().out
    for words in ("Приказ № 17-о от 03.02.2023", "└── 2.1 Лапину С.С.", "Организация › Методика", "01.05.2023", "МБОУ Гимназия № 2"):
        assert words in out
    assert max(map(len, out.splitlines())) <= 80


def test_schema(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert json.loads(capfd.readouterr().out)["$id"] == "urn:prikaz:export:1.0"


def test_a_fault_of_ours_has_no_traceback(folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_import, "gather", lambda paths: 1 / 0)
    assert run(["import", "in"]) == 70
    captured = capfd.readouterr()
    assert "Сбой программы (ZeroDivisionError" in captured.err
    assert "Traceback" not in captured.err


REPORT = ["import", "in", "--report"]


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_the_report_has_each_input_once(folder: Path, suffix: str) -> None:
    put(folder, a="order one", b="bad", c="order one", d="bug")
    (folder / "empty").symlink_to("nowhere")
    assert run([*REPORT, f"r{suffix}"]) == 1
    text = Path(f"r{suffix}").read_text(encoding="utf-8")
    rows = json.loads(text) if suffix == ".json" else list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == ["path", "status", "code", "message", "document_id", "seconds", "peak_mb"]
    found = [(Path(row["path"]).name, row["status"], row["code"] or None) for row in rows]
    assert found == [
        ("a.docx", "ok", None),
        ("b.docx", "rejected", "corrupt"),
        ("c.docx", "ok", None),
        ("d.docx", "failed", None),
        ("empty", "rejected", "not_regular"),
    ]
    assert float(rows[0]["peak_mb"]) > 1


def test_retry_takes_only_what_was_rejected(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one", b="bad", c="bug")
    run(["import", "in"])
    put(folder, b="order two")
    capfd.readouterr()
    assert run(["import", "--retry", "rejected"]) == 0
    assert [line.split()[:2] for line in capfd.readouterr().out.splitlines()] == [["ok", "in/b.docx:"]]
    assert run(["import", "in", "--retry", "failed"]) == 1
    assert [line.split()[:2] for line in capfd.readouterr().out.splitlines()] == [["failed", "in/c.docx:"]]
    assert run(["import", "--retry", "rejected"]) == 2


def test_dry_run_counts_and_leaves_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one", b="order two", c="order two")
    assert run(["import", "in", "--dry-run"]) == 0
    assert capfd.readouterr().out.splitlines() == [
        "всего файлов: 3", "новых: 2", "уже в базе: 0", "повторяют друг друга: 1", "нельзя прочитать: 0",
    ]  # fmt: skip
    assert not Path("prikaz.db").exists()
    assert not Path("originals").exists()
    run(["import", "in/a.docx"])
    capfd.readouterr()
    run(["import", "in", "--dry-run"])
    assert "уже в базе: 1" in capfd.readouterr().out


def test_a_limit_that_is_no_number(folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, a="order one")
    monkeypatch.setenv("PRIKAZ_SECONDS", "soon")
    assert run(["import", "in"]) == 2
    assert "PRIKAZ_SECONDS" in capfd.readouterr().err


def test_doctor_names_every_tool(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["doctor"])
    said = capsys.readouterr().out
    assert "tesseract" in said
    assert "LibreOffice" in said
    assert (code == 0) == ("НЕТ" not in said)


@pytest.mark.parametrize(
    "command", ["", "import", "export", "list", "show", "correct", "accept", "undo", "verify", "outdated", "db upgrade"]
)
def test_help_is_russian(capfd: pytest.CaptureFixture[str], command: str) -> None:
    assert run([*command.split(), "--help"]) == 0
    out = capfd.readouterr().out
    assert "Вызов: prikaz" in out
    for english in ("Usage", "OPTIONS", "Show this", "<str>", "<bool>", "required", "default"):
        assert english not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "--jobs", "x", "."], "Параметр --jobs: нужно целое число. Справка: prikaz import --help"),
        (["import", "--jobs", "-1", "."], "Параметр --jobs: нужно число не меньше 0"),
        (["show", "a", "b"], "Лишнее в команде: b. Справка: prikaz show --help"),
        (["db"], "Не хватает команды. Справка: prikaz db --help"),
    ],
)
def test_mistakes_in_a_command_are_said_in_russian(capfd: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert run(arguments) == 2
    assert said in capfd.readouterr().err


def test_the_version_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capfd.readouterr().out.startswith("prikaz 0.")


def test_every_reject_code_has_words() -> None:
    assert set(cli_progress.REJECTED) == {code.value for code in RejectCode}


def test_accepting_what_waits_for_nobody(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(folder, a="order one", b="doubt two")
    run(["import", "in"])
    capfd.readouterr()
    assert run(["accept", hashlib.sha256(b"order one").hexdigest()]) == 0
    assert "уже принят" in capfd.readouterr().out
    assert run(["undo", hashlib.sha256(b"order one").hexdigest()]) == 2
    assert run(["accept", hashlib.sha256(b"doubt two").hexdigest(), "--why", "смотрела"]) == 0
    assert run(["list", "--review"]) == 0
    captured = capfd.readouterr()
    assert "Принят: приказ № 17-о от 03.02.2023" in captured.out
    assert "Ничего не ждёт человека." in captured.err
    assert run(["undo", hashlib.sha256(b"doubt two").hexdigest()]) == 0
    assert "Отменено: принятие документа" in capfd.readouterr().out
