"""A validated document as rows of the tables. `storage.load` is the way back."""

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from schemas.contract import Activity, Annex, Deadline, Directive, Document, Indicator, Pairing, Party, School
from storage import tables as t
from storage.base import Base

Row = dict[str, Any]


def flatten(model: BaseModel, prefix: str = "") -> Row:
    """Scalar fields of ``model``; a model inside it gives ``field_subfield``; lists are left as plain data."""
    flat: Row = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            flat |= flatten(value, f"{prefix}{name}_")
        else:
            flat[prefix + name] = _plain(value)
    return flat


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, list):
        return [item.model_dump(mode="json") if isinstance(item, BaseModel) else item for item in value]
    return value


def document_row(document: Document) -> Row:
    """The row of ``documents`` without what `storage.save` adds."""
    names = t.DocumentRow.__table__.columns.keys()
    flat = flatten(document)
    return {name: flat.get(name) for name in names if name not in ("extractor", "reading", "words")}


def document_parts(document: Document) -> dict[type[Base], list[Row]]:
    """The rows of every table of `storage.tables.PARTS` for one document."""
    rows = _Rows(document.id)
    _add_head(rows, document)
    for annex in document.annexes:
        _add_annex(rows, annex)
    for directive in document.directives:
        _add_directive(rows, directive)
    for activity in document.activities:
        _add_activity(rows, activity)
    for pairing in document.pairings:
        _add_pairing(rows, pairing)
    for indicator in document.indicators:
        _add_indicator(rows, indicator)
    rows.add_all(t.KeptTableRow, document.tables)
    rows.add_all(t.NoteRow, document.notes)
    rows.add_all(t.FindingRow, document.findings)
    _add_people(rows, document)
    return rows.parts


class _Rows:
    """Collects rows; an ``ordinal`` counts up in each table."""

    def __init__(self, document_id: str) -> None:
        self.document_id = document_id
        self.parts: dict[type[Base], list[Row]] = defaultdict(list)

    def add(self, table: type[Base], model: BaseModel | None = None, **more: Any) -> int:
        """Add one row and return its ordinal."""
        ordinal = len(self.parts[table])
        values = {"document_id": self.document_id, "ordinal": ordinal} | (flatten(model) if model else {}) | more
        self.parts[table].append({name: values.get(name) for name in table.__table__.columns.keys()})  # noqa: SIM118 - names, not columns
        return ordinal

    def add_all(self, table: type[Base], models: Sequence[BaseModel]) -> None:
        """Add a row for each model."""
        for model in models:
            self.add(table, model)


def _add_head(rows: _Rows, document: Document) -> None:
    for name in dict.fromkeys(document.source.names):
        rows.add(t.SourceName, name=name)
    rows.add_all(t.SourcePageRow, document.source.pages)
    rows.add_all(t.SignatoryRow, document.signatories)
    rows.add_all(t.ReferenceRow, document.references)
    rows.add_all(t.UnplacedRow, document.coverage.unplaced)
    for field in type(document.locators).model_fields:
        if locator := getattr(document.locators, field):
            rows.add(t.HeadLocator, field=field, **flatten(locator, "locator_"))


def _add_annex(rows: _Rows, annex: Annex) -> None:
    rows.add(t.AnnexRow, annex, approved_by=annex.approved_by is not None)


def _add_directive(rows: _Rows, directive: Directive) -> None:
    rows.add(t.DirectiveRow, directive)
    _add_deadline(rows, directive.deadline, directive_id=directive.id)
    for party in directive.addressees:
        _add_party(rows, party, directive_id=directive.id)


def _add_activity(rows: _Rows, activity: Activity) -> None:
    rows.add(t.ActivityRow, activity)
    for level, title in enumerate(activity.section):
        rows.add(t.ActivitySection, activity_id=activity.id, level=level, title=title)
    for extra in activity.extra:
        rows.add(t.ActivityExtra, extra, activity_id=activity.id)
    _add_deadline(rows, activity.deadline, activity_id=activity.id)
    for party in activity.responsibles:
        _add_party(rows, party, activity_id=activity.id)


def _add_deadline(rows: _Rows, deadline: Deadline | None, **owner: str) -> None:
    if deadline is None:
        return
    ordinal = rows.add(t.DeadlineRow, deadline, **owner)
    for interval in deadline.intervals:
        rows.add(t.DeadlineInterval, interval, deadline=ordinal)


def _add_party(rows: _Rows, party: Party, **owner: str) -> None:
    ordinal = rows.add(t.PartyRow, party, **owner)
    for school in party.institutions:
        rows.add(t.SchoolRow, school, party=ordinal)


def _add_pairing(rows: _Rows, pairing: Pairing) -> None:
    def school(school: School) -> int:
        return rows.add(t.SchoolRow, school)

    rows.add(t.PairingRow, pairing, supported=school(pairing.supported), leader=school(pairing.leader))


def _add_indicator(rows: _Rows, indicator: Indicator) -> None:
    rows.add(t.IndicatorRow, indicator)
    for period, value in indicator.values.items():
        rows.add(t.IndicatorValue, indicator_id=indicator.id, period=period, value=value)


def _add_people(rows: _Rows, document: Document) -> None:
    for person in document.people:
        ordinal = rows.add(t.PersonRow, person)
        for position in person.positions:
            rows.add(t.PersonPosition, person=ordinal, position=position)
    rows.add_all(t.OrganizationRow, document.organizations)
