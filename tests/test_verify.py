"""Every fault that is planted is found, and a sound database has none."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline import cli_import, settings
from pipeline.cli import run
from storage.engine import connect

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.setattr(cli_import, "READER", "tests.fake_reader:read")
        (folder / "in").mkdir()
        for name, words in (("a", "order one"), ("b", "doubt two"), ("c", "bad")):
            (folder / "in" / f"{name}.docx").write_text(words)
        assert run(["import", "in"]) == 1
    return folder


@pytest.fixture
def place(imported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(imported, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(cli_import, "READER", "tests.fake_reader:read")
    return tmp_path


ORIGINAL = Path("originals") / hashlib.sha256(b"order one").hexdigest()[:2] / hashlib.sha256(b"order one").hexdigest()


def sql(statement: str) -> Callable[[], None]:
    """A fault made behind the program's back, with foreign keys off."""

    def plant() -> None:
        with connect("sqlite:///prikaz.db").connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql(statement)

    return plant


def stray() -> None:
    Path("originals", "ab").mkdir(exist_ok=True)
    Path("originals", "ab", "ab" * 32).write_text("nobody's")


def killed_run() -> None:
    Path("originals", ".incoming", "7-abc").mkdir(parents=True)
    Path("originals", ".incoming", "7-abc", "lock").touch()


def moved() -> None:
    Path("originals", "00").mkdir(exist_ok=True)
    ORIGINAL.rename(Path("originals", "00", ORIGINAL.name))


FAULTS: dict[str, tuple[Callable[[], object], str]] = {
    "an original is gone": (lambda: ORIGINAL.unlink(), "исходного файла нет"),
    "an original was changed": (lambda: ORIGINAL.write_text("order 0ne"), "исходный файл изменён"),
    "an original was cut": (lambda: ORIGINAL.write_text("order"), "исходный файл изменён"),
    "a stray original": (stray, "без документа"),
    "an activity is gone": (sql("DELETE FROM activities WHERE id = 'activity-1'"), "activities"),
    "an interval is gone": (sql("DELETE FROM deadline_intervals WHERE ordinal = 0"), "мероприятия (activities): в таблицах не то"),
    "a title was changed": (sql("UPDATE activities SET title = 'x' WHERE id = 'activity-2'"), "мероприятия (activities): в таблицах не то"),
    "a head field was changed": (sql("UPDATE documents SET number = '1'"), "номер (number): в таблицах не то"),
    "a status was changed": (sql("UPDATE documents SET status = 'ok'"), "статус review, а у документа ok"),
    "a document without its rows": (sql("DELETE FROM directives"), "ссылается на directives"),
    "rows without their document": (sql("DELETE FROM documents WHERE status = 'ok'"), "ссылается на documents"),
    "no name left": (sql("DELETE FROM source_names"), "не восстанавливается"),
    "the reading was damaged": (sql("UPDATE documents SET reading = X'00'"), "не восстанавливается"),
    "a finding is gone": (sql("DELETE FROM findings"), "замечания (findings): в таблицах не то"),
    "a kind that is none": (sql("UPDATE documents SET kind = 'приказ'"), "не складываются в документ"),
    "a hash was changed": (sql("UPDATE documents SET source_sha256 = 'x'"), "хеш в записи не тот"),
    "a file without its document": (sql("UPDATE files SET document_id = NULL"), "а документа нет"),
    "a locator was changed": (
        sql("UPDATE activities SET locator_row = 77 WHERE id = 'activity-2'"),
        "мероприятия (activities): в таблицах не то, что прочитано: activity-2",
    ),
    "a point was renamed": (sql("UPDATE directives SET id = 'directive-9' WHERE id = 'directive-1'"), "пункты (directives)"),
    "a coverage count was changed": (sql("UPDATE documents SET coverage_placed_chars = coverage_placed_chars + 1"), "не складываются"),
    "a party without its activity": (sql("DELETE FROM activities WHERE id = 'activity-1'"), "таблица parties: строка"),
    "a pairing without its school": (sql("DELETE FROM schools"), "таблица pairings: строка"),
    "a finding of another table": (sql("UPDATE findings SET severity = 'fatal'"), "не складываются"),
    "a person is gone": (sql("DELETE FROM people WHERE ordinal = 0"), "люди (people): в таблицах не то"),
    "an organization is gone": (sql("DELETE FROM organizations"), "организации (organizations): в таблицах не то"),
    "a correction of nobody": (
        sql("INSERT INTO corrections (document_id, record, field) VALUES ('sha256:x', 'a', 'b')"),
        "таблица corrections: строка",
    ),
    "a correction that is not shown": (
        sql("INSERT INTO corrections (document_id, record, field, value) SELECT id, id, 'number', '5' FROM documents"),
        "номер (number): в таблицах не то",
    ),
    "a carrier is gone": (sql("DELETE FROM carriers WHERE rank = 1"), "связь носителей"),
    "a carrier was changed": (sql("UPDATE carriers SET rank = rank + 1"), "связь носителей"),
    "the words were changed": (sql("UPDATE documents SET words = X'00000000'"), "слова для сравнения"),
    "a file of no run": (sql("UPDATE files SET run = 99"), "таблица files: строка"),
    "a status that is none": (sql("UPDATE files SET status = 'done'"), "такого статуса нет: done"),
    "a rejected file without a code": (sql("UPDATE files SET code = NULL"), "отклонён без кода"),
    "another file's hash": (sql("UPDATE files SET sha256 = 'x' WHERE document_id IS NOT NULL"), "хеш файла не тот"),
    "an original in the wrong place": (moved, "исходный файл без документа"),
    "what a killed run left": (killed_run, "временные файлы прерванной загрузки"),
    "a rejected file with a document": (sql("UPDATE files SET status = 'rejected' WHERE status = 'ok'"), "статус rejected"),
}


def test_a_sound_database_has_no_faults(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert run(["verify"]) == 0
    captured = capfd.readouterr()
    assert captured.out == ""
    assert "Всё сходится" in captured.err


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(place: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    plant, said = FAULTS[name]
    plant()
    capfd.readouterr()
    assert run(["verify"]) == 1
    assert said in capfd.readouterr().out


def test_what_another_version_read_is_listed_and_read_anew(
    place: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect("sqlite:///prikaz.db").connect() as connection:
        connection.execute(text("UPDATE documents SET extractor = '0.0.9' WHERE status = 'ok'"))
        connection.commit()
    capfd.readouterr()
    assert run(["import", "in/a.docx"]) == 0
    assert "прочитан версией 0.0.9" in capfd.readouterr().out
    assert run(["outdated"]) == 0
    assert [line.split("\t")[1:] for line in capfd.readouterr().out.splitlines()] == [["0.0.9", "a.docx"]]
    monkeypatch.setattr(cli_import, "READER", "tests.fake_reader:read_eighteen")
    assert run(["outdated", "--again"]) == 0
    capfd.readouterr()
    assert run(["outdated"]) == 0
    captured = capfd.readouterr()
    assert captured.out == ""
    assert f"Прочитаны не версией {settings.PROGRAM_VERSION}: 0" in captured.err
    assert run(["list"]) == 0
    assert "18\t2023-02-03" in capfd.readouterr().out
    assert run(["verify"]) == 0
