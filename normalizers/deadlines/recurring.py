"""A frequency with its printed anchors and its printed window becomes a recurring deadline."""

from dataclasses import replace

from normalizers.deadlines.draft import Draft, resolve_statement
from normalizers.deadlines.frequency import Frequency
from normalizers.deadlines.items import Item
from normalizers.deadlines.resolve import DeadlineContext, Resolution
from normalizers.deadlines.scan import Scan, left_words
from normalizers.deadlines.sequence import Term
from normalizers.deadlines.statements import Statement
from normalizers.deadlines.text import Phrase
from schemas.contract import DeadlineKind


def recurring(governing: Statement, found: Scan, phrase: Phrase, context: DeadlineContext) -> Draft:
    """«ежеквартально в 2023 году», «ежемесячно до 25 числа», «август, ежегодно», «2 раза в год (май, декабрь)»."""
    frequency = governing.frequency
    assert frequency is not None
    if governing.sequence:
        frequency = _anchor(frequency, governing)
    resolution, taken = Resolution(), [governing]
    for statement, inside in _others(found, governing):
        changed = _changed(frequency, statement)
        if changed != frequency or (statement.kind == "frequency" and statement.frequency == governing.frequency):
            frequency = changed
            taken.append(statement)
        elif not inside and _is_window(statement):
            _widen(resolution, resolve_statement(statement, context))
            taken.append(statement)
    kept = [s for s in taken if not (s.frequency and s.frequency.anchored)]
    rule = governing.rule if governing.kind == "frequency" else "recurring_day"
    return Draft(DeadlineKind.RECURRING, rule, resolution, frequency.rrule, left_words(phrase, kept, found.start))


def _others(found: Scan, governing: Statement) -> list[tuple[Statement, bool]]:
    """The other statements and whether each is in brackets; «до 15 мая и до 15 ноября» is joined into one."""
    out: list[tuple[Statement, bool]] = []
    for statement, inside in zip(found.statements, found.bracketed, strict=True):
        last = out[-1][0] if out else None
        if statement is governing:
            continue
        if last and last.sequence and statement.sequence and last.due == statement.due and not last.frequency and not statement.frequency:
            joined = replace(last.sequence, terms=(*last.sequence.terms, *statement.sequence.terms))
            out[-1] = (replace(last, end=statement.end, sequence=joined), inside)
        else:
            out.append((statement, inside))
    return out


def _changed(frequency: Frequency, statement: Statement) -> Frequency:
    if statement.kind == "frequency" and statement.frequency:
        return _merge(frequency, statement.frequency)
    if statement.kind == "calendar" and statement.sequence is not None:
        return _anchor(frequency, statement)
    return frequency


def _widen(resolution: Resolution, window: Resolution) -> None:
    resolution.spans += window.spans
    resolution.inferred |= window.inferred
    resolution.notices += window.notices


def _merge(frequency: Frequency, other: Frequency) -> Frequency:
    """«еженедельно, по пятницам», «ежемесячно, последняя пятница», «ежеквартально, в последний рабочий день квартала»."""
    if (other.position or other.month_days) and (other.freq, other.interval) == (frequency.freq, frequency.interval):
        return other
    if other.days and not frequency.days and frequency.freq in ("DAILY", "WEEKLY", "MONTHLY"):
        days = other.days if frequency.freq == "MONTHLY" or not any(c[0] in "-123456789" for c in other.days) else ()
        return replace(frequency, days=days) if days else frequency
    return frequency


def _is_window(statement: Statement) -> bool:
    """«в 2023 году», «сентябрь–май», «до 2025 года»; a yearless «до 10 апреля» is none."""
    if statement.kind != "calendar" or statement.sequence is None or statement.frequency:
        return False
    items = statement.sequence.items
    if not statement.due and all(t.last is None and not t.opened and t.first.unit == "day" for t in statement.sequence.terms):
        return False
    return all(i.unit != "bare" and (i.month or i.unit not in ("week", "decade")) for i in items) and (
        not statement.due or all(i.year for i in items)
    )


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
    if (
        frequency.times > 1
        and all(i.unit in ("month", "day") for i in items)
        and len(terms) == frequency.times
        and all(t.last is None for t in terms)
    ):
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
    """The months of the terms, added to those known; one common day of the month, or none."""
    months = {m for t in terms for m in _span_months(t)}
    days = {i.day for i in items}
    single = len(days) == 1 and all(t.last is None for t in terms) and not any(i.unit in ("week", "decade") or i.vague for i in items)
    month_days = tuple(d for d in days if d) if single and months else ()
    if frequency.months and frequency.month_days != month_days:
        month_days = ()
    return replace(frequency, months=tuple(sorted(months | set(frequency.months))), month_days=month_days)
