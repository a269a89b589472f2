"""Storing a validated document: one transaction, whole or not at all.

The tables show the machine's reading with people's corrections laid over it; ``documents.reading`` keeps the reading itself.
"""

import zlib
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from schemas.contract import Correction, Document
from storage import tables as t
from storage.carriers import Name, name_of, sketch_words, strangers, tie
from storage.corrections import in_force, shown
from storage.rows import document_parts, document_row


def save_document(session: Session, document: Document, extractor: str) -> None:
    """Store ``document`` in place of an earlier reading of the same bytes; ``extractor`` is the version that read it.

    The caller owns the transaction. Names under which the bytes were met before, and corrections, are kept.
    """
    names = sorted({*document.source.names, *_known_names(session, document.id)})
    source = document.source.model_copy(update={"names": names, "file_name": min(names)})
    document = document.model_copy(update={"source": source})
    before = name_of(session, document.id)
    _put(session, document, shown(document, corrections_of(session, document.id)), extractor)
    _settle(session, document.id, before)


def refresh(session: Session, document_id: str) -> None:
    """Show a stored reading anew: its corrections, or the documents it is compared with, have changed."""
    row = session.get_one(t.DocumentRow, document_id, populate_existing=True)
    reading = unpack(row.reading)
    _put(session, reading, as_shown(session, document_id), row.extractor)


def as_shown(session: Session, document_id: str) -> Document:
    """What the tables should hold of a document."""
    reading = unpack(session.get_one(t.DocumentRow, document_id, populate_existing=True).reading)
    names = _known_names(session, document_id)
    source = reading.source.model_copy(update={"names": names, "file_name": min(names)})
    reading = reading.model_copy(update={"source": source})
    return shown(reading, corrections_of(session, document_id), strangers(session, document_id))


def corrections_of(session: Session, document_id: str) -> list[Correction]:
    """What people changed in a document and did not change again, in the order in which they did."""
    rows = session.scalars(select(t.CorrectionRow).where(t.CorrectionRow.document_id == document_id).order_by(t.CorrectionRow.key))
    return in_force([Correction(**{name: getattr(row, name) for name in Correction.model_fields}) for row in rows])


def add_correction(session: Session, document_id: str, correction: Correction) -> None:
    """Write a correction down and show it. An earlier one of the same field stays, and is in force again when this one is undone."""
    session.add(t.CorrectionRow(document_id=document_id, **correction.model_dump()))
    session.flush()
    _show_anew(session, document_id)


def undo_correction(session: Session, document_id: str) -> Correction | None:
    """Take the last correction back; None where there is none."""
    query = select(t.CorrectionRow).where(t.CorrectionRow.document_id == document_id).order_by(t.CorrectionRow.key.desc())
    last = session.scalars(query).first()
    if last is None:
        return None
    undone = Correction(**{name: getattr(last, name) for name in Correction.model_fields})
    session.delete(last)
    session.flush()
    _show_anew(session, document_id)
    return undone


def compare_anew(session: Session) -> None:
    """Compare documents that were stored before texts were sketched (schema 0001) with their namesakes."""
    ids = list(session.scalars(select(t.DocumentRow.id).where(t.DocumentRow.words.is_(None)).order_by(t.DocumentRow.id)))
    for document_id in ids:
        words = sketch_words(as_shown(session, document_id))
        session.execute(update(t.DocumentRow).where(t.DocumentRow.id == document_id).values(words=words))
    for document_id in ids:
        _settle(session, document_id, (None, None))


def add_name(session: Session, document_id: str, name: str) -> bool:
    """Note that the document's bytes were met under ``name`` too; False where that is known."""
    names = _known_names(session, document_id)
    if name in names:
        return False
    session.execute(insert(t.SourceName).values(document_id=document_id, name=name))
    smallest = min(name, *names)
    session.execute(update(t.DocumentRow).where(t.DocumentRow.id == document_id).values(source_file_name=smallest))
    return True


def extractor_of(session: Session, document_id: str) -> str | None:
    """The version that read the document; None where it is not stored."""
    return session.execute(select(t.DocumentRow.extractor).where(t.DocumentRow.id == document_id)).scalar()


def status_of(session: Session, document_id: str) -> str | None:
    """``ok`` or ``review``; None where the document is not stored."""
    return session.execute(select(t.DocumentRow.status).where(t.DocumentRow.id == document_id)).scalar()


def pack(document: Document) -> bytes:
    """What the machine read, as compressed JSON."""
    return zlib.compress(document.model_dump_json().encode())


def unpack(reading: bytes) -> Document:
    """The inverse of `pack`."""
    return Document.model_validate_json(zlib.decompress(reading))


def _show_anew(session: Session, document_id: str) -> None:
    """Corrections have changed: the document, and those that share or shared its number, are shown anew."""
    before = name_of(session, document_id)
    refresh(session, document_id)
    session.expire_all()
    _settle(session, document_id, before)
    _set_file_status(session, document_id)


def _settle(session: Session, document_id: str, before: Name) -> None:
    """Compare a document with its namesakes and show what came of it; ``before``: the number and date that it had."""
    for changed in sorted(tie(session, document_id, [before, name_of(session, document_id)])):
        refresh(session, changed)
        session.expire_all()
        _set_file_status(session, changed)


def _put(session: Session, reading: Document, document: Document, extractor: str) -> None:
    """Write the row and the parts of a document."""
    head: dict[str, Any] = document_row(document) | {"extractor": extractor, "reading": pack(reading), "words": sketch_words(document)}
    if status_of(session, document.id):
        for table in reversed(t.PARTS):
            session.execute(delete(table).where(table.__table__.columns["document_id"] == document.id))
        session.execute(update(t.DocumentRow).where(t.DocumentRow.id == document.id).values(**head))
    else:
        session.execute(insert(t.DocumentRow).values(**head))
    parts = document_parts(document)
    for table in t.PARTS:
        if rows := parts.get(table):
            session.execute(insert(table), rows)


def _set_file_status(session: Session, document_id: str) -> None:
    """A file's status is that of its document."""
    query = update(t.FileRow).where(t.FileRow.document_id == document_id, t.FileRow.status.in_(("ok", "review")))
    session.execute(query.values(status=status_of(session, document_id)))


def _known_names(session: Session, document_id: str) -> list[str]:
    names = select(t.SourceName.name).where(t.SourceName.document_id == document_id)
    return sorted(session.execute(names).scalars())
