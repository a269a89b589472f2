"""A deadline cell as a whole: which of its statements gives the kind, and where the rest of its words goes."""

import re
from dataclasses import dataclass, field, replace
from datetime import date as Date

from normalizers.deadlines.bounds import ImpossibleDate
from normalizers.deadlines.days import month_end
from normalizers.deadlines.frequency import Frequency
from normalizers.deadlines.items import Item
from normalizers.deadlines.resolve import DeadlineContext, Resolution, Span, resolve_sequence
from normalizers.deadlines.sequence import Sequence, Term
from normalizers.deadlines.statements import Statement, lexical, next_token, read_statement
from normalizers.deadlines.text import Phrase
from normalizers.notice import Notice
from schemas.contract import Deadline, DeadlineKind, Locator

_NOTHING, _FORCE, _LABEL = lexical("nothing"), lexical("force"), lexical("label")
_EDGES = " \t\n\r,;.:–—-/()\u00a0"


@dataclass(frozen=True)
class DeadlineReading:
    """A deadline, or None where the text states none, and what was noticed."""

    deadline: Deadline | None = None
    notices: list[Notice] = field(default_factory=list)


@dataclass
class Draft:
    """A deadline in the making."""

    kind: DeadlineKind
    rule: str
    resolution: Resolution = field(default_factory=Resolution)
    recurrence: str | None = None
    condition: str | None = None


@dataclass(frozen=True)
class Scan:
    """The statements of a cell in order; which stand in brackets; offsets of the words that are none."""

    statements: list[Statement]
    bracketed: list[bool]
    loose: list[int]


def scan(phrase: Phrase) -> Scan:
    """Cut a cell into statements, left to right."""
    statements: list[Statement] = []
    bracketed: list[bool] = []
    loose: list[int] = []
    at, depth = _past_label(phrase), 0
    while at < len(phrase.tokens):
        token = phrase.tokens[at]
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token.text, 0)
        found = read_statement(phrase, at) if token.kind != "mark" or token.text in '«"“' else None
        if found is not None and _trustworthy(found, bool(loose)):
            statements.append(found)
            bracketed.append(depth > 0)
            at = max(next_token(phrase, found.end, at), at + 1)
            continue
        if token.kind != "mark":
            loose.append(token.start)
        at += 1
    return Scan(statements, bracketed, loose)


def _past_label(phrase: Phrase) -> int:
    """«Срок исполнения: …»."""
    for pattern in _LABEL:
        m = pattern.match(phrase.folded.lstrip())
        if m and re.match(r"\s*[:–—-]", phrase.folded.lstrip()[m.end() :]):
            return next_token(phrase, m.end() + len(phrase.folded) - len(phrase.folded.lstrip()), 0)
    return 0


def _trustworthy(found: Statement, after_words: bool) -> bool:
    """After other words a year or a number alone is no deadline: «Подведение итогов 2020», «зал № 4»."""
    if found.sequence is None or not after_words or found.due or found.rule == "within":
        return True
    return any(i.unit not in ("year", "bare") or i.sure for i in found.sequence.items)


def states_nothing(phrase: Phrase) -> bool:
    """«-», «—», «х», «не требуется», an empty cell, entry into force."""
    core = phrase.folded.strip(_EDGES + "_*")
    if not core:
        return True
    return any(p.fullmatch(core) for p in _NOTHING) or any(p.search(core) for p in _FORCE)


def _words(phrase: Phrase, taken: list[Statement]) -> str | None:
    """The printed words outside ``taken``, without the marks at their edges."""
    pieces, here = [], 0
    for s in [*sorted(taken, key=lambda s: s.start), None]:
        piece = phrase.cut(here, s.start if s else len(phrase.printed))
        here = s.end if s else here
        if piece.strip(_EDGES):
            pieces.append(_trim(piece))
    return " ".join("; ".join(pieces).split()) or None


def _trim(piece: str) -> str:
    bare = piece.strip(_EDGES)
    if bare.count("(") > bare.count(")"):
        bare += ")"
    return "(" + bare if bare.count(")") > bare.count("(") else bare


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
        return Draft(DeadlineKind(first.kind), first.rule, recurrence=rrule, condition=_words(phrase, []))
    if first.kind == "calendar" and first.frequency is not None and not frequencies:
        return _recurring(first, found, phrase, context)
    governing = next((i for i in frequencies if i == 0 or _governs(found, i, phrase)), None)
    if governing is not None:
        return _recurring(found.statements[governing], found, phrase, context)
    draft = _continuous(first, context) if first.kind == "continuous" else _calendar(found, context)
    taken = [first, *_merged(found)]
    if frequencies:
        draft.recurrence = next((f.rrule for i in frequencies if (f := found.statements[i].frequency)), None)
    imprecise = any(n.code == "deadline_imprecise" for n in draft.resolution.notices)
    draft.condition = _words(phrase, [] if imprecise and draft.kind == DeadlineKind.PERIOD else taken)
    return draft


def _merged(found: Scan) -> list[Statement]:
    """Further dates outside brackets: «31.01.2016 г., малый зал, 5.02.2016 г., фойе»."""
    first = found.statements[0]
    if first.kind != "calendar" or first.due or first.sequence is None:
        return []
    rest = zip(found.statements[1:], found.bracketed[1:], strict=True)
    return [s for s, inside in rest if s.kind == "calendar" and s.sequence and not s.due and not inside and not s.frequency]


def _calendar(found: Scan, context: DeadlineContext) -> Draft:
    first = found.statements[0]
    if first.sequence is None:
        return _end_of_span(first, context)
    resolution = _resolve(first, context)
    for more in _merged(found):
        other = _resolve(more, context)
        resolution.spans += other.spans
        resolution.inferred |= other.inferred
        resolution.notices += [n for n in other.notices if n not in resolution.notices]
    kind = DeadlineKind.DUE if first.due else _kind(first.sequence)
    rule = first.rule if first.due else "date" if kind == DeadlineKind.DATE else first.rule
    return Draft(kind, rule, resolution)


def _kind(sequence: Sequence) -> DeadlineKind:
    """One day or several are a `date`, everything longer a `period`."""
    single = sequence.terms[0].last is None and sequence.terms[0].first.unit in ("day", "bare") and not sequence.terms[0].opened
    return DeadlineKind.DATE if single else DeadlineKind.PERIOD


def _resolve(statement: Statement, context: DeadlineContext) -> Resolution:
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


def _end_of_span(first: Statement, context: DeadlineContext) -> Draft:
    """«до конца года» is 31 December, «до конца учебного года» 31 August, of every such year of the period."""
    if first.anchor in ("month", "period"):
        end = _month_span(context)[1] if first.anchor == "month" else (context.period or (None, None))[1]
        return Draft(DeadlineKind.DUE, first.rule, Resolution([(None, end)] if end else [], bool(end)))
    day = Item("day", month=8 if first.anchor == "academic" else 12, day=31)
    return Draft(DeadlineKind.DUE, first.rule, resolve_sequence(Sequence((Term(day),), 0), context, "inclusive"))


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


def _recurring(governing: Statement, found: Scan, phrase: Phrase, context: DeadlineContext) -> Draft:
    """A frequency with its printed anchors («до 25 числа», «август») and its printed window («в 2023 году»)."""
    frequency = governing.frequency
    assert frequency is not None
    resolution = Resolution()
    taken = [governing]
    for statement, inside in zip(found.statements, found.bracketed, strict=True):
        if statement is governing:
            frequency = _anchor(frequency, statement) if statement.sequence else frequency
            continue
        if statement.kind == "frequency" and statement.frequency:
            frequency = _merge(frequency, statement.frequency)
            taken.append(statement)
        elif statement.kind == "calendar" and statement.sequence is not None:
            anchored = _anchor(_reported(frequency, statement), statement)
            if anchored != frequency or statement.frequency:
                frequency = anchored
                taken.append(statement)
            elif not inside and _is_window(statement):
                window = _resolve(statement, context)
                resolution.spans += window.spans
                resolution.inferred |= window.inferred
                resolution.notices += window.notices
                taken.append(statement)
    tied = [s for s in taken if s.frequency and s.frequency.anchored]
    kept = [s for s in taken if s not in tied] if tied else taken
    return Draft(
        DeadlineKind.RECURRING,
        governing.rule if governing.kind == "frequency" else "recurring_day",
        resolution,
        frequency.rrule,
        _words(phrase, kept),
    )


def _reported(frequency: Frequency, statement: Statement) -> Frequency:
    """The frequency printed as a word outweighs that of «месяца, следующего за отчётным»."""
    return frequency


def _merge(frequency: Frequency, other: Frequency) -> Frequency:
    """«еженедельно, по пятницам», «ежемесячно, последняя пятница», «1 раз в две недели по четвергам»."""
    if other.days and not frequency.days and frequency.freq in ("WEEKLY", "MONTHLY"):
        days = other.days if frequency.freq == "MONTHLY" or not any(c[0] in "-123456789" for c in other.days) else ()
        return replace(frequency, days=days) if days else frequency
    return frequency


def _is_window(statement: Statement) -> bool:
    assert statement.sequence is not None
    return all(i.unit != "bare" for i in statement.sequence.items)


def _span_months(term: Term) -> tuple[int, ...]:
    first, last = term.first, term.last or term.first
    if first.month is None or last.month is None:
        return _unit_months(first, last)
    count = (last.month - first.month) % 12
    return tuple((first.month + k - 1) % 12 + 1 for k in range(count + 1))


def _unit_months(first: Item, last: Item) -> tuple[int, ...]:
    length = {"quarter": 3, "half": 6}.get(first.unit)
    if length is None or first.unit != last.unit or first.academic:
        return ()
    return tuple(range(length * ((first.number or 1) - 1) + 1, length * (last.number or 1) + 1))


def _anchor(frequency: Frequency, statement: Statement) -> Frequency:
    """«до 25 числа» → BYMONTHDAY=25; «август» beside «ежегодно» → BYMONTH=8; «2 раза в год (май, декабрь)»."""
    assert statement.sequence is not None
    terms = statement.sequence.terms
    items = statement.sequence.items
    if any(i.year for i in items) or statement.sequence.scope or frequency.freq not in ("MONTHLY", "YEARLY"):
        return frequency
    if all(i.unit == "bare" for i in items) and frequency.freq == "MONTHLY":
        return replace(frequency, month_days=_month_days(terms))
    if frequency.freq == "YEARLY" and frequency.interval == 1:
        return _yearly(frequency, terms, items)
    if frequency.times > 1 and len(terms) == frequency.times and all(t.last is None for t in terms):
        return _yearly(Frequency("YEARLY"), terms, items)
    days = {i.day for i in items if i.unit == "day"}
    if statement.due and len(days) == 1 and all(i.unit == "day" for i in items) and len(items) == 12 // frequency.interval:
        return replace(frequency, month_days=(days.pop() or 1,))
    return frequency


def _month_days(terms: tuple[Term, ...]) -> tuple[int, ...]:
    days: set[int] = set()
    for term in terms:
        first, last = term.first.number or 1, (term.last or term.first).number or 1
        days |= set(range(first, last + 1))
    return tuple(sorted(days))


def _yearly(frequency: Frequency, terms: tuple[Term, ...], items: list[Item]) -> Frequency:
    months = tuple(sorted({m for t in terms for m in _span_months(t)}))
    days = {i.day for i in items}
    if not months or any(i.unit in ("week", "decade") or i.vague for i in items):
        return replace(frequency, months=months)
    if days == {None}:
        return replace(frequency, months=months)
    one_day = len(days) == 1 and all(t.last is None for t in terms)
    return replace(frequency, months=months, month_days=tuple(d for d in days if d)) if one_day else replace(frequency, months=months)


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


__all__ = ["Date", "DeadlineReading", "month_end", "read_deadline"]
