"""What extraction found: verbatim strings with their place, nothing interpreted.

`extractors.extract.extract_records` makes `RawRecords` from a `SourceDocument`;
`normalizers.normalize.normalize_records` gives them meaning.
"""

from typing import Literal

from pydantic import Field

from schemas.contract import AnnexKind, Kind, Locator, SignatoryRole
from schemas.source import SourceModel


class RawText(SourceModel):
    """A verbatim string and where it stands."""

    text: str = Field(min_length=1)
    locator: Locator


class RawFinding(SourceModel):
    """Something extraction wants a person to look at."""

    code: str = Field(description="a code of `schemas.findings.CATALOGUE`")
    message: str = Field(description="in Russian")
    locator: Locator | None = None
    record: str | None = Field(default=None, description="«directives/3»: list and 0-based index in RawRecords")
    field: str | None = None


class RawHead(SourceModel):
    """The head of the act."""

    kind: Kind = Kind.OTHER
    number: RawText | None = Field(default=None, description="without «№»: «939», «01-08/276-осн»")
    date: RawText | None = Field(default=None, description="«25.09.2020», «« 04 » апреля 2013 г.»")
    place: RawText | None = None
    title: RawText | None = None
    issuer: RawText | None = Field(default=None, description="letterhead lines joined by one space, as printed (caps)")
    preamble: RawText | None = None


class RawSignature(SourceModel):
    """Somebody who signed, approved, agreed, adopted or prepared."""

    role: SignatoryRole
    person: RawText | None = None
    position: RawText | None = None
    act: RawText | None = Field(default=None, description="the act an approval block names: «приказом … от … № …»")
    date: RawText | None = Field(default=None, description="the date of the approval, blanks and all")


class RawAnnex(SourceModel):
    """An annex; records refer to it by its index in `RawRecords.annexes`."""

    number: str | None = None
    title: RawText | None = None
    kind: AnnexKind = AnnexKind.OTHER
    approval: RawText | None = Field(default=None, description="the whole «УТВЕРЖДЕНА приказом … от … № …» / «к приказу … от … № …»")
    locator: Locator


class RawDirective(SourceModel):
    """A point. ``parent`` is the index of the point it stands under, in `RawRecords.directives`."""

    number: str | None = None
    parent: int | None = None
    text: RawText
    locator: Locator


class RawExtra(SourceModel):
    """A cell of a column without a field of its own."""

    heading: str | None = None
    text: RawText


class RawActivity(SourceModel):
    """A row of a roadmap."""

    number: str | None = None
    section: list[str] = []
    title: RawText
    form: RawText | None = None
    deadline: RawText | None = None
    responsibles: RawText | None = None
    expected_result: RawText | None = None
    evidence: RawText | None = None
    completion: RawText | None = None
    extra: list[RawExtra] = []
    annex: int | None = None
    plan: int | None = Field(default=None, description="index in RawRecords.plans: the heading whose period governs this row")
    locator: Locator


class RawPlan(SourceModel):
    """The heading over a roadmap table; its period governs the rows below."""

    title: RawText | None = None
    annex: int | None = None


class RawPairing(SourceModel):
    """A row of a pairing table, or one pair read from prose."""

    number: str | None = None
    supported: RawText
    leader: RawText
    locator: Locator


class RawIndicator(SourceModel):
    """A row of an indicator table; ``values``: column heading as printed → cell as printed."""

    name: RawText
    unit: str | None = None
    section: str | None = None
    values: dict[str, str] = {}
    locator: Locator


class RawTable(SourceModel):
    """A table kept whole; a merged cell stands once, null elsewhere."""

    title: str | None = None
    rows: list[list[str | None]]
    locator: Locator


class RawNote(SourceModel):
    """Prose that is none of the others."""

    heading: str | None = None
    text: RawText
    locator: Locator


class Claim(SourceModel):
    """Says of a piece of the source what it is, where no record shows it verbatim."""

    text: str
    locator: Locator
    category: Literal["placed", "structure", "noise"]


class Trace(SourceModel):
    """For `prikaz explain`: what became of a block."""

    block: int
    layout: str = Field(description="the layout that took it")
    refused: list[tuple[str, str]] = Field(default=[], description="(layout, why) of those that did not")


class RawRecords(SourceModel):
    """All that extraction found in one document."""

    head: RawHead = RawHead()
    signatures: list[RawSignature] = []
    annexes: list[RawAnnex] = []
    plans: list[RawPlan] = []
    directives: list[RawDirective] = []
    activities: list[RawActivity] = []
    pairings: list[RawPairing] = []
    indicators: list[RawIndicator] = []
    tables: list[RawTable] = []
    notes: list[RawNote] = []
    claims: list[Claim] = []
    traces: list[Trace] = []
    findings: list[RawFinding] = []
