"""Storing a validated document: one transaction, whole or not at all."""

import zlib
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from schemas.contract import Document
from storage import tables as t
from storage.rows import document_parts, document_row


def save_document(session: Session, document: Document, extractor: str) -> None:
    """Store ``document`` in place of an earlier reading of the same bytes; ``extractor`` is the version that read it.

    The caller owns the transaction. Names under which the bytes were met before are kept.
    """
    names = sorted({*document.source.names, *_known_names(session, document.id)})
    source = document.source.model_copy(update={"names": names, "file_name": min(names)})
    document = document.model_copy(update={"source": source})
    head: dict[str, Any] = document_row(document) | {"extractor": extractor, "reading": pack(document)}
    if _exists(session, document.id):
        _clear(session, document.id)
        session.execute(update(t.DocumentRow).where(t.DocumentRow.id == document.id).values(**head))
    else:
        session.execute(insert(t.DocumentRow).values(**head))
    parts = document_parts(document)
    for table in t.PARTS:
        if rows := parts.get(table):
            session.execute(insert(table), rows)


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


def _exists(session: Session, document_id: str) -> bool:
    return extractor_of(session, document_id) is not None


def _known_names(session: Session, document_id: str) -> list[str]:
    return list(session.execute(select(t.SourceName.name).where(t.SourceName.document_id == document_id)).scalars())


def _clear(session: Session, document_id: str) -> None:
    for table in reversed(t.PARTS):
        owner = table.__table__.columns["document_id"]
        session.execute(delete(table).where(owner == document_id))
