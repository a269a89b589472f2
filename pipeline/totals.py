"""What a run came to, counted as it goes, so that ten thousand outcomes need not be remembered."""

from collections import Counter
from dataclasses import dataclass, field

from pipeline.batch import Change, Outcome
from schemas.errors import RejectCode

WORDS = {"ok": "принят", "review": "на проверку", "rejected": "отклонён", "failed": "сбой"}
"""Status → its Russian word."""

_CHANGES = {Change.NONE: ", уже в базе", Change.NAMED: ", новое имя", Change.REREAD: ", прочитан заново"}


def beside_documents(outcome: Outcome) -> bool:
    """A file of another kind that happened to lie in a folder: reported, but no failure."""
    return outcome.result.code == RejectCode.UNKNOWN_TYPE and not outcome.input.claims_document


@dataclass(slots=True)
class Totals:
    """Counts of outcomes by what they are called, and of findings by code."""

    files: int = 0
    documents: int = 0
    not_taken: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.files += 1
        self.rows[_row(outcome)] += 1
        self.findings.update(outcome.findings)
        if not beside_documents(outcome):
            self.documents += 1
            self.not_taken += outcome.change is Change.NOT_TAKEN


def _row(outcome: Outcome) -> str:
    if beside_documents(outcome):
        return "не документы (пропущены)"
    word = WORDS[outcome.result.status]
    if outcome.result.code:
        return f"{word}: {outcome.result.code}"
    return word + _CHANGES.get(outcome.change, "")
