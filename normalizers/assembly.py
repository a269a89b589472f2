"""What the steps of normalization share: ids, findings, the document's register of people and bodies."""

from dataclasses import dataclass, field
from datetime import date as Date

from normalizers.identity import Identities
from normalizers.notice import Notice
from normalizers.people import Register
from schemas.contract import Finding, Locator, Period
from schemas.findings import CATALOGUE
from schemas.raw import RawRecords


@dataclass
class Assembly:
    """The state of normalizing one document."""

    raw: RawRecords
    register: Register
    ids: Identities = field(default_factory=Identities)
    findings: list[Finding] = field(default_factory=list)
    number: str | None = None
    date: Date | None = None
    period: Period | None = None
    academic: bool = False
    record_ids: dict[str, str] = field(default_factory=dict)  # «directives/3» → id

    def find(
        self, code: str, message: str, locator: Locator | None = None, record: str | None = None, field_name: str | None = None
    ) -> None:
        """Add a finding; its severity comes from the catalogue."""
        identity = self.ids.of("finding", code, f"{record or ''}{field_name or ''}{message}")
        self.findings.append(
            Finding(
                id=identity, code=code, severity=CATALOGUE[code].severity, message=message, record=record, field=field_name, locator=locator
            )
        )

    def take(self, notices: list[Notice], locator: Locator | None, record: str | None, field_name: str | None = None) -> None:
        """Turn a normalizer's notices into findings on a record."""
        for notice in notices:
            self.find(notice.code, notice.message, locator, record, notice.field or field_name)
