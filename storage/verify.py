"""Is everything that the database says still true: originals, records, references?"""

import hashlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from schemas.contract import Document
from storage import tables as t
from storage.carriers import sketch_words
from storage.engine import Engine, session
from storage.incoming import abandoned_folders
from storage.load import load_document
from storage.originals import Originals
from storage.save import as_shown

_WORDS = {
    "id": "номер документа",
    "status": "статус",
    "source": "исходный файл",
    "kind": "вид",
    "number": "номер",
    "date": "дата",
    "place": "место издания",
    "title": "заголовок",
    "issuer": "кто издал",
    "preamble": "преамбула",
    "period": "период",
    "signatories": "подписи",
    "references": "ссылки на акты",
    "annexes": "приложения",
    "directives": "пункты",
    "activities": "мероприятия",
    "pairings": "закрепления",
    "indicators": "показатели",
    "tables": "прочие таблицы",
    "notes": "примечания",
    "people": "люди",
    "organizations": "организации",
    "findings": "замечания",
    "corrections": "правки",
    "locators": "места полей",
    "coverage": "покрытие",
}
"""Field of a document → its Russian name."""
_STATUSES = {"ok", "review", "rejected", "failed"}
_PATIENCE = 3
"""Seconds in which a run at work stores the document of an original that it has put in its place."""


class Fault(NamedTuple):
    """What is wrong: with which document, file or table, and in Russian what."""

    where: str
    words: str


def find_faults(engine: Engine, originals: Originals) -> Iterator[Fault]:
    """Everything that does not fit together; nothing is changed.

    Each document is read in a transaction of its own, and no file is hashed in one: an import may go on meanwhile.
    """
    kept = list(_kept(originals))
    with session(engine, write=False) as opened:
        yield from list(_broken_pages(opened)) + list(_orphan_rows(opened)) + list(_file_faults(opened)) + list(_tie_faults(opened))
        ids = list(opened.scalars(select(t.DocumentRow.id).order_by(t.DocumentRow.id)))
    for document_id in ids:
        with session(engine, write=False) as opened:
            found = list(_document_faults(opened, document_id))
        yield from found
        yield from _original_faults(originals, document_id)
    yield from _stray_originals(engine, originals, kept, set(ids))
    for folder in abandoned_folders(originals.incoming().root):
        yield Fault(str(folder), "временные файлы прерванной загрузки: их уберёт следующая загрузка")


def _broken_pages(opened: Session) -> Iterator[Fault]:
    if opened.get_bind().dialect.name != "sqlite":
        return
    for (answer,) in opened.execute(text("PRAGMA integrity_check(10)")):
        if answer != "ok":
            yield Fault("база данных", f"повреждена: {answer}")


def _orphan_rows(opened: Session) -> Iterator[Fault]:
    """Rows whose owner is gone: SQLite takes them when foreign keys were off."""
    if opened.get_bind().dialect.name != "sqlite":
        return
    for table, row, owner, _ in opened.execute(text("PRAGMA foreign_key_check")):
        yield Fault(f"таблица {table}", f"строка {row} ссылается на {owner}, а её там нет")


def _document_faults(opened: Session, document_id: str) -> Iterator[Fault]:
    name = _short(document_id)
    row = opened.get_one(t.DocumentRow, document_id)
    if row.source_sha256 != document_id.removeprefix("sha256:"):
        yield Fault(name, "хеш в записи не тот, что в номере документа")
    try:
        expected = as_shown(opened, document_id)
    except Exception as error:  # whatever was done to the packed bytes
        yield Fault(name, f"прочитанное не восстанавливается: {_first_line(error)}")
        return
    try:
        found = load_document(opened, document_id)
    except Exception as error:  # half a document fails in as many ways as it has parts
        yield Fault(name, f"записи не складываются в документ: {_first_line(error)}")
        return
    for field in type(expected).model_fields:
        if getattr(found, field) != getattr(expected, field):
            yield Fault(name, f"{_WORDS.get(field, field)} ({field}): в таблицах не то, что прочитано{_which(found, expected, field)}")
    if row.words != sketch_words(expected):
        yield Fault(name, "слова для сравнения (words): в таблицах не то, что прочитано")


def _which(found: Document, expected: Document, field: str) -> str:
    """The records that differ, where they have ids."""
    there, due = _by_id(getattr(found, field)), _by_id(getattr(expected, field))
    ids = [key for key in {**due, **there} if there.get(key) != due.get(key)]
    return f": {', '.join(ids[:3])}{', …' if len(ids) > 3 else ''}" if ids else ""


def _by_id(value: Any) -> dict[str, Any]:
    return {item.id: item for item in value if hasattr(item, "id")} if isinstance(value, list) else {}


def _original_faults(originals: Originals, document_id: str) -> Iterator[Fault]:
    sha256 = document_id.removeprefix("sha256:")
    path = originals.place(sha256)
    try:
        if _hash(path) != sha256:
            yield Fault(_short(document_id), f"исходный файл изменён: {path}")
    except FileNotFoundError:
        yield Fault(_short(document_id), f"исходного файла нет: {path}")
    except OSError as error:
        yield Fault(_short(document_id), f"исходный файл не читается ({error.strerror}): {path}")


def _kept(originals: Originals) -> Iterator[Path]:
    for path in sorted(originals.root.rglob("*")):
        if ".incoming" not in path.parts and not path.is_dir():
            yield path


def _stray_originals(engine: Engine, originals: Originals, kept: Sequence[Path], ids: set[str]) -> Iterator[Fault]:
    """``kept``: the files before ``ids`` were asked for."""
    strays = [path for path in kept if f"sha256:{path.name}" not in ids or path != originals.place(path.name)]
    for _ in range(_PATIENCE):
        if not strays or not originals.incoming().root.is_dir():
            break
        time.sleep(1)
        with session(engine, write=False) as opened:
            strays = [path for path in strays if opened.get(t.DocumentRow, f"sha256:{path.name}") is None]
    for path in strays:
        yield Fault(str(path), "исходный файл без документа")


def _tie_faults(opened: Session) -> Iterator[Fault]:
    """Carriers of one order have one number and date, and ranks from 0 on; the group is called by its smallest id."""
    row, document = t.CarrierRow, t.DocumentRow
    groups: dict[str, list[Any]] = {}
    query = select(row.carried, row.rank, document.id, document.number, document.date).join(document, document.id == row.document_id)
    for found in opened.execute(query.order_by(row.carried, row.rank)):
        groups.setdefault(found.carried, []).append(found)
    for carried, group in groups.items():
        names = {(found.number, found.date) for found in group}
        ranks = [found.rank for found in group]
        if len(names) > 1 or ranks != list(range(len(group))) or len(group) < 2 or carried != min(found.id for found in group):
            yield Fault(_short(group[0].id), "связь носителей одного приказа (carriers) не сходится")


def _file_faults(opened: Session) -> Iterator[Fault]:
    found = opened.execute(select(t.DocumentRow.id, t.DocumentRow.status))
    statuses = {document_id: status for document_id, status in found}  # noqa: C416 - rows are no pairs for mypy
    for row in opened.scalars(select(t.FileRow).order_by(t.FileRow.path)):
        if words := _file_fault(row, statuses):
            yield Fault(row.path, words)


def _file_fault(row: t.FileRow, statuses: dict[str, str]) -> str | None:
    taken = row.status in ("ok", "review")
    if row.status not in _STATUSES:
        return f"такого статуса нет: {row.status}"
    if row.document_id is None:
        if row.status == "rejected" and not row.code:
            return "отклонён без кода"
        is_archive = (row.message or "").startswith("архив")
        return f"статус {row.status}, а документа нет" if taken and not is_archive else None
    if not taken or statuses.get(row.document_id) != row.status:
        return f"статус {row.status}, а у документа {statuses.get(row.document_id)}"
    return None if row.document_id == f"sha256:{row.sha256}" else "хеш файла не тот, что у документа"


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _short(document_id: str) -> str:
    return document_id.removeprefix("sha256:")[:12]


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
