"""Is everything that the database says still true: originals, records, references?"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from storage import tables as t
from storage.load import load_document
from storage.originals import Originals
from storage.save import as_shown


class Fault(NamedTuple):
    """What is wrong: with which document, file or table, and in Russian what."""

    where: str
    words: str


def find_faults(session: Session, originals: Originals) -> Iterator[Fault]:
    """Everything that does not fit together; nothing is changed."""
    yield from _broken_pages(session)
    yield from _orphan_rows(session)
    ids = list(session.scalars(select(t.DocumentRow.id).order_by(t.DocumentRow.id)))
    for document_id in ids:
        yield from _document_faults(session, document_id)
        yield from _original_faults(originals, document_id)
    yield from _stray_originals(originals, set(ids))
    yield from _file_faults(session)


def _broken_pages(session: Session) -> Iterator[Fault]:
    if session.get_bind().dialect.name != "sqlite":
        return
    for (answer,) in session.execute(text("PRAGMA integrity_check(10)")):
        if answer != "ok":
            yield Fault("база данных", f"повреждена: {answer}")


def _orphan_rows(session: Session) -> Iterator[Fault]:
    """Rows whose owner is gone: SQLite takes them when foreign keys were off."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for table, row, owner, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield Fault(f"таблица {table}", f"строка {row} ссылается на {owner}, а её там нет")


def _document_faults(session: Session, document_id: str) -> Iterator[Fault]:
    name = _short(document_id)
    row = session.get_one(t.DocumentRow, document_id)
    if row.source_sha256 != document_id.removeprefix("sha256:"):
        yield Fault(name, "хеш в записи не тот, что в номере документа")
    try:
        expected = as_shown(session, document_id)
    except Exception as error:  # whatever was done to the packed bytes
        yield Fault(name, f"прочитанное не восстанавливается: {_first_line(error)}")
        return
    try:
        found = load_document(session, document_id)
    except Exception as error:  # half a document fails in as many ways as it has parts
        yield Fault(name, f"записи не складываются в документ: {_first_line(error)}")
        return
    for field in type(expected).model_fields:
        if getattr(found, field) != getattr(expected, field):
            yield Fault(name, f"{field}: в таблицах не то, что прочитано")


def _original_faults(originals: Originals, document_id: str) -> Iterator[Fault]:
    sha256 = document_id.removeprefix("sha256:")
    path = originals.place(sha256)
    if not path.is_file():
        yield Fault(_short(document_id), f"исходного файла нет: {path}")
    elif _hash(path) != sha256:
        yield Fault(_short(document_id), f"исходный файл изменён: {path}")


def _stray_originals(originals: Originals, ids: set[str]) -> Iterator[Fault]:
    for path in sorted(originals.root.rglob("*")):
        if path.is_file() and ".incoming" not in path.parts and (f"sha256:{path.name}" not in ids or path != originals.place(path.name)):
            yield Fault(str(path), "исходный файл без документа")


def _file_faults(session: Session) -> Iterator[Fault]:
    found = session.execute(select(t.DocumentRow.id, t.DocumentRow.status))
    statuses = {document_id: status for document_id, status in found}  # noqa: C416 - rows are no pairs for mypy
    for row in session.scalars(select(t.FileRow).order_by(t.FileRow.path)):
        taken = row.status in ("ok", "review")
        if row.document_id is None:
            if taken and not (row.message or "").startswith("архив"):
                yield Fault(row.path, f"статус {row.status}, а документа нет")
        elif not taken or statuses.get(row.document_id) != row.status:
            yield Fault(row.path, f"статус {row.status}, а у документа {statuses.get(row.document_id)}")
        elif row.document_id != f"sha256:{row.sha256}":
            yield Fault(row.path, "хеш файла не тот, что у документа")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _short(document_id: str) -> str:
    return document_id.removeprefix("sha256:")[:12]


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
