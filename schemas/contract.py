"""The export contract, version 1: what other tools read. The JSON Schema is generated from these models.

Dates are ISO 8601, texts Unicode NFC as printed, an absent value is ``null`` or ``[]``, never ``""``.
"""

import unicodedata
from datetime import date as Date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

VERSION = "1.0"


def _nfc(text: str) -> str:
    if not text.strip():
        raise ValueError("an absent text is null, never blank")
    return unicodedata.normalize("NFC", text)


Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(_nfc)]


class ContractModel(BaseModel):
    """Base of the contract's models."""

    model_config = ConfigDict(extra="forbid")


class Span(ContractModel):
    """A rectangle on a page; ``bbox`` = ``[x0, top, x1, bottom]`` in PDF points."""

    page: int = Field(ge=1)
    bbox: tuple[float, float, float, float]


class Locator(ContractModel):
    """Where a value stands in the source."""

    block: int = Field(ge=0, description="0-based, in reading order")
    table: int | None = Field(default=None, ge=0)
    row: int | None = Field(default=None, ge=0)
    column: int | None = Field(default=None, ge=0)
    spans: list[Span] = []
    text: Text | None = Field(default=None, description="the raw reading where repair changed it")


class Status(StrEnum):
    """State of a document."""

    OK = "ok"
    REVIEW = "review"


class Kind(StrEnum):
    """Kind of document."""

    ORDER = "order"
    RESOLUTION = "resolution"
    INSTRUCTION = "instruction"
    DECISION = "decision"
    ROADMAP = "roadmap"
    PLAN = "plan"
    OTHER = "other"


class SourcePage(ContractModel):
    """How a page was read."""

    page: int = Field(ge=1)
    reader: Literal["docx", "pdf", "ocr"]
    confidence: float | None = Field(default=None, ge=0, le=1)


class Source(ContractModel):
    """The file a document was read from."""

    file_name: Text
    names: list[Text]
    media_type: Text
    sha256: Text
    size_bytes: int = Field(ge=0)
    page_count: int | None = Field(default=None, ge=0)
    reader: Literal["docx", "pdf", "ocr", "mixed"]
    pages: list[SourcePage] = []


class Issuer(ContractModel):
    """Who issued the act."""

    name: Text
    region: Text | None = None
    municipality: Text | None = None


class Period(ContractModel):
    """What a roadmap covers; both dates inclusive."""

    text: Text
    start: Date | None = None
    end: Date | None = None


class Person(ContractModel):
    """A person, in the nominative; what is not known is null."""

    surname: Text
    given: Text | None = None
    patronymic: Text | None = None
    initials: Text | None = Field(default=None, description="«О.В.»")
    name: Text = Field(description="fullest form: «Тарасова Анна Петровна», «Климашова И.Б.»")


class MentionedPerson(Person):
    """A person of the document's list of people."""

    positions: list[Text] = []
    mentions: int = Field(ge=1)


class MentionedOrganization(ContractModel):
    """A body of the document's list of organizations."""

    name: Text
    abbreviation: Text | None = None
    mentions: int = Field(ge=1)


class SignatoryRole(StrEnum):
    """In what role somebody put their name to the act."""

    SIGNED = "signed"
    APPROVED = "approved"
    AGREED = "agreed"
    ADOPTED = "adopted"
    PREPARED = "prepared"


class Signatory(ContractModel):
    """Who signed, approved, agreed, adopted or prepared the act."""

    role: SignatoryRole
    person: Person
    position: Text | None = None


class ReferenceKind(StrEnum):
    """Kind of act that is named."""

    LAW = "law"
    ORDER = "order"
    RESOLUTION = "resolution"
    INSTRUCTION = "instruction"
    DECISION = "decision"
    LETTER = "letter"
    PROGRAM = "program"
    OTHER = "other"


class Reference(ContractModel):
    """An act that the document names."""

    kind: ReferenceKind
    number: Text | None = None
    date: Date | None = None
    issuer: Text | None = None
    title: Text | None = None
    text: Text


class School(ContractModel):
    """A school or other educational institution."""

    text: Text
    type: Text | None = Field(default=None, description="«СОШ», «Гимназия», «В(С)ОШ»")
    number: Text | None = None
    name: Text | None = Field(default=None, description="«Речная», «им. …»")
    legal_form: Text | None = Field(default=None, description="«МБОУ», «МАОУ»")


class PartyKind(StrEnum):
    """Kind of party."""

    PERSON = "person"
    ORGANIZATION = "organization"
    ROLE = "role"


class Party(ContractModel):
    """Who answers for something, or to whom a point is addressed."""

    text: Text
    kind: PartyKind
    name: Text
    person: Person | None = None
    position: Text | None = None
    organization: Text | None = None
    institutions: list[School] = []
    locator: Locator


class DeadlineKind(StrEnum):
    """Kind of deadline."""

    DATE = "date"
    DUE = "due"
    PERIOD = "period"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    SCHEDULED = "scheduled"
    CONDITIONAL = "conditional"
    UNPARSED = "unparsed"


class Interval(ContractModel):
    """Both ends inclusive; null = open."""

    start: Date | None = None
    end: Date | None = None

    @model_validator(mode="after")
    def _ordered(self) -> "Interval":
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"an interval ends before it starts: {self.start} … {self.end}")
        if not self.start and not self.end:
            raise ValueError("an interval has at least one end")
        return self


class Deadline(ContractModel):
    """By when."""

    text: Text
    kind: DeadlineKind
    intervals: list[Interval] = []
    inferred: bool = False
    recurrence: Text | None = Field(default=None, description="RFC 5545 RRULE without prefix")
    condition: Text | None = None
    rule: Text = Field(description="name of the rule that read it")
    locator: Locator


class Directive(ContractModel):
    """A numbered point of the order."""

    id: Text
    number: Text | None = None
    parent: Text | None = None
    parent_id: Text | None = None
    text: Text
    addressees: list[Party] = []
    deadline: Deadline | None = None
    locator: Locator


class Extra(ContractModel):
    """A column that has no field of its own."""

    heading: Text | None = None
    text: Text


class Activity(ContractModel):
    """One row of a roadmap."""

    id: Text
    number: Text | None = None
    section: list[Text] = []
    title: Text
    form: Text | None = None
    deadline: Deadline | None = None
    responsibles: list[Party] = []
    expected_result: Text | None = None
    evidence: Text | None = None
    completion: Text | None = None
    extra: list[Extra] = []
    annex: Text | None = Field(default=None, description="id of the annex it stands in")
    locator: Locator


class Pairing(ContractModel):
    """A school in need and the school that helps it."""

    id: Text
    number: Text | None = None
    supported: School
    leader: School
    locator: Locator


class Indicator(ContractModel):
    """A target indicator."""

    id: Text
    name: Text
    unit: Text | None = None
    section: Text | None = None
    values: dict[str, str] = Field(default={}, description="period label → decimal string with a point")
    locator: Locator


class AnnexKind(StrEnum):
    """Kind of annex."""

    ROADMAP = "roadmap"
    PAIRINGS = "pairings"
    OTHER = "other"


class ApprovedBy(ContractModel):
    """The act that an annex's УТВЕРЖДЕНО names."""

    number: Text | None = None
    date: Date | None = None


class Annex(ContractModel):
    """An annex of the order."""

    id: Text
    number: Text | None = None
    title: Text | None = None
    kind: AnnexKind
    period: Period | None = None
    approved_by: ApprovedBy | None = None
    locator: Locator


class KeptTable(ContractModel):
    """A table that is none of the others, whole."""

    id: Text
    title: Text | None = None
    rows: list[list[str | None]]
    locator: Locator


class Note(ContractModel):
    """Prose that is none of the others."""

    id: Text
    heading: Text | None = None
    text: Text
    locator: Locator


class Severity(StrEnum):
    """How much a finding matters; `warning` and `error` put the document into review."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Finding(ContractModel):
    """What a person should look at."""

    id: Text
    code: Text
    severity: Severity
    message: Text
    record: Text | None = None
    field: Text | None = None
    locator: Locator | None = None


class Correction(ContractModel):
    """What a person changed."""

    record: Text
    field: Text
    machine: str | None = None
    value: str | None = None
    by: Text | None = None
    at: Text | None = None
    why: Text | None = None


class Locators(ContractModel):
    """Where the head fields stand."""

    number: Locator | None = None
    date: Locator | None = None
    title: Locator | None = None
    issuer: Locator | None = None
    place: Locator | None = None
    period: Locator | None = None


class Unplaced(ContractModel):
    """A piece of the source that no record holds."""

    text: Text
    locator: Locator


class Coverage(ContractModel):
    """Letters and digits of the source: each is placed, structure, noise or unplaced."""

    source_chars: int = Field(ge=0)
    placed_chars: int = Field(ge=0)
    structure_chars: int = Field(ge=0)
    noise_chars: int = Field(ge=0)
    unplaced_chars: int = Field(ge=0)
    unplaced: list[Unplaced] = []

    @model_validator(mode="after")
    def _adds_up(self) -> "Coverage":
        parts = self.placed_chars + self.structure_chars + self.noise_chars + self.unplaced_chars
        if parts != self.source_chars:
            raise ValueError(f"coverage does not add up: {parts} of {self.source_chars}")
        return self


class Document(ContractModel):
    """An order with its annexes, or a roadmap or plan standing alone."""

    version: Literal["1.0"] = "1.0"
    id: Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
    status: Status
    source: Source
    kind: Kind
    number: Text | None = None
    date: Date | None = None
    place: Text | None = None
    title: Text | None = None
    issuer: Issuer | None = None
    preamble: Text | None = None
    period: Period | None = None
    signatories: list[Signatory] = []
    references: list[Reference] = []
    annexes: list[Annex] = []
    directives: list[Directive] = []
    activities: list[Activity] = []
    pairings: list[Pairing] = []
    indicators: list[Indicator] = []
    tables: list[KeptTable] = []
    notes: list[Note] = []
    people: list[MentionedPerson] = []
    organizations: list[MentionedOrganization] = []
    findings: list[Finding] = []
    corrections: list[Correction] = []
    locators: Locators = Locators()
    coverage: Coverage


class Export(ContractModel):
    """The whole export file."""

    format: Literal["prikaz"] = "prikaz"
    version: Literal["1.0"] = "1.0"
    documents: list[Document] = Field(description="ordered by id")
