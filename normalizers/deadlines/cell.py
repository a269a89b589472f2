"""A deadline cell as a whole: which of its statements gives the kind, and where the rest of its words goes."""

from dataclasses import dataclass, field, replace
from datetime import date as Date

from normalizers.deadlines.bounds import ImpossibleDate, bounds
from normalizers.deadlines.draft import Draft, resolve_statement
from normalizers.deadlines.items import Item
from normalizers.deadlines.recurring import recurring
from normalizers.deadlines.resolve import DeadlineContext, Resolution, Span, resolve_sequence
from normalizers.deadlines.scan import Scan, left_words, scan, stands_alone, states_nothing
from normalizers.deadlines.sequence import Sequence, Term
from normalizers.deadlines.statements import Statement
from normalizers.deadlines.text import Phrase
from normalizers.notice import Notice
from schemas.contract import Deadline, DeadlineKind, Locator


@dataclass(frozen=True)
class DeadlineReading:
    """A deadline, or None where the text states none, and what was noticed."""

    deadline: Deadline | None = None
    notices: list[Notice] = field(default_factory=list)


def _governs(found: Scan, index: int, phrase: Phrase) -> bool:
    """Whether a frequency says how often the whole thing is done: «август, ежегодно», not «(отчёт ежеквартально)»."""
    first = found.statements[0]
    if first.kind not in ("calendar", "continuous"):
        return False
    before = found.statements[index - 1].end
    if any(before <= offset < found.statements[index].start for offset in found.loose):
        return False
    frequency = found.statements[index].frequency
    yearly = frequency is not None and frequency.freq == "YEARLY" and frequency.interval == 1 and first.kind == "calendar"
    if yearly and first.sequence and any(i.year for i in first.sequence.items):
        yearly = False
    return yearly or not found.bracketed[index]


def read_phrase(phrase: Phrase, context: DeadlineContext) -> tuple[Draft, list[Notice]]:
    """The deadline of a cell that states something."""
    found = scan(phrase)
    if not found.statements:
        return _unparsed("не разобран")
    try:
        draft = _combine(found, phrase, context)
    except ImpossibleDate:
        return Draft(DeadlineKind.UNPARSED, "impossible_date"), [
            Notice("deadline_impossible", f"в сроке невозможная дата: «{phrase.printed.strip()}»", "deadline")
        ]
    return draft, draft.resolution.notices


def _unparsed(why: str) -> tuple[Draft, list[Notice]]:
    return Draft(DeadlineKind.UNPARSED, "unparsed"), [Notice("deadline_unparsed", f"срок {why}", "deadline")]


def _combine(found: Scan, phrase: Phrase, context: DeadlineContext) -> Draft:
    first = found.statements[0]
    frequencies = [i for i, s in enumerate(found.statements) if s.kind == "frequency"]
    if first.kind in ("scheduled", "conditional"):
        rrule = next((f.rrule for i in frequencies if (f := found.statements[i].frequency)), None)
        return Draft(DeadlineKind(first.kind), first.rule, recurrence=rrule, condition=left_words(phrase, []))
    if first.kind == "calendar" and first.frequency is not None and not frequencies:
        return recurring(first, found, phrase, context)
    governing = next((i for i in frequencies if i == 0 or _governs(found, i, phrase)), None)
    if governing is not None:
        return recurring(found.statements[governing], found, phrase, context)
    found = _narrowed(found)
    first = found.statements[0]
    draft = _continuous(first, context) if first.kind == "continuous" else _calendar(found, context)
    taken = [first, *_merged(found)]
    taken += [found.statements[i] for i in frequencies if stands_alone(phrase, found.statements[i])]
    if frequencies:
        draft.recurrence = next((f.rrule for i in frequencies if (f := found.statements[i].frequency)), None)
    draft.condition = left_words(phrase, [] if _vague(first) else taken, found.start)
    return draft


def _narrowed(found: Scan) -> Scan:
    """«сентябрь (2-я декада)»: the decade or week in brackets is one of that month."""
    first, *rest = found.statements
    month = first.sequence.terms[0].first if first.sequence and len(first.sequence.items) == 1 and not first.due else None
    inner = rest[0].sequence if rest and not rest[0].due else None
    if first.sequence and inner and found.bracketed[1] and _only_years(first.sequence, inner):
        dated = replace(first, end=rest[0].end, sequence=replace(first.sequence, scope=inner.terms[0].first))
        return replace(found, statements=[dated, *rest[1:]], bracketed=[False, *found.bracketed[2:]])
    if month is None or month.unit != "month" or inner is None or any(i.unit not in ("decade", "week") or i.month for i in inner.items):
        return found

    def give(item: Item) -> Item:
        return replace(item, month=month.month, year=month.year)

    terms = tuple(replace(t, first=give(t.first), last=give(t.last) if t.last else None) for t in inner.terms)
    joined = replace(first, end=rest[0].end, sequence=replace(inner, terms=terms))
    return replace(found, statements=[joined, *rest[1:]], bracketed=[False, *found.bracketed[2:]])


def _only_years(outer: Sequence, inner: Sequence) -> bool:
    """«март (2022 год)»: the bracket prints the year of what stands before it."""
    yearless = outer.scope is None and all(i.year is None and i.unit not in ("year", "academic") for i in outer.items)
    return yearless and len(inner.items) == 1 and inner.items[0].unit in ("year", "academic") and not inner.items[0].vague


def _merged(found: Scan) -> list[Statement]:
    """Further dates outside brackets: «31.01.2016 г., малый зал, 5.02.2016 г., фойе»."""
    first = found.statements[0]
    if first.kind != "calendar" or first.sequence is None:
        return []
    rest = zip(found.statements[1:], found.bracketed[1:], strict=True)
    return [s for s, inside in rest if s.kind == "calendar" and s.sequence and s.due == first.due and not inside and not s.frequency]


def _vague(statement: Statement) -> bool:
    """«начало октября», «2-я неделя»: the words themselves are the condition."""
    return not statement.due and statement.sequence is not None and any(i.vague or i.unit == "week" for i in statement.sequence.items)


def _calendar(found: Scan, context: DeadlineContext) -> Draft:
    first = found.statements[0]
    if first.sequence is None:
        return _end_of_span(first, context)
    resolution = resolve_statement(first, context)
    for more in _merged(found):
        other = resolve_statement(more, context)
        resolution.spans += other.spans
        resolution.inferred |= other.inferred
        resolution.notices += [n for n in other.notices if n not in resolution.notices]
    kind = DeadlineKind.DUE if first.due else _kind(first.sequence)
    rule = first.rule if first.due else "date" if kind == DeadlineKind.DATE else first.rule
    return Draft(kind, rule, resolution)


def _kind(sequence: Sequence) -> DeadlineKind:
    """One day or several are a `date`, everything longer a `period`."""
    single = sequence.terms[0].last is None and sequence.terms[0].first.unit in ("day", "bare", "weekday") and not sequence.terms[0].opened
    return DeadlineKind.DATE if single else DeadlineKind.PERIOD


def _end_of_span(first: Statement, context: DeadlineContext) -> Draft:
    """«до конца года» is 31 December, «до конца учебного года» 31 August, of every such year of the period."""
    if first.anchor in ("month", "period"):
        end = _month_span(context)[1] if first.anchor == "month" else (context.period or (None, None))[1]
        return Draft(DeadlineKind.DUE, first.rule, Resolution([(None, end)] if end else [], bool(end)))
    day = Item("day", month=8 if first.anchor == "academic" else 12, day=31)
    if first.relative is not None and context.document_date:
        return Draft(DeadlineKind.DUE, first.rule, Resolution([(None, _next_end(day, context.document_date, first.relative))], True))
    return Draft(DeadlineKind.DUE, first.rule, resolve_sequence(Sequence((Term(day),), 0), context, "inclusive"))


def _next_end(day: Item, document_date: Date, later: int) -> Date:
    """«до конца текущего учебного года»: the first such day from the document's date on, ``later`` years after it."""
    this_year = bounds(day, document_date.year)[1]
    return bounds(day, document_date.year + later + (1 if this_year < document_date else 0))[1]


def _month_span(context: DeadlineContext) -> Span:
    """The month of the section row, where its year is known or can be told from a period of one year."""
    if not context.month:
        return None, None
    row = resolve_sequence(Sequence((Term(Item("month", month=context.month)),), 0), context, None)
    return row.spans[0] if len(row.spans) == 1 else (None, None)


def _continuous(first: Statement, context: DeadlineContext) -> Draft:
    """«в течение года»: the period; «в течение месяца»: the month of the section row."""
    if first.anchor == "month" and context.month:
        row = resolve_sequence(Sequence((Term(Item("month", month=context.month)),), 0), context, None)
        return Draft(DeadlineKind.CONTINUOUS, first.rule, row)
    start, end = context.period or (None, None)
    known = (start or end) and first.anchor is None
    return Draft(DeadlineKind.CONTINUOUS, first.rule, Resolution([(start, end)] if known else [], bool(known)))


def deadline_of(phrase: Phrase, draft: Draft, locator: Locator, text: str) -> Deadline:
    """The contract's record of a draft; ``text`` is what stands in print."""
    return Deadline(
        text=text,
        kind=draft.kind,
        intervals=draft.resolution.intervals,
        inferred=draft.resolution.inferred,
        recurrence=draft.recurrence,
        condition=draft.condition,
        rule=draft.rule,
        locator=locator,
    )


def read_deadline(text: str, context: DeadlineContext, locator: Locator) -> DeadlineReading:
    """Read a deadline cell.

    Returns no deadline where the cell is empty, holds a dash or «не требуется», or speaks of entry into force; kind
    `unparsed` and a notice where nothing in it can be understood or a date is impossible.
    """
    phrase = Phrase(text)
    if states_nothing(phrase):
        return DeadlineReading()
    draft, notices = read_phrase(phrase, context)
    return DeadlineReading(deadline_of(phrase, draft, locator, phrase.printed.strip()), list(dict.fromkeys(notices)))
