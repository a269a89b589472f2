"""Options that several commands share."""

import errno
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from exports.files import write_whole
from pipeline.settings import load_settings
from schemas.errors import NO_ROOM, UsageError
from storage.engine import Session, open_database, session
from storage.queries import find_ids

Database = Annotated[
    str | None,
    typer.Option(
        "--db", metavar="URL", envvar="PRIKAZ_DATABASE_URL", help="База данных [по умолчанию sqlite:///prikaz.db]", show_envvar=False
    ),
]
OriginalsFolder = Annotated[
    Path | None, typer.Option("--originals", metavar="ПАПКА", help="Хранилище исходных файлов [по умолчанию originals рядом с базой]")
]


def reading(database: str | None) -> AbstractContextManager[Session]:
    """A session that only reads.

    Raises:
        DatabaseError: the database cannot be opened.
    """
    return session(open_database(load_settings(database).database_url, write=False), write=False)


def changing(database: str | None) -> AbstractContextManager[Session]:
    """A session that writes, all or nothing.

    Raises:
        DatabaseError: the database is not there, or cannot be written.
    """
    url = load_settings(database).database_url
    open_database(url, write=False)  # there is nothing to change in a database that is not there
    return session(open_database(url, write=True), write=True)


def only_id(opened: Session, prefix: str) -> str:
    """The one document whose id begins with ``prefix``.

    Raises:
        UsageError: there is none, or there are several.
    """
    found = find_ids(opened, prefix)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"Документа {prefix} нет. Список: prikaz list")
    raise UsageError(f"С {prefix} начинаются {len(found)} документа(ов): добавьте знаков. " + ", ".join(short_id(i) for i in found[:5]))


_REASONS = {
    errno.EACCES: "нет прав",
    errno.EPERM: "нет прав",
    errno.EROFS: "диск только для чтения",
    errno.ENOENT: "нет такой папки",
    errno.ENOTDIR: "часть пути — не папка",
    errno.EISDIR: "это папка",
    errno.ENAMETOOLONG: "слишком длинное имя",
}


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write a file that appears whole or not at all.

    Raises:
        UsageError: it cannot be written there.
        OSError: the disk is full.
    """
    try:
        write_whole(path, pieces)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise
        reason = _REASONS.get(error.errno or 0, error.strerror)
        raise UsageError(f"Файл {path} нельзя записать ({reason}). Укажите другой путь") from error


def short_id(document_id: str) -> str:
    """The first twelve hex digits: enough to name a document."""
    return document_id.removeprefix("sha256:")[:12]
