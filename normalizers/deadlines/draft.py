"""A deadline in the making, and how a statement's dates are worked out."""

from dataclasses import dataclass, field, replace

from normalizers.deadlines.items import Item
from normalizers.deadlines.resolve import DeadlineContext, Resolution, resolve_sequence
from normalizers.deadlines.sequence import Term
from normalizers.deadlines.statements import Statement
from schemas.contract import DeadlineKind


@dataclass
class Draft:
    """A deadline in the making."""

    kind: DeadlineKind
    rule: str
    resolution: Resolution = field(default_factory=Resolution)
    recurrence: str | None = None
    condition: str | None = None


def resolve_statement(statement: Statement, context: DeadlineContext) -> Resolution:
    """Dates of a calendar statement; «текущего года» is the year of the document."""
    sequence = statement.sequence
    assert sequence is not None
    if statement.relative is not None and context.document_date:
        year = context.document_date.year + statement.relative
        sequence = replace(sequence, terms=tuple(_with_year(t, year) for t in sequence.terms))
        resolution = resolve_sequence(sequence, context, statement.due)
        resolution.inferred = True
        return resolution
    return resolve_sequence(sequence, context, statement.due)


def _with_year(term: Term, year: int) -> Term:
    def give(item: Item) -> Item:
        return replace(item, year=item.year or year)

    return replace(term, first=give(term.first), last=give(term.last) if term.last else None)
