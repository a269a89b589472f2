"""Questions that the command line asks of the tables."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.base import Base
from storage.tables import (
    ActivityRow,
    AnnexRow,
    DirectiveRow,
    DocumentRow,
    FindingRow,
    IndicatorRow,
    KeptTableRow,
    NoteRow,
    PairingRow,
)


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
    """A stored finding and where it leads: its record's number and words, the 1-based page (None outside PDF), the place's indices."""

    severity: str
    code: str
    message: str
    record: str | None = None
    number: str | None = None
    words: str | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


def list_documents(session: Session, status: str | None = None) -> list[Listed]:
    """All documents, or those with a status, as people look for them: by date, number and file name; those without a date last."""
    row = DocumentRow
    query = select(row.id, row.status, row.kind, row.number, row.date, row.title, row.source_file_name)
    if status is not None:
        query = query.where(row.status == status)
    listed = [Listed(*found) for found in session.execute(query)]
    return sorted(listed, key=lambda found: (found.date is None, found.date or date.min, found.number or "", found.file_name, found.id))


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
    """What a person should look at (no mere remarks) in a document, in its order, each with its place or that of its record."""
    row = FindingRow
    query = select(row).where(row.document_id == document_id, row.severity != "info").order_by(row.ordinal)
    findings = list(session.scalars(query))
    records = _records(session, document_id, {finding.record for finding in findings if finding.record})
    return [_asked(finding, records.get(finding.record or "")) for finding in findings]


def _records(session: Session, document_id: str, ids: set[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    tables: tuple[Any, ...] = (DirectiveRow, ActivityRow, PairingRow, IndicatorRow, KeptTableRow, NoteRow, AnnexRow)
    for table in tables if ids else ():
        rows = session.scalars(select(table).where(table.document_id == document_id))
        found |= {row.id: row for row in rows if row.id in ids}
    return found


def _asked(finding: FindingRow, record: Any) -> Asked:
    place = finding if finding.locator_block is not None or record is None else record
    words = next((getattr(record, name) for name in ("title", "text", "name") if getattr(record, name, None)), None)
    page = min((span["page"] for span in place.locator_spans or ()), default=None)
    inside = (page, place.locator_table, place.locator_row, place.locator_column)
    return Asked(finding.severity, finding.code, finding.message, finding.record, getattr(record, "number", None), words, *inside)
