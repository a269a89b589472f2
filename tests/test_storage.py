"""What is stored comes back exactly, stands in tables an analyst can query, and is refused clearly where it cannot be."""

import sqlite3
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Engine, text

from schemas.contract import Document
from schemas.errors import DatabaseError
from storage.base import Base
from storage.engine import begin, open_database, session
from storage.files import FileResult, find_file, known_files, record_file
from storage.load import load_document
from storage.save import add_name, save_document, unpack
from storage.tables import DocumentRow
from tests.documents import documents, in_review, sample


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path}/prikaz.db", write=True)


def stored(engine: Engine, document: Document) -> Document:
    with session(engine, write=True) as opened:
        save_document(opened, document, "1")
    with session(engine, write=False) as opened:
        return load_document(opened, document.id)


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with session(engine, write=False) as opened:
        return [tuple(row) for row in opened.execute(text(query))]


def test_a_document_comes_back_exactly(engine: Engine) -> None:
    document = in_review()
    assert stored(engine, document).model_dump_json() == document.model_dump_json()


@given(document=documents())
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.generate],  # to shrink a whole document takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_any_document_comes_back_exactly(engine: Engine, document: Document) -> None:
    with session(engine, write=True) as opened:
        opened.execute(text("DELETE FROM documents"))
    assert stored(engine, document).model_dump_json() == document.model_dump_json()


def test_the_tables_and_the_kept_reading_agree(engine: Engine) -> None:
    document = stored(engine, sample())
    with session(engine, write=False) as opened:
        row = opened.get_one(DocumentRow, document.id)
        assert unpack(row.reading) == document


def test_reading_again_replaces_every_row(engine: Engine) -> None:
    stored(engine, sample())
    short = sample(activities=[], pairings=[], number="18")
    assert stored(engine, short) == short
    assert rows(engine, "SELECT count(*) FROM parties") == [(1,)]  # the addressee of point 2.1
    assert rows(engine, "SELECT count(*) FROM schools") == [(0,)]


def test_the_same_bytes_under_two_names_are_one_document(engine: Engine) -> None:
    document = stored(engine, sample(file_name="б.docx"))
    with session(engine, write=True) as opened:
        assert add_name(opened, document.id, "а.docx")
        assert not add_name(opened, document.id, "а.docx")
        assert load_document(opened, document.id).source.names == ["а.docx", "б.docx"]
        assert load_document(opened, document.id).source.file_name == "а.docx"


def test_names_outlive_a_new_reading(engine: Engine) -> None:
    stored(engine, sample(file_name="б.docx"))
    assert stored(engine, sample(file_name="а.docx")).source.names == ["а.docx", "б.docx"]


def test_dates_are_dates(engine: Engine) -> None:
    stored(engine, sample())
    due = rows(engine, "SELECT deadline, start, \"end\" FROM deadline_intervals WHERE start >= '2023-05-01'")
    assert due == [(1, "2023-05-01", "2023-06-30")]
    assert rows(engine, "SELECT date FROM documents") == [("2023-02-03",)]


def test_a_record_leads_to_its_place(engine: Engine) -> None:
    stored(engine, sample())
    found = rows(engine, "SELECT locator_block, locator_table, locator_row, locator_column FROM activities ORDER BY ordinal")
    assert found == [(10, 0, 1, 1), (10, 0, 2, 1)]


def test_a_transaction_that_fails_leaves_nothing(engine: Engine) -> None:
    def save_and_fail() -> None:
        with session(engine, write=True) as opened:
            save_document(opened, sample(), "1")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        save_and_fail()
    assert rows(engine, "SELECT count(*) FROM documents") == [(0,)]


def test_a_reference_to_nowhere_is_refused(engine: Engine) -> None:
    activity = sample().activities[0].model_copy(update={"annex": "annex-9"})
    with pytest.raises(DatabaseError):
        stored(engine, sample(activities=[activity]))


def test_deleting_a_document_takes_its_rows(engine: Engine) -> None:
    stored(engine, sample())
    with session(engine, write=True) as opened:
        opened.execute(text("DELETE FROM documents"))
    for table in ("activities", "deadline_intervals", "schools", "people_positions", "unplaced"):
        assert rows(engine, f"SELECT count(*) FROM {table}") == [(0,)], table


def test_every_constraint_has_a_name() -> None:
    constraints = [constraint for table in Base.metadata.tables.values() for constraint in table.constraints]
    assert len(constraints) > 60
    assert all(str(constraint.name).split("_")[0] in {"pk", "fk", "ck", "uq"} for constraint in constraints)


def test_an_input_has_one_row(engine: Engine) -> None:
    with session(engine, write=True) as opened:
        record_file(opened, FileResult("/a.pdf", "rejected", code="corrupt", message="файл повреждён"), {"prikaz": "1"})
        record_file(opened, FileResult("/a.pdf", "rejected", code="encrypted", message="файл закрыт паролем"), {"prikaz": "1"})
        record_file(opened, FileResult("/b.pdf", "ok", sha256="0" * 64), {"prikaz": "1"})
        assert [row.path for row in known_files(opened)] == ["/a.pdf", "/b.pdf"]
        assert [row.code for row in known_files(opened, ["rejected"])] == ["encrypted"]
        assert find_file(opened, "/c.pdf") is None
    assert rows(engine, "SELECT attempts FROM files ORDER BY path") == [(2,), (1,)]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"this is no database" * 100, "не база данных"), (b"SQLite format 3\0" + b"\xff" * 5000, "не база данных|повреждена|Ошибка")],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bad.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match=said):
        open_database(f"sqlite:///{path}", write=True)
    assert path.read_bytes() == content


def test_a_database_with_a_page_overwritten_is_refused(tmp_path: Path, engine: Engine) -> None:
    stored(engine, sample())
    path = tmp_path / "prikaz.db"
    content = bytearray(path.read_bytes())
    content[8192:12288] = b"\xaa" * 4096
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match="повреждена"):
        open_database(f"sqlite:///{path}", write=False)


def test_a_truncated_database_is_refused(tmp_path: Path, engine: Engine) -> None:
    stored(engine, sample())
    path = tmp_path / "prikaz.db"
    path.write_bytes(path.read_bytes()[:20000])
    with pytest.raises(DatabaseError, match="повреждена"):
        open_database(f"sqlite:///{path}", write=True)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:////no/such/folder/x.db", "Папки"),
        ("sqlite:////proc/x.db", "нельзя открыть"),
        ("not an address", "не понят"),
        ("my.db", "Пример: sqlite:///my.db"),
        ("mysql://host/x", "не поддерживается"),
        ("unknown://host/x", "не поддерживается"),
    ],
)
def test_an_impossible_address_is_refused(url: str, said: str) -> None:
    with pytest.raises(DatabaseError, match=said):
        open_database(url, write=True)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="не файл базы"):
        open_database(f"sqlite:///{tmp_path}", write=True)


def test_reading_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="prikaz import"):
        open_database(f"sqlite:///{tmp_path}/none.db", write=False)
    assert not (tmp_path / "none.db").exists()


def test_a_newer_schema_is_said(tmp_path: Path, engine: Engine) -> None:
    with session(engine, write=True) as opened:
        opened.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="новее программы"):
        open_database(f"sqlite:///{tmp_path}/prikaz.db", write=False)


def test_somebody_elses_database_is_left_alone(tmp_path: Path, engine: Engine) -> None:
    with session(engine, write=True) as opened:
        opened.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(DatabaseError, match="чужие таблицы"):
        open_database(f"sqlite:///{tmp_path}/prikaz.db", write=True)


def test_intervals_are_what_the_contract_says(engine: Engine) -> None:
    document = stored(engine, sample())
    deadline = document.activities[1].deadline
    assert deadline is not None
    assert (deadline.intervals[0].start, deadline.intervals[0].end) == (date(2023, 5, 1), date(2023, 6, 30))


def test_a_writer_waits_for_a_reader(tmp_path: Path, engine: Engine) -> None:
    reader = sqlite3.connect(tmp_path / "prikaz.db", isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM documents").fetchall()
    release = threading.Timer(1.5, reader.close)  # longer than SQLite's own patience
    release.start()
    with session(engine, write=True) as opened:
        save_document(opened, sample(), "1")
    release.join()
    with session(engine, write=False) as opened:
        assert load_document(opened, sample().id) == sample()


def test_a_lock_that_is_never_released_is_said(tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.engine.BUSY_SECONDS", 1)
    with begin(engine, write=True), pytest.raises(DatabaseError, match="занята другой программой"), session(engine, write=True):
        pass
    with session(engine, write=True) as opened:
        save_document(opened, sample(), "1")
