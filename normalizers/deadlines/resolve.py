"""From a printed list or range to intervals: what the section row and the period add, and what falls outside."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date as Date

from normalizers.deadlines.bounds import ImpossibleDate, NoDates, before, bounds, check_day
from normalizers.deadlines.items import Item
from normalizers.deadlines.sequence import Sequence, Term, order
from normalizers.notice import Notice
from schemas.contract import Interval

Span = tuple[Date | None, Date | None]


@dataclass(frozen=True)
class DeadlineContext:
    """What stands around a deadline.

    ``period``: first and last day of the roadmap, inclusive; ``academic``: its heading counts in academic years;
    ``month``, ``year``: from the section row.
    """

    period: tuple[Date | None, Date | None] | None = None
    academic: bool = False
    document_date: Date | None = None
    month: int | None = None
    year: int | None = None


@dataclass
class Resolution:
    """Intervals as first and last day (None: open), in order of time."""

    spans: list[Span] = field(default_factory=list)
    inferred: bool = False
    notices: list[Notice] = field(default_factory=list)

    @property
    def intervals(self) -> list[Interval]:
        """For the contract."""
        unique = sorted(set(self.spans), key=lambda s: (s[0] or s[1] or Date.min, s[1] or Date.max))
        return [Interval(start=a, end=b) for a, b in unique]


Occurrence = tuple[Date, Date]
Maker = Callable[[int], Occurrence]


def _notice(code: str, message: str) -> Notice:
    return Notice(code, message, "deadline")


def _in_row(item: Item, context: DeadlineContext) -> Item:
    """Bare days, decades and weeks take the month of the section row."""
    if item.unit == "bare" and context.month:
        return replace(item, unit="day", month=context.month, day=item.number)
    if item.unit in ("decade", "week") and item.month is None and context.month:
        return replace(item, month=context.month)
    return item


def _row_year(item: Item, context: DeadlineContext) -> int | None:
    """The year that brings a month nearest to the section row's month."""
    if context.year is None:
        return None
    month = order(item)
    if context.month is None or month is None:
        return context.year
    row = context.year * 12 + context.month
    return min((context.year, context.year - 1, context.year + 1), key=lambda y: abs(y * 12 + month - row))


def _wraps(first: Item, last: Item) -> bool:
    """«ноябрь – май», «20 декабря – 10 января»: the end lies in the next year."""
    return (order(first) or 0, first.day or 0) > (order(last) or 0, last.day or 32 if first.day else 0) and first.month != last.month


def _maker(term: Term, due: str | None) -> Maker:
    """Year of the first day → first and last day."""
    last = term.last or term.first
    turn = 1 if term.last is not None and _wraps(term.first, term.last) else 0
    if due == "exclusive" and last.unit != "day" and last.edge != "end":
        return lambda year: (before(last, year), before(last, year))
    if due:
        return lambda year: (bounds(last, year + turn)[1], bounds(last, year + turn)[1])

    def make(year: int) -> Occurrence:
        start, end = bounds(term.first, year)[0], bounds(last, year + turn)[1]
        if start > end:
            raise ImpossibleDate(f"{start} > {end}")
        return start, end

    return make


def _exact(term: Term, due: str | None) -> Occurrence:
    """The dates of a term whose years are printed."""
    last = term.last or term.first
    first_year, last_year = term.first.year, last.year
    if last_year is None or first_year is None:
        raise NoDates("year")
    if due == "exclusive" and last.unit != "day" and last.edge != "end":
        end = before(last, last_year)
        return end, end
    end = bounds(last, last_year)[1]
    start = end if due else bounds(term.first, first_year)[0]
    if start > end:
        raise ImpossibleDate(f"{start} > {end}")
    return start, end


def _into_period(term: Term, due: str | None, context: DeadlineContext) -> Term:
    """«сентябрь – октябрь, апрель – май 2023» of a plan for 2023: all of it in 2023, where only the order of the list spoke for 2022."""
    period = context.period
    if not period or not period[0] or not period[1] or not any(i.guessed for i in term.items):
        return term
    later = replace(term, first=_next_year(term.first), last=_next_year(term.last) if term.last else None)
    inside = [period[0] <= start and end <= period[1] for start, end in (_exact(term, due), _exact(later, due))]
    return later if inside == [False, True] else term


def _next_year(item: Item) -> Item:
    return replace(item, year=(item.year or 0) + 1)


def _try(make: Maker, year: int) -> Occurrence | None:
    try:
        return make(year)
    except ImpossibleDate:
        return None


def _occurrences(make: Maker, scope: Occurrence, document_date: Date | None) -> tuple[list[Occurrence], bool]:
    """Every occurrence inside ``scope``; and whether it had to be clipped."""
    start, end = scope
    found = [o for y in range(start.year - 2, end.year + 2) if (o := _try(make, y))]
    if not any(start.year <= o[0].year <= end.year or start.year <= o[1].year <= end.year for o in found):
        raise ImpossibleDate("no year of the period has this day")
    inside = [o for o in found if start <= o[0] and o[1] <= end]
    if inside:
        return [o for o in inside if document_date is None or o[1] >= document_date or o == inside[-1]], False
    crossing = [o for o in found if o[0] < start <= o[1] and o[0].year == start.year]
    if crossing:
        return crossing[:1], False
    clipped = [(max(o[0], start), min(o[1], end)) for o in found if o[0] <= end and start <= o[1]]
    return [o for o in clipped if document_date is None or o[1] >= document_date or o == clipped[-1]], True


def _scope(context: DeadlineContext) -> Occurrence | None:
    """The period; where its start is not printed («до 2025 года»), from the document's year on."""
    if not context.period or context.period[1] is None:
        return None
    start, end = context.period
    if start is None and context.document_date:
        start = Date(context.document_date.year, 1, 1)
    return (start, end) if start and end and start <= end else None


def _needs_month(term: Term) -> bool:
    return any(i.unit == "bare" or (i.unit in ("decade", "week") and i.month is None) for i in term.items)


def _check(term: Term) -> None:
    for item in term.items:
        check_day(item)


def resolve_sequence(sequence: Sequence, context: DeadlineContext, due: str | None) -> Resolution:
    """Intervals of a list.

    ``due``: None, `inclusive` («не позднее сентября») or `exclusive` («до сентября»).

    Raises:
        ImpossibleDate: a day that the calendar does not have stands in the list.
    """
    out = Resolution()
    exclusive = "inclusive" if due and sequence.inclusive else due
    for term in sequence.terms:
        _resolve_term(term, sequence, context, exclusive, out)
    return out


def _resolve_term(term: Term, sequence: Sequence, context: DeadlineContext, due: str | None, out: Resolution) -> None:
    from_row = any(i != _in_row(i, context) for i in term.items)
    term = replace(term, first=_in_row(term.first, context), last=_in_row(term.last, context) if term.last else None)
    _check(term)
    if _needs_month(term):
        out.notices.append(_notice("deadline_ambiguous", "день без месяца: раздел месяца не называет"))
        return
    if any(i.unit == "half" and (i.academic or (context.academic and i.year is None)) for i in term.items):
        out.notices.append(_notice("deadline_imprecise", "полугодие учебного года: дат в документе нет"))
        return
    if any(_imprecise(i, due) for i in term.items):
        out.notices.append(_notice("deadline_imprecise", "часть месяца или года указана словами: взят весь месяц или год"))
    if term.first.year is not None and (term.last is None or term.last.year is not None):
        out.inferred |= term.carried or from_row
        _add(out, [_exact(_into_period(term, due, context), due)], term, due)
        _outside(out, context)
        return
    _yearless(term, sequence, context, due, out)


def _imprecise(item: Item, due: str | None) -> bool:
    """«начало октября», «2-я неделя»; but «до конца мая» and «к началу 2016 года» name a day."""
    if due and (item.edge == "end" or (item.edge == "begin" and due == "exclusive")):
        return False
    return item.vague or item.unit == "week"


def _yearless(term: Term, sequence: Sequence, context: DeadlineContext, due: str | None, out: Resolution) -> None:
    make = _maker(term, due)
    year = _row_year(term.first, context)
    if sequence.scope is not None:
        start, end = bounds(sequence.scope, sequence.scope.year or 0)
        found, clipped = _occurrences(make, (start, end), None)
    elif year is not None:
        found, clipped = [make(year)], False
    else:
        scope = _scope(context)
        if scope is None:
            _possible(make)
            return
        found, clipped = _occurrences(make, scope, context.document_date)
    out.inferred |= sequence.scope is None and bool(found)
    if clipped:
        found_any = bool(found)
        code = "deadline_clipped" if found_any else "deadline_outside_period"
        out.notices.append(_notice(code, "срок обрезан по периоду" if found_any else "срок не попадает в период"))
    # «с 1 сентября» begins once: at its first occurrence
    _add(out, found[:1] if term.opened and term.last is None else found, term, due)


def _possible(make: Maker) -> None:
    """Refuse «31.04» also where no period gives it a year."""
    if _try(make, 2000) is None and _try(make, 2001) is None:
        raise ImpossibleDate("no year has this day")


def _add(out: Resolution, found: list[Occurrence], term: Term, due: str | None) -> None:
    for start, end in found:
        if due:
            out.spans.append((None, end))
        elif term.opened and term.last is None and term.first.last_year is None:
            out.spans.append((start, None))
        else:
            out.spans.append((start, end))


def _outside(out: Resolution, context: DeadlineContext) -> None:
    """A printed date that the period does not touch stands as printed, with a notice."""
    start, end = context.period or (None, None)
    a, b = out.spans[-1]
    if (end and (a or b or end) > end) or (start and (b or start) < start):
        out.notices.append(_notice("deadline_outside_period", "срок вне периода дорожной карты"))
