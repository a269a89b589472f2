"""The migrations lead to the tables that the program makes, and nothing is guessed about other versions."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from pipeline.cli import run
from schemas.errors import DatabaseError
from storage.base import Base
from storage.carriers import carriers_of
from storage.engine import SCHEMA_VERSION, begin, connect, open_database, session
from storage.files import known_files
from storage.load import load_document
from storage.runs import begin_run, list_runs
from storage.save import save_document
from storage.upgrade import alembic_config, schema_version, upgrade_database
from tests.documents import sample


def test_migrations_lead_to_the_tables(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    assert upgrade_database(url) == (None, SCHEMA_VERSION)
    with begin(connect(url), write=False) as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_both_ways_make_the_same_tables(tmp_path: Path) -> None:
    migrated, made = f"sqlite:///{tmp_path}/a.db", f"sqlite:///{tmp_path}/b.db"
    upgrade_database(migrated)
    open_database(made, write=True)
    query = text("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2")
    found = []
    for url in (migrated, made):
        with begin(connect(url), write=False) as connection:
            found.append([tuple(row) for row in connection.execute(query)])
    assert found[0] == found[1]


def test_a_migrated_database_works(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    upgrade_database(url)
    engine = open_database(url, write=True)
    with session(engine, write=True) as opened:
        save_document(opened, sample(), "1")
        assert load_document(opened, sample().id) == sample()


def test_the_newest_migration_is_the_schema_version(tmp_path: Path) -> None:
    with begin(connect(f"sqlite:///{tmp_path}/a.db"), write=False) as connection:
        assert ScriptDirectory.from_config(alembic_config(connection)).get_heads() == [SCHEMA_VERSION]


def test_the_first_schema_with_data_is_brought_up(tmp_path: Path) -> None:
    """A database as the first version left it: a document, two files, no run known."""
    url = f"sqlite:///{tmp_path}/a.db"
    with begin(connect(url), write=True) as connection:
        command.upgrade(alembic_config(connection), "0001")
    with session(connect(url), write=True) as opened:
        opened.execute(text("ALTER TABLE documents ADD COLUMN words BLOB"))  # which later programs write
        save_document(opened, sample(), "1")
        opened.execute(text("ALTER TABLE documents DROP COLUMN words"))
        insert = "INSERT INTO files (path, status, versions, attempts, document_id) VALUES (:path, :status, '{}', 3, :document)"
        opened.execute(text(insert), {"path": "/x/a.docx", "status": "ok", "document": sample().id})
        opened.execute(text(insert), {"path": "/x/b.docx", "status": "rejected", "document": None})
    with pytest.raises(DatabaseError, match="prikaz db upgrade"):
        open_database(url, write=True)
    assert upgrade_database(url) == ("0001", SCHEMA_VERSION)
    with session(open_database(url, write=True), write=True) as opened:
        assert load_document(opened, sample().id) == sample()
        assert [(f.path, f.status) for f in known_files(opened)] == [("/x/a.docx", "ok"), ("/x/b.docx", "rejected")]
        kept = opened.execute(text("SELECT path, attempts, run FROM files ORDER BY path")).all()
        assert [tuple(row) for row in kept] == [("/x/a.docx", 3, None), ("/x/b.docx", 3, None)]
        assert list_runs(opened) == []
        assert begin_run(opened, "import x", {}) == 1


def test_upgrading_twice_changes_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    assert run(["db", "upgrade", "--db", url]) == 0
    assert run(["db", "upgrade", "--db", url]) == 0
    assert capfd.readouterr().out.splitlines()[1].endswith("обновлять нечего")


def test_a_newer_or_foreign_database_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    open_database(url, write=True)
    with begin(connect(url), write=True) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="новее программы"):
        upgrade_database(url)
    with begin(connect(url), write=True) as connection:
        assert schema_version(connection) == "9999"
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(DatabaseError, match="чужие таблицы"):
        upgrade_database(url)


def test_an_older_database_is_said(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    open_database(url, write=True)
    with begin(connect(url), write=True) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(DatabaseError, match="prikaz db upgrade"):
        open_database(url, write=True)


def test_documents_of_an_older_schema_are_compared_when_it_is_upgraded(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    engine = open_database(url, write=True)
    documents = [sample("1"), sample("2", "скан.docx")]
    with session(engine, write=True) as opened:
        for document in documents:
            save_document(opened, document, "1")
        opened.execute(text("DELETE FROM carriers"))
        opened.execute(text("DROP INDEX ix_documents_number_date"))
        opened.execute(text("ALTER TABLE documents DROP COLUMN words"))
        opened.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    assert upgrade_database(url) == ("0002", SCHEMA_VERSION)
    with session(engine, write=False) as opened:
        assert [name for _, name in carriers_of(opened, sample("2").id)] == ["приказ.docx", "скан.docx"]
        assert [load_document(opened, document.id) for document in documents] == documents
