"""Questions that the command line asks of the tables."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.base import Base
from storage.tables import ActivityRow, DirectiveRow, DocumentRow, FindingRow, IndicatorRow, PairingRow


class Listed(NamedTuple):
    """A stored document in short."""

    id: str
    status: str
    kind: str
    number: str | None
    date: date | None
    title: str | None
    file_name: str


class Counted(NamedTuple):
    """What a stored document holds: records of each kind, and the share of its letters and digits that have a place."""

    directives: int
    activities: int
    pairings: int
    indicators: int
    findings: int
    coverage: float


class Asked(NamedTuple):
    """A stored finding in short."""

    severity: str
    code: str
    message: str
    record: str | None


def list_documents(session: Session, status: str | None = None) -> list[Listed]:
    """All documents ordered by id, or those with a status."""
    row = DocumentRow
    query = select(row.id, row.status, row.kind, row.number, row.date, row.title, row.source_file_name).order_by(row.id)
    if status is not None:
        query = query.where(row.status == status)
    return [Listed(*found) for found in session.execute(query)]


class Outdated(NamedTuple):
    """A document that another version read."""

    id: str
    extractor: str
    file_name: str


def outdated_documents(session: Session, version: str) -> list[Outdated]:
    """Documents that were not read by ``version``, ordered by id."""
    row = DocumentRow
    query = select(row.id, row.extractor, row.source_file_name).where(row.extractor != version).order_by(row.id)
    return [Outdated(*found) for found in session.execute(query)]


def count_records(session: Session, document_id: str) -> Counted:
    """How many records of each kind a document holds."""
    tables: list[type[Base]] = [DirectiveRow, ActivityRow, PairingRow, IndicatorRow, FindingRow]
    counts = [
        session.execute(select(func.count()).select_from(table).where(table.__table__.columns.document_id == document_id)).scalar_one()
        for table in tables
    ]
    row = session.get_one(DocumentRow, document_id)
    unplaced = row.coverage_unplaced_chars / row.coverage_source_chars if row.coverage_source_chars else 0.0
    directives, activities, pairings, indicators, findings = counts
    return Counted(directives, activities, pairings, indicators, findings, 1 - unplaced)


def find_ids(session: Session, prefix: str) -> list[str]:
    """Ids that begin with ``prefix``, with or without «sha256:»."""
    start = prefix if prefix.startswith("sha256:") else f"sha256:{prefix}"
    query = select(DocumentRow.id).where(DocumentRow.id.startswith(start, autoescape=True)).order_by(DocumentRow.id)
    return list(session.scalars(query))


def findings_of(session: Session, document_id: str) -> list[Asked]:
    """A document's findings in their order."""
    row = FindingRow
    query = select(row.severity, row.code, row.message, row.record).where(row.document_id == document_id).order_by(row.ordinal)
    return [Asked(*found) for found in session.execute(query)]
