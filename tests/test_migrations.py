"""The migrations lead to the tables that the program makes, and nothing is guessed about other versions."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from pipeline.cli import run
from schemas.errors import DatabaseError
from storage.base import Base
from storage.engine import SCHEMA_VERSION, begin, connect, open_database, session
from storage.load import load_document
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
