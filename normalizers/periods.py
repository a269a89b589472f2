"""What a heading says it covers («на 2020 – 2022 гг.») and what a section row stands for («СЕНТЯБРЬ»)."""

import re
from dataclasses import dataclass, field, replace
from datetime import date as Date

from normalizers.deadlines.bounds import ImpossibleDate, NoDates
from normalizers.deadlines.resolve import DeadlineContext, Resolution, resolve_sequence
from normalizers.deadlines.sequence import Sequence, order, read_sequence
from normalizers.deadlines.statements import Statement, days_and_months, due_day, next_token, within
from normalizers.deadlines.text import Phrase
from normalizers.notice import Notice
from normalizers.quotes import QUOTED
from schemas.contract import Period

_ROW_WORDS = frozenset(
    ["план", "работы", "работа", "мероприятия", "мероприятие", "месяц", "месяца", "на", "в", "за", "год", "года", "г", "раздел"],
)
_ROW_NUMBER = re.compile(r"\s*(?:раздел\s+)?(?:\d{1,2}|[ivxі]{1,4})\s*[.)]\s+(?=\D)")
_BEFORE_NO_PERIOD = frozenset(
    ["от", "№", "итогам", "результатам", "результаты", "итоги", "редакции", "ред", "состоянию", "приказа", "приказом"],
)
_SEASONS = ("летн", "зимн", "весенн", "осенн", "отопительн")
_ACADEMIC_WORDS = re.compile(r"\s*\)?\s*(?:учебн|уч\b|уч\.|тренировочн)\S*\s*(?:год\w*|г\.{1,2}г?\.?|гг\.?)?")
_SECTION_YEARS = re.compile(
    r"(?:^\W*(?:план\s+)?(?:(?:на|в)\s+)?|\()(?P<years>(?:19|20)\d\d(?:\s*[-–—/]\s*(?:(?:19|20)\d\d|\d\d))?\s*(?:учебн\w+|уч\.)?\s*(?:год[аыу]?|гг?)?\.?)\)?[\s.:]*$",
    re.IGNORECASE,
)
_PLANNED = re.compile(r"\s*(?:и|,)\s*(?:на\s+)?(?:плановый\s+период|на\s+перспективу|перспективу)\s*(?:до\s+)?")


@dataclass(frozen=True)
class PeriodReading:
    """A period, or None where the heading names none; ``academic``: it counts in academic years."""

    period: Period | None = None
    academic: bool = False
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True)
class SectionMonth:
    """Months (1–12) that a section row stands for; ``month`` where it is exactly one."""

    text: str
    months: tuple[int, ...]
    year: int | None = None

    @property
    def month(self) -> int | None:
        """The month that bare days under the row belong to."""
        return self.months[0] if len(self.months) == 1 else None


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    rank: int  # 0 «на 2021 год», 1 «2021–2023 гг.», «за 2021 год», 2 «2021 года»
    quoted: bool  # inside the name of another document: «Программа «Культура на 2020-2025 годы»»
    academic: bool
    days: tuple[Date | None, Date | None]
    notices: tuple[Notice, ...] = ()


def read_period(text: str) -> PeriodReading:
    """Read the first period that a heading names; where calendar and academic years both stand, the calendar one.

    «на период до 2025 года» has no start and ends on 31 December 2024; a half of an academic year has no dates at all.
    """
    phrase = Phrase(text)
    found = _merge_academic(phrase, _candidates(phrase))
    if not found:
        return PeriodReading()
    best = min(found, key=lambda c: (c.rank > 1, c.quoted, c.academic, c.days[0] is None, c.rank, c.start))
    words = " ".join(phrase.cut(best.start, best.end).split())
    period = Period(text=words, start=best.days[0], end=best.days[1])
    return PeriodReading(period, best.academic, list(best.notices))


def _candidates(phrase: Phrase) -> list[_Candidate]:
    out: list[_Candidate] = []
    at = 0
    while at < len(phrase.tokens):
        statement = next((s for rule in (due_day, within, days_and_months) if (s := rule(phrase, at))), None)
        if statement is None or statement.sequence is None:
            at += 1
            continue
        if candidate := _candidate(phrase, statement, statement.sequence, at):
            out.append(candidate)
        at = max(next_token(phrase, statement.end, at), at + 1)
    return out


def _candidate(phrase: Phrase, statement: Statement, sequence: Sequence, at: int) -> _Candidate | None:
    before = re.findall(r"[^\W_]+|№", phrase.folded[: statement.start])
    if (before and (before[-1] in _BEFORE_NO_PERIOD or before[-1].startswith(_SEASONS))) or phrase.folded[
        statement.end :
    ].lstrip().startswith("№"):
        return None
    units = {i.unit for i in sequence.items}
    lone_day = "day" in units and not statement.due and all(t.last is None and not t.opened for t in sequence.terms)
    yearless = all(i.year is None for i in sequence.items) and sequence.scope is None
    academic = (
        "academic" in units or any(i.academic for i in sequence.items) or (sequence.scope is not None and sequence.scope.unit == "academic")
    )
    if lone_day or "bare" in units or (yearless and not any(i.academic for i in sequence.items)):
        return None
    resolution = _resolve(sequence, statement.due)
    if resolution is None:
        return None
    notices = tuple(resolution.notices)
    if any(i.unit == "year" and i.last_year == (i.year or 0) + 1 and i.sure for i in sequence.items):
        notices += (Notice("deadline_ambiguous", "«2018-2019 год»: взяты календарные годы"),)
    quoted = any(a < statement.start < b for a, b in _quotes(phrase))
    notices = tuple(n._replace(field="period") for n in notices)
    return _Candidate(
        statement.start, statement.end, _rank(phrase, statement, sequence), quoted, academic, _hull(resolution), notices
    )  # fmt: skip


def _quotes(phrase: Phrase) -> list[tuple[int, int]]:
    """Spans of «…» with words before them: a heading that is quoted whole is no other document's name."""
    return [m.span() for m in QUOTED.finditer(phrase.folded) if re.search(r"\w", phrase.folded[: m.start()])]


def _resolve(sequence: Sequence, due: str | None) -> Resolution | None:
    try:
        return resolve_sequence(sequence, DeadlineContext(), due)
    except (ImpossibleDate, NoDates):
        return None


def _hull(resolution: Resolution) -> tuple[Date | None, Date | None]:
    """From the first day to the last: «2021, 2022 и 2023 годы»."""
    if not resolution.spans:
        return None, None
    starts, ends = [s[0] for s in resolution.spans], [s[1] for s in resolution.spans]
    start = None if None in starts else min(s for s in starts if s)
    end = None if None in ends else max(e for e in ends if e)
    return start, end


def _rank(phrase: Phrase, statement: Statement, sequence: Sequence) -> int:
    opening = phrase.folded[statement.start :]
    if opening.startswith("за "):
        return 1
    if statement.due or statement.rule == "within" or opening.startswith(("с ", "со ")):
        return 0
    several = len(sequence.items) > 1 or any(i.last_year or i.unit != "year" for i in sequence.items)
    if several or re.search(r"год$|\d$|\bг\.?$", phrase.folded[statement.start : statement.end].strip()):
        return 1
    return 2


def _merge_academic(phrase: Phrase, found: list[_Candidate]) -> list[_Candidate]:
    """«2018/2019 (2019/2020, 2020/2021) учебный год»; «2022 год и плановый период 2023 и 2024 годов»."""
    out: list[_Candidate] = []
    for c in found:
        last = out[-1] if out else None
        between = phrase.folded[last.end : c.start] if last else ""
        joined = last and last.academic and c.academic and re.fullmatch(r"[\s(),;/и]*", between)
        planned = (
            last and (re.fullmatch(r"\s*(?:и|,)\s*(?:на\s+)?(?:плановый\s+)?", between) or _PLANNED.fullmatch(between)) and last.days[1]
        )
        if last and (joined or planned) and c.days[1] and last.days[1]:
            tail = _ACADEMIC_WORDS.match(phrase.folded, c.end) if c.academic else None
            days = (last.days[0], max(c.days[1], last.days[1]))
            out[-1] = replace(last, end=tail.end() if tail else c.end, days=days)
        else:
            out.append(c)
    return out


def section_month(text: str) -> SectionMonth | None:
    """Read a section row that names a month, several months, a quarter or a half-year and nothing else.

    «СЕНТЯБРЬ», «Сентябрь 2016 г.», «I квартал», «План работы на март» are such rows; «IV четверть» is not.
    """
    phrase = Phrase(text)
    at = 0
    if m := _ROW_NUMBER.match(phrase.folded):
        at = next_token(phrase, m.end(), 0)
    while at < len(phrase.tokens) and (phrase.tokens[at].kind == "mark" or phrase.tokens[at].text in _ROW_WORDS):
        at += 1
    sequence = read_sequence(phrase.tokens, at) if at < len(phrase.tokens) else None
    if sequence is None or any(t.kind != "mark" and t.text not in _ROW_WORDS for t in phrase.tokens[sequence.end :]):
        return None
    months = _months(sequence)
    if not months or any(i.vague or i.academic for i in sequence.items):
        return None
    year = next((i.year for i in sequence.items if i.year), None)
    return SectionMonth(" ".join(phrase.printed.split()), months, year)


def section_period(text: str) -> PeriodReading | None:
    """The years that a section row stands for: «2024 год», «II. Второй этап (2024-2025 годы)»; None for any other row.

    A year inside a longer title («Подготовка к ГИА в 2024 году») is part of its name.
    """
    named = _SECTION_YEARS.search(" ".join(text.split()))
    reading = read_period(named["years"]) if named else None
    return reading if reading and reading.period and reading.period.start and reading.period.end else None


def _months(sequence: Sequence) -> tuple[int, ...]:
    out: list[int] = []
    for term in sequence.terms:
        last = term.last or term.first
        if {term.first.unit, last.unit} - {"month", "quarter", "half"}:
            return ()
        first_month, length = order(term.first) or 1, {"month": 1, "quarter": 3, "half": 6}[last.unit]
        count = ((order(last) or 1) + length - 1 - first_month) % 12 + 1
        out += [(first_month + k - 1) % 12 + 1 for k in range(count)]
    return tuple(dict.fromkeys(out))
