"""The tables an analyst queries: one a kind of record, names as in the contract.

The key of a record is ``(document_id, id)``; of a list item without an id, ``(document_id, ordinal)``.
"""

from datetime import date as Date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base as Base
from storage.base import Located, MaybeLocated, Named, OfDocument, Ordered, Record


def _belongs(columns: str, target: str, deferred: bool = False) -> ForeignKeyConstraint:
    """A foreign key inside one document: ``document_id`` and the columns that name the row."""
    names = ["document_id", *columns.split()]
    table, *keys = target.split()
    referred = [f"{table}.{key}" for key in ["document_id", *keys]]
    late = {"deferrable": True, "initially": "DEFERRED"} if deferred else {}
    return ForeignKeyConstraint(names, referred, ondelete="CASCADE", **late)  # type: ignore[arg-type]


class DocumentRow(Base):
    """An order with its annexes, or a roadmap or plan standing alone.

    ``reading``: what the machine read, packed; ``words``: `storage.carriers.sketch_words` of what is shown.
    """

    __tablename__ = "documents"
    __table_args__ = (Index(None, "number", "date"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    number: Mapped[str | None]
    date: Mapped[Date | None]
    place: Mapped[str | None]
    title: Mapped[str | None]
    issuer_name: Mapped[str | None]
    issuer_region: Mapped[str | None]
    issuer_municipality: Mapped[str | None]
    preamble: Mapped[str | None]
    period_text: Mapped[str | None]
    period_start: Mapped[Date | None]
    period_end: Mapped[Date | None]
    source_file_name: Mapped[str]
    source_media_type: Mapped[str]
    source_sha256: Mapped[str] = mapped_column(index=True)
    source_size_bytes: Mapped[int]
    source_page_count: Mapped[int | None]
    source_reader: Mapped[str]
    coverage_source_chars: Mapped[int]
    coverage_placed_chars: Mapped[int]
    coverage_structure_chars: Mapped[int]
    coverage_noise_chars: Mapped[int]
    coverage_unplaced_chars: Mapped[int]
    extractor: Mapped[str]
    reading: Mapped[bytes] = mapped_column(LargeBinary)
    words: Mapped[bytes | None] = mapped_column(LargeBinary)


class SourceName(OfDocument, Base):
    """A file name under which the document's bytes were met."""

    __tablename__ = "source_names"
    name: Mapped[str] = mapped_column(primary_key=True)


class SourcePageRow(Ordered, Base):
    """How a page was read."""

    __tablename__ = "source_pages"
    page: Mapped[int]
    reader: Mapped[str]
    confidence: Mapped[float | None]


class SignatoryRow(Named, Ordered, Base):
    """Who signed, approved, agreed, adopted or prepared the act."""

    __tablename__ = "signatories"
    role: Mapped[str]
    position: Mapped[str | None]


class ReferenceRow(Ordered, Base):
    """An act that the document names."""

    __tablename__ = "act_references"
    kind: Mapped[str]
    number: Mapped[str | None]
    date: Mapped[Date | None]
    issuer: Mapped[str | None]
    title: Mapped[str | None]
    text: Mapped[str]


class AnnexRow(Located, Record, Base):
    """An annex. ``approved_by`` is true where it names the act that approves it."""

    __tablename__ = "annexes"
    number: Mapped[str | None]
    title: Mapped[str | None]
    kind: Mapped[str]
    period_text: Mapped[str | None]
    period_start: Mapped[Date | None]
    period_end: Mapped[Date | None]
    approved_by: Mapped[bool]
    approved_by_number: Mapped[str | None]
    approved_by_date: Mapped[Date | None]


class DirectiveRow(Located, Record, Base):
    """A numbered point of the order."""

    __tablename__ = "directives"
    __table_args__ = (_belongs("parent_id", "directives id", deferred=True),)
    number: Mapped[str | None]
    parent: Mapped[str | None]
    parent_id: Mapped[str | None]
    text: Mapped[str]


class ActivityRow(Located, Record, Base):
    """One row of a roadmap."""

    __tablename__ = "activities"
    __table_args__ = (_belongs("annex", "annexes id", deferred=True),)
    number: Mapped[str | None]
    title: Mapped[str]
    form: Mapped[str | None]
    expected_result: Mapped[str | None]
    evidence: Mapped[str | None]
    completion: Mapped[str | None]
    annex: Mapped[str | None]


class ActivitySection(Ordered, Base):
    """A section title above an activity; ``level`` 0 is the outermost."""

    __tablename__ = "activity_sections"
    __table_args__ = (_belongs("activity_id", "activities id"),)
    activity_id: Mapped[str] = mapped_column(index=True)
    level: Mapped[int]
    title: Mapped[str]


class ActivityExtra(Ordered, Base):
    """A cell of a column that has no field of its own."""

    __tablename__ = "activity_extras"
    __table_args__ = (_belongs("activity_id", "activities id"),)
    activity_id: Mapped[str] = mapped_column(index=True)
    heading: Mapped[str | None]
    text: Mapped[str]


_ONE_OWNER = "(directive_id IS NULL) <> (activity_id IS NULL)"


class DeadlineRow(Located, Ordered, Base):
    """By when: of a point (``directive_id``) or of an activity (``activity_id``)."""

    __tablename__ = "deadlines"
    __table_args__ = (
        _belongs("directive_id", "directives id"),
        _belongs("activity_id", "activities id"),
        CheckConstraint(_ONE_OWNER, name="one_owner"),
    )
    directive_id: Mapped[str | None] = mapped_column(index=True)
    activity_id: Mapped[str | None] = mapped_column(index=True)
    text: Mapped[str]
    kind: Mapped[str] = mapped_column(index=True)
    inferred: Mapped[bool]
    recurrence: Mapped[str | None]
    condition: Mapped[str | None]
    rule: Mapped[str]


class DeadlineInterval(Ordered, Base):
    """A stretch of days of a deadline, both ends inclusive; null = open."""

    __tablename__ = "deadline_intervals"
    __table_args__ = (_belongs("deadline", "deadlines ordinal"),)
    deadline: Mapped[int] = mapped_column(index=True)
    start: Mapped[Date | None] = mapped_column(index=True)
    end: Mapped[Date | None] = mapped_column(index=True)


class PartyRow(Located, Named, Ordered, Base):
    """Who answers for an activity (``activity_id``), or to whom a point is addressed (``directive_id``)."""

    __tablename__ = "parties"
    __table_args__ = (
        _belongs("directive_id", "directives id"),
        _belongs("activity_id", "activities id"),
        CheckConstraint(_ONE_OWNER, name="one_owner"),
    )
    directive_id: Mapped[str | None] = mapped_column(index=True)
    activity_id: Mapped[str | None] = mapped_column(index=True)
    text: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(index=True)
    position: Mapped[str | None]
    organization: Mapped[str | None]


class SchoolRow(Ordered, Base):
    """A school wherever it is named; ``party`` where it stands in a party's list of institutions."""

    __tablename__ = "schools"
    __table_args__ = (_belongs("party", "parties ordinal"),)
    party: Mapped[int | None] = mapped_column(index=True)
    text: Mapped[str]
    type: Mapped[str | None]
    number: Mapped[str | None]
    name: Mapped[str | None]
    legal_form: Mapped[str | None]


class PairingRow(Located, Record, Base):
    """A school in need and the school that helps it: ``supported`` and ``leader`` are ``schools.ordinal``."""

    __tablename__ = "pairings"
    __table_args__ = (_belongs("supported", "schools ordinal"), _belongs("leader", "schools ordinal"))
    number: Mapped[str | None]
    supported: Mapped[int]
    leader: Mapped[int]


class IndicatorRow(Located, Record, Base):
    """A target indicator."""

    __tablename__ = "indicators"
    name: Mapped[str]
    unit: Mapped[str | None]
    section: Mapped[str | None]


class IndicatorValue(Ordered, Base):
    """What an indicator should be in a period; ``value`` is a decimal string with a point."""

    __tablename__ = "indicator_values"
    __table_args__ = (_belongs("indicator_id", "indicators id"),)
    indicator_id: Mapped[str] = mapped_column(index=True)
    period: Mapped[str]
    value: Mapped[str]


class KeptTableRow(Located, Record, Base):
    """A table that is none of the others, whole; ``rows``: JSON list of lists."""

    __tablename__ = "kept_tables"
    title: Mapped[str | None]
    rows: Mapped[list[Any]]


class NoteRow(Located, Record, Base):
    """Prose that is none of the others."""

    __tablename__ = "notes"
    heading: Mapped[str | None]
    text: Mapped[str]


class PersonRow(Ordered, Base):
    """A person of the document, once."""

    __tablename__ = "people"
    surname: Mapped[str]
    given: Mapped[str | None]
    patronymic: Mapped[str | None]
    initials: Mapped[str | None]
    name: Mapped[str] = mapped_column(index=True)
    mentions: Mapped[int]


class PersonPosition(Ordered, Base):
    """A post of a person; ``person`` is ``people.ordinal``."""

    __tablename__ = "people_positions"
    __table_args__ = (_belongs("person", "people ordinal"),)
    person: Mapped[int]
    position: Mapped[str]


class OrganizationRow(Ordered, Base):
    """A body of the document, once."""

    __tablename__ = "organizations"
    name: Mapped[str] = mapped_column(index=True)
    abbreviation: Mapped[str | None]
    mentions: Mapped[int]


class FindingRow(MaybeLocated, Record, Base):
    """What a person should look at; ``record`` is the id of a record of the document."""

    __tablename__ = "findings"
    code: Mapped[str] = mapped_column(index=True)
    severity: Mapped[str]
    message: Mapped[str]
    record: Mapped[str | None]
    field: Mapped[str | None]


class HeadLocator(Located, OfDocument, Base):
    """Where a head field (``number``, ``date``, …) stands."""

    __tablename__ = "head_locators"
    field: Mapped[str] = mapped_column(primary_key=True)


class UnplacedRow(Located, Ordered, Base):
    """A piece of the source that no record holds."""

    __tablename__ = "unplaced"
    text: Mapped[str]


class CorrectionRow(Base):
    """What a person changed. It outlives a new reading of its document."""

    __tablename__ = "corrections"
    key: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    record: Mapped[str]
    field: Mapped[str]
    machine: Mapped[str | None]
    value: Mapped[str | None]
    by: Mapped[str | None]
    at: Mapped[str | None]
    why: Mapped[str | None]


class RunRow(Base):
    """A run of an import; ``ended`` and ``counts`` are null where it was killed or is still at work."""

    __tablename__ = "runs"
    id: Mapped[int] = mapped_column(primary_key=True)
    command: Mapped[str]
    versions: Mapped[dict[str, Any]]
    started: Mapped[str]
    ended: Mapped[str | None]
    counts: Mapped[dict[str, Any] | None]


class FileRow(Base):
    """An input: what became of the file at ``path`` when it was last met."""

    __tablename__ = "files"
    path: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str | None] = mapped_column(index=True)
    size_bytes: Mapped[int | None]
    status: Mapped[str] = mapped_column(index=True)
    code: Mapped[str | None]
    message: Mapped[str | None]
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"), index=True)
    versions: Mapped[dict[str, Any]]
    run: Mapped[int | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"))
    attempts: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float | None]
    peak_mb: Mapped[float | None]


class CarrierRow(OfDocument, Base):
    """Documents that carry one order (as Word file, as scan): they share ``carried``; ``rank`` 0 is the best reading."""

    __tablename__ = "carriers"
    carried: Mapped[str] = mapped_column(index=True)
    rank: Mapped[int]


PARTS: tuple[type[Base], ...] = (
    SourceName, SourcePageRow, SignatoryRow, ReferenceRow, AnnexRow, DirectiveRow, ActivityRow, ActivitySection, ActivityExtra, DeadlineRow,
    DeadlineInterval, PartyRow, SchoolRow, PairingRow, IndicatorRow, IndicatorValue, KeptTableRow, NoteRow, PersonRow, PersonPosition,
    OrganizationRow, FindingRow, HeadLocator, UnplacedRow,
)  # fmt: skip
"""What a new reading of a document replaces, in the order in which rows may be inserted."""
