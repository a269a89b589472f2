"""Opening a database: SQLite or PostgreSQL, checked before anything relies on it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import URL, Connection, create_engine, event, inspect, text
from sqlalchemy import Engine as Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session as Session
from sqlalchemy.pool import NullPool

from schemas.errors import NO_ROOM, DatabaseError
from storage.tables import Base  # and with it every table

SCHEMA_VERSION = "0003"
"""The newest revision in ``storage/migrations``; stands in the table ``alembic_version``."""

BUSY_SECONDS = 600
"""How long SQLite's lock is waited for: a writer for another one, and for who reads the whole (a program of an analyst, a backup)."""

QUICK_CHECK_BYTES = 64 * 1024 * 1024
"""SQLite files up to this size are checked page by page when they are opened (0.1 s for 30 MiB)."""


class DiskFullError(DatabaseError):
    """There is no room left; nothing was lost, and the same command goes on when there is."""

    def __init__(self) -> None:
        super().__init__("На диске нет места. Освободите место и повторите команду: сделанное сохранено, работа продолжится")


def open_database(url: str, *, write: bool) -> Engine:
    """Open a database, making an empty one where there is none and ``write`` is true.

    ``url`` is an SQLAlchemy URL (``sqlite:///prikaz.db``, ``postgresql://…``). One connection a session, none kept.

    Raises:
        DatabaseError: it cannot be opened, is damaged, is not ours, or (``write``) cannot be written.
    """
    engine = connect(url)
    try:
        _require_file(engine, write)
        with begin(engine, write=write) as connection:
            _check_whole(connection)
            _check_schema(connection, write)
    except (SQLAlchemyError, sqlite3.Error, OSError, UnicodeError) as error:
        refuse(engine, error)
    return engine


@contextmanager
def begin(engine: Engine, *, write: bool) -> Iterator[Connection]:
    """One transaction. A writer takes SQLite's lock at once, so that two writers wait instead of failing."""
    with engine.connect().execution_options(prikaz_write=write) as connection, connection.begin():
        yield connection


@contextmanager
def session(engine: Engine, *, write: bool) -> Iterator[Session]:
    """One transaction as an ORM session.

    Raises:
        DatabaseError: the database fails.
    """
    try:
        with begin(engine, write=write) as connection, Session(connection) as opened:
            yield opened
            opened.flush()
    except (SQLAlchemyError, sqlite3.Error) as error:
        refuse(engine, error)


def connect(url: str) -> Engine:
    """An engine for an address; nothing is opened yet.

    Raises:
        DatabaseError: the address makes no sense or its driver is not installed.
    """
    try:
        made = create_engine(_parsed(url), poolclass=NullPool, json_serializer=_json)
    except (NoSuchModuleError, ValueError) as error:
        raise DatabaseError(f"Адрес базы данных не понят: {url}. Пример: sqlite:///prikaz.db") from error
    except ModuleNotFoundError as error:
        raise DatabaseError(f"Для этой базы не установлен драйвер {error.name}: pip install 'prikaz[postgresql]'") from error
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _on_connect)
        event.listen(made, "begin", _on_begin)
        event.listen(made, "commit", _on_commit)
    return made


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        guess = f"sqlite:///{url}" if "://" not in url else "sqlite:///prikaz.db"
        raise DatabaseError(f"Адрес базы данных не понят: {url}. Пример: {guess}") from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise DatabaseError(f"База {parsed.get_backend_name()} не поддерживается: бывает sqlite:///prikaz.db и postgresql://…")
    return parsed


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _on_connect(connection: Any, _record: Any) -> None:
    """SQLite: transactions are ours to begin; foreign keys on; a rollback journal (WAL has a bug up to 3.51.2).

    A document is kept in memory until it is committed (``cache_spill``): only beginning and committing wait for others.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "busy_timeout = 1000", "synchronous = FULL", "cache_spill = OFF"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("prikaz_write", False)
    if write:
        _patiently(connection, "BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")
        _patiently(connection, "SELECT 1 FROM sqlite_master LIMIT 1")  # takes the lock of a reader now


def _on_commit(connection: Connection) -> None:
    """The driver's own commit then finds nothing to do."""
    _patiently(connection, "COMMIT")


def _patiently(connection: Connection, statement: str) -> None:
    """Wait in slices of ``busy_timeout``: inside SQLite a signal would not be heard.

    Raises:
        sqlite3.OperationalError: the lock is held still.
    """
    cursor = connection.connection.cursor()
    try:
        for left in range(BUSY_SECONDS - 1, -1, -1):
            try:
                cursor.execute(statement).fetchall()
                return
            except sqlite3.OperationalError as error:
                if "is locked" not in str(error) or not left:
                    raise
    finally:
        cursor.close()


def database_file(url: str) -> Path | None:
    """The file of an SQLite URL; None for other databases and for one in memory.

    Raises:
        DatabaseError: the address makes no sense.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


def _require_file(engine: Engine, write: bool) -> None:
    path = database_file(engine.url.render_as_string(hide_password=False))
    if path is None:
        return
    if not write and not path.exists():
        raise DatabaseError(f"Базы данных {path} нет. Сначала загрузите документы: prikaz import ПУТЬ")
    if path.exists() and not path.is_file():
        raise DatabaseError(f"{path} — не файл базы данных. Укажите другой путь в --db")
    if not path.parent.is_dir():
        raise DatabaseError(f"Папки {path.parent} нет. Создайте её или укажите другой путь в --db")


def _check_whole(connection: Connection) -> None:
    """SQLite: is every page where it should be (small files), is the header sound (large ones)?"""
    if connection.dialect.name != "sqlite":
        return
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    if pages * size > QUICK_CHECK_BYTES:
        return
    answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if answer != "ok":
        raise DatabaseError(f"База данных повреждена ({answer}). Восстановите её из копии или укажите другую в --db")


def _check_schema(connection: Connection, write: bool) -> None:
    names = set(inspect(connection).get_table_names())
    if not names:
        _create(connection, write)
        return
    if "alembic_version" not in names or "documents" not in names:
        raise DatabaseError("Это не база данных prikaz: в ней чужие таблицы. Укажите другую в --db")
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is None:
        raise DatabaseError("В базе данных не записана версия схемы. Восстановите базу из копии или укажите другую в --db")
    if found != SCHEMA_VERSION:
        raise DatabaseError(_wrong_version(str(found)))
    if write:  # a real write, so that a folder where no journal can be made is noticed now
        connection.execute(text("UPDATE alembic_version SET version_num = version_num"))


def _wrong_version(found: str) -> str:
    if found < SCHEMA_VERSION:
        return f"Схема базы данных старая ({found}, нужна {SCHEMA_VERSION}). Обновите её: prikaz db upgrade"
    return f"Схема базы данных новее программы ({found}, программа знает {SCHEMA_VERSION}). Обновите программу"


def _create(connection: Connection, write: bool) -> None:
    if not write:
        raise DatabaseError("База данных пуста. Сначала загрузите документы: prikaz import ПУТЬ")
    Base.metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": SCHEMA_VERSION})


_SENTENCES = {
    "file is not a database": "Файл — не база данных SQLite. Укажите другой в --db",
    "malformed": "База данных повреждена. Восстановите её из копии или укажите другую в --db",
    "readonly": "База данных открыта только для чтения. Дайте право записи или укажите другую в --db",
    "unable to open": "Базу данных нельзя открыть. Проверьте путь и права доступа",
    "password authentication failed": "Сервер не принял имя или пароль. Проверьте их в --db",
    "does not exist": "На сервере нет такой базы или пользователя. Создайте их или поправьте --db",
    "connection failed": "Сервер базы данных не отвечает. Проверьте адрес в --db и то, что сервер запущен",
    "is locked": f"База данных занята другой программой дольше {BUSY_SECONDS} с. Повторите позже",
}


def refuse(engine: Engine, error: Exception) -> NoReturn:
    """Say in Russian what is wrong with a database.

    Raises:
        DatabaseError: always.
    """
    words = str(getattr(error, "orig", None) or error)
    if "disk is full" in words or getattr(error, "errno", None) in NO_ROOM:
        raise DiskFullError from error
    sentence = next((said for sign, said in _SENTENCES.items() if sign in words), "Ошибка базы данных")
    raise DatabaseError(
        f"{sentence} [{engine.url.render_as_string()}: {words.strip().splitlines()[0] if words.strip() else words}]"
    ) from error
