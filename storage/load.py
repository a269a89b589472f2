"""Rows of the tables back into a validated document: the inverse of `storage.rows`."""

from collections import defaultdict
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from schemas.contract import (
    Activity,
    Annex,
    ApprovedBy,
    Correction,
    Coverage,
    Deadline,
    Directive,
    Document,
    Extra,
    Finding,
    Indicator,
    Issuer,
    KeptTable,
    Locator,
    Locators,
    MentionedOrganization,
    MentionedPerson,
    Note,
    Pairing,
    Party,
    Period,
    Person,
    Reference,
    School,
    Signatory,
    Source,
    SourcePage,
    Unplaced,
)
from storage import tables as t
from storage.base import Base
from storage.corrections import in_force
from storage.rows import Row


def load_document(session: Session, document_id: str) -> Document:
    """Read a document from the tables, validated.

    Raises:
        KeyError: there is no such document.
    """
    head = session.get(t.DocumentRow, document_id)
    if head is None:
        raise KeyError(document_id)
    return _Loader(session, document_id).document(_columns(head))


def _columns(row: Base) -> Row:
    return {name: getattr(row, name) for name in _table(type(row)).columns.keys()}  # noqa: SIM118 - names, not columns


def nested(row: Row, field: str, model: type[BaseModel]) -> Row | None:
    """The columns ``field_*`` as the fields of ``model``; None where all are null."""
    values = {name: row.get(f"{field}_{name}") for name in model.model_fields}
    return values if any(value is not None for value in values.values()) else None


def _only(row: Row, model: type[BaseModel]) -> Row:
    return {name: row[name] for name in model.model_fields if name in row}


def _located(row: Row) -> Row:
    return row | {"locator": nested(row, "locator", Locator)}


def _named(row: Row) -> Row:
    return row | {"person": nested(row, "person", Person)}


class _Loader:
    """Reads the parts of one document and puts them together."""

    def __init__(self, session: Session, document_id: str) -> None:
        self.session = session
        self.document_id = document_id
        self.intervals = self.grouped(t.DeadlineInterval, "deadline")
        self.schools = self.rows(t.SchoolRow)
        self.institutions = _group(self.schools, "party")
        self.deadlines = self.rows(t.DeadlineRow)
        self.parties = self.rows(t.PartyRow)

    def rows(self, table: type[Base]) -> list[Row]:
        """The document's rows of a table in their order."""
        columns = _table(table).c
        order = columns.ordinal if "ordinal" in columns else list(_table(table).primary_key)[-1]
        found = self.session.execute(select(_table(table)).where(columns.document_id == self.document_id).order_by(order))
        return [dict(row) for row in found.mappings()]

    def grouped(self, table: type[Base], key: str) -> dict[Any, list[Row]]:
        """The document's rows of a table by a column."""
        return _group(self.rows(table), key)

    def document(self, head: Row) -> Document:
        """The whole document."""
        head |= {
            "source": self.source(head),
            "issuer": nested(head, "issuer", Issuer),
            "period": nested(head, "period", Period),
            "signatories": [_only(_named(row), Signatory) for row in self.rows(t.SignatoryRow)],
            "references": self.plain(t.ReferenceRow, Reference),
            "annexes": [self.annex(row) for row in self.rows(t.AnnexRow)],
            "directives": self.directives(),
            "activities": self.activities(),
            "pairings": [self.pairing(row) for row in self.rows(t.PairingRow)],
            "indicators": self.indicators(),
            "tables": self.plain(t.KeptTableRow, KeptTable),
            "notes": self.plain(t.NoteRow, Note),
            "people": self.people(),
            "organizations": self.plain(t.OrganizationRow, MentionedOrganization),
            "findings": self.plain(t.FindingRow, Finding),
            "corrections": self.corrections(),
            "locators": self.locators(),
            "coverage": self.coverage(head),
        }
        return Document.model_validate(_only(head, Document))

    def plain(self, table: type[Base], model: type[BaseModel]) -> list[Row]:
        """Rows of a list whose items hold nothing but scalars and a locator."""
        return [_only(_located(row) if "locator_block" in row else row, model) for row in self.rows(table)]

    def source(self, head: Row) -> Row:
        """The file the document was read from."""
        names = [row["name"] for row in self.rows(t.SourceName)]
        pages = [_only(row, SourcePage) for row in self.rows(t.SourcePageRow)]
        return (nested(head, "source", Source) or {}) | {"names": sorted(names), "pages": pages}

    def coverage(self, head: Row) -> Row:
        """The count of letters and digits, and the pieces that no record holds."""
        pieces = [_only(_located(row), Unplaced) for row in self.rows(t.UnplacedRow)]
        return (nested(head, "coverage", Coverage) or {}) | {"unplaced": pieces}

    def locators(self) -> Row:
        """Where the head fields stand."""
        found = {row["field"]: nested(row, "locator", Locator) for row in self.rows(t.HeadLocator)}
        return {field: found.get(field) for field in Locators.model_fields}

    def annex(self, row: Row) -> Row:
        """An annex."""
        act = (nested(row, "approved_by", ApprovedBy) or {}) if row["approved_by"] else None
        return _only(_located(row) | {"period": nested(row, "period", Period), "approved_by": act}, Annex)

    def directives(self) -> list[Row]:
        """The points with their addressees and deadlines."""
        deadlines, parties = self.by_owner("directive_id")
        return [
            _only(_located(row) | {"deadline": deadlines.get(row["id"]), "addressees": parties[row["id"]]}, Directive)
            for row in self.rows(t.DirectiveRow)
        ]

    def activities(self) -> list[Row]:
        """The activities with sections, deadlines, parties and further columns."""
        deadlines, parties = self.by_owner("activity_id")
        sections, extras = self.grouped(t.ActivitySection, "activity_id"), self.grouped(t.ActivityExtra, "activity_id")

        def activity(row: Row) -> Row:
            key = row["id"]
            titles = [section["title"] for section in sections[key]]
            extra = [_only(item, Extra) for item in extras[key]]
            more = {"section": titles, "extra": extra, "deadline": deadlines.get(key), "responsibles": parties[key]}
            return _only(_located(row) | more, Activity)

        return [activity(row) for row in self.rows(t.ActivityRow)]

    def by_owner(self, column: str) -> tuple[dict[str, Row], dict[str, list[Row]]]:
        """Deadlines and parties by the record they belong to."""
        deadlines = {row[column]: self.deadline(row) for row in self.deadlines if row[column]}
        parties: dict[str, list[Row]] = defaultdict(list)
        for row in self.parties:
            if row[column]:
                parties[row[column]].append(self.party(row))
        return deadlines, parties

    def deadline(self, row: Row) -> Row:
        """A deadline with its intervals."""
        intervals = [{"start": item["start"], "end": item["end"]} for item in self.intervals[row["ordinal"]]]
        return _only(_located(row) | {"intervals": intervals}, Deadline)

    def party(self, row: Row) -> Row:
        """A party with its institutions."""
        schools = [self.school(school) for school in self.institutions[row["ordinal"]]]
        return _only(_located(_named(row)) | {"institutions": schools}, Party)

    def school(self, row: Row) -> Row:
        """A school."""
        return _only(row, School)

    def pairing(self, row: Row) -> Row:
        """A pairing with both schools."""
        sides = {side: self.school(self.schools[row[side]]) for side in ("supported", "leader")}
        return _only(_located(row) | sides, Pairing)

    def indicators(self) -> list[Row]:
        """The indicators with their values."""
        values = self.grouped(t.IndicatorValue, "indicator_id")
        return [
            _only(_located(row) | {"values": {v["period"]: v["value"] for v in values[row["id"]]}}, Indicator)
            for row in self.rows(t.IndicatorRow)
        ]

    def people(self) -> list[Row]:
        """The people with their posts."""
        positions = self.grouped(t.PersonPosition, "person")
        return [
            _only(row | {"positions": [item["position"] for item in positions[row["ordinal"]]]}, MentionedPerson)
            for row in self.rows(t.PersonRow)
        ]

    def corrections(self) -> list[Correction]:
        """What people changed, in the order in which they did."""
        table = _table(t.CorrectionRow)
        found = self.session.execute(select(table).where(table.c.document_id == self.document_id).order_by(table.c.key))
        return in_force([Correction(**_only(dict(row), Correction)) for row in found.mappings()])


def _group(rows: list[Row], key: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _table(table: type[Base]) -> Table:
    found = table.__table__
    assert isinstance(found, Table)
    return found
