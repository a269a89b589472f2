"""Bringing an older database to the present schema. Alembic is loaded only here."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from schemas.errors import DatabaseError
from storage.engine import SCHEMA_VERSION, begin, connect, refuse
from storage.save import compare_anew

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade_database(url: str) -> tuple[str | None, str]:
    """Apply what is missing, all or nothing. Returns the version before (None: an empty database) and after.

    Raises:
        DatabaseError: it cannot be opened, holds somebody else's tables, or is newer than the program.
    """
    engine = connect(url)
    try:
        with begin(engine, write=True) as connection:
            before = schema_version(connection)
            if before is not None and before > SCHEMA_VERSION:
                raise DatabaseError(f"Схема базы данных новее программы ({before}, программа знает {SCHEMA_VERSION}). Обновите программу")
            command.upgrade(alembic_config(connection), "head")
            with Session(connection) as opened:
                compare_anew(opened)
                opened.flush()
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        refuse(engine, error)
    return before, SCHEMA_VERSION


def alembic_config(connection: Connection) -> Config:
    """The settings of Alembic for work on ``connection``."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def schema_version(connection: Connection) -> str | None:
    """The version of the tables; None where there are none.

    Raises:
        DatabaseError: the tables are not ours.
    """
    names = set(inspect(connection).get_table_names())
    if not names:
        return None
    if "alembic_version" not in names:
        raise DatabaseError("Это не база данных prikaz: в ней чужие таблицы. Укажите другую в --db")
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
